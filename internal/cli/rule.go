package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lintel/internal/ruletest"
)

func (a *app) ruleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rule",
		Short: "Write rules of your own",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.newRuleCommand())
	return cmd
}

// policiesName is where rules are written unless something else is said.
const policiesName = "policies"

func (a *app) newRuleCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "new ID",
		Short: "Make the folder of a new rule: a policy that works, with templates and tests",
		Long: `New writes DIR/rules/ID with a policy that compiles, a Rego test and templates in every format that
pass lintel test. What is to be filled in says TODO. Nothing is overwritten.`,
		Example: `  lintel rule new acme-owner-tag
  lintel test policies
  lintel check --policies policies`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.newRule(dir, args[0]) },
	}
	cmd.Flags().StringVar(&dir, "dir", policiesName, "`DIR` with the rules; it is made when it is not there")
	return cmd
}

func (a *app) newRule(dir, id string) error {
	set, err := rules()
	if err != nil {
		return err
	}
	for _, rule := range allRules(set) {
		if rule.ID == id {
			return fmt.Errorf("%s is a rule of lintel's own; take another id, like acme-%s", id, id)
		}
	}
	folder, err := ruletest.New(rulesBelow(dir), id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "Wrote %s. Fill in what says TODO, then: lintel test %s\n", filepath.ToSlash(folder), filepath.ToSlash(dir))
	return err
}

// rulesBelow is where the rules of a folder are: below rules, unless the folder itself has rules.
func rulesBelow(dir string) string {
	rules := filepath.Join(dir, "rules")
	if _, err := os.Stat(rules); err == nil {
		return rules
	}
	if flat, err := filepath.Glob(filepath.Join(dir, "*", "policy.rego")); err == nil && len(flat) > 0 {
		return dir
	}
	return rules
}
