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

// top returns the last bracket that is not closed.
func (w *walker) top() opened {
	if n := len(w.stack); n > 0 {
		return w.stack[n-1]
	}
	return opened{}
}

// permits reports whether a token is possible within a bracket of a type.
func (o opened) permits(t token) bool {
	switch t.kind {
	case ')':
		return o.kind == '('
	case ']':
		return o.kind == '['
	case '}':
		return o.kind == '{'
	case ';':
		return o.kind == '{'
	default:
		return true
	}
}

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
		before, top := len(w.stack), w.top()
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
	f := failure{r: r, walker: walker{r: r, last: token{kind: ';'}}, start: start, column: r.column(start), depth: r.braces - braces}
	r.failed = false
	for pos := max(r.at, start); ; {
		t := r.scan(pos)
		if f.endsBefore(t) {
			r.continueAt(t, start, braces)
			return
		}
		t = f.step(pos)
		pos = t.end
		if len(f.stack) == 0 && f.depth == 0 && t.kind == ';' {
			r.continueAt(r.scan(pos), start, braces)
			return
		}
	}
}

// failure is the search for the end of a statement with an error.
type failure struct {
	walker
	r             *reader
	start, column int // of the statement
	depth         int // braces of the statement that are open
}

// endsBefore reports whether the statement ends before a token, and counts the braces.
func (f *failure) endsBefore(t token) bool {
	later := t.start > f.start
	switch {
	case t.kind == eof, later && f.r.isLineStart(t):
		return true
	case len(f.stack) > 0:
		return false
	case t.kind == '}':
		f.depth--
		return f.depth < 0
	default:
		return later && f.depth == 0 && f.begins(t)
	}
}

// begins reports whether a token begins a statement: a block after a head, or a word in a line that is not indented.
func (f *failure) begins(t token) bool {
	switch t.kind {
	case '{':
		return f.last.kind == ')' || f.last.kind == arrow
	case word:
		return t.newline && (isStart(t) || f.r.column(t.start) <= f.column)
	default:
		return false
	}
}

// column returns the width of the text before a position in its line.
func (r *reader) column(pos int) int {
	n := 0
	for n < pos && n < 1000 && r.text[pos-n-1] != '\n' && r.text[pos-n-1] != '\r' {
		n++
	}
	return n
}

// continueAt records the text from the error to a token, which was not read, and continues at the token.
func (r *reader) continueAt(t token, start, braces int) {
	end := max(t.start, start+1)
	r.unread(max(start, min(r.at, end-1)), end)
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
