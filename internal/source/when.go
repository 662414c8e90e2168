package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// When is the condition under which a part of a stack exists: a set of alternatives, each a conjunction of literals.
// The zero When is always true.
type When struct{ alternatives *alternatives } // nil: always; every place of a model has one, and few depend on a condition

// alternatives are the parts of a When. They never change.
type alternatives struct {
	never bool
	terms []term    // sorted, without duplicates; empty: always
	of    *Variants // of which it is one or several; nil: of none
	in    []int     // indices in of
}

// get returns the parts of a condition.
func (w When) get() alternatives {
	if w.alternatives == nil {
		return alternatives{}
	}
	return *w.alternatives
}

// when returns the condition with some parts.
func (a alternatives) when() When {
	if !a.never && len(a.terms) == 0 && a.of == nil {
		return When{}
	}
	w := a
	return When{&w}
}

// Literal is a condition of a template with its outcome. With a Value, Condition names a parameter, and
// Is is the outcome of its comparison with the value.
type Literal struct {
	Condition string
	Value     string
	Is        bool
}

// term is a conjunction of sorted literals with distinct conditions.
type term []Literal

// Limits of printing and computation.
const (
	maxWhenText  = 200     // characters in String
	maxWhenSteps = 200_000 // comparisons of literals during minimization
)

// AllOf returns the conjunction of literals. It is never true if they contradict each other.
func AllOf(literals ...Literal) When {
	t := slices.Clone(literals)
	slices.SortFunc(t, Literal.compare)
	t = slices.Compact(t)
	for i := 1; i < len(t); i++ {
		if t[i].contradicts(t[i-1]) {
			return never()
		}
	}
	if len(t) == 0 {
		return When{}
	}
	return alternatives{terms: []term{slices.DeleteFunc(slices.Clone(t), term(t).hasOther)}}.when()
}

// And is the When under which both hold.
func (w When) And(other When) When {
	switch {
	case w.IsNever() || other.IsAlways():
		return w
	case other.IsNever() || w.IsAlways():
		return other
	}
	var terms []term
	for _, a := range w.get().terms {
		for _, b := range other.get().terms {
			if both := AllOf(slices.Concat(a, b)...).get(); !both.never {
				terms = append(terms, both.terms...)
			}
		}
	}
	if len(terms) == 0 {
		return never()
	}
	slices.SortFunc(terms, term.compare)
	return minimal(slices.CompactFunc(terms, slices.Equal))
}

// AnyOf returns the disjunction of conditions in a short form, without irrelevant literals. variants is the number of
// variants of the resource: a disjunction over all of them depends only on the condition that they share.
func AnyOf(whens []When, variants int) When {
	if w, ok := among(whens); ok {
		return w
	}
	var terms []term
	for _, w := range whens {
		if w.IsAlways() {
			return When{}
		}
		terms = append(terms, w.get().terms...)
	}
	if len(terms) == 0 {
		return alternatives{never: len(whens) > 0}.when()
	}
	slices.SortFunc(terms, term.compare)
	terms = slices.CompactFunc(terms, slices.Equal)
	if variants > 1 && len(terms) >= variants {
		return AllOf(common(terms)...)
	}
	return minimal(terms)
}

// IsAlways reports whether w is true for all outcomes of the conditions.
func (w When) IsAlways() bool {
	return w.alternatives == nil || !w.alternatives.never && len(w.alternatives.terms) == 0
}

// IsNever reports whether w is false for all outcomes of the conditions.
func (w When) IsNever() bool { return w.alternatives != nil && w.alternatives.never }

func never() When { return When{&alternatives{never: true}} }

// Equal reports whether two have the same alternatives.
func (w When) Equal(other When) bool {
	a, b := w.get(), other.get()
	return a.never == b.never && slices.EqualFunc(a.terms, b.terms, slices.Equal)
}

// Same reports whether two are the same alternatives of the same variants, so that both are shown alike.
func (w When) Same(other When) bool {
	a, b := w.get(), other.get()
	return a.of == b.of && slices.Equal(a.in, b.in) && w.Equal(other)
}

// Compare orders them by their alternatives, for stable output.
func (w When) Compare(other When) int {
	a, b := w.get(), other.get()
	if c := slices.CompareFunc(a.terms, b.terms, term.compare); c != 0 || a.never == b.never {
		return c
	}
	if a.never {
		return 1
	}
	return -1
}

// String returns the condition as text, empty for always. If it exceeds maxWhenText characters, it contains the common
// literals and the number of alternatives.
func (w When) String() string {
	if w.get().of != nil {
		w, _ = among([]When{w})
	}
	terms := w.get().terms
	switch {
	case w.IsNever():
		return "never"
	case len(terms) == 0:
		return ""
	}
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = t.String()
		if len(t) > 1 && len(terms) > 1 {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	if text := strings.Join(texts, " or "); utf8.RuneCountInString(text) <= maxWhenText {
		return text
	}
	short := "in 1 combination of conditions"
	if n := len(terms); n > 1 {
		short = fmt.Sprintf("in %d combinations of conditions", n)
	}
	if shared := common(terms); len(terms) > 1 && len(shared) > 0 {
		if text := shared.String() + ", " + short; utf8.RuneCountInString(text) <= maxWhenText {
			return text
		}
	}
	return short
}

// Shown returns a copy of the condition for display, with f applied to its texts. Both are equally long or short.
func (w When) Shown(f func(string) string) When {
	if w.get().of != nil {
		w, _ = among([]When{w})
	}
	shown := alternatives{never: w.IsNever()}
	for _, t := range w.get().terms {
		t = slices.Clone(t)
		for i := range t {
			t[i].Condition, t[i].Value = f(t[i].Condition), f(t[i].Value)
		}
		shown.terms = append(shown.terms, t)
	}
	return shown.when()
}

func (l Literal) compare(other Literal) int {
	c := l.compareCondition(other)
	switch {
	case c != 0 || l.Is == other.Is:
		return c
	case l.Is:
		return 1
	default:
		return -1
	}
}

// compareCondition compares them without their outcomes.
func (l Literal) compareCondition(other Literal) int {
	return cmp.Or(cmp.Compare(l.Condition, other.Condition), cmp.Compare(l.Value, other.Value))
}

// contradicts reports whether they cannot both hold. A parameter has one value.
func (l Literal) contradicts(other Literal) bool {
	return l.Condition == other.Condition && (l.Value == other.Value && l.Is != other.Is || l.Value != other.Value && l.Is && other.Is)
}

// Opposite returns the condition with the other outcome.
func (l Literal) Opposite() Literal { return Literal{l.Condition, l.Value, !l.Is} }

func (l Literal) String() string {
	switch {
	case l.Value == "":
		return fmt.Sprintf("%s is %t", l.Condition, l.Is)
	case l.Is:
		return fmt.Sprintf("%s is %s", l.Condition, l.Value)
	}
	return fmt.Sprintf("%s is not %s", l.Condition, l.Value)
}

func (t term) compare(other term) int { return slices.CompareFunc(t, other, Literal.compare) }

func (t term) String() string {
	texts := make([]string, len(t))
	for i, l := range t {
		texts[i] = l.String()
	}
	return strings.Join(texts, " and ")
}

// given returns the literals of t that other does not imply. It is false if they contradict each other.
func (t term) given(other term) (term, bool) {
	rest := make(term, 0, len(t))
	i := 0
	for _, l := range t {
		for i < len(other) && other[i].Condition < l.Condition {
			i++
		}
		decided := false
		for _, o := range other[i:] {
			if o.Condition != l.Condition {
				break
			}
			if l.contradicts(o) {
				return nil, false
			}
			decided = decided || o == l || o.Is && !l.Is // a parameter with another value
		}
		if !decided {
			rest = append(rest, l)
		}
	}
	return rest, true
}

// hasOther reports whether t says that a parameter has another value than the one that l excludes.
func (t term) hasOther(l Literal) bool {
	return !l.Is && slices.ContainsFunc(t, func(o Literal) bool { return o.Is && o.Condition == l.Condition })
}

// common returns the literals that all terms share.
func common(terms []term) term {
	return slices.DeleteFunc(slices.Clone(terms[0]), func(l Literal) bool {
		return slices.ContainsFunc(terms, func(t term) bool { return !slices.Contains(t, l) })
	})
}

// minimal returns a short form of sorted terms, from which no literal or term can be removed. If maxWhenSteps is
// exceeded, the result may be longer.
func minimal(terms []term) When {
	m := minimiser{steps: maxWhenSteps}
	for i, t := range terms {
		for j := 0; j < len(t); {
			opposite := slices.Clone(t)
			opposite[j] = t[j].Opposite()
			if !m.covers(terms, opposite) {
				j++
				continue
			}
			t = slices.Delete(opposite, j, j+1) // the literal is irrelevant
			terms[i] = t
		}
		if len(t) == 0 {
			return When{}
		}
	}
	slices.SortFunc(terms, term.compare)
	terms = slices.CompactFunc(terms, slices.Equal)
	for i, t := range slices.Backward(terms) {
		if others := slices.Delete(slices.Clone(terms), i, i+1); m.covers(others, t) {
			terms = others
		}
	}
	return alternatives{terms: terms}.when()
}

// minimiser compares terms with a limit on the number of steps, because the general problem takes exponential time.
type minimiser struct{ steps int }

// covers reports whether t implies one of the terms. It is false when no steps are left.
func (m *minimiser) covers(terms []term, t term) bool {
	var rest []term
	for _, other := range terms {
		if m.steps -= 1 + len(other); m.steps < 0 {
			return false
		}
		if open, ok := other.given(t); ok && len(open) == 0 {
			return true
		} else if ok {
			rest = append(rest, open)
		}
	}
	if len(rest) == 0 {
		return false
	}
	split := rest[0][0]
	return m.covers(rest, term{split}) && m.covers(rest, term{split.Opposite()})
}
