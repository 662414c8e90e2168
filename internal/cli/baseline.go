package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/baseline"
	"lintel/internal/compare"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/internal/write"
)

// baselineName is the default name of a baseline.
const baselineName = ".lintel-baseline.json"

func (a *app) baselineCommand() *cobra.Command {
	var flags checkFlags
	var output string
	cmd := &cobra.Command{
		Use:   "baseline [PATH...]",
		Short: "Write the current findings to a baseline, so that check --baseline reports only new ones",
		Long: `Baseline runs the same checks as check and writes the findings to a file. An existing file is
updated: new findings are added, fixed ones are removed, and entries of units or rules that
were not checked are kept.

Exit code 0: written. 2: something could not be checked; the rest is written.`,
		Example: `  lintel baseline
  lintel check --baseline ` + baselineName,
		RunE: func(cmd *cobra.Command, paths []string) error {
			flags.given = cmd.Flags().Changed
			return a.baseline(cmd, flags, output, paths)
		},
	}
	flags.tree.register(cmd)
	flags.policies.register(cmd)
	f := cmd.Flags()
	flags.registerRules(f)
	flags.registerCode(f)
	f.StringVarP(&output, "output", "o", baselineName, "write the baseline to `FILE`")
	return cmd
}

func (a *app) baseline(cmd *cobra.Command, flags checkFlags, output string, paths []string) error {
	in, err := flags.tree.input(paths)
	if err != nil {
		return err
	}
	if err := flags.policies.settings(in, false); err != nil {
		return err
	}
	a.memory.watch(a.errs, nil)
	plan, err := in.plan(cmd.Context())
	if err != nil {
		return err
	}
	overrides, err := flags.overrides(plan.Rules())
	if err != nil {
		return err
	}
	before, same, err := a.readOld(output)
	if err != nil {
		return err
	}
	a.memory.watch(a.errs, plan.Suspect)
	plan.Prepare(overrides, workspace.Change{})
	outcome, err := plan.Check(cmd.Context(), nil)
	if err != nil {
		return errInterrupted
	}
	found := outcome.Report
	found.Findings = slices.DeleteFunc(found.Findings, func(f finding.Finding) bool { return f.Suppressed != nil })
	updated, added, removed := before.Update(found.Findings, compare.Scope(outcome))
	mask := a.learn(found.Hidden)
	err = write.File(output, same, func(w io.Writer) error {
		_, err := w.Write(updated.Shown(mask.Text).Marshal())
		return err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", output, err)
	}
	if err := a.notChecked(found, in.where); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s: %d findings, %d added, %d removed\n", output, len(updated.Entries), added, removed)
	return err
}

// notChecked writes the problems and gaps of a report to stderr and sets the exit code for them.
func (a *app) notChecked(found finding.Report, where location) error {
	write := func(kind string, at source.Range, message string) error {
		line := 1
		if file := found.Files[at.Path]; file != nil {
			line, _ = file.Position(at.Start)
		}
		_, err := fmt.Fprintf(a.errs, "%s: %q line %d: %q\n", kind, where.show(at.Path), line, message)
		return err
	}
	for _, p := range found.Problems {
		if err := write("not checked", p.Range, p.Message); err != nil {
			return err
		}
		a.exit = ExitIncomplete
	}
	for _, g := range found.Gaps {
		if err := write("gap", g.Range, g.Message); err != nil {
			return err
		}
		if g.Fails {
			a.exit = ExitIncomplete
		}
	}
	return nil
}

// readOld reads the existing baseline, and returns a function that fails if it changes meanwhile. A malformed one is an
// error, so that it is not overwritten. One of an older version counts as empty, because its fingerprints cannot be compared.
func (a *app) readOld(name string) (old baseline.Baseline, same func() error, err error) {
	content, err := source.ReadPath(name)
	exists := err == nil
	same = func() error {
		now, err := source.ReadPath(name)
		if (err == nil) != exists || !bytes.Equal(now, content) {
			return write.ErrChanged
		}
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return baseline.Baseline{}, same, nil
	}
	if err != nil {
		return baseline.Baseline{}, same, fmt.Errorf("--output: %w", err)
	}
	old, err = baseline.Parse(name, content)
	if version, ok := errors.AsType[*baseline.VersionError](err); ok && version.Older() {
		_, err := fmt.Fprintf(a.errs, "%s has version %d, whose fingerprints cannot be compared: all of its entries are replaced\n", name, version.Found)
		return baseline.Baseline{}, same, err
	}
	return old, same, err
}
