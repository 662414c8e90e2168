package generate

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// practicesPage lists the rules that check each sentence of the founding practices, smallest profile first.
func practicesPage(rules []finding.Rule) []byte {
	var page strings.Builder
	page.WriteString(generated + `# Practices

The founding practices, sentence by sentence, with the rules that check each. The same rules check Terraform, plans, CloudFormation,
SAM and CDK output. ` + "`lintel rules --practice PRACTICE`" + ` lists the rules of a practice and ` + "`lintel check --practice PRACTICE`" + ` runs
them, whatever their profile. PRACTICE is its number or its name.
`)
	for _, p := range finding.Practices() {
		fmt.Fprintf(&page, "\n## %d. %s\n\n`--practice %s`\n", p.Number, p.Title, p.Slug)
		for _, s := range p.Sentences {
			fmt.Fprintf(&page, "\n### %s\n\n%s\n\n", s.ID, s.Text)
			if s.Uncovered != "" {
				fmt.Fprintf(&page, "Not covered: %s\n\n", lowerFirst(s.Uncovered))
			}
			page.WriteString(coverage(s, rules))
		}
	}
	return []byte(page.String())
}

// coverage is the table of the rules that check a sentence.
func coverage(s finding.Sentence, rules []finding.Rule) string {
	var table strings.Builder
	for _, profile := range finding.Profiles() {
		for _, r := range rules {
			if r.Profile == profile && slices.Contains(r.Practices, s.ID) {
				fmt.Fprintf(&table, "| [%s](rules/%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Profile, r.Title)
			}
		}
	}
	if table.Len() == 0 {
		return ""
	}
	return "| rule | severity | profile | what it finds |\n| --- | --- | --- | --- |\n" + table.String()
}

func lowerFirst(text string) string {
	if text == "" || len(text) > 1 && strings.ToUpper(text[1:2]) == text[1:2] {
		return text // an abbreviation
	}
	return strings.ToLower(text[:1]) + text[1:]
}
