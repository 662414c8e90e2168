package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// environment is the prefix of the variables that set options.
const environment = "LINTEL_"

// variable returns the name of a variable: LINTEL_ and words in upper case.
func variable(words ...string) string {
	return environment + strings.ToUpper(strings.ReplaceAll(strings.Join(words, "_"), "-", "_"))
}

// setFromEnvironment sets the options of a command that the command line does not contain: LINTEL_COMMAND_OPTION sets that
// of one command, LINTEL_OPTION that of check and of the commands that share it. An option is shared if it has the same
// description in both.
func (a *app) setFromEnvironment(cmd, check *cobra.Command) error {
	if !cmd.HasParent() {
		return nil // lintel alone has only --version, and LINTEL_VERSION is a usual name in scripts that install it
	}
	var failed error
	path := strings.Fields(cmd.CommandPath())[1:]
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || flag.Name == "help" || failed != nil {
			return
		}
		names := []string{variable(append(path, flag.Name)...)}
		if of := check.Flags().Lookup(flag.Name); of != nil && of.Usage == flag.Usage {
			names = append(names, variable(flag.Name))
		}
		for _, name := range names {
			if text := os.Getenv(name); text != "" {
				failed = a.setFlag(cmd.Flags(), flag, name, text)
				return
			}
		}
	})
	return failed
}

// setFlag sets a flag to the value of a variable. A repeatable option has one value on each line.
func (a *app) setFlag(flags *pflag.FlagSet, flag *pflag.Flag, name, text string) error {
	values := []string{text}
	if _, repeatable := flag.Value.(pflag.SliceValue); repeatable {
		values = strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	}
	for _, value := range values {
		if err := flags.Set(flag.Name, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	a.fromEnvironment = append(a.fromEnvironment, [2]string{"--" + flag.Name, name})
	return nil
}

// origin returns the variables that set the options that an error names.
func (a *app) origin(err error) string {
	var names []string
	for _, set := range a.fromEnvironment {
		if strings.Contains(err.Error(), set[0]+" ") || strings.Contains(err.Error(), set[0]+"=") {
			names = append(names, set[1])
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (set by " + strings.Join(names, ", ") + ")"
}
