package lsp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/docs"
)

func TestYAMLPlace(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"a:\n  ", "a"},
		{"a: ", "a"},
		{"a:\n  b: 1\n  c: ", "a c"},
		{"a:\n  b:\n    - x\nc:\n  - ", "c []"},
		{"a:\n- b: 1\n  c:\n  - ", "a [] c []"},
		{"a:\n  - - ", "a [] []"},
		{"a: {b: [x, {c: ", "a b [] c"},
		{"a: {b: [x], ", "a"},
		{"a: {b: '}', c: ", "a c"},
		{"a: [\n  b,\n  ", "a []"},
		{"\"a\":\n  'b': ", "a b"},
		{"# a:\n  ", ""},
		{"a:\n\n\n  # c:\n  b: ", "a b"},
		{"a:\r\n  b:\r\n    ", "a b"},
		{"a::b:\n  ", ""},
	} {
		text := newText([]byte(tt.text))
		got := strings.Join(yamlPlace(text, len(text.lines)-1, len(tt.text)), " ")
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

// TestConfigurationSchema checks that completion reads the published schema.
func TestConfigurationSchema(t *testing.T) {
	if len(docs.ConfigSchema) == 0 || configurationSchema().Properties["ignore"].Items.Properties["until"] == nil {
		t.Error("the schema is not read")
	}
}

// FuzzYAMLPlace checks that every offset of a text has a place, within the limits.
func FuzzYAMLPlace(f *testing.F) {
	for _, seed := range []string{"a:\n  - b: {c: [", "- - - -", "a: \"", "\r\n\t: :", "{{{{[[[[", "a:\n" + strings.Repeat("- ", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		text := newText([]byte(content))
		for line, start := range text.lines {
			if got := yamlPlace(text, line, min(start+5, len(content))); len(got) > maxDepth+len(content) {
				t.Errorf("%d steps", len(got))
			}
		}
	})
}
