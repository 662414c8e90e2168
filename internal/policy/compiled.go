package policy

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/finding"
)

// Marshal writes the compiled set as the text that Load reads.
func (s *Set) Marshal() ([]byte, error) {
	e := &encoder{}
	e.text(s.data)
	var names []string
	var modules []*ast.Module
	for _, r := range s.rules {
		for _, m := range r.modules {
			if slices.Contains(names, m.name) {
				continue
			}
			decoded, err := m.decode()
			if err != nil {
				return nil, err
			}
			names, modules = append(names, m.name), append(modules, decoded)
		}
	}
	e.number(len(names))
	for i, name := range names {
		inner := &encoder{}
		inner.module(modules[i])
		if inner.err != nil {
			return nil, fmt.Errorf("%s: %w", name, inner.err)
		}
		e.text(name)
		e.text(string(inner.out))
	}
	e.number(len(s.rules))
	for _, r := range s.rules {
		e.metadata(r.Rule)
		e.text(r.Package)
		e.texts(r.Reads)
		e.number(len(r.Needs))
		for _, needs := range r.Needs {
			e.texts(needs)
		}
		e.texts(r.builtins)
		e.number(len(r.modules))
		for _, m := range r.modules {
			e.number(slices.Index(names, m.name))
		}
	}
	return e.out, nil
}

func (e *encoder) metadata(r finding.Rule) {
	for _, s := range []string{r.ID, r.Title, r.Description, r.Remediation, r.Category, string(r.Profile), r.Since} {
		e.text(s)
	}
	e.text(string(r.Fix))
	e.number(int(r.Severity))
	e.texts(r.CWE)
	e.texts(r.Peers)
	e.texts(r.Aliases)
	e.number(len(r.References))
	for _, ref := range r.References {
		e.text(ref.URL)
		e.text(ref.Title)
	}
}

// Load reads a set that Marshal wrote. Modules stay encoded until a rule is needed.
func Load(compiled string) (*Set, error) {
	d := &decoder{text: compiled}
	set := &Set{data: d.string()}
	modules := make([]module, d.length())
	for i := range modules {
		name, text := d.string(), d.string()
		modules[i] = module{name: name, decode: func() (*ast.Module, error) {
			return (&decoder{text: text}).module(name)
		}}
	}
	set.rules = make([]*rule, d.length())
	for i := range set.rules {
		r := &rule{Rule: d.metadata(), Package: d.string(), Reads: d.strings()}
		r.Needs = make([][]string, d.length())
		for j := range r.Needs {
			r.Needs[j] = d.strings()
		}
		r.builtins = d.strings()
		for range d.length() {
			n := d.number()
			if n < 0 || n >= len(modules) {
				return nil, errCorrupt
			}
			r.modules = append(r.modules, modules[n])
		}
		set.rules[i] = r
	}
	if d.bad {
		return nil, errCorrupt
	}
	set.prepare()
	return set, nil
}

func (d *decoder) metadata() finding.Rule {
	r := finding.Rule{
		ID: d.string(), Title: d.string(), Description: d.string(), Remediation: d.string(),
		Category: d.string(), Profile: finding.Profile(d.string()), Since: d.string(),
		Fix:      d.json(),
		Severity: finding.Severity(d.number()), //nolint:gosec // written by encoder from a Severity
		CWE:      d.strings(), Peers: d.strings(), Aliases: d.strings(),
	}
	r.References = make([]finding.Reference, d.length())
	for i := range r.References {
		r.References[i] = finding.Reference{URL: d.string(), Title: d.string()}
	}
	return r
}

// json reads JSON text; nil when it is empty.
func (d *decoder) json() json.RawMessage {
	if text := d.string(); text != "" {
		return json.RawMessage(text)
	}
	return nil
}
