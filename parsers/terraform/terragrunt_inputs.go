package terraform

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/deployment"
)

// inputs are the values that a configuration of Terragrunt passes to variables.
type inputs struct {
	values map[string]input
	open   string // why there may be further ones, or other values; empty: these are all
}

// input is the value of one variable, and where it is written.
type input struct {
	value     cty.Value
	at        hcl.Range
	isLiteral bool // at is that of a literal
}

// inputs returns what the unit passes to its module.
func (u *terragruntUnit) inputs() inputs { return u.main.merged() }

// merged returns the inputs of a configuration with those of the files that it includes.
func (f *terragruntFile) merged() inputs {
	all := f.own()
	for _, i := range slices.Backward(f.includes) {
		switch i.strategy {
		case "no_merge":
		case "shallow":
			all = i.file.own().overriddenBy(all)
		case "deep", "deep_map_only":
			all = i.file.own().deepenedBy(all, i.strategy == "deep")
		default:
			f.unit.note("the merge_strategy " + i.strategy + " is unknown")
			all = i.file.own().overriddenBy(all)
			all.open = cmp.Or(all.open, "the merge_strategy "+i.strategy+" is unknown")
		}
	}
	return all
}

// own returns the inputs that the file itself writes.
func (f *terragruntFile) own() inputs {
	a := f.body.get("inputs")
	if a == nil {
		return inputs{}
	}
	return f.entries(a.expr, 0)
}

// entries returns the elements of a map, each evaluated by itself: one that is unknown hides no other.
func (f *terragruntFile) entries(expr hcl.Expression, depth int) inputs {
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ObjectConsExpr:
		return f.written(e)
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "merge" && !e.ExpandFinal && depth < maxFollow {
			found := inputs{}
			for _, argument := range e.Args {
				found = found.overriddenBy(f.entries(argument, depth+1))
			}
			return found
		}
	case *hclsyntax.ScopeTraversalExpr:
		if a := f.config.locals[localName(e.Traversal)]; a != nil && depth < maxFollow && !f.isCircular("local."+a.name) {
			return f.entries(a.expr, depth+1)
		}
	}
	return f.computed(bareExpression(expr))
}

// written returns the elements of a map that is written out.
func (f *terragruntFile) written(e *hclsyntax.ObjectConsExpr) inputs {
	s := scope{instance: f.instance}
	found := inputs{values: map[string]input{}}
	for _, item := range e.Items {
		key, _ := s.value(item.KeyExpr).UnmarkDeep()
		if !isKnownString(key) {
			found.open = "the name of an input is unknown"
			continue
		}
		own := input{value: s.value(item.ValueExpr), at: item.ValueExpr.Range()}
		if _, literal := s.resolve(item.ValueExpr, nil, 0); literal != nil && isLiteral(literal) {
			own.at, own.isLiteral = literal.Range(), true
		}
		found.values[key.AsString()] = own
	}
	return found
}

// computed returns the elements of a map that is a result.
func (f *terragruntFile) computed(expr hcl.Expression) inputs {
	value, marks := scope{instance: f.instance}.value(expr).Unmark()
	switch {
	case !value.IsKnown() || !value.IsNull() && !isMap(value):
		return inputs{open: whyUnknown(marks, "the inputs are known when Terragrunt runs")}
	case value.IsNull():
		return inputs{}
	}
	found := inputs{values: map[string]input{}}
	for name, element := range value.AsValueMap() { // any order: it fills a map
		found.values[name] = input{value: element.WithMarks(marks), at: expr.Range()}
	}
	return found
}

func isMap(v cty.Value) bool { return v.Type().IsObjectType() || v.Type().IsMapType() }

// localName returns the name of a local value that a reference is as a whole; empty: it is another one.
func localName(traversal hcl.Traversal) string {
	if step, ok := traversal[len(traversal)-1].(hcl.TraverseAttr); ok && len(traversal) == 2 && traversal.RootName() == "local" {
		return step.Name
	}
	return ""
}

// overriddenBy returns inputs with others that count more.
func (i inputs) overriddenBy(others inputs) inputs {
	found := inputs{values: map[string]input{}, open: cmp.Or(others.open, i.open)}
	for name, own := range i.values { // any order: it fills a map
		if others.open != "" {
			own.value = unknown(others.open)
		}
		found.values[name] = own
	}
	maps.Copy(found.values, others.values)
	return found
}

// deepenedBy is overriddenBy that merges maps. It appends lists if they are merged, too.
func (i inputs) deepenedBy(others inputs, withLists bool) inputs {
	found := i.overriddenBy(others)
	for name, other := range others.values { // any order: it fills a map
		if own, ok := i.values[name]; ok {
			found.values[name] = input{value: deepMerge(own.value, other.value, withLists, 0), at: other.at, isLiteral: other.isLiteral}
		}
	}
	return found
}

// deepMerge merges two values: maps by their keys and, if asked for, lists by appending them. Of others the second one counts.
func deepMerge(a, b cty.Value, withLists bool, depth int) cty.Value {
	x, marksA := a.Unmark()
	y, marksB := b.Unmark()
	isList := func(v cty.Value) bool { return v.Type().IsTupleType() || v.Type().IsListType() }
	switch {
	case depth > maxFollow || !x.IsKnown() || !y.IsKnown():
		return unknown("the merged inputs are known when Terragrunt runs").WithMarks(marksA, marksB)
	case y.IsNull() || x.IsNull():
		return b
	case isMap(x) && isMap(y):
		return cty.ObjectVal(mergedElements(x, y, withLists, depth)).WithMarks(marksA, marksB)
	case withLists && isList(x) && isList(y):
		return cty.TupleVal(slices.Concat(x.AsValueSlice(), y.AsValueSlice())).WithMarks(marksA, marksB)
	}
	return b
}

// mergedElements is deepMerge of the elements of two maps.
func mergedElements(a, b cty.Value, withLists bool, depth int) map[string]cty.Value {
	merged := map[string]cty.Value{}
	maps.Copy(merged, a.AsValueMap())
	for key, value := range b.AsValueMap() { // any order: it fills a map
		if own, ok := merged[key]; ok {
			value = deepMerge(own, value, withLists, depth+1)
		}
		merged[key] = value
	}
	return merged
}

// object returns the inputs as a value.
func (i inputs) object() cty.Value {
	if i.open != "" {
		return unknown(i.open)
	}
	values := map[string]cty.Value{}
	for name, own := range i.values { // any order: it fills a map
		values[name] = own.value
	}
	return cty.ObjectVal(values)
}

// text returns a text that differs for values that differ.
func (i inputs) text() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(i.values)) {
		fmt.Fprintf(&b, "%s=%#v\n", name, i.values[name].value)
	}
	return b.String() + i.open
}

// evaluated is an expression whose value is known, at the place where it is written.
type evaluated struct {
	value     cty.Value
	at        hcl.Range
	isLiteral bool
}

// Value returns the value.
func (e *evaluated) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) { return e.value, nil }

// Variables returns no references: the value does not depend on them any longer.
func (*evaluated) Variables() []hcl.Traversal { return nil }

// Range returns where the value is written.
func (e *evaluated) Range() hcl.Range { return e.at }

// StartRange returns where the value is written.
func (e *evaluated) StartRange() hcl.Range { return e.at }

// takeInputs sets the variables of the root module as a unit of Terragrunt does. It sets environment variables, which files with
// values precede (https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence).
func (m *instance) takeInputs(name string, opt deployment.Options) {
	u := newTerragruntUnit(m.fsys, name, opt)
	if err := u.load(); err != nil {
		return // the search reports it
	}
	files, err := u.varFiles()
	if err != nil {
		return // as above
	}
	for _, file := range files { // they precede all others
		for _, a := range m.valuesFile(file) {
			m.config.values[a.name] = a
		}
	}
	passed := u.inputs()
	maps.Copy(m.files, u.files)
	for _, b := range u.generated() {
		if len(b.labels) == 1 && m.config.variables[b.labels[0]] == nil {
			m.config.add(b)
		}
	}
	m.setVariables(passed, u.main.body.get("inputs"))
}

// setVariables sets the variables that no file sets. at is the attribute whose value may set further ones; nil: none does.
func (m *instance) setVariables(passed inputs, at *attribute) {
	for name := range m.config.variables { // any order: each is set by itself
		if m.config.values[name] != nil {
			continue
		}
		own, ok := passed.values[name]
		switch {
		case ok:
			m.config.values[name] = &attribute{name: name, nameAt: rangeOf(own.at), expr: &evaluated{asPassed(own.value), own.at, own.isLiteral}}
		case passed.open != "" && at != nil:
			m.config.values[name] = &attribute{name: name, nameAt: at.nameAt, expr: &evaluated{value: unknown(passed.open), at: at.expr.Range()}}
		}
	}
}

// generated returns the variables that files declare which the unit writes into its module, as far as their text is known. Other blocks
// than settings of Terraform and of providers are not read.
func (u *terragruntUnit) generated() []*block {
	var all []*block
	known := map[string]bool{}
	for _, f := range u.chain() {
		for _, b := range f.body.blocks {
			if b.kind != "generate" || known[strings.Join(b.labels, ".")] {
				continue
			}
			known[strings.Join(b.labels, ".")] = true
			all = append(all, f.generated(b)...)
		}
	}
	return all
}

// declares matches the text of a generated file that can declare more than settings.
var declares = regexp.MustCompile(`\b(resource|data|module|variable|locals|ephemeral)\s*["{]|\b(file|templatefile|run_cmd)\(`)

// generated returns the variables that the text of a generate block declares.
func (f *terragruntFile) generated(written *block) []*block {
	a := written.body.get("contents")
	if a == nil {
		return nil
	}
	text, _ := f.attribute(written.body, "contents")
	if !isKnownString(text) {
		if declares.MatchString(f.files[f.name].Text(rangeOf(a.expr.Range()))) {
			f.unit.note("the generated file " + strings.Join(written.labels, ".") + " is known when Terragrunt runs")
		}
		return nil
	}
	if tooDeep([]byte(text.AsString()), hclsyntax.LexConfig) {
		f.unit.note("a generated file is too deeply nested")
		return nil
	}
	parsed, diagnostics := hclsyntax.ParseConfig([]byte(text.AsString()), f.name, hcl.InitialPos)
	native, ok := parsed.Body.(*hclsyntax.Body)
	if diagnostics.HasErrors() || !ok {
		return nil // Terraform rejects it
	}
	var variables []*block
	for _, b := range native.Blocks {
		switch b.Type {
		case "terraform", "provider":
		case "variable":
			variables = append(variables, declaredIn(b, a.expr.Range()))
		default:
			f.unit.note("the generated file " + strings.Join(written.labels, ".") + " has blocks of the kind " + b.Type)
		}
	}
	return variables
}

// declaredIn returns the declaration of a variable in a generated file, at the place of the text of the file.
func declaredIn(b *hclsyntax.Block, at hcl.Range) *block {
	declared := &block{kind: b.Type, labels: b.Labels, header: rangeOf(at), body: &body{}}
	for _, name := range slices.Sorted(maps.Keys(b.Body.Attributes)) {
		var expr hcl.Expression = b.Body.Attributes[name].Expr
		if name != "type" {
			value, diagnostics := expr.Value(nil)
			if diagnostics.HasErrors() {
				value = unknown("the generated file is known when Terragrunt runs")
			}
			expr = &evaluated{value: value, at: at}
		}
		declared.body.attributes = append(declared.body.attributes, &attribute{name: name, nameAt: rangeOf(at), expr: expr})
	}
	return declared
}

// asPassed returns a value as a module gets it. An absolute path is unknown, because the repository can be in any directory.
func asPassed(value cty.Value) cty.Value {
	passed, err := cty.Transform(value, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		bare, marks := v.Unmark()
		if _, isPath := marks[repositoryMark{}]; !isPath {
			return v, nil
		}
		marks = maps.Clone(marks)
		delete(marks, repositoryMark{})
		if isKnownString(bare) && strings.HasPrefix(bare.AsString(), "/") {
			bare = cty.UnknownVal(cty.String).Mark(causeMark{"the directory of the repository is known when Terragrunt runs"})
		}
		return bare.WithMarks(marks), nil
	})
	if err != nil { // the function above gives none
		return unknown(err.Error())
	}
	return passed
}
