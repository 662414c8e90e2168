// Package finding defines rules, findings, problems and the report that contains them. It only defines data: it neither
// evaluates rules nor prints.
package finding

import (
	"slices"
	"strings"

	"lintel/internal/source"
)

// Finding is a violation of a rule at one location.
type Finding struct {
	source.Place
	Severity  Severity
	Secret    bool // the text at Range is a secret and is never printed
	Fails     bool // reaches the severity that fails the run, by the configuration of its unit
	Rule      string
	Message   string
	Key       string      // distinguishes several causes at one attribute; empty: the attribute has one cause
	Unit      string      // root of its unit
	Of        string      // root of the other unit that declares the resource, which Unit refers to; empty: Unit
	Node      Node        // node of the model that the rule reported
	Set       string      // correct value, if the rule computes one
	Unsafe    string      // risk of the fix in this case; empty: the risk that the rule declares
	Related   []Related   // locations that explain it: the policy statement, its role, the functions with the role
	Instances []Instance  // all resources at the location, Resource first; nil before Join
	Uses      source.Uses // other references to values of the resource in the unit, for edits

	Fingerprint string       // stable identity, set by Identify; empty before
	Identities  []Identity   // identities of all instances and units; Fingerprint is that of the first
	Suppressed  *Suppression // nil: not suppressed
}

// Instance is one of the findings that Join has merged.
type Instance struct {
	Resource string
	Message  string
	When     source.When
	Used     source.Range   // as in Place
	Via      []source.Range // module calls that lead to it, outermost first

	Construct string // as in Lineage
}

// Names returns the resources that share the place, each once.
func (f Finding) Names() []string {
	names := make([]string, 0, len(f.Instances))
	for _, i := range f.Instances {
		if !slices.Contains(names, i.Resource) {
			names = append(names, i.Resource)
		}
	}
	return names
}

// Facts returns the messages of the instances, the one of the finding first. Of messages that differ only in the name of
// the resource, in instance keys and in module calls, it returns the first.
func (f Finding) Facts() []string {
	facts := []string{f.Message}
	known := map[string]bool{fact(f.Message, f.Resource): true}
	for _, i := range f.Instances {
		if key := fact(i.Message, i.Resource); !known[key] {
			known[key] = true
			facts = append(facts, i.Message)
		}
	}
	return facts
}

// Fact returns the message without the name of its resource, to compare it with that of other findings.
func (f Finding) Fact() string { return fact(f.Message, f.Resource) }

// fact is a message without the name of its resource.
func fact(message, resource string) string {
	if resource != "" {
		message = strings.ReplaceAll(message, resource, "\x00")
	}
	return instanceKey.ReplaceAllString(message, "")
}

// Node is a location in the model, for code that edits the corresponding text.
type Node struct {
	Collection string // functions, roles, …
	Path       string // attribute names from the resource, without keys and indices: environment/variables; empty: the resource
	Item       bool   // an element of the list or map at Path
	Written    bool   // the attribute is written at Range; otherwise it is missing and Range is that of its parent
}

// Related is a location that explains a finding, other than its own and module calls (Range, Via and Through). It is
// not part of the identity of the finding: its message can change without changing the fingerprint.
type Related struct {
	Range   source.Range
	Message string // noun phrase without a capital letter or a full stop: the role aws_iam_role.api
	Step    int    // number of the step of a path that the finding reports, from 1; 0: it is no step
}
