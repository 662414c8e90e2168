package ecmascript

import (
	"strings"

	"lintel/parsers/handler/code"
)

// isJSX reports whether the token < in TypeScript begins JSX and no type assertion: <>, <a b, <a/>, or <a> with a closing tag.
func (r *reader) isJSX() bool {
	name := r.peek()
	if name.kind == '>' {
		return true
	}
	if name.kind != word {
		return false
	}
	after := r.scan(name.end)
	switch after.kind {
	case word:
		return after.text != "extends"
	case '/':
		return r.byteAt(after.start+1) == '>'
	case '{', '-':
		return true
	case '>', '.', ':', '<':
		return r.closingTag(name.text) > name.start
	default:
		return false
	}
}

// closingTag returns the position of the last closing tag of a name.
func (r *reader) closingTag(name string) int {
	if pos, ok := r.tags[name]; ok {
		return pos
	}
	if r.tags == nil {
		r.tags = map[string]int{}
	}
	pos := -1
	if len(r.tags) < 100 { // each is a search of the whole text
		pos = strings.LastIndex(r.text, "</"+name)
	}
	r.tags[name] = pos
	return pos
}

// jsx reads an element. The result has the values in it as items.
func (r *reader) jsx() *code.Expr {
	defer r.leave()
	start, mark := r.tok.start, len(r.stack)
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	outer := r.bracket()
	r.jsxElement()
	r.context = outer
	if !r.failed {
		r.next() // after the last >
	}
	return r.of(code.Unknown, start, r.popped(mark)...)
}

// jsxElement reads an element up to its last >, which is the token, and adds the values in it to the stack.
func (r *reader) jsxElement() {
	defer r.leave()
	if !r.enter() {
		return
	}
	r.next()
	if r.tok.kind != '>' {
		r.jsxName()
		if r.typed && r.tok.kind == '<' {
			r.typeArguments()
		}
		r.jsxAttributes()
		if r.tok.kind == '/' {
			r.tok = r.scan(r.tok.start + 1)
			if r.tok.kind != '>' {
				r.fail()
			}
			return
		}
	}
	if r.tok.kind != '>' {
		r.fail()
		return
	}
	r.jsxChildren()
}

// jsxName reads a name such as a, a-b, a:b or A.B.
func (r *reader) jsxName() {
	for {
		if r.tok.kind != word {
			r.fail()
			return
		}
		r.jsxWord()
		if r.tok.kind != '.' && r.tok.kind != ':' {
			return
		}
		r.next()
	}
}

// jsxWord reads a word that may contain hyphens.
func (r *reader) jsxWord() {
	end := r.tok.end
	for end < len(r.text) && (r.text[end] == '-' || isDigit(r.text[end]) || isWordStart(r.text[end]) && r.text[end] != '\\') {
		end++
	}
	r.tok.end = end
	r.next()
}

func (r *reader) jsxAttributes() {
	for !r.failed {
		switch r.tok.kind {
		case '{':
			r.jsxValue()
			r.next()
		case word:
			r.jsxName()
			if r.tok.kind == '=' {
				r.jsxAttributeValue()
			}
		default:
			return
		}
	}
}

// jsxAttributeValue reads the value after =.
func (r *reader) jsxAttributeValue() {
	pos, _ := r.space(r.tok.end)
	switch c := r.byteAt(pos); c {
	case '"', '\'':
		n := strings.IndexByte(r.text[pos+1:], c)
		if n < 0 {
			r.unread(pos, len(r.text))
			r.failAt(len(r.text))
			return
		}
		r.tok = token{kind: str, start: pos, end: pos + n + 2}
		r.next()
		r.stack = append(r.stack, r.expr(code.String, r.text[pos+1:pos+1+n], pos))
	case '{':
		r.next()
		r.jsxValue()
		r.next()
	case '<':
		r.next()
		r.stack = append(r.stack, r.jsx())
	default:
		r.fail()
	}
}

// jsxValue reads a value in braces up to the closing one, which is the token.
func (r *reader) jsxValue() {
	r.next()
	r.accept(spread)
	if r.tok.kind != '}' {
		r.stack = append(r.stack, r.expression())
	}
	if r.tok.kind != '}' {
		r.fail()
	}
}

// jsxChildren reads the children of an element and its closing tag up to its >.
func (r *reader) jsxChildren() {
	for !r.failed {
		pos := r.tok.end
		n := strings.IndexAny(r.text[pos:], "{<")
		if n < 0 {
			r.unread(pos, len(r.text))
			r.failAt(len(r.text))
			return
		}
		pos += n
		r.tok = token{kind: kind(r.text[pos]), start: pos, end: pos + 1}
		if r.tok.kind == '{' {
			r.jsxValue()
			if !r.failed {
				r.braces--
			}
			continue
		}
		if slash, _ := r.space(pos + 1); r.byteAt(slash) == '/' {
			r.tok = r.scan(slash + 1)
			if r.tok.kind != '>' {
				r.jsxName()
			}
			if r.tok.kind != '>' {
				r.fail()
			}
			return
		}
		r.jsxElement()
	}
}
