package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/dockerfile"
)

// goInImage completes a location with the program in Go that a container image starts: a stage builds it from a package of the
// repository.
func (l *location) goInImage() (why string) {
	i := l.image
	for _, program := range i.programs() {
		dir, tags, ok := i.goBuild(i.last, program)
		if !ok {
			continue
		}
		found := i.reader.goPackage(dir)
		if found.main == "" {
			continue
		}
		l.dir, l.file, l.symbol, l.language = dir, found.main, "main", code.Go
		l.hasMore, l.isPartly = false, tags // a program contains what it imports
		return ""
	}
	if len(i.argv) > 0 {
		return "the container image starts " + i.argv[0] + ", whose code is not found"
	}
	return "the base image of " + i.name + " is another one than those of AWS and of Docker"
}

// programs returns the paths of the program that the image may start.
func (i *image) programs() []string {
	stage := &i.stages[i.last]
	kind := kindOf(stage.Base)
	switch {
	case len(i.argv) > 0 && path.IsAbs(i.argv[0]):
		return i.argv[:1]
	case len(i.argv) > 0 && stage.Directory != "":
		return []string{path.Join(stage.Directory, i.argv[0])}
	case kind == "lambda/provided":
		return []string{"/var/runtime/bootstrap", path.Join(taskRoot, "bootstrap")}
	case kind == "lambda/go":
		return []string{path.Join(taskRoot, i.handler)}
	case i.handler != "" && !strings.HasPrefix(kind, "lambda/"): // CMD without an ENTRYPOINT
		return []string{path.Join("/", stage.Directory, i.handler)}
	}
	return nil
}

// goBuild returns the directory of the package that a command of a stage, or of one that it copies from, builds to a path. tags: the
// command sets build tags.
func (i *image) goBuild(stage int, output string) (dir string, tags, ok bool) {
	if i.steps++; i.steps > maxImageSteps {
		return "", false, false
	}
	if dir, tags, ok = i.goBuildIn(stage, output); ok {
		return dir, tags, true
	}
	for _, c := range slices.Backward(i.stages[stage].Copies) {
		if c.From < 0 || c.From >= stage {
			continue
		}
		for _, from := range (dockerfile.Place{Source: c.Source, Target: c.Target, Into: c.Into}).Sources(output) {
			if dir, tags, ok := i.goBuild(c.From, from); ok {
				return dir, tags, true
			}
		}
	}
	return "", false, false
}

// goBuildIn is goBuild for the commands of the stage itself.
func (i *image) goBuildIn(stage int, output string) (dir string, tags, ok bool) {
	for _, command := range slices.Backward(i.stages[stage].Commands) {
		b, isBuild := goBuildOf(command.Text)
		if !isBuild || b.output == "" || absolute(command, b.output) != output {
			continue
		}
		for _, name := range i.files(stage, absolute(command, b.name)) {
			if strings.HasSuffix(name, ".go") {
				name = path.Dir(name)
			}
			if i.reader.isDir(name) {
				return name, b.hasTags, true
			}
		}
	}
	return "", false, false
}

// absolute returns the path that a word of a command names; "" if its directory is unknown.
func absolute(c dockerfile.Command, name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	if c.Directory == "" {
		return ""
	}
	return path.Join(c.Directory, name)
}
