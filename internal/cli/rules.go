package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/workspace"
)

func (a *app) rulesCommand() *cobra.Command {
	var format, profile string
	var practices []string
	var custom policyFlags
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f, err := oneOf("format", format, report.Formats())
			if err != nil {
				return err
			}
			p, err := oneOf("profile", profile, finding.Profiles())
			if err != nil {
				return err
			}
			only, err := findPractices(practices)
			if err != nil {
				return err
			}
			all, err := a.knownRules(cmd.Context(), custom)
			if err != nil {
				return err
			}
			listed := []finding.Rule{}
			for _, r := range all {
				if p.Includes(r.Profile) && (len(only) == 0 || ofPractices(only, r)) {
					listed = append(listed, r)
				}
			}
			return report.WriteRules(a.out, f, listed)
		},
	}
	cmd.AddCommand(a.pullCommand())
	custom.register(cmd)
	cmd.Flags().StringVar(&format, "format", string(report.Text), "output `FORMAT`: text or json")
	cmd.Flags().StringVar(&profile, "profile", string(finding.All), "list the rules of this `PROFILE`: default, strict or all")
	registerPractices(cmd.Flags(), &practices, "list only the rules of this `PRACTICE`: a number or name; repeatable")
	return cmd
}

func (a *app) explainCommand() *cobra.Command {
	var custom policyFlags
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: "Print the documentation of a rule: what it flags, why, and how to fix it",
		Long: `Explain prints the pages of the rules that RULE selects: an id, a pattern such as env-*, a category such
as secrets/*, or an equivalent check of another tool, such as CKV_AWS_258.`,
		Example: `  lintel explain function-url-auth-none
  lintel explain CKV_AWS_258`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := a.knownRules(cmd.Context(), custom)
			if err != nil {
				return err
			}
			found, err := findRules(all, args[0])
			if err != nil {
				return err
			}
			pages := make([]string, len(found))
			for i, rule := range found {
				pages[i] = report.Explanation(rule, all)
			}
			_, err = a.out.Write([]byte(strings.Join(pages, "\n")))
			return err
		},
	}
	custom.register(cmd)
	return cmd
}

// knownRules returns the built-in rules and the custom ones of the flag and the configuration. It prints the problems
// of custom rules, which make the exit code 2.
func (a *app) knownRules(ctx context.Context, custom policyFlags) ([]finding.Rule, error) {
	set, where, err := lookUp(ctx, custom)
	if err != nil {
		return nil, err
	}
	return set.All(), a.complain(set, where)
}

// lookUp loads the rules that apply in the working directory, for commands that check nothing.
func lookUp(ctx context.Context, custom policyFlags) (workspace.RuleSet, location, error) {
	in, err := (&treeFlags{}).input(nil)
	if err != nil {
		return workspace.RuleSet{}, location{}, err
	}
	if err := custom.settings(in, false); err != nil {
		return workspace.RuleSet{}, in.where, err
	}
	return in.workspace.RulesAt(ctx, in.files, in.settings, in.where.paths), in.where, nil
}

// complain prints the problems of custom rules.
func (a *app) complain(set workspace.RuleSet, where location) error {
	for _, p := range set.Refused.Problems {
		a.exit = ExitIncomplete
		line := 1
		if file := set.Refused.Files[p.Range.Path]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		if _, err := fmt.Fprintf(a.errs, "not loaded: %q: %q\n", fmt.Sprintf("%s:%d", where.show(p.Range.Path), line), p.Message); err != nil {
			return err
		}
	}
	return nil
}
