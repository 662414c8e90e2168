package handler

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
	"lintel/parsers/handler/golang"
)

// goFiles are the files of a Go package that a build for Lambda contains.
type goFiles struct {
	names    []string
	isPartly bool   // there may be more: a file cannot be read, or has a build constraint with tags of the project
	main     string // of package main: the file with the function main
}

// goPackage returns the files of the package in a directory.
func (r *reader) goPackage(dir string) goFiles {
	found, ok := r.goFiles[dir]
	if ok {
		return found
	}
	entries, err := fs.ReadDir(r.fsys, dir)
	found.isPartly = err != nil
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if !e.Type().IsRegular() || !golang.IsPart(name) {
			continue
		}
		if len(found.names) == maxFiles+1 { // the program exceeds the limit already
			found.isPartly = true
			break
		}
		r.goFile(name, &found)
	}
	r.goFiles[dir] = found
	return found
}

// goFile adds a file to its package.
func (r *reader) goFile(name string, to *goFiles) {
	m := r.module(name)
	if m == nil {
		to.isPartly = true
		return
	}
	isPart, isCertain := golang.Builds(r.parsed.Files[name].Content)
	to.isPartly = to.isPartly || !isCertain
	if !isPart {
		delete(r.parsed.Files, name)
		return
	}
	to.names = append(to.names, name)
	if m.code.Package == "main" && declaresMain(m.code) {
		to.main = name
	}
}

func declaresMain(file *code.File) bool {
	return slices.ContainsFunc(file.Functions, func(f code.Function) bool {
		return f.Name == "main" && f.Parent == code.Module && f.Class == code.Module
	})
}

// addPackage adds the files of a package to the program.
func (p *program) addPackage(dir string) []string {
	found := p.reader.goPackage(dir)
	p.isPartly = p.isPartly || found.isPartly
	for _, name := range found.names {
		p.add(name)
	}
	return found.names
}

// goImport returns the files of a package of the same module that a file imports.
func (p *program) goImport(m *module, i code.Import) []string {
	root, name := p.reader.goModule(path.Dir(m.path))
	if name == "" || i.Module != name && !strings.HasPrefix(i.Module, name+"/") {
		return nil
	}
	dir := path.Join(root, strings.TrimPrefix(i.Module, name))
	if !source.Holds(root, dir) {
		return nil
	}
	files := p.reader.goPackage(dir)
	p.isPartly = p.isPartly || files.isPartly || len(files.names) == 0
	if len(files.names) > 0 && i.As == golang.PackageName(i.Module) && p.reader.module(files.names[0]).code.Package != i.As {
		p.isPartly = true // the package has another name than its directory
	}
	return files.names
}

// goModule returns the directory of the module that contains a directory, and its path in go.mod; "" if there is none.
func (r *reader) goModule(dir string) (root, name string) {
	for ; ; dir = path.Dir(dir) {
		for line := range strings.Lines(r.manifest(path.Join(dir, "go.mod"))) {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
				rest, _, _ = strings.Cut(rest, "//")
				rest = strings.TrimSpace(rest)
				if unquoted, err := strconv.Unquote(rest); err == nil {
					rest = unquoted
				}
				return dir, rest
			}
		}
		if dir == "." || dir == "/" {
			return "", ""
		}
	}
}

// goModuleOf returns the module of a package by convention: github.com/owner/name. Packages of the standard library are their own.
func goModuleOf(name string) string {
	const elements = 3
	parts := strings.SplitN(name, "/", elements+1)
	if !strings.Contains(parts[0], ".") {
		return name
	}
	return strings.Join(parts[:min(elements, len(parts))], "/")
}

// isGoRuntime reports whether programs in Go run in a runtime.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-golang.html
func isGoRuntime(name string) bool { return name == "go1.x" || strings.HasPrefix(name, "provided") }

// goMain completes a location with the file of the program's main function. why: the directory has no such program.
func (l *location) goMain(r *reader, f *model.Function) (why string) {
	dir := l.dir
	if method, ok := f.Code.BuildMethod.Get(); ok && method == "makefile" {
		dir = r.goTarget(dir, f.ID)
	}
	found := r.goPackage(dir)
	l.file, l.symbol, l.language = found.main, "main", code.Go
	if found.main == "" {
		return dir + " has no program in Go"
	}
	return ""
}

// start is the handler of a program in Go: the argument of lambda.Start.
type start struct {
	m        *module
	function int
	at       code.Range
}

// findStart finds the handler of a program in Go.
func (p *program) findStart() {
	p.start.function = code.Module
	if p.language != code.Go {
		return
	}
	for _, m := range p.modules {
		if path.Dir(m.path) != path.Dir(p.file) && !importsLambda(m) {
			continue
		}
		for i := range m.code.Statements {
			if e := startCall(m, &m.code.Statements[i]); e != nil {
				p.start.m, p.start.at = m, e.Range
				p.startAt(m, m.code.Statements[i].Function, e, 0)
				return
			}
		}
	}
}

const lambdaModule = "github.com/aws/aws-lambda-go/lambda"

func importsLambda(m *module) bool {
	return slices.ContainsFunc(m.code.Imports, func(i code.Import) bool { return i.Module == lambdaModule })
}

// startCall returns the handler that a statement passes to lambda.Start; nil if it does not.
func startCall(m *module, s *code.Statement) *code.Expr {
	if s.Value == nil || s.Value.Kind != code.Call {
		return nil
	}
	name, _ := s.Value.Items[0].Path()
	local, function, ok := strings.Cut(name, ".")
	if !ok || !slices.ContainsFunc(m.code.Imports, func(i code.Import) bool { return i.As == local && i.Module == lambdaModule }) {
		return nil
	}
	position := 1
	switch function {
	case "StartWithContext":
		position = 2
	case "Start", "StartWithOptions", "StartHandler", "StartHandlerFunc":
	default:
		return nil
	}
	if position < len(s.Value.Items) {
		return s.Value.Items[position]
	}
	return nil
}

// startAt finds the function that an expression in a function stands for: a function, a method, or one of them in a wrapper.
func (p *program) startAt(m *module, in int, e *code.Expr, depth int) {
	const maxWrappers = 4
	switch {
	case e.Kind == code.Func:
		p.start.function = e.Function
	case e.Kind == code.Name || e.Kind == code.Member:
		p.startNamed(m, in, e)
	case e.Kind == code.Call && len(e.Items) > 1 && depth < maxWrappers:
		p.startAt(m, in, e.Items[1], depth+1) // otellambda.InstrumentHandler(handler)
	}
}

// startNamed looks for the function with a name: one of the file and its package, or the only method with it in the program.
func (p *program) startNamed(m *module, in int, e *code.Expr) {
	var found []start
	for _, other := range p.modules {
		isSame := path.Dir(other.path) == path.Dir(m.path)
		for i := range other.code.Functions {
			f := &other.code.Functions[i]
			isMethod := f.Class != code.Module
			if f.Name != e.Text || isMethod && e.Kind != code.Member || e.Kind == code.Name && !isSame || f.Parent != code.Module && (other != m || f.Parent != in) {
				continue
			}
			found = append(found, start{m: other, function: i, at: f.NameRange})
		}
	}
	if len(found) == 1 {
		p.start = found[0]
	}
}

// isStart reports whether a function of a file is the handler, in the program's entry for the language.
func (p *program) isStart(m *module, i int) bool {
	f := &m.code.Functions[i]
	if f.Parent != code.Module || f.Class != code.Module {
		return false
	}
	if m.code.Language == code.Go {
		return f.Name == "init" || f.Name == "main" && m.path == p.file
	}
	return m == p.modules[0] && f.Name == lastName(p.symbol)
}

// siblings returns the other files of the package of a file in Go.
func (p *program) siblings(m *module) []*module {
	if m.code.Language != code.Go {
		return nil
	}
	var all []*module
	for _, name := range p.reader.goPackage(path.Dir(m.path)).names {
		if other := p.byPath[name]; other != nil && other != m {
			all = append(all, other)
		}
	}
	return all
}

// name is the name of the handler; main for a function literal.
func (s start) name() string {
	if name := s.m.code.Functions[s.function].Name; name != "" {
		return name
	}
	return "main"
}
