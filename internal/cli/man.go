package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand writes the man pages for packagers. The package writes them itself, because the library that cobra uses
// for it increases the size of the program.
func manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:    "man",
		Short:  "Write the man pages to a directory",
		Hidden: true,
		Args:   arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := os.MkdirAll(dir, searchable); err != nil {
				return fmt.Errorf("--dir: %w", err)
			}
			return writePages(cmd.Root(), dir)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "man", "`DIR` to write to")
	return cmd
}

// Modes of a directory that everyone may list and search, and of a file that everyone may read.
const (
	searchable = 0o755
	readable   = 0o644
)

func writePages(cmd *cobra.Command, dir string) error {
	name := filepath.Join(dir, pageName(cmd)+".1")
	if err := os.WriteFile(name, []byte(manPage(cmd)), readable); err != nil { //nolint:gosec // everyone may read man pages
		return err
	}
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() || sub.Name() == "help" {
			continue
		}
		if err := writePages(sub, dir); err != nil {
			return err
		}
	}
	return nil
}

func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage returns the page of a command in roff, with the macros of man(7). It contains no date, so that the same
// commands give the same page.
func manPage(cmd *cobra.Command) string {
	var out strings.Builder
	fmt.Fprintf(&out, ".TH \"%s\" \"1\" \"\" \"%s\" \"lintel\"\n", strings.ToUpper(roff(pageName(cmd))), roff("lintel "+version()))
	fmt.Fprintf(&out, ".SH NAME\n%s \\- %s\n", roff(pageName(cmd)), roffLines(cmd.Short))
	fmt.Fprintf(&out, ".SH SYNOPSIS\n\\fB%s\\fR\n", roff(cmd.UseLine()))
	if cmd.Long != "" {
		fmt.Fprintf(&out, ".SH DESCRIPTION\n%s\n", strings.ReplaceAll(roffLines(cmd.Long), "\n\n", "\n.PP\n"))
	}
	options(&out, cmd.NonInheritedFlags())
	if cmd.Example != "" {
		fmt.Fprintf(&out, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roffLines(cmd.Example))
	}
	seeAlso(&out, cmd)
	return out.String()
}

func options(out *strings.Builder, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	out.WriteString(".SH OPTIONS\n")
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(flag)
		name := "--" + flag.Name
		if flag.Shorthand != "" {
			name = "-" + flag.Shorthand + ", " + name
		}
		fmt.Fprintf(out, ".TP\n\\fB%s\\fR", roff(name))
		if value != "" {
			fmt.Fprintf(out, " \\fI%s\\fR", roff(value))
		}
		fmt.Fprintf(out, "\n%s\n", roffLines(usage))
	})
}

func seeAlso(out *strings.Builder, cmd *cobra.Command) {
	var pages []string
	if cmd.HasParent() {
		pages = append(pages, pageName(cmd.Parent()))
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			pages = append(pages, pageName(sub))
		}
	}
	if len(pages) == 0 {
		return
	}
	out.WriteString(".SH SEE ALSO\n")
	for i, page := range pages {
		comma := ","
		if i == len(pages)-1 {
			comma = ""
		}
		fmt.Fprintf(out, "\\fB%s\\fR(1)%s\n", roff(page), comma)
	}
}

// roff escapes text for roff. Hyphens become minus signs, which can be copied into a shell.
func roff(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
}

// roffLines escapes lines for roff. A leading dot or quote does not start a request.
func roffLines(text string) string {
	lines := strings.Split(strings.TrimSpace(roff(text)), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
