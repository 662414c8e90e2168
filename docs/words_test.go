package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lintel/internal/words"
)

// packageTable is the section of the architecture with the table of packages, which quotes package comments.
var packageTable = regexp.MustCompile(`(?ms)^## The [a-z]+$.*?^## `)

// handWritten returns the hand-written pages and the other files outside the code whose texts users read. The texts of
// generated pages are checked where they come from.
func handWritten(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, text := range pages(t) {
		if path.Dir(name) != "docs/rules" && !slices.Contains([]string{"docs/model.md", "docs/catalogue.md", "docs/peers.md"}, name) {
			all[name] = codeBlock.ReplaceAllString(text, "")
		}
	}
	all["docs/ARCHITECTURE.md"] = packageTable.ReplaceAllString(all["docs/ARCHITECTURE.md"], "")
	for _, pattern := range []string{
		"docs/*.schema.json", "action.yml", ".pre-commit-hooks.yaml", "editors/vscode/package.json", "Makefile", "Dockerfile", ".goreleaser.yaml",
		".github/*.yml", ".github/*/*.yml", "integrations/*", "packaging/*", ".ci/*", "internal/setup/files/*",
	} {
		files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			if text, err := os.ReadFile(file); err != nil {
				t.Error(err)
			} else {
				all[strings.TrimPrefix(filepath.ToSlash(file), "../")] = string(text)
			}
		}
	}
	return all
}

// TestWords checks that no hand-written page, manifest or script contains a banned term.
func TestWords(t *testing.T) {
	for name, text := range handWritten(t) {
		for _, bad := range words.Offences(text) {
			t.Errorf("%s: %s", name, bad)
		}
	}
}
