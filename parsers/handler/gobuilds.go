package handler

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/dockerfile"
)

// goBuild is a command that builds a program in Go.
type goBuild struct {
	name    string // of the package or of its first file
	output  string // "": the name of the directory
	hasTags bool   // it sets build tags of the project
}

// goBuildOf reads the go build in a shell command.
// https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies
func goBuildOf(command string) (b goBuild, ok bool) {
	words, ok := afterBuild(dockerfile.Words(command))
	if !ok {
		return goBuild{}, false
	}
	b.name = "."
	for len(words) > 0 {
		word := words[0]
		words = words[1:]
		if !strings.HasPrefix(word, "-") {
			b.name = word
			break
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if !hasValue && len(words) > 0 && slices.Contains([]string{"o", "tags", "ldflags", "gcflags", "asmflags", "mod", "p", "installsuffix", "C", "buildmode"}, name) {
			value, words = words[0], words[1:]
		}
		switch name {
		case "o":
			b.output = value
		case "tags":
			b.hasTags = value != "lambda.norpc"
		case "C":
			return goBuild{}, false // another directory
		}
	}
	return b, true
}

// afterBuild returns the words after go build, up to the first operator of the shell.
func afterBuild(words []string) ([]string, bool) {
	for i := range max(len(words)-1, 0) {
		if words[i] == "go" && words[i+1] == "build" {
			return ofCommand(words[i+2:]), true
		}
	}
	return nil, false
}

// ofCommand returns the words up to the first operator of the shell.
func ofCommand(words []string) []string {
	for i, word := range words {
		if before, isLast := strings.CutSuffix(word, ";"); isLast {
			return append(slices.Clone(words[:i]), before)
		}
		if strings.IndexAny(word, "&|>#") == 0 {
			return words[:i]
		}
	}
	return words
}

// goTarget returns the directory that the target of a function in a Makefile builds: `go build … ./cmd/orders`, also after
// `cd lambdas &&` and in a variable of the Makefile. It is the directory of the Makefile if the target does not spell another one.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-custom-runtimes.html
func (r *reader) goTarget(dir, id string) string {
	text := r.manifest(path.Join(dir, "Makefile"))
	variables := variablesOf(text)
	inTarget := false
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, " ") && strings.TrimSpace(line) != "" {
			target, _, _ := strings.Cut(line, ":")
			inTarget = strings.TrimSpace(target) == "build-"+id
			continue
		}
		if !inTarget {
			continue
		}
		within, command := changedDir(dir, variables.Replace(line))
		build, ok := goBuildOf(command)
		if !ok {
			continue
		}
		if at := path.Join(within, strings.TrimSuffix(build.name, "/main.go")); strings.HasPrefix(build.name, "./") && fs.ValidPath(at) && r.isDir(at) {
			return at
		}
		if fs.ValidPath(within) && r.isDir(within) {
			return within
		}
		return dir
	}
	return dir
}

// maxVariables is the limit of variables of a Makefile that are read.
const maxVariables = 100

// variablesOf replaces the variables that a Makefile sets at its top level by their values.
func variablesOf(text string) *strings.Replacer {
	var pairs []string
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(strings.TrimRight(name, ":?"))
		if !ok || strings.HasPrefix(line, "\t") || name == "" || strings.ContainsAny(name, " \t$+:") || len(pairs) >= 2*maxVariables {
			continue
		}
		value = strings.TrimSpace(value)
		pairs = append(pairs, "$("+name+")", value, "${"+name+"}", value)
	}
	return strings.NewReplacer(pairs...)
}

// changedDir returns the directory in which a line of a target runs its command, and the command: cd lambdas && go build.
func changedDir(dir, line string) (within, command string) {
	first, rest, ok := strings.Cut(line, "&&")
	to, isChange := strings.CutPrefix(strings.TrimLeft(first, " \t@-"), "cd ")
	if !ok || !isChange {
		return dir, line
	}
	return path.Join(dir, strings.TrimSpace(to)), rest
}
