package cli

import (
	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/report"
)

func (a *app) rulesCommand() *cobra.Command {
	var format, profile string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			f, err := oneOf("format", format, report.Formats())
			if err != nil {
				return err
			}
			p, err := oneOf("profile", profile, finding.Profiles())
			if err != nil {
				return err
			}
			set, err := rules()
			if err != nil {
				return err
			}
			listed := []finding.Rule{}
			for _, r := range allRules(set) {
				if p.Includes(r.Profile) {
					listed = append(listed, r)
				}
			}
			return report.WriteRules(a.out, f, listed)
		},
	}
	cmd.Flags().StringVar(&format, "format", string(report.Text), "output format: text or json")
	cmd.Flags().StringVar(&profile, "profile", string(finding.All), "list the rules of this profile: default, strict or all")
	return cmd
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "Print what a rule is about, why it matters and how to fix it",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := rules()
			if err != nil {
				return err
			}
			rule, err := findRule(allRules(set), args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write([]byte(report.RulePage(rule)))
			return err
		},
	}
}
