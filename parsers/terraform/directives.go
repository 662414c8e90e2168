package terraform

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

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
	tokens, _ := hclsyntax.LexConfig(file.Content, file.Path, hcl.InitialPos)
	parsed, _ := hclsyntax.ParseConfig(file.Content, file.Path, hcl.InitialPos)
	c := constructs{file: file, starts: map[int]source.Range{}}
	if body, ok := parsed.Body.(*hclsyntax.Body); ok {
		_ = hclsyntax.VisitAll(body, c.visit)
	}
	taken := alone(tokens)
	var found []finding.Directive
	for _, token := range tokens {
		if token.Type != hclsyntax.TokenComment {
			continue
		}
		text, ok := asked(string(token.Bytes))
		if !ok {
			continue
		}
		line := token.Range.Start.Line
		if after, ok := taken[line]; ok {
			line = after
		}
		at := rangeOf(token.Range)
		at.End = at.Start + len(bytes.TrimRight(token.Bytes, "\r\n"))
		found = append(found, finding.Directive{Kind: finding.InComment, At: at, Text: text, Scope: c.starts[line]})
	}
	return found
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
func asked(comment string) (string, bool) {
	comment = strings.TrimSpace(comment)
	if inner, ok := strings.CutPrefix(comment, "/*"); ok {
		comment = strings.TrimSuffix(inner, "*/")
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimLeft(comment, "#/")), Marker)
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
		whole := rangeOf(n.TypeRange)
		whole.End = n.CloseBraceRange.End.Byte
		c.add(whole)
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
