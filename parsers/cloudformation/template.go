package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// template is a parsed template with what expressions in it refer to.
type template struct {
	root       *node
	parameters *node
	mappings   *node
	conditions *node
	resources  *node
	globals    *node // nil unless the template uses SAM
	isSAM      bool
	given      map[string]tree.Tree // values of parameters that the caller or the stack around passes
	fixed      map[string]bool      // those of them that do not depend on a default
	aliases    map[string]int       // parameters that the stack around passes its own unknown parameters to

	reader   *reader
	path     string
	prefix   string         // before the ids of its resources: the nested stacks that lead here
	above    []string       // paths of the templates around
	via      []source.Range // the nested stacks that lead here, outermost first
	children map[string][]*template
	includes []string // files that are part of it

	base     diagram            // the worlds in which the template is deployed
	fails    bool               // there are none, whatever the parameters are: lookups exclude each other
	literals []source.Literal   // the same, for people
	maybe    string             // why it is unknown whether the template is deployed; empty: it is
	decided  map[string]diagram // conditions
	sections map[string]*section

	entriesIn map[*node]map[string][]*node // of maps of mappings, see entriesOf

	secretNames map[string]bool // parameters with names of secrets, see isNameOfSecret; nil: not searched

	words *mentions // nil until asked for

	problems []finding.Problem
	gaps     []finding.Gap
	missing  deployment.Missing
}

// section is a section of a template with its loops unrolled.
type section struct {
	entries []expandedField
	index   map[string]int
}

// section returns a section by its name. It is empty while it is computed: a loop cannot refer to its own
// section.
func (t *template) section(name string) *section {
	if s, ok := t.sections[name]; ok {
		return s
	}
	s := &section{index: map[string]int{}}
	t.sections[name] = s
	written := t.root.get(name)
	if written == nil {
		return s
	}
	entries := t.resolver().expand(written.fields)
	for i, f := range entries {
		if _, twice := s.index[f.key]; !twice {
			s.index[f.key] = i
		}
	}
	s.entries = entries
	return s
}

func (s *section) get(key string) (expandedField, bool) {
	i, ok := s.index[key]
	if !ok {
		return expandedField{}, false
	}
	return s.entries[i], true
}

// resource returns what is written for a resource, nil if there is no such resource.
func (t *template) resource(id string) *node {
	f, _ := t.section("Resources").get(id)
	return f.value
}

// resolver evaluates expressions of the template where nothing is assumed about its conditions.
func (t *template) resolver() *resolver { return &resolver{template: t, world: t.base} }

// The transforms that lintel evaluates itself.
const (
	samTransform      = "AWS::Serverless-2016-10-31"
	languageTransform = "AWS::LanguageExtensions"
)

// newTemplate recognises a template by its structure: Resources with a Type that is text, or a macro that brings
// resources. It is nil for everything else.
func newTemplate(root *node) *template {
	t := &template{
		root: root, parameters: root.get("Parameters"), mappings: root.get("Mappings"),
		conditions: root.get("Conditions"), resources: root.get("Resources"),
	}
	if t.resources == nil && isMacroTemplate(root) {
		t.resources = &node{kind: mapNode, at: root.at}
	}
	if t.resources == nil || t.resources.kind != mapNode {
		return nil
	}
	recognised := isMacroTemplate(root) || slices.ContainsFunc(t.resources.fields, isResource)
	if !recognised {
		return nil
	}
	if t.isSAM = usesSAM(root.get("Transform")) || t.hasServerless(); t.isSAM {
		t.globals = root.get("Globals")
	}
	return t
}

// isResource reports whether an entry of Resources is a resource or stands for some.
func isResource(f field) bool {
	_, ok := f.value.get("Type").text()
	return ok || strings.HasPrefix(f.key, forEach) || f.key == fnTransform || isRain(f.value) || isRain(f.value.get("Type"))
}

// hasServerless reports whether a resource has a type of SAM's: then it is meant for SAM, also
// where the transform is put in later.
func (t *template) hasServerless() bool {
	return slices.ContainsFunc(t.resources.fields, func(f field) bool {
		kind, _ := f.value.get("Type").text()
		return strings.HasPrefix(kind, "AWS::Serverless::")
	})
}

func usesSAM(transform *node) bool {
	if transform == nil {
		return false
	}
	if name, ok := transform.text(); ok {
		return name == samTransform
	}
	return slices.ContainsFunc(transform.items, usesSAM)
}

func (t *template) problem(at source.Range, format string, args ...any) {
	p := finding.Problem{Range: at, Message: fmt.Sprintf(format, args...)}
	switch {
	case slices.Contains(t.problems, p):
	case len(t.problems) < maxProblems:
		t.problems = append(t.problems, p)
	case len(t.problems) == maxProblems:
		t.problems = append(t.problems, moreProblems(t.path))
	}
}

// maxProblems limits the problems of a template: a hostile one can have one in each line.
const maxProblems = 1000

// gap notes a part that is not in the repository.
func (t *template) gap(at source.Range, cause finding.GapCause, format string, args ...any) {
	g := finding.Gap{Range: at, Cause: cause, Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(t.gaps, g) {
		t.gaps = append(t.gaps, g)
	}
}

const causeDynamic = "it is resolved from another service at deployment"

// dynamic is the value of a text with dynamic references.
func dynamic(text string, at source.Range) tree.Tree {
	t := tree.Unknown(at, causeDynamic)
	t.Plain = true
	t.Prefix, _, _ = strings.Cut(text, "{{resolve:")
	if end := strings.LastIndex(text, "}}"); end >= 0 {
		t.Suffix = text[end+len("}}"):]
	}
	if t.Outside = strings.HasPrefix(text, "{{") && strings.Count(text, "{{") == 1 && strings.HasSuffix(text, "}}"); t.Outside {
		t.Symbol = tree.Symbol(strings.Trim(text, "{}"))
	}
	for part := range strings.SplitSeq(text, "{{") {
		if service, ok := strings.CutPrefix(part, "resolve:"); ok {
			t.Sources = append(t.Sources, resolved(service))
		}
	}
	return t
}

// resolved names the service of a dynamic reference, and the field of a secret where the reference
// takes one that is not secret itself.
func resolved(reference string) string {
	reference, _, _ = strings.Cut(reference, "}}")
	service, rest, _ := strings.Cut(reference, ":")
	if _, after, ok := strings.Cut(rest, ":SecretString:"); ok {
		if field, _, _ := strings.Cut(after, ":"); field != "" && !secrets.Named(field) {
			return "resolve:" + service + ":" + field
		}
	}
	return "resolve:" + service
}

// isDynamicReference reports whether CloudFormation replaces a text at deployment
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
func isDynamicReference(text string) bool { return strings.Contains(text, "{{resolve:") }
