package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// program is the code of a handler.
type program struct {
	location
	reader   *reader
	modules  []*module // the handler's file first
	byPath   map[string]*module
	isPartly bool // a file of the package was not read, or was not parsed to its end
	bytes    int  // of the modules
	exceeded bool // a limit, which is a problem of the unit
	reached  map[*module]map[int]bool
	settings *settings // nil: not read yet
	files    map[imported][]string
	start    start // Go: the handler

	constants map[string]map[string]string // Go: strings by name, by the directory of the package
	words     map[string]bool              // Go: names and members; nil: not read yet
	numbers   map[string]bool              // Go: fields of numbers, by name; nil: not read yet
}

// imported is what a file imports.
type imported struct {
	by           *module
	module, name string
}

// add reads a file of the package. It returns nil if the file cannot be read or exceeds a limit.
func (p *program) add(name string) *module {
	if m, ok := p.byPath[name]; ok {
		return m
	}
	if len(p.modules) == maxFiles {
		p.exceeds("the limit of 60 source files; what the others do is not judged")
		p.isPartly = true
		return nil
	}
	m := p.reader.module(name)
	p.byPath[name] = m
	if m == nil {
		p.isPartly = true
		return nil
	}
	if p.bytes+m.size > maxBytes {
		p.exceeds("the limit of 2 MiB of source files; what the others do is not judged")
		p.isPartly = true
		return nil
	}
	p.bytes += m.size
	p.modules = append(p.modules, m)
	p.isPartly = p.isPartly || len(m.code.Unread) > 0
	return m
}

// exceeds makes a limit of the function a problem of the unit, once.
func (p *program) exceeds(limit string) {
	if !p.exceeded {
		p.reader.problem(p.file, "the code of the handler exceeds "+limit)
	}
	p.exceeded = true
}

// reexports are the imports that the exports of a file from other ones make: export * from "./orders".
func reexports(m *module) []code.Import {
	var all []code.Import
	for i := range m.code.Exports {
		if e := &m.code.Exports[i]; e.From != "" {
			all = append(all, e.Imported())
		}
	}
	return all
}

// localFiles returns the files of the package that an import can load.
func (p *program) localFiles(m *module, i code.Import) []string {
	if i.IsType || i.Module == "" {
		return nil
	}
	key := imported{m, i.Module, i.Name}
	files, ok := p.files[key]
	if !ok {
		files = p.findFiles(m, i)
		p.files[key] = files
	}
	return files
}

// findFiles looks for the files of localFiles.
func (p *program) findFiles(m *module, i code.Import) []string {
	switch m.code.Language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return p.pythonFiles(m, i)
	case code.Go:
		return p.goImport(m, i)
	}
	if !strings.HasPrefix(i.Module, ".") {
		return p.fromOpt(i.Module)
	}
	return p.first(scriptsOf(path.Join(path.Dir(m.path), i.Module))...)
}

// scriptsOf returns the files that an import of a path in JavaScript can load.
func scriptsOf(stem string) []string {
	bare := strings.TrimSuffix(stem, path.Ext(stem)) // TypeScript imports a.ts as ./a.js
	return []string{
		stem, stem + ".js", stem + ".ts", stem + ".mjs", stem + ".cjs", stem + ".mts", stem + ".cts", stem + ".jsx", stem + ".tsx",
		stem + "/index.js", stem + "/index.ts", stem + "/index.mjs", stem + "/index.cjs", stem + "/index.mts", stem + "/index.cts", stem + "/index.jsx", stem + "/index.tsx",
		bare + ".ts", bare + ".mts", bare + ".cts", bare + ".tsx",
	}
}

// pythonFiles returns the files of an import in Python: the module, and the imported name, which may be a module, too.
func (p *program) pythonFiles(m *module, i code.Import) []string {
	base, name := p.dir, i.Module
	if rest := strings.TrimLeft(name, "."); rest != name {
		base = path.Dir(m.path)
		for range len(name) - len(rest) - 1 {
			base = path.Dir(base)
		}
		name = rest
	}
	roots := []string{base}
	if name == i.Module {
		roots = append(roots, p.layers.own...)
	}
	top, _, _ := strings.Cut(name, ".")
	for n, root := range roots {
		if n == 0 && name == i.Module && p.reader.isInstalled(root, top) {
			continue
		}
		within := p.dir
		if n > 0 {
			within = root
		}
		stem := path.Join(root, strings.ReplaceAll(name, ".", "/"))
		found := p.firstIn(within, stem+".py", stem+"/__init__.py")
		if i.Name != "" && i.Name != "*" {
			found = append(found, p.firstIn(within, path.Join(stem, i.Name)+".py", path.Join(stem, i.Name)+"/__init__.py")...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// loadsFile reports whether the imported name is a file that the import loads: from package import module.
func loadsFile(i code.Import, file string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__")
	return i.Name != "" && strings.HasSuffix("/"+stem, "/"+i.Name)
}

// first returns the first of some paths that is a file.
func (p *program) first(names ...string) []string {
	for _, dir := range append([]string{p.dir}, p.layers.opt...) {
		if found := p.firstIn(dir, names...); len(found) > 0 {
			return found
		}
	}
	return nil
}

// firstIn returns the first of some paths that is a file in a directory.
func (p *program) firstIn(dir string, names ...string) []string {
	for _, name := range names {
		if source.Holds(dir, name) && p.reader.isFile(name) && p.packs(name) {
			return []string{name}
		}
	}
	return nil
}

// packs reports whether the package contains a file of its directory. An image has those that it copies, or what is compiled.
func (p *program) packs(name string) bool {
	return p.image == nil || p.language == code.TypeScript || p.image.has(name)
}

// packageOf returns the name of the package that an import loads; "" for a file of the handler's own package.
func packageOf(m *module, i code.Import) string {
	if i.IsType || i.Module == "" || strings.HasPrefix(i.Module, ".") || strings.HasPrefix(i.Module, "/") {
		return ""
	}
	switch m.code.Language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		top, _, _ := strings.Cut(i.Module, ".")
		return top
	case code.Go:
		return goModuleOf(i.Module)
	}
	name := strings.TrimPrefix(i.Module, "node:")
	parts := strings.SplitN(name, "/", 3) //nolint:mnd // the scope, the name and the rest
	if strings.HasPrefix(name, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// isPackaged reports whether a package of others is in the function's package: in its directory, or in a list of dependencies
// in it or in a directory above.
func (p *program) isPackaged(name string, language code.Language) bool {
	if p.inLayers(name) {
		return true
	}
	if p.inline != nil {
		return name == "cfnresponse" || name == "cfn-response"
	}
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Go:
		return true // the program contains it
	case code.Python:
		return p.reader.isDir(path.Join(p.dir, name)) || p.reader.isFile(path.Join(p.dir, name+".py"))
	}
	return p.isPackagedScript(name)
}

// isPackagedScript is isPackaged for JavaScript.
func (p *program) isPackagedScript(name string) bool {
	if p.isExternal(name) {
		return false
	}
	for dir := path.Dir(p.file); ; dir = path.Dir(dir) {
		if p.reader.isDir(path.Join(dir, "node_modules", name)) || p.lists(path.Join(dir, "package.json"), name, p.installs && dir == p.dir) {
			return true
		}
		if dir == "." || dir == "/" {
			return false
		}
	}
}

// isExternal reports whether esbuild leaves a package out.
// https://esbuild.github.io/api/#external
func (p *program) isExternal(name string) bool {
	return slices.ContainsFunc(p.external, func(pattern string) bool {
		before, after, hasStar := strings.Cut(pattern, "*")
		return pattern == name || hasStar && pattern != "*" && len(name) >= len(before)+len(after) && strings.HasPrefix(name, before) && strings.HasSuffix(name, after)
	})
}

// manifest returns the text of a file that lists dependencies; "" if there is none.
func (r *reader) manifest(name string) string {
	text, isRead := r.manifests[name]
	if !isRead {
		if r.isFile(name) {
			content, err := source.ReadFile(r.fsys, name)
			text = string(content)
			if err != nil {
				text = unreadable
			}
		}
		r.manifests[name] = text
	}
	return text
}

// unreadable stands for the text of such a file that cannot be read: it may list any package.
const unreadable = "\x00"

// outside returns the expressions that run and are in no statement: base classes and decorators.
func (p *program) outside(m *module) []*code.Expr {
	var all []*code.Expr
	for _, c := range m.code.Classes {
		if p.runs(m, c.Function) {
			all = append(all, c.Bases...)
		}
	}
	for _, f := range m.code.Functions {
		if p.runs(m, f.Parent) {
			all = append(all, f.Decorators...)
		}
	}
	return all
}

// runs reports whether a function of a module is reached.
func (p *program) runs(m *module, function int) bool { return p.reached[m][function] }

func lastName(symbol string) string { return symbol[strings.LastIndex(symbol, ".")+1:] }
