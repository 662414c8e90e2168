package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// jsonBlocks takes over a file of JSON syntax
// (https://developer.hashicorp.com/terraform/language/syntax/json). Its expressions become those
// of the native syntax, so that everything after this knows one kind. Nested blocks stay
// attributes: their objects read the same.
func (l *loader) jsonBlocks(file hcl.Body) []*block {
	content, _, _ := file.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "resource", LabelNames: []string{"type", "name"}},
		{Type: "data", LabelNames: []string{"type", "name"}},
		{Type: "variable", LabelNames: []string{"name"}},
		{Type: "output", LabelNames: []string{"name"}},
		{Type: "module", LabelNames: []string{"name"}},
		{Type: "provider", LabelNames: []string{"name"}},
		{Type: "locals"},
		{Type: "moved"},
		{Type: "terraform"},
	}})
	var blocks []*block
	for _, nested := range content.Blocks {
		b := &block{kind: nested.Type, labels: nested.Labels, header: rangeOf(nested.DefRange)}
		if n := len(nested.LabelRanges); n > 0 {
			b.header = rangeOf(nested.LabelRanges[n-1])
		}
		attributes, _ := nested.Body.JustAttributes()
		b.body = &body{}
		for _, key := range slices.Sorted(maps.Keys(attributes)) { // taking over an expression can be a problem
			a := attributes[key]
			expr := a.Expr
			isRaw := nested.Type == "variable" && a.Name != "validation" || nested.Type == "moved" || nested.Type == "terraform"
			if !isRaw { // types, defaults and addresses are no templates
				expr = l.native(a.Expr)
			}
			l.addJSON(b.body, &attribute{name: a.Name, nameAt: rangeOf(a.NameRange), expr: expr})
		}
		b.body.sort()
		blocks = append(blocks, b)
	}
	return blocks
}

func (b *body) sort() {
	slices.SortFunc(b.attributes, func(x, y *attribute) int { return x.nameAt.Start - y.nameAt.Start })
}

// addJSON adds a property to a body. The property "dynamic" holds dynamic blocks by their label,
// and "//" is a comment.
func (l *loader) addJSON(b *body, a *attribute) {
	switch a.name {
	case "//":
		return
	case "dynamic":
		for _, labels := range objects(a.expr) {
			for _, label := range labels {
				for _, object := range objects(label.expr) {
					b.blocks = append(b.blocks, l.dynamicJSON(label, object))
				}
			}
		}
		return
	}
	b.attributes = append(b.attributes, a)
}

// dynamicJSON is a dynamic block: an object with for_each, iterator and content.
func (l *loader) dynamicJSON(label *attribute, object []*attribute) *block {
	dynamic := &block{kind: "dynamic", labels: []string{label.name}, header: label.nameAt, body: &body{}}
	for _, a := range object {
		if a.name != "content" {
			dynamic.body.attributes = append(dynamic.body.attributes, a)
			continue
		}
		for _, inside := range objects(a.expr) {
			content := &block{kind: "content", header: a.nameAt, body: &body{}}
			for _, property := range inside {
				l.addJSON(content.body, property)
			}
			dynamic.body.blocks = append(dynamic.body.blocks, content)
		}
	}
	return dynamic
}

// objects returns the properties of an object, or of each object of a list.
func objects(expr hcl.Expression) [][]*attribute {
	if items, diagnostics := hcl.ExprList(expr); !diagnostics.HasErrors() {
		var all [][]*attribute
		for _, item := range items {
			all = append(all, objects(item)...)
		}
		return all
	}
	pairs, diagnostics := hcl.ExprMap(expr)
	if diagnostics.HasErrors() {
		return nil
	}
	properties := make([]*attribute, 0, len(pairs))
	for _, pair := range pairs {
		if name, _ := pair.Key.Value(nil); isKnownString(name) {
			properties = append(properties, &attribute{name: name.AsString(), nameAt: rangeOf(pair.Key.Range()), expr: pair.Value})
		}
	}
	return [][]*attribute{properties}
}

// native turns an expression of JSON syntax into one of the native syntax: strings are templates.
func (l *loader) native(expr hcl.Expression) hclsyntax.Expression {
	at := expr.Range()
	if items, diagnostics := hcl.ExprList(expr); !diagnostics.HasErrors() {
		tuple := &hclsyntax.TupleConsExpr{SrcRange: at, OpenRange: at}
		for _, item := range items {
			tuple.Exprs = append(tuple.Exprs, l.native(item))
		}
		return tuple
	}
	if pairs, diagnostics := hcl.ExprMap(expr); !diagnostics.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: at, OpenRange: at}
		for _, pair := range pairs {
			object.Items = append(object.Items, hclsyntax.ObjectConsItem{KeyExpr: l.native(pair.Key), ValueExpr: l.native(pair.Value)})
		}
		return object
	}
	value, _ := expr.Value(nil) // without a context a string stands for itself
	if !isKnownString(value) || !strings.ContainsAny(value.AsString(), "$%") {
		return &hclsyntax.LiteralValueExpr{Val: value, SrcRange: at}
	}
	if tooDeep([]byte(value.AsString()), hclsyntax.LexTemplate) {
		l.nestsTooDeep(rangeOf(at))
		return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at}
	}
	start := at.Start
	start.Byte, start.Column = start.Byte+1, start.Column+1 // the quote
	template, diagnostics := hclsyntax.ParseTemplate([]byte(value.AsString()), at.Filename, start)
	l.diagnose(at.Filename, "JSON", diagnostics)
	switch t := template.(type) {
	case nil:
		return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at}
	case *hclsyntax.TemplateExpr:
		t.SrcRange = at
	case *hclsyntax.TemplateWrapExpr:
		t.SrcRange = at
	}
	return l.take(template)
}
