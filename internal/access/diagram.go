package access

import (
	"fmt"
	"strings"
	"unicode"
)

// Mermaid returns a flowchart.
func Mermaid(units []*Unit) string {
	var out, edges strings.Builder
	out.WriteString("flowchart LR\n")
	for i, u := range units {
		d := draw(u, u.sameRoles())
		fmt.Fprintf(&out, "  subgraph u%d[\"%s\"]\n", i, entities(printable(u.Path)))
		for n := range d.nodes {
			node, shape := &d.nodes[n], `["%s"]`
			if node.side != sideFunction {
				shape = `(["%s"])`
			}
			fmt.Fprintf(&out, "    %s"+shape, nodeID(i, n), entities(printable(node.label)))
			if node.class != "" {
				out.WriteString(":::" + strings.ReplaceAll(node.class, "-", ""))
			}
			out.WriteString("\n")
		}
		out.WriteString("  end\n")
		for _, e := range d.edges {
			arrow := "-->"
			if e.class == string(Unknown) {
				arrow = "-.->"
			}
			fmt.Fprintf(&edges, "  %s %s|\"%s\"| %s\n", nodeID(i, e.from), arrow, entities(printable(e.via)), nodeID(i, e.to))
		}
	}
	out.WriteString(edges.String())
	out.WriteString("  classDef public stroke:#c00,stroke-width:3px\n  classDef crossaccount stroke:#e80,stroke-width:3px\n" +
		"  classDef unknown stroke-dasharray:4\n  classDef limited stroke:#080\n")
	return out.String()
}

// nodeID names a node among those of all units.
func nodeID(unit, node int) string { return fmt.Sprintf("u%dn%d", unit, node) }

// entities writes every character that could have a meaning in Mermaid or HTML as its number.
func entities(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < unicode.MaxASCII && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" ./:,-_()", r) {
			fmt.Fprintf(&out, "#%d;", r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// dotStyles are the attributes of nodes by their class.
var dotStyles = map[string]string{ //nolint:gochecknoglobals // a table, never written
	string(Public): ", color=red, penwidth=3", string(CrossAccount): ", color=orange, penwidth=3", string(Unknown): ", style=dashed", string(Limited): ", color=darkgreen",
}

// DOT returns a graph for Graphviz.
func DOT(units []*Unit) string {
	var out, edges strings.Builder
	out.WriteString("digraph access {\n  rankdir=LR;\n  node [shape=box];\n")
	for i, u := range units {
		d := draw(u, u.sameRoles())
		fmt.Fprintf(&out, "  subgraph cluster_%d {\n    label=%s;\n", i, quoted(u.Path))
		for n := range d.nodes {
			node, style := &d.nodes[n], dotStyles[d.nodes[n].class]
			if node.side != sideFunction {
				style += ", shape=ellipse"
			}
			fmt.Fprintf(&out, "    %s [label=%s%s];\n", nodeID(i, n), quoted(node.label), style)
		}
		out.WriteString("  }\n")
		for _, e := range d.edges {
			style := ""
			if e.class == string(Unknown) {
				style = ", style=dashed"
			}
			fmt.Fprintf(&edges, "  %s -> %s [label=%s%s];\n", nodeID(i, e.from), nodeID(i, e.to), quoted(e.via), style)
		}
	}
	out.WriteString(edges.String() + "}\n")
	return out.String()
}

// quoted returns a string of DOT. It has no escapes but those of quotes and backslashes.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(printable(text)) + `"`
}
