package docs_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lintel/internal/words"
)

// generated are the pages that go generate ./policies writes; their texts are checked where they come from.
var generated = []string{"docs/model.md", "docs/catalogue.md", "docs/peers.md"}

// packageTable is the section of the architecture with the table of packages, which quotes package comments.
var packageTable = regexp.MustCompile(`(?ms)^## The [a-z]+$.*?^## `)

// TestWords checks that no hand-written page contains a banned term.
func TestWords(t *testing.T) {
	for name, text := range pages(t) {
		if path.Dir(name) == "docs/rules" || slices.Contains(generated, name) {
			continue
		}
		if name == "docs/ARCHITECTURE.md" {
			text = packageTable.ReplaceAllString(text, "")
		}
		prose := codeBlock.ReplaceAllStringFunc(text, func(block string) string { return strings.Repeat("\n", strings.Count(block, "\n")) })
		for i, paragraph := range strings.Split(prose, "\n\n") {
			for _, bad := range words.Offences(paragraph) {
				t.Errorf("%s, paragraph %d: %s", name, i+1, bad)
			}
		}
	}
}
