package explain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/explain"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// lineOf returns the range of a line of two bytes in a file.
func lineOf(path string, line int) source.Range {
	return source.Range{Path: path, Start: 2 * (line - 1), End: 2*(line-1) + 1}
}

func TestNodes(t *testing.T) {
	text := []byte("a\nb\nc\nd\n")
	files := source.Files{"main.tf": source.NewFile("main.tf", text), "m/m.tf": source.NewFile("m/m.tf", text)}
	attribute := func(path string, state tree.State) model.Node {
		return model.Node{Place: source.Place{Resource: "f", Attribute: path, Range: lineOf("main.tf", 2)}, Collection: "functions", State: state}
	}
	written := func(change func(n *model.Node)) model.Node {
		n := attribute("timeout", tree.StateKnown)
		change(&n)
		return n
	}
	moved := func(n model.Node, to source.Range) model.Node {
		n.Range = to
		return n
	}
	item := func(value any) model.Object { return model.Object{{Key: "value", Value: value}} }
	entry := func(key string, value any) model.Object {
		return model.Object{{Key: "key", Value: key}, {Key: "value", Value: value}}
	}
	type described struct {
		node   model.Node
		object model.Object // without its handle
	}
	for _, tt := range []struct {
		name    string
		all     []described
		handles []int
		want    string
	}{
		{"resource with AWS defaults", []described{
			{attribute("", tree.StateKnown), model.Object{{Key: "type", Value: "aws_lambda_function"}}},
			{attribute("timeout", tree.StateAbsent), item(3)},
			{attribute("handler", tree.StateAbsent), nil},
			{attribute("tracing/mode", tree.StateAbsent), item("PassThrough")},
			{model.Node{Place: source.Place{Resource: "g", Attribute: "memory", Range: lineOf("main.tf", 2)}, Collection: "functions"}, item(128)},
		}, []int{0}, "**`f`**, `aws_lambda_function`  \nAWS defaults of omitted attributes: `timeout` = `3`, `tracing.mode` = `\"PassThrough\"`"},
		{"text", []described{{attribute("tracing/mode", tree.StateKnown), item("Active")}}, []int{0}, "**`tracing.mode`** of `f`: `\"Active\"`"},
		{"boolean", []described{{attribute("x", tree.StateKnown), item(false)}}, []int{0}, "**`x`** of `f`: `false`"},
		{"secret by name", []described{{attribute("x", tree.StateKnown), append(item("hunter2"), model.Member{Key: "named", Value: true})}}, []int{0}, "**`x`** of `f`: `" + model.Masked + "`"},
		{"list", []described{{attribute("x", tree.StateKnown), model.Object{{Key: "items", Value: []any{item("a"), item("b")}}}}}, []int{0}, "**`x`** of `f`: `\"a\"`, `\"b\"`"},
		{"map", []described{{attribute("x", tree.StateKnown), model.Object{{Key: "items", Value: []any{entry("k", "a")}}}}}, []int{0}, "**`x`** of `f`: `k` = `\"a\"`"},
		{"list of objects", []described{{attribute("x", tree.StateKnown), model.Object{{Key: "items", Value: []any{model.Object{}, model.Object{}}}}}}, []int{0}, "**`x`** of `f`: 2 items"},
		{"unknown", []described{{written(func(n *model.Node) { n.State, n.Cause = tree.StateUnknown, "var.x has *no* value" }), nil}}, []int{0}, "**`timeout`** of `f`  \nunknown until deployment: var\\.x has \\*no\\* value"},
		{"partly known", []described{{written(func(n *model.Node) { n.State = tree.StateUnknown }), model.Object{{Key: "prefix", Value: "arn:"}, {Key: "suffix", Value: ":f"}}}}, []int{0}, "**`timeout`** of `f`: `\"arn:…:f\"`  \nunknown until deployment: unknown reason"},
		{"AWS default", []described{{attribute("timeout", tree.StateAbsent), item(3)}}, []int{0}, "**`timeout`** of `f`: `3`  \nnot written: AWS default"},
		{"parameters", []described{{written(func(n *model.Node) { n.Parameters = []tree.Parameter{{Name: "var.a"}, {Name: "var.b"}} }), item(5)}}, []int{0}, "**`timeout`** of `f`: `5`  \ncomputed from `var.a`, `var.b`"},
		{"argument of a module call", []described{{written(func(n *model.Node) {
			n.Through, n.Via, n.Construct = lineOf("m/m.tf", 3), []source.Range{lineOf("main.tf", 1)}, "Stack/F"
		}), item(5)}}, []int{0}, "**`timeout`** of `f`: `5`  \nwritten in `main.tf:2`, used in `m/m.tf:3`  \nthrough the module call in `main.tf:1`  \ncreated by the construct `Stack/F`"},
		{"block with AWS defaults of its own", []described{
			{attribute("tracing", tree.StateKnown), nil},
			{attribute("tracing/mode", tree.StateAbsent), item("PassThrough")},
			{moved(attribute("tracing/x", tree.StateAbsent), lineOf("main.tf", 3)), item("of an inner block")},
			{attribute("tracing_x", tree.StateAbsent), item("of the resource")},
		}, []int{0}, "**`tracing`** of `f`  \nAWS defaults of omitted attributes: `mode` = `\"PassThrough\"`"},
		{"AWS defaults of a resource with the same name", []described{
			{attribute("", tree.StateKnown), model.Object{{Key: "type", Value: "t"}}},
			{model.Node{Place: source.Place{Resource: "f", Attribute: "x", Range: lineOf("main.tf", 2)}, Collection: "roles"}, item("/")},
		}, []int{0}, "**`f`**, `t`"},
		{
			"too many AWS defaults", append([]described{{attribute("", tree.StateKnown), model.Object{{Key: "type", Value: "t"}}}},
				slices.Repeat([]described{{attribute("x", tree.StateAbsent), item(1)}}, 14)...),
			[]int{0},
			"**`f`**, `t`  \nAWS defaults of omitted attributes: " + strings.Repeat("`x` = `1`, ", 11) + "`x` = `1`",
		},
		{
			"too many items",
			[]described{{attribute("x", tree.StateKnown), model.Object{{Key: "items", Value: slices.Repeat([]any{item(1)}, 14)}}}},
			[]int{0},
			"**`x`** of `f`: " + strings.Repeat("`1`, ", 12) + "… 2 more",
		},
		{"value at the module call itself", []described{{written(func(n *model.Node) {
			n.Through, n.Via = n.Range, []source.Range{n.Range}
		}), item(5)}}, []int{0}, "**`timeout`** of `f`: `5`"},
		{"equal texts and too many", []described{
			{attribute("x", tree.StateKnown), item(0)},
			{attribute("x", tree.StateKnown), item(0)},
			{attribute("x", tree.StateKnown), item(1)},
			{attribute("x", tree.StateKnown), item(2)},
			{attribute("x", tree.StateKnown), item(3)},
			{attribute("x", tree.StateKnown), item(4)},
			{attribute("x", tree.StateKnown), item(5)},
		}, []int{0, 1, 2, 3, 4, 5, 6}, "**`x`** of `f`: `0`\n\n**`x`** of `f`: `1`\n\n**`x`** of `f`: `2`\n\n**`x`** of `f`: `3`\n\n**`x`** of `f`: `4`\n\nand 1 more value"},
		{"none", nil, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var nodes []model.Node
			var objects []any
			for i, d := range tt.all {
				nodes = append(nodes, d.node)
				objects = append(objects, append(model.Object{{Key: "at", Value: i}}, d.object...))
			}
			input := model.Object{{Key: "functions", Value: objects}}
			if diff := cmp.Diff(tt.want, explain.Nodes(input, model.NewIndex(nodes...), files, tt.handles)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
