package cli

import (
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/lsp"
)

// debounce is how long the server waits after a change for the next one.
const debounce = 150 * time.Millisecond

func (a *app) lspCommand() *cobra.Command {
	var stdio bool
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor: findings while you type",
		Long: `Lsp is a language server (LSP 3.17) that an editor starts and talks to over standard input and output.

Exit code 0: the editor has ended it. 1: the editor is gone without having done so.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := rules()
			if err != nil {
				return err
			}
			go watchMemory(a.errs, set.Suspect)
			err = lsp.Serve(cmd.Context(), stdioPipe{a.in, a.out}, lsp.Options{
				Policies: set, Version: version(), Debounce: debounce,
				Today: time.Now,
			})
			if errors.Is(err, lsp.ErrNoShutdown) {
				a.exit = ExitFindings
				return nil
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&stdio, "stdio", true, "talk over standard input and output; there is no other way")
	return cmd
}

// stdioPipe is the two streams of the program as one.
type stdioPipe struct {
	io.Reader
	io.Writer
}

// Close ends what waits for either, so that nothing holds up the end of the program.
func (p stdioPipe) Close() error {
	for _, stream := range []any{p.Reader, p.Writer} {
		if c, ok := stream.(io.Closer); ok {
			_ = c.Close() // the program ends
		}
	}
	return nil
}
