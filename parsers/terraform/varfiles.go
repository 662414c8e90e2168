package terraform

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/deployment"
	"lintel/internal/source"
)

// varFile names which of the files beside a root module with values of its variables is passed to Terraform. It is no name of the
// language, so that a configuration cannot refer to it.
const varFile = "-var-file"

// varFiles are the values that files have for variables of the root module, by the names of both.
type varFiles map[string]map[string]*attribute

// contradict reports whether the file that is assumed to be passed sets a variable to another value than the one that is assumed. No file
// decides a condition by itself: one that is never passed would hide the other branch.
func (f varFiles) contradict(assumed []source.Literal) bool {
	passed := slices.IndexFunc(assumed, func(l source.Literal) bool { return l.Condition == varFile && l.Is })
	if passed < 0 {
		return false
	}
	values := f[withoutQuotes(assumed[passed].Value)]
	return slices.ContainsFunc(assumed, func(l source.Literal) bool {
		name, isVariable := strings.CutPrefix(l.Condition, "var.")
		return isVariable && values[name] != nil && values[name].differs(l)
	})
}

// differs reports whether a value of a variable is certainly not as it is assumed. The type of the variable may convert a number to a string.
func (a *attribute) differs(assumed source.Literal) bool {
	value, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() {
		return false
	}
	if assumed.Value == "" {
		outcome, ok := knownOutcome(value)
		return ok && outcome != assumed.Is
	}
	text, ok := constantOf(value)
	return ok && (withoutQuotes(text) == withoutQuotes(assumed.Value)) != assumed.Is
}

func withoutQuotes(text string) string { return strings.Trim(text, `"`) }

// takeChoices makes the values of the files beside a root module that Terraform does not read by itself, such as env/prod.tfvars, those
// that its variables without a value may have: one of the files is passed with -var-file. Nothing is taken if the user passes values, or
// if there are more files than keys are assumed one by one.
func (m *instance) takeChoices(opt deployment.Options) {
	if len(opt.VarFiles) > 0 || m.hasAllValues() {
		return
	}
	files := varFiles{}
	for _, name := range m.varFilesBeside() {
		values := m.choicesIn(name)
		if len(values) == 0 {
			continue
		}
		if files[name] = values; len(files) > maxKeys {
			return
		}
	}
	names := slices.Sorted(maps.Keys(files))
	if len(names) == 0 {
		return
	}
	m.varFiles = files
	for name, declared := range m.config.variables { // any order: each is set by itself
		if m.isUnset(declared) {
			m.config.choices[name] = choiceOfFiles(name, names, files)
		}
	}
	which := onlyExamples(unknown("the values are in one of the files "+strings.Join(names, ", ")), varFile, names...)
	m.globals = map[string]func([]string) cty.Value{varFile: func(variables []string) cty.Value {
		values := map[string]cty.Value{}
		for _, name := range variables {
			values[name] = which
		}
		return cty.ObjectVal(values)
	}}
}

// withFile returns the value of a choice between files, if no file is assumed: it is unknown, also where all files agree, because another
// one may be passed. Others are as they are.
func withFile(expr hcl.Expression, value cty.Value) cty.Value {
	variable, isChoice := ofFiles(expr)
	if !isChoice {
		return value
	}
	cause := "var." + variable + " is set by the file that is passed with " + varFile
	if isUnknown(value) {
		return value.Mark(causeMark{cause})
	}
	return unknown(cause)
}

// ofFiles returns the variable whose values files beside the root module have, if an expression is the choice between them.
func ofFiles(expr hcl.Expression) (variable string, ok bool) {
	e, isIndex := expr.(*hclsyntax.IndexExpr)
	if !isIndex {
		return "", false
	}
	key, isReference := e.Key.(*hclsyntax.ScopeTraversalExpr)
	if !isReference || key.Traversal.RootName() != varFile {
		return "", false
	}
	return key.Traversal[1].(hcl.TraverseAttr).Name, true //nolint:forcetypeassert // choiceOfFiles makes it so
}

// isUnset reports whether a variable of the root module has neither a value nor a default.
func (m *instance) isUnset(declared *block) bool {
	name := declared.labels[0]
	_, isPassed := m.options.Variables[name]
	return !isPassed && m.config.values[name] == nil && declared.body.get("default") == nil
}

// varFilesBeside returns the files with values that Terraform does not read by itself: those in the directory of the module and
// in directories of it without a module of their own.
func (m *instance) varFilesBeside() []string {
	entries, err := fs.ReadDir(m.fsys, m.config.dir)
	if err != nil {
		return nil // load has said so
	}
	names := passedFiles(m.config.dir, entries)
	for _, entry := range entries {
		if !entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		dir := path.Join(m.config.dir, entry.Name())
		inside, err := fs.ReadDir(m.fsys, dir)
		if err == nil && !slices.ContainsFunc(inside, func(e fs.DirEntry) bool { return source.SyntaxOf(e.Name()).IsModule() }) {
			names = append(names, passedFiles(dir, inside)...)
		}
	}
	return names
}

// passedFiles returns the files with values among the entries of a directory, without those that Terraform reads by itself.
func passedFiles(dir string, entries []fs.DirEntry) (names []string) {
	for _, entry := range entries {
		name := entry.Name()
		if strings.Contains(name, "example") || strings.Contains(name, "sample") { // it is not passed
			continue
		}
		isRead := source.IsAutoValues(name) || slices.Contains(source.ValuesFiles(), name)
		if !entry.IsDir() && source.SyntaxOf(name).IsValues() && !isRead && !strings.HasPrefix(name, ".") {
			names = append(names, path.Join(dir, name))
		}
	}
	return names
}

// choicesIn returns the values that a file has for variables without one. A file that cannot be read has none: nothing says that it is
// used.
func (m *instance) choicesIn(name string) map[string]*attribute {
	quiet := *m.loader
	quiet.problems = nil
	_, isKnown := m.files[name]
	values := map[string]*attribute{}
	for _, a := range quiet.valuesFile(name) {
		if declared := m.config.variables[a.name]; declared != nil && m.isUnset(declared) {
			values[a.name] = a
		}
	}
	if len(quiet.problems) > 0 || len(values) == 0 {
		if !isKnown {
			delete(m.files, name)
		}
		return nil
	}
	return values
}

// choiceOfFiles is the value of a variable by the file that is passed: {"dev.tfvars" = 1, "prod.tfvars" = 2}[-var-file]. It is nil if no
// file sets the variable. The value stays unknown with a file that does not.
func choiceOfFiles(variable string, names []string, files varFiles) *attribute {
	var all *hclsyntax.ObjectConsExpr
	for _, name := range names {
		a := files[name][variable]
		if a != nil && all == nil {
			all = &hclsyntax.ObjectConsExpr{SrcRange: a.expr.Range(), OpenRange: a.expr.Range()}
		}
	}
	if all == nil {
		return nil
	}
	for _, name := range names {
		var value hclsyntax.Expression = &hclsyntax.LiteralValueExpr{Val: unknown("var." + variable + " has no value in " + name), SrcRange: all.SrcRange}
		if a := files[name][variable]; a != nil {
			value = nativeValue(a.expr)
		}
		all.Items = append(all.Items, hclsyntax.ObjectConsItem{
			KeyExpr: &hclsyntax.LiteralValueExpr{Val: cty.StringVal(name), SrcRange: all.SrcRange}, ValueExpr: value,
		})
	}
	key := &hclsyntax.ScopeTraversalExpr{Traversal: hcl.Traversal{hcl.TraverseRoot{Name: varFile}, hcl.TraverseAttr{Name: variable}}}
	return &attribute{name: variable, expr: &hclsyntax.IndexExpr{Collection: all, Key: key, SrcRange: all.SrcRange}}
}

// choices returns the values of a choice of files.
func (a *attribute) choices() (all []*attribute) {
	if a == nil {
		return nil
	}
	if e, ok := a.expr.(*hclsyntax.IndexExpr); ok {
		for _, item := range e.Collection.(*hclsyntax.ObjectConsExpr).Items { //nolint:forcetypeassert // choiceOfFiles makes it so
			all = append(all, &attribute{name: a.name, expr: item.ValueExpr})
		}
	}
	return all
}

// nativeValue returns an expression of a file with values as one of the native syntax.
func nativeValue(expr hcl.Expression) hclsyntax.Expression {
	if native, ok := expr.(hclsyntax.Expression); ok {
		return native
	}
	value, diagnostics := expr.Value(nil)
	if diagnostics.HasErrors() {
		value = unknown("the value cannot be read")
	}
	return &hclsyntax.LiteralValueExpr{Val: value, SrcRange: expr.Range()}
}
