package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lintel/internal/nearest"
)

// withCheck adds the command check to a command line that begins with a path or an option of check, so that lintel . is
// lintel check . A command takes precedence over a file with its name.
func withCheck(root *cobra.Command, args []string) []string {
	if len(args) == 0 {
		return args
	}
	first := args[0]
	if name, _, _ := strings.Cut(first, "="); strings.HasPrefix(name, "-") {
		if slices.Contains([]string{"-h", "--help", "-v", "--version"}, name) {
			return args
		}
		return slices.Insert(slices.Clone(args), 0, "check")
	}
	if isCommand(root, first) || !isPath(first) {
		return args
	}
	return slices.Insert(slices.Clone(args), 0, "check")
}

func isCommand(root *cobra.Command, word string) bool {
	if strings.HasPrefix(word, "__complete") || word == "help" || word == "completion" { // cobra adds them later
		return true
	}
	return slices.ContainsFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == word || c.HasAlias(word) })
}

// isPath reports whether a word can only be a path: it has a separator, or there is a file with this name.
func isPath(word string) bool {
	if word == "." || word == ".." || strings.ContainsAny(word, `/\`) {
		return true
	}
	_, err := os.Lstat(word)
	return err == nil
}

// knownCommand returns an error for a word that is no command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	others := "; it is neither a command nor a path" // which starts lintel check
	if cmd.HasParent() {
		others = "; the commands are " + strings.Join(names, ", ")
	}
	return fmt.Errorf("unknown command %q for %q%s", args[0], cmd.CommandPath(), nearest.Hint(args[0], names, others))
}

// arguments returns a check of the number of arguments of a command. Most 0 means none.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		usage := strings.TrimSuffix(cmd.UseLine(), " [flags]")
		switch {
		case len(args) < least:
			return fmt.Errorf("an argument is missing; the usage is: %s", usage)
		case len(args) > most:
			return fmt.Errorf("the argument %q is one too many; the usage is: %s", args[most], usage)
		}
		return nil
	}
}

// suggestFlag adds the nearest flag to the error about an unknown one.
func suggestFlag(cmd *cobra.Command, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if name := nearest.Word(unknown.GetSpecifiedName(), names); name != "" && unknown.GetSpecifiedShortnames() == "" {
		return fmt.Errorf("%w; did you mean --%s?", err, name)
	}
	return err
}
