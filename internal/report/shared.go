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

// active are the findings that nobody has suppressed.
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

// places are all places of a finding besides its own: the calls of modules that lead to it, where
// it takes effect, and what explains it.
func places(f finding.Finding) []finding.Related {
	var all []finding.Related
	for _, call := range f.Via {
		all = append(all, finding.Related{Range: call, Message: "the call of the module"})
	}
	for _, at := range usesOf(f) {
		all = append(all, finding.Related{Range: at, Message: "where it is used"})
	}
	return append(all, f.Related...)
}

// rulesByID are the rules of a report by their ids.
func rulesByID(r finding.Report) map[string]finding.Rule {
	rules := make(map[string]finding.Rule, len(r.Rules))
	for _, rule := range r.Rules {
		rules[rule.ID] = rule
	}
	return rules
}

// fromRoot is the place of a range with its path from the root of the run, which is that of the
// repository: services that know the repository look for files there, wherever lintel ran.
func fromRoot(r finding.Report, at source.Range) place { return Options{}.place(r, at) }

// oneOfThree is the word of a consumer that tells three levels apart.
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

// notChecked is the name under which problems are listed where everything needs the name of a rule.
const notChecked = "not-checked"

// fingerprintOf is the fingerprint of a finding. One that was not identified has that of its place.
func fingerprintOf(f finding.Finding) string {
	return cmp.Or(f.Fingerprint, hashOf(f.Rule, f.Unit, f.Resource, f.Attribute, f.Key, f.Message))
}

// hashOf is a short hash of texts.
func hashOf(texts ...string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", texts))
	return hex.EncodeToString(sum[:16])
}

// explained is a message with its reason and its fix, a sentence each.
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

// printableLines is printable for a text of several lines.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// indented writes a value as JSON.
func indented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// xmlDocument writes a value as an XML document. encoding/xml escapes markup and replaces
// characters that XML 1.0 cannot have.
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
