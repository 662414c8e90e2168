package terraform

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"

	"lintel/internal/address"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// config is what the files of one directory declare.
type config struct {
	dir       string
	variables map[string]*block
	locals    map[string]*attribute
	outputs   map[string]*block
	resources map[string]*block     // by type.name, data sources with "data." before, configurations of providers with "provider."
	calls     map[string]*block     // module calls by name
	order     []*block              // resources and calls in the order of the source
	values    map[string]*attribute // of tfvars files
	choices   map[string]*attribute // values of variables by the file that is passed; see takeChoices
	moved     []*block
	settings  []*block // terraform blocks

	mentions *mentions // nil until asked for
}

// block is a block of HCL, or an object of JSON that stands for one.
type block struct {
	kind   string
	labels []string
	header source.Range // the words before the brace
	body   *body
}

// body is what is between the braces, in the order of the source.
type body struct {
	attributes []*attribute
	blocks     []*block
}

type attribute struct {
	name   string
	nameAt source.Range
	expr   hcl.Expression
}

// nestedKind returns the kind of the nested blocks that a block produces: for a dynamic block its label.
func (b *block) nestedKind() string {
	if b.kind == "dynamic" && len(b.labels) == 1 {
		return b.labels[0]
	}
	return b.kind
}

func (b *body) get(name string) *attribute {
	for _, a := range b.attributes {
		if a.name == name {
			return a
		}
	}
	return nil
}

func rangeOf(r hcl.Range) source.Range {
	return source.Range{Path: r.Filename, Start: r.Start.Byte, End: max(r.Start.Byte, r.End.Byte)}
}

// sources returns the files of a directory in the order in which they are read: by name, with the
// overrides last. OpenTofu's x.tofu replaces x.tf.
func sources(fsys fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); source.SyntaxOf(name).IsModule() && !entry.IsDir() && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		tofu, ok := source.OpenTofuTwin(name)
		return ok && slices.Contains(names, tofu)
	})
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(overrides(a), overrides(b)), cmp.Compare(a, b))
	})
	return names, nil
}

// overrides is 1 for files whose blocks are merged into those of the others.
func overrides(name string) int {
	stem, _, _ := strings.Cut(name, ".")
	if stem == "override" || strings.HasSuffix(stem, "_override") {
		return 1
	}
	return 0
}

// loader reads directories and gathers what could not be read.
type loader struct {
	fsys     fs.FS
	files    source.Files
	problems []finding.Problem
	gaps     []finding.Gap
	moves    []address.Move
	uses     source.Uses
	configs  map[string]*config
	meter    *meter
	names    map[string]bool // of attributes that any expression mentions
	hidden   []string        // texts of sensitive values
	missing  deployment.Missing
}

func newLoader(fsys fs.FS) *loader {
	l := &loader{fsys: fsys, files: source.Files{}, configs: map[string]*config{}, names: map[string]bool{}, uses: source.Uses{}}
	l.meter = &meter{left: maxSteps, problem: l.problem}
	return l
}

func (l *loader) problem(at source.Range, format string, args ...any) {
	p := finding.Problem{Range: at, Message: fmt.Sprintf(format, args...)}
	switch {
	case slices.Contains(l.problems, p):
	case len(l.problems) < maxProblems:
		l.problems = append(l.problems, p)
	case len(l.problems) == maxProblems:
		l.problems = append(l.problems, finding.Problem{Range: source.Range{Path: at.Path}, Message: fmt.Sprintf("the root module exceeds the limit of %d problems; the rest is not listed", maxProblems)})
	}
}

// maxProblems limits the problems of a configuration: a hostile one can have one in each line.
const maxProblems = 1000

// gap notes a module that is not in the repository.
func (l *loader) gap(at source.Range, format string, args ...any) {
	g := finding.Gap{Range: at, Cause: finding.GapModule, Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(l.gaps, g) {
		l.gaps = append(l.gaps, g)
	}
}

func newConfig(dir string) *config {
	return &config{
		dir: dir, variables: map[string]*block{}, locals: map[string]*attribute{}, outputs: map[string]*block{},
		resources: map[string]*block{}, calls: map[string]*block{}, values: map[string]*attribute{}, choices: map[string]*attribute{},
	}
}

// load reads the directory of a module once.
func (l *loader) load(dir string) *config {
	if c, ok := l.configs[dir]; ok {
		return c
	}
	c := newConfig(dir)
	l.configs[dir] = c
	names, err := sources(l.fsys, dir)
	if err != nil {
		l.problem(source.Range{Path: dir}, "not read: %v", err)
	}
	for _, name := range names {
		l.declare(c, name)
	}
	return c
}

// declare adds the blocks of a file to a module. A block that another one of the same name precedes is a problem,
// except in an override file.
func (l *loader) declare(c *config, name string) {
	before := len(l.problems)
	blocks := l.file(path.Join(c.dir, name))
	isValid := len(l.problems) == before // else the labels are a consequence
	for _, b := range blocks {
		if n, ok := numLabels(b.kind); ok && n != len(b.labels) && isValid {
			l.problem(b.header, "the %s block was not checked: it needs %d labels and has %d", b.kind, n, len(b.labels))
		}
		if overrides(name) == 0 && l.repeats(c, b) {
			continue
		}
		c.add(b)
	}
}

// repeats reports whether a block, or a value in a locals block, was declared before, and notes the problem.
func (l *loader) repeats(c *config, b *block) bool {
	if b.kind == "locals" {
		for _, a := range b.body.attributes {
			if first := c.locals[a.name]; first != nil {
				l.problem(a.nameAt, "duplicate local value %q: %s declares it, too; rename or remove one", a.name, l.line(first.nameAt))
			}
		}
		return false
	}
	first := c.declared(b)
	if first == nil {
		return false
	}
	l.problem(b.header, "duplicate %s block %q was not checked: %s declares it, too; rename or remove one",
		b.kind, strings.Join(b.labels, "."), l.line(first.header))
	return true
}

// read returns the text of a file, nil when it cannot be read, which is a problem.
func (l *loader) read(name string) []byte {
	content, err := source.ReadText(l.fsys, name)
	if err != nil {
		l.problem(source.Range{Path: name}, "%v", err)
		return nil
	}
	l.files[name] = source.NewFile(name, content)
	return content
}

// parsed reads a file in its syntax; language is for messages. The result is nil if it cannot be read, which is a
// problem.
func (l *loader) parsed(name, language string) *hcl.File {
	content := l.read(name)
	if content == nil {
		return nil
	}
	if !source.SyntaxOf(name).IsJSON() {
		if tooDeep(content, hclsyntax.LexConfig) {
			l.nestsTooDeep(source.Range{Path: name})
			return nil
		}
		file, diagnostics := hclsyntax.ParseConfig(content, name, hcl.InitialPos)
		l.diagnose(name, language, diagnostics)
		return file
	}
	content = source.BlankMark(content)
	switch err := checkJSON(content); {
	case errors.Is(err, errTooDeep):
		l.nestsTooDeep(source.Range{Path: name})
		return nil
	case err != nil:
		l.problem(source.Range{Path: name}, "not valid JSON: %v", err)
		return nil
	}
	file, diagnostics := json.Parse(content, name)
	l.diagnose(name, language, diagnostics)
	return file
}

func (l *loader) nestsTooDeep(at source.Range) {
	l.problem(at, "not read: exceeds the limit of %d nested blocks, expressions and operators or of %d symbols", maxNesting, maxTokens)
}

// file reads the blocks of a file. Of a broken file, what could be read is used.
func (l *loader) file(name string) []*block {
	language := "HCL"
	if source.SyntaxOf(name).IsJSON() {
		language = "JSON"
	}
	parsed := l.parsed(name, language)
	if parsed == nil || parsed.Body == nil {
		return nil
	}
	if native, ok := parsed.Body.(*hclsyntax.Body); ok {
		return l.nativeBody(native).blocks
	}
	return l.jsonBlocks(parsed.Body)
}

// maxDiagnostics is how many errors of one file are reported: after the first few, most are
// consequences.
const maxDiagnostics = 5

func (l *loader) diagnose(name, language string, diagnostics hcl.Diagnostics) {
	errs := diagnostics.Errs()
	for i, d := range errs {
		if i == maxDiagnostics {
			l.problem(source.Range{Path: name}, "the file has %d more syntax errors, which are not listed", len(errs)-i)
			return
		}
		at := source.Range{Path: name}
		message := d.Error()
		if diagnostic, ok := d.(*hcl.Diagnostic); ok { //nolint:errorlint // Errs holds diagnostics as they are
			message = diagnostic.Summary
			if diagnostic.Detail != "" {
				message += ": " + strings.Join(strings.Fields(diagnostic.Detail), " ")
			}
			if diagnostic.Subject != nil {
				at = rangeOf(*diagnostic.Subject)
			}
		}
		l.problem(at, "not valid %s: %s", language, message)
	}
}

// take prepares an expression for its evaluation.
func (l *loader) take(expr hclsyntax.Expression) hclsyntax.Expression {
	elements := map[string]bool{} // the variables of its for expressions
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics {
		if e, ok := node.(*hclsyntax.ForExpr); ok {
			elements[e.KeyVar], elements[e.ValVar] = true, true
		}
		return nil
	})
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics {
		switch e := node.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			skip := stepsToValue(e.Traversal.RootName())
			if elements[e.Traversal.RootName()] {
				skip = 1
			}
			l.note(e.Traversal[min(skip, len(e.Traversal)):])
		case *hclsyntax.RelativeTraversalExpr:
			l.note(e.Traversal)
		}
		return nil
	})
	return l.meter.bound(expr)
}

// stepsToValue is the number of steps of a reference that name what it refers to. The steps after them are attributes
// of its value.
func stepsToValue(root string) int {
	switch root {
	case "module": // module.name.output
		return 3 //nolint:mnd // as it says
	default: // var.name, local.name, each.value, the value of a dynamic block, and a resource, whose address is as long
		return 2 //nolint:mnd // as it says
	}
}

// note keeps the attributes that any expression asks of a value, which may be that of a whole resource.
func (l *loader) note(steps hcl.Traversal) {
	for _, step := range steps {
		if attribute, ok := step.(hcl.TraverseAttr); ok {
			l.names[attribute.Name] = true
		}
	}
}

// nativeBody takes over a body of HCL.
func (l *loader) nativeBody(native *hclsyntax.Body) *body {
	b := &body{}
	for _, name := range slices.Sorted(maps.Keys(native.Attributes)) { // taking over an expression can be a problem
		a := native.Attributes[name]
		b.attributes = append(b.attributes, &attribute{name: a.Name, nameAt: rangeOf(a.NameRange), expr: l.take(a.Expr)})
	}
	b.sort()
	for _, nested := range native.Blocks {
		b.blocks = append(b.blocks, &block{
			kind: nested.Type, labels: nested.Labels, header: rangeOf(nested.DefRange()), body: l.nativeBody(nested.Body),
		})
	}
	return b
}

// numLabels returns how many labels a block of a kind has. It is false for kinds that declare no values.
func numLabels(kind string) (int, bool) {
	n, ok := map[string]int{"locals": 0, "variable": 1, "output": 1, "module": 1, "resource": 2, "data": 2, "moved": 0, "provider": 1}[kind]
	return n, ok
}

// line returns the file and line of a place in a file that was read.
func (l *loader) line(at source.Range) string {
	line, _ := l.files[at.Path].Position(at.Start)
	return fmt.Sprintf("%s:%d", at.Path, line)
}

// add files a block by what it declares. Blocks that say nothing about values are passed over.
func (c *config) add(b *block) {
	if b.kind == "terraform" {
		c.settings = append(c.settings, b)
		return
	}
	if n, ok := numLabels(b.kind); !ok || n != len(b.labels) {
		return
	}
	switch b.kind {
	case "locals":
		for _, a := range b.body.attributes {
			c.locals[a.name] = a
		}
	case "moved":
		c.moved = append(c.moved, b)
	default:
		in, name := c.place(b)
		first := in[name]
		in[name] = override(first, b)
		if first != nil {
			*first = *in[name] // in its place in the order
			in[name] = first
		} else if b.kind != "variable" && b.kind != "output" {
			c.order = append(c.order, b)
		}
	}
}

// place returns the map and the name under which a block is filed; nil: it declares nothing by a name.
func (c *config) place(b *block) (map[string]*block, string) {
	name := strings.Join(b.labels, ".")
	switch b.kind {
	case "variable":
		return c.variables, name
	case "output":
		return c.outputs, name
	case "module":
		return c.calls, name
	case "resource":
		return c.resources, name
	case "data":
		return c.resources, "data." + name
	case "provider":
		return c.resources, strings.Join(append([]string{"provider", name}, aliasOf(b)...), ".")
	}
	return nil, ""
}

// declared returns the block of the same kind and name that was added before; nil: none.
func (c *config) declared(b *block) *block {
	in, name := c.place(b)
	return in[name]
}

// aliasOf is the name of one of several configurations of a provider, if it has one.
func aliasOf(b *block) []string {
	a := b.body.get("alias")
	if a == nil {
		return nil
	}
	value, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() || !isKnownString(value) {
		return nil
	}
	return []string{value.AsString()}
}

// override merges a block of an override file into the original: its attributes and its kinds
// of nested blocks replace those of the original
// (https://developer.hashicorp.com/terraform/language/files/override).
func override(original, b *block) *block {
	if original == nil {
		return b
	}
	merged := &block{kind: original.kind, labels: original.labels, header: original.header, body: &body{}}
	for _, a := range original.body.attributes {
		if b.body.get(a.name) == nil {
			merged.body.attributes = append(merged.body.attributes, a)
		}
	}
	merged.body.attributes = append(merged.body.attributes, b.body.attributes...)
	for _, nested := range original.body.blocks {
		if !slices.ContainsFunc(b.body.blocks, func(other *block) bool { return other.nestedKind() == nested.nestedKind() }) {
			merged.body.blocks = append(merged.body.blocks, nested)
		}
	}
	merged.body.blocks = append(merged.body.blocks, b.body.blocks...)
	return merged
}

// loadValues reads the values of root variables from the files that Terraform reads by itself,
// in its order: terraform.tfvars, terraform.tfvars.json, then *.auto.tfvars by name, then those
// that are given.
func (l *loader) loadValues(c *config, given []string) {
	entries, err := fs.ReadDir(l.fsys, c.dir)
	if err != nil {
		return // load has said so
	}
	names := source.ValuesFiles()
	for _, entry := range entries {
		if name := entry.Name(); source.IsAutoValues(name) {
			names = append(names, name)
		}
	}
	var files []string
	for _, name := range names {
		if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && !e.IsDir() }) {
			continue
		}
		files = append(files, path.Join(c.dir, name))
	}
	for _, name := range append(files, given...) {
		for _, a := range l.valuesFile(name) {
			c.values[a.name] = a
		}
	}
}

func (l *loader) valuesFile(name string) []*attribute {
	file := l.parsed(name, "tfvars")
	if file == nil || file.Body == nil {
		return nil
	}
	attributes, diagnostics := file.Body.JustAttributes()
	l.diagnose(name, "tfvars", diagnostics)
	out := make([]*attribute, 0, len(attributes))
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		a := attributes[key]
		out = append(out, &attribute{name: a.Name, nameAt: rangeOf(a.NameRange), expr: a.Expr})
	}
	return out
}
