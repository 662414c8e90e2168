package ecmascript

import "lintel/parsers/handler/code"

// walker reads tokens without a parser: it guesses whether a slash begins a regular expression by the token before it.
type walker struct {
	r     *reader
	last  token
	stack []opened
}

// opened is a bracket that is not closed: ( [ { or $ for ${ in a template.
type opened struct {
	kind kind
	pos  int
	head bool // the parentheses of if, while, for or with, after which a statement begins
}

// step reads the next token after a position. A template without values is one token; one with values has the brackets of its
// values.
func (w *walker) step(pos int) token {
	t := w.r.scan(pos)
	head := false
	switch t.kind {
	case '/', assign:
		if w.r.text[t.start] == '/' && w.regexFollows(t) {
			if end := w.r.regexEnd(t.start); end > 0 {
				t.kind, t.end = number, end
			}
		}
	case '`':
		t.end = w.template(t.end)
	case '(':
		w.push(opened{t.kind, t.start, isHead(w.last)})
	case '[', '{':
		w.push(opened{t.kind, t.start, false})
	case ')', ']', '}':
		head = w.close(&t)
	default:
	}
	w.last = t
	if head {
		w.last.kind = ';'
	}
	return t
}

func isHead(t token) bool {
	return t.kind == word && (t.text == "if" || t.text == "while" || t.text == "for" || t.text == "with")
}

func (w *walker) push(o opened) { w.stack = append(w.stack, o) }

// close removes the last opened bracket; after the } of a value it reads the rest of the template.
func (w *walker) close(t *token) (head bool) {
	n := len(w.stack)
	if n == 0 {
		return false
	}
	top := w.stack[n-1]
	w.stack = w.stack[:n-1]
	if t.kind == '}' && top.kind == '$' {
		t.kind, t.end = '`', w.template(t.end)
	}
	return top.head
}

// template returns the end of the text of a template that begins at a position, after ${ or the closing quote.
func (w *walker) template(pos int) int {
	end, _, ok := w.r.templateText(pos)
	switch {
	case !ok:
		return len(w.r.text)
	case w.r.text[end] == '`':
		return end + 1
	default:
		w.push(opened{'$', end, false})
		return end + 2
	}
}

// regexFollows reports whether a slash after the last token begins a regular expression.
func (w *walker) regexFollows(t token) bool {
	switch w.last.kind {
	case number, str, private, ')', ']', '`':
		return false
	case '}':
		return t.newline
	case word:
		switch w.last.text {
		case "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield", "instanceof":
			return true
		default:
			return false
		}
	default:
		return true
	}
}

// match returns the position of the parenthesis that closes the one at a position, or 0. It reads each part of the text
// once, because it keeps the parentheses in it.
func (r *reader) match(open int) int {
	if closing, ok := r.matches[open]; ok {
		return closing
	}
	if r.matches == nil {
		r.matches = map[int]int{}
	}
	w := walker{r: r}
	for pos := open; ; {
		before := len(w.stack)
		var top opened
		if before > 0 {
			top = w.stack[before-1]
		}
		t := w.step(pos)
		if t.kind == eof {
			break
		}
		if len(w.stack) < before && t.kind == ')' && top.kind == '(' {
			r.matches[top.pos] = t.start
		}
		if len(w.stack) == 0 {
			break
		}
		pos = t.end
	}
	for _, o := range w.stack {
		if o.kind == '(' {
			r.matches[o.pos] = 0
		}
	}
	return r.matches[open]
}

// resync continues after an error: at the next statement of the list that the failed one is in.
func (r *reader) resync(start, braces int) {
	depth := r.braces - braces // braces of the failed statement that are open
	w := walker{r: r, last: token{kind: ';'}}
	pos, first := max(r.at, start), true
	r.failed = false
	for {
		t := w.r.scan(pos)
		if t.kind == eof {
			r.continueAt(t, start, braces)
			return
		}
		if !first && (len(w.stack) == 0 && depth == 0 && t.newline && isStart(t) || r.isLineStart(t)) {
			r.continueAt(t, start, braces)
			return
		}
		if len(w.stack) == 0 && t.kind == '}' {
			if depth == 0 {
				r.continueAt(t, start, braces)
				return
			}
			depth--
		}
		afterHead := w.last.kind == ')' || w.last.kind == arrow
		if !first && len(w.stack) == 0 && depth == 0 && t.kind == '{' && afterHead {
			r.continueAt(t, start, braces)
			return
		}
		t = w.step(pos)
		pos, first = t.end, false
		if len(w.stack) == 0 && depth == 0 && t.kind == ';' {
			r.continueAt(r.scan(pos), start, braces)
			return
		}
	}
}

// continueAt records the text that was not read and continues at a token.
func (r *reader) continueAt(t token, start, braces int) {
	end := start
	if t.start > start {
		end = t.start
	}
	r.unread(start, max(end, min(start+1, len(r.text))))
	r.tok, r.braces = t, braces
	r.end = max(r.end, min(r.at, t.start))
}

// isStart reports whether a statement begins with the word at the start of a line.
func isStart(t token) bool {
	if t.kind != word {
		return false
	}
	switch t.text {
	case "const", "let", "var", "function", "class", "import", "export", "if", "for", "while", "do", "return", "throw", "try",
		"switch", "async", "module", "exports", "interface", "type", "enum", "declare", "namespace", "abstract", "public", "private",
		"protected", "static", "constructor":
		return true
	default:
		return false
	}
}

// isLineStart reports whether a word in the first column begins a declaration.
func (r *reader) isLineStart(t token) bool {
	if t.kind != word || !t.newline || t.start == 0 || r.text[t.start-1] != '\n' {
		return false
	}
	switch t.text {
	case "const", "let", "var", "function", "class", "import", "export", "async", "exports", "module":
		return true
	default:
		return false
	}
}

func (r *reader) unread(start, end int) {
	r.file.Unread = append(r.file.Unread, code.Range{Start: start, End: min(end, len(r.text))})
}
