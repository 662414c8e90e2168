package policy

import (
	"context"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/finding"
)

// run evaluates a custom rule with OPA.
func (s *Set) run(ctx context.Context, r *rule, asked *questions) ([]Violation, error) {
	compiler, err := r.compiler()
	if err != nil {
		return nil, err
	}
	store, err := s.store()
	if err != nil {
		return nil, err
	}
	input, virtual, err := asked.forOPA()
	if err != nil {
		return nil, err
	}
	deny := ast.Ref{ast.DefaultRootDocument, ast.StringTerm(rulesDir), ast.StringTerm(r.Package), ast.StringTerm("deny")}
	answer, failed := evaluate(ctx, deny, question{compiler, store, ast.NewTerm(input), virtual})
	failed = placed(failed, compiler.GetRulesExact(deny))
	if failed != nil && !isFault(failed) || answer == nil {
		return nil, failed
	}
	set, ok := answer.(ast.Set)
	if !ok {
		return nil, fmt.Errorf("deny is a %s, not a set", ast.ValueName(answer))
	}
	var found []Violation
	for _, item := range set.Slice() {
		v, err := violation(item)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, failed
}

// placed adds the place of the first definition of a rule to an error without one, such as one in a template string.
func placed(err error, of []*ast.Rule) error {
	if without, ok := errors.AsType[*topdown.Error](err); ok && isFault(err) && without.Location == nil && len(of) > 0 {
		copied := *without
		copied.Location = of[0].Location
		return fault{&copied}
	}
	return err
}

// question is the input of an evaluation.
type question struct {
	compiler *ast.Compiler
	store    storage.Store
	input    *ast.Term // nil: none
	virtual  topdown.VirtualCache
}

// evaluate returns the value of a document, or nil if it is undefined. With a fault it returns a value and an error.
func evaluate(ctx context.Context, document ast.Ref, on question) (ast.Value, error) {
	txn, err := on.store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer on.store.Abort(ctx, txn)
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()

	var failed []topdown.Error
	result := ast.Var("result")
	answers, err := topdown.NewQuery(ast.NewBody(ast.Equality.Expr(ast.NewTerm(document), ast.NewTerm(result)))).
		WithCompiler(on.compiler).WithStore(on.store).WithTransaction(txn).
		WithInput(on.input).WithCancel(cancel).WithVirtualCache(on.virtual).WithBuiltinErrorList(&failed).Run(ctx)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	if len(failed) > 0 {
		err = fault{&failed[0]}
	}
	if len(answers) == 0 {
		return nil, err
	}
	return answers[0][result].Value, err
}

func violation(item *ast.Term) (Violation, error) {
	object, ok := item.Value.(ast.Object)
	if !ok {
		return Violation{}, fmt.Errorf("returned %v, not an object", item)
	}
	number, okAt := valueOf[ast.Number](object, "at")
	text, okMessage := valueOf[ast.String](object, "message")
	at, isInt := number.Int()
	if !okAt || !okMessage || !isInt {
		return Violation{}, fmt.Errorf("returned %v instead of an object with at and message", item)
	}
	severity, isSevere := valueOf[ast.String](object, "severity")
	if _, known := finding.ParseSeverity(string(severity)); isSevere && !known {
		return Violation{}, fmt.Errorf("returned the unknown severity %q", string(severity))
	}
	set, _ := valueOf[ast.String](object, "set")
	unsafe, _ := valueOf[ast.String](object, "unsafe")
	key, _ := valueOf[ast.String](object, "key")
	place, _ := valueOf[ast.String](object, "place")
	return Violation{
		At: at, Message: string(text), Severity: string(severity), Set: string(set), Unsafe: string(unsafe), Key: string(key), Place: string(place),
	}, nil
}

func valueOf[T ast.Value](object ast.Object, key string) (T, bool) {
	var zero T
	term := object.Get(ast.StringTerm(key))
	if term == nil {
		return zero, false
	}
	value, ok := term.Value.(T)
	return value, ok
}
