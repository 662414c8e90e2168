package policy

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/finding"
)

// whole ends the path of a part of the model that a rule passes on, so that anything in it may be read.
const whole = "/*"

// part is an attribute of the model as the paths by which a rule reads it.
type part struct {
	path   string
	inside string   // how the paths of what is in it start
	wholes []string // paths by which a rule reads all of it
}

// partAt returns the attribute at a path, which consists of the collection and the names of attributes, without list indices, such as
// "functions/tracing/mode".
func partAt(path string) part {
	p := part{path: path, inside: path + "/"}
	for end := len(path); end > 0; end = strings.LastIndexByte(path[:end], '/') {
		p.wholes = append(p.wholes, path[:end]+whole)
	}
	return p
}

// mayRead reports whether the rule can read an attribute, or a part of it.
func (r *rule) mayRead(p part) bool {
	if i, ok := slices.BinarySearch(r.Reads, p.inside); ok || i < len(r.Reads) && strings.HasPrefix(r.Reads[i], p.inside) {
		return true
	}
	if _, ok := slices.BinarySearch(r.Reads, p.path); ok {
		return true
	}
	return slices.ContainsFunc(p.wholes, func(whole string) bool {
		_, ok := slices.BinarySearch(r.Reads, whole)
		return ok
	})
}

// Reads reports whether one of the enabled rules reads a collection of the model, such as "sources".
func (s *Set) Reads(collection string, enabled func(finding.Rule) bool) bool {
	all := partAt(collection)
	return slices.ContainsFunc(s.rules, func(r *rule) bool { return enabled(r.Rule) && r.mayRead(all) })
}

// reads returns the sorted attributes of the model that compiled modules read, each as its collection and attribute
// names, without list indices, or with [whole] at its end.
func reads(modules []*ast.Module) []string {
	found := map[string]bool{}
	for _, m := range modules {
		for _, r := range m.Rules {
			for ; r != nil; r = r.Else {
				readsOf(r, found)
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// readsOf tracks the variables of a rule that stand for parts of the input. The compiler rewrites `some fn in
// input.functions` to `fn = input.functions[_]`, so a variable is bound by an equality with a reference.
func readsOf(r *ast.Rule, found map[string]bool) {
	bound := boundIn(r)
	ast.WalkRefs(r, func(ref ast.Ref) bool {
		if p := inputPath(ref, bound); strings.Contains(p, "/") {
			found[p] = true
		}
		return false
	})
	ast.WalkExprs(r, func(expr *ast.Expr) bool {
		for _, operand := range expr.Operands() {
			_, isTerm := operand.Value.(ast.Var)
			if _, isRef := operand.Value.(ast.Ref); expr.IsEquality() && !isTerm && !isRef || expr.IsCall() && expr.Operator().HasPrefix(ast.DefaultRootRef) {
				passOn(operand, bound, found)
			}
		}
		return false
	})
	for _, result := range []*ast.Term{r.Head.Key, r.Head.Value} {
		if result != nil {
			passOn(result, bound, found)
		}
	}
}

// passOn finds the parts of the input that a term hands to another rule, itself or in an object, array or set.
func passOn(term *ast.Term, bound map[ast.Var]string, found map[string]bool) {
	switch x := term.Value.(type) {
	case ast.Var:
		passOnRef(ast.Ref{ast.NewTerm(x)}, bound, found)
	case ast.Ref:
		passOnRef(x, bound, found)
	case ast.Object:
		x.Foreach(func(_, value *ast.Term) { passOn(value, bound, found) })
	case *ast.Array:
		x.Foreach(func(item *ast.Term) { passOn(item, bound, found) })
	case ast.Set:
		x.Foreach(func(item *ast.Term) { passOn(item, bound, found) })
	}
}

func passOnRef(ref ast.Ref, bound map[ast.Var]string, found map[string]bool) {
	if p := inputPath(ref, bound); p != "" {
		found[p+whole] = true
	}
}

// boundIn returns the variables of a rule that stand for parts of the input, with their paths.
func boundIn(r *ast.Rule) map[ast.Var]string {
	bound := map[ast.Var]string{}
	// A binding can precede one that it depends on; two rounds per variable are always enough.
	for changed := true; changed; {
		changed = false
		ast.WalkExprs(r, func(expr *ast.Expr) bool {
			if name, ref, ok := binding(expr); ok {
				if p := inputPath(ref, bound); p != "" && bound[name] == "" {
					bound[name], changed = p, true
				}
			}
			return false
		})
	}
	return bound
}

// binding matches `x = ref`, `ref = x` and `every x in ref`.
func binding(expr *ast.Expr) (ast.Var, ast.Ref, bool) {
	if every, ok := expr.Terms.(*ast.Every); ok {
		name, okVar := every.Value.Value.(ast.Var)
		ref, okRef := every.Domain.Value.(ast.Ref)
		if domain, isVar := every.Domain.Value.(ast.Var); isVar {
			ref, okRef = ast.Ref{ast.NewTerm(domain)}, true
		}
		return name, ref, okVar && okRef
	}
	if !expr.IsEquality() {
		return "", nil, false
	}
	left, right := expr.Operand(0).Value, expr.Operand(1).Value
	if _, ok := left.(ast.Ref); ok {
		left, right = right, left
	}
	name, okVar := left.(ast.Var)
	ref, okRef := right.(ast.Ref)
	return name, ref, okVar && okRef
}

// inputPath returns the path of a reference into the input: functions/tracing/mode/value. It is empty for other
// references.
func inputPath(ref ast.Ref, bound map[ast.Var]string) string {
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return ""
	}
	path := bound[head]
	if ref[0].Equal(ast.InputRootDocument) {
		path = ""
	} else if path == "" {
		return ""
	}
	for _, step := range ref[1:] {
		name, ok := step.Value.(ast.String)
		if !ok || name == "items" {
			continue
		}
		if path != "" {
			path += "/"
		}
		path += string(name)
	}
	return path
}
