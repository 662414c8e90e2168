package terraform

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxModules is how deep modules may call each other.
const maxModules = 32

// evaluation is what the instances of all modules of one run share.
type evaluation struct {
	*loader
	root       string
	options    deployment.Options
	installed  map[string]installation // modules that terraform init has put there
	documents  map[string]documentAt   // policy documents by the key of their mark
	evaluating []string                // what is being evaluated, outermost first
	cyclic     map[string]bool         // what depends on itself: to follow it in its expression takes exponential time
	functions  map[string]function.Function
	budget     int                  // instances that may still be looked at
	joining    []string             // keys of the policy documents that are being put together, one within the other
	joined     map[string]tree.Tree // policy documents that were put together, by the key of their mark

	assumptions
	existence       existence
	varFiles        varFiles        // beside the root module; empty: none sets a variable
	terragrunt      *terragruntUnit // the unit of Terragrunt that is evaluated; nil: Terraform is
	withoutDefaults bool            // the variables of the root module that have their default value are unknown
	whole           bool            // read every block once, with what the branches of its conditionals have in common
}

// documentAt is a data source aws_iam_policy_document in one of its instances, or a document that was read as an element
// of a collection.
type documentAt struct {
	block *block
	scope scope
	read  *tree.Tree // nil: block defines the document
}

// instance is a module with the arguments of one call. It evaluates on demand and remembers.
type instance struct {
	*evaluation
	config     *config
	address    string                                    // "", or module.a["k"]. with the dot
	path       string                                    // names of the calls with dots between, as modules.json has them
	via        []source.Range                            // the calls that lead here, outermost first
	call       *block                                    // nil in the root module
	globals    map[string]func(names []string) cty.Value // further first names, by what evaluates those that follow
	thirdParty source.Range                              // the user's call that leads into a third-party module; zero: the user's own code
	mayExist   string                                    // why its existence is unknown; empty: it exists
	when       []source.Literal                          // the outcomes of conditions under which it exists
	caller     scope                                     // where the arguments of the call are evaluated
	values     map[string]cty.Value
	called     map[string][]child       // instances of the module's calls, by name
	expanded   map[string]expansion     // instances of its blocks, by name
	shared     map[*attribute]tree.Tree // what is the same in all instances of a block
	followed   map[definitionKey]readAt // definitions that were read, which blocks refer to

	providerTags    map[*block]tree.Tree                  // default_tags of its providers
	elementsWritten map[hcl.Expression]map[string]element // where the elements of collections are written
}

// child is one instance of a module call.
type child struct {
	key      cty.Value // cty.NilVal: the call has neither count nor for_each
	instance *instance
}

// scope is where an expression stands: a module, and within it an instance of a block.
type scope struct {
	*instance
	names   map[string]cty.Value // each, count, self, iterators of dynamic blocks
	origins map[string]origin    // the collections that each and iterators go through
}

// origin is an element of a collection as it is written.
type origin struct {
	in         scope
	collection hcl.Expression
	key        cty.Value // number or string; of a set the element
	isVariable bool      // the name stands for the element itself, as the variable of a loop; else for an object with key and value
	sets       *setMemo  // shared by the elements of the collection
}

// setMemo remembers whether a collection is a set: to evaluate it for each of its elements takes time that grows with the square.
type setMemo struct{ asked, isSet bool }

// isSet reports whether the collection is a set.
func (o origin) isSet() bool {
	if !o.sets.asked {
		*o.sets = setMemo{true, o.in.isSet(o.collection)}
	}
	return o.sets.isSet
}

// over is with for an element of a collection.
func (s scope) over(name string, value cty.Value, from origin) scope {
	s = s.with(name, value)
	origins := map[string]origin{name: from}
	for k, v := range s.origins {
		if k != name {
			origins[k] = v
		}
	}
	s.origins = origins
	return s
}

func (s scope) with(name string, value cty.Value) scope {
	names := map[string]cty.Value{name: value}
	for k, v := range s.names {
		if k != name {
			names[k] = v
		}
	}
	s.names = names
	if _, hidden := s.origins[name]; hidden {
		s.origins = maps.Clone(s.origins)
		delete(s.origins, name)
	}
	return s
}

// once evaluates a value the first time it is asked for. A value that depends on itself is a
// problem and not known.
func (m *instance) once(name string, at source.Range, evaluate func() cty.Value) cty.Value {
	if v, ok := m.values[name]; ok {
		return v
	}
	key := m.address + name
	for i, outer := range m.evaluating {
		if outer == key {
			m.problem(at, "%s depends on itself: %s", key, cycle(m.evaluating[i:], key))
			for _, name := range m.evaluating[i:] {
				m.cyclic[name] = true
			}
			return unknown(key + " depends on itself")
		}
	}
	if len(m.evaluating) == maxChain {
		m.problem(at, "%s is not evaluated: more than %d values refer to each other in a chain", key, maxChain)
		return unknown(tooMuch)
	}
	m.evaluating = append(m.evaluating, key)
	under, existence := m.assumptions, m.existence // what is remembered must not depend on them
	m.assumptions, m.existence = assumptions{}, unknownNumber
	value := m.meter.within(at, evaluate())
	m.assumptions, m.existence = under, existence
	m.evaluating = m.evaluating[:len(m.evaluating)-1]
	m.values[name] = value
	return value
}

// maxShown is the number of names of a cycle that a message shows.
const maxShown = 10

// cycle describes how a value depends on itself.
func cycle(names []string, first string) string {
	if len(names) > maxShown {
		names = append(slices.Clone(names[:maxShown]), fmt.Sprintf("… (%d more)", len(names)-maxShown))
	}
	return strings.Join(append(slices.Clone(names), first), " → ")
}

// value evaluates an expression. The result is unknown if it cannot be evaluated.
func (s scope) value(expr hcl.Expression) cty.Value {
	if expr == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	ctx := s.context(expr)
	value, diagnostics := evaluate(expr, ctx)
	if !diagnostics.HasErrors() {
		value = withExamples(expr, ctx, s.ofTaken(expr, value))
		if !value.IsWhollyKnown() {
			value = ofState(expr, ofOne(expr, s.withOptional(expr, s.withCollection(expr, value))))
		}
		value = withFile(expr, value)
		if value.Type() == cty.String && !isLiteral(expr) { // what is put together from pieces may be large
			return s.meter.within(rangeOf(expr.Range()), value)
		}
		return value
	}
	s.limits(diagnostics)
	// What it refers to is kept, so that the model still links.
	value = unknown("it cannot be evaluated: " + strings.TrimSuffix(diagnostics.Errs()[0].(*hcl.Diagnostic).Summary, ".")) //nolint:forcetypeassert,errorlint // Errs holds diagnostics
	for _, traversal := range expr.Variables() {
		if v, diagnostics := traversal.TraverseAbs(s.context(expr)); !diagnostics.HasErrors() {
			value = value.WithMarks(v.Marks())
		}
	}
	return value
}

// limits reports the calls of functions that were refused.
func (s scope) limits(diagnostics hcl.Diagnostics) {
	for _, d := range diagnostics {
		if extra, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d); ok && errors.Is(extra.FunctionCallError(), errTooLarge) && d.Subject != nil {
			s.problem(rangeOf(*d.Subject), "the result of %s() can have more than %d elements or %d MiB of text and counts as unknown",
				extra.CalledFunctionName(), maxElements, maxText>>20)
		}
	}
}

// context makes the names available that an expression mentions, and only those, so that
// nothing is evaluated that is not needed.
func (s scope) context(expr hcl.Expression) *hcl.EvalContext {
	needed := needs{}
	for _, traversal := range expr.Variables() {
		needed.add(traversal)
	}
	variables := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(needed)) { // the evaluation of one value decides how others evaluate: cycles, limits
		if value, ok := s.names[name]; ok {
			variables[name] = value
			continue
		}
		if global := s.globals[name]; global != nil {
			variables[name] = global(slices.Sorted(maps.Keys(needed[name])))
			continue
		}
		variables[name] = s.namespace(name, needed[name])
	}
	return &hcl.EvalContext{Variables: variables, Functions: s.functionsFor(expr)}
}

// needs are the references of an expression by their first name, then by what follows.
type needs map[string]map[string][]hcl.Traversal

func (n needs) add(traversal hcl.Traversal) {
	root := traversal.RootName()
	if n[root] == nil {
		n[root] = map[string][]hcl.Traversal{}
	}
	second := ""
	if len(traversal) > 1 {
		if step, ok := traversal[1].(hcl.TraverseAttr); ok {
			second = step.Name
		}
	}
	n[root][second] = append(n[root][second], traversal)
}

// namespace returns the value of a first name: an object with what is needed of it.
func (s scope) namespace(root string, names map[string][]hcl.Traversal) cty.Value {
	if _, whole := names[""]; whole {
		return unknown(root + " is unknown as a whole")
	}
	values := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		traversals := names[name]
		at := rangeOf(traversals[0].SourceRange())
		switch root {
		case "var":
			values[name] = s.variable(name, at)
		case "local":
			values[name] = s.local(name, at)
		case "module":
			values[name] = s.module(name, traversals)
		case "path":
			values[name] = s.filePath(name)
		case "terraform":
			values[name] = s.workspace(name)
		case "each", "count", "self":
			values[name] = unknown(root + "." + name + " is unknown here")
		case "ephemeral":
			values[name] = unknown("ephemeral." + name + " exists only while Terraform runs").Mark(sensitiveMark{})
		case "data":
			values[name] = s.dataSources(name, traversals)
		default:
			values[name] = s.resource(root+"."+name, traversals, 2)
		}
	}
	return cty.ObjectVal(values)
}

func (s scope) dataSources(kind string, traversals []hcl.Traversal) cty.Value {
	byName := map[string][]hcl.Traversal{}
	for _, traversal := range traversals {
		if len(traversal) < 3 {
			return unknown("data." + kind + " is unknown as a whole")
		}
		step, ok := traversal[2].(hcl.TraverseAttr)
		if !ok {
			return unknown("data." + kind + " is unknown as a whole")
		}
		byName[step.Name] = append(byName[step.Name], traversal)
	}
	values := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		values[name] = s.resource("data."+kind+"."+name, byName[name], 3)
	}
	return cty.ObjectVal(values)
}

func (s scope) filePath(name string) cty.Value {
	switch name {
	case "module":
		return cty.StringVal(s.config.dir)
	case "root":
		return cty.StringVal(s.root)
	case "cwd":
		return cty.StringVal(s.root)
	}
	return unknown("path." + name + " does not exist")
}

func (s scope) workspace(name string) cty.Value {
	if name == "workspace" && s.options.Workspace != "" {
		return cty.StringVal(s.options.Workspace)
	}
	return unknown("terraform." + name + " is known when Terraform runs")
}

func (m *instance) local(name string, at source.Range) cty.Value {
	a, ok := m.config.locals[name]
	if !ok {
		return unknown(m.missing.Note(m.address+"local."+name, at))
	}
	return m.once("local."+name, at, func() cty.Value { return scope{instance: m}.value(a.expr) })
}

// variable returns the value of an input variable: of the argument of the call or of what the
// user gave, converted to its type, else its default.
func (m *instance) variable(name string, at source.Range) cty.Value {
	declared, ok := m.config.variables[name]
	if !ok {
		return unknown(m.missing.Note(m.address+"var."+name, at))
	}
	return m.once("var."+name, at, func() cty.Value {
		value, given := m.argument(name)
		byDefault := m.defaultOf(declared)
		if given && byDefault != nil && isNull(value) && m.isFalse(declared, "nullable") {
			given = false
		}
		if !given {
			if byDefault == nil || m.rejects(declared, byDefault) {
				return m.asParameter(declared, m.hide(declared, m.unset(declared)))
			}
			value = scope{instance: m}.value(byDefault.expr)
		}
		return m.asParameter(declared, m.hide(declared, convertTo(declared, value)))
	})
}

// defaultOf returns the default value of a variable, or the choice of the values that files beside a root module have for it;
// nil: it has none, or it counts as unknown.
func (m *instance) defaultOf(declared *block) *attribute {
	if m.withoutDefaults && m.call == nil {
		return nil
	}
	if a := declared.body.get("default"); a != nil || m.call != nil {
		return a
	}
	return m.config.choices[declared.labels[0]]
}

// unset is a variable without a value. Its validation or type may allow only a few.
func (m *instance) unset(declared *block) cty.Value {
	name := "var." + declared.labels[0]
	value := unknown(name + " has no value")
	if !tree.NamesOne(name) && !excludesWildcard(declared) {
		value = value.Mark(patternMark{})
	}
	if tree.NamesResources(name) {
		value = value.Mark(outsideMark{})
	}
	if typeOf(declared) == cty.Bool {
		return examples(value, m.address+name, "true", "false")
	}
	if texts := validated(declared); texts != nil {
		return onlyExamples(value, m.address+name, texts...)
	}
	if tree.NamesRegion(name) {
		return examples(value, m.address+name, generated()["data.aws_region.region"]...)
	}
	return value
}

// asParameter marks the value of a variable of the root module, which the user of the configuration
// sets.
func (m *instance) asParameter(declared *block, value cty.Value) cty.Value {
	given := m.setIn(declared.labels[0])
	if m.call != nil || given.IsZero() && (value.Type() == cty.Bool || value.Type() == cty.Number) {
		return value
	}
	p := tree.Parameter{Name: declared.labels[0], Masked: m.flag(declared, "sensitive") == "true", Given: given}
	if a := declared.body.get("default"); a != nil {
		if text, _ := (scope{instance: m}).value(a.expr).Unmark(); isKnownString(text) {
			p.Default = text.AsString()
		}
		p.InFiles = true
	}
	_, isPassed := m.options.Variables[p.Name]
	p.InFiles = !isPassed && (p.InFiles || !given.IsZero())
	return value.Mark(parameterMark{p})
}

// setIn is where a file of values sets a variable.
func (m *instance) setIn(name string) source.Range {
	a, ok := m.config.values[name]
	if _, flag := m.options.Variables[name]; !ok || flag {
		return source.Range{}
	}
	return a.nameAt
}

func isNull(v cty.Value) bool {
	bare, _ := v.Unmark()
	return bare.IsNull()
}

func (m *instance) isFalse(b *block, name string) bool { return m.flag(b, name) == "false" }

// flag returns the literal true or false of an attribute.
func (m *instance) flag(b *block, name string) string {
	a := b.body.get(name)
	if a == nil {
		return ""
	}
	v, _ := scope{instance: m}.value(a.expr).Unmark()
	if v.IsKnown() && !v.IsNull() && v.Type() == cty.Bool {
		return strconv.FormatBool(v.True())
	}
	return ""
}

func (m *instance) hide(declared *block, value cty.Value) cty.Value {
	if m.flag(declared, "sensitive") == "true" {
		m.conceal(value)
		return value.Mark(sensitiveMark{})
	}
	return value
}

// argument returns what a variable is set to from outside.
func (m *instance) argument(name string) (cty.Value, bool) {
	if m.call != nil {
		if a := m.call.body.get(name); a != nil {
			return m.caller.value(a.expr).Mark(argumentMark{rangeOf(a.expr.Range()), len(m.via) - 1}), true
		}
		return cty.NilVal, false
	}
	if text, ok := m.options.Variables[name]; ok {
		return m.given(name, text), true
	}
	if a, ok := m.config.values[name]; ok {
		value, diagnostics := a.expr.Value(nil)
		if diagnostics.HasErrors() {
			return unknown("the value of var." + name + " cannot be read"), true
		}
		return value, true
	}
	return cty.NilVal, false
}

// given reads a value of the command line as Terraform does: text for a variable of type
// string, else an expression.
func (m *instance) given(name, text string) cty.Value {
	wanted := typeOf(m.config.variables[name])
	if wanted == cty.String || wanted == cty.DynamicPseudoType {
		return cty.StringVal(text)
	}
	if tooDeep([]byte(text), hclsyntax.LexExpression) {
		return cty.StringVal(text)
	}
	expr, diagnostics := hclsyntax.ParseExpression([]byte(text), "--var", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return cty.StringVal(text)
	}
	value, diagnostics := expr.Value(nil)
	if diagnostics.HasErrors() {
		return cty.StringVal(text)
	}
	return value
}

func typeOf(declared *block) cty.Type {
	if a := declared.body.get("type"); a != nil {
		if wanted, _, diagnostics := typeexpr.TypeConstraintWithDefaults(a.expr); !diagnostics.HasErrors() {
			return wanted
		}
	}
	return cty.DynamicPseudoType
}
