package python

import "strings"

// lexer splits a text into logical lines, and each of them into tokens. The tokens of a line are valid until the next one is read.
type lexer struct {
	src    string
	pos    int
	tokens []token // of the logical line; the last is of kind end
	start  int     // of the logical line: its first token
	column int     // of the first token, with tabs to multiples of 8
	depth  int     // open brackets in the innermost mode
	modes  []mode  // open f-strings and their fields
	budget int     // bytes that may be read again after an error
	line   int     // start of the current physical line
	isHead bool    // the next token is the first of a physical line inside brackets
}

// mode is an f-string, the expression of one of its fields, or the format of a field.
type mode struct {
	kind   modeKind
	quote  byte
	triple bool
	raw    bool
	depth  int // open brackets around it
}

type modeKind uint8

const (
	textMode modeKind = iota
	fieldMode
	specMode
)

// next reads the next logical line, and reports whether there is one.
func (l *lexer) next() bool {
	l.tokens, l.modes, l.depth, l.isHead = l.tokens[:0], l.modes[:0], 0, false
	if !l.indentation() {
		return false
	}
	l.start = l.pos
	for l.step() {
	}
	return true
}

// indentation skips empty lines and comments, and measures the indentation of the next line.
func (l *lexer) indentation() bool {
	l.column, l.line = 0, l.pos
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == ' ':
			l.column++
		case c == '\t':
			l.column = (l.column/8 + 1) * 8
		case c == '\f':
			l.column = 0
		case isNewline(c):
			l.column, l.line = 0, l.pos+1
		case c == '#':
			l.comment()
			continue
		case c == '\\' && l.continues():
			continue
		default:
			return true
		}
		l.pos++
	}
	return false
}

func (l *lexer) comment() {
	for l.pos < len(l.src) && !isNewline(l.src[l.pos]) {
		l.pos++
	}
}

// continues skips a backslash with the end of the line, and reports whether there was one.
func (l *lexer) continues() bool {
	rest := l.src[l.pos+1:]
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		l.pos += 3
	case rest != "" && isNewline(rest[0]):
		l.pos += 2
	default:
		return false
	}
	l.line = l.pos
	return true
}

func (l *lexer) add(k kind, start, end int) {
	l.tokens = append(l.tokens, token{k, start, end})
}

// step reads the next token, and reports whether the logical line goes on.
func (l *lexer) step() bool {
	if n := len(l.modes); n > 0 && l.modes[n-1].kind != fieldMode {
		return l.formatted(&l.modes[n-1])
	}
	if !l.space() {
		l.add(end, l.pos, l.pos)
		return false
	}
	start := l.pos
	switch c := l.src[start]; {
	case isLetter(c):
		return l.word()
	case isDigit(c), c == '.' && start+1 < len(l.src) && isDigit(l.src[start+1]):
		l.number()
	case isQuote(c):
		return l.quoted(start, start)
	default:
		l.operator(c)
	}
	l.isHead = false
	return true
}

// space skips white space and comments before a token, and reports whether there is a token in the logical line.
func (l *lexer) space() bool {
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case isBlank(c):
			l.pos++
		case c == '#':
			l.comment()
		case c == '\\' && l.continues():
		case !isNewline(c):
			return true
		case l.depth == 0 && len(l.modes) == 0:
			return false
		default:
			l.pos++
			l.line, l.isHead = l.pos, true
		}
	}
	return false
}

func (l *lexer) word() bool {
	start := l.pos
	for l.pos < len(l.src) && (isLetter(l.src[l.pos]) || isDigit(l.src[l.pos])) {
		l.pos++
	}
	text := l.src[start:l.pos]
	if len(text) <= 2 && l.pos < len(l.src) && isQuote(l.src[l.pos]) && isPrefix(text) {
		return l.quoted(start, l.pos)
	}
	k := name
	if len(text) >= len("as") && len(text) <= len("nonlocal") {
		k = max(k, keywords[text]) // 0 for other words
	}
	if l.isHead && k > firstStatement {
		l.pos = l.line // a bracket is not closed
		l.add(end, l.line, l.line)
		return false
	}
	l.isHead = false
	l.add(k, start, l.pos)
	return true
}

// isPrefix reports whether a word is the prefix of a string.
func isPrefix(word string) bool {
	switch strings.ToLower(word) {
	case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt", "ur":
		return true
	default:
		return false
	}
}

func (l *lexer) digits(is func(byte) bool) {
	for l.pos < len(l.src) && (is(l.src[l.pos]) || l.src[l.pos] == '_') {
		l.pos++
	}
}

func (l *lexer) number() {
	start := l.pos
	if l.src[l.pos] == '0' && l.pos+1 < len(l.src) && strings.IndexByte("xXoObB", l.src[l.pos+1]) >= 0 {
		l.pos += 2
		l.digits(isHex)
		l.suffix("lL")
	} else {
		l.digits(isDigit)
		if l.suffix(".") {
			l.digits(isDigit)
		}
		l.exponent()
		l.suffix("jJlL")
	}
	l.add(number, start, l.pos)
}

// suffix skips one of some characters, and reports whether there was one.
func (l *lexer) suffix(characters string) bool {
	if l.pos < len(l.src) && strings.IndexByte(characters, l.src[l.pos]) >= 0 {
		l.pos++
		return true
	}
	return false
}

func (l *lexer) exponent() {
	before := l.pos
	if l.suffix("eE") {
		l.suffix("+-")
		if l.pos < len(l.src) && isDigit(l.src[l.pos]) {
			l.digits(isDigit)
		} else {
			l.pos = before
		}
	}
}

// operator reads an operator or a delimiter. In a field of an f-string, ":" starts the format and "!" a conversion.
func (l *lexer) operator(c byte) {
	start := l.pos
	k, n := operator(l.src[start:])
	if len(l.modes) > 0 && l.depth == 0 && l.inField(c, k) {
		return
	}
	switch k {
	case leftParen, leftSquare, leftCurly:
		l.depth++
	case rightParen, rightSquare, rightCurly:
		l.depth = max(0, l.depth-1)
	default:
	}
	l.pos += n
	l.add(k, start, l.pos)
}

// inField reads what has a meaning of its own in a field of an f-string, and reports whether it did.
func (l *lexer) inField(c byte, k kind) bool {
	start, field := l.pos, l.modes[len(l.modes)-1]
	switch {
	case c == '}':
		l.pos++
		l.add(rightCurly, start, l.pos)
		l.depth, l.modes = field.depth, l.modes[:len(l.modes)-1]
		return true
	case c == ':':
		l.pos++
		l.add(colon, start, l.pos)
		field.kind, field.depth = specMode, 0
		l.modes = append(l.modes, field)
		return true
	case c == '!' && k != compare:
		l.pos++
		l.digits(isLetter)
		l.add(conversion, start, l.pos)
		return true
	default:
		return false
	}
}
