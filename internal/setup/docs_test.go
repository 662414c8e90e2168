package setup_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"lintel/internal/setup"
)

// block is a code block that users copy from the documentation.
type block struct{ name, language, text string }

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// blocks returns the code blocks of docs and the files that users copy.
func blocks(t *testing.T) []block {
	t.Helper()
	pages, err := filepath.Glob(filepath.FromSlash("../../docs/*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no docs", err)
	}
	var all []block
	for _, page := range append(pages, "../../README.md") {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fence.FindAllStringSubmatch(string(content), -1) {
			all = append(all, block{filepath.Base(page), m[1], m[2]})
		}
	}
	for _, file := range []string{"action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml", "integrations/gitlab.yml"} {
		content, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, block{file, "yaml", string(content)})
	}
	return all
}

// TestSnippets checks that snippets are well-formed, pin what they use, and do not run downloads without verification.
func TestSnippets(t *testing.T) {
	piped := regexp.MustCompile(`(curl|wget)[^\n]*\|\s*(ba|z|da)?sh`)
	for _, b := range blocks(t) {
		if piped.MatchString(b.text) {
			t.Errorf("%s: it runs what it downloads:\n%s", b.name, b.text)
		}
		switch b.language {
		case "yaml":
			var parsed yaml.Node
			if err := yaml.Unmarshal([]byte(b.text), &parsed); err != nil {
				t.Errorf("%s: %v in\n%s", b.name, err, b.text)
			}
			pinned(t, b.name, &parsed)
		case "sh":
			cmd := exec.CommandContext(t.Context(), "sh", "-n")
			cmd.Stdin = strings.NewReader(b.text)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %s in\n%s", b.name, out, b.text)
			}
		case "groovy":
			if strings.Count(b.text, "{") != strings.Count(b.text, "}") || strings.Count(b.text, "'")%2 != 0 {
				t.Errorf("%s: brackets or quotes are not closed in\n%s", b.name, b.text)
			}
		}
	}
}

var (
	commit = regexp.MustCompile(`@[0-9a-f]{40}$`)
	digest = regexp.MustCompile(`@sha256:[0-9a-f]{64}$`)
)

// pinned checks that actions in a document are pinned to commits, and images to digests.
func pinned(t *testing.T, name string, n *yaml.Node) {
	t.Helper()
	for i, child := range n.Content {
		pinned(t, name, child)
		if n.Kind != yaml.MappingNode || i%2 == 0 || child.Kind != yaml.ScalarNode {
			continue
		}
		switch key := n.Content[i-1].Value; {
		case key == "uses" && child.Value != "./" && !commit.MatchString(child.Value):
			t.Errorf("%s:%d: %s is not pinned by its commit", name, child.Line, child.Value)
		case key == "image" && !digest.MatchString(child.Value):
			t.Errorf("%s:%d: %s is not pinned by its digest", name, child.Line, child.Value)
		}
	}
}

// TestWorkflowInDocs checks that the docs contain the workflow that init writes.
func TestWorkflowInDocs(t *testing.T) {
	f, err := setup.Make(setup.GitHub, setup.Source{URL: "https://github.com/OWNER/lintel", Commit: from.Commit})
	if err != nil {
		t.Fatal(err)
	}
	_, workflow, _ := strings.Cut(f.Content, "\n") // without the comment
	page, err := os.ReadFile(filepath.FromSlash("../../docs/ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```yaml\n"+workflow+"```") {
		t.Errorf("docs/ci.md does not show the workflow that init writes:\n%s", workflow)
	}
}
