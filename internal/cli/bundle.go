package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lintel/internal/bundle"
	"lintel/policies"
)

// bundleName is where the bundle is written unless something else is said.
const bundleName = "lintel-bundle.tar.gz"

func (a *app) bundleCommand() *cobra.Command {
	var custom policyFlags
	var output string
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Write the rules as a bundle for OPA, Conftest or a policy server",
		Long: `Bundle writes an OPA bundle: the rules and their helpers as Rego, their data, the schema of the
input, and data.lintel.findings, which runs all rules on the output of lintel model. With --policies, or where
the configuration names some, your own rules are in it, too. Equal rules make equal bytes.`,
		Example: `  lintel bundle
  lintel model infra | opa eval --bundle ` + bundleName + ` --stdin-input data.lintel.findings
  mkdir policy && tar xzf ` + bundleName + ` -C policy
  lintel model infra > model.json && conftest test --policy policy --data policy/data.json model.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.bundle(cmd.Context(), custom, output) },
	}
	custom.register(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", bundleName, "`FILE` to write")
	return cmd
}

var errNotBundled = errors.New("nothing is written; correct what was not loaded, so that no rule is missing from the bundle")

func (a *app) bundle(ctx context.Context, custom policyFlags, output string) error {
	set, where, err := lookUp(ctx, custom)
	if err != nil {
		return err
	}
	if err := a.complain(set, where); err != nil {
		return err
	}
	if a.exit != ExitClean {
		return errNotBundled
	}
	content := bundle.Content{Revision: "lintel " + version(), Rules: set.Rules()}
	if content.Policies, content.Data, err = set.Sources(); err != nil {
		return err
	}
	if err := bundle.ReadPolicies(policies.Text, content.Policies); err != nil {
		return err
	}
	err = replaceFile(output, func(w io.Writer) error { return bundle.Write(w, content) })
	if err != nil {
		return fmt.Errorf("write %s: %w", output, err)
	}
	_, err = fmt.Fprintf(a.out, "Wrote %s: %d rules\n", output, len(content.Rules))
	return err
}
