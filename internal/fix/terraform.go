package fix

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// terraform edits HCL.
type terraform struct {
	texts *Texts
	file  *source.File
	body  *hclsyntax.Body
	f     finding.Finding
}

func openTerraform(texts *Texts, file *source.File, f finding.Finding) (language, error) {
	t := &terraform{texts: texts, file: file, f: f}
	var err error
	t.body, err = texts.hcl(file)
	return t, err
}

func parseHCL(file *source.File) (*hclsyntax.Body, error) {
	parsed, diags := hclsyntax.ParseConfig(file.Content, file.Path, hcl.InitialPos)
	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok || diags.HasErrors() {
		return nil, refusef("%s is not valid HCL", file.Path)
	}
	return body, nil
}

func rangeOf(r hcl.Range) source.Range {
	return source.Range{Path: r.Filename, Start: r.Start.Byte, End: r.End.Byte}
}

// block returns the top-level block that contains the finding.
func (t *terraform) block() *hclsyntax.Block {
	for _, b := range t.body.Blocks {
		if whole := b.Range(); whole.Start.Byte <= t.f.Range.Start && t.f.Range.Start < b.CloseBraceRange.End.Byte {
			return b
		}
	}
	return nil
}

// resource returns the block of the resource of the finding.
func (t *terraform) resource() (*hclsyntax.Block, error) {
	b := t.block()
	switch {
	case b == nil:
		return nil, refusef("it is not in a block of %s", t.file.Path)
	case b.Type == "module":
		return nil, refusef("it is missing in the third-party module %q", strings.Join(b.Labels, "."))
	case (b.Type == "resource" || b.Type == "data") && len(b.Labels) > 1:
		return b, nil
	}
	return nil, refusef("it is in a block %s, not in a resource", b.Type)
}

// locate returns the block of the resource that the finding is about, and the path of an attribute of the model in it.
func (t *terraform) locate(attribute string) (b *hclsyntax.Block, at tree.Path, err error) {
	if b, err = t.resource(); err != nil {
		return nil, at, err
	}
	kind := b.Labels[0]
	if b.Type == "data" {
		kind = "data." + kind
	}
	at, err = places(t.f.Node.Collection, attribute, kind)
	return b, at, err
}

// spot is a block or an attribute in a resource.
type spot struct {
	body      *hclsyntax.Body      // of the block; of the one around an attribute
	attribute *hclsyntax.Attribute // nil: a block
}

// find follows a path to the last block or attribute that exists.
func find(body *hclsyntax.Body, path tree.Path) (reached spot, left tree.Steps) {
	return tree.Follow(path, spot{body: body}, spot.child)
}

// child returns the attribute with a name, else the first block.
func (s spot) child(name string) (spot, bool) {
	if s.attribute != nil {
		return s, false
	}
	if attribute := s.body.Attributes[name]; attribute != nil {
		return spot{s.body, attribute}, true
	}
	for _, b := range s.body.Blocks {
		if b.Type == name {
			return spot{body: b.Body}, true
		}
	}
	content := dynamicContent(s.body, name)
	return spot{body: content}, content != nil
}

// dynamicContent returns the content of a dynamic block, nil if there is none.
func dynamicContent(body *hclsyntax.Body, name string) *hclsyntax.Body {
	for _, b := range body.Blocks {
		if b.Type != "dynamic" || len(b.Labels) != 1 || b.Labels[0] != name {
			continue
		}
		for _, inner := range b.Body.Blocks {
			if inner.Type == "content" {
				return inner.Body
			}
		}
	}
	return nil
}

func (t *terraform) literal(attribute string) (string, bool) {
	b, at, err := t.locate(attribute)
	if err != nil {
		return "", false
	}
	found, left := find(b.Body, at)
	if found.attribute == nil || len(left) > 0 {
		return "", false
	}
	return literalText(found.attribute.Expr)
}

// literalText returns the value of a literal string.
func literalText(e hclsyntax.Expression) (string, bool) {
	template, ok := e.(*hclsyntax.TemplateExpr)
	if !ok || !template.IsStringLiteral() {
		return "", false
	}
	value, diags := template.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return value.AsString(), true
}

// expression returns the expression with exactly this range, nil if there is none.
func expression(body *hclsyntax.Body, at source.Range) hclsyntax.Expression {
	var found hclsyntax.Expression
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		if e, ok := node.(hclsyntax.Expression); ok && found == nil && rangeOf(e.Range()) == at {
			found = e
		}
		return nil
	})
	return found
}

func (t *terraform) set(value finding.FixValue) ([]source.Edit, error) {
	if !t.f.Written.IsZero() {
		return t.edit(t.f.Written, value)
	}
	e := expression(t.body, t.f.Range)
	if e == nil {
		return nil, refusef("its value is not a single expression in %s", t.file.Path)
	}
	return t.replace(e, value)
}

// replace replaces an expression, or the literal that the expression takes its value from.
func (t *terraform) replace(e hclsyntax.Expression, value finding.FixValue) ([]source.Edit, error) {
	at, err := t.follow(e)
	if err != nil {
		return nil, err
	}
	return t.edit(at, value)
}

func (t *terraform) put(attribute string, value finding.FixValue) ([]source.Edit, error) {
	b, at, err := t.locate(attribute)
	if err != nil {
		return nil, err
	}
	found, left := find(b.Body, at)
	switch {
	case found.attribute != nil && len(left) == 0:
		return t.replace(found.attribute.Expr, value)
	case found.attribute != nil:
		return nil, refusef("%s is set as a whole, by %s", found.attribute.Name, excerpt(t.file, rangeOf(found.attribute.Expr.Range())))
	case len(left) == 0:
		return nil, refusef("%s is written as a block", attribute)
	}
	text, more, err := t.render(value)
	if err != nil {
		return nil, err
	}
	inserted, err := t.insert(found.body, left, text)
	if err != nil {
		return nil, err
	}
	return append([]source.Edit{inserted}, more...), nil
}

// braces returns the offset after the opening brace of the block with a body, and that of its closing brace. The ranges
// of bodies differ between blocks on one line and on several.
func braces(within, body *hclsyntax.Body) (open, end int, ok bool) {
	for _, b := range within.Blocks {
		if b.Body == body {
			return b.OpenBraceRange.End.Byte, b.CloseBraceRange.Start.Byte, true
		}
		if open, end, ok = braces(b.Body, body); ok {
			return open, end, true
		}
	}
	return 0, 0, false
}

// insert writes an attribute into the body of a block: after its attributes, or in blocks of its own before its end.
func (t *terraform) insert(body *hclsyntax.Body, steps []string, text string) (source.Edit, error) {
	content := t.file.Content
	open, end, ok := braces(t.body, body)
	if !ok {
		return source.Edit{}, refusef("it is not in a block of %s", t.file.Path)
	}
	outer := source.Indent(content, open)
	if !bytes.Contains(content[open:end], []byte("\n")) { // on one line
		inside := strings.TrimSpace(string(content[open:end]))
		if inside != "" {
			inside = outer + "  " + inside + "\n"
			if len(steps) > 1 {
				inside += "\n"
			}
		}
		inside = "\n" + inside + lines(outer+"  ", steps, text) + "\n" + outer
		return source.Edit{Range: source.Range{Path: t.file.Path, Start: open, End: end}, Text: inside}, nil
	}
	if len(steps) == 1 {
		after, indent, equals := lastAttribute(body, content)
		if after < 0 {
			after, indent = source.LineEnd(content, open), outer+"  "
		}
		name := fmt.Sprintf("%-*s", equals, steps[0])
		return source.Insertion(t.file.Path, after, "\n"+lines(indent, []string{name}, text)), nil
	}
	gap := "\n"
	if last := source.LastOther(content, end); content[last] == '{' {
		gap = ""
	}
	return source.Insertion(t.file.Path, source.LineStart(content, end), gap+lines(outer+"  ", steps, text)+"\n"), nil
}

// lines writes an attribute, in the blocks that the steps name.
func lines(indent string, steps []string, text string) string {
	if len(steps) == 1 {
		return indent + steps[0] + " = " + text
	}
	return indent + steps[0] + " {\n" + lines(indent+"  ", steps[1:], text) + "\n" + indent + "}"
}

// lastAttribute returns the end of the line of the last attribute before all blocks, -1 if there is none, its indentation,
// and the width of its name up to the space before the equals sign. Meta-arguments stay last.
func lastAttribute(body *hclsyntax.Body, content []byte) (end int, indent string, width int) {
	first := len(content)
	for _, b := range body.Blocks {
		first = min(first, b.TypeRange.Start.Byte)
	}
	end = -1
	start := -1
	for _, a := range body.Attributes { // any order: the last one before an offset
		if at := a.SrcRange.Start.Byte; at < first && at > start && a.Name != "depends_on" && a.Name != "provider" {
			start, end = at, a.SrcRange.End.Byte
			width = a.EqualsRange.Start.Byte - a.NameRange.Start.Byte - 1
		}
	}
	if end < 0 {
		return -1, "", 0
	}
	if content[end-1] == '\n' { // a heredoc takes in the end of its line
		end--
	}
	return source.LineEnd(content, end), source.Indent(content, start), width
}

// finish formats a file as terraform fmt does, if it had that format before.
func (t *terraform) finish(name string, before []byte, edits []source.Edit) ([]source.Edit, error) {
	isFormatted, _ := once(t.texts.formatted, name, func() (bool, error) {
		return source.SyntaxOf(name).IsNativeHCL() && bytes.Equal(hclwrite.Format(before), before), nil
	})
	if !isFormatted {
		return edits, nil
	}
	after := source.Apply(before, edits)
	formatted := hclwrite.Format(after)
	if bytes.Equal(after, formatted) {
		return edits, nil
	}
	return diff.Lines(name, before, formatted), nil
}

// excerpt returns the beginning of a text, for a message.
func excerpt(file *source.File, at source.Range) string {
	text := strings.Join(strings.Fields(file.Text(at)), " ")
	if runes := []rune(text); len(runes) > maxExcerpt {
		text = string(runes[:maxExcerpt]) + "…"
	}
	return text
}

// maxExcerpt is the number of characters of a text in a message.
const maxExcerpt = 40
