package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"lintel/internal/check"
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
			for _, r := range set.Rules() {
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
			rule, err := findRule(set.Rules(), args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write([]byte(report.RulePage(rule)))
			return err
		},
	}
}

// unitModel is what the model command prints for a unit.
type unitModel struct {
	Unit     string         `json:"unit"`
	Input    map[string]any `json:"input"`
	Problems []string       `json:"problems"`
}

func (a *app) modelCommand() *cobra.Command {
	var flags treeFlags
	cmd := &cobra.Command{
		Use:   "model PATH...",
		Short: "Print what the rules see: the policy input of each unit, as JSON",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			req, _, err := flags.request(paths)
			if err != nil {
				return err
			}
			inputs, problems, err := check.Inputs(cmd.Context(), req)
			if err != nil {
				return errInterrupted
			}
			out := []unitModel{}
			for _, p := range problems {
				out = append(out, unitModel{Unit: p.Range.Path, Input: map[string]any{}, Problems: []string{p.Message}})
			}
			for _, in := range inputs {
				m := unitModel{Unit: in.Unit.Root, Input: in.Policy, Problems: []string{}}
				for _, p := range in.Problems {
					m.Problems = append(m.Problems, p.Range.Path+": "+p.Message)
				}
				out = append(out, m)
			}
			for _, m := range out {
				if len(m.Problems) > 0 {
					a.exit = ExitIncomplete
				}
			}
			if len(out) == 0 {
				a.exit = ExitIncomplete
			}
			encoder := json.NewEncoder(a.out)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			return encoder.Encode(out)
		},
	}
	flags.register(cmd)
	return cmd
}
