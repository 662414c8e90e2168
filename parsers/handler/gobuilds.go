package handler

import (
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
