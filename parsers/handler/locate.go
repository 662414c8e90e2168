package handler

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/handler/code"
)

// location is where the code of a handler is.
type location struct {
	dir          string        // directory whose content is the package, or from which it is built
	file         string        // file of the handler
	symbol       string        // name of the handler in the file; dots separate members
	language     code.Language // of the file
	missing      string        // path without extension of a file that the package does not have; "": it has the file
	from         source.Range  // of the handler's name in the template
	isBuilt      bool          // a tool builds the package from the directory, so it contains more or other files
	installs     bool          // sam build installs the dependencies that the package.json in dir lists, without those for development
	hasMore      bool          // layers may add modules that are not in the repository
	layers       layers        // of the stack
	entries      []string      // files that esbuild starts from, relative to dir
	external     []string      // packages that esbuild leaves out, which may be patterns
	requirements []string      // lists of Python packages that a Terraform module or an image installs
	named        []requirement // Python packages that an image installs by their names
	inline       *inline       // the text in the template; nil: the code is in a file
	image        *image        // that contains the code; nil: the code is in a package
	isPartly     bool          // the image may have other code than the directory
}

// locate finds the code of a function. why: the code is not in the repository or not read; "" if it is read.
func (r *reader) locate(f *model.Function) (at location, why string) {
	if kind, _ := f.PackageType.Get(); kind == "Image" {
		return r.inImage(f, location{})
	}
	language, why := isReadable(f)
	if why != "" {
		return location{}, why
	}
	handler, _ := f.Handler.Get()
	at = location{language: language, from: f.Handler.At}
	at.layersOf(r, f)
	if f.Code.Inline.State != tree.StateAbsent && f.Code.Asset.State == tree.StateAbsent {
		return r.inlined(f, handler, at)
	}
	if f.Code.Sources.State != tree.StateAbsent {
		return r.packed(f, handler, at)
	}
	name, why := r.codePath(f, &at)
	if why != "" {
		return location{}, why
	}
	return r.within(f, handler, name, at)
}

// within completes a location with the file of the handler in a file or directory.
func (r *reader) within(f *model.Function, handler, name string, at location) (_ location, why string) {
	if at.language == code.Go {
		if !r.isDir(name) {
			name = path.Dir(name)
		}
		at.dir, at.hasMore = name, false
		return at, at.goMain(r, f)
	}
	if !r.isDir(name) {
		if _, isCode := languageOf(name); !isCode || !r.isFile(name) {
			return location{}, "the package is the archive " + name
		}
		at.dir = path.Dir(name)
		return at, at.handlerIn(r, handler, name)
	}
	at.dir = name
	return at, at.handlerIn(r, handler, "")
}

// packed finds the handler in the first of the files and directories that a Terraform module packages and that has it. The module
// can leave out files and add modules.
func (r *reader) packed(f *model.Function, handler string, at location) (_ location, why string) {
	at.isBuilt = true
	for _, list := range f.Code.Requirements.Items {
		written, _ := list.Get()
		name, failed := r.inTree(r.base, written)
		at.requirements = append(at.requirements, name)
		at.hasMore = at.hasMore || failed != "" || written == ""
	}
	why = "the package has no path"
	for _, source := range f.Code.Sources.Items {
		written, ok := source.Get()
		if !ok {
			return location{}, "the path of the package is unknown"
		}
		name, failed := r.inTree(r.base, written)
		if failed == "" {
			var found location
			if found, failed = r.within(f, handler, name, at); failed == "" {
				return found, ""
			}
		}
		why = failed
	}
	return location{}, why
}

// isReadable returns the language of a function's code, or why it is not read whatever its place.
func isReadable(f *model.Function) (language code.Language, why string) {
	language, isRead := languageOfRuntime(f.Runtime)
	packageType, isKnown := f.PackageType.Get()
	switch isZip := f.PackageType.State == tree.StateAbsent || isKnown && packageType == "Zip"; {
	case !isZip:
		return "", "PackageType is unknown"
	case f.Runtime.State == tree.StateUnknown:
		return "", "the runtime is unknown"
	case f.Runtime.State == tree.StateAbsent:
		return "", "there is no runtime"
	case !isRead:
		return "", "the language of the runtime is not read"
	case f.Handler.State == tree.StateUnknown:
		return "", "the handler is unknown"
	case f.Handler.State == tree.StateAbsent:
		return "", "there is no handler"
	}
	return language, ""
}

// builtBy reports whether a tool makes the package of a function from its directory, and whether sam build only installs dependencies.
func builtBy(f *model.Function) (isBuilt, installs bool) {
	isBuilt = f.Code.BuildMethod.State != tree.StateAbsent
	return isBuilt, !isBuilt && f.Type == "AWS::Serverless::Function"
}

// codePath returns the file or directory of a function's code, or why it is unknown.
func (r *reader) codePath(f *model.Function, at *location) (name, why string) {
	at.isBuilt, at.installs = builtBy(f)
	at.entries, at.external = known(f.Code.EntryPoints), known(f.Code.External)
	if asset, ok := f.Code.Asset.Get(); ok {
		return r.inTree(r.dirOf(&f.Resource), asset)
	}
	local, ok := f.Code.Path.Get()
	switch {
	case f.Code.S3Bucket.State != tree.StateAbsent || strings.HasPrefix(local, "s3://"):
		return "", "the package is in an S3 bucket"
	case f.Code.Path.State == tree.StateUnknown:
		return "", "the path of the package is unknown"
	case strings.HasPrefix(f.Type, "aws_") && ok:
		return r.archived(local)
	case ok:
		return r.inTree(r.dirOf(&f.Resource), local)
	case f.Code.Path.State == tree.StateAbsent && f.Type == "AWS::Serverless::Function":
		return r.dirOf(&f.Resource), "" // SAM's default
	}
	return "", "the package has no path"
}

// known returns the known texts of a list.
func known(list model.List[model.Value[string]]) []string {
	var all []string
	for _, item := range list.Items {
		if text, ok := item.Get(); ok {
			all = append(all, text)
		}
	}
	return all
}

// archived returns the file or directory that Terraform packs into an archive, or why it is unknown.
func (r *reader) archived(output string) (name, why string) {
	for i := range r.stack.Archives {
		a := &r.stack.Archives[i]
		if written, ok := a.Output.Get(); !ok || path.Clean(written) != path.Clean(output) {
			continue
		}
		if dir, ok := a.Dir.Get(); ok {
			return r.inTree(r.base, dir)
		}
		if file, ok := a.File.Get(); ok {
			return r.inTree(r.base, file)
		}
	}
	return "", "the package is the archive " + output
}

// dirOf returns the directory that paths of a resource are relative to: that of its template, which can be a nested one.
func (r *reader) dirOf(resource *model.Resource) string {
	if strings.HasPrefix(resource.Type, "aws_") || resource.At.Path == "" {
		return r.base
	}
	return path.Dir(resource.At.Path)
}

// inTree resolves a path of a template, or returns why it has no file. Paths of Terraform's path.module are relative to the root
// of the run already. A template that is built on Windows may separate directories by backslashes.
func (r *reader) inTree(dir, name string) (found, why string) {
	if strings.Contains(name, "://") || path.IsAbs(name) {
		return "", name + " is not in the repository"
	}
	for _, written := range []string{name, strings.ReplaceAll(name, `\`, "/")} {
		for _, p := range []string{path.Join(dir, written), path.Join(r.base, written), path.Clean(written)} {
			if fs.ValidPath(p) && (r.isFile(p) || r.isDir(p)) {
				return p, ""
			}
		}
	}
	return "", name + " is not in the repository"
}

// languageOfRuntime returns the language that a runtime runs and lintel reads.
func languageOfRuntime(runtime model.Value[string]) (code.Language, bool) {
	name, ok := runtime.Get()
	switch {
	case !ok:
		return "", false
	case strings.HasPrefix(name, "python"):
		return code.Python, true
	case strings.HasPrefix(name, "nodejs"):
		return code.JavaScript, true
	case isGoRuntime(name):
		return code.Go, true
	}
	return "", false
}

// handlerIn completes a location with the file of the handler. only: the package consists of this file. why: the package may have
// a file that is not in the repository.
func (l *location) handlerIn(r *reader, handler, only string) (why string) {
	stem, symbol, ok := l.split(handler)
	if !ok {
		return "the handler names no function"
	}
	l.symbol = symbol
	for _, candidate := range l.candidates(stem) {
		name := path.Join(l.dir, candidate)
		if r.isFile(name) && (only == "" || only == name) {
			l.file = name
			l.language, _ = languageOf(name)
			return ""
		}
	}
	if l.isBuilt || l.hasMore || len(l.layers.opt) > 0 || !r.isWhole(l, only) || isPlaceholder(only) || isPlaceholder(l.dir) {
		return path.Join(l.dir, stem) + " is not in the repository; another tool may make it"
	}
	l.missing = path.Join(l.dir, stem)
	return ""
}

// isPlaceholder reports whether a path is named like code that a pipeline replaces after the deployment.
func isPlaceholder(name string) bool {
	name = strings.ToLower(path.Base(name))
	for _, word := range []string{"placeholder", "dummy", "stub", "empty", "noop", "bootstrap", "initial", "fake"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// split returns the path of a handler's file without extension, and the name in it.
// https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html#naming
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-naming
func (l *location) split(handler string) (stem, symbol string, ok bool) {
	if l.language == code.Python {
		i := strings.LastIndex(handler, ".")
		if i <= 0 {
			return "", "", false
		}
		return strings.ReplaceAll(handler[:i], ".", "/"), handler[i+1:], true
	}
	dir, base := path.Split(handler)
	base, symbol, ok = strings.Cut(base, ".")
	return dir + base, symbol, ok && base != ""
}

// candidates returns the files that a handler's file may be, in the order in which the runtime looks for them, and then the
// TypeScript files that it may be compiled from.
func (l *location) candidates(stem string) []string {
	if l.language == code.Python {
		return []string{stem + ".py", stem + "/__init__.py"}
	}
	for _, entry := range l.entries {
		if strings.TrimSuffix(path.Base(entry), path.Ext(entry)) == path.Base(stem) {
			return []string{entry}
		}
	}
	return []string{stem + ".js", stem + ".mjs", stem + ".cjs", stem + ".ts", stem + ".mts", stem + ".cts", stem + ".tsx", "src/" + stem + ".ts", "src/" + stem + ".tsx"}
}

// isWhole reports whether the package consists of the files of its directory: nothing builds it from others.
func (r *reader) isWhole(l *location, only string) bool {
	if only != "" {
		return true
	}
	hasCode := false
	entries, err := fs.ReadDir(r.fsys, l.dir)
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return r.leadsOut(path.Join(l.dir, e.Name()), e) }) {
		return false
	}
	for _, e := range entries {
		switch e.Name() {
		case "Makefile", "makefile", "tsconfig.json", "setup.py", "pyproject.toml", "Dockerfile", "build.sh":
			return false
		case "package.json":
			text, err := source.ReadFile(r.fsys, path.Join(l.dir, e.Name()))
			if err != nil || builds(string(text)) {
				return false
			}
		}
		language, ok := languageOf(e.Name())
		hasCode = hasCode || ok && language == l.language
	}
	return err == nil && hasCode
}

// leadsOut reports whether an entry of a directory is a link that cannot be followed, such as one out of the repository.
func (r *reader) leadsOut(name string, e fs.DirEntry) bool {
	return e.Type()&fs.ModeSymlink != 0 && !r.isFile(name) && !r.isDir(name)
}

// builds reports whether a package.json names a tool that makes other files.
func builds(manifest string) bool {
	for _, tool := range []string{"build", "bundle", "compile", "tsc", "webpack", "rollup", "babel", "parcel", "ncc", "swc", "vite", "typescript"} {
		if strings.Contains(manifest, tool) {
			return true
		}
	}
	return false
}
