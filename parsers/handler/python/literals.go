package python

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"lintel/parsers/handler/code"
)

// pieces collects the parts of adjacent strings. Adjacent text becomes one part.
type pieces struct {
	r          *reader
	base       int    // of the parts on the stack of the reader
	text       string // if there is one piece of text
	buffer     []byte // if there are more
	count      int
	start, end int // of the text
}

func (p *pieces) add(text string, start, end int) {
	switch p.count {
	case 0:
		p.text, p.start = text, start
	case 1:
		p.buffer = append(append(p.buffer[:0], p.text...), text...)
	default:
		p.buffer = append(p.buffer, text...)
	}
	p.count++
	p.end = end
}

// value returns the text since the last other part.
func (p *pieces) value() string {
	if p.count > 1 {
		return string(p.buffer)
	}
	return p.text
}

func (p *pieces) flush() {
	if text := p.value(); p.count > 0 && text != "" {
		e := p.r.expr(code.String, p.start, p.end)
		e.Text = text
		p.r.push(e)
	}
	p.count, p.text = 0, ""
}

// part adds a part that is not text.
func (p *pieces) part(e *code.Expr) {
	p.flush()
	p.r.push(e)
}

// literal parses adjacent strings.
func (r *reader) literal() *code.Expr {
	p := pieces{r: r, base: len(r.stack)}
	start := r.startOf()
	for r.peek() == str || r.peek() == formatStart {
		if r.peek() == formatStart {
			r.format(&p)
			continue
		}
		t := r.take()
		prefix, body := split(r.text(t))
		r.decode(&p, body, t, r.properties(prefix))
	}
	if len(r.stack) == p.base {
		e := r.expr(code.String, start, r.endOf())
		e.Text = p.value()
		return e
	}
	p.flush()
	e := r.expr(code.Concat, start, r.endOf())
	e.Items = r.items(p.base)
	return e
}

// format parses an f-string or t-string.
func (r *reader) format(p *pieces) {
	opening := r.take()
	prefix, _, _ := strings.Cut(strings.ReplaceAll(r.text(opening), "'", `"`), `"`)
	how := r.properties(prefix) | doubledBraces
	p.add("", opening.start, opening.end)
	for !r.failed && r.peek() != formatEnd {
		switch r.peek() {
		case formatText:
			t := r.take()
			r.decode(p, r.text(t), t, how)
		case leftCurly:
			r.field(p, how)
		default:
			r.fail()
		}
	}
	r.expect(formatEnd)
}

// field parses a field of an f-string. A field with a conversion or a format is an unknown expression.
func (r *reader) field(p *pieces, how properties) {
	start := r.startOf()
	r.i++
	textStart := r.endOf()
	value := r.tuple()
	isPlain := true
	if r.accept(assign) {
		p.add(r.src[textStart:r.startOf()], textStart, r.startOf())
		isPlain = r.peek() == colon
	}
	if r.peek() == conversion {
		isPlain = strings.HasPrefix(r.text(r.take()), "!s")
	}
	base := len(r.stack)
	if r.accept(colon) {
		isPlain = isPlain && r.peek() == rightCurly
		p.flush()
		base = len(r.stack)
		r.push(value)
		r.spec(how &^ doubledBraces)
	} else if !isPlain {
		p.flush()
		base = len(r.stack)
		r.push(value)
	}
	r.expect(rightCurly)
	if isPlain {
		r.items(base)
		p.part(value)
		return
	}
	e := r.expr(code.Unknown, start, r.endOf())
	e.Items = r.items(base)
	r.push(e)
}

// spec parses the format of a field.
func (r *reader) spec(how properties) {
	p := pieces{r: r, base: len(r.stack)}
	for !r.failed && r.peek() != rightCurly {
		switch r.peek() {
		case formatText:
			t := r.take()
			r.decode(&p, r.text(t), t, how)
		case leftCurly:
			if r.nesting >= maxNesting {
				r.fail()
				break
			}
			r.nesting++
			r.field(&p, how)
			r.nesting--
		default:
			r.fail()
		}
	}
	p.flush()
}

// split returns the prefix of a string and what is between its quotes.
func split(text string) (prefix, body string) {
	quote := strings.IndexAny(text, `"'`)
	prefix, body = text[:quote], text[quote:]
	n := 1
	if len(body) >= 6 && body[0] == body[1] && body[1] == body[2] {
		n = 3
	}
	return prefix, body[n : len(body)-n]
}

// properties of a string are what its value depends on.
type properties uint8

const (
	rawText properties = 1 << iota
	bytesText
	doubledBraces
	latin1
	otherEncoding // neither UTF-8 nor ISO 8859-1
)

// properties returns the properties of a string with a prefix.
func (r *reader) properties(prefix string) properties {
	how := r.encoding
	if strings.ContainsAny(prefix, "rR") {
		how |= rawText
	}
	if strings.ContainsAny(prefix, "bB") {
		how |= bytesText
	}
	return how
}

// declaredEncoding returns the property of the encoding that one of the first two lines declares
// (https://peps.python.org/pep-0263/).
func declaredEncoding(text string) properties {
	for range 2 {
		line, rest, _ := strings.Cut(text, "\n")
		_, declared, ok := strings.Cut(line, "coding")
		if ok && strings.HasPrefix(strings.TrimLeft(line, "\ufeff \t\f"), "#") && declared != "" && (declared[0] == ':' || declared[0] == '=') {
			declared = strings.TrimLeft(declared[1:], " \t")
			declared = declared[:len(declared)-len(strings.TrimLeftFunc(declared, isEncodingLetter))]
			switch strings.ToLower(strings.ReplaceAll(declared, "_", "-")) {
			case "utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii":
				return 0
			case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-latin-1", "l1":
				return latin1
			default:
				return otherEncoding
			}
		}
		text = rest
	}
	return 0
}

func isEncodingLetter(c rune) bool {
	return c == '-' || c == '_' || c == '.' || c < utf8.RuneSelf && (isLetter(byte(c)) || isDigit(byte(c)))
}

// decode adds the value of a string. A character that is given by its name is an unknown part, because the reader has no list
// of names, and so is text in an encoding that it does not decode.
func (r *reader) decode(p *pieces, body string, t token, how properties) {
	if isVerbatim(body, how) {
		p.add(body, t.start, t.end)
		return
	}
	if how&otherEncoding != 0 && !isASCII(body) {
		p.part(r.expr(code.Unknown, t.start, t.end))
		return
	}
	value := make([]byte, 0, len(body))
	for len(body) > 0 {
		if how&(rawText|bytesText) == 0 && strings.HasPrefix(body, `\N{`) {
			_, rest, _ := strings.Cut(body, "}")
			p.add(string(value), t.start, t.end)
			p.part(r.expr(code.Unknown, t.start, t.end))
			value, body = value[:0], rest
			continue
		}
		value, body = character(value, body, how)
	}
	p.add(string(value), t.start, t.end)
}

// character appends the value of the first character of a text, and returns the rest of the text.
func character(value []byte, text string, how properties) (result []byte, rest string) {
	c := text[0]
	switch {
	case c == '\\' && how&rawText == 0:
		return escape(value, text[1:], how)
	case c == '\r':
		return append(value, '\n'), strings.TrimPrefix(text[1:], "\n")
	case (c == '{' || c == '}') && how&doubledBraces != 0 && len(text) > 1:
		return append(value, c), text[2:]
	case c >= utf8.RuneSelf && how&latin1 != 0:
		return utf8.AppendRune(value, rune(c)), text[1:]
	default:
		return append(value, c), text[1:]
	}
}

// isVerbatim reports whether the value of a string is its text.
func isVerbatim(body string, how properties) bool {
	for i := range len(body) {
		switch c := body[i]; {
		case c == '\r',
			c == '\\' && how&rawText == 0,
			(c == '{' || c == '}') && how&doubledBraces != 0,
			c >= utf8.RuneSelf && how&(latin1|otherEncoding) != 0:
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// escape appends the value of an escape sequence, whose backslash is removed, and returns the rest of the text.
func escape(value []byte, text string, how properties) (result []byte, rest string) {
	if text == "" {
		return append(value, '\\'), ""
	}
	c := text[0]
	if i := strings.IndexByte(`\'"abfnrtv`, c); i >= 0 {
		return append(value, "\\'\"\a\b\f\n\r\t\v"[i]), text[1:]
	}
	if isNewline(c) {
		return value, strings.TrimPrefix(strings.TrimPrefix(text, "\r"), "\n")
	}
	digits, base := digitsOf(c, how), 16
	if n := octal(text); n > 0 {
		digits, base, text = n, 8, "o"+text
	}
	if digits == 0 || len(text) <= digits {
		return append(value, '\\'), text
	}
	n, err := strconv.ParseUint(text[1:1+digits], base, 32)
	if err != nil {
		return append(value, '\\'), text
	}
	if how&bytesText != 0 {
		return append(value, byte(n)), text[1+digits:]
	}
	return utf8.AppendRune(value, rune(n)), text[1+digits:]
}

// digitsOf returns the number of hexadecimal digits in an escape sequence.
func digitsOf(c byte, how properties) int {
	switch {
	case c == 'x':
		return 2
	case c == 'u' && how&bytesText == 0:
		return 4
	case c == 'U' && how&bytesText == 0:
		return 8
	default:
		return 0
	}
}

// octal returns the number of octal digits at the start of a text, at most 3.
func octal(text string) int {
	n := 0
	for n < 3 && n < len(text) && text[n] >= '0' && text[n] <= '7' {
		n++
	}
	return n
}
