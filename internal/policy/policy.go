// Package policy compiles and evaluates rules written in Rego. It is the only package that
// knows OPA, and it knows nothing of templates: it judges the model.
//
// Rules are compiled from text when lintel is built (Compile, Set.Marshal) and read in their
// compiled form when it runs (Load). Every rule has a compiler of its own, made when the rule
// is first needed, so that a small template pays only for the rules that can say something
// about it, and a rule that fails takes no other down.
package policy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/finding"
	"lintel/internal/model"
)

// Set is a set of compiled rules. It is safe for concurrent use.
type Set struct {
	rules []*rule // sorted by id
	data  string  // JSON object: what rules see as data, runtimes for example
	store func() (storage.Store, error)
}

// rule is one rule with what the engine derived from its text.
type rule struct {
	finding.Rule
	Package string // name of its folder and of its package below "rules"

	// Reads are the attributes it looks at, as paths in the model with "value" and the like
	// at the end: functions/tracing/mode/value.
	Reads []string

	// Needs has an entry per definition of deny: the collections that it iterates over. Where
	// one of them is empty, the definition finds nothing.
	Needs [][]string

	modules  []module // its own and the helpers it imports
	builtins []string // names of the built-in functions that the modules call
	compiler func() (*ast.Compiler, error)
}

// module is a compiled Rego module, decoded when it is needed.
type module struct {
	name   string
	decode func() (*ast.Module, error)
}

// prepare sets up what is made on first use.
func (s *Set) prepare() {
	s.store = sync.OnceValues(func() (storage.Store, error) {
		var data map[string]any
		if err := unmarshalJSON(s.data, &data); err != nil {
			return nil, fmt.Errorf("read the policies' data: %w", err)
		}
		return inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true)), nil
	})
	groups := map[string][]*rule{}
	for _, r := range s.rules {
		groups[r.group()] = append(groups[r.group()], r)
	}
	for _, group := range groups {
		compiler := sync.OnceValues(func() (*ast.Compiler, error) { return link(group) })
		for _, r := range group {
			r.compiler = compiler
		}
	}
}

// group names the rules that are linked together, because they use the same helpers and have
// something to say about the same stacks: linking the helpers costs more than the rules.
func (r *rule) group() string {
	var names []string
	for _, m := range r.modules {
		if !strings.HasPrefix(m.name, rulesDir+"/") {
			names = append(names, m.name)
		}
	}
	if len(names) == 0 {
		return r.ID
	}
	slices.Sort(names)
	needs := slices.Clone(r.Needs)
	slices.SortFunc(needs, slices.Compare)
	return fmt.Sprint(names, slices.CompactFunc(needs, slices.Equal))
}

// Rules returns what is known about the rules, sorted by id.
func (s *Set) Rules() []finding.Rule {
	rules := make([]finding.Rule, len(s.rules))
	for i, r := range s.rules {
		rules[i] = r.Rule
	}
	return rules
}

// Judgement is what the rules say about one stack.
type Judgement struct {
	Findings  []finding.Finding // without a unit; not merged
	Undecided []finding.Undecided
	Problems  []finding.Problem // rules that failed
}

// Evaluate runs the rules for which enabled says yes on a linked stack. A rule that fails is a
// problem at the place root, and the others go on.
func (s *Set) Evaluate(ctx context.Context, stack *model.Stack, root string, today time.Time, enabled func(finding.Rule) bool) Judgement {
	var judgement Judgement
	input, index := model.Encode(stack, today)
	var value ast.Value // converted once, and only when a rule can say something
	for _, r := range s.rules {
		if !enabled(r.Rule) || !r.canFire(input) {
			continue
		}
		if value == nil {
			value = valueOfInput(input)
		}
		found, err := s.findings(ctx, r, value, index)
		if err != nil {
			judgement.Problems = append(judgement.Problems, problem(root, fmt.Sprintf("rule %s failed: %v", r.ID, err)))
			continue
		}
		judgement.Findings = append(judgement.Findings, found...)
		judgement.Undecided = append(judgement.Undecided, r.undecided(index, found)...)
	}
	return judgement
}

func problem(root, message string) finding.Problem {
	p := finding.Problem{Message: message}
	p.Range.Path = root
	return p
}

// canFire reports whether the collections are there that some definition of the rule needs.
func (r *rule) canFire(input model.Object) bool {
	return slices.ContainsFunc(r.Needs, func(needs []string) bool {
		return !slices.ContainsFunc(needs, func(collection string) bool {
			resources, ok := input.Get(collection).([]any)
			return ok && len(resources) == 0
		})
	})
}

// findings runs one rule and looks up the places it returns.
func (s *Set) findings(ctx context.Context, r *rule, input ast.Value, index model.Index) ([]finding.Finding, error) {
	violations, err := s.run(ctx, r, input)
	if err != nil {
		return nil, err
	}
	redact := redactor(index)
	found := make([]finding.Finding, len(violations))
	for i, v := range violations {
		node, ok := index.Node(v.At)
		if !ok {
			return nil, fmt.Errorf("returned %d, which is no place in the input", v.At)
		}
		found[i] = finding.Finding{
			Rule: r.ID, Severity: r.Severity, Message: redact.Replace(v.Message), Range: node.Range,
			Resource: node.Resource, Attribute: node.Attribute, When: node.When, Via: node.Via,
			Secret: node.Sensitive || r.Category == secrets && node.State != model.StateAbsent,
		}
	}
	return found, nil
}

// redactor takes the sensitive values of a stack out of messages.
func redactor(index model.Index) *strings.Replacer {
	var pairs []string
	for _, node := range index {
		if node.Hidden != "" {
			pairs = append(pairs, node.Hidden, "(sensitive)")
		}
	}
	return strings.NewReplacer(pairs...)
}

// secrets is the category of the rules that point at secrets.
const secrets = "secrets"

// Violation is one element of a rule's result: a handle of the input and what is the case.
type Violation struct {
	At      int
	Message string
}

// Violations runs one rule on a policy input, for those who test rules.
func (s *Set) Violations(ctx context.Context, id string, input map[string]any) ([]Violation, error) {
	i := slices.IndexFunc(s.rules, func(r *rule) bool { return r.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("there is no rule %s", id)
	}
	value, err := ast.InterfaceToValue(input)
	if err != nil {
		return nil, err
	}
	return s.run(ctx, s.rules[i], value)
}

// maxRuleTime is how long one rule may think about one stack.
const maxRuleTime = 10 * time.Second

// run evaluates one rule.
func (s *Set) run(ctx context.Context, r *rule, input ast.Value) ([]Violation, error) {
	compiler, err := r.compiler()
	if err != nil {
		return nil, err
	}
	store, err := s.store()
	if err != nil {
		return nil, err
	}
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)

	ctx, stop := context.WithTimeoutCause(ctx, maxRuleTime, fmt.Errorf("not done after %s", maxRuleTime))
	defer stop()
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()

	result := ast.Var("result")
	deny := ast.NewTerm(ast.Ref{
		ast.DefaultRootDocument, ast.StringTerm(rulesDir), ast.StringTerm(r.Package), ast.StringTerm("deny"),
	})
	answers, err := topdown.NewQuery(ast.NewBody(ast.Equality.Expr(deny, ast.NewTerm(result)))).
		WithCompiler(compiler).WithStore(store).WithTransaction(txn).
		WithInput(ast.NewTerm(input)).WithCancel(cancel).Run(ctx)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	var found []Violation
	for _, answer := range answers {
		set, ok := answer[result].Value.(ast.Set)
		if !ok {
			return nil, fmt.Errorf("deny is a %s, not a set", ast.ValueName(answer[result].Value))
		}
		for _, item := range set.Slice() {
			v, err := violation(item)
			if err != nil {
				return nil, err
			}
			found = append(found, v)
		}
	}
	return found, nil
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
		return Violation{}, fmt.Errorf("returned %v, not {at, message}", item)
	}
	return Violation{At: at, Message: string(text)}, nil
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
