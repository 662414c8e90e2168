package python

import "lintel/parsers/handler/code"

// Expressions and their items are allocated many at a time, because a file has tens of thousands.
const (
	exprsAtOnce    = 128
	pointersAtOnce = 256
)

// expr returns a new expression.
func (r *reader) expr(k code.ExprKind, start, end int) *code.Expr {
	if len(r.exprs) == cap(r.exprs) {
		r.exprs = make([]code.Expr, 0, exprsAtOnce)
	}
	r.exprs = append(r.exprs, code.Expr{Kind: k, Range: code.Range{Start: start, End: end}})
	return &r.exprs[len(r.exprs)-1]
}

// leaf returns a new expression with the text of a token.
func (r *reader) leaf(k code.ExprKind, t token) *code.Expr {
	e := r.expr(k, t.start, t.end)
	e.Text = r.text(t)
	return e
}

// tree returns a new expression with items.
func (r *reader) tree(k code.ExprKind, start, end int, items ...*code.Expr) *code.Expr {
	e := r.expr(k, start, end)
	e.Items = r.copied(items)
	return e
}

// push adds an item to an unfinished expression.
func (r *reader) push(e *code.Expr) { r.stack = append(r.stack, e) }

// items returns the items that were pushed since the stack had a length, and removes them from it.
func (r *reader) items(base int) []*code.Expr {
	base = min(base, len(r.stack))
	items := r.copied(r.stack[base:])
	r.stack = r.stack[:base]
	return items
}

func (r *reader) copied(items []*code.Expr) []*code.Expr {
	n := len(items)
	if n > cap(r.pointers)-len(r.pointers) {
		r.pointers = make([]*code.Expr, 0, max(n, pointersAtOnce))
	}
	start := len(r.pointers)
	r.pointers = append(r.pointers, items...)
	return r.pointers[start : start+n : start+n]
}

// pairs returns the items and keys that were pushed since the stacks had their lengths.
func (r *reader) pairs(base, keyBase int) ([]*code.Expr, []string) {
	keyBase = min(keyBase, len(r.keys))
	n := len(r.keys) - keyBase
	if n > cap(r.strings)-len(r.strings) {
		r.strings = make([]string, 0, max(n, pointersAtOnce))
	}
	start := len(r.strings)
	r.strings = append(r.strings, r.keys[keyBase:]...)
	r.keys = r.keys[:keyBase]
	return r.items(base), r.strings[start : start+n : start+n]
}
