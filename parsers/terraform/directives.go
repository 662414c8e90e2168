package terraform

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/annotation"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// Marker begins what a comment asks of lintel.
const Marker = "lintel:ignore"

// Directives returns what the comments of a file ask not to report. A comment is about what begins
// on its line, or else on the next line that is no comment.
func Directives(file *source.File) []finding.Directive {
	if !bytes.Contains(file.Content, []byte(Marker)) {
		return nil
	}
	var found []finding.Directive
	for _, c := range Comments(file) {
		if text, ok := asked(c.Text); ok {
			found = append(found, finding.Directive{Kind: finding.InComment, At: c.At, Text: text, Scope: c.About})
		}
	}
	return found
}

// Comments returns the comments of a file of native syntax, in their order.
func Comments(file *source.File) []annotation.Comment {
	if tooDeep(file.Content, hclsyntax.LexConfig) {
		return nil // it is not read either
	}
	tokens, _ := hclsyntax.LexConfig(file.Content, file.Path, hcl.InitialPos)
	parsed, _ := hclsyntax.ParseConfig(file.Content, file.Path, hcl.InitialPos)
	c := constructs{file: file, starts: map[int]source.Range{}}
	var blocks []source.Range
	if body, ok := parsed.Body.(*hclsyntax.Body); ok {
		_ = hclsyntax.VisitAll(body, c.visit)
		for _, b := range body.Blocks {
			blocks = append(blocks, whole(b))
		}
	}
	taken := alone(tokens)
	var found []annotation.Comment
	for _, token := range tokens {
		if token.Type != hclsyntax.TokenComment {
			continue
		}
		line := token.Range.Start.Line
		after, isAlone := taken[line]
		if isAlone {
			line = after
		}
		at := rangeOf(token.Range)
		at.End = at.Start + len(bytes.TrimRight(token.Bytes, "\r\n"))
		for len(blocks) > 0 && blocks[0].End <= at.Start {
			blocks = blocks[1:]
		}
		comment := annotation.Comment{At: at, Text: bare(string(token.Bytes)), Alone: isAlone, About: c.starts[line]}
		if len(blocks) > 0 && blocks[0].Start <= at.Start {
			comment.Whole = blocks[0]
		}
		found = append(found, comment)
	}
	return found
}

// bare is a comment without its marks.
func bare(comment string) string {
	comment = strings.TrimSpace(comment)
	if inner, ok := strings.CutPrefix(comment, "/*"); ok {
		return strings.TrimSpace(strings.TrimSuffix(inner, "*/"))
	}
	return strings.TrimSpace(strings.TrimLeft(comment, "#/"))
}

// whole is a block from its type to its closing brace.
func whole(b *hclsyntax.Block) source.Range {
	r := rangeOf(b.TypeRange)
	r.End = max(r.End, b.CloseBraceRange.End.Byte)
	return r
}

// alone are the lines on which there are comments and nothing else, with the line after them.
func alone(tokens hclsyntax.Tokens) map[int]int {
	lines := map[int]int{}
	for i, token := range slices.Backward(tokens) {
		if token.Type != hclsyntax.TokenComment {
			continue
		}
		if i > 0 && tokens[i-1].Range.End.Line == token.Range.Start.Line &&
			tokens[i-1].Type != hclsyntax.TokenNewline && tokens[i-1].Type != hclsyntax.TokenComment {
			continue // something stands before it
		}
		after := lastLine(token) + 1
		if further, ok := lines[after]; ok {
			after = further
		}
		lines[token.Range.Start.Line] = after
	}
	return lines
}

// lastLine is the last line of a comment. The newline at the end of one is part of its token.
func lastLine(token hclsyntax.Token) int {
	if token.Range.End.Column == 1 && token.Range.End.Line > token.Range.Start.Line {
		return token.Range.End.Line - 1
	}
	return token.Range.End.Line
}

// asked returns what a comment says after the marker, which it begins with.
func asked(text string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), Marker)
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// constructs are the widest things that begin on a line: attributes, blocks, elements.
type constructs struct {
	file   *source.File
	starts map[int]source.Range
}

func (c constructs) add(r source.Range) {
	line, _ := c.file.Position(r.Start)
	known, ok := c.starts[line]
	if !ok || r.Start < known.Start || r.Start == known.Start && r.End > known.End {
		c.starts[line] = r
	}
}

func (c constructs) visit(node hclsyntax.Node) hcl.Diagnostics {
	switch n := node.(type) {
	case *hclsyntax.Attribute:
		c.add(rangeOf(n.SrcRange))
	case *hclsyntax.Block:
		c.add(whole(n))
	case *hclsyntax.ObjectConsExpr:
		for _, item := range n.Items {
			at := rangeOf(item.KeyExpr.Range())
			at.End = item.ValueExpr.Range().End.Byte
			c.add(at)
		}
	case *hclsyntax.TupleConsExpr:
		for _, item := range n.Exprs {
			c.add(rangeOf(item.Range()))
		}
	}
	return nil
}
