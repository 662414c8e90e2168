package rewrite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// printJSON writes a tree as JSON. Without an indentation it is on one line.
func printJSON(root *yaml.Node, indent string) string {
	var out bytes.Buffer
	writeJSON(&out, longForm(clone(root)))
	if indent == "" {
		return out.String()
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, out.Bytes(), "", indent) != nil {
		return out.String()
	}
	return pretty.String() + "\n"
}

func writeJSON(out *bytes.Buffer, n *yaml.Node) {
	switch n.Kind {
	case yaml.AliasNode:
		writeJSON(out, n.Alias)
	case yaml.SequenceNode:
		out.WriteByte('[')
		for i, item := range n.Content {
			if i > 0 {
				out.WriteByte(',')
			}
			writeJSON(out, item)
		}
		out.WriteByte(']')
	case yaml.MappingNode:
		out.WriteByte('{')
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(quotedJSON(n.Content[i].Value) + ":")
			writeJSON(out, n.Content[i+1])
		}
		out.WriteByte('}')
	default:
		out.WriteString(scalarJSON(n))
	}
}

func scalarJSON(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!bool":
		return strings.ToLower(n.Value)
	case "!!int":
		if i, err := strconv.Atoi(n.Value); err == nil && strconv.Itoa(i) == n.Value {
			return n.Value
		}
	case "!!float":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil && json.Valid([]byte(n.Value)) {
			return n.Value
		}
	}
	return quotedJSON(n.Value)
}

func quotedJSON(s string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string can be written
	return strings.TrimSuffix(out.String(), "\n")
}

// JSON returns the rewritings of templates in JSON. They apply to templates in YAML, too.
func JSON() []Rewriting {
	pretty := func(root *yaml.Node) string { return printJSON(root, "  ") }
	var all []Rewriting
	same := func(*yaml.Node) bool { return true }
	for _, n := range slices.Concat(jsonTexts(), jsonStrings()) {
		all = append(all, eachTemplate(n.Name, func(root *yaml.Node) string {
			out, _ := n.Apply(Files{"x.json": pretty(root)})
			return out["x.json"]
		}, ".json", same))
	}
	for _, ending := range []string{".template", ".yaml", ".yml", ".cfn", ".txt", ".tpl", ".jsonc", ".json5", ".template.json", ".JSON"} {
		all = append(all, eachTemplate("file name "+ending, pretty, ending, same))
	}
	for _, s := range cfnStructures() {
		all = append(all, eachTemplate(s.name, pretty, ".json", s.change))
	}
	for _, w := range cfnValues() {
		all = append(all, w.rewritings(pretty, ".json")...)
	}
	return append(all, inStack(pretty, ".json"))
}

// jsonTexts returns the rewritings of the white space of JSON, in templates and plans.
func jsonTexts() []Rewriting {
	indented := func(name, indent string) Rewriting {
		return eachText(name, func(s string) string {
			var out bytes.Buffer
			if json.Indent(&out, []byte(s), "", indent) != nil {
				return s
			}
			return out.String()
		}, ".json")
	}
	return slices.Concat(lineEnds(".json"), wide(".json"), []Rewriting{
		eachText("one line", compacted, ".json"),
		indented("indented with tabs", "\t"),
		indented("indented with eight spaces", "        "),
		indented("lines without indentation", ""),
		eachText("CR", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }, ".json"),
		eachText("a colon below its key", betweenTokens(":", "\n\t:\n\t"), ".json"),
		eachText("white space around every token", betweenTokens(":,{}[]", "\t \n$\r\n \t"), ".json"),
		eachText("100 kB of white space", func(s string) string { return strings.Repeat(" \n", 50_000) + s }, ".json"),
		eachText("a large key before", func(s string) string {
			return `{"Description":"` + strings.Repeat("x", 1000) + `",` + strings.TrimPrefix(strings.TrimSpace(s), "{")
		}, ".json"),
	})
}

func compacted(s string) string {
	var out bytes.Buffer
	if json.Compact(&out, []byte(s)) != nil {
		return s
	}
	return out.String()
}

// betweenTokens replaces punctuation outside strings: $ stands for it, else the whole text.
func betweenTokens(which, by string) func(string) string {
	return func(s string) string {
		return eachToken(s, func(c byte) string {
			switch {
			case !strings.ContainsRune(which, rune(c)):
				return string(c)
			case strings.Contains(by, "$"):
				return strings.Replace(by, "$", string(c), 1)
			}
			return by
		}, func(text string) string { return text })
	}
}

// eachToken rewrites the characters outside strings, and the strings with their quotes.
func eachToken(s string, outside func(byte) string, inside func(string) string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '"' {
			out.WriteString(outside(s[i]))
			continue
		}
		end := i + 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		out.WriteString(inside(s[i:min(end+1, len(s))]))
		i = end
	}
	return out.String()
}

// jsonStrings returns the rewritings of strings in JSON.
func jsonStrings() []Rewriting {
	each := func(name string, change func(string) string) Rewriting {
		return eachText(name, func(s string) string {
			return eachToken(s, func(c byte) string { return string(c) }, func(text string) string {
				var value string
				if json.Unmarshal([]byte(text), &value) != nil {
					return text
				}
				return `"` + change(value) + `"`
			})
		}, ".json")
	}
	escape := func(format string, which func(i int, r rune) bool) func(string) string {
		return func(value string) string {
			var out strings.Builder
			for i, r := range value {
				switch {
				case which(i, r) && r <= 0xffff:
					fmt.Fprintf(&out, format, r)
				default:
					out.WriteString(strings.Trim(quotedJSON(string(r)), `"`))
					if r == '"' {
						out.WriteByte('"')
					}
				}
			}
			return out.String()
		}
	}
	return []Rewriting{
		each("every character escaped", escape(`\u%04x`, func(int, rune) bool { return true })),
		each("every character escaped in capitals", escape(`\u%04X`, func(int, rune) bool { return true })),
		each("first characters escaped", escape(`\u%04x`, func(i int, _ rune) bool { return i == 0 })),
		each("letters escaped", escape(`\u%04x`, func(_ int, r rune) bool { return r >= 'a' && r <= 'z' })),
		each("escaped slashes", func(value string) string {
			return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(quotedJSON(value), `"`), `"`), "/", `\/`)
		}),
		each("escaped colons", escape(`\u%04x`, func(_ int, r rune) bool { return r == ':' })),
	}
}
