package lsp

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"lintel/internal/check"
	"lintel/internal/model"
	"lintel/internal/source"
	values "lintel/internal/tree"
)

// describer describes nodes of a unit in Markdown. Its values are masked.
type describer struct {
	view   check.View
	values map[int]model.Object
}

// node describes a node, its value and the origin of the value.
func (d describer) node(i int) string {
	n, object := d.view.Index[i], d.values[i]
	var lines []string
	if n.Attribute == "" {
		kind, _ := object.Get("type").(string)
		lines = append(lines, fmt.Sprintf("**%s**, %s", inCode(n.Resource), inCode(kind)))
	} else {
		line := fmt.Sprintf("**%s** of %s", inCode(dotted(n.Attribute)), inCode(n.Resource))
		if value := valueOf(object); value != "" {
			line += ": " + value
		}
		lines = append(lines, line)
	}
	if n.State == values.StateUnknown {
		lines = append(lines, "unknown until deployment: "+plain(orUnknown(n.Cause)))
	}
	lines = append(lines, d.origin(n)...)
	if when := n.When.String(); when != "" {
		lines = append(lines, "when "+plain(when))
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
		return inCode(model.Masked)
	}
	switch value := object.Get("value").(type) {
	case string:
		return inCode(strconv.Quote(value))
	case int, bool:
		return inCode(fmt.Sprint(value))
	}
	prefix, _ := object.Get("prefix").(string)
	suffix, _ := object.Get("suffix").(string)
	if prefix != "" || suffix != "" {
		return inCode(strconv.Quote(prefix + "…" + suffix))
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
			value = inCode(key) + " = " + value
		}
		if i == maxHoverDefaults {
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
	if n.State == values.StateAbsent {
		lines = append(lines, "not written: AWS default")
	}
	var names []string
	for _, p := range n.Parameters {
		names = append(names, inCode(p.Name))
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
		lines = append(lines, "created by the construct "+inCode(n.Construct))
	}
	return lines
}

// place formats a file and a line.
func (d describer) place(r source.Range) string {
	line := 1
	if file := d.view.Files[r.Path]; file != nil {
		line, _ = file.Position(r.Start)
	}
	return inCode(fmt.Sprintf("%s:%d", path.Clean(r.Path), line))
}

// defaults lists the AWS defaults of the attributes that a block leaves out.
func (d describer) defaults(i int) []string {
	n := d.view.Index[i]
	var parts []string
	for j := i + 1; j < len(d.view.Index); j++ {
		m := d.view.Index[j]
		if m.Resource != n.Resource || m.Collection != n.Collection || n.Attribute != "" && !strings.HasPrefix(m.Attribute, n.Attribute+"/") {
			break
		}
		if m.State != values.StateAbsent || m.Range != n.Range {
			continue
		}
		if value := valueOf(d.values[j]); value != "" {
			parts = append(parts, fmt.Sprintf("%s = %s", inCode(dotted(strings.TrimPrefix(m.Attribute, n.Attribute+"/"))), value))
		}
		if len(parts) == maxHoverDefaults {
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"AWS defaults of omitted attributes: " + strings.Join(parts, ", ")}
}
