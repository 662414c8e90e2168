// Package cli parses command lines, runs the commands and returns exit codes. It is the only package that writes to the
// standard streams and reads the clock.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/suppress"
	"lintel/policies"
)

// Exit codes. ExitIncomplete takes precedence over ExitFindings: an incomplete check proves nothing.
const (
	ExitClean      = 0 // everything was checked; no finding at or above --fail-on
	ExitFindings   = 1 // everything was checked; there are findings
	ExitIncomplete = 2 // something could not be checked, or the command line is invalid
)

// Main runs lintel with the arguments that follow the program name and returns the exit code.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	app := newApp(in, out, errs)
	root := app.command()
	root.SetArgs(withCheck(root, args))
	if err := root.ExecuteContext(app.memory.work.With(ctx)); err != nil {
		fmt.Fprintf(app.errs, "lintel: %v%s\n", err, app.origin(err)) //nolint:errcheck // there is no other stream for the error
		return ExitIncomplete
	}
	return app.exit
}

// app is a run of the program.
type app struct {
	in        io.Reader
	raw       io.Writer // standard output, for what is masked already, or is binary, or no text of a template
	out, errs *outlet
	exit      int
	memory    memory

	fromEnvironment [][2]string // options and the variables that set them
}

func newApp(in io.Reader, out, errs io.Writer) *app {
	return &app{in: in, raw: out, out: &outlet{w: out}, errs: &outlet{w: errs}}
}

func (a *app) command() *cobra.Command {
	var printVersion bool
	root := &cobra.Command{
		Use:           "lintel",
		Short:         "Check AWS Lambda in Terraform, CloudFormation and SAM before deployment",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if printVersion {
				_, err := fmt.Fprintln(a.out, "lintel", version())
				return err
			}
			return cmd.Help()
		},
	}
	// A template of cobra for the version would link text/template and with it all exported methods: 4 MB.
	root.Flags().BoolVarP(&printVersion, "version", "v", false, "print the version")
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.errs)
	root.SetFlagErrorFunc(suggestFlag)
	check := a.checkCommand()
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.setFromEnvironment(cmd, check) }
	root.AddCommand(
		check, a.baselineCommand(), a.rulesCommand(), a.explainCommand(), a.accessCommand(), a.modelCommand(), a.policyCommand(), a.migrateCommand(),
		a.testCommand(), a.ruleCommand(), a.bundleCommand(), a.initCommand(), a.lspCommand(), a.mcpCommand(), a.schemaCommand(), a.versionCommand(), manCommand(),
	)
	complete(root)
	return root
}

// rules loads the built-in rules.
func rules() (*policy.Set, error) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		return nil, fmt.Errorf("load the rules: %w", err)
	}
	return set, nil
}

// allRules returns the rules of a set and those about suppressions and changes of access, sorted by id.
func allRules(set *policy.Set) []finding.Rule {
	all := slices.Concat(set.Rules(), suppress.Rules(), finding.AccessRules())
	slices.SortFunc(all, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// oneOf returns the value of a flag, or an error if it is none of words.
func oneOf[T ~string](flag, value string, words []T) (T, error) {
	for _, word := range words {
		if string(word) == value {
			return word, nil
		}
	}
	var zero T
	return zero, fmt.Errorf("--%s is %q; it must be one of %v", flag, value, words)
}

var errInterrupted = errors.New("interrupted")
