package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/ignore"
	"lintel/internal/workspace"
)

func (f *fixFlags) registerIgnore(flags *pflag.FlagSet) {
	flags.StringVar(&f.ignore, "add-ignore", "", "with --rule or --practice: write an ignore comment with this `REASON` for each finding")
}

// validIgnore refuses flags that do not go with --add-ignore.
func (f *checkFlags) validIgnore() error {
	switch {
	case !f.given("add-ignore"):
		return nil
	case len(f.only)+len(f.practices) == 0:
		return errors.New("--add-ignore requires --rule or --practice, which select the findings to suppress")
	case f.fixes.fix:
		return errors.New("--add-ignore and --fix edit the same findings; use one of them")
	case f.compare.staged:
		return errors.New("--add-ignore edits files, and --staged checks the index; use one of them")
	}
	if err := ignore.ValidReason(f.fixes.ignore); err != nil {
		return fmt.Errorf("--add-ignore: %w", err)
	}
	return nil
}

// addIgnores writes ignore comments for the findings of a report. It returns the report on the edited files.
func (a *app) addIgnores(ctx context.Context, flags fixFlags, r run, outcome *workspace.Outcome, found finding.Report) (finding.Report, error) {
	added, err := ignore.Add(ctx, r.files, found, flags.ignore, r.against.Recheck(outcome))
	if err != nil {
		return found, err
	}
	result := fix.Result{Files: added.Files, Before: added.Before}
	if flags.diff {
		return found, errors.Join(a.showEdits(result, r.where), a.showLeft(added, r.where, found))
	}
	_, failures := writeEdits(result, r.where)
	after := found
	if len(result.Files) > 0 {
		if after, err = r.again(ctx, result); err != nil {
			return found, err
		}
	}
	after.Problems = append(after.Problems, failures...)
	return after, a.showLeft(added, r.where, found)
}

// showLeft prints the findings that no comment suppresses, and the number of the others, to the standard error.
func (a *app) showLeft(added ignore.Result, where location, found finding.Report) error {
	for _, left := range added.Left {
		line := 1
		if file := found.Files[left.Finding.Range.Path]; file != nil {
			line, _ = file.Position(left.Finding.Range.Start)
		}
		_, err := fmt.Fprintf(a.errs, "left: %s:%d: %s: %s\n", onOneLine(where.show(left.Finding.Range.Path)), line, left.Finding.Rule, left.Reason)
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.errs, "ignore comments for %s in %s, %d left\n", counted(added.Added, "finding"), counted(len(added.Files), "file"), len(added.Left))
	return err
}
