package terraform

import (
	"errors"
	"fmt"
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

// Limits of configurations of Terragrunt.
const (
	maxTerragruntFiles = 100 // that one unit of Terragrunt reads, each as often as it does
	maxTerragruntDepth = 10  // of files that read each other
	maxParentFolders   = 100 // that find_in_parent_folders looks into, as in Terragrunt
)

// Terragrunt is a unit of Terragrunt: a configuration file that passes values to a root module of the repository
// (https://terragrunt.gruntwork.io/docs/reference/hcl/).
type Terragrunt struct {
	File   string   // path
	Module string   // directory of the root module; empty: it passes values to none
	IsRead bool     // the module can be checked with the values, as far as they are known
	Files  []string // all files of Terragrunt that were read, sorted
	Unread string   // why the values or a part of them were not read; empty: all were
	Values string   // a text that differs for values that differ
}

// ReadTerragrunt reads a configuration file of Terragrunt.
func ReadTerragrunt(fsys fs.FS, name string) Terragrunt {
	u := newTerragruntUnit(fsys, name, deployment.Options{})
	found := Terragrunt{File: name}
	err := u.load()
	if err == nil {
		found.Module, err = u.module()
	}
	var files []string
	if err == nil {
		files, err = u.varFiles()
	}
	if err != nil {
		found.Files, found.Unread = u.read(), err.Error()
		return found
	}
	found.IsRead = true
	found.Values = u.inputs().text() + strings.Join(files, " ")
	u.generated()
	if len(u.problems) > 0 {
		u.note(u.problems[0].Message)
	}
	found.Files, found.Unread = u.read(), u.unread
	return found
}

// terragruntUnit is the evaluation of one unit of Terragrunt.
type terragruntUnit struct {
	*loader
	name    string // path of its file
	options deployment.Options
	main    *terragruntFile
	asked   map[string]bool // files that functions read or look for
	opened  int             // files
	opening []string        // files that are being read, outermost first
	unread  string          // the first thing that was not read
}

func newTerragruntUnit(fsys fs.FS, name string, opt deployment.Options) *terragruntUnit {
	return &terragruntUnit{loader: newLoader(fsys), name: name, options: opt, asked: map[string]bool{}}
}

// terragruntFile is a configuration file as the unit reads it.
type terragruntFile struct {
	*instance // evaluates its local values
	unit      *terragruntUnit
	name      string // path
	dir       string // directory of the configuration that Terragrunt evaluates: of the unit, also for a file that it includes
	body      *body
	includes  []inclusion
	including *terragruntFile // the file that includes this one; nil: none does
}

// inclusion is an include block.
type inclusion struct {
	name     string // empty: a bare one
	file     *terragruntFile
	strategy string
}

// errNotRead is the reason for which a configuration is not read.
type errNotRead string

func (e errNotRead) Error() string { return string(e) }

// load reads the file of the unit and those that it includes.
func (u *terragruntUnit) load() (err error) {
	u.main, err = u.open(u.name, path.Dir(u.name), nil)
	return err
}

// note notes that a part of the values was not read.
func (u *terragruntUnit) note(why string) {
	if u.unread == "" {
		u.unread = why
	}
}

// read returns the files that were read.
func (u *terragruntUnit) read() []string {
	names := maps.Clone(u.asked)
	for name := range u.files { // any order: they are sorted
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// open reads a file and those that it includes. including is the file that includes it; nil: none does.
func (u *terragruntUnit) open(name, dir string, including *terragruntFile) (*terragruntFile, error) {
	switch u.opened++; {
	case slices.Contains(u.opening, name):
		return nil, errNotRead("it reads itself: " + strings.Join(append(slices.Clone(u.opening), name), " → "))
	case u.opened > maxTerragruntFiles || len(u.opening) == maxTerragruntDepth:
		return nil, errNotRead(fmt.Sprintf("it exceeds the limit of %d files or of %d that read each other", maxTerragruntFiles, maxTerragruntDepth))
	case source.SyntaxOf(name).IsJSON():
		return nil, errNotRead("it is written in JSON")
	}
	u.opening = append(u.opening, name)
	defer func() { u.opening = u.opening[:len(u.opening)-1] }()
	before := len(u.problems)
	parsed := u.parsed(name, "HCL")
	if len(u.problems) > before {
		return nil, errNotRead(name + " cannot be read: " + u.problems[before].Message)
	}
	native, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		return nil, errNotRead(name + " cannot be read")
	}
	f := &terragruntFile{unit: u, name: name, dir: dir, body: u.nativeBody(native), including: including}
	f.instance = f.evaluator()
	return f, f.include()
}

// evaluator returns an evaluation with the local values of the file and the functions of Terragrunt.
func (f *terragruntFile) evaluator() *instance {
	c := newConfig(path.Dir(f.name))
	for _, b := range f.body.blocks {
		if b.kind == "locals" {
			c.add(b)
		}
	}
	m := f.unit.evaluation(c, c.dir, deployment.Options{})
	m.terragrunt = f.unit
	maps.Copy(m.functions, f.functions())
	m.globals = map[string]func(names []string) cty.Value{"include": f.included, "dependency": f.dependencies}
	for _, name := range []string{"feature", "values", "unit", "stack"} {
		m.globals[name] = func([]string) cty.Value { return unknown(name + " is known when Terragrunt runs") }
	}
	return m
}

// attribute evaluates an attribute of a block, and false if the block does not have it.
func (f *terragruntFile) attribute(b *body, name string) (cty.Value, bool) {
	a := b.get(name)
	if a == nil {
		return cty.NilVal, false
	}
	value, _ := scope{instance: f.instance}.value(a.expr).Unmark()
	return value, true
}

// include reads the files that the file includes.
func (f *terragruntFile) include() error {
	for _, b := range f.body.blocks {
		if b.kind != "include" {
			continue
		}
		if f.including != nil {
			return errNotRead(f.name + " is included and includes another file")
		}
		at, _ := f.attribute(b.body, "path")
		if at == cty.NilVal || !isKnownString(at) {
			return errNotRead("the path of an include is unknown")
		}
		name, ok := inRepository(f.dir, at.AsString())
		if !ok {
			return errNotRead("an include leads out of the repository")
		}
		strategy := "shallow"
		if given, ok := f.attribute(b.body, "merge_strategy"); ok {
			if !isKnownString(given) {
				return errNotRead("the merge_strategy of an include is unknown")
			}
			strategy = given.AsString()
		}
		file, err := f.unit.open(name, f.dir, f)
		if err != nil {
			return err
		}
		f.includes = append(f.includes, inclusion{strings.Join(b.labels, "."), file, strategy})
	}
	return nil
}

// chain returns the files whose blocks count for the unit, the one that counts most first.
func (u *terragruntUnit) chain() []*terragruntFile {
	all := []*terragruntFile{u.main}
	for _, i := range slices.Backward(u.main.includes) {
		if i.strategy != "no_merge" {
			all = append(all, i.file)
		}
	}
	return all
}

// module returns the directory of the root module that the unit passes values to.
func (u *terragruntUnit) module() (string, error) {
	in, from := u.source()
	if from == nil {
		dir := path.Dir(u.name)
		if names, err := sources(u.fsys, dir); err != nil || len(names) == 0 {
			return "", errNotRead("it has no source, and there is no module beside it")
		}
		return dir, nil
	}
	written := in.sources(from.expr)
	var found []string
	for _, text := range written {
		if dir, ok := u.moduleAt(text); ok && !slices.Contains(found, dir) {
			found = append(found, dir)
		}
	}
	switch {
	case len(written) == 0:
		return "", errNotRead("its source is unknown")
	case len(found) != 1:
		return "", errNotRead("its source is no module of the repository")
	case len(written) > 1:
		u.note("its source can be another one")
	}
	return found[0], nil
}

// source returns the source of the module, and the file that has it; nil: none has.
func (u *terragruntUnit) source() (*terragruntFile, *attribute) {
	for _, f := range u.chain() {
		for _, b := range f.body.blocks {
			if a := b.body.get("source"); b.kind == "terraform" && a != nil {
				return f, a
			}
		}
	}
	return nil, nil
}

// moduleAt returns the directory of the module with a source. A double slash is between the directory that Terragrunt copies
// and the module in it.
func (u *terragruntUnit) moduleAt(from string) (string, bool) {
	if strings.Contains(from, "::") || strings.Contains(from, "://") || strings.Contains(from, "?") {
		return "", false
	}
	if !strings.HasPrefix(from, "/") && !strings.HasPrefix(from, ".") {
		return "", false // of a registry or a host
	}
	dir, ok := inRepository(path.Dir(u.name), from)
	if !ok {
		return "", false
	}
	names, err := sources(u.fsys, dir)
	return dir, err == nil && len(names) > 0
}

// sources returns the texts that a source can be: that of the branch of a conditional whose condition is unknown is one of two.
func (f *terragruntFile) sources(expr hcl.Expression) []string {
	value, _ := scope{instance: f.instance}.value(expr).Unmark()
	if isKnownString(value) {
		return []string{value.AsString()}
	}
	if e, ok := bareExpression(expr).(*hclsyntax.ConditionalExpr); ok {
		var all []string
		for _, branch := range []hcl.Expression{e.TrueResult, e.FalseResult} {
			value, _ := scope{instance: f.instance}.value(branch).Unmark()
			if isKnownString(value) {
				all = append(all, value.AsString())
			} else {
				all = append(all, "?")
			}
		}
		return all
	}
	return nil
}

// varFiles returns the files with values that Terraform reads for the unit, in their order. The error is why something else than its
// inputs sets variables.
func (u *terragruntUnit) varFiles() (names []string, err error) {
	for _, f := range slices.Backward(u.chain()) {
		for _, b := range f.body.blocks {
			if b.kind != "terraform" {
				continue
			}
			for _, extra := range b.body.blocks {
				if extra.kind != "extra_arguments" {
					continue
				}
				own, err := f.extra(extra.body)
				if err != nil {
					return nil, err
				}
				names = append(names, own...)
			}
		}
	}
	return names, nil
}

// extra is varFiles of a block.
func (f *terragruntFile) extra(b *body) (names []string, err error) {
	arguments, ok := f.attribute(b, "arguments")
	if ok && (!arguments.IsWhollyKnown() || strings.Contains(fmt.Sprintf("%#v", arguments), "-var")) || b.get("env_vars") != nil {
		return nil, errNotRead("extra_arguments sets variables")
	}
	for _, attribute := range []string{"required_var_files", "optional_var_files"} {
		own, err := f.filesIn(b, attribute)
		if err != nil {
			return nil, err
		}
		names = append(names, own...)
	}
	return names, nil
}

// filesIn returns the files that an attribute lists. Only one of optional ones may be missing.
func (f *terragruntFile) filesIn(b *body, attribute string) (names []string, err error) {
	files, ok := f.attribute(b, attribute)
	switch {
	case !ok:
		return nil, nil
	case !files.IsKnown() || files.IsNull() || !files.CanIterateElements():
		return nil, errNotRead("the files in " + attribute + " are unknown")
	}
	for it := files.ElementIterator(); it.Next(); {
		_, file := it.Element()
		if file, _ = file.Unmark(); !isKnownString(file) {
			return nil, errNotRead("a file in " + attribute + " is unknown")
		}
		name, ok := inRepository(f.dir, file.AsString())
		if f.unit.asked[name] = true; !ok {
			return nil, errOutside
		}
		if _, err := fs.Stat(f.fsys, name); err == nil {
			names = append(names, name)
		} else if attribute == "required_var_files" {
			return nil, errNotRead("there is no " + name)
		}
	}
	return names, nil
}

var errOutside = errors.New("it is outside of the repository")

// inRepository returns the path in the repository of a path that is relative to a directory of it, or that starts with a slash,
// which stands for the repository. It is false for one that leads out.
func inRepository(dir, name string) (string, bool) {
	if absolute, ok := strings.CutPrefix(name, "/"); ok {
		dir, name = ".", absolute
	}
	joined := path.Join(dir, name)
	return joined, fs.ValidPath(joined)
}
