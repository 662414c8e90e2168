package ecmascript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is the kind of a token: the character of a punctuator of one character, or one of the constants, which are smaller.
type kind byte

const (
	eof       kind = iota
	word           // identifier or keyword
	private        // #name
	str            // string literal
	number         // number or BigInt
	arrow          // =>
	spread         // ...
	optional       // ?.
	nullish        // ??
	and            // &&
	or             // ||
	equality       // == != === !==
	assign         // += and the like
	increment      // ++ or --
	shift          // << >> >>>
	compare        // <= >=
	power          // **
	invalid        // anything else
)

// token is a token of the text.
type token struct {
	kind       kind
	newline    bool // a line ends between the last token and this one
	start, end int
	text       string // of a word or private name: with escapes resolved; of a string: the value
}

// next consumes a token.
func (r *reader) next() {
	if r.failed {
		return
	}
	switch r.tok.kind {
	case '{':
		r.braces++
	case '}':
		r.braces--
	default:
	}
	r.end = r.tok.end
	r.tok = r.scan(r.tok.end)
}

// peek returns the token after the current one.
func (r *reader) peek() token { return r.scan(r.tok.end) }

// is reports whether the token is a word.
func (r *reader) is(text string) bool { return r.tok.kind == word && r.tok.text == text }

// accept consumes a token if it is of a kind.
func (r *reader) accept(k kind) bool {
	if r.tok.kind != k {
		return false
	}
	r.next()
	return true
}

// acceptWord consumes a token if it is a word.
func (r *reader) acceptWord(text string) bool {
	if !r.is(text) {
		return false
	}
	r.next()
	return true
}

// expect consumes a token of a kind; any other is an error.
func (r *reader) expect(k kind) {
	if !r.accept(k) {
		r.fail()
	}
}

// fail marks an error at the token.
func (r *reader) fail() { r.failAt(r.tok.start) }

func (r *reader) failAt(pos int) {
	if r.failed {
		return
	}
	r.failed, r.at = true, pos
	r.tok = token{start: pos, end: pos, newline: true}
}

// enter is called before nested statements and expressions, leave after them. False: they are nested too deep.
func (r *reader) enter() bool {
	r.depth++
	if r.depth > maxNesting {
		r.fail()
	}
	return !r.failed
}

func (r *reader) leave() { r.depth-- }

// scan returns the token at a position. It does not read regular expressions, templates and JSX.
func (r *reader) scan(pos int) token {
	pos, newline := r.space(pos)
	t := token{start: pos, end: pos, newline: newline}
	if pos >= len(r.text) {
		return t
	}
	c := r.text[pos]
	switch {
	case isWordStart(c), c >= utf8.RuneSelf:
		r.scanWord(&t, pos)
	case c == '"' || c == '\'':
		r.scanString(&t)
	case c >= '0' && c <= '9', c == '.' && isDigit(r.byteAt(pos+1)):
		r.scanNumber(&t)
	case c == '#':
		r.scanWord(&t, pos+1)
		if t.kind == word {
			t.kind = private
			t.text = "#" + t.text
		}
	default:
		var n int
		t.kind, n = r.punctuator(pos)
		t.end = pos + n
	}
	return t
}

func (r *reader) byteAt(pos int) byte {
	if pos < len(r.text) {
		return r.text[pos]
	}
	return 0
}

// space returns the position after white space and comments, and whether a line ends there.
func (r *reader) space(pos int) (end int, newline bool) {
	for pos < len(r.text) {
		before := pos
		switch r.text[pos] {
		case ' ', '\t', '\v', '\f':
			pos++
			continue
		case '\n', '\r':
			newline = true
			pos++
			continue
		}
		var lines bool
		pos, lines = r.rareSpace(pos, newline)
		newline = newline || lines
		if pos == before {
			break
		}
	}
	return pos, newline
}

// rareSpace returns the position after a comment or a space that is no ASCII character.
func (r *reader) rareSpace(pos int, newline bool) (end int, lines bool) {
	switch c := r.text[pos]; {
	case c == '/':
		return r.comment(pos)
	case c >= utf8.RuneSelf:
		char, n := utf8.DecodeRuneInString(r.text[pos:])
		if char == '\ufeff' || unicode.IsSpace(char) || unicode.Is(unicode.Zs, char) {
			return pos + n, char == '\u2028' || char == '\u2029'
		}
	case (c == '<' || c == '-') && !r.typed && r.isHTMLComment(pos, newline):
		return r.lineEnd(pos), false
	default:
	}
	return pos, false
}

// comment returns the position after a comment, and whether it has several lines.
func (r *reader) comment(pos int) (end int, lines bool) {
	switch r.byteAt(pos + 1) {
	case '/':
		return r.lineEnd(pos), false
	case '*':
		n := strings.Index(r.text[pos+2:], "*/")
		if n < 0 {
			if len(r.file.Unread) == 0 || r.file.Unread[len(r.file.Unread)-1].Start != pos {
				r.unread(pos, len(r.text))
			}
			return len(r.text), true
		}
		body := r.text[pos+2 : pos+2+n]
		return pos + n + 4, strings.ContainsAny(body, "\n\r") || strings.Contains(body, "\u2028") || strings.Contains(body, "\u2029")
	default:
		return pos, false
	}
}

// isHTMLComment reports whether a line begins with <!-- or -->.
func (r *reader) isHTMLComment(pos int, newline bool) bool {
	return (newline || pos == 0) && (strings.HasPrefix(r.text[pos:], "<!--") || strings.HasPrefix(r.text[pos:], "-->"))
}

// lineEnd returns the end of the line of a position.
func (r *reader) lineEnd(pos int) int {
	for ; pos < len(r.text); pos++ {
		switch r.text[pos] {
		case '\n', '\r':
			return pos
		case 0xe2: // the first byte of U+2028 and U+2029
			if strings.HasPrefix(r.text[pos:], "\u2028") || strings.HasPrefix(r.text[pos:], "\u2029") {
				return pos
			}
		default:
		}
	}
	return pos
}

// punctuator returns the kind and length of the punctuator at a position. It reads > as one character.
func (r *reader) punctuator(pos int) (kind, int) {
	c, c1, c2 := r.text[pos], r.byteAt(pos+1), r.byteAt(pos+2)
	switch c {
	case '(', ')', '[', ']', '{', '}', ',', ';', ':', '~', '@', '`', '>':
		return kind(c), 1
	case '.':
		if c1 == '.' && c2 == '.' {
			return spread, 3
		}
		return '.', 1
	case '=', '!':
		return equals(c, c1, c2)
	case '?':
		if c1 == '.' && !isDigit(c2) {
			return optional, 2
		}
		return doubled(c, c1, c2, nullish)
	case '<':
		if c1 == '=' {
			return compare, 2
		}
		return doubled(c, c1, c2, shift)
	default:
		return operator(c, c1, c2)
	}
}

// operator returns the kind and length of an arithmetic or logical operator.
func operator(c, c1, c2 byte) (kind, int) {
	switch c {
	case '+', '-':
		if c1 == c {
			return increment, 2
		}
		return doubled(c, c1, c2, invalid)
	case '*':
		return doubled(c, c1, c2, power)
	case '&':
		return doubled(c, c1, c2, and)
	case '|':
		return doubled(c, c1, c2, or)
	case '/', '%', '^':
		return doubled(c, c1, c2, invalid)
	default:
		return invalid, 1
	}
}

// equals returns the kind and length of a punctuator that begins with = or !.
func equals(c, c1, c2 byte) (kind, int) {
	switch {
	case c == '=' && c1 == '>':
		return arrow, 2
	case c1 != '=':
		return kind(c), 1
	case c2 == '=':
		return equality, 3
	default:
		return equality, 2
	}
}

// doubled returns the kind and length of an operator that may be doubled (if twice is valid) and followed by =.
func doubled(c, c1, c2 byte, twice kind) (kind, int) {
	switch {
	case c1 == c && twice != invalid && c2 == '=':
		return assign, 3
	case c1 == c && twice != invalid:
		return twice, 2
	case c1 == '=' && c != '?':
		return assign, 2
	default:
		return kind(c), 1
	}
}

// joined reads the operator that begins with >, which is a token of its own because it also closes type arguments.
func (r *reader) joined() {
	n := 1
	for n < 3 && r.byteAt(r.tok.start+n) == '>' {
		n++
	}
	switch equal := r.byteAt(r.tok.start+n) == '='; {
	case equal && n == 1:
		r.tok.kind, r.tok.end = compare, r.tok.start+2
	case equal:
		r.tok.kind, r.tok.end = assign, r.tok.start+n+1
	case n > 1:
		r.tok.kind, r.tok.end = shift, r.tok.start+n
	default:
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWordStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c == '\\'
}

// scanWord reads an identifier from a position.
func (r *reader) scanWord(t *token, pos int) {
	start, end := pos, pos
	for end < len(r.text) && (isWordStart(r.text[end]) && r.text[end] != '\\' || isDigit(r.text[end])) {
		end++
	}
	if end < len(r.text) && (r.text[end] == '\\' || r.text[end] >= utf8.RuneSelf) {
		r.scanUnicode(t, start, end)
		return
	}
	t.kind, t.end, t.text = word, end, r.text[start:end]
	if start == end {
		t.kind, t.end = invalid, max(end, t.start+1)
	}
}

// scanUnicode reads the rest of an identifier with other characters or escapes.
func (r *reader) scanUnicode(t *token, start, pos int) {
	var name strings.Builder
	name.WriteString(r.text[start:pos])
	for pos < len(r.text) {
		char, n := utf8.DecodeRuneInString(r.text[pos:])
		if char == '\\' {
			char, n = r.unicodeEscape(pos)
		}
		if n == 0 || !isWordRune(char) {
			break
		}
		name.WriteRune(char)
		pos += n
	}
	t.kind, t.end, t.text = word, pos, name.String()
	if pos == start {
		_, n := utf8.DecodeRuneInString(r.text[pos:])
		t.kind, t.end = invalid, pos+max(n, 1)
	}
}

func isWordRune(char rune) bool {
	if char < utf8.RuneSelf {
		return isWordStart(byte(char)) && char != '\\' || isDigit(byte(char))
	}
	return char != utf8.RuneError && (unicode.In(char, unicode.L, unicode.Nl, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Start, unicode.Other_ID_Continue) ||
		char == '\u200c' || char == '\u200d')
}

// isPrefixed reports whether a number is hexadecimal, octal or binary.
func (r *reader) isPrefixed(pos int) bool {
	return r.text[pos] == '0' && pos+1 < len(r.text) && strings.IndexByte("xXbBoO", r.text[pos+1]) >= 0
}

// scanNumber reads a number.
func (r *reader) scanNumber(t *token) {
	pos := t.start
	prefixed := r.isPrefixed(pos)
	for dot := prefixed; pos < len(r.text); pos++ {
		c := r.text[pos]
		switch {
		case c == '.' && !dot, c|0x20 == 'e':
			dot = true
		case isWordRune(rune(c)) && c < utf8.RuneSelf:
		case (c == '+' || c == '-') && !prefixed && (r.text[pos-1]|0x20) == 'e':
		default:
			t.kind, t.end, t.text = number, pos, r.text[t.start:pos]
			return
		}
	}
	t.kind, t.end, t.text = number, pos, r.text[t.start:pos]
}
