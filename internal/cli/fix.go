package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/report"
	"lintel/internal/workspace"
	"lintel/internal/write"
)

// fixFlags are the flags of fixes.
type fixFlags struct {
	fix    bool
	diff   bool
	unsafe bool
	ignore string // reason of --add-ignore
}

func (f *fixFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.fix, "fix", false, "apply safe fixes to the files")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "with --fix or --add-ignore: print the edits as a diff and write nothing")
	cmd.Flags().BoolVar(&f.unsafe, "unsafe-fixes", false, "with --fix: also apply fixes that can stop something from working")
	f.registerIgnore(cmd.Flags())
}

// valid refuses flags that exclude each other.
func (f *fixFlags) valid(compare compareFlags, format report.Format) error {
	switch {
	case !f.fix && f.unsafe:
		return errors.New("--unsafe-fixes requires --fix")
	case !f.fix && f.ignore == "" && f.diff:
		return errors.New("--diff requires --fix or --add-ignore")
	case f.fix && compare.staged:
		return errors.New("--fix edits files, and --staged checks the index; use one of them")
	case f.diff && !format.IsText():
		return fmt.Errorf("--diff prints a diff instead of a report; remove --diff or --format %s", format)
	}
	return nil
}

// applyFixes applies fixes of the findings of a report. It returns the report on the remaining findings, with the applied
// fixes.
func (a *app) applyFixes(ctx context.Context, flags fixFlags, r run, outcome *workspace.Outcome, found finding.Report) (finding.Report, error) {
	result, err := fix.Apply(ctx, r.files, found, fix.Options{Unsafe: flags.unsafe}, r.against.Recheck(outcome))
	if err != nil {
		return found, err
	}
	if flags.diff {
		if err := a.notChecked(found, r.where); err != nil { // the diff replaces the report
			return found, err
		}
		return found, a.showEdits(result, r.where)
	}
	left, failures := writeEdits(result, r.where)
	after := found
	if len(result.Files) > 0 {
		if after, err = r.again(ctx, result); err != nil {
			return found, err
		}
	}
	for _, m := range result.Fixed {
		if !left[m.Finding.Range.Path] {
			after.Fixed = append(after.Fixed, finding.Fixed{Finding: m.Finding, Title: m.Title})
		}
	}
	for _, w := range result.Withheld {
		if w.Reason != fix.NoFix.Error() {
			after.Unfixed = append(after.Unfixed, finding.Unfixed{Finding: w.Finding, Reason: w.Reason, Unsafe: w.Unsafe})
		}
	}
	after.Problems = append(after.Problems, failures...)
	return after, nil
}

// again checks the units that edits affect.
func (r run) again(ctx context.Context, result fix.Result) (finding.Report, error) {
	plan, err := r.input.plan(ctx)
	if err != nil {
		return finding.Report{}, err
	}
	change := workspace.Change{Files: map[string]bool{}}
	for name := range result.Files {
		change.Files[name] = true
	}
	plan.Prepare(r.overrides, change)
	outcome, err := plan.Check(ctx, nil)
	if err != nil {
		return finding.Report{}, err
	}
	found, _, err := r.against.New(ctx, outcome)
	return found, err
}

// showEdits prints the edits as a diff.
func (a *app) showEdits(result fix.Result, where location) error {
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		if _, err := fmt.Fprint(a.out, diff.Unified(where.show(name), result.Before[name], result.Files[name])); err != nil {
			return err
		}
	}
	return nil
}

// writeEdits writes each edited file completely or not at all. It returns the files that are not written, with the
// reasons.
func writeEdits(result fix.Result, where location) (left map[string]bool, failures []finding.Problem) {
	left = map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		err := write.IfSame(where.root, filepath.FromSlash(name), result.Before[name], result.Files[name])
		if err != nil {
			left[name] = true
			p := finding.Problem{Message: fmt.Sprintf("not edited: %v", err)}
			p.Range.Path = name
			failures = append(failures, p)
		}
	}
	return left, failures
}

// maxSuggested is the limit of the text that is checked again for the fixes that a report suggests, in bytes for each unit. The user
// has not asked for them, so they may not take much longer than the check.
const maxSuggested = 1 << 20

// suggest adds the safe fixes to a report whose format shows them.
func suggest(ctx context.Context, outputs []output, r run, outcome *workspace.Outcome, found *finding.Report) error {
	if !slices.ContainsFunc(outputs, func(o output) bool { return !o.none && o.format.HasFixes() }) {
		return nil
	}
	safe := map[string]bool{}
	for _, rule := range found.Rules {
		safe[rule.ID] = rule.HasSafeFix()
	}
	wanted := func(f finding.Finding) bool { return safe[f.Rule] }
	if !slices.ContainsFunc(found.Findings, wanted) {
		return nil
	}
	result, err := fix.Apply(ctx, r.files, *found, fix.Options{Wanted: wanted, Text: maxSuggested}, r.against.Recheck(outcome))
	for _, fixed := range result.Fixed {
		found.Suggested = append(found.Suggested, finding.Suggestion{Fingerprint: fixed.Finding.Fingerprint, Title: fixed.Title, Edits: fixed.Edits})
	}
	return err
}
