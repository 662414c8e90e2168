package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"lintel/docs"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema config|report|access",
		Short: "Print the JSON Schema of .lintel.yaml, of check --format json or of access --format json",
		Example: `  lintel schema config > lintel.schema.json
  # and as the first line of .lintel.yaml, for editors:
  # yaml-language-server: $schema=lintel.schema.json`,
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "config":
				return a.print(docs.ConfigSchema)
			case "report":
				return a.print(docs.ReportSchema)
			case "access":
				return a.print(docs.AccessSchema)
			}
			return fmt.Errorf("there is no schema %q; use config, report or access", args[0])
		},
	}
}

func (a *app) print(text []byte) error {
	_, err := a.out.Write(text)
	return err
}
