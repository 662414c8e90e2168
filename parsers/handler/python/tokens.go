package python

import "unicode/utf8"

// kind is the kind of a token.
type kind uint8

// Kinds of tokens. Keywords that only start statements come last, from firstStatement on: one of them at the start of a
// physical line inside brackets shows that a bracket is not closed.
const (
	end     kind = iota // of the logical line
	invalid             // a character that is not Python, or a string that is not closed
	name
	number
	str
	formatStart // prefix and quotes of an f-string or t-string
	formatText
	formatEnd
	conversion // such as !r
	leftParen
	rightParen
	leftSquare
	rightSquare
	leftCurly
	rightCurly
	comma
	colon
	semicolon
	dot
	assign
	augmented // +=, and so on
	walrus
	arrow
	ellipsis
	backtick
	compare
	plus
	minus
	star
	doubleStar
	times // / // %
	at
	shift
	pipe
	caret
	ampersand
	tilde
	firstKeyword
	kwAnd
	kwAs
	kwAsync
	kwAwait
	kwElse
	kwFalse
	kwFor
	kwFrom
	kwIf
	kwIn
	kwIs
	kwLambda
	kwNone
	kwNot
	kwOr
	kwTrue
	kwYield
	firstStatement
	kwAssert
	kwBreak
	kwClass
	kwContinue
	kwDef
	kwDel
	kwElif
	kwExcept
	kwFinally
	kwGlobal
	kwImport
	kwNonlocal
	kwPass
	kwRaise
	kwReturn
	kwTry
	kwWhile
	kwWith
)

// keywords are the reserved words of Python 3.
var keywords = map[string]kind{ //nolint:gochecknoglobals // a table, never written
	"and": kwAnd, "as": kwAs, "assert": kwAssert, "async": kwAsync, "await": kwAwait, "break": kwBreak, "class": kwClass,
	"continue": kwContinue, "def": kwDef, "del": kwDel, "elif": kwElif, "else": kwElse, "except": kwExcept, "False": kwFalse,
	"finally": kwFinally, "for": kwFor, "from": kwFrom, "global": kwGlobal, "if": kwIf, "import": kwImport, "in": kwIn, "is": kwIs,
	"lambda": kwLambda, "None": kwNone, "nonlocal": kwNonlocal, "not": kwNot, "or": kwOr, "pass": kwPass, "raise": kwRaise,
	"return": kwReturn, "True": kwTrue, "try": kwTry, "while": kwWhile, "with": kwWith, "yield": kwYield,
}

// single are the operators and delimiters of one character.
var single = [utf8.RuneSelf]kind{ //nolint:gochecknoglobals // a table, never written
	'(': leftParen, ')': rightParen, '[': leftSquare, ']': rightSquare, '{': leftCurly, '}': rightCurly, ',': comma, ':': colon,
	';': semicolon, '.': dot, '=': assign, '`': backtick, '<': compare, '>': compare, '+': plus, '-': minus, '*': star, '/': times,
	'%': times, '@': at, '|': pipe, '^': caret, '&': ampersand, '~': tilde,
}

// double are the operators of two characters, except the augmented assignments.
var double = map[string]kind{ //nolint:gochecknoglobals // a table, never written
	"==": compare, "!=": compare, "<=": compare, ">=": compare, "<>": compare, ":=": walrus, "->": arrow, "**": doubleStar, "//": times,
	"<<": shift, ">>": shift,
}

// operator returns the kind and the length of the operator or delimiter at the start of a text.
func operator(text string) (kind, int) {
	if len(text) < 2 || !followsOperator(text[1]) {
		return orInvalid(text[0]), 1
	}
	if len(text) >= 3 {
		switch text[:3] {
		case "**=", "//=", "<<=", ">>=":
			return augmented, 3
		case "...":
			return ellipsis, 3
		}
	}
	if k, ok := double[text[:2]]; ok {
		return k, 2
	}
	k := orInvalid(text[0])
	if text[1] == '=' && k >= plus && k <= ampersand {
		return augmented, 2
	}
	return k, 1
}

func followsOperator(c byte) bool {
	return c == '=' || c == '>' || c == '<' || c == '*' || c == '/' || c == '.'
}

// orInvalid returns the kind of an operator or delimiter of one character.
func orInvalid(c byte) kind {
	if c >= utf8.RuneSelf || single[c] == end {
		return invalid
	}
	return single[c]
}

// token is a token with its half-open range of bytes.
type token struct {
	kind       kind
	start, end int
}

// isLetter reports whether a byte starts or continues an identifier. Bytes of letters outside ASCII count, and are not examined.
func isLetter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 128
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isNewline(c byte) bool { return c == '\n' || c == '\r' }

func isQuote(c byte) bool { return c == '"' || c == '\'' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' }
