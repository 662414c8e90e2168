package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// active returns the findings that are not suppressed.
func active(r finding.Report) []finding.Finding {
	kept := make([]finding.Finding, 0, len(r.Findings))
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			kept = append(kept, f)
		}
	}
	return kept
}

// usesOf returns the places where the value of a finding is used, other than the place of the finding.
func usesOf(f finding.Finding) []source.Range {
	var all []source.Range
	add := func(at source.Range) {
		if !at.IsZero() && len(all) < maxUses && !slices.Contains(all, at) {
			all = append(all, at)
		}
	}
	add(f.Used)
	for _, i := range f.Instances {
		add(i.Used)
	}
	add(f.Through)
	return all
}

// maxUses is how many places a report shows that use one value.
const maxUses = 20

// factsOf returns the message of a finding, with those of its instances that have another fault.
func factsOf(f finding.Finding) string {
	facts := f.Facts()
	if more := len(facts) - maxListed; more > 0 {
		facts = append(facts[:maxListed:maxListed], fmt.Sprintf("%d more", more))
	}
	return strings.Join(facts, "; ")
}

// stepsOf returns the steps of the path that a finding reports.
func stepsOf(f finding.Finding) []finding.Related {
	return slices.DeleteFunc(slices.Clone(f.Related), func(r finding.Related) bool { return r.Step == 0 })
}

// places returns the further locations of a finding: module calls, where it takes effect, and related locations.
func places(f finding.Finding) []finding.Related {
	var all []finding.Related
	for _, call := range f.Via {
		all = append(all, finding.Related{Range: call, Message: "module call"})
	}
	for _, at := range usesOf(f) {
		all = append(all, finding.Related{Range: at, Message: "where it is used"})
	}
	return append(all, f.Related...)
}

// rulesByID returns the rules of a report by id.
func rulesByID(r finding.Report) map[string]finding.Rule {
	rules := make(map[string]finding.Rule, len(r.Rules))
	for _, rule := range r.Rules {
		rules[rule.ID] = rule
	}
	return rules
}

// fromRoot converts a range to a place with a path from the root of the run, not the working directory: services
// resolve paths from the root of the repository.
func fromRoot(r finding.Report, at source.Range) place { return Options{}.place(r, at) }

// oneOfThree maps a severity to one of the three levels of a consumer.
func oneOfThree(s finding.Severity, severe, moderate, slight string) string {
	switch s {
	case finding.Critical, finding.High:
		return severe
	case finding.Medium:
		return moderate
	default:
		return slight
	}
}

// notChecked is the rule id of problems in formats that require one.
const notChecked = "not-checked"

// fingerprintOf returns the fingerprint of a finding, or a hash of its contents if it was not identified.
func fingerprintOf(f finding.Finding) string {
	return cmp.Or(f.Fingerprint, hashOf(f.Rule, f.Unit, f.Resource, f.Attribute, f.Key, f.Message))
}

// hashOf returns a short hash of strings.
func hashOf(texts ...string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", texts))
	return hex.EncodeToString(sum[:16])
}

// explained returns the message, the reason and the remediation of a finding, one per line.
func explained(f finding.Finding, rule finding.Rule) string {
	sentences := []string{factsOf(f)}
	if when := f.When.String(); when != "" {
		sentences = append(sentences, "When "+when+".")
	}
	for _, more := range []string{rule.Why(), rule.HowToFix()} {
		if more != "" {
			sentences = append(sentences, more)
		}
	}
	return strings.Join(sentences, "\n")
}

// printableLines applies printable to each line.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// indented writes a value as indented JSON.
func indented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// xmlDocument writes an XML document. encoding/xml escapes markup and replaces characters that XML 1.0 does not allow.
func xmlDocument(w io.Writer, value any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
