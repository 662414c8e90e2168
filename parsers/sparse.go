package parsers

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// MayBeSparse reports whether a tree may be a sparse checkout, in which tracked files are missing. The .git of a further working tree
// is a file, which leads out of the tree.
func MayBeSparse(files fs.FS) bool {
	if info, err := fs.Stat(files, ".git/info/sparse-checkout"); err == nil {
		return info.Mode().IsRegular()
	}
	info, err := fs.Stat(files, ".git")
	return err == nil && info.Mode().IsRegular()
}

// SparseGaps returns a gap for each outermost directory, or file in a directory that is there, that is missing in a sparse checkout
// and contains templates or modules as far as their names tell.
func SparseGaps(files fs.FS, sparse []string) []finding.Gap {
	missing := map[string]bool{}
	isMissing := func(name string) bool {
		is, known := missing[name]
		if !known {
			is = source.IsMissing(files, name)
			missing[name] = is
		}
		return is
	}
	sources := map[string][]string{} // by the outermost missing part
	for _, name := range sparse {
		if syntax := source.SyntaxOf(name); !syntax.IsModule() && !syntax.MayBeTemplate() || isSkipped(name) {
			continue
		}
		if part := outermost(name, isMissing); part != "" {
			sources[part] = append(sources[part], name)
		}
	}
	gaps := make([]finding.Gap, 0, len(sources))
	for _, part := range slices.Sorted(maps.Keys(sources)) {
		names := sources[part]
		message := fmt.Sprintf(`%d files that can be templates or modules, such as %s, are not in the sparse checkout and were not checked; run "git sparse-checkout add %s"`, len(names), slices.Min(names), part)
		if len(names) == 1 {
			message = fmt.Sprintf(`%s, which can be a template or module, is not in the sparse checkout and was not checked; run "git sparse-checkout add %s"`, names[0], path.Dir(names[0]))
		}
		gaps = append(gaps, gapAt(part, message))
	}
	return gaps
}

// outermost returns the outermost part of a path that is missing; empty: none is.
func outermost(name string, isMissing func(name string) bool) string {
	for i, c := range name {
		if c == '/' && isMissing(name[:i]) {
			return name[:i]
		}
	}
	if isMissing(name) {
		return name
	}
	return ""
}
