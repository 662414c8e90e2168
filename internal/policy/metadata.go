package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/finding"
)

var errNoMetadata = errors.New("METADATA is missing before the package line")

// metadata parses the METADATA of a rule.
func metadata(m *ast.Module, folder string) (finding.Rule, error) {
	i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return finding.Rule{}, errNoMetadata
	}
	a := m.Annotations[i]
	c := custom{fields: a.Custom}
	r := finding.Rule{
		ID:          c.text("id"),
		Title:       strings.TrimSpace(a.Title),
		Description: strings.TrimSpace(a.Description),
		Remediation: strings.TrimSpace(c.text("remediation")),
		Category:    c.text("category"),
		Profile:     finding.Profile(c.text("profile")),
		Since:       c.text("since"),
		CWE:         c.list("cwe"),
		Peers:       c.list("peers"),
		Aliases:     c.list("aliases"),
		Practices:   c.practices(),
		YieldsTo:    c.list("yields_to"),
	}
	for _, related := range a.RelatedResources {
		r.References = append(r.References, finding.Reference{URL: related.Ref.String(), Title: related.Description})
	}
	severity := c.text("severity")
	var ok bool
	if r.Severity, ok = finding.ParseSeverity(severity); !ok {
		c.problem("custom.severity is %q; it must be one of %s", severity, strings.Join(finding.Severities(), ", "))
	}
	if !slices.Contains(finding.Profiles(), r.Profile) {
		c.problem("custom.profile is %q; it must be one of %v", r.Profile, finding.Profiles())
	}
	if strings.ReplaceAll(r.ID, "-", "_") != folder {
		c.problem("custom.id is %q, but the directory is %s", r.ID, folder)
	}
	if want := "data." + rulesDir + "." + folder; m.Package.Path.String() != want {
		c.problem("the package is %s; the directory requires %s", m.Package.Path, want)
	}
	for _, required := range [][2]string{
		{"title", r.Title},
		{"description", r.Description},
		{"custom.remediation", r.Remediation},
		{"custom.category", r.Category},
		{"custom.since", r.Since},
	} {
		if required[1] == "" {
			c.problem("METADATA has no %s", required[0])
		}
	}
	if len(r.References) == 0 {
		c.problem("METADATA has no related_resources")
	}
	r.KnownOnly = c.isTrue("known_only")
	r.Fix = c.fix()
	c.unknownFields("known_only", "id", "severity", "category", "profile", "since", "cwe", "peers", "aliases", "remediation", "formats", "fix", "practices", "yields_to")
	return r, c.err()
}

// custom parses the custom part of METADATA and collects errors.
type custom struct {
	fields   map[string]any
	problems []string
}

func (c *custom) text(key string) string {
	s, _ := c.fields[key].(string)
	return s
}

// isTrue returns a flag. It is a problem if it is neither true nor false.
func (c *custom) isTrue(key string) bool {
	value, given := c.fields[key]
	flag, ok := value.(bool)
	if given && !ok {
		c.problem("custom.%s must be true or false", key)
	}
	return flag
}

func (c *custom) list(key string) []string {
	items, _ := c.fields[key].([]any)
	out := make([]string, 0, len(items))
	for _, item := range items {
		out = append(out, fmt.Sprint(item))
	}
	return out
}

// practices returns the sentences of practices. It is a problem if there is no such sentence.
func (c *custom) practices() []string {
	sentences := c.list("practices")
	for _, id := range sentences {
		if !finding.IsSentence(id) {
			c.problem("custom.practices: %q is no sentence of a practice; docs/practices.md lists them", id)
		}
	}
	return sentences
}

// fix parses the declaration of a fix; nil if there is none.
func (c *custom) fix() json.RawMessage {
	declared, ok := c.fields["fix"]
	if !ok {
		return nil
	}
	text, err := json.Marshal(declared)
	if err == nil {
		_, err = finding.ParseFix(text)
	}
	if err != nil {
		c.problem("custom.fix: %v", err)
		return nil
	}
	return text
}

func (c *custom) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *custom) unknownFields(known ...string) {
	for _, key := range slices.Sorted(maps.Keys(c.fields)) {
		if !slices.Contains(known, key) {
			c.problem("custom.%s is unknown", key)
		}
	}
}

func (c *custom) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	slices.Sort(c.problems)
	return errors.New(strings.Join(c.problems, "; "))
}
