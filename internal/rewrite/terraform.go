package rewrite

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// tfBlock is a block of HCL. Comments are left out.
type tfBlock struct {
	kind   string
	labels []string
	items  []tfItem
}

// tfItem is an attribute or a nested block.
type tfItem struct {
	name  string
	value string // source of the expression
	block *tfBlock
}

// parseTF returns the blocks of a file in native syntax.
func parseTF(text string) []*tfBlock {
	parsed, diagnostics := hclsyntax.ParseConfig([]byte(text), "main.tf", hcl.InitialPos)
	body, ok := parsed.Body.(*hclsyntax.Body)
	if diagnostics.HasErrors() || !ok {
		return nil
	}
	return tfBody(text, body).children()
}

func tfBody(text string, body *hclsyntax.Body) *tfBlock {
	type placed struct {
		at   int
		item tfItem
	}
	var all []placed
	for _, a := range body.Attributes {
		r := a.Expr.Range()
		all = append(all, placed{a.NameRange.Start.Byte, tfItem{name: a.Name, value: sourceOf(text, r)}})
	}
	for _, b := range body.Blocks {
		inner := tfBody(text, b.Body)
		inner.kind, inner.labels = b.Type, b.Labels
		all = append(all, placed{b.TypeRange.Start.Byte, tfItem{block: inner}})
	}
	slices.SortFunc(all, func(x, y placed) int { return x.at - y.at })
	out := &tfBlock{}
	for _, p := range all {
		out.items = append(out.items, p.item)
	}
	return out
}

// sourceOf returns the source of an expression, with the line end that a heredoc requires.
func sourceOf(text string, r hcl.Range) string { return text[r.Start.Byte:r.End.Byte] }

func (b *tfBlock) children() []*tfBlock {
	var all []*tfBlock
	for _, item := range b.items {
		if item.block != nil {
			all = append(all, item.block)
		}
	}
	return all
}

func (b *tfBlock) has(name string) bool {
	return slices.ContainsFunc(b.items, func(i tfItem) bool { return i.name == name })
}

func (b *tfBlock) clone() *tfBlock {
	out := &tfBlock{kind: b.kind, labels: b.labels, items: slices.Clone(b.items)}
	for i := range out.items {
		if inner := out.items[i].block; inner != nil {
			out.items[i].block = inner.clone()
		}
	}
	return out
}

// tfStyle is how blocks are printed.
type tfStyle struct {
	between string // between items; empty: a line end
	bare    bool   // labels without quotes
}

func (s tfStyle) print(blocks []*tfBlock) string {
	var out strings.Builder
	for _, b := range blocks {
		s.block(&out, b)
	}
	return out.String()
}

func (s tfStyle) block(out *strings.Builder, b *tfBlock) {
	out.WriteString(b.kind)
	for _, label := range b.labels {
		if s.bare {
			out.WriteString(" " + label)
		} else {
			fmt.Fprintf(out, " %q", label)
		}
	}
	out.WriteString(" {\n")
	for _, item := range b.items {
		if item.block != nil {
			s.block(out, item.block)
		} else {
			out.WriteString(item.name + " = " + strings.TrimSuffix(item.value, "\n") + "\n")
		}
		out.WriteString(s.between)
	}
	out.WriteString("}\n")
}

// tfFile is the file of a directory to which rewritings add declarations.
func tfFile(dir string) string { return path.Join(dir, mark+".tf") }

// eachTF returns a rewriting that changes the blocks of each file in native syntax. change returns the blocks that the
// file has then and whether it has changed something.
func eachTF(name string, style tfStyle, change func(blocks []*tfBlock) ([]*tfBlock, bool)) Rewriting {
	return Rewriting{name, func(files Files) (Files, bool) {
		out, changed := maps.Clone(files), false
		for _, p := range slices.Sorted(maps.Keys(files)) {
			if !strings.HasSuffix(p, ".tf") {
				continue
			}
			blocks, is := change(parseTF(files[p]))
			if is {
				out[p], changed = style.print(blocks), true
			}
		}
		return out, changed
	}}
}

// eachBlock returns a rewriting that changes each block, at any depth.
func eachBlock(name string, change func(b *tfBlock) bool) Rewriting {
	return eachTF(name, tfStyle{}, func(blocks []*tfBlock) ([]*tfBlock, bool) {
		changed := false
		var visit func(b *tfBlock)
		visit = func(b *tfBlock) {
			changed = change(b) || changed
			for _, inner := range b.children() {
				visit(inner)
			}
		}
		for _, b := range blocks {
			visit(b)
		}
		return blocks, changed
	})
}

// Terraform returns the rewritings of root modules.
func Terraform() []Rewriting {
	return slices.Concat(
		lineEnds(".tf"),
		tfNotations(),
		tfLayouts(),
		tfRepetitions(),
		tfValues(),
	)
}

// tfNotations returns the rewritings of the syntax.
func tfNotations() []Rewriting {
	same := func(blocks []*tfBlock) ([]*tfBlock, bool) { return blocks, len(blocks) > 0 }
	return []Rewriting{
		eachTF("without indentation", tfStyle{}, same),
		eachTF("labels without quotes", tfStyle{bare: true}, same),
		eachTF("comments between", tfStyle{between: "# a comment {\n// another\n/* a long\n one = \"x\" */\n"}, same),
		eachTF("blank lines between", tfStyle{between: "\n\n"}, same),
		eachTF("blocks in reverse", tfStyle{}, func(blocks []*tfBlock) ([]*tfBlock, bool) {
			slices.Reverse(blocks)
			return blocks, len(blocks) > 1
		}),
		eachBlock("attributes in reverse", func(b *tfBlock) bool {
			if hasRepeated(b) {
				return false // the order of blocks of one kind can have a meaning
			}
			slices.Reverse(b.items)
			return len(b.items) > 1
		}),
		eachBlock("meta-arguments", func(b *tfBlock) bool {
			if b.kind != "resource" || b.has("depends_on") || slices.ContainsFunc(b.children(), func(c *tfBlock) bool { return c.kind == "lifecycle" }) {
				return false
			}
			b.items = append(b.items, tfItem{name: "depends_on", value: "[]"},
				tfItem{block: &tfBlock{kind: "lifecycle", items: []tfItem{{name: "create_before_destroy", value: "true"}}}})
			return true
		}),
		eachBlock("a null argument", func(b *tfBlock) bool {
			if b.kind != "resource" {
				return false
			}
			b.items = append(b.items, tfItem{name: "force_destroy_" + mark, value: "null"})
			return true
		}),
		eachBlock("dynamic blocks", dynamic("[1]")),
		eachBlock("dynamic blocks over a map", dynamic(`{ one = true }`)),
		eachBlock("dynamic blocks over a condition", dynamic(`true ? toset(["one"]) : toset([])`)),
		eachBlock("dynamic blocks with an iterator", dynamicNamed),
	}
}

func hasRepeated(b *tfBlock) bool {
	kinds := map[string]bool{}
	for _, c := range b.children() {
		if kinds[c.kind] {
			return true
		}
		kinds[c.kind] = true
	}
	return false
}

// isMetaBlock reports whether a nested block belongs to Terraform: it cannot be dynamic.
func isMetaBlock(kind string) bool {
	return slices.Contains([]string{"lifecycle", "provisioner", "connection", "dynamic", "content", "timeouts"}, kind)
}

// dynamic makes the nested blocks of a block dynamic.
func dynamic(over string) func(b *tfBlock) bool {
	return func(b *tfBlock) bool {
		if !slices.Contains([]string{"resource", "data", "provider"}, b.kind) {
			return false
		}
		changed := false
		for i, item := range b.items {
			if item.block == nil || isMetaBlock(item.block.kind) {
				continue
			}
			content := item.block.clone()
			content.kind = "content"
			b.items[i].block = &tfBlock{kind: "dynamic", labels: []string{item.block.kind}, items: []tfItem{
				{name: "for_each", value: over}, {block: content},
			}}
			changed = true
		}
		return changed
	}
}

func dynamicNamed(b *tfBlock) bool {
	if !dynamic("[1]")(b) {
		return false
	}
	for _, c := range b.children() {
		if c.kind == "dynamic" {
			c.items = append([]tfItem{{name: "iterator", value: mark}}, c.items...)
		}
	}
	return true
}
