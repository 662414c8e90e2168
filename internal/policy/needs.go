package policy

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/model"
)

// needs returns, for each definition of deny, the collections that must not be empty and the lists (as paths:
// roles/statements) of which at least one must have an item for a finding. A definition needs them if it takes an
// element of them in a mandatory expression, itself or in a rule that it calls.
func needs(m *ast.Module, modules []*ast.Module) [][]string {
	n := needing{rules: map[string][]*ast.Rule{}, known: map[string][]string{}}
	for _, module := range modules {
		for _, r := range module.Rules {
			key := module.Package.Path.String() + "." + string(r.Head.Name)
			if ref := r.Head.Ref(); r.Head.Name == "" && len(ref) > 0 {
				key = module.Package.Path.String() + "." + strings.Trim(ref[0].String(), `"`)
			}
			n.rules[key] = append(n.rules[key], r)
		}
	}
	var all [][]string
	for _, r := range m.Rules {
		if isDeny(r) {
			all = append(all, n.of(r))
		}
	}
	return all
}

// isDeny reports whether a rule defines the partial set deny.
func isDeny(r *ast.Rule) bool { return r.Head.Name == "deny" }

// needing computes the needs of rules.
type needing struct {
	rules map[string][]*ast.Rule // definitions by full name
	known map[string][]string    // needs of all definitions of a rule
}

// of returns the needs of a definition.
func (n needing) of(r *ast.Rule) []string {
	bound := boundIn(r)
	needed := []string{}
	add := func(paths ...string) {
		for _, p := range paths {
			if p != "" && !slices.Contains(needed, p) {
				needed = append(needed, p)
			}
		}
	}
	for _, expr := range r.Body {
		if expr.Negated {
			continue
		}
		for _, ref := range refsOf(expr) {
			add(elementOf(ref, bound)...)
			add(n.asked(ref)...)
		}
	}
	slices.Sort(needed)
	return needed
}

// refsOf returns the references of an expression outside of comprehensions, which may be empty.
func refsOf(expr *ast.Expr) []ast.Ref {
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok {
		if term, isTerm := expr.Terms.(*ast.Term); isTerm {
			terms = []*ast.Term{nil, term}
		}
	}
	var refs []ast.Ref
	for _, term := range terms[min(1, len(terms)):] { // the first is the operator
		if ref, ok := term.Value.(ast.Ref); ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

// elementOf returns the lists from which a reference takes elements: input.roles[_], and role.statements.items[_].
func elementOf(ref ast.Ref, bound map[ast.Var]string) []string {
	var lists []string
	for i := 1; i < len(ref); i++ {
		if _, isName := ref[i].Value.(ast.String); isName {
			continue
		}
		last, ok := ref[i-1].Value.(ast.String)
		path := inputPath(ref[:i], bound)
		switch {
		case !ok || path == "":
		case i == 2 && ref[0].Equal(ast.InputRootDocument):
			lists = append(lists, path)
		case last == "items" && strings.Contains(path, "/"):
			lists = append(lists, path)
		}
	}
	return lists
}

// asked returns the needs of the rule that a reference calls: those that all of its definitions share.
func (n needing) asked(ref ast.Ref) []string {
	if !ref[0].Equal(ast.DefaultRootDocument) {
		return nil
	}
	for i := len(ref); i > 2; i-- {
		name := ref[:i].String()
		definitions, ok := n.rules[name]
		if !ok {
			continue
		}
		if i == len(ref) && slices.ContainsFunc(definitions, isPartial) {
			return nil // the whole set, which may be empty
		}
		if known, done := n.known[name]; done {
			return known
		}
		n.known[name] = nil // ends recursion
		var common []string
		for j, r := range definitions {
			if r.Default || r.Else != nil || len(r.Head.Args) > 0 {
				common = nil
				break
			}
			own := n.of(r)
			if j == 0 {
				common = own
				continue
			}
			common = slices.DeleteFunc(slices.Clone(common), func(p string) bool { return !slices.Contains(own, p) })
		}
		n.known[name] = common
		return common
	}
	return nil
}

// isPartial reports whether a definition adds an element to a set or object, which exists without it.
func isPartial(r *ast.Rule) bool {
	return r.Head.DocKind() != ast.CompleteDoc
}

// listed identifies a list in the policy input.
type listed struct{ collection, path string }

// filled returns the lists of a stack that have items.
func filled(index model.Index) map[listed]bool {
	found := map[listed]bool{}
	for collection, path := range index.Items() {
		found[listed{collection, path}] = true
	}
	return found
}

// needed numbers the needs of the rules of a set, so that few look-ups tell for all rules which of them are met.
type needed struct {
	needs []need
	of    [][][]int // numbers of the needs of each definition of each rule
}

// need is a collection, or a list in the resources of one.
type need struct {
	listed
	position int // of the collection in the input; -1 for a list
}

func needOf(name string) need {
	collection, path, isList := strings.Cut(name, "/")
	if isList {
		return need{listed{collection, path}, -1}
	}
	return need{listed{collection, ""}, model.Position(collection)}
}

// isEmpty reports whether an input has no resource in a collection.
func (n need) isEmpty(input model.Object) bool {
	if n.position < 0 {
		return false
	}
	resources, ok := input[n.position].Value.([]any)
	return ok && len(resources) == 0
}

// needed returns the needs of the rules with numbers.
func (s *Set) needed() needed {
	s.numbering.Do(func() { s.numbers = numbered(s.rules) })
	return s.numbers
}

func numbered(rules []*rule) needed {
	var n needed
	numbers := map[string]int{}
	for _, r := range rules {
		definitions := make([][]int, len(r.Needs))
		for i, needs := range r.Needs {
			for _, name := range needs {
				number, ok := numbers[name]
				if !ok {
					number = len(numbers)
					numbers[name] = number
					n.needs = append(n.needs, needOf(name))
				}
				definitions[i] = append(definitions[i], number)
			}
		}
		n.of = append(n.of, definitions)
	}
	return n
}

// met are the needs of the rules of a set that a stack meets, by their numbers.
type met struct {
	needed      needed
	collections []bool // the collection is not empty; true for a list
	all         []bool // the collection is not empty, or the list has items
}

// met returns which needs of the rules a stack meets.
func (n needed) met(e encoded) met {
	m := met{n, make([]bool, len(n.needs)), make([]bool, len(n.needs))}
	for i, need := range n.needs {
		m.collections[i] = !need.isEmpty(e.input)
		m.all[i] = m.collections[i] && (need.path == "" || e.lists[need.listed])
	}
	return m
}

// concerns reports whether the collections that some definition of a rule needs are not empty.
func (m met) concerns(rule int) bool { return m.some(rule, m.collections) }

// canFire reports whether, in addition, the lists have items.
func (m met) canFire(rule int) bool { return m.some(rule, m.all) }

// some reports whether the needs of some definition of a rule are among those that are met.
func (m met) some(rule int, met []bool) bool {
	for _, needs := range m.needed.of[rule] {
		all := true
		for _, need := range needs {
			all = all && met[need]
		}
		if all {
			return true
		}
	}
	return false
}
