package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// WriteRules writes rules as a table or, with all fields, as JSON.
func WriteRules(w io.Writer, format Format, rules []finding.Rule) error {
	if format == JSON {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(rules)
	}
	width := 0
	for _, r := range rules {
		width = max(width, len(r.ID))
	}
	for _, r := range rules {
		if _, err := fmt.Fprintf(w, "%-*s  %-8s  %-7s  %s\n", width, r.ID, r.Severity, r.Profile, r.Title); err != nil {
			return err
		}
	}
	return nil
}

// yielding returns the rules that yield to a rule.
func yielding(id string, all []finding.Rule) []string {
	var weaker []string
	for _, r := range all {
		if slices.Contains(r.YieldsTo, id) {
			weaker = append(weaker, r.ID)
		}
	}
	return weaker
}

// RulePage returns the documentation of a rule in Markdown. It names those of all rules that yield to it.
func RulePage(r finding.Rule, all []finding.Rule) string {
	return title(r) + "\n" + facts(r) + "\n" + advice(r) + more(r, all)
}

// Explanation returns the page of a rule for a terminal, which begins with the reason and the fix.
func Explanation(r finding.Rule, all []finding.Rule) string {
	return title(r) + "\n" + advice(r) + "\n" + facts(r) + more(r, all)
}

func title(r finding.Rule) string {
	return fmt.Sprintf("# %s\n\n%s.\n", r.ID, strings.TrimSuffix(r.Title, "."))
}

// facts returns the table of the attributes of a rule.
func facts(r finding.Rule) string {
	return fmt.Sprintf("| severity | profile | category | since |\n| --- | --- | --- | --- |\n| %s | %s | %s | %s |\n", r.Severity, r.Profile, r.Category, r.Since)
}

// advice returns the reason of a rule and how to fix a finding.
func advice(r finding.Rule) string {
	text := fmt.Sprintf("## Why\n\n%s\n\n## How to fix it\n\n%s\n", r.Description, r.Remediation)
	if fix, err := finding.ParseFix(r.Fix); err == nil {
		text += "\n" + offer(fix) + "\n"
	}
	return text
}

// more returns where to read more, and the rules and checks that are related.
func more(r finding.Rule, all []finding.Rule) string {
	var page strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&page, format+"\n", args...) }
	add("\n## Read more\n")
	for _, ref := range r.References {
		add("- [%s](%s)", ref.Title, ref.URL)
	}
	for _, cwe := range r.CWE {
		add("- [%s](https://cwe.mitre.org/data/definitions/%s.html)", cwe, strings.TrimPrefix(cwe, "CWE-"))
	}
	if practices := finding.PracticesOf(r); len(practices) > 0 {
		add("\nPractices: %s.", practiceNames(practices))
	}
	if len(r.YieldsTo) > 0 {
		add("\nA cause that %s reports is not reported by this rule, too.", strings.Join(r.YieldsTo, " or "))
	}
	if weaker := yielding(r.ID, all); len(weaker) > 0 {
		add("\nA cause that this rule reports is not reported by %s, too.", strings.Join(weaker, " or "))
	}
	if len(r.Peers) > 0 {
		add("\nEquivalent checks in other tools: %s.", strings.Join(r.Peers, ", "))
	}
	return page.String()
}

func practiceNames(practices []finding.Practice) string {
	names := make([]string, len(practices))
	for i, p := range practices {
		names[i] = fmt.Sprintf("%d %s (`%s`)", p.Number, p.Title, p.Slug)
	}
	return strings.Join(names, "; ")
}

// offer describes the fix of a rule and the flags that apply it.
func offer(fix finding.Fix) string {
	if fix.SafeIf != "" {
		return fmt.Sprintf("`lintel check --fix` applies this fix if it is safe: %s. It is safe if %s; otherwise it requires `--unsafe-fixes`.", lowerFirst(fix.Title), fix.SafeIf)
	}
	unsafe := fix.Unsafe
	for _, step := range fix.Steps {
		unsafe = cmp.Or(unsafe, step.Unsafe)
	}
	if unsafe == "" {
		return fmt.Sprintf("`lintel check --fix` applies this fix: %s.", lowerFirst(fix.Title))
	}
	return fmt.Sprintf("`lintel check --fix --unsafe-fixes` applies this fix: %s. It is unsafe: %s.", lowerFirst(fix.Title), unsafe)
}

func lowerFirst(text string) string {
	return strings.ToLower(text[:1]) + text[1:]
}
