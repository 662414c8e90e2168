package policy

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"lintel/internal/model"
)

// valueOfInput converts a policy input to OPA values.
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

// keyTerms caches the terms of the attribute names of the model, some hundred.
var keyTerms sync.Map //nolint:gochecknoglobals // a cache of immutable terms

func keyTerm(name string) *ast.Term {
	if known, ok := keyTerms.Load(name); ok {
		return known.(*ast.Term) //nolint:forcetypeassert // the only type that is stored
	}
	term := ast.StringTerm(name)
	keyTerms.Store(name, term)
	return term
}
