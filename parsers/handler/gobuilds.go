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
	words := dockerfile.Words(command)
	at := 0
	for at+1 < len(words) && (words[at] != "go" || words[at+1] != "build") {
		at++
	}
	if at+1 >= len(words) {
		return goBuild{}, false
	}
	b.name = "."
	for words = words[at+2:]; len(words) > 0; {
		word, isLast := strings.CutSuffix(words[0], ";")
		words = words[1:]
		if word == "" || strings.ContainsAny(word[:1], "&|>;#") {
			break
		}
		name, isFlag := strings.CutPrefix(strings.TrimPrefix(word, "-"), "-")
		name, value, hasValue := strings.Cut(name, "=")
		if isFlag = isFlag || strings.HasPrefix(word, "-"); !isFlag {
			b.name = word
			break
		}
		if !hasValue && !isLast && len(words) > 0 && slices.Contains([]string{"o", "tags", "ldflags", "gcflags", "asmflags", "mod", "p", "installsuffix", "C", "buildmode"}, name) {
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
		if isLast {
			break
		}
	}
	return b, true
}
