package policy

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/model"
)

// valueOfInput turns a policy input into OPA's values.
func valueOfInput(value any) ast.Value {
	switch x := value.(type) {
	case model.Object:
		pairs := make([][2]*ast.Term, len(x))
		for i := range x {
			pairs[i] = [2]*ast.Term{keyTerm(x[i].Key), termOf(x[i].Value)}
		}
		return ast.NewObject(pairs...)
	case []any:
		items := make([]*ast.Term, len(x))
		for i := range x {
			items[i] = termOf(x[i])
		}
		return ast.NewArray(items...)
	case string:
		return ast.String(x)
	}
	return termOf(value).Value
}

func termOf(value any) *ast.Term {
	switch x := value.(type) {
	case int:
		return ast.InternedTerm(x)
	case bool:
		return ast.InternedTerm(x)
	}
	return ast.NewTerm(valueOfInput(value))
}

// keyTerms remembers the terms of the model's attribute names. There are some hundred.
var keyTerms sync.Map //nolint:gochecknoglobals // a memo: the term of a name never changes

func keyTerm(name string) *ast.Term {
	if known, ok := keyTerms.Load(name); ok {
		return known.(*ast.Term) //nolint:forcetypeassert // only these are stored
	}
	term := ast.StringTerm(name)
	keyTerms.Store(name, term)
	return term
}
