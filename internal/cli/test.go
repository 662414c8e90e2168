package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/policy"
	"lintel/internal/ruletest"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/policies"
)

// testFlags are the flags of test.
type testFlags struct {
	only  []string
	today string
}

func (a *app) testCommand() *cobra.Command {
	var flags testFlags
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Test custom rules with their templates and Rego tests",
		Long: `Test checks the templates in the testdata of each rule in DIR (default: policies) with that rule alone, and compares the
findings with the comments: # want "regular expression" on the line of the finding, or # want+1 on the line
above. Every format requires a template with and one without findings, and a rule must report nothing when
all values are unknown. Then it runs the Rego tests (*_test.rego) next to the policies and helpers.

Exit code 0: all tests pass. 1: a test fails. 2: a rule could not be tested.`,
		Example: `  lintel test policies
  lintel test policies --rule acme-owner-tag`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.test(cmd.Context(), flags, slices.Concat(args, []string{policiesName})[0])
		},
	}
	cmd.Flags().StringSliceVar(&flags.only, "rule", nil, "test only this `RULE`; repeatable")
	cmd.Flags().StringVar(&flags.today, "today", "", "evaluate the rules as of this date, as `YYYY-MM-DD` (default: today)")
	return cmd
}

// testRun is a run of test.
type testRun struct {
	folder policy.Folder
	today  time.Time
	watch  func(suspect func() string) // limits the memory

	rules, templates, units int
	failures, untested      []string
}

func (a *app) test(ctx context.Context, flags testFlags, dir string) error {
	run := testRun{today: time.Now(), watch: func(suspect func() string) { a.memory.watch(a.errs, suspect) }}
	var err error
	if flags.today != "" {
		if run.today, err = time.Parse(time.DateOnly, flags.today); err != nil {
			return fmt.Errorf("--today is %q; it must be a date such as 2026-11-24", flags.today)
		}
	}
	root, err := source.OpenRoot(dir)
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return fmt.Errorf("%s: %w; \"lintel rule new ID\" creates a directory with rules", dir, err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	run.folder = policy.Folder{FS: root, Dir: ".", Shown: filepath.ToSlash(filepath.Clean(dir))}
	if err := run.all(ctx, flags.only); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return a.report(run)
}

// all tests the rules with the ids in only, or all rules if it is empty.
func (t *testRun) all(ctx context.Context, only []string) error {
	builtin, err := rules()
	if err != nil {
		return err
	}
	set, refused := builtin.Extend(ctx, policies.Text, suppress.IDs(), t.folder)
	known := t.folder.IDs()
	for _, id := range only {
		if !slices.Contains(known, id) {
			return fmt.Errorf("there is no rule %q in %s; its rules are: %s", id, t.folder.Shown, strings.Join(known, ", "))
		}
	}
	t.watch(set.Suspect)
	tester := ruletest.Tester{Set: set, Today: t.today}
	for _, id := range set.Added() {
		if len(only) == 0 || slices.Contains(only, id) {
			if err := t.rule(ctx, tester, id); err != nil {
				return err
			}
		}
	}
	if len(only) == 0 {
		only = []string{""} // all rules
	}
	for _, id := range only {
		tests := set.Test(ctx, policies.Text, t.folder, strings.ReplaceAll(id, "-", "_"))
		t.units += tests.Ran
		t.failures = append(t.failures, lines(tests.Failed)...)
	}
	t.untested = lines(refused)
	t.failures = slices.DeleteFunc(t.failures, func(line string) bool { return slices.Contains(t.untested, line) })
	return nil
}

// rule tests a rule with its templates.
func (t *testRun) rule(ctx context.Context, tester ruletest.Tester, id string) error {
	dir := t.folder.RuleDir(id)
	name := path.Join(dir, "policy.rego")
	text, err := fs.ReadFile(t.folder.FS, name)
	if err != nil {
		return err
	}
	formats, err := policy.Formats(name, text)
	if err != nil {
		return err // unexpected: the policy compiled before
	}
	result := tester.Rule(ctx, id, t.folder.FS, dir, formats)
	t.rules++
	t.templates += result.Templates
	for _, f := range result.Failures {
		f.File = path.Join(t.folder.Shown, dir, f.File)
		t.failures = append(t.failures, f.String())
	}
	return nil
}

// lines formats problems as FILE:LINE: MESSAGE.
func lines(refused policy.Refused) []string {
	out := make([]string, len(refused.Problems))
	for i, p := range refused.Problems {
		line := 1
		if file := refused.Files[p.Range.Path]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		out[i] = ruletest.Failure{File: p.Range.Path, Line: line, Message: p.Message}.String()
	}
	return out
}

// report prints a line for each failure and a summary.
func (a *app) report(t testRun) error {
	for _, line := range slices.Concat(t.untested, t.failures) {
		if _, err := fmt.Fprintln(a.out, printable(line)); err != nil {
			return err
		}
	}
	outcome := "all pass"
	switch {
	case len(t.untested) > 0:
		a.exit = ExitIncomplete
		outcome = fmt.Sprintf("%s, %d not tested", counted(len(t.failures), "failure"), len(t.untested))
	case len(t.failures) > 0:
		a.exit = ExitFindings
		outcome = counted(len(t.failures), "failure")
	}
	_, err := fmt.Fprintf(a.out, "%s, %s, %s: %s\n",
		counted(t.rules, "rule"), counted(t.templates, "template"), counted(t.units, "Rego test"), outcome)
	return err
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// printable replaces control characters, which a terminal would interpret.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '?'
		}
		return r
	}, text)
}
