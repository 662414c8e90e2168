package golang

import (
	"bytes"
	"go/build/constraint"
	"path"
	"slices"
	"strings"
)

// IsPart reports whether a file with a name is part of a build for Lambda: no test, and not for another system.
// https://pkg.go.dev/cmd/go#hdr-Build_constraints
func IsPart(name string) bool {
	stem, isGo := strings.CutSuffix(path.Base(name), ".go")
	if !isGo || strings.HasSuffix(stem, "_test") || strings.HasPrefix(stem, "_") || strings.HasPrefix(stem, ".") {
		return false
	}
	parts := strings.Split(stem, "_")
	for _, part := range parts[max(1, len(parts)-2):] {
		if isTag, isSet := platform(part); isTag && !isSet {
			return false
		}
	}
	return true
}

// Builds reports whether a file is part of a build for Lambda by its build constraint. It is uncertain if the constraint has
// tags of the project.
func Builds(text []byte) (isPart, isCertain bool) {
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0:
		case !bytes.HasPrefix(line, []byte("//")):
			return true, true
		case constraint.IsGoBuild(string(line)):
			e, err := constraint.Parse(string(line))
			if err != nil {
				return true, false
			}
			isCertain = true
			isPart = e.Eval(func(tag string) bool {
				isTag, isSet := platform(tag)
				isCertain = isCertain && (isTag || isUnset(tag) || strings.HasPrefix(tag, "go1.") || strings.HasPrefix(tag, "lambda."))
				return isSet || strings.HasPrefix(tag, "go1.") || tag == "lambda.norpc"
			})
			return isPart, isCertain
		}
	}
	return true, true
}

// platform reports whether a tag is an operating system or an architecture, and whether functions of Lambda have it.
// https://pkg.go.dev/internal/syslist
func platform(tag string) (isTag, isSet bool) {
	if slices.Contains([]string{"linux", "unix", "amd64", "arm64", "gc"}, tag) {
		return true, true
	}
	return slices.Contains([]string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
		"386", "arm", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x", "wasm", "cgo", "gccgo", "purego", "race",
	}, tag), false
}

// isUnset reports whether a tag is by convention not set in builds that are deployed.
func isUnset(tag string) bool {
	return slices.Contains([]string{"ignore", "tools", "tool", "test", "integration", "e2e", "wireinject", "mage", "generate", "local", "debug"}, tag)
}
