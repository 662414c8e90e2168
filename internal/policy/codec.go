package policy

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The compiled form is a compact binary encoding of OPA's syntax tree after compilation. It
// leaves out what evaluation does not look at: places, comments and annotations. It belongs to
// one version of OPA and is generated again with every build of the rules, so it has no
// compatibility to keep.

// Tags of the encoded values and expressions.
const (
	tagNil = iota
	tagNull
	tagFalse
	tagTrue
	tagNumber
	tagString
	tagVar
	tagRef
	tagArray
	tagObject
	tagSet
	tagArrayComprehension
	tagObjectComprehension
	tagSetComprehension
	tagCall
	tagTerm
	tagTerms
	tagEvery
	tagSomeDecl
)

type encoder struct {
	out []byte
	err error // the first thing that cannot be encoded
}

func (e *encoder) number(n int)   { e.out = binary.AppendUvarint(e.out, uint64(n)) } //nolint:gosec // lengths and tags
func (e *encoder) text(s string)  { e.number(len(s)); e.out = append(e.out, s...) }
func (e *encoder) boolean(b bool) { e.number(map[bool]int{true: 1}[b]) }

func (e *encoder) texts(list []string) {
	e.number(len(list))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) module(m *ast.Module) {
	e.value(m.Package.Path)
	e.number(len(m.Rules))
	for _, r := range m.Rules {
		e.rule(r)
	}
}

func (e *encoder) rule(r *ast.Rule) {
	e.boolean(r.Default)
	e.text(string(r.Head.Name))
	e.value(r.Head.Reference)
	e.terms(r.Head.Args)
	e.term(r.Head.Key)
	e.term(r.Head.Value)
	e.boolean(r.Head.Assign)
	e.body(r.Body)
	e.boolean(r.Else != nil)
	if r.Else != nil {
		e.rule(r.Else)
	}
}

func (e *encoder) body(body ast.Body) {
	e.number(len(body))
	for _, expr := range body {
		e.expr(expr)
	}
}

func (e *encoder) expr(expr *ast.Expr) {
	e.boolean(expr.Negated)
	e.boolean(expr.Generated)
	e.number(len(expr.With))
	for _, with := range expr.With {
		e.term(with.Target)
		e.term(with.Value)
	}
	switch x := expr.Terms.(type) {
	case *ast.Term:
		e.number(tagTerm)
		e.term(x)
	case []*ast.Term:
		e.number(tagTerms)
		e.terms(x)
	case *ast.Every:
		e.number(tagEvery)
		e.term(x.Key)
		e.term(x.Value)
		e.term(x.Domain)
		e.body(x.Body)
	case *ast.SomeDecl:
		e.number(tagSomeDecl)
		e.terms(x.Symbols)
	default:
		e.fail(expr.Terms)
	}
}

func (e *encoder) fail(what any) {
	if e.err == nil {
		e.err = fmt.Errorf("the compiled form has no encoding for %T", what)
	}
}

func (e *encoder) terms(terms []*ast.Term) {
	e.number(len(terms))
	for _, t := range terms {
		e.term(t)
	}
}

func (e *encoder) term(t *ast.Term) {
	if t == nil {
		e.number(tagNil)
		return
	}
	e.value(t.Value)
}

func (e *encoder) value(value ast.Value) {
	switch v := value.(type) {
	case ast.Null:
		e.number(tagNull)
	case ast.Boolean:
		e.number(map[bool]int{false: tagFalse, true: tagTrue}[bool(v)])
	case ast.Number:
		e.number(tagNumber)
		e.text(string(v))
	case ast.String:
		e.number(tagString)
		e.text(string(v))
	case ast.Var:
		e.number(tagVar)
		e.text(string(v))
	case ast.Ref:
		e.number(tagRef)
		e.terms(v)
	case ast.Call:
		e.number(tagCall)
		e.terms(v)
	default:
		e.collection(value)
	}
}

func (e *encoder) collection(value ast.Value) {
	switch v := value.(type) {
	case *ast.Array:
		e.number(tagArray)
		e.number(v.Len())
		v.Foreach(e.term)
	case ast.Set:
		e.number(tagSet)
		e.terms(v.Slice())
	case ast.Object:
		e.number(tagObject)
		e.number(v.Len())
		v.Foreach(func(key, value *ast.Term) {
			e.term(key)
			e.term(value)
		})
	case *ast.ArrayComprehension:
		e.number(tagArrayComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.SetComprehension:
		e.number(tagSetComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.ObjectComprehension:
		e.number(tagObjectComprehension)
		e.term(v.Key)
		e.term(v.Value)
		e.body(v.Body)
	default:
		e.fail(value)
	}
}

var errCorrupt = errors.New("the compiled rules are damaged; run go generate ./... and build again")

// decoder reads what encoder wrote. Its strings share the memory of the text.
type decoder struct {
	text string
	pos  int
	bad  bool
}

func (d *decoder) number() int {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if d.pos >= len(d.text) {
			break
		}
		b := d.text[d.pos]
		d.pos++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return int(n) //nolint:gosec // written by encoder from an int
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) boolean() bool { return d.number() == 1 }

func (d *decoder) string() string {
	n := d.number()
	if n < 0 || n > len(d.text)-d.pos {
		d.bad = true
		return ""
	}
	s := d.text[d.pos : d.pos+n]
	d.pos += n
	return s
}

// length reads how many elements follow; each takes a byte at least.
func (d *decoder) length() int {
	n := d.number()
	if n < 0 || n > len(d.text)-d.pos {
		d.bad = true
		return 0
	}
	return n
}

func (d *decoder) strings() []string {
	out := make([]string, d.length())
	for i := range out {
		out[i] = d.string()
	}
	return out
}

func (d *decoder) module(name string) (*ast.Module, error) {
	path, ok := d.value().(ast.Ref)
	if !ok {
		return nil, errCorrupt
	}
	place := ast.NewLocation(nil, name, 1, 1)
	m := &ast.Module{Package: &ast.Package{Path: path, Location: place}}
	m.Rules = make([]*ast.Rule, d.length())
	for i := range m.Rules {
		m.Rules[i] = d.rule(m, place)
	}
	if d.bad {
		return nil, errCorrupt
	}
	return m, nil
}

func (d *decoder) rule(m *ast.Module, place *ast.Location) *ast.Rule {
	r := &ast.Rule{Module: m, Location: place, Default: d.boolean()}
	r.Head = &ast.Head{Location: place, Name: ast.Var(d.string())}
	r.Head.Reference, _ = d.value().(ast.Ref)
	r.Head.Args = d.terms()
	r.Head.Key = d.term()
	r.Head.Value = d.term()
	r.Head.Assign = d.boolean()
	r.Body = d.body(place)
	if d.boolean() {
		r.Else = d.rule(m, place)
	}
	return r
}

func (d *decoder) body(place *ast.Location) ast.Body {
	body := make(ast.Body, d.length())
	for i := range body {
		body[i] = d.expr(i, place)
	}
	return body
}

func (d *decoder) expr(index int, place *ast.Location) *ast.Expr {
	expr := &ast.Expr{Index: index, Location: place, Negated: d.boolean(), Generated: d.boolean()}
	for range d.length() {
		expr.With = append(expr.With, &ast.With{Target: d.term(), Value: d.term(), Location: place})
	}
	switch d.number() {
	case tagTerm:
		expr.Terms = d.term()
	case tagTerms:
		expr.Terms = d.terms()
	case tagEvery:
		expr.Terms = &ast.Every{Key: d.term(), Value: d.term(), Domain: d.term(), Body: d.body(place), Location: place}
	case tagSomeDecl:
		expr.Terms = &ast.SomeDecl{Symbols: d.terms(), Location: place}
	default:
		d.bad = true
	}
	return expr
}

func (d *decoder) terms() []*ast.Term {
	n := d.length()
	if n == 0 {
		return nil
	}
	terms := make([]*ast.Term, n)
	for i := range terms {
		terms[i] = d.term()
	}
	return terms
}

func (d *decoder) term() *ast.Term {
	if value := d.value(); value != nil {
		return ast.NewTerm(value)
	}
	return nil
}

func (d *decoder) value() ast.Value {
	switch tag := d.number(); tag {
	case tagNil:
		return nil
	case tagNull:
		return ast.NullValue
	case tagFalse, tagTrue:
		return ast.Boolean(tag == tagTrue)
	case tagNumber:
		return ast.Number(d.string())
	case tagString:
		return ast.String(d.string())
	case tagVar:
		return ast.Var(d.string())
	case tagRef:
		return ast.Ref(d.terms())
	case tagCall:
		return ast.Call(d.terms())
	default:
		return d.collection(tag)
	}
}

func (d *decoder) collection(tag int) ast.Value {
	switch tag {
	case tagArray:
		return ast.NewArray(d.terms()...)
	case tagSet:
		return ast.NewSet(d.terms()...)
	case tagObject:
		pairs := make([][2]*ast.Term, d.length())
		for i := range pairs {
			pairs[i] = [2]*ast.Term{d.term(), d.term()}
		}
		return ast.NewObject(pairs...)
	case tagArrayComprehension:
		return &ast.ArrayComprehension{Term: d.term(), Body: d.body(nil)}
	case tagSetComprehension:
		return &ast.SetComprehension{Term: d.term(), Body: d.body(nil)}
	case tagObjectComprehension:
		return &ast.ObjectComprehension{Key: d.term(), Value: d.term(), Body: d.body(nil)}
	}
	d.bad = true
	return ast.NullValue
}
