package parsers

import (
	"io/fs"
	"path"
	"strings"
	"unicode"

	"lintel/internal/source"
)

// elsewhere are directories of changed code, which units in other directories may package: CodeUri: ../src.
type elsewhere map[string]bool

// elsewhereOf returns the directories that contain changed code.
func elsewhereOf(files []string) elsewhere {
	dirs := elsewhere{}
	for _, p := range files {
		if !source.IsCode(p) {
			continue
		}
		for dir := path.Dir(p); !dirs[dir]; dir = path.Dir(dir) {
			dirs[dir] = true
			if dir == "." {
				break
			}
		}
	}
	return dirs
}

// namedIn is named for a file. One that cannot be read names nothing.
func (e elsewhere) namedIn(fsys fs.FS, name string) bool {
	if len(e) == 0 {
		return false
	}
	text, err := source.ReadFile(fsys, name)
	return err == nil && e.named(path.Dir(name), string(text))
}

// named reports whether the text of a unit in a directory contains the path of one of the directories that does not contain it.
func (e elsewhere) named(dir, text string) bool {
	if !strings.Contains(text, "..") {
		return false
	}
	for at := range steps(text) {
		if target := path.Join(dir, at); e[target] && !source.Holds(dir, target) {
			return true
		}
	}
	return false
}

// steps returns the paths in a text that start with "..". They end at the first character that no path of code has.
func steps(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for rest := text; ; {
			i := strings.Index(rest, "..")
			if i < 0 {
				return
			}
			rest = rest[i:]
			end := strings.IndexFunc(rest, func(r rune) bool {
				return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-/@+", r)
			})
			if end < 0 {
				end = len(rest)
			}
			if !yield(rest[:end]) {
				return
			}
			rest = rest[max(end, len("..")):]
		}
	}
}
