// Package modeltest queries encoded stacks, for the tests of the model and its parsers.
package modeltest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
)

// View is a policy input with its index.
type View struct {
	Input    map[string]any
	Index    model.Index
	Files    source.Files
	Problems []string // "file:line: message"
	Gaps     []string // "file:line: cause: message"

	tb testing.TB
}

// Today is the date in every View.
var Today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // constant, but not expressible as one

// New returns a view of the result of a parser.
func New(tb testing.TB, parsed deployment.Parsed) View {
	tb.Helper()
	v := Of(tb, parsed.Stack)
	v.Files = parsed.Files
	for _, p := range parsed.Problems {
		v.Problems = append(v.Problems, v.problem(p))
	}
	for _, g := range parsed.Gaps {
		v.Gaps = append(v.Gaps, v.problem(finding.Problem{Range: g.Range, Message: string(g.Cause) + ": " + g.Message}))
	}
	return v
}

// Of returns a view of a linked stack.
func Of(tb testing.TB, s *model.Stack) View {
	tb.Helper()
	input, index := model.Encode(s, model.Facts{Today: Today})
	return View{Input: input.Map(), Index: index, tb: tb}
}

func (v View) problem(p finding.Problem) string {
	line := 0
	if file := v.Files[p.Range.Path]; file != nil {
		line, _ = file.Position(p.Range.Start)
	}
	return fmt.Sprintf("%s:%d: %s", p.Range.Path, line, p.Message)
}

// Node returns the node at a path of names and indices: functions.0.tracing.mode.
func (v View) Node(path string) any {
	v.tb.Helper()
	var at any = v.Input
	for step := range strings.SplitSeq(path, ".") {
		switch x := at.(type) {
		case map[string]any:
			at = x[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(x) {
				v.tb.Fatalf("%s: no element %s of %d", path, step, len(x))
			}
			at = x[i]
		default:
			v.tb.Fatalf("%s: there is no %s", path, step)
		}
	}
	return at
}

// Show returns the fields of a node as JSON, without its handle and children.
func (v View) Show(path string) string {
	v.tb.Helper()
	node := v.Node(path)
	if m, ok := node.(map[string]any); ok {
		short := map[string]any{}
		for _, key := range []string{"value", "absent", "unknown", "prefix", "suffix", "targets", "key"} {
			if value, ok := m[key]; ok {
				short[key] = value
			}
		}
		node = short
	}
	text, err := json.Marshal(node)
	if err != nil {
		v.tb.Fatal(err)
	}
	return string(text)
}

// Info returns the index entry of a node.
func (v View) Info(path string) model.Node {
	v.tb.Helper()
	m, ok := v.Node(path).(map[string]any)
	if !ok {
		v.tb.Fatalf("%s is not a node", path)
	}
	at, _ := m["at"].(int)
	node, _ := v.Index.Node(at)
	return node
}

// Text returns the text at the location of a node.
func (v View) Text(path string) string {
	v.tb.Helper()
	at := v.Info(path).Range
	file := v.Files[at.Path]
	if file == nil {
		v.tb.Fatalf("%s is in %q, which was not read", path, at.Path)
	}
	return file.Text(at)
}

// IDs returns the ids of the resources of a collection.
func (v View) IDs(collection string) []string {
	v.tb.Helper()
	resources, _ := v.Input[collection].([]any)
	var ids []string
	for i := range resources {
		id, _ := v.Node(fmt.Sprintf("%s.%d.id", collection, i)).(string)
		ids = append(ids, id)
	}
	return ids
}

// CheckPlaces checks that every location is inside its file.
func (v View) CheckPlaces() {
	v.tb.Helper()
	for _, node := range v.Index.All() {
		file := v.Files[node.Range.Path]
		if at := node.Range; file == nil || at.Start < 0 || at.Start > at.End || at.End > len(file.Content) {
			v.tb.Errorf("%s %s is at %+v", node.Resource, node.Attribute, at)
		}
	}
}

// Dump formats a stack for goldens, one line for each node with a value: its path, value and location.
func (v View) Dump() string {
	var out strings.Builder
	for _, gap := range v.Gaps {
		fmt.Fprintf(&out, "gap %s\n", gap)
	}
	for _, problem := range v.Problems {
		fmt.Fprintf(&out, "problem %s\n", problem)
	}
	collections := slices.Sorted(maps.Keys(v.Input))
	for _, collection := range collections {
		resources, _ := v.Input[collection].([]any)
		for _, r := range resources {
			node := r.(map[string]any) //nolint:forcetypeassert // resources are objects
			fmt.Fprintf(&out, "\n%v%s\n", node["id"], v.state(node))
			v.dump(&out, "", node)
		}
	}
	return out.String()
}

func (v View) dump(out *strings.Builder, indent string, node map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(node)) {
		switch x := node[name].(type) {
		case map[string]any:
			if name == "secret" {
				continue
			}
			v.dumpNode(out, indent+name, x)
			v.dump(out, indent+name+".", x)
		case []any:
			if name == "targets" || name == "parameters" || name == "sources" {
				continue
			}
			for i, item := range x {
				if child, ok := item.(map[string]any); ok {
					key := strconv.Itoa(i)
					if named, ok := child["key"].(string); ok {
						key = named
					}
					v.dumpNode(out, indent+key, child)
					v.dump(out, indent+key+".", child)
				}
			}
		}
	}
}

// dumpNode formats a node unless it is absent.
func (v View) dumpNode(out *strings.Builder, path string, node map[string]any) {
	if node["absent"] != nil {
		return
	}
	fmt.Fprintf(out, "  %s%s\n", strings.ReplaceAll(path, "items.", ""), v.state(node))
}

func (v View) state(node map[string]any) string {
	var out strings.Builder
	if value, ok := node["value"]; ok && !isNode(value) {
		fmt.Fprintf(&out, " = %v", strings.ReplaceAll(fmt.Sprint(value), "\n", "⏎"))
	}
	at, _ := node["at"].(int)
	info, _ := v.Index.Node(at)
	if node["unknown"] != nil {
		fmt.Fprintf(&out, " ? %v…%v (%s)", orNothing(node["prefix"]), orNothing(node["suffix"]), info.Cause)
	}
	if targets, ok := node["targets"].([]any); ok && len(targets) > 0 {
		fmt.Fprintf(&out, " -> %v", targets)
	}
	out.WriteString(origin(node))
	if info.Sensitive {
		out.WriteString(" sensitive")
	}
	if when := info.When.String(); when != "" {
		fmt.Fprintf(&out, " when %s", when)
	}
	fmt.Fprintf(&out, "  @%s", v.position(info.Range))
	if !info.Through.IsZero() {
		fmt.Fprintf(&out, " used %s", v.position(info.Through))
	}
	if node["id"] != nil {
		for _, call := range info.Via {
			fmt.Fprintf(&out, " via %s", v.position(call))
		}
	}
	return out.String()
}

// origin formats what the model contains about a string besides its value.
func origin(node map[string]any) string {
	var out strings.Builder
	if secret, ok := node["secret"].(map[string]any); ok {
		fmt.Fprintf(&out, " secret by form %q, name %q", secret["form"], secret["name"])
	}
	parameters, _ := node["parameters"].([]any)
	for _, parameter := range parameters {
		fmt.Fprintf(&out, " from %v", parameter.(map[string]any)["name"]) //nolint:forcetypeassert // set by Encode
	}
	if sources, ok := node["sources"].([]any); ok {
		fmt.Fprintf(&out, " from %v", sources)
	}
	return out.String()
}

func isNode(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

func orNothing(part any) any {
	if part == nil {
		return ""
	}
	return part
}

func (v View) position(r source.Range) string {
	file := v.Files[r.Path]
	if file == nil {
		return r.Path
	}
	line, column := file.Position(r.Start)
	return fmt.Sprintf("%s:%d:%d", r.Path, line, column)
}
