package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// through reads a call of a function that passes its arguments on, so that what is in them keeps
// its place and stays known beside what is not. It is false for all other functions.
func (s scope) through(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	if e.ExpandFinal || len(e.Args) == 0 {
		return tree.Tree{}, false
	}
	switch e.Name {
	case "jsonencode":
		return s.jsonText(e, depth)
	case "merge":
		return s.merged(e, depth)
	case "concat":
		return s.concatenated(e, depth)
	case "tolist", "tomap", "sensitive", "nonsensitive":
		return s.converted(e, depth)
	case "file":
		return s.fileText(e)
	case "format", "formatlist", "distinct", "compact", "sort", "reverse", "setunion", "toset", "flatten", "slice", "values", "zipmap", "one", "lookup", "coalesce", "coalescelist", "try":
		t, ok := s.partsOf(e, depth)
		return t, ok && s.agrees(t, e)
	case "join":
		return s.joinedText(e, depth)
	case "templatefile":
		return s.fileTemplate(e, depth)
	}
	return tree.Tree{}, false
}

// converted reads the list or map that a conversion returns with the elements of its argument.
func (s scope) converted(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t := s.treeAt(e.Args[0], depth+1)
	t.Sensitive = t.Sensitive || e.Name == "sensitive"
	return t, t.IsMap || t.IsList
}

// jsonText is the text of jsonencode together with the structure that it is made from.
func (s scope) jsonText(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	structure := s.treeAt(e.Args[0], depth+1)
	if !structure.IsMap && !structure.IsList {
		return tree.Tree{}, false
	}
	text := s.fromValue(s.value(e), rangeOf(e.Range()))
	text.Decoded = &structure
	return text, true
}

// merged is merge(maps...): of equal keys the last one counts.
func (s scope) merged(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: rangeOf(e.Range())}
	index := map[string]int{} // of fields: a map may have thousands
	for _, arg := range e.Args {
		part := s.treeAt(arg, depth+1)
		t.Refs, t.Sensitive = append(t.Refs, part.Refs...), t.Sensitive || part.Sensitive
		if part.State == tree.StateUnknown || part.State == tree.StateKnown && !part.IsMap {
			t.State, t.Cause = tree.StateUnknown, part.Cause
		}
		for _, f := range part.Fields {
			if i, ok := index[f.Key]; ok {
				t.Fields[i] = f
				continue
			}
			index[f.Key] = len(t.Fields)
			t.Fields = append(t.Fields, f)
		}
	}
	return t, true
}

// concatenated is concat(lists...).
func (s scope) concatenated(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t := tree.Tree{State: tree.StateKnown, IsList: true, Range: rangeOf(e.Range())}
	isPlain := true
	for _, arg := range e.Args {
		part := s.treeAt(arg, depth+1)
		t.Refs, t.Sensitive = append(t.Refs, part.Refs...), t.Sensitive || part.Sensitive
		if part.State == tree.StateUnknown || !part.IsList {
			t.State, t.Cause = tree.StateUnknown, part.Cause
			isPlain = isPlain && part.Plain
		}
		t.Items = append(t.Items, part.Items...)
	}
	t.Plain = isPlain && t.State == tree.StateUnknown
	return t, true
}

// fileText is a document that file() reads: everything in it is in its place in that file.
func (s scope) fileText(e *hclsyntax.FunctionCallExpr) (tree.Tree, bool) {
	value, marks := s.value(e).Unmark()
	name, ok := s.pathOf(e.Args[0])
	if !ok || !isKnownString(value) || !isDocument(value.AsString()) {
		return tree.Tree{}, false
	}
	content, err := source.ReadFile(s.fsys, name)
	if err != nil || string(content) != value.AsString() {
		return tree.Tree{}, false // the value says why
	}
	s.files[name] = source.NewFile(name, content)
	t := tree.Tree{
		State: tree.StateKnown, Scalar: value.AsString(), Verbatim: true,
		Range: source.Range{Path: name, Start: 0, End: len(content)},
	}
	describe(&t, marks)
	t.Pieces = []tree.Tree{t}
	return t, true
}

// isStructured reports whether a text, of which parts may be unknown, is JSON or the definition of an API in YAML.
func isStructured(t tree.Tree) bool { return decoded(t) != nil || openapi.IsYAML(t) }

// isDocument reports whether a text is JSON or the definition of an API in YAML.
func isDocument(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text), "{") || openapi.IsYAML(tree.Tree{State: tree.StateKnown, Scalar: text})
}

// fileTemplate is templatefile(path, variables): a template like one that is written here, in
// another file.
func (s scope) fileTemplate(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	name, ok := s.pathOf(e.Args[0])
	if !ok || len(e.Args) != 2 || depth > maxFollow {
		return tree.Tree{}, false
	}
	content, err := source.ReadFile(s.fsys, name)
	variables, _ := s.value(e.Args[1]).Unmark()
	if err != nil || tooDeep(content, hclsyntax.LexTemplate) || !hasNames(variables) {
		return tree.Tree{}, false // the value says why
	}
	expr, diagnostics := hclsyntax.ParseTemplate(content, name, hcl.InitialPos)
	template, isTemplate := expr.(*hclsyntax.TemplateExpr)
	if diagnostics.HasErrors() || !isTemplate {
		return tree.Tree{}, false
	}
	s.files[name] = source.NewFile(name, content)
	s.meter.bound(template)
	inside := scope{instance: s.instance, names: variables.AsValueMap(), origins: map[string]origin{}}
	for name := range inside.names {
		inside.origins[name] = origin{in: s, collection: e.Args[1], key: cty.StringVal(name), isVariable: true}
	}
	t := inside.template(template, depth+1)
	if text, _ := t.String(); !s.meter.take(t.Range, len(text)/decodedPerStep) {
		return tree.Unknown(rangeOf(e.Range()), tooMuch), true
	}
	if !isStructured(t) {
		return tree.Tree{}, false // a plain text stands where it is used
	}
	return t, true
}

// hasNames reports whether a value is a known object or map.
func hasNames(v cty.Value) bool {
	return v.IsKnown() && !v.IsNull() && (v.Type().IsObjectType() || v.Type().IsMapType())
}

// pathOf returns the file that an argument names.
func (s scope) pathOf(expr hcl.Expression) (string, bool) {
	name, _ := s.value(expr).Unmark()
	if !isKnownString(name) {
		return "", false
	}
	return s.inTree(name.AsString()), true
}
