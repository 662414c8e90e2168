package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/mcp"
)

func (a *app) mcpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "mcp [DIRECTORY...]",
		Short: "Run the MCP server, through which an AI agent uses lintel",
		Long: `Mcp runs a server of the Model Context Protocol over standard input and output. AI agents start it.

The server only reads, and only below the roots of its client. Directories limit the roots; for a client
without roots they are the roots.`,
		Example: "  lintel mcp .",
		RunE: func(cmd *cobra.Command, directories []string) error {
			roots, err := rootsOf(directories)
			if err != nil {
				return err
			}
			set, err := rules()
			if err != nil {
				return err
			}
			a.memory.watch(a.errs, set.Suspect)
			return mcp.Serve(cmd.Context(), a.in, a.raw, mcp.Options{Policies: set, Version: version(), Today: time.Now, Roots: roots, Tracked: trackedBelow})
		},
	}
}

// rootsOf returns the absolute paths of directories.
func rootsOf(directories []string) ([]string, error) {
	var roots []string
	for _, dir := range directories {
		where, err := locate([]string{dir})
		if err != nil {
			return nil, err
		}
		root := resolve(where.cwd, dir)
		if info, err := os.Stat(root); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s is not a directory", dir)
		}
		roots = append(roots, root)
	}
	return roots, nil
}
