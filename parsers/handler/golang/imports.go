package golang

import (
	"go/ast"
	"path"
	"strconv"
	"strings"

	"lintel/parsers/handler/code"
)

// imported adds an import. An import of `_` binds nothing, and one of `.` all members.
func (r *reader) imported(s *ast.ImportSpec) {
	if s.Path == nil {
		return
	}
	name, err := strconv.Unquote(s.Path.Value)
	if err != nil || name == "" {
		return
	}
	i := code.Import{Module: name, As: PackageName(name), Function: code.Module, Try: code.Module, Range: r.span(s)}
	if s.Name != nil {
		switch i.As = s.Name.Name; i.As {
		case "_":
			i.As = ""
		case ".":
			i.As, i.Name = "", "*"
		}
	}
	r.out.Imports = append(r.out.Imports, i)
}

// PackageName returns the name that a package has by convention: the last element of its path, without the major version.
// https://go.dev/ref/mod#major-version-suffixes
func PackageName(module string) string {
	dir, name := path.Split(module)
	if isVersion(name) && dir != "" {
		name = path.Base(dir)
	}
	if base, version, ok := strings.Cut(name, ".v"); ok && isVersion("v"+version) {
		name = base // gopkg.in/yaml.v3
	}
	name = strings.TrimPrefix(name, "go-")
	return strings.ReplaceAll(strings.TrimSuffix(name, "-go"), "-", "")
}

func isVersion(name string) bool {
	digits, ok := strings.CutPrefix(name, "v")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}
