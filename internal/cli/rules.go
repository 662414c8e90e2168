package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/report"
)

func (a *app) rulesCommand() *cobra.Command {
	var format, profile string
	var custom policyFlags
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f, err := oneOf("format", format, report.Formats())
			if err != nil {
				return err
			}
			p, err := oneOf("profile", profile, finding.Profiles())
			if err != nil {
				return err
			}
			all, err := a.knownRules(cmd.Context(), custom)
			if err != nil {
				return err
			}
			listed := []finding.Rule{}
			for _, r := range all {
				if p.Includes(r.Profile) {
					listed = append(listed, r)
				}
			}
			return report.WriteRules(a.out, f, listed)
		},
	}
	custom.register(cmd)
	cmd.Flags().StringVar(&format, "format", string(report.Text), "output format: text or json")
	cmd.Flags().StringVar(&profile, "profile", string(finding.All), "list the rules of this profile: default, strict or all")
	return cmd
}

func (a *app) explainCommand() *cobra.Command {
	var custom policyFlags
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: "Print what a rule is about, why it matters and how to fix it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := a.knownRules(cmd.Context(), custom)
			if err != nil {
				return err
			}
			rule, err := findRule(all, args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write([]byte(report.RulePage(rule)))
			return err
		},
	}
	custom.register(cmd)
	return cmd
}

// knownRules are all rules for those who look them up: the built-in ones and those of the flag and the
// repository. What is wrong with custom ones is said, and makes the exit code 2.
func (a *app) knownRules(ctx context.Context, custom policyFlags) ([]finding.Rule, error) {
	set, where, err := lookUp(ctx, custom)
	if err != nil {
		return nil, err
	}
	return set.all(), a.complain(set, where)
}

// lookUp loads the rules of a run that checks nothing.
func lookUp(ctx context.Context, custom policyFlags) (ruleSet, location, error) {
	where, err := locate(nil)
	if err != nil {
		return ruleSet{}, where, err
	}
	root, err := os.OpenRoot(where.root)
	if err != nil {
		return ruleSet{}, where, fmt.Errorf("open %s: %w", where.root, err)
	}
	defer root.Close() //nolint:errcheck // only read
	set, err := custom.load(ctx, root.FS(), where, nil, &treeFlags{})
	return set, where, err
}

// complain says what is wrong with custom rules.
func (a *app) complain(set ruleSet, where location) error {
	for _, p := range set.refused.Problems {
		a.exit = ExitIncomplete
		line := 1
		if file := set.refused.Files[p.Range.Path]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		if _, err := fmt.Fprintf(a.errs, "not loaded: %q: %q\n", fmt.Sprintf("%s:%d", where.show(p.Range.Path), line), p.Message); err != nil {
			return err
		}
	}
	return nil
}
