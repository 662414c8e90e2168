// Package plan reads Terraform's plans as JSON, as terraform show -json prints them
// (https://developer.hashicorp.com/terraform/internals/json-format). It reads the text itself
// and not through a library, because every value keeps its place in the plan.
package plan

import (
	"bytes"
	"context"
	"io/fs"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/unit"
	"lintel/parsers/iampolicy"
	"lintel/parsers/jsontree"
)

// Looks reports from its bytes alone whether a text can be a plan.
func Looks(content []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(content, " \t\r\n"), []byte("{")) &&
		bytes.Contains(content, []byte(`"format_version"`)) && bytes.Contains(content, []byte(`"resource_changes"`))
}

// Parse reads the plan u.Root. A JSON file that is no plan after all gives an empty stack.
func Parse(ctx context.Context, fsys fs.FS, u unit.Unit) unit.Parsed {
	parsed := unit.Parsed{Stack: &model.Stack{}, Files: source.Files{}}
	fail := func(message string) unit.Parsed {
		parsed.Problems = []finding.Problem{{Range: source.Range{Path: u.Root}, Message: message}}
		return parsed
	}
	content, err := unit.ReadFile(fsys, u.Root)
	if err != nil {
		return fail(err.Error())
	}
	parsed.Files[u.Root] = source.NewFile(u.Root, content)
	whole := source.Range{Path: u.Root, Start: 0, End: len(content)}
	root, err := jsontree.Decode(model.Tree{State: model.StateKnown, Scalar: string(content), Verbatim: true, Range: whole})
	if err != nil {
		return fail("not valid JSON: " + err.Error())
	}
	b := builder{stack: parsed.Stack, config: newConfig(root.Field("configuration").Field("root_module"))}
	for _, change := range root.Field("resource_changes").Items {
		if ctx.Err() != nil {
			break
		}
		b.change(change)
	}
	parsed.Stack.Link()
	return parsed
}

type builder struct {
	stack  *model.Stack
	config *config
}

// change adds a resource as it will be. What the plan deletes is not judged.
func (b *builder) change(t model.Tree) {
	kind, _ := t.Field("type").String()
	address, _ := t.Field("address").String()
	mode, _ := t.Field("mode").String()
	change := t.Field("change")
	after := change.Field("after")
	if mode != "managed" || address == "" || !model.Knows(model.Terraform, kind) || after.State == model.StateAbsent || deletes(change) {
		return
	}
	properties := merge(after, change.Field("after_unknown"), address)
	properties = hide(properties, change.Field("after_sensitive"))
	for i := range properties.Fields {
		f := &properties.Fields[i]
		f.Tree = withRefs(f.Tree, b.config.references(address, f.Key))
	}
	at := t.Field("address").Range
	properties.Range = at
	r := model.Resource{Block: model.NewBlock(at), ID: address, Type: kind}
	iampolicy.Fill(b.stack.Add(model.Terraform, r, properties), properties)
}

func deletes(change model.Tree) bool {
	actions := change.Field("actions").Items
	return len(actions) == 1 && slices.ContainsFunc(actions, func(a model.Tree) bool {
		action, _ := a.String()
		return action == "delete" || action == "forget"
	})
}

// merge puts what is known after apply into what is planned: unknown has true where a value is
// not known, and the same structure around it.
func merge(after, unknown model.Tree, address string) model.Tree {
	if unknown.Scalar == true {
		at := unknown.Range
		if !after.Range.IsZero() {
			at = after.Range
		}
		return model.UnknownTree(at, address+" is known after apply")
	}
	for i, item := range unknown.Items {
		if i < len(after.Items) {
			after.Items[i] = merge(after.Items[i], item, address)
		}
	}
	for _, f := range unknown.Fields {
		i := slices.IndexFunc(after.Fields, func(g model.Field) bool { return g.Key == f.Key })
		value := merge(after.Field(f.Key), f.Tree, address+"."+f.Key)
		switch {
		case i >= 0:
			after.Fields[i].Tree = value
		case value.State == model.StateUnknown:
			after.Fields = append(after.Fields, model.Field{Key: f.Key, KeyRange: f.KeyRange, Tree: value})
		}
	}
	return after
}

// hide marks what the plan says is sensitive.
func hide(t, sensitive model.Tree) model.Tree {
	if sensitive.Scalar == true {
		t.Sensitive = true
		return t
	}
	for i, item := range sensitive.Items {
		if i < len(t.Items) {
			t.Items[i] = hide(t.Items[i], item)
		}
	}
	for i := range t.Fields {
		t.Fields[i].Tree = hide(t.Fields[i].Tree, sensitive.Field(t.Fields[i].Key))
	}
	return t
}

// withRefs notes what an attribute refers to, at the places where a value can be a reference.
func withRefs(t model.Tree, refs []string) model.Tree {
	if len(refs) == 0 {
		return t
	}
	if t.IsList {
		t.Items = slices.Clone(t.Items)
		for i := range t.Items {
			t.Items[i] = withRefs(t.Items[i], refs)
		}
		return t
	}
	if !t.IsMap && t.State != model.StateAbsent {
		t.Refs = refs
	}
	return t
}
