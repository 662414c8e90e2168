package rewrite

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// tfRepetitions returns the rewritings that repeat each resource once.
func tfRepetitions() []Rewriting {
	one := `["` + mark + `"]`
	return []Rewriting{
		repeated("count of one", "count", "1", "[0]"),
		repeated("count of a condition", "count", "true ? 1 : 0", "[0]"),
		repeated("count of a length", "count", `length(["x"])`, "[0]"),
		repeated("for_each of one", "for_each", `toset(["`+mark+`"])`, one),
		repeated("for_each of a map", "for_each", `{ `+mark+` = 1 }`, one),
		repeated("for_each of a loop", "for_each", `{ for v in ["`+mark+`"] : v => v if true }`, one),
	}
}

// repeated adds a meta-argument to each resource without one, and the index to each reference.
func repeated(name, argument, value, index string) Rewriting {
	return Rewriting{name, func(files Files) (Files, bool) {
		out := maps.Clone(files)
		for _, p := range slices.Sorted(maps.Keys(files)) {
			if !strings.HasSuffix(p, ".tf") {
				continue
			}
			if strings.Contains(files[p], "[*]") || strings.Contains(p, "override") || strings.Contains(files[p], "lifecycle") {
				return nil, false
			}
		}
		done := false
		for _, p := range slices.Sorted(maps.Keys(files)) {
			if strings.HasSuffix(p, ".tf") {
				text, is := repeatIn(files, p, argument+" = "+value+"\n", index)
				out[p], done = text, done || is
			}
		}
		return out, done
	}}
}

// repeatIn repeats the resources of one file.
func repeatIn(files Files, p, meta, index string) (string, bool) {
	text := files[p]
	repeats := resourcesOf(files, p)
	parsed, diagnostics := hclsyntax.ParseConfig([]byte(text), p, hcl.InitialPos)
	body, ok := parsed.Body.(*hclsyntax.Body)
	if diagnostics.HasErrors() || !ok || len(repeats) == 0 {
		return text, false
	}
	var edits []edit
	for _, b := range body.Blocks {
		if b.Type == "resource" && repeats[strings.Join(b.Labels, ".")] {
			at := b.OpenBraceRange.End.Byte
			edits = append(edits, edit{at, at, "\n" + meta})
		}
	}
	seen := map[int]bool{}
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		e, ok := node.(*hclsyntax.ScopeTraversalExpr)
		if !ok || len(e.Traversal) < 2 { //nolint:mnd // type and name
			return nil
		}
		step, ok := e.Traversal[1].(hcl.TraverseAttr)
		at := e.Traversal[1].SourceRange().End.Byte
		if ok && repeats[e.Traversal.RootName()+"."+step.Name] && !seen[at] {
			seen[at] = true
			edits = append(edits, edit{at, at, index})
		}
		return nil
	})
	return apply(text, edits), true
}

// resourcesOf returns the resources without count and for_each in the directory of a file.
func resourcesOf(files Files, p string) map[string]bool {
	found := map[string]bool{}
	dir := p[:strings.LastIndexByte(p, '/')+1]
	for name, text := range files {
		if !strings.HasSuffix(name, ".tf") || name[:strings.LastIndexByte(name, '/')+1] != dir {
			continue
		}
		for _, b := range parseTF(text) {
			if b.kind == "resource" && !b.has("count") && !b.has("for_each") {
				found[strings.Join(b.labels, ".")] = true
			}
		}
	}
	return found
}
