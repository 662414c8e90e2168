package cloudformation

import (
	"fmt"
	"slices"
	"strings"

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
	given      map[string]tree.Tree // values of parameters that the caller knows, or the stack around passes

	reader   *reader
	path     string
	prefix   string         // before the ids of its resources: the nested stacks that lead here
	above    []string       // paths of the templates around
	via      []source.Range // the nested stacks that lead here, outermost first
	children map[string]*template

	problems []finding.Problem
	gaps     []finding.Gap
	expanded map[string]expandedField // resources by their ids, with those that loops generate; nil: not computed
}

const samTransform = "AWS::Serverless-2016-10-31"

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
	recognised := isMacroTemplate(root) || slices.ContainsFunc(t.resources.fields, func(f field) bool {
		_, ok := f.value.get("Type").text()
		return ok || strings.HasPrefix(f.key, forEach) || f.key == fnTransform
	})
	if !recognised {
		return nil
	}
	if t.isSAM = usesSAM(root.get("Transform")) || t.hasServerless(); t.isSAM {
		t.globals = root.get("Globals")
	}
	return t
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
	if !slices.Contains(t.problems, p) {
		t.problems = append(t.problems, p)
	}
}

// gap notes a part that is not in the repository.
func (t *template) gap(at source.Range, cause finding.GapCause, format string, args ...any) {
	g := finding.Gap{Range: at, Cause: cause, Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(t.gaps, g) {
		t.gaps = append(t.gaps, g)
	}
}

// parameter returns the value of a parameter, false when there is no such parameter.
func (t *template) parameter(name string, at source.Range) (tree.Tree, bool) {
	p := t.parameters.get(name)
	if p == nil {
		return tree.Tree{}, false
	}
	out := t.valueOf(name, p, at)
	if hidden := p.get("NoEcho"); hidden != nil {
		out.Sensitive = strings.EqualFold(fmt.Sprint(hidden.scalar), "true")
	}
	if _, passed := t.given[name]; !passed || len(t.above) == 0 {
		out.Parameters = declaredBy(name, p, out.Sensitive)
	}
	return out, true
}

// declaredBy says from which parameter a value is. The public names of the parameter store are no
// values that somebody sets.
func declaredBy(name string, p *node, masked bool) []tree.Parameter {
	if kind, _ := p.get("Type").text(); strings.HasPrefix(kind, "AWS::SSM::Parameter") {
		return nil
	}
	text, _ := p.get("Default").text()
	return []tree.Parameter{{Name: name, Masked: masked, Default: text}}
}

// valueOf returns what the caller gave, else the default.
func (t *template) valueOf(name string, p *node, at source.Range) tree.Tree {
	kind, _ := p.get("Type").text()
	if strings.HasPrefix(kind, "AWS::SSM::Parameter::") {
		return tree.Unknown(at, fmt.Sprintf("parameter %s is read from the parameter store at deployment", name))
	}
	given, ok := t.given[name]
	if ok && given.Scalar == nil {
		given.Range = at
		return given
	}
	value, written := given.Scalar, given.Written
	if !ok {
		value, written = t.byDefault(name, p)
	}
	if value == nil {
		return tree.Unknown(at, fmt.Sprintf("parameter %s has no default", name))
	}
	if kind == "CommaDelimitedList" || strings.HasPrefix(kind, "List<") {
		list := tree.Tree{State: tree.StateKnown, IsList: true, Range: at}
		for _, item := range split(",", fmt.Sprint(value)) {
			list.Items = append(list.Items, tree.Tree{State: tree.StateKnown, Scalar: strings.TrimSpace(item), Range: at})
		}
		return list
	}
	if isDynamicReference(fmt.Sprint(value)) {
		return dynamic(fmt.Sprint(value), at)
	}
	return tree.Tree{State: tree.StateKnown, Scalar: value, Range: at, Written: written}
}

// byDefault is what a parameter is when nothing is given: its default, or the only value that it
// may have; nil when neither is there. written is the place of a default.
func (t *template) byDefault(name string, p *node) (value any, written source.Range) {
	if d := p.get("Default"); d != nil && d.kind == scalarNode && d.tag == "" && d.scalar != nil {
		return d.scalar, d.at
	}
	if allowed := t.allowed(name); len(allowed) == 1 {
		return allowed[0], source.Range{}
	}
	return nil, source.Range{}
}

const causeDynamic = "it is resolved from another service at deployment"

// dynamic is the value of a text with dynamic references.
func dynamic(text string, at source.Range) tree.Tree {
	t := tree.Unknown(at, causeDynamic)
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
