package explain

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Limits of texts.
const (
	maxNodes  = 5  // per text: an attribute has one node for each module call
	maxListed = 12 // values per list
)

// Nodes describes in Markdown the nodes with some handles: the value of each, its origin and AWS defaults. Nodes with the
// same text are described once. The input must be masked (model.Mask), and the index and files must belong to it.
func Nodes(input model.Object, index model.Index, files source.Files, handles []int) string {
	d := describer{index: index, files: files, values: valuesOf(input)}
	var out []string
	for _, i := range handles {
		if text := d.node(i); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if more := len(out) - maxNodes; more > 0 {
		out = append(out[:maxNodes], "and "+count(more, "more value"))
	}
	return strings.Join(out, "\n\n")
}

// describer describes nodes of a unit.
type describer struct {
	index  model.Index
	files  source.Files
	values map[int]model.Object // by handle
}

// node describes a node, its value and the origin of the value.
func (d describer) node(i int) string {
	n, _ := d.index.Node(i)
	object := d.values[i]
	var lines []string
	if n.Attribute == "" {
		kind, _ := object.Get("type").(string)
		lines = append(lines, fmt.Sprintf("**%s**, %s", Code(n.Resource), Code(kind)))
	} else {
		line := fmt.Sprintf("**%s** of %s", Code(dotted(n.Attribute)), Code(n.Resource))
		if value := valueOf(object); value != "" {
			line += ": " + value
		}
		lines = append(lines, line)
	}
	if n.State == tree.StateUnknown {
		lines = append(lines, "unknown until deployment: "+Plain(orUnknown(n.Cause)))
	}
	lines = append(lines, d.origin(n)...)
	if when := n.When.String(); when != "" {
		lines = append(lines, "when "+Plain(when))
	}
	lines = append(lines, d.defaults(i)...)
	return strings.Join(lines, "  \n")
}

func orUnknown(cause string) string {
	if cause == "" {
		return "unknown reason"
	}
	return cause
}

// dotted returns the path of an attribute, separated by dots.
func dotted(attribute string) string { return strings.ReplaceAll(attribute, "/", ".") }

// valueOf formats the value of a node, or the known parts of it.
func valueOf(object model.Object) string {
	if object.Get("named") == true { // mask values with a name of a secret, whatever they contain
		return Code(model.Masked)
	}
	switch value := object.Get("value").(type) {
	case string:
		return Code(strconv.Quote(value))
	case int, bool:
		return Code(fmt.Sprint(value))
	}
	prefix, _ := object.Get("prefix").(string)
	suffix, _ := object.Get("suffix").(string)
	if prefix != "" || suffix != "" {
		return Code(strconv.Quote(prefix + "…" + suffix))
	}
	return valuesIn(items(object))
}

// valuesIn formats the values of a list or map, or their number if they are objects.
func valuesIn(all []model.Object) string {
	var parts []string
	for i, item := range all {
		value := valueOf(item)
		if value == "" {
			return count(len(all), "item")
		}
		if key, ok := item.Get("key").(string); ok {
			value = Code(key) + " = " + value
		}
		if i == maxListed {
			parts = append(parts, fmt.Sprintf("… %d more", len(all)-i))
			break
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, ", ")
}

// origin describes the origin of a value.
func (d describer) origin(n model.Node) []string {
	var lines []string
	if n.State == tree.StateAbsent {
		lines = append(lines, "not written: AWS default")
	}
	var names []string
	for _, p := range n.Parameters {
		names = append(names, Code(p.Name))
	}
	if len(names) > 0 {
		lines = append(lines, "computed from "+strings.Join(names, ", "))
	}
	if !n.Through.IsZero() && n.Through != n.Range {
		lines = append(lines, fmt.Sprintf("written in %s, used in %s", d.place(n.Range), d.place(n.Through)))
	}
	for _, call := range n.Via {
		if call != n.Range {
			lines = append(lines, "through the module call in "+d.place(call))
		}
	}
	if n.Construct != "" {
		lines = append(lines, "created by the construct "+Code(n.Construct))
	}
	return lines
}

// place formats a file and a line.
func (d describer) place(r source.Range) string {
	line := 1
	if file := d.files[r.Path]; file != nil {
		line, _ = file.Position(r.Start)
	}
	return Code(fmt.Sprintf("%s:%d", path.Clean(r.Path), line))
}

// defaults lists the AWS defaults of the attributes that a block leaves out.
func (d describer) defaults(i int) []string {
	n, _ := d.index.Node(i)
	var parts []string
	for j := i + 1; j < d.index.Len(); j++ {
		m, _ := d.index.Node(j)
		if m.Resource != n.Resource || m.Collection != n.Collection || n.Attribute != "" && !strings.HasPrefix(m.Attribute, n.Attribute+"/") {
			break
		}
		if m.State != tree.StateAbsent || m.Range != n.Range {
			continue
		}
		if value := valueOf(d.values[j]); value != "" {
			parts = append(parts, fmt.Sprintf("%s = %s", Code(dotted(strings.TrimPrefix(m.Attribute, n.Attribute+"/"))), value))
		}
		if len(parts) == maxListed {
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"AWS defaults of omitted attributes: " + strings.Join(parts, ", ")}
}

// valuesOf returns the objects of a policy input by handle.
func valuesOf(input model.Object) map[int]model.Object {
	all := map[int]model.Object{}
	var walk func(value any)
	walk = func(value any) {
		switch x := value.(type) {
		case model.Object:
			if at, ok := x.Get("at").(int); ok {
				all[at] = x
			}
			for _, m := range x {
				walk(m.Value)
			}
		case []any:
			for _, item := range x {
				walk(item)
			}
		}
	}
	walk(input)
	return all
}

// Scalars returns the known strings, numbers and booleans of a policy input by handle, strings in quotes. The input must be
// masked (model.Mask); masked values and values with a name of a secret are left out.
func Scalars(input model.Object) map[int]string {
	all := map[int]string{}
	for at, object := range valuesOf(input) { // any order: it fills a map
		if object.Get("named") == true {
			continue
		}
		switch value := object.Get("value").(type) {
		case string:
			if value != model.Masked {
				all[at] = strconv.Quote(oneLine(value))
			}
		case int, bool:
			all[at] = fmt.Sprint(value)
		}
	}
	return all
}

// items returns the elements of a list.
func items(node model.Object) []model.Object {
	all, _ := node.Get("items").([]any)
	out := make([]model.Object, 0, len(all))
	for _, item := range all {
		if o, ok := item.(model.Object); ok {
			out = append(out, o)
		}
	}
	return out
}
