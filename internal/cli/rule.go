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
		Short: "Write custom rules",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.newRuleCommand())
	return cmd
}

// policiesName is the default directory of custom rules.
const policiesName = "policies"

func (a *app) newRuleCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "new ID",
		Short: "Create a custom rule: a working policy with templates and tests",
		Long: `New creates DIR/rules/ID with a policy that compiles, a Rego test, and templates in every format that
pass lintel test. Replace the parts marked TODO. Existing files are never overwritten.`,
		Example: `  lintel rule new acme-owner-tag
  lintel test policies
  lintel check --policies policies`,
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return a.newRule(dir, args[0]) },
	}
	cmd.Flags().StringVar(&dir, "dir", policiesName, "`DIR` of the custom rules; created if it does not exist")
	return cmd
}

func (a *app) newRule(dir, id string) error {
	set, err := rules()
	if err != nil {
		return err
	}
	for _, rule := range allRules(set) {
		if rule.ID == id {
			return fmt.Errorf("%s is a built-in rule; choose another id, such as acme-%s", id, id)
		}
	}
	folder, err := ruletest.New(rulesBelow(dir), id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "Wrote %s. Replace the parts marked TODO, then run: lintel test %s\n", filepath.ToSlash(folder), filepath.ToSlash(dir))
	return err
}

// rulesBelow returns the directory with the rules: dir/rules, or dir if it contains the rules itself.
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
