package cli

import (
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/lsp"
)

// debounce is how long the server waits for another change before it checks.
const debounce = 150 * time.Millisecond

func (a *app) lspCommand() *cobra.Command {
	var stdio bool
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Run the language server, which reports findings in an editor",
		Long: `Lsp runs a language server (LSP 3.17) over standard input and output. Editors start it.

Exit code 0: the editor shut it down. 1: the connection ended without a shutdown request.`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := rules()
			if err != nil {
				return err
			}
			a.memory.watch(a.errs, set.Suspect)
			err = lsp.Serve(cmd.Context(), stdioPipe{a.in, a.raw}, lsp.Options{
				Policies: set, Version: version(), Debounce: debounce,
				Today:   time.Now,
				Tracked: trackedBelow,
			})
			if errors.Is(err, lsp.ErrNoShutdown) {
				a.exit = ExitFindings
				return nil
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&stdio, "stdio", true, "use standard input and output, the only supported transport")
	return cmd
}

// stdioPipe combines standard input and output to one stream.
type stdioPipe struct {
	io.Reader
	io.Writer
}

// Close closes both streams, which ends pending reads and writes, so that the program can exit.
func (p stdioPipe) Close() error {
	for _, stream := range []any{p.Reader, p.Writer} {
		if c, ok := stream.(io.Closer); ok {
			_ = c.Close() // the program is about to exit
		}
	}
	return nil
}
