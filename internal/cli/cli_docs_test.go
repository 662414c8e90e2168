package cli

import (
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const cliPage = "docs/cli.md"

var (
	optionRow  = regexp.MustCompile("^\\| (?:`-([a-z])`, )?`--([a-z-]+)[^`]*` \\| (.+) \\|(.*) \\|$")
	sharedName = regexp.MustCompile("`--([a-z-]+)`")
)

// option is a row of a table of options, or a name in a list of shared options.
type option struct{ shorthand, defaults string }

// section returns the options that the text of a section documents. An option of the list "Shared options:" is
// looked up in shared.
func section(t *testing.T, text string, shared map[string]option) map[string]option {
	t.Helper()
	options := map[string]option{}
	table, list, _ := strings.Cut(text, "Shared options:")
	list, _, _ = strings.Cut(list, "\n### ")
	for line := range strings.Lines(table) {
		if m := optionRow.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			options[m[2]] = option{m[1], strings.TrimSpace(m[4])}
		}
	}
	for _, m := range sharedName.FindAllStringSubmatch(list, -1) {
		row, ok := shared[m[1]]
		if !ok {
			t.Errorf("%s: --%s is named as a shared option and is not in their table", cliPage, m[1])
		}
		options[m[1]] = row
	}
	return options
}

// sections splits the page at its headings of level 2.
func sections(t *testing.T) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../../" + cliPage)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, part := range strings.Split(string(page), "\n## ")[1:] {
		heading, text, _ := strings.Cut(part, "\n")
		all[strings.Trim(heading, "`")] = text
	}
	return all
}

// TestCommandLinePage checks that docs/cli.md documents every flag of every command with its shorthand and
// default, and no other flag.
func TestCommandLinePage(t *testing.T) {
	all := sections(t)
	shared := section(t, all["Shared options"], nil)
	used := map[string]bool{}
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		for _, child := range cmd.Commands() {
			visit(child)
		}
		if cmd.HasSubCommands() || !cmd.HasParent() {
			return
		}
		path := cmd.CommandPath()
		text, ok := all[path]
		if !ok {
			t.Errorf("%s has no section for %s", cliPage, path)
		}
		documented := section(t, text, shared)
		for name := range documented {
			used[name] = true
		}
		compareFlagNames(t, path, cmd, documented)
		cmd.Flags().VisitAll(func(flag *pflag.Flag) { compareFlag(t, path, flag, documented[flag.Name]) })
	}
	visit(newApp(strings.NewReader(""), io.Discard, io.Discard).command())
	for name := range shared {
		if !used[name] {
			t.Errorf("%s: no command accepts the shared option --%s", cliPage, name)
		}
	}
}

func compareFlagNames(t *testing.T, path string, cmd *cobra.Command, documented map[string]option) {
	t.Helper()
	var want []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden && flag.Name != "help" {
			want = append(want, flag.Name)
		}
	})
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(documented))); diff != "" {
		t.Errorf("%s: options of %s (-program +page):\n%s", cliPage, path, diff)
	}
}

// compareFlag compares the shorthand and the default of a flag. A default that is an empty value may be described
// in words.
func compareFlag(t *testing.T, path string, flag *pflag.Flag, documented option) {
	t.Helper()
	if flag.Hidden || flag.Name == "help" {
		return
	}
	if flag.Shorthand != documented.shorthand {
		t.Errorf("%s: the shorthand of --%s of %s is %q, documented as %q", cliPage, flag.Name, path, flag.Shorthand, documented.shorthand)
	}
	switch flag.DefValue {
	case "", "[]":
	case "false":
		if documented.defaults != "off" {
			t.Errorf("%s: the default of --%s of %s is off, documented as %q", cliPage, flag.Name, path, documented.defaults)
		}
	default:
		if want := "`" + flag.DefValue + "`"; documented.defaults != want {
			t.Errorf("%s: the default of --%s of %s is %s, documented as %q", cliPage, flag.Name, path, want, documented.defaults)
		}
	}
}
