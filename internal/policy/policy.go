// Package policy compiles and evaluates rules written in Rego. It is the only package that
// knows OPA, and it knows nothing of templates: it judges the model.
//
// Rules are compiled from text when lintel is built (Compile, Set.Marshal) and read in their
// compiled form when it runs (Load). Every rule has a compiler of its own, made when the rule
// is first needed, so that a small template pays only for the rules that can say something
// about it, and a rule that fails takes no other down.
package policy

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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

	custom []*Set      // of folders, not trusted; each with a guard
	guard  *guard      // nil: trusted
	turn   *sync.Mutex // of the custom rules of all sets that extend this one

	sources map[string][]byte // text by its path in a bundle; only of custom rules

	linker linker
}

// rule is one rule with what the engine derived from its text.
type rule struct {
	finding.Rule
	Package string // name of its folder and of its package below "rules"

	// Reads are the attributes it looks at, as paths in the model with "value" and the like
	// at the end: functions/tracing/mode/value.
	Reads []string

	// Needs has an entry per definition of deny: the collections and lists that it iterates over. Where
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
	s.turn = &sync.Mutex{}
	s.store = sync.OnceValues(func() (storage.Store, error) {
		var data map[string]any
		if err := unmarshalJSON(s.data, &data); err != nil {
			return nil, fmt.Errorf("read the policies' data: %w", err)
		}
		return inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true)), nil
	})
	for _, r := range s.rules {
		r.compiler = sync.OnceValues(func() (*ast.Compiler, error) { return link(r) })
	}
}

// Rules returns what is known about the rules, sorted by id.
func (s *Set) Rules() []finding.Rule {
	rules := make([]finding.Rule, len(s.rules))
	for i, r := range s.rules {
		rules[i] = r.Rule
	}
	for _, custom := range s.custom {
		rules = append(rules, custom.Rules()...)
	}
	if len(s.custom) > 0 {
		slices.SortFunc(rules, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	}
	return rules
}

// Judgement is what the rules say about one stack.
type Judgement struct {
	Findings  []finding.Finding // without a unit; not merged
	Undecided []finding.Undecided
	Problems  []finding.Problem // rules that failed
	Resources []string          // ids of all resources, when there are findings
	Hidden    []string          // texts that must not be shown, when there are findings
}

// Evaluate runs the rules for which enabled says yes on a linked stack. A rule that fails is a
// problem at the place root, and the others go on.
func (s *Set) Evaluate(ctx context.Context, stack *model.Stack, root string, facts model.Facts, enabled func(finding.Rule) bool) Judgement {
	var judgement Judgement
	input, index := model.Encode(stack, facts)
	e := encoded{root: root, stack: stack, input: input, index: index, lists: filled(index), unknown: unknownNodes(index)}
	s.judge(ctx, e, enabled, &judgement)
	if len(s.custom) > 0 {
		e.input = model.Mask(input, index) // what is secret is nothing for rules that are not trusted
	}
	for _, custom := range s.custom {
		custom.judge(ctx, e, enabled, &judgement)
	}
	if len(judgement.Findings) > 0 {
		judgement.Resources, judgement.Hidden = resources(index), hidden(index)
	}
	return judgement
}

// encoded is a stack as the rules see it.
type encoded struct {
	root    string
	stack   *model.Stack
	input   model.Object
	index   model.Index
	lists   map[listed]bool
	unknown []model.Node
}

// judge adds what the rules of the set itself say.
func (s *Set) judge(ctx context.Context, e encoded, enabled func(finding.Rule) bool, judgement *Judgement) {
	var value ast.Value // converted once, and only when a rule can say something
	caches := newCaches()
	concerned, firing, candidates := s.choose(e.input, e.lists, enabled)
	for _, r := range concerned {
		var found []finding.Finding
		if slices.Contains(firing, r) {
			if value == nil {
				value = valueOfInput(e.input)
				if s.guard == nil {
					caches.compiler = s.linker.compilerFor(firing, candidates)
				}
			}
			var err error
			if found, err = s.findings(ctx, r, value, e.stack, e.index, caches); err != nil {
				caches.virtual = topdown.NewVirtualCache() // nobody knows what it has left behind
				judgement.Problems = append(judgement.Problems, problem(e.root, fmt.Sprintf("rule %s failed: %s", r.ID, oneLine(err.Error()))))
				continue
			}
		}
		judgement.Findings = append(judgement.Findings, found...)
		judgement.Undecided = append(judgement.Undecided, r.undecided(e.unknown, found)...)
	}
}

// resources are the ids of the resources of a stack, sorted.
func resources(index model.Index) []string {
	seen := map[string]bool{}
	for i := range index {
		seen[index[i].Resource] = true
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// choose returns the rules that a stack concerns, those of them that can find something in it, and
// all that are enabled.
func (s *Set) choose(input model.Object, lists map[listed]bool, enabled func(finding.Rule) bool) (concerned, firing, candidates []*rule) {
	for _, r := range s.rules {
		if !enabled(r.Rule) {
			continue
		}
		candidates = append(candidates, r)
		if !r.concerns(input) {
			continue
		}
		concerned = append(concerned, r)
		if r.canFire(lists) {
			firing = append(firing, r)
		}
	}
	return concerned, firing, candidates
}

// caches are what the rules have in common when they judge one stack: the results of the libraries.
type caches struct {
	virtual  topdown.VirtualCache
	compiler *ast.Compiler // with all rules that run; nil: each has its own
}

func newCaches() caches { return caches{virtual: topdown.NewVirtualCache()} }

func problem(root, message string) finding.Problem {
	p := finding.Problem{Message: message}
	p.Range.Path = root
	return p
}

// findings runs one rule and looks up the places it returns.
func (s *Set) findings(ctx context.Context, r *rule, input ast.Value, stack *model.Stack, index model.Index, shared caches) ([]finding.Finding, error) {
	violations, err := s.ask(ctx, r, input, shared)
	if err != nil {
		return nil, err
	}
	if len(violations) == 0 {
		return nil, nil
	}
	redact := redactor(index)
	found := make([]finding.Finding, len(violations))
	for i, v := range violations {
		node, ok := index.Node(v.At)
		if !ok {
			return nil, fmt.Errorf("returned %d, which is no place in the input", v.At)
		}
		found[i] = finding.Finding{
			Rule: r.ID, Severity: v.severity(r.Severity), Message: redact.Replace(v.Message), Range: node.Range,
			Resource: node.Resource, Attribute: node.Attribute, When: node.When, Variants: node.Variants, Via: node.Via, Through: node.Through,
			Construct: node.Construct, Framework: node.Framework, Foreign: node.Foreign, Given: node.Given,
			Related: related(stack, index, node),
			Node:    finding.Node{Collection: node.Collection, Path: node.Path, Item: node.Item, Written: node.State != model.StateAbsent},
			Set:     v.Set,
			Secret:  node.Sensitive || r.pointsAtSecrets() && node.Attribute != "" && node.State != model.StateAbsent,
		}
	}
	return found, nil
}

// related are the places that explain a node.
func related(stack *model.Stack, index model.Index, node model.Node) []finding.Related {
	var all []finding.Related
	for _, r := range stack.Related(index, node) {
		all = append(all, finding.Related{Range: r.Range, Message: r.What})
	}
	return all
}

// redactor takes the sensitive values of a stack out of messages.
func redactor(index model.Index) *strings.Replacer {
	var pairs []string
	for _, text := range hidden(index) {
		pairs = append(pairs, text, "(sensitive)")
	}
	return strings.NewReplacer(pairs...)
}

// hidden are the texts that must not be shown, the longest first: one may contain another.
func hidden(index model.Index) []string {
	var all []string
	for i := range index {
		if index[i].Hidden != "" {
			all = append(all, index[i].Hidden)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(all)
}

// pointsAtSecrets reports whether what the rule finds is a secret: by its category, or because it finds
// credentials that are written down (CWE-798).
func (r *rule) pointsAtSecrets() bool {
	return r.Category == "secrets" || slices.Contains(r.CWE, "CWE-798")
}

// Violation is one element of a rule's result: a handle of the input and what is the case.
type Violation struct {
	At       int
	Message  string
	Severity string // of this case, where it is not that of the rule; empty: that of the rule
	Set      string // the value that would be right at At; empty: the rule does not say
	Key      string // tells apart several causes at one attribute: an action, a principal; empty: there is one
}

func (v Violation) severity(ofRule finding.Severity) finding.Severity {
	if own, ok := finding.ParseSeverity(v.Severity); ok {
		return own
	}
	return ofRule
}

// Violations runs one rule on a policy input, for those who test rules.
func (s *Set) Violations(ctx context.Context, id string, input map[string]any) ([]Violation, error) {
	value, err := ast.InterfaceToValue(input)
	if err != nil {
		return nil, err
	}
	for _, set := range append([]*Set{s}, s.custom...) {
		if i := slices.IndexFunc(set.rules, func(r *rule) bool { return r.ID == id }); i >= 0 {
			return set.ask(ctx, set.rules[i], value, newCaches())
		}
	}
	return nil, fmt.Errorf("there is no rule %s", id)
}

// ask evaluates one rule, under guard when it is not trusted.
func (s *Set) ask(ctx context.Context, r *rule, input ast.Value, shared caches) ([]Violation, error) {
	if s.guard == nil {
		return s.run(ctx, r, input, shared)
	}
	answer := make(chan []Violation, 1) // what is left behind may still answer
	err := s.guard.run(ctx, r, func(ctx context.Context) error {
		found, err := s.run(ctx, r, input, shared)
		if err == nil {
			err = excessive(found)
		}
		answer <- found
		return err
	})
	if err != nil {
		return nil, err
	}
	return <-answer, nil
}

// maxRuleTime is how long one rule may think about one stack.
const maxRuleTime = 10 * time.Second

// run evaluates one rule.
func (s *Set) run(ctx context.Context, r *rule, input ast.Value, shared caches) ([]Violation, error) {
	compiler := shared.compiler
	if compiler == nil {
		var err error
		if compiler, err = r.compiler(); err != nil {
			return nil, err
		}
	}
	store, err := s.store()
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeoutCause(ctx, maxRuleTime, fmt.Errorf("not done after %s", maxRuleTime))
	defer stop()
	deny := ast.Ref{ast.DefaultRootDocument, ast.StringTerm(rulesDir), ast.StringTerm(r.Package), ast.StringTerm("deny")}
	answer, err := evaluate(ctx, deny, question{compiler, store, ast.NewTerm(input), shared.virtual})
	if err != nil || answer == nil {
		return nil, err
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
	return found, nil
}

// question is what an evaluation takes place on.
type question struct {
	compiler *ast.Compiler
	store    storage.Store
	input    *ast.Term // nil: none
	virtual  topdown.VirtualCache
}

// evaluate returns the value of a document, nil when it is undefined.
func evaluate(ctx context.Context, document ast.Ref, on question) (ast.Value, error) {
	txn, err := on.store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer on.store.Abort(ctx, txn)
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()

	result := ast.Var("result")
	answers, err := topdown.NewQuery(ast.NewBody(ast.Equality.Expr(ast.NewTerm(document), ast.NewTerm(result)))).
		WithCompiler(on.compiler).WithStore(on.store).WithTransaction(txn).
		WithInput(on.input).WithCancel(cancel).WithVirtualCache(on.virtual).Run(ctx)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	if len(answers) == 0 {
		return nil, nil //nolint:nilnil // undefined
	}
	return answers[0][result].Value, nil
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
	severity, isSevere := valueOf[ast.String](object, "severity")
	if _, known := finding.ParseSeverity(string(severity)); isSevere && !known {
		return Violation{}, fmt.Errorf("returned severity %q, which is none", string(severity))
	}
	set, _ := valueOf[ast.String](object, "set")
	key, _ := valueOf[ast.String](object, "key")
	return Violation{At: at, Message: string(text), Severity: string(severity), Set: string(set), Key: string(key)}, nil
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
