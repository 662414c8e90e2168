// Package policy compiles and evaluates rules written in Rego. It is the only package that depends on OPA, and it does
// not depend on templates: its input is the model.
//
// Rules are compiled and planned from source when lintel is built (Compile, Set.Marshal) and loaded in their compiled
// form when it runs (Load). Package rego evaluates them; OPA itself evaluates only custom rules. A rule is parsed when
// it is first needed, so that the cost of a small template is that of the rules that can apply to it. A rule that fails
// does not affect the others.
package policy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/cputime"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Set is a set of compiled rules. It is safe for concurrent use.
type Set struct {
	rules []*rule                        // sorted by id
	data  func() (map[string]any, error) // data of the rules, such as runtimes; not modified

	listings func() (map[string]string, error) // listings of all functions, by name; only if compiled from source
	store    func() (storage.Store, error)     // data for OPA; only for custom rules

	numbering sync.Once
	numbers   needed // of the rules, when they are evaluated first

	custom []*Set      // untrusted sets of directories, each with a guard
	guard  *guard      // nil: trusted
	turn   *sync.Mutex // shared by the custom rules of all sets that extend this one

	sources map[string][]byte // sources by path in a bundle; only of custom rules
}

// rule is a rule with the data that the engine derives from its source.
type rule struct {
	finding.Rule
	Package string // name of its directory and of its package below "rules"
	deny    string // name of its function in a program

	// Reads are the attributes that it reads, as paths in the model that end in "value" or similar:
	// functions/tracing/mode/value.
	Reads []string

	// Needs has an entry for each definition of deny: the collections and lists that it iterates over. If one of them
	// is empty, the definition reports nothing.
	Needs [][]string

	program  func() (*rego.Program, error) // program with its functions; nil for a custom rule
	compiler func() (*ast.Compiler, error) // compiler of a custom rule
}

// Rules returns the metadata of the rules, sorted by id.
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

// each iterates over the rules without copies of them.
func (s *Set) each() iter.Seq[*finding.Rule] {
	return func(yield func(*finding.Rule) bool) {
		for _, set := range append([]*Set{s}, s.custom...) {
			for _, r := range set.rules {
				if !yield(&r.Rule) {
					return
				}
			}
		}
	}
}

// Replace returns the set with the rules of another set in place of those with the same id. Each rule keeps its data.
func (s *Set) Replace(other *Set) *Set {
	replaced := &Set{data: other.data, turn: other.turn, rules: slices.Clone(other.rules)}
	for _, r := range s.rules {
		if !slices.ContainsFunc(other.rules, func(o *rule) bool { return o.ID == r.ID }) {
			replaced.rules = append(replaced.rules, r)
		}
	}
	slices.SortFunc(replaced.rules, func(a, b *rule) int { return strings.Compare(a.ID, b.ID) })
	return replaced
}

// Judgement is the result of the rules for one stack.
type Judgement struct {
	Findings  []finding.Finding // without a unit, not merged
	Undecided []finding.Undecided
	Problems  []finding.Problem // rules that failed
	Hidden    []string          // sensitive strings, longest first
}

// Evaluate evaluates the enabled rules for a linked stack. A rule that fails is a problem at root and does not affect
// the others.
func (s *Set) Evaluate(ctx context.Context, stack *model.Stack, root string, facts model.Facts, enabled func(finding.Rule) bool) Judgement {
	var judgement Judgement
	reader := usedReaders.Get().(*rego.Reader) //nolint:forcetypeassert // the only type there
	defer usedReaders.Put(reader)
	defer reader.Release()
	input, index := model.EncodeAs(stack, facts, func(resource model.Object) any { return reader.Value(resource) })
	whole := func() model.Object {
		all, _ := model.Encode(stack, facts)
		return model.Mask(all, index) // custom rules are untrusted and get no secrets
	}
	e := encoded{
		root: root, stack: stack, input: input, reader: reader, whole: sync.OnceValue(whole), index: index,
		lists: filled(index), unknown: unknownPaths(index), redact: sync.OnceValue(func() *strings.Replacer { return redactor(index) }),
	}
	s.judge(ctx, e, enabled, &judgement)
	for _, custom := range s.custom {
		custom.judge(ctx, e, enabled, &judgement)
	}
	judgement.Findings = speaking(judgement.Findings, s.each())
	judgement.Hidden = model.Hidden(index)
	if at, limit, ok := index.Unsearched(); ok {
		judgement.Problems = append(judgement.Problems, finding.Problem{Range: at, Message: fmt.Sprintf("exceeds the limit of %s; this text is not searched, and those that follow may not be", limit)})
	}
	return judgement
}

// usedReaders are the readers of stacks that were judged before. They know the layouts of the objects of the model.
var usedReaders = sync.Pool{New: func() any { return new(rego.Reader) }} //nolint:gochecknoglobals // a memo: a layout never changes

// encoded is a stack as input of the rules.
type encoded struct {
	root    string
	stack   *model.Stack
	input   model.Object        // its resources are values of rego
	reader  *rego.Reader        // has made them
	whole   func() model.Object // the same as objects, for custom rules
	index   model.Index
	lists   map[listed]bool
	unknown []unknownPath
	redact  func() *strings.Replacer // masks sensitive values in messages
}

// node returns the node with a handle.
func (e encoded) node(at int) model.Node {
	node, _ := e.index.Node(at)
	return node
}

// judge adds the findings of the rules of this set, without those of custom.
func (s *Set) judge(ctx context.Context, e encoded, enabled func(finding.Rule) bool, judgement *Judgement) {
	planned := sync.OnceValue(func() rego.Value { return e.reader.Value(e.input) })
	asked := &questions{
		spare:   maxSpare,
		planned: planned,
		may:     sync.OnceValue(func() rego.Value { return rego.MayBe(planned(), e.node) }),
		mayAsk:  sync.OnceValue(func() rego.Value { return rego.MayBeAsked(planned(), e.node) }),
		opa:     func() (ast.Value, error) { return valueOfInput(e.whole()), nil },
	}
	defer asked.release()
	all := [][]finding.Finding{judgement.Findings}
	met := s.needed().met(e)
	for i, r := range s.rules {
		if !met.concerns(i) || !enabled(r.Rule) {
			continue
		}
		var found []finding.Finding
		asked.touched = true
		if met.canFire(i) {
			var err error
			if found, err = s.findings(ctx, r, asked, e); err != nil {
				judgement.Problems = append(judgement.Problems, problem(e.root, fmt.Sprintf("rule %s failed: %s", r.ID, oneLine(err.Error()))))
				if !isFault(err) {
					continue
				}
			}
		}
		decided, undecided := decide(ctx, r, asked, e, found)
		all = append(all, found, decided)
		judgement.Undecided = append(judgement.Undecided, undecided...)
	}
	judgement.Findings = slices.Concat(all...)
}

// maxSpare limits the statements that the rules may take for a stack, above the limit of each, for the question what they may
// find: about half a second.
const maxSpare = 1 << 23

// questions is the state that the rules share for one stack: the converted input and cached results of helpers.
type questions struct {
	planned     func() rego.Value         // the input for lintel's own rules
	may         func() rego.Value         // the same, for the question what they may find
	mayAsk      func() rego.Value         // the same, where that depends on each answer whether a value is unknown
	opa         func() (ast.Value, error) // the input for custom rules
	evaluations map[evaluating]*rego.Evaluation
	touched     bool      // whether the last answer of a rule may be another if something unknown is known
	spare       int       // statements that few rules may take above the limit of a question what they may find
	input       ast.Value // what opa returned
	virtual     topdown.VirtualCache
}

// evaluating is a program and the kind of question that it is asked.
type evaluating struct {
	program *rego.Program
	kind    kindOfQuestion
}

// kindOfQuestion is what is asked of a rule.
type kindOfQuestion int

const (
	whatIs     kindOfQuestion = iota // what it finds
	whatMayBe                        // what it may find
	whatMustBe                       // what it may find, to know what it finds whatever it asks about unknown values
)

// evaluation returns the evaluation of a program.
func (q *questions) evaluation(p *rego.Program, kind kindOfQuestion) *rego.Evaluation {
	if q.evaluations == nil {
		q.evaluations = map[evaluating]*rego.Evaluation{}
	}
	e := q.evaluations[evaluating{p, kind}]
	if e == nil {
		switch kind {
		case whatIs:
			e = p.Evaluate(q.planned())
			e.Limit(maxRuleTime, errRuleTime)
		case whatMayBe:
			e = p.May(q.may())
		case whatMustBe:
			e = p.May(q.mayAsk())
		}
		if kind != whatIs {
			e.Spare(&q.spare)
			e.Knowing(q.evaluation(p, whatIs))
		}
		q.evaluations[evaluating{p, kind}] = e
	}
	return e
}

// release ends the evaluations.
func (q *questions) release() {
	for _, e := range q.evaluations { // any order: they are independent
		e.Release()
	}
	q.evaluations = nil
}

// forOPA returns the input for custom rules and their shared cache.
func (q *questions) forOPA() (ast.Value, topdown.VirtualCache, error) {
	var err error
	if q.input == nil {
		q.input, err = q.opa()
		q.virtual = topdown.NewVirtualCache()
	}
	return q.input, q.virtual, err
}

func problem(root, message string) finding.Problem {
	p := finding.Problem{Message: message}
	p.Range.Path = root
	return p
}

// findings evaluates one rule and resolves the handles in its result. With a fault it returns findings and an error.
func (s *Set) findings(ctx context.Context, r *rule, asked *questions, e encoded) ([]finding.Finding, error) {
	violations, fault := s.ask(ctx, r, asked)
	if fault != nil && !isFault(fault) {
		return nil, fault
	}
	found, err := r.located(violations, e)
	return found, cmp.Or(err, fault)
}

// located returns the findings that violations are.
func (r *rule) located(violations []Violation, e encoded) ([]finding.Finding, error) {
	if len(violations) == 0 {
		return nil, nil
	}
	found := make([]finding.Finding, 0, len(violations))
	for _, v := range violations {
		node, ok := e.index.Node(v.At)
		if !ok {
			return nil, fmt.Errorf("returned %d, which is not a handle of the input", v.At)
		}
		if node.Aside {
			continue
		}
		found = append(found, finding.Finding{
			Place: v.place(node), Rule: r.ID, Key: v.Key, Severity: v.severity(r.Severity), Message: redacted(e.redact(), node.InItsUnit(v.Message), node.Resource), Of: node.Unit,
			Related: related(e.stack, e.index, node),
			Node:    finding.Node{Collection: node.Collection, Path: node.Path, Item: node.Item, Written: node.State != tree.StateAbsent},
			Set:     v.Set,
			Unsafe:  v.Unsafe,
			Secret:  node.Sensitive || r.pointsAtSecrets() && node.Attribute != "" && node.State != tree.StateAbsent,
		})
	}
	return found, nil
}

// related returns the locations that explain a node.
func related(stack *model.Stack, index model.Index, node model.Node) []finding.Related {
	var all []finding.Related
	for _, r := range stack.Related(index, node) {
		all = append(all, finding.Related{Range: r.Range, Message: r.What, Step: r.Step})
	}
	return all
}

// redacted returns a message without sensitive values. The name of the resource stays, apart from instance keys: names
// are no secrets.
func redacted(redact *strings.Replacer, message, resource string) string {
	name, _, _ := strings.Cut(resource, "[")
	if name == "" || redact.Replace(name) == name {
		return redact.Replace(message)
	}
	parts := strings.Split(message, name)
	for i := range parts {
		parts[i] = redact.Replace(parts[i])
	}
	return strings.Join(parts, name)
}

// redactor returns a replacer that masks the sensitive values of a stack in messages.
func redactor(index model.Index) *strings.Replacer {
	var pairs []string
	for _, text := range model.Hidden(index) {
		pairs = append(pairs, text, "(sensitive)")
	}
	return strings.NewReplacer(pairs...)
}

// pointsAtSecrets reports whether the findings of a rule are secrets: by its category, or because it flags hard-coded
// credentials (CWE-798).
func (r *rule) pointsAtSecrets() bool {
	return r.Category == "secrets" || slices.Contains(r.CWE, "CWE-798")
}

// Violation is an element of the result of a rule: a handle of the input with the message.
type Violation struct {
	At       int
	Message  string
	Severity string // empty: the severity of the rule
	Set      string // correct value at At; empty: not computed
	Unsafe   string // risk of the fix in this case; empty: the risk that the rule declares
	Key      string // distinguishes several causes at one attribute, such as actions or principals; empty: one cause
	Place    string // "use": the finding is where the value is used; empty: where it is written
}

// place is where a user edits: where the value is written, unless the fault is that it is used.
func (v Violation) place(node model.Node) source.Place {
	if v.Place == "use" {
		return node.Place
	}
	return node.AtWritten()
}

func (v Violation) severity(ofRule finding.Severity) finding.Severity {
	if own, ok := finding.ParseSeverity(v.Severity); ok {
		return own
	}
	return ofRule
}

// MayRead reports whether a rule can read an attribute of the model, or a part of it. The path consists of the collection and the
// names of attributes, without list indices, such as "functions/tracing/mode". It is false if there is no such rule.
func (s *Set) MayRead(id, path string) bool {
	for _, set := range append([]*Set{s}, s.custom...) {
		if i := slices.IndexFunc(set.rules, func(r *rule) bool { return r.ID == id }); i >= 0 {
			return set.rules[i].mayRead(partAt(path))
		}
	}
	return false
}

// Violations evaluates one rule for a policy input, for tests.
func (s *Set) Violations(ctx context.Context, id string, input map[string]any) ([]Violation, error) {
	asked := &questions{
		planned: func() rego.Value { return rego.FromJSON(input) },
		opa:     func() (ast.Value, error) { return ast.InterfaceToValue(input) },
	}
	for _, set := range append([]*Set{s}, s.custom...) {
		if i := slices.IndexFunc(set.rules, func(r *rule) bool { return r.ID == id }); i >= 0 {
			return set.ask(ctx, set.rules[i], asked)
		}
	}
	return nil, fmt.Errorf("there is no rule %s", id)
}

// maxRuleTime is the time limit of a rule for one stack.
const maxRuleTime = 10 * time.Second

var errRuleTime = fmt.Errorf("exceeds the time limit of %s", maxRuleTime)

// fault is the error of a rule in which a built-in function failed, such as a division by zero. The expression is
// undefined, and what the rule finds without it is valid.
type fault struct{ error }

func (f fault) Unwrap() error { return f.error }

func isFault(err error) bool {
	_, ok := errors.AsType[fault](err)
	return ok
}

// ask evaluates one rule, with the guard if it is untrusted. With a fault it returns violations and an error.
func (s *Set) ask(ctx context.Context, r *rule, asked *questions) ([]Violation, error) {
	if r.program != nil {
		return r.run(ctx, asked) // with the same limit; see questions.evaluation
	}
	ctx, stop := cputime.WithLimit(ctx, maxRuleTime, errRuleTime)
	defer stop()
	answer := make(chan []Violation, 1) // buffered, because the evaluation may end after the limit
	err := s.guard.run(ctx, r, func(ctx context.Context) error {
		found, err := s.run(ctx, r, asked)
		if err == nil || isFault(err) {
			err = cmp.Or(excessive(found), err)
		}
		answer <- found
		return err
	})
	if err != nil {
		asked.virtual = topdown.NewVirtualCache() // an interrupted rule may still write to the old cache, and helpers in it may be incomplete
		if !isFault(err) {
			return nil, err
		}
	}
	return <-answer, err
}

// run evaluates a built-in rule.
func (r *rule) run(ctx context.Context, asked *questions) ([]Violation, error) {
	program, err := r.program()
	if err != nil {
		return nil, err
	}
	known := asked.evaluation(program, whatIs)
	answer, err := known.Rule(ctx, r.deny)
	asked.touched = known.Touched()
	if f, ok := errors.AsType[*rego.Fault](err); ok {
		err = fault{f}
	} else if err != nil {
		return nil, err
	}
	items := answer.Items()
	found := make([]Violation, len(items))
	for i, item := range items {
		found[i] = violationOf(item)
	}
	return found, err
}

// violationOf converts an element of deny, whose type was checked at compile time.
func violationOf(item rego.Value) Violation {
	at, _ := item.Member("at").Number()
	member := func(name string) string {
		s, _ := item.Member(name).Text()
		return s
	}
	return Violation{At: at, Message: member("message"), Severity: member("severity"), Set: member("set"), Unsafe: member("unsafe"), Key: member("key"), Place: member("place")}
}
