// Package handler finds the code of functions and reads facts from it into the model.
//
// The facts are those of the handler's file and of the files of the package that it imports: what runs when they are loaded,
// and what the handler reaches. Code that is not in the repository, in another language or beyond a limit leaves a list of facts
// incomplete and never makes it wrong.
package handler

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// Limits of the code of one function. Beyond them, the facts are incomplete, which is a problem of the unit. Together they bound the
// time that a function takes to about 300 ms, whatever the machine is doing: the same input has the same output.
const (
	maxFiles     = 60      // source files
	maxFileBytes = 1 << 20 // bytes of a source file
	maxBytes     = 2 << 20 // bytes of all source files
)

// Limits of the code of all functions of a unit, which may share large libraries.
const (
	maxAllSteps  = 1_500_000 // steps to follow values
	bytesPerStep = 32        // of the files of a function
)

// Read adds to a stack what the code of its functions contains.
func Read(ctx context.Context, fsys fs.FS, u deployment.Unit, parsed *deployment.Parsed) {
	r := newReader(fsys, parsed)
	r.base = u.Root
	if u.Kind != deployment.TerraformModule {
		r.base = path.Dir(u.Root)
	}
	for i := range parsed.Stack.Functions {
		if ctx.Err() != nil {
			return
		}
		r.function(i)
	}
}

// reader reads the code of the functions of a unit.
type reader struct {
	fsys    fs.FS
	stack   *model.Stack
	parsed  *deployment.Parsed
	base    string             // directory that paths of the unit are relative to
	known   map[string]int     // indices of sources, by package and handler
	modules map[string]*module // files that were read, by path; nil: cannot be read

	manifests map[string]string        // texts of package.json and go.mod files by path; "": there is none
	goFiles   map[string]goFiles       // files of Go packages, by directory
	builds    map[string]dirs          // what directories contain, by path
	locks     map[string]lock          // package-lock.json files, by path
	required  map[string]requirements  // lists of Python dependencies, by path
	dirs      map[string][]fs.DirEntry // the entries of directories, by path
	modes     map[string]fs.FileMode   // of files and directories, by path; fs.ModeIrregular: there is none

	spent    int // steps, for all functions
	exceeded bool
}

func newReader(fsys fs.FS, parsed *deployment.Parsed) *reader {
	return &reader{
		fsys: fsys, stack: parsed.Stack, parsed: parsed, base: ".",
		known: map[string]int{}, modules: map[string]*module{}, manifests: map[string]string{}, goFiles: map[string]goFiles{},
		builds: map[string]dirs{}, locks: map[string]lock{}, required: map[string]requirements{}, dirs: map[string][]fs.DirEntry{}, modes: map[string]fs.FileMode{},
	}
}

// module is a source file.
type module struct {
	path   string
	code   *code.File
	size   int     // bytes
	inline *inline // nil: the module is a file
}

// function reads the code of one function.
func (r *reader) function(i int) {
	f := &r.stack.Functions[i]
	at, why := r.locate(f)
	if why != "" {
		f.Unread = model.Known(why, f.At)
		return
	}
	key := at.dir + "\x00" + at.file + "\x00" + at.symbol + "\x00" + at.missing + "\x00" + strings.Join(at.layers.opt, "\x00") + strconv.FormatBool(at.hasMore)
	if at.inline != nil {
		key += "\x00" + f.ID
	}
	if at.image != nil {
		key += "\x00" + at.image.name + "\x00" + strconv.Itoa(at.image.last)
	}
	index, isKnown := r.known[key]
	if !isKnown && r.spent > maxAllSteps {
		f.Unread = model.Known(r.exceed(at.file), f.At)
		return
	}
	if !isKnown {
		index = r.stack.AddSource(r.source(at, f))
		r.known[key] = index
	}
	if index >= 0 {
		used := &r.stack.Sources[index]
		used.Framework = f.Framework && (used.Framework || !isKnown) // all of its functions are
		from := f.Handler.At
		if at.image != nil {
			from = f.At
		}
		r.stack.UseSource(i, index, from)
	}
}

// source reads the code of a function at a location.
func (r *reader) source(at location, f *model.Function) model.Source {
	var out model.Source
	out.ID, out.Type, out.At = f.ID, f.Type, source.Range{Path: at.file}
	if at.missing != "" {
		out.At = at.from
		out.Missing = model.Known(at.missing, out.At)
	}
	out.Block = model.NewBlock(out.At)
	out.Language = model.Known(string(at.language), out.At)
	if at.missing != "" {
		return out
	}
	out.File = model.Known(at.file, out.At)
	if at.inline != nil {
		out.At = at.inline.at
		out.Block, out.File = model.NewBlock(out.At), model.Known(at.inline.name, out.At)
		out.Language = model.Known(string(at.language), out.At)
	}
	p := r.load(at)
	if p == nil {
		out.File = model.Unknown[string](out.At, "the file cannot be read")
		return out
	}
	p.fill(&out)
	r.spent += p.bytes / bytesPerStep
	return out
}

// load reads the file of a handler and the files of the package that it imports. It returns nil if the first cannot be read.
func (r *reader) load(at location) *program {
	p := &program{location: at, reader: r, isPartly: at.isPartly, byPath: map[string]*module{}, files: map[imported][]string{}, constants: map[string]map[string]string{}}
	switch {
	case at.inline != nil:
		p.addInline()
	case p.add(at.file) == nil:
		return nil
	}
	if at.language == code.Go {
		p.addPackage(path.Dir(at.file))
	}
	for i := 0; i < len(p.modules); i++ { //nolint:intrange // the loop adds modules
		m := p.modules[i]
		for _, i := range append(slices.Clone(m.code.Imports), reexports(m)...) {
			for _, name := range p.localFiles(m, i) {
				p.add(name)
			}
		}
	}
	p.findStart()
	p.resolve()
	return p
}

// module reads a file once for all functions of the unit.
func (r *reader) module(name string) *module {
	m, ok := r.modules[name]
	if ok {
		return m
	}
	r.modules[name] = nil
	language, isCode := languageOf(name)
	info, err := fs.Stat(r.fsys, name)
	if !isCode || err != nil || !info.Mode().IsRegular() {
		return nil
	}
	if info.Size() > maxFileBytes {
		r.problem(name, "the source file exceeds the limit of 1 MiB, so the code of its functions is not judged")
		return nil
	}
	text, err := source.ReadFile(r.fsys, name)
	if err != nil {
		return nil
	}
	m = &module{path: name, code: parse(text, language), size: len(text)}
	r.modules[name] = m
	r.parsed.Files[name] = source.NewFile(name, text)
	return m
}

func (r *reader) problem(name, message string) {
	p := finding.Problem{Message: message}
	p.Range.Path = name
	r.parsed.Problems = append(r.parsed.Problems, p)
}

// exceed makes the limit of all functions a problem of the unit, once, and returns why the code of a function is not read.
func (r *reader) exceed(name string) string {
	if !r.exceeded {
		r.problem(name, "the code of the functions exceeds the limit of 1,500,000 steps to follow its values; that of this function and of later ones is not judged")
	}
	r.exceeded = true
	return "the code of the functions before it exceeds a limit"
}

// languageOf returns the language of a source file by its name.
func languageOf(name string) (code.Language, bool) {
	switch path.Ext(name) {
	case ".py":
		return code.Python, true
	case ".go":
		return code.Go, !strings.HasSuffix(name, "_test.go")
	case ".js", ".mjs", ".cjs", ".jsx":
		return code.JavaScript, true
	case ".ts", ".mts", ".cts", ".tsx":
		return code.TypeScript, !strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), ".d")
	}
	return "", false
}

// isFile reports whether a path is a regular file.
func (r *reader) isFile(name string) bool { return r.mode(name).IsRegular() }

// isDir reports whether a path is a directory.
func (r *reader) isDir(name string) bool { return r.mode(name).IsDir() }

// mode asks for a path once: each import of each function has several paths that it can load.
func (r *reader) mode(name string) fs.FileMode {
	mode, ok := r.modes[name]
	if !ok {
		mode = fs.ModeIrregular
		if info, err := fs.Stat(r.fsys, name); err == nil {
			mode = info.Mode()
		}
		r.modes[name] = mode
	}
	return mode
}

// entries lists a directory once. One that cannot be read has none.
func (r *reader) entries(dir string) []fs.DirEntry {
	all, ok := r.dirs[dir]
	if !ok {
		all, _ = fs.ReadDir(r.fsys, dir)
		r.dirs[dir] = all
	}
	return all
}
