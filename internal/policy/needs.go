package policy

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/model"
)

// needs returns, for each definition of deny, what must be there for it to find anything:
// collections that must not be empty, and lists (as paths: roles/statements) of which at least one
// must have an item. They are what a definition takes an element of in an expression that must
// hold, itself or in a rule that it asks.
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

// isDeny reports whether a rule is a definition of the partial set deny.
func isDeny(r *ast.Rule) bool { return r.Head.Name == "deny" }

// needing finds what rules need.
type needing struct {
	rules map[string][]*ast.Rule // definitions by their full names
	known map[string][]string    // what all definitions of a rule need
}

// of returns what a definition needs.
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

// refsOf are the references that an expression takes as they are. What is in comprehensions may be
// empty.
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

// elementOf returns the lists that a reference takes elements of: input.roles[_], and
// role.statements.items[_].
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

// asked returns what a rule needs that a reference asks: what all of its definitions need.
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
			return nil // all of it, which may be nothing
		}
		if known, done := n.known[name]; done {
			return known
		}
		n.known[name] = nil // against circles
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

// isPartial reports whether a definition adds an element to a set or an object, which is there without it.
func isPartial(r *ast.Rule) bool {
	return r.Head.DocKind() != ast.CompleteDoc
}

// listed is a list of the policy input.
type listed struct{ collection, path string }

// filled are the lists of a stack that have an item.
func filled(index model.Index) map[listed]bool {
	found := map[listed]bool{}
	for i := range index {
		if node := &index[i]; node.Item {
			found[listed{node.Collection, node.Path}] = true
		}
	}
	return found
}

// concerns reports whether there are the collections that some definition of the rule needs.
func (r *rule) concerns(input model.Object) bool {
	return r.has(func(need string) bool {
		resources, ok := input.Get(need).([]any)
		return strings.Contains(need, "/") || !ok || len(resources) > 0
	})
}

// canFire reports whether there are also the lists with items.
func (r *rule) canFire(lists map[listed]bool) bool {
	return r.has(func(need string) bool {
		collection, path, isList := strings.Cut(need, "/")
		return !isList || lists[listed{collection, path}]
	})
}

// has reports whether all needs of some definition are met.
func (r *rule) has(met func(need string) bool) bool {
	return slices.ContainsFunc(r.Needs, func(needs []string) bool {
		return !slices.ContainsFunc(needs, func(need string) bool { return !met(need) })
	})
}
