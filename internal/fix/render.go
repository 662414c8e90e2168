package fix

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source/yamltext"
)

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	value any
}

// object returns a mapping with only this entry.
func (e entry) object() any { return map[string]any{e.key: e.value} }

// inPlace writes a value in the style of the node that it replaces.
func (d *document) inPlace(v any, n *yaml.Node) string {
	s, isText := v.(string)
	switch {
	case !isText:
		return d.inline(v)
	case d.isJSON || n.Style&yaml.DoubleQuotedStyle != 0:
		return yamltext.Quoted(s)
	case n.Style&yaml.SingleQuotedStyle != 0:
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return d.inline(s)
}

// inline writes a value, or an entry without its brackets, on one line.
func (d *document) inline(v any) string {
	if e, ok := v.(entry); ok {
		if d.isJSON {
			return yamltext.Quoted(e.key) + ": " + d.inline(e.value)
		}
		return scalar(e.key) + ": " + d.inline(e.value)
	}
	switch x := v.(type) {
	case *yaml.Node:
		if at, ok := yamltext.OneLine(d.file, x); ok {
			return d.file.Text(at)
		}
		var plain any
		_ = x.Decode(&plain) // what cannot be decoded makes a text that the check after it refuses
		return d.inline(plain)
	case map[string]any:
		if short, ok := d.intrinsic(x); ok {
			return short
		}
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(x)) {
			parts = append(parts, d.inline(entry{key, x[key]}))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		var parts []string
		for _, item := range x {
			parts = append(parts, d.inline(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		if d.isJSON {
			return yamltext.Quoted(x)
		}
		return scalar(x)
	}
	return fmt.Sprint(v)
}

// scalar writes a string as YAML, quoted if YAML would read another type.
func scalar(s string) string {
	out, err := yaml.Marshal(s)
	text := strings.TrimSuffix(string(out), "\n")
	if err != nil || strings.ContainsAny(text, "\n") || strings.ContainsAny(text, ",[]{}") && text[0] != '"' && text[0] != '\'' {
		return yamltext.Quoted(s)
	}
	return text
}

// intrinsic writes a call of an intrinsic function in its short form.
func (d *document) intrinsic(x map[string]any) (string, bool) {
	if d.isJSON || len(x) != 1 {
		return "", false
	}
	for name, argument := range x { // any order: there is one
		short := strings.TrimPrefix(name, "Fn::")
		if short == name && name != "Ref" {
			return "", false
		}
		if list, ok := argument.([]any); ok && short == "GetAtt" && len(list) == 2 {
			return fmt.Sprintf("!GetAtt %s.%s", list[0], list[1]), true
		}
		if text, ok := argument.(string); ok {
			if strings.ContainsAny(text, "{}[],'\"#&*|>%@` ") {
				text = yamltext.Quoted(text) // it may stand between brackets
			}
			return "!" + short + " " + text, true
		}
	}
	return "", false
}

// isCall reports whether a value is a call of an intrinsic function with arguments that fit on its line.
func isCall(x map[string]any) bool {
	for name, argument := range x { // any order: there is one
		_, isObject := argument.(map[string]any)
		return len(x) == 1 && !isObject && (name == "Ref" || strings.HasPrefix(name, "Fn::"))
	}
	return false
}

// pretty writes an entry in block style; the first line is not indented.
func (d *document) pretty(e entry, indent string) string {
	inner := indent + strings.Repeat(" ", d.step())
	x, isMap := e.value.(map[string]any)
	if !isMap || isCall(x) || len(x) == 0 {
		return d.inline(e)
	}
	var parts []string
	for _, key := range order(x) {
		parts = append(parts, inner+d.pretty(entry{key, x[key]}, inner))
	}
	if d.isJSON {
		return yamltext.Quoted(e.key) + ": {\n" + strings.Join(parts, ",\n") + "\n" + indent + "}"
	}
	return scalar(e.key) + ":\n" + strings.Join(parts, "\n")
}

// order returns the keys in the order of output: Type first.
func order(x map[string]any) []string {
	keys := slices.Sorted(maps.Keys(x))
	if i := slices.Index(keys, "Type"); i > 0 {
		keys = slices.Insert(slices.Delete(keys, i, i+1), 0, "Type")
	}
	return keys
}

// step returns the indentation of the document, in columns.
func (d *document) step() int {
	for _, section := range []string{"Resources", "resource", "Parameters", "Globals"} {
		if n := yamltext.Field(d.root, section); n != nil && len(n.Content) > 0 {
			if step := n.Content[0].Column - d.root.Content[0].Column; step > 0 {
				return step
			}
		}
	}
	return 2
}
