package terraform

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// maxNesting is the limit of the nesting of a file: of blocks, brackets, quotes, interpolations and directives, and of
// operators, each of which is an expression within another one. The stack of a parser grows with each, and Go cannot
// recover from a stack overflow.
const maxNesting = 1000

// lexer splits a text into tokens, without recursion.
type lexer func(text []byte, filename string, start hcl.Pos) (hclsyntax.Tokens, hcl.Diagnostics)

// maxTokens is the limit of the tokens of a file, of which the smallest take a hundred times their text in memory.
const maxTokens = 500_000

// tooMany reports whether a text may exceed maxTokens. It counts the characters that are a token of their own, also in
// strings and comments, because they rarely consist of these.
func tooMany(text []byte) bool {
	tokens, spaces := 0, 0
	for _, c := range text {
		if c == ' ' || c == '\t' {
			spaces++
		} else if !isWord(c) {
			tokens++
		}
	}
	return tokens+spaces/4 > maxTokens
}

// isWord reports whether a byte is a part of a name or number, or not ASCII.
func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

// tooDeep reports whether a text exceeds maxNesting or maxTokens. It does not run the lexer on a text with too few characters for
// that.
func tooDeep(text []byte, lex lexer) bool {
	if tooMany(text) {
		return true
	}
	if !mayNest(text) {
		return false
	}
	tokens, _ := lex(text, "", hcl.InitialPos)
	n := nesting{open: []level{{}}}
	for i, token := range tokens {
		if n.accept(token.Type, tokens[i+1:]); n.depth > maxNesting {
			return true
		}
	}
	return false
}

// keyword returns the text of the first token that is neither a newline nor a comment.
func keyword(tokens hclsyntax.Tokens) string {
	for _, token := range tokens {
		if token.Type != hclsyntax.TokenNewline && token.Type != hclsyntax.TokenComment {
			return string(token.Bytes)
		}
	}
	return ""
}

// mayNest reports whether a text has enough characters to exceed maxNesting.
func mayNest(text []byte) bool {
	depth := 0
	for i, c := range text {
		switch c {
		case '{': // in a template it comes with a quote and a directive
			depth += 3
		case '(', '[', ']', '!', '?', '+', '-', '*', '/', '%', '&', '|', '<', '>':
			depth++
		case '=':
			if i > 0 && text[i-1] == '=' {
				depth++
			}
		}
	}
	return depth > maxNesting-2
}

// level is an open bracket, quote, interpolation or directive.
type level struct {
	closed    hclsyntax.TokenType // by this token
	operators int                 // since the start of the expression
	oneLine   bool                // a newline does not end an expression
}

// Directives that enclose a part of a template: their ends have no token of their own.
const (
	inIf  hclsyntax.TokenType = -1
	inFor hclsyntax.TokenType = -2
)

// nesting follows the tokens of a text. A closing token that does not match the innermost level does not close it: the
// text is invalid, and its nesting is overestimated.
type nesting struct {
	open  []level
	depth int // levels and operators
}

// accept reads a token. rest are the tokens after it.
func (n *nesting) accept(token hclsyntax.TokenType, rest hclsyntax.Tokens) { //nolint:cyclop // a case for each kind of token
	switch token { //nolint:exhaustive // the others do not nest
	case hclsyntax.TokenOBrace:
		n.push(level{closed: hclsyntax.TokenCBrace, oneLine: keyword(rest) == "for"})
	case hclsyntax.TokenOBrack:
		n.push(level{closed: hclsyntax.TokenCBrack, oneLine: true})
	case hclsyntax.TokenOParen:
		n.push(level{closed: hclsyntax.TokenCParen, oneLine: true})
	case hclsyntax.TokenOQuote:
		n.push(level{closed: hclsyntax.TokenCQuote})
	case hclsyntax.TokenOHeredoc:
		n.push(level{closed: hclsyntax.TokenCHeredoc})
	case hclsyntax.TokenTemplateInterp:
		n.push(level{closed: hclsyntax.TokenTemplateSeqEnd, oneLine: true})
	case hclsyntax.TokenTemplateControl:
		n.directive(keyword(rest))
	case hclsyntax.TokenCBrack:
		n.close(token)
		n.operator() // it may be an index, which encloses the expression before it
	case hclsyntax.TokenCBrace, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
		n.close(token)
	case hclsyntax.TokenNewline:
		if !n.open[len(n.open)-1].oneLine {
			n.separate()
		}
	case hclsyntax.TokenComma:
		n.separate()
	case hclsyntax.TokenBang, hclsyntax.TokenMinus, hclsyntax.TokenPlus, hclsyntax.TokenStar, hclsyntax.TokenSlash,
		hclsyntax.TokenPercent, hclsyntax.TokenAnd, hclsyntax.TokenOr, hclsyntax.TokenQuestion,
		hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq,
		hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq:
		n.operator()
	}
}

// directive reads the start of %{ name.
func (n *nesting) directive(name string) {
	switch name {
	case "if":
		n.push(level{closed: inIf})
	case "for":
		n.push(level{closed: inFor})
	case "endif":
		n.close(inIf)
	case "endfor":
		n.close(inFor)
	}
	n.push(level{closed: hclsyntax.TokenTemplateSeqEnd, oneLine: true})
}

func (n *nesting) push(l level) {
	n.open = append(n.open, l)
	n.depth++
}

func (n *nesting) close(token hclsyntax.TokenType) {
	if last := len(n.open) - 1; last > 0 && n.open[last].closed == token {
		n.separate()
		n.open = n.open[:last]
		n.depth--
	}
}

func (n *nesting) operator() {
	n.open[len(n.open)-1].operators++
	n.depth++
}

// separate ends an expression.
func (n *nesting) separate() {
	last := &n.open[len(n.open)-1]
	n.depth -= last.operators
	last.operators = 0
}

var errTooDeep = errors.New("nests too deep or has too many tokens")

// tokensOfJSON counts the brackets, colons and commas of a JSON text that are not in strings.
func tokensOfJSON(text []byte) int {
	n := 0
	inString := false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			inString = !inString
		case '\\':
			i++
		case '{', '}', '[', ']', ':', ',':
			if !inString {
				n++
			}
		}
	}
	return n
}

// checkJSON returns an error for a JSON text that exceeds maxNesting or maxTokens. For a text that has enough brackets for that, it
// also returns syntax errors, because the nesting of an invalid text is undefined.
func checkJSON(text []byte) error {
	if bytes.Count(text, []byte{','}) > maxTokens/2 || tokensOfJSON(text) > maxTokens {
		return errTooDeep
	}
	if bytes.Count(text, []byte{'{'})+bytes.Count(text, []byte{'['}) <= maxNesting {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	for depth := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxNesting {
			return errTooDeep
		}
	}
}
