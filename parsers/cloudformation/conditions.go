package cloudformation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/source"
)

// truth is a value of three-valued logic.
type truth int8

const (
	isFalse truth = iota
	isTrue
	isOpen // only deployment can tell
)

func not(t truth) truth {
	switch t {
	case isFalse:
		return isTrue
	case isTrue:
		return isFalse
	case isOpen:
	}
	return isOpen
}

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

// atoms are the comparisons that only deployment decides, with an assumed outcome.
type atoms map[string]bool

// variant is one way in which the conditions that a resource mentions can turn out.
type variant struct {
	holds map[string]bool
	when  source.When
	of    int // how many there are
}

// maxAtoms is the number of comparisons up to which all their combinations are looked at for one
// resource.
const maxAtoms = 4

// variants returns the satisfiable combinations of the conditions that nodes mention. Those
// that are constant have one outcome.
func (t *template) variants(nodes ...*node) []variant {
	var names []string
	for _, n := range nodes {
		t.mentioned(n, &names, 0)
	}
	base := map[string]bool{}
	var open []string
	for _, name := range names {
		switch t.condition(name, nil, nil) {
		case isTrue:
			base[name] = true
		case isFalse:
			base[name] = false
		case isOpen:
			open = append(open, name)
		}
	}
	var all []variant
	for _, combination := range t.combinations(open) {
		v := variant{holds: map[string]bool{}}
		maps.Copy(v.holds, base)
		literals := make([]source.Literal, len(open))
		for i, name := range open {
			v.holds[name] = combination[i]
			literals[i] = source.Literal{Condition: name, Is: combination[i]}
		}
		v.when = source.AllOf(literals...)
		all = append(all, v)
	}
	return all
}

// mentioned gathers the names of the conditions that Fn::If asks for below a node.
func (t *template) mentioned(n *node, names *[]string, depth int) {
	if n == nil || depth > maxResolve {
		return
	}
	if name, argument, ok := intrinsic(n); ok {
		if name == "If" && len(argument.items) == 3 {
			if condition, isText := argument.items[0].text(); isText && !slices.Contains(*names, condition) {
				*names = append(*names, condition)
			}
		}
		if n.tag != "" {
			n = argument
		}
	}
	for _, item := range n.items {
		t.mentioned(item, names, depth+1)
	}
	for _, f := range n.fields {
		t.mentioned(f.value, names, depth+1)
	}
}

// combinations returns how open conditions can turn out together.
func (t *template) combinations(open []string) [][]bool {
	if len(open) == 0 {
		return [][]bool{{}}
	}
	var found []string // the atoms they are made of
	for _, name := range open {
		t.condition(name, nil, &found)
	}
	var all [][]bool
	for _, assumed := range assumptions(found) {
		if !t.possible(assumed, found) {
			continue
		}
		combination := make([]bool, len(open))
		for i, name := range open {
			combination[i] = t.condition(name, assumed, nil) == isTrue
		}
		if !slices.ContainsFunc(all, func(c []bool) bool { return slices.Equal(c, combination) }) {
			all = append(all, combination)
		}
	}
	return all
}

// assumptions are outcomes of comparisons: all of them when there are few, else all false, all
// true, and both with one of them the other way round, which is linear and still takes every
// branch.
func assumptions(found []string) []atoms {
	var all []atoms
	if len(found) <= maxAtoms {
		for bits := range 1 << len(found) {
			assumed := atoms{}
			for i, atom := range found {
				assumed[atom] = bits>>i&1 == 0
			}
			all = append(all, assumed)
		}
		return all
	}
	for _, most := range []bool{true, false} {
		for other := -1; other < len(found); other++ {
			assumed := atoms{}
			for i, atom := range found {
				assumed[atom] = most != (i == other)
			}
			all = append(all, assumed)
		}
	}
	return all
}

// possible reports whether comparisons can turn out so: something is not equal to two different
// texts, and a parameter is equal to one of the values that it may have.
func (t *template) possible(assumed atoms, order []string) bool {
	equal := map[string]string{}
	excluded := map[string][]string{}
	for _, atom := range order {
		left, right, isLiteral := strings.Cut(strings.TrimSuffix(atom, "'"), " == '")
		if !isLiteral {
			continue
		}
		if !assumed[atom] {
			excluded[left] = append(excluded[left], right)
			continue
		}
		if _, twice := equal[left]; twice || !t.allows(left, right) {
			return false
		}
		equal[left] = right
	}
	for left, values := range excluded {
		if _, decided := equal[left]; !decided && t.excludes(left, values) {
			return false
		}
	}
	return true
}

// allowed are the values that a parameter may have, nil when it may have any.
func (t *template) allowed(parameter string) []string {
	values := t.parameters.get(parameter).get("AllowedValues")
	if values == nil {
		return nil
	}
	var texts []string
	for _, item := range values.items {
		texts = append(texts, fmt.Sprint(item.scalar))
	}
	return texts
}

func (t *template) allows(parameter, value string) bool {
	values := t.allowed(parameter)
	return values == nil || slices.Contains(values, value)
}

// excludes reports whether nothing is left that a parameter may be.
func (t *template) excludes(parameter string, values []string) bool {
	allowed := t.allowed(parameter)
	return allowed != nil && !slices.ContainsFunc(allowed, func(v string) bool { return !slices.Contains(values, v) })
}

// condition decides a condition by its name. Comparisons that cannot be decided are looked up
// in assumed; where that is nil they are open, and their names are gathered in found.
func (t *template) condition(name string, assumed atoms, found *[]string) truth {
	e := conditionEvaluator{template: t, assumed: assumed, found: found}
	return e.named(name)
}

type conditionEvaluator struct {
	*template
	assumed atoms
	found   *[]string
	inside  []string // names being decided, against circles
}

func (e *conditionEvaluator) atom(name string) truth {
	if e.found != nil && !slices.Contains(*e.found, name) {
		*e.found = append(*e.found, name)
	}
	if holds, ok := e.assumed[name]; ok {
		return truthOf(holds)
	}
	return isOpen
}

func (e *conditionEvaluator) named(name string) truth {
	definition := e.conditions.get(name)
	if definition == nil || slices.Contains(e.inside, name) || len(e.inside) > maxDepth {
		return e.atom("condition " + name)
	}
	e.inside = append(e.inside, name)
	defer func() { e.inside = e.inside[:len(e.inside)-1] }()
	return e.expression(definition)
}

func (e *conditionEvaluator) expression(n *node) truth {
	name, argument, ok := intrinsic(n)
	if !ok {
		return e.atom(fmt.Sprintf("expression at %d", n.at.Start))
	}
	switch name {
	case "Condition":
		if referred, ok := argument.text(); ok {
			return e.named(referred)
		}
	case "Not":
		if len(argument.items) == 1 {
			return not(e.expression(argument.items[0]))
		}
	case "And":
		return e.all(argument.items, isFalse)
	case "Or":
		return e.all(argument.items, isTrue)
	case "Equals":
		if len(argument.items) == 2 {
			return e.equals(argument.items[0], argument.items[1])
		}
	}
	return e.atom(fmt.Sprintf("expression at %d", n.at.Start))
}

// all folds And (decided by the first false) and Or (decided by the first true). Every operand
// is looked at, so that all atoms are found.
func (e *conditionEvaluator) all(items []*node, deciding truth) truth {
	result := not(deciding)
	for _, item := range items {
		switch e.expression(item) {
		case deciding:
			result = deciding
		case isOpen:
			if result != deciding {
				result = isOpen
			}
		default:
		}
	}
	return result
}

func (e *conditionEvaluator) equals(a, b *node) truth {
	left, leftKnown := e.operand(a)
	right, rightKnown := e.operand(b)
	switch {
	case leftKnown && rightKnown:
		return truthOf(left == right)
	case leftKnown:
		return e.atom(right + " == '" + left + "'")
	case rightKnown:
		return e.atom(left + " == '" + right + "'")
	case left == right:
		return isTrue
	}
	return e.atom(left + " == " + right)
}

// operand returns the value of an operand of Fn::Equals or, where it is not known, a text that
// names it. The default of a parameter is one possible value, not the only one, so here only a
// value that the caller gave is known.
func (e *conditionEvaluator) operand(n *node) (string, bool) {
	if name, argument, ok := intrinsic(n); ok && name == "Ref" {
		parameter, _ := argument.text()
		if given, isGiven := e.given[parameter]; isGiven && given.Scalar != nil {
			return fmt.Sprint(given.Scalar), true
		}
		if allowed := e.allowed(parameter); len(allowed) == 1 {
			return allowed[0], true
		}
		return parameter, false
	} else if ok {
		r := resolver{template: e.withoutDefaults(), holds: map[string]bool{}}
		t := r.tree(n)
		if text, known := t.String(); known {
			return text, true
		}
		return fmt.Sprintf("%s at %d", name, n.at.Start), false
	}
	if n.kind != scalarNode {
		return fmt.Sprintf("value at %d", n.at.Start), false
	}
	return fmt.Sprint(n.scalar), true
}

// withoutDefaults is the template as one sees it who does not trust the parameters' defaults.
func (t *template) withoutDefaults() *template {
	bare := *t
	bare.parameters = &node{kind: mapNode}
	if t.parameters != nil {
		for _, f := range t.parameters.fields {
			own := &node{kind: mapNode}
			for _, property := range f.value.fields {
				if property.key != "Default" {
					own.fields = append(own.fields, property)
				}
			}
			bare.parameters.fields = append(bare.parameters.fields, field{key: f.key, keyAt: f.keyAt, value: own})
		}
	}
	return &bare
}
