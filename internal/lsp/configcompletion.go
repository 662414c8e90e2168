package lsp

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lintel/docs"
	"lintel/internal/finding"
)

// schema is the part of the JSON Schema of .lintel.yaml that completion uses.
type schema struct {
	Description          string             `json:"description"`
	Enum                 []string           `json:"enum"`
	Const                string             `json:"const"`
	Type                 any                `json:"type"`
	Properties           map[string]*schema `json:"properties"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
	Items                *schema            `json:"items"`
	OneOf                []*schema          `json:"oneOf"`
	AnyOf                []*schema          `json:"anyOf"`
}

// configurationSchema returns the schema of .lintel.yaml.
var configurationSchema = sync.OnceValue(func() *schema { //nolint:gochecknoglobals // read when it is first used
	var s schema
	if err := json.Unmarshal(docs.ConfigSchema, &s); err != nil {
		return &schema{} // a test reads it
	}
	return &s
})

// choices returns a schema and its alternatives.
func (s *schema) choices() []*schema {
	all := []*schema{s}
	for _, other := range slices.Concat(s.OneOf, s.AnyOf) {
		all = append(all, other.choices()...)
	}
	return all
}

// at returns the schemas at a path.
func (s *schema) at(steps []string) []*schema {
	current := s.choices()
	for _, step := range steps {
		var next []*schema
		for _, c := range current {
			if inner := c.step(step); inner != nil {
				next = append(next, inner.choices()...)
			}
		}
		current = next
	}
	return current
}

// step returns the schema of a property, or of the items of a list; nil: there is none.
func (s *schema) step(step string) *schema {
	switch {
	case step == listItem:
		return s.Items
	case s.Properties[step] != nil:
		return s.Properties[step]
	case len(s.AdditionalProperties) == 0:
		return nil
	}
	var inner schema
	if json.Unmarshal(s.AdditionalProperties, &inner) != nil { // false
		return nil
	}
	return &inner
}

// configuration completes keys, values and rules in a configuration.
func (c completer) configuration() []completionItem {
	path := yamlPlace(c.doc.text, c.line, c.word)
	if len(path) > maxDepth || c.isInYAMLComment() {
		return nil
	}
	switch strings.Join(path, " ") {
	case "skip []", "extend-rules []", "no-ignore []", "ignore [] rules []":
		return append(c.ruleItems(every, nil), c.categories()...)
	case "rules":
		items := c.ruleItems(every, nil)
		for i := range items {
			items[i].TextEdit.NewText += ": "
		}
		return items
	}
	return c.fromSchema(path)
}

func every(finding.Rule) bool { return true }

// isInYAMLComment reports whether the word is in a comment.
func (c completer) isInYAMLComment() bool {
	line := string(c.doc.text.content[c.doc.text.lines[c.line]:c.word])
	return strings.HasPrefix(strings.TrimLeft(line, " "), "#") || strings.Contains(line, " #")
}

// fromSchema completes the keys and values that the schema allows at a path.
func (c completer) fromSchema(path []string) []completionItem {
	written := c.topKeys()
	var items []completionItem
	for _, s := range configurationSchema().at(path) {
		for _, key := range slices.Sorted(maps.Keys(s.Properties)) {
			if len(path) == 0 && slices.Contains(written, key) {
				continue
			}
			items = append(items, c.item(key+": ", kindProperty, "", s.Properties[key].Description, ""))
		}
		values := slices.Clone(s.Enum)
		if s.Const != "" {
			values = append(values, s.Const)
		}
		if s.Type == "boolean" {
			values = append(values, "true", "false")
		}
		for i, value := range values {
			items = append(items, c.item(value, kindEnumMember, "", s.Description, strconv.Itoa(i)))
		}
	}
	return items
}

// topKeys returns the keys of the configuration on other lines.
func (c completer) topKeys() []string {
	var keys []string
	for i, start := range c.doc.text.lines[:min(len(c.doc.text.lines), maxLines)] {
		_, end := c.doc.text.lineAt(start)
		all, _, _ := tokens(string(c.doc.text.content[start:min(end, start+maxIndent)]))
		if i != c.line && len(all) == 1 && all[0].column == 0 {
			keys = append(keys, all[0].key)
		}
	}
	return keys
}

// categories returns the patterns for the rules of a category.
func (c completer) categories() []completionItem {
	n := map[string]int{}
	for _, r := range c.rules {
		n[r.Category]++
	}
	var items []completionItem
	for _, category := range slices.Sorted(maps.Keys(n)) {
		if category != "" {
			items = append(items, c.item(category+"/*", kindValue, strconv.Itoa(n[category])+" rules", "", "~~"+category))
		}
	}
	return items
}
