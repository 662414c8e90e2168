package python

import (
	"slices"
	"strings"
)

// quoted reads a string whose prefix starts at start and whose quotes start at quote, and reports whether the logical line goes on.
func (l *lexer) quoted(start, quote int) bool {
	l.isHead = false
	q := l.src[quote]
	triple := strings.HasPrefix(l.src[quote:], `"""`) || strings.HasPrefix(l.src[quote:], `'''`)
	l.pos = quote + 1
	if triple {
		l.pos = quote + 3
	}
	prefix := l.src[start:quote]
	if strings.ContainsAny(prefix, "fFtT") {
		l.add(formatStart, start, l.pos)
		l.modes = append(l.modes, mode{kind: textMode, quote: q, triple: triple, raw: strings.ContainsAny(prefix, "rR"), depth: l.depth})
		return true
	}
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		switch {
		case c == '\\':
			l.escaped()
			continue
		case c == q && l.closes(q, triple):
			l.add(str, start, l.pos)
			return true
		case isNewline(c) && !triple:
			return l.unclosed(start, triple)
		}
		l.pos++
	}
	return l.unclosed(start, triple)
}

// escaped skips a backslash and the character after it.
func (l *lexer) escaped() {
	if !l.continues() {
		l.pos = min(l.pos+2, len(l.src))
	}
}

// closes skips the quotes that end a string, and reports whether the current quote is of them.
func (l *lexer) closes(q byte, triple bool) bool {
	if !triple {
		l.pos++
		return true
	}
	if l.pos+2 < len(l.src) && l.src[l.pos+1] == q && l.src[l.pos+2] == q {
		l.pos += 3
		return true
	}
	return false
}

// unclosed ends the logical line at a string that is not closed. It is invalid up to the end of its first physical line, and
// so is the rest of the text if too much was read again already.
func (l *lexer) unclosed(start int, triple bool) bool {
	if triple {
		l.budget -= l.pos - start
		if l.budget >= 0 {
			l.pos = start
			l.comment()
		}
	}
	l.add(invalid, start, l.pos)
	l.add(end, l.pos, l.pos)
	return false
}

// formatted reads the text of an f-string up to its next field or its end, and reports whether the logical line goes on.
func (l *lexer) formatted(m *mode) bool {
	start := l.pos
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		switch {
		case c == '\\':
			l.escapedInFormat(m)
			continue
		case c == '{' || c == '}':
			if m.kind == textMode && l.pos+1 < len(l.src) && l.src[l.pos+1] == c {
				l.pos += 2
				continue
			}
			l.brace(m, start)
			return true
		case c == m.quote:
			if at := l.pos; l.closes(c, m.triple) {
				return l.closed(m, start, at)
			}
		case isNewline(c) && !m.triple:
			return l.unclosed(start, false)
		}
		l.pos++
	}
	return l.unclosed(l.opened(), true)
}

// opened returns the start of the innermost f-string that is not closed.
func (l *lexer) opened() int {
	depth := 0
	for _, t := range slices.Backward(l.tokens) {
		switch t.kind {
		case formatEnd:
			depth++
		case formatStart:
			if depth--; depth < 0 {
				return t.start
			}
		default:
		}
	}
	return l.start
}

func (l *lexer) escapedInFormat(m *mode) {
	rest := l.src[l.pos+1:]
	switch {
	case strings.HasPrefix(rest, "N{") && !m.raw:
		if i := strings.IndexAny(rest, "}\"'\n"); i >= 0 && rest[i] == '}' {
			l.pos += i + 2
			return
		}
		l.pos++
	case rest != "" && (rest[0] == '{' || rest[0] == '}'):
		l.pos++
	default:
		l.escaped()
	}
}

// brace starts a field, or ends the format of one.
func (l *lexer) brace(m *mode, start int) {
	at := l.pos
	if at > start {
		l.add(formatText, start, at)
	}
	l.pos++
	if l.src[at] == '{' {
		l.add(leftCurly, at, l.pos)
		field := *m
		field.kind, field.depth = fieldMode, l.depth
		l.modes = append(l.modes, field)
		l.depth = 0
		return
	}
	if m.kind == textMode {
		l.add(invalid, at, l.pos)
		return
	}
	l.add(rightCurly, at, l.pos)
	l.modes = l.modes[:len(l.modes)-1] // the format; below it is its field
	l.depth, l.modes = l.modes[len(l.modes)-1].depth, l.modes[:len(l.modes)-1]
}

// closed ends an f-string. Fields whose format contains the quotes end with it.
func (l *lexer) closed(m *mode, start, at int) bool {
	if at > start {
		l.add(formatText, start, at)
	}
	if m.kind == specMode {
		l.add(invalid, at, l.pos)
	}
	l.add(formatEnd, at, l.pos)
	for i, outer := range slices.Backward(l.modes) {
		l.modes = l.modes[:i]
		if outer.kind == textMode {
			l.depth = outer.depth
			break
		}
	}
	return true
}
