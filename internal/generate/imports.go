package generate

import (
	"fmt"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/home"
)

const module = home.Module + "/"

// Imports returns the packages of the module, by directory, with the directories of the packages of the module that
// they import on any platform, without tests.
func Imports(repository fs.FS) (map[string][]string, error) {
	imports := map[string][]string{}
	for _, root := range []string{"cmd", "docs", "internal", "parsers", "policies"} {
		err := fs.WalkDir(repository, root, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil && name == root:
				return fs.SkipDir // missing in the partial repository of a test
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == "testdata":
				return fs.SkipDir
			case entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			return addImports(repository, name, imports)
		})
		if err != nil {
			return nil, err
		}
	}
	for dir, found := range imports { // any order: each is sorted by itself
		slices.Sort(found)
		imports[dir] = slices.Compact(found)
	}
	return imports, nil
}

// addImports adds the imports of one file to its directory.
func addImports(repository fs.FS, name string, imports map[string][]string) error {
	text, err := fs.ReadFile(repository, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return err
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if constraint.IsGoBuild(comment.Text) && strings.Contains(comment.Text, "ignore") {
				return nil // a program for go run
			}
		}
	}
	dir := path.Dir(name)
	found := imports[dir]
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if own, ok := strings.CutPrefix(imported, module); ok {
			found = append(found, own)
		}
	}
	imports[dir] = found
	return nil
}

// ArchitecturePath is the page with the table of packages. Its last column is generated.
const ArchitecturePath = "docs/ARCHITECTURE.md"

// architecturePage returns the page with the imports of each package in the last column of the table.
func architecturePage(repository fs.FS) ([]byte, error) {
	text, err := fs.ReadFile(repository, ArchitecturePath)
	if err != nil {
		return nil, err
	}
	imports, err := Imports(repository)
	if err != nil {
		return nil, err
	}
	missing := maps.Clone(imports)
	var page strings.Builder
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); strings.HasPrefix(line, "| `") && len(cells) >= 3 {
			dir := strings.Trim(cells[0], "|` ")
			cells[len(cells)-1] = importCell(imports[dir]) + " |"
			line = strings.Join(cells, " | ") + "\n"
			delete(missing, dir)
		}
		page.WriteString(line)
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%s has no row for the packages %s; add them to its table with a dash in the last cell",
			ArchitecturePath, strings.Join(slices.Sorted(maps.Keys(missing)), ", "))
	}
	return []byte(page.String()), nil
}

// importCell formats imported directories, without internal.
func importCell(dirs []string) string {
	if len(dirs) == 0 {
		return "–"
	}
	names := make([]string, len(dirs))
	for i, dir := range dirs {
		names[i] = "`" + strings.TrimPrefix(dir, "internal/") + "`"
	}
	return strings.Join(names, ", ")
}
