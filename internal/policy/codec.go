package policy

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The compiled form is a compact text encoding of OPA's syntax tree after compilation: numbers in
// base 32 (see encoder.number), strings as their length and their bytes, a line for each rule and
// each expression, so that Git merges it. It leaves out what evaluation does not use: places,
// comments and annotations. It belongs to one version of OPA and is generated together with the
// docs, so it has no compatibility to keep.

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
	out    []byte
	locals map[ast.Var]ast.Var // new names of the variables that the compiler made; see variable
	err    error               // the first thing that cannot be encoded
}

// Digits of numbers, the least significant first: the last one is from '0' on, the others, which
// another one follows, are from 'P' on. All are printable.
const (
	lastDigit = '0'
	moreDigit = 'P'
	digitBits = 5
	digitMask = 1<<digitBits - 1
)

func (e *encoder) number(n int) {
	for ; n > digitMask; n >>= digitBits {
		e.out = append(e.out, moreDigit+byte(n&digitMask))
	}
	e.out = append(e.out, lastDigit+byte(n))
}

// line ends a line.
func (e *encoder) line() { e.out = append(e.out, '\n') }

func (e *encoder) text(s string)  { e.number(len(s)); e.out = append(e.out, s...) }
func (e *encoder) boolean(b bool) { e.number(map[bool]int{true: 1}[b]) }

func (e *encoder) texts(list []string) {
	e.number(len(list))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) module(m *ast.Module) {
	e.locals = map[ast.Var]ast.Var{}
	e.value(m.Package.Path)
	e.number(len(m.Rules))
	for _, r := range m.Rules {
		e.rule(r)
	}
}

func (e *encoder) rule(r *ast.Rule) {
	e.line()
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
	e.line()
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

// variable returns the name under which a variable is written. The compiler numbers the variables
// that it makes (__local7__) across all modules; they are numbered anew in each module, so that a
// module's compiled form does not depend on the other rules.
func (e *encoder) variable(v ast.Var) string {
	if !strings.HasPrefix(string(v), ast.LocalVarPrefix) {
		return string(v)
	}
	if e.locals[v] == "" {
		e.locals[v] = ast.Var(fmt.Sprintf("%s%d__", ast.LocalVarPrefix, len(e.locals)))
	}
	return string(e.locals[v])
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
		e.text(e.variable(v))
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

var errCorrupt = errors.New("the compiled form is damaged; run go generate ./policies and build again")

// decoder reads what encoder wrote. Its strings share the memory of the text.
type decoder struct {
	text string
	pos  int
	bad  bool
}

func (d *decoder) number() int {
	n := 0
	for shift := 0; shift < 60 && d.pos < len(d.text); shift += digitBits {
		digit := d.text[d.pos]
		d.pos++
		switch {
		case digit-lastDigit <= digitMask:
			return n | int(digit-lastDigit)<<shift
		case digit-moreDigit <= digitMask:
			n |= int(digit-moreDigit) << shift
		default:
			d.bad = true
			return 0
		}
	}
	d.bad = true
	return 0
}

// line reads the end of a line.
func (d *decoder) line() {
	if d.pos >= len(d.text) || d.text[d.pos] != '\n' {
		d.bad = true
		return
	}
	d.pos++
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
	d.line()
	if d.bad || d.pos < len(d.text) {
		return nil, errCorrupt
	}
	return m, nil
}

func (d *decoder) rule(m *ast.Module, place *ast.Location) *ast.Rule {
	d.line()
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
	d.line()
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
	tag := d.number()
	if d.bad {
		return ast.NullValue // nil would be a term that is not there, which the collections do not take
	}
	switch tag {
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
