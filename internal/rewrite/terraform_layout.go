package rewrite

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// tfLayouts returns the rewritings that distribute a root module to other files.
func tfLayouts() []Rewriting {
	return []Rewriting{
		{"a file for each block", splitTF},
		{"OpenTofu's file names", func(files Files) (Files, bool) { return tofuNames(files, false) }},
		{"OpenTofu's file names beside harmless files", func(files Files) (Files, bool) { return tofuNames(files, true) }},
		{"arguments in override files", func(files Files) (Files, bool) { return overrideTF(files, mark+"_override.tf") }},
		{"arguments in override.tf", func(files Files) (Files, bool) { return overrideTF(files, "override.tf") }},
		{"JSON syntax", func(files Files) (Files, bool) { return jsonTF(files, false, ".tf.json") }},
		{"JSON syntax with lists", func(files Files) (Files, bool) { return jsonTF(files, true, ".tf.json") }},
		{"JSON syntax of OpenTofu", func(files Files) (Files, bool) { return jsonTF(files, true, ".tofu.json") }},
		{"in a module", func(files Files) (Files, bool) { return inModule(files, "") }},
		{"in a module with a condition", func(files Files) (Files, bool) { return inModule(files, "  count = true ? 1 : 0\n") }},
		{"in a module with for_each", func(files Files) (Files, bool) { return inModule(files, "  for_each = toset([\"one\"])\n") }},
		{"in a module in a module", func(files Files) (Files, bool) {
			out, ok := inModule(files, "")
			if !ok {
				return nil, false
			}
			return inModule(out, "")
		}},
		{"in a module that is called in JSON", func(files Files) (Files, bool) {
			out, ok := inModule(files, "")
			if !ok {
				return nil, false
			}
			delete(out, "main.tf")
			out["main.tf.json"] = `{"module":{"` + mark + `":{"source":"./` + mark + `"}}}`
			return out, true
		}},
		{"in a directory below", func(files Files) (Files, bool) { return moved(files, "infra/stacks/prod"), hasTF(files) }},
		{"in a directory with an unusual name", func(files Files) (Files, bool) { return moved(files, "a b/ü.d"), hasTF(files) }},
	}
}

func hasTF(files Files) bool {
	for p := range files {
		if strings.HasSuffix(p, ".tf") {
			return true
		}
	}
	return false
}

// rootOf returns the files of the root module: those of the directory with the shortest path. It is false for a template
// of several root modules.
func rootOf(files Files) (dir string, all []string) {
	dir = "-"
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if d := path.Dir(p); strings.HasSuffix(p, ".tf") && (dir == "-" || len(d) < len(dir)) {
			dir = d
		}
	}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(p, ".tf") && path.Dir(p) == dir {
			all = append(all, p)
		}
	}
	return dir, all
}

func splitTF(files Files) (Files, bool) {
	out := maps.Clone(files)
	n := 0
	for p, text := range files {
		blocks := parseTF(text)
		if !strings.HasSuffix(p, ".tf") || len(blocks) < 2 || strings.Contains(path.Base(p), "override") {
			continue
		}
		delete(out, p)
		for i, b := range blocks {
			out[path.Join(path.Dir(p), fmt.Sprintf("z%d_%s", i, path.Base(p)))] = tfStyle{}.print([]*tfBlock{b})
		}
		n++
	}
	return out, n > 0
}

// tofuNames renames the files. With harmless ones, Terraform's files of the same names are empty.
func tofuNames(files Files, harmless bool) (Files, bool) {
	out := Files{}
	for p, text := range files {
		if stem, ok := strings.CutSuffix(p, ".tf"); ok {
			out[stem+".tofu"] = text
			if harmless {
				out[p] = "locals {\n  unused = 1\n}\n"
			}
		} else {
			out[p] = text
		}
	}
	return out, hasTF(files)
}

// overrideTF moves the arguments of resources to an override file. The overridden arguments are null.
func overrideTF(files Files, name string) (Files, bool) {
	out := maps.Clone(files)
	dir, roots := rootOf(files)
	var overriding []*tfBlock
	for _, p := range roots {
		if strings.Contains(path.Base(p), "override") {
			return nil, false
		}
		blocks := parseTF(files[p])
		for _, b := range blocks {
			if b.kind != "resource" {
				continue
			}
			moved := &tfBlock{kind: b.kind, labels: b.labels}
			for i, item := range b.items {
				if item.block == nil && !slices.Contains([]string{"count", "for_each", "provider", "depends_on"}, item.name) {
					moved.items = append(moved.items, item)
					b.items[i].value = "null"
				}
			}
			overriding = append(overriding, moved)
		}
		out[p] = tfStyle{}.print(blocks)
	}
	out[path.Join(dir, name)] = tfStyle{}.print(overriding)
	return out, len(overriding) > 0
}

// inModule moves a root module to a module that a new one calls. A provider with an alias, and variables without values
// keep a template where it is.
func inModule(files Files, meta string) (Files, bool) {
	dir, roots := rootOf(files)
	if dir != "." && !slices.Contains(roots, "main.tf") || len(roots) == 0 {
		return nil, false
	}
	for p, text := range files {
		if strings.HasSuffix(p, ".tfvars") || strings.Contains(text, "provider ") && meta != "" || strings.HasPrefix(p, ".terraform") {
			return nil, false
		}
	}
	out := moved(files, mark)
	out["main.tf"] = fmt.Sprintf("module %q {\n  source = \"./%s\"\n%s}\n", mark, path.Join(mark, dir), meta)
	return out, true
}

// jsonTF writes each file in JSON syntax.
func jsonTF(files Files, lists bool, ending string) (Files, bool) {
	out := Files{}
	for p, text := range files {
		stem, ok := strings.CutSuffix(p, ".tf")
		if !ok {
			out[p] = text
			continue
		}
		root := map[string]any{}
		for _, b := range parseTF(text) {
			value := jsonBody(b, lists)
			if b.kind == "variable" || b.kind == "terraform" {
				value = jsonRaw(b)
			}
			addJSON(root, append([]string{b.kind}, b.labels...), value)
		}
		content, err := json.MarshalIndent(root, "", "  ")
		if err != nil {
			return nil, false
		}
		out[stem+ending] = string(content)
	}
	return out, hasTF(files)
}

// addJSON adds a block below its labels; blocks with the same labels are a list.
func addJSON(at map[string]any, labels []string, value any) {
	for _, label := range labels[:len(labels)-1] {
		inner, ok := at[label].(map[string]any)
		if !ok {
			inner = map[string]any{}
			at[label] = inner
		}
		at = inner
	}
	last := labels[len(labels)-1]
	switch existing := at[last].(type) {
	case nil:
		at[last] = value
	case []any:
		at[last] = append(existing, value)
	default:
		at[last] = []any{existing, value}
	}
}

func jsonBody(b *tfBlock, lists bool) any {
	body := map[string]any{}
	for _, item := range b.items {
		if item.block == nil {
			body[item.name] = jsonValue(item.value)
			continue
		}
		value := jsonBody(item.block, lists)
		if lists {
			value = []any{value}
			if existing, ok := body[item.block.kind].([]any); ok && len(item.block.labels) == 0 {
				body[item.block.kind] = append(existing, value.([]any)...) //nolint:forcetypeassert // a list since the line above
				continue
			}
		}
		addJSON(body, append([]string{item.block.kind}, item.block.labels...), value)
	}
	return body
}

// jsonRaw is the body of a variable, whose type and default are not expressions.
func jsonRaw(b *tfBlock) any {
	body := map[string]any{}
	for _, item := range b.items {
		if item.block != nil {
			addJSON(body, append([]string{item.block.kind}, item.block.labels...), jsonBody(item.block, false))
			continue
		}
		expr, _ := hclsyntax.ParseExpression([]byte(item.value), "", hcl.InitialPos)
		if value, diagnostics := expr.Value(nil); item.name != "type" && !diagnostics.HasErrors() {
			body[item.name] = plainValue(value)
		} else {
			body[item.name] = item.value
		}
	}
	return body
}

// jsonValue writes an expression: literals as JSON, everything else as a template.
func jsonValue(text string) any {
	expr, diagnostics := hclsyntax.ParseExpression([]byte(text+"\n"), "", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return "${" + text + "}"
	}
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return plainValue(e.Val)
	case *hclsyntax.TupleConsExpr:
		items := []any{}
		for _, item := range e.Exprs {
			items = append(items, jsonValue(sourceOf(text+"\n", item.Range())))
		}
		return items
	case *hclsyntax.TemplateExpr:
		if value, diagnostics := e.Value(nil); !diagnostics.HasErrors() {
			return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(value.AsString())
		}
	}
	if strings.HasPrefix(text, "<<") {
		text = "\n" + text + "\n"
	}
	return "${" + text + "}"
}
