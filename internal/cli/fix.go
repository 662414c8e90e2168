package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/report"
	"lintel/internal/workspace"
)

// fixFlags say whether what is found is mended.
type fixFlags struct {
	fix    bool
	diff   bool
	unsafe bool
}

func (f *fixFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.fix, "fix", false, "edit the files so that what can be mended without a decision is mended")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "with --fix: print what would be edited and write nothing")
	cmd.Flags().BoolVar(&f.unsafe, "unsafe-fixes", false, "with --fix: make edits after which something may work no more, too")
}

// valid refuses what does not go together.
func (f *fixFlags) valid(compare compareFlags, format report.Format) error {
	switch {
	case !f.fix && (f.diff || f.unsafe):
		return errors.New("--diff and --unsafe-fixes say how --fix goes about it; give them together with --fix")
	case f.fix && compare.staged:
		return errors.New("--fix edits files, and --staged looks at what is staged; give one of them")
	case f.diff && format != report.Text:
		return fmt.Errorf("--diff prints a diff, and --format %s wants something else; leave one of them out", format)
	}
	return nil
}

// applyFixes applies fixes to what was found. It returns the report on what is left, and what was done.
func (a *app) applyFixes(ctx context.Context, flags fixFlags, r run, outcome *workspace.Outcome, found finding.Report) (finding.Report, error) {
	result, err := fix.Apply(ctx, r.files, found, fix.Options{Unsafe: flags.unsafe}, r.against.Recheck(outcome))
	if err != nil {
		return found, err
	}
	if flags.diff {
		return found, a.showEdits(r.files, result, r.where)
	}
	left, failures := writeEdits(r.files, result, r.where)
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

// again checks what the edits of files reach.
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
	return r.against.New(ctx, outcome)
}

// showEdits prints what would be edited.
func (a *app) showEdits(fsys fs.FS, result fix.Result, where location) error {
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		before, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprint(a.out, diff.Unified(where.show(name), before, result.Files[name])); err != nil {
			return err
		}
	}
	return nil
}

// writeEdits writes the edited files, each whole or not at all. Those that cannot be written, or are not as
// they were when they were checked, are left as they are: they are returned, with the reason.
func writeEdits(fsys fs.FS, result fix.Result, where location) (left map[string]bool, failures []finding.Problem) {
	left = map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		before, err := fs.ReadFile(fsys, name)
		if err == nil {
			err = replaceIfSame(filepath.Join(where.root, filepath.FromSlash(name)), before, result.Files[name])
		}
		if err != nil {
			left[name] = true
			p := finding.Problem{Message: fmt.Sprintf("not edited: %v", err)}
			p.Range.Path = name
			failures = append(failures, p)
		}
	}
	return left, failures
}

var errChanged = errors.New("it has changed since it was checked; run lintel again")

// replaceIfSame writes a file that has a content, and keeps its mode. What a link leads to is written in its place.
func replaceIfSame(name string, before, after []byte) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error {
		_, err := w.Write(after)
		return err
	}
	return swap(name, info.Mode().Perm(), write, func() error {
		now, err := os.ReadFile(name) //nolint:gosec // it was found below the root
		if err == nil && !bytes.Equal(now, before) {
			err = errChanged
		}
		return err
	})
}
