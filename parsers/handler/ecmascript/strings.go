package ecmascript

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"lintel/parsers/handler/code"
)

// scanString reads a string literal. Its text is its value.
func (r *reader) scanString(t *token) {
	quote := r.text[t.start]
	pos, escaped := t.start+1, false
	for pos < len(r.text) {
		switch c := r.text[pos]; c {
		case quote:
			t.kind, t.end, t.text = str, pos+1, r.text[t.start+1:pos]
			if escaped {
				t.text = r.unescaped(t.start+1, pos, false)
			}
			return
		case '\\':
			escaped = true
			pos++
			if strings.HasPrefix(r.text[min(pos, len(r.text)):], "\r\n") {
				pos++
			}
		case '\n', '\r':
			t.kind, t.end = invalid, pos
			return
		default:
		}
		pos++
	}
	t.kind, t.end = invalid, len(r.text)
}

// unescaped returns the value of a string literal or of a part of a template.
func (r *reader) unescaped(start, end int, template bool) string {
	var value strings.Builder
	value.Grow(end - start)
	for start < end {
		n := strings.IndexAny(r.text[start:end], "\\\r")
		if n < 0 {
			value.WriteString(r.text[start:end])
			break
		}
		value.WriteString(r.text[start : start+n])
		start += n
		if r.text[start] == '\r' { // in a template: line ends are normalized
			value.WriteByte('\n')
			start++
			if r.byteAt(start) == '\n' && start < end {
				start++
			}
			continue
		}
		if next := r.byteAt(start + 1); template && next > '0' && next <= '9' { // String.raw`\1` is not evaluated
			value.WriteByte('\\')
			start++
			continue
		}
		start = r.escape(&value, start, end)
	}
	return value.String()
}

// escape writes the value of the escape sequence at a position and returns the position after it.
func (r *reader) escape(value *strings.Builder, pos, end int) int {
	if pos+1 >= end {
		return end
	}
	switch c := r.text[pos+1]; c {
	case 'n', 'r', 't', 'b', 'f', 'v':
		value.WriteByte("\n\r\t\b\f\v"[strings.IndexByte("nrtbfv", c)])
		return pos + 2
	case 'u':
		return r.escapeUnicode(value, pos)
	case 'x':
		if n, err := strconv.ParseUint(r.text[pos+2:min(pos+4, end)], 16, 8); err == nil && pos+4 <= end {
			value.WriteRune(rune(n))
			return pos + 4
		}
		return pos + 2
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return r.escapeOctal(value, pos+1, end)
	default:
		return r.escapeItself(value, pos+1, end)
	}
}

// escapeItself writes the character after a backslash that has no other meaning, but no line end, and returns the position after it.
func (r *reader) escapeItself(value *strings.Builder, pos, end int) int {
	char, n := utf8.DecodeRuneInString(r.text[pos:end])
	switch char {
	case '\r':
		if r.byteAt(pos+1) == '\n' {
			return pos + 2
		}
	case '\n', '\u2028', '\u2029':
	default:
		value.WriteString(r.text[pos : pos+n])
	}
	return pos + n
}

// escapeOctal writes the character of an octal escape, and returns the position after it.
func (r *reader) escapeOctal(value *strings.Builder, pos, end int) int {
	n, digits := 0, 0
	for digits < 3 && pos < end && r.text[pos] >= '0' && r.text[pos] <= '7' && n*8+int(r.text[pos]-'0') < 256 {
		n = n*8 + int(r.text[pos]-'0')
		pos++
		digits++
	}
	value.WriteRune(rune(n))
	return pos
}

// escapeUnicode writes the character of a \u escape or of a pair of surrogates, and returns the position after it.
func (r *reader) escapeUnicode(value *strings.Builder, pos int) int {
	char, n := r.unicodeEscape(pos)
	if n == 0 {
		return pos + 2
	}
	if utf16.IsSurrogate(char) {
		if low, m := r.unicodeEscape(pos + n); m > 0 && utf16.DecodeRune(char, low) != utf8.RuneError {
			value.WriteRune(utf16.DecodeRune(char, low))
			return pos + n + m
		}
		char = utf8.RuneError
	}
	value.WriteRune(char)
	return pos + n
}

// unicodeEscape returns the character of a \u escape at a position and its length, which is 0 if there is none.
func (r *reader) unicodeEscape(pos int) (char rune, length int) {
	if !strings.HasPrefix(r.text[min(pos, len(r.text)):], `\u`) {
		return 0, 0
	}
	start, end, length := pos+2, pos+6, 6
	if r.byteAt(start) == '{' {
		n := strings.IndexByte(r.text[start:min(start+12, len(r.text))], '}')
		if n < 0 {
			return 0, 0
		}
		start, end, length = start+1, start+n, n+3
	}
	if end > len(r.text) {
		return 0, 0
	}
	n, err := strconv.ParseUint(r.text[start:end], 16, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, 0
	}
	return rune(n), length
}

// regexEnd returns the end of the regular expression that starts at a position, or 0 if its line ends before it. A line that is
// read in vain is text that is read twice.
func (r *reader) regexEnd(start int) int {
	if r.speculation <= 0 {
		return 0
	}
	end, ok := r.regexIn(start)
	if !ok {
		r.speculation -= end - start
		return 0
	}
	return end
}

// regexIn returns the end of a regular expression or of its line.
func (r *reader) regexIn(pos int) (end int, ok bool) {
	class := false
	for pos++; pos < len(r.text); pos++ {
		switch r.text[pos] {
		case '\\':
			if next := r.byteAt(pos + 1); next != '\n' && next != '\r' {
				pos++
			}
		case '\n', '\r':
			return pos, false
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return r.flagsEnd(pos + 1), true
			}
		default:
		}
	}
	return len(r.text), false
}

// flagsEnd returns the end of the flags of a regular expression.
func (r *reader) flagsEnd(pos int) int {
	for pos < len(r.text) && r.text[pos] >= 'a' && r.text[pos] <= 'z' {
		pos++
	}
	return pos
}

// regex reads a regular expression, whose first character is the token.
func (r *reader) regex() *code.Expr {
	start := r.tok.start
	end := r.regexEnd(start)
	if end == 0 {
		r.fail()
		return r.expr(code.Unknown, "", start)
	}
	r.tok.kind, r.tok.end = invalid, end
	r.next()
	return r.expr(code.Unknown, r.text[start:end], start)
}

// templateText returns the end of the text of a template from a position: at the closing quote or at ${. False: the file ends.
func (r *reader) templateText(pos int) (end int, escaped, ok bool) {
	for ; pos < len(r.text); pos++ {
		switch c := r.text[pos]; {
		case c == '\\':
			escaped = true
			pos++
		case c == '\r':
			escaped = true
		case c == '`', c == '$' && r.byteAt(pos+1) == '{':
			return pos, escaped, true
		default:
		}
	}
	return len(r.text), escaped, false
}

// template reads a template literal, whose quote is the token. It returns the texts and the values in their order.
func (r *reader) template(part func() *code.Expr, add func(text *code.Expr, value *code.Expr)) {
	pos := r.tok.start + 1
	outer := r.bracket()
	defer func() { r.context = outer }()
	for !r.failed {
		end, escaped, ok := r.templateText(pos)
		text := r.text[pos:end]
		if escaped {
			text = r.unescaped(pos, end, true)
		}
		r.end = end
		add(r.expr(code.String, text, pos), nil)
		if !ok {
			r.unread(pos, len(r.text))
			r.failAt(len(r.text))
			return
		}
		if r.text[end] == '`' {
			r.tok = token{kind: invalid, start: end, end: end + 1}
			r.next()
			return
		}
		r.tok = r.scan(end + 2)
		value := part()
		if r.tok.kind != '}' {
			r.fail()
			return
		}
		add(nil, value)
		pos = r.tok.end
	}
}

// templateLiteral reads a template literal: a String, or a Concat of its parts.
func (r *reader) templateLiteral() *code.Expr {
	start, mark := r.tok.start, len(r.stack)
	var only *code.Expr
	texts := 0
	r.template(r.expression, func(text, value *code.Expr) {
		if text != nil {
			only = text
			texts++
		}
		if text == nil || text.Text != "" {
			r.stack = append(r.stack, cmpOr(text, value))
		}
	})
	if texts == 1 && !r.failed {
		r.stack = r.stack[:mark]
		only.Range = code.Range{Start: start, End: r.end}
		return only
	}
	items := r.popped(mark)
	e := r.expr(code.Concat, "", start)
	e.Items = items
	return e
}

func cmpOr(a, b *code.Expr) *code.Expr {
	if a != nil {
		return a
	}
	return b
}

// taggedTemplate reads the template after a tag: a call with a list of the texts and the values.
func (r *reader) taggedTemplate(tag *code.Expr, start int) *code.Expr {
	first := r.tok.start
	texts := r.expr(code.List, "", first)
	mark := len(r.stack)
	r.stack = append(r.stack, tag, texts)
	r.template(r.expression, func(text, value *code.Expr) {
		if text != nil {
			texts.Items = append(texts.Items, text)
		} else {
			r.stack = append(r.stack, value)
		}
	})
	texts.Range.End = max(first, r.end)
	items := r.popped(mark)
	e := r.expr(code.Call, "", start)
	e.Items, e.Keys = items, r.noKeys(len(items))
	return e
}
