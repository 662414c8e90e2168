package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lintel/internal/bundle"
	"lintel/internal/write"
	"lintel/policies"
)

// bundleName is the default name of a bundle.
const bundleName = "lintel-bundle.tar.gz"

func (a *app) bundleCommand() *cobra.Command {
	var custom policyFlags
	var output string
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Write the rules as a bundle for OPA, Conftest or a policy server",
		Long: `Bundle writes an OPA bundle: the rules and their helpers as Rego, their data, the schema of the
input, and data.lintel.findings, which evaluates all rules on the output of lintel model. Custom
rules from --policies or the configuration are included. The same rules give the same bytes.`,
		Example: `  lintel bundle
  lintel model infra | opa eval --bundle ` + bundleName + ` --stdin-input data.lintel.findings
  mkdir policy && tar xzf ` + bundleName + ` -C policy
  lintel model infra > model.json && conftest test --policy policy --data policy/data.json model.json`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.bundle(cmd.Context(), custom, output) },
	}
	custom.register(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", bundleName, "write the bundle to `FILE`")
	return cmd
}

var errNotBundled = errors.New("no bundle written: some rules could not be loaded; correct them and run lintel bundle again")

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
	err = write.File(output, nil, func(w io.Writer) error { return bundle.Write(w, content) })
	if err != nil {
		return fmt.Errorf("write %s: %w", output, err)
	}
	_, err = fmt.Fprintf(a.out, "Wrote %s: %d rules\n", output, len(content.Rules))
	return err
}
