package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lintel/internal/finding"
	"lintel/internal/git"
	"lintel/internal/report"
)

// complete registers shell completions for the values of flags and arguments. It selects them by flag name; a name has
// the same meaning in all commands.
func complete(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		if cmd.Name() == "explain" {
			cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
				if len(args) > 0 {
					return nil, cobra.ShellCompDirectiveNoFileComp
				}
				return describedRules()
			}
		}
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			if words := wordsOf(cmd.Name(), flag.Name); words != nil {
				_ = cmd.RegisterFlagCompletionFunc(flag.Name, words) // fails only for flags that do not exist
			}
		})
	}
}

// wordsOf returns the completion of a flag, or nil for file names, which the shell completes.
func wordsOf(command, flag string) cobra.CompletionFunc {
	switch flag {
	case "rule", "skip", "no-ignore", "extend-rule":
		return listOf(describedRules)
	case "practice":
		return listOf(describedPractices)
	case "format":
		if command != "check" {
			return fixed(report.Text, report.JSON)
		}
		return fixed(report.Formats()...)
	case "output":
		if command != "check" {
			return nil
		}
		formats := make([]string, len(report.Formats()))
		for i, f := range report.Formats() {
			formats[i] = string(f) + "="
		}
		return cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoSpace|cobra.ShellCompDirectiveNoFileComp)
	case "against":
		return refs
	case "var", "param", "workspace", "today", "max-file-size", "add-ignore":
		return cobra.NoFileCompletions
	}
	return choices(flag)
}

// choices returns the completion of a flag whose values are a few words, or nil.
func choices(flag string) cobra.CompletionFunc {
	switch flag {
	case "profile":
		return fixed(finding.Profiles()...)
	case "fail-on":
		return fixed(finding.Severities()[1:]...)
	case "severity":
		return fixed(finding.Severities()...)
	case "sort":
		return fixed(report.Orders()...)
	case "color":
		return fixed(colorAuto, colorAlways, colorNever)
	}
	return nil
}

func fixed[T ~string](all ...T) cobra.CompletionFunc {
	words := make([]string, len(all))
	for i := range all {
		words[i] = string(all[i])
	}
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// describedRules returns the ids of the rules with their titles.
func describedRules() ([]string, cobra.ShellCompDirective) {
	set, err := rules()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var out []string
	for _, rule := range allRules(set) {
		out = append(out, cobra.CompletionWithDesc(rule.ID, rule.Title))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// refs returns the names of branches and tags, and HEAD. Outside of a repository, there are none.
func refs(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	where, err := locate(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	repository, err := git.Open(where.root, where.cwd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	names, err := repository.Refs(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return append([]string{"HEAD"}, names...), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// describedPractices returns the names of the practices with their titles.
func describedPractices() ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, p := range finding.Practices() {
		out = append(out, cobra.CompletionWithDesc(p.Slug, p.Title))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// listOf completes the last word of a comma-separated list.
func listOf(described func() ([]string, cobra.ShellCompDirective)) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		words, directive := described()
		if i := strings.LastIndexByte(typed, ','); i >= 0 {
			for j := range words {
				words[j] = typed[:i+1] + words[j]
			}
		}
		return words, directive
	}
}
