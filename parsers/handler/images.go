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
	"lintel/parsers/handler/dockerfile"
)

// image is the container image of a function.
type image struct {
	reader  *reader
	context string // directory of the build
	name    string // of the Dockerfile
	stages  []dockerfile.Stage
	places  [][]dockerfile.Place // of each stage
	last    int                  // index of the stage that the function runs
	argv    []string             // ENTRYPOINT and CMD; empty: those of the base image
	handler string               // CMD of a base image of AWS
	steps   int                  // of the search for the program
}

// maxImageSteps is how many stages the search for a program looks at: stages may copy from each other in many ways.
const maxImageSteps = 1000

// inImage returns the location of the code in a container image that is built from a Dockerfile of the repository.
func (r *reader) inImage(f *model.Function, at location) (location, string) {
	i, why := r.imageOf(f)
	if why == "" {
		why = i.command(f)
	}
	if why != "" {
		return location{}, why
	}
	at.image = i
	stage := &i.stages[i.last]
	at.isPartly = stage.IsPartly || kindOf(stage.Base) == "" || slices.ContainsFunc(stage.Commands, rewrites)
	lists, named, isRead := i.installs()
	at.hasMore = stage.HasMore || !isRead || slices.ContainsFunc(stage.Copies, func(c dockerfile.Copy) bool { return c.From >= 0 })
	at.requirements, at.named = lists, named
	if handler, roots, language := i.start(); language != "" {
		at.language = language
		return at, at.handlerInImage(handler, roots)
	}
	return at, at.goInImage()
}

// imageOf reads the Dockerfile of a function.
func (r *reader) imageOf(f *model.Function) (i *image, why string) {
	build := r.imageBuild(f)
	context, hasContext := build.Context.Get()
	name, hasName := build.Dockerfile.Get()
	if build.Dockerfile.State == tree.StateAbsent {
		name, hasName = "Dockerfile", true
	}
	switch {
	case build.State == tree.StateAbsent:
		return nil, "the container image is built elsewhere"
	case !hasContext || !hasName || build.Target.State == tree.StateUnknown || build.Arguments.State == tree.StateUnknown:
		return nil, "the build of the container image is unknown"
	}
	dir, why := r.inTree(r.dirOf(&f.Resource), context)
	if why != "" {
		return nil, why
	}
	i = &image{reader: r, context: dir, name: path.Join(dir, name)}
	if !fs.ValidPath(i.name) || !r.isFile(i.name) {
		if i.name, why = r.inTree(r.base, name); why != "" { // relative to the directory of the run
			return nil, path.Join(dir, name) + " is not in the repository"
		}
	}
	return i, i.read(build)
}

// read reads the Dockerfile of a build.
func (i *image) read(build model.ImageBuild) (why string) {
	if info, err := fs.Stat(i.reader.fsys, i.name); err != nil || info.Size() > dockerfile.MaxBytes {
		i.reader.problem(i.name, "the Dockerfile exceeds the limit of 64 KiB, so the code of its functions is not judged")
		return i.name + " exceeds the limit of 64 KiB"
	}
	text, err := source.ReadFile(i.reader.fsys, i.name)
	if err != nil {
		return i.name + " cannot be read"
	}
	arguments := map[string]*string{}
	for _, e := range build.Arguments.Entries {
		arguments[e.Key] = nil
		if text, ok := e.Get(); ok {
			arguments[e.Key] = &text
		}
	}
	i.stages = dockerfile.Read(string(text), arguments, baseOf)
	i.places = dockerfile.Places(i.stages)
	target, _ := build.Target.Get()
	last, ok := dockerfile.Find(i.stages, target)
	if i.last = last; !ok {
		return i.name + " has no stage " + target
	}
	return ""
}

// imageBuild returns the build of a function's image: the metadata of the function or, in Terraform, the resource that the image is
// the output of.
func (r *reader) imageBuild(f *model.Function) model.ImageBuild {
	if f.Code.ImageBuild.State != tree.StateAbsent {
		return f.Code.ImageBuild
	}
	const links = 2 // docker_registry_image, docker_image
	ids := f.Code.ImageURI.IDs
	for range links {
		var next []string
		for n := range r.stack.ContainerImages {
			c := &r.stack.ContainerImages[n]
			if !slices.Contains(ids, c.ID) {
				continue
			}
			if c.Build.State != tree.StateAbsent {
				return c.Build
			}
			next = append(next, c.Reference.IDs...)
		}
		ids = next
	}
	return model.ImageBuild{}
}

// command finds the command that the image starts. The configuration of the function comes before the Dockerfile.
// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#images-parms
func (i *image) command(f *model.Function) (why string) {
	stage := &i.stages[i.last]
	entry, why := overridden(f.Image.EntryPoint, stage.Entry)
	if why != "" {
		return why
	}
	command, why := overridden(f.Image.Command, stage.Command)
	if why != "" {
		return why
	}
	if directory, ok := f.Image.WorkingDirectory.Get(); ok {
		stage.Directory = directory
	} else if f.Image.WorkingDirectory.State == tree.StateUnknown {
		stage.Directory = ""
	}
	if len(entry) == 0 || path.Base(entry[0]) == "lambda-entrypoint.sh" {
		i.handler = strings.Join(command[:min(len(command), 1)], "")
		return ""
	}
	i.argv = append(slices.Clone(entry), command...)
	return ""
}

// overridden returns the words of an ENTRYPOINT or CMD, which the configuration of the function may replace.
func overridden(by model.List[model.Value[string]], start dockerfile.Start) (words []string, why string) {
	switch {
	case by.State == tree.StateUnknown:
		return nil, "the command of the container image is unknown"
	case by.State == tree.StateAbsent && start.IsShell:
		return nil, "the command of the Dockerfile is in the shell form"
	case by.State == tree.StateAbsent:
		return start.Words, ""
	}
	for _, item := range by.Items {
		word, ok := item.Get()
		if !ok {
			return nil, "the command of the container image is unknown"
		}
		words = append(words, word)
	}
	return words, ""
}

// start returns the handler, the directories that it is looked for in, and its language; "" if the image starts a program.
func (i *image) start() (handler string, roots []string, language code.Language) {
	stage := &i.stages[i.last]
	if stage.Directory != "" {
		roots = append(roots, stage.Directory)
	}
	if len(i.argv) == 0 {
		language = map[string]code.Language{"lambda/python": code.Python, "lambda/nodejs": code.JavaScript}[kindOf(stage.Base)]
		if stage.Directory != taskRoot {
			roots = append(roots, taskRoot)
		}
		return i.handler, roots, language
	}
	for n, word := range i.argv {
		switch path.Base(word) {
		case "awslambdaric":
			language = code.Python
		case "aws-lambda-ric":
			language = code.JavaScript
		default:
			continue
		}
		return strings.Join(i.argv[n+1:min(len(i.argv), n+2)], ""), roots, language //nolint:mnd // the next word
	}
	return "", nil, ""
}

// files returns the files of the repository that a path in a stage comes from, the last copy first.
func (i *image) files(stage int, name string) []string {
	var found []string
	for _, place := range slices.Backward(i.places[stage]) {
		for _, from := range place.Sources(name) {
			if at := path.Join(i.context, from); source.Holds(i.context, at) && !slices.Contains(found, at) {
				found = append(found, at)
			}
		}
	}
	return found
}

// has reports whether the image contains a file of the repository.
func (i *image) has(name string) bool {
	return slices.ContainsFunc(i.places[i.last], func(p dockerfile.Place) bool {
		from := path.Join(i.context, p.Source)
		isMatch, err := path.Match(from, name)
		return source.Holds(from, name) || isMatch && err == nil
	})
}

// handlerInImage completes a location with the file of the handler.
func (l *location) handlerInImage(handler string, roots []string) (why string) {
	stem, symbol, ok := l.split(handler)
	if !ok {
		return "the command of the container image names no handler"
	}
	l.symbol = symbol
	for _, root := range roots {
		for _, candidate := range l.candidates(stem) {
			for _, name := range l.image.files(l.image.last, path.Join(root, candidate)) {
				if l.image.reader.isFile(name) {
					l.inImage(name, root, candidate)
					return ""
				}
			}
		}
		if l.language == code.JavaScript && l.compiled(path.Join(root, stem)) {
			return ""
		}
	}
	return stem + " is not among the files of the repository that " + l.image.name + " copies"
}

// inImage sets the file of the handler, by its path below a directory of the image. Imports are resolved in the repository, so the
// code is incomplete if the image has other files of code at other places than the repository.
func (l *location) inImage(name, root, candidate string) {
	l.file = name
	l.language, _ = languageOf(name)
	l.dir = path.Dir(name)
	if dir, ok := strings.CutSuffix(name, path.Clean(candidate)); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		l.dir = path.Clean(dir)
	}
	for _, p := range l.image.places[l.image.last] {
		l.beside(p, root)
	}
}

// beside adds code that the image has below a directory at another place than the repository.
func (l *location) beside(p dockerfile.Place, root string) {
	rest, isBelow := strings.CutPrefix(p.Target+"/", root+"/")
	from := path.Join(l.image.context, p.Source)
	isDir := l.image.reader.isDir(from)
	same := path.Join(l.dir, rest)
	if !isBelow || p.IsFile && isDir || from == same || p.Into && !isDir && path.Dir(from) == same || !l.image.reader.hasCode(from, l.language) {
		return
	}
	if l.language == code.Python && rest == "" && isDir {
		l.layers.own = append(l.layers.own, from)
		return
	}
	l.isPartly = true
}

// hasCode reports whether a file is code of a language, or a directory may contain some. A pattern may match some.
func (r *reader) hasCode(name string, language code.Language) bool {
	if of, ok := languageOf(name); ok {
		return (of == code.Python) == (language == code.Python)
	}
	return r.isDir(name) || dockerfile.HasPattern(path.Base(name))
}

// compiled finds the TypeScript file that a stage compiles to a file without its extension, by its name beside or below src.
func (l *location) compiled(stem string) bool {
	i := l.image
	for _, c := range slices.Backward(i.stages[i.last].Copies) {
		rest, isBelow := strings.CutPrefix(stem, strings.TrimSuffix(c.Target, "/")+"/")
		if c.From < 0 || !isBelow {
			continue
		}
		dir := c.Source
		if dockerfile.HasPattern(path.Base(dir)) {
			dir = path.Dir(dir)
		}
		for _, at := range []string{path.Dir(dir), path.Join(path.Dir(dir), "src"), dir} {
			for _, name := range i.files(c.From, path.Join(at, rest)+".ts") {
				if i.reader.isFile(name) {
					l.file, l.dir, l.language = name, i.context, code.TypeScript
					return true
				}
			}
		}
	}
	return false
}

// sets reports whether the image may set an environment variable.
func (i *image) sets(name string) bool {
	stage := &i.stages[i.last]
	return kindOf(stage.Base) == "" || slices.Contains(stage.Variables, name)
}

// rewrites reports whether a command may change the code that it finds, or place it elsewhere.
func rewrites(c dockerfile.Command) bool {
	return slices.ContainsFunc(strings.FieldsFunc(c.Text, func(r rune) bool { return strings.ContainsRune(" \t;&|()", r) }), func(word string) bool {
		return slices.Contains([]string{"sed", "patch", "perl", "awk", "envsubst", "mv", "cp", "ln", "git", "2to3"}, path.Base(word))
	})
}
