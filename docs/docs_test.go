package docs_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// pages returns the text of every Markdown page of the repository by its path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules", "testdata", "dist"}, entry.Name()):
			return fs.SkipDir
		case path.Ext(name) == ".md":
			text, err := fs.ReadFile(root, name)
			all[name] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d pages", len(all))
	}
	return all
}

var (
	codeBlock = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	codeSpan  = regexp.MustCompile("`[^`]*`")
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading   = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	remote    = regexp.MustCompile(`^(https?|mailto):`)
)

// anchors returns the anchors that GitHub and GitLab give the headings of a page.
func anchors(text string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return all
}

// TestLinks checks that every link to a file of the repository, and to a heading in it, resolves.
func TestLinks(t *testing.T) {
	all := pages(t)
	links := 0
	for name, text := range all {
		prose := codeBlock.ReplaceAllString(text, "")
		prose = codeSpan.ReplaceAllString(prose, "")
		for _, m := range link.FindAllStringSubmatch(prose, -1) {
			if remote.MatchString(m[1]) {
				continue
			}
			links++
			file, anchor, _ := strings.Cut(m[1], "#")
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(target))); err != nil || strings.HasPrefix(target, "../") {
				t.Errorf("%s: the link %s leads to no file", name, m[1])
			} else if anchor != "" && !slices.Contains(anchors(all[target]), anchor) {
				t.Errorf("%s: the link %s leads to no heading; %s has %q", name, m[1], target, anchors(all[target]))
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links were checked", links)
	}
}

// TestReachable checks that the README links to every page in docs, except those of single rules and decisions.
func TestReachable(t *testing.T) {
	all := pages(t)
	for name := range all {
		if path.Dir(name) == "docs" && !strings.Contains(all["README.md"], "]("+name+")") {
			t.Errorf("README.md does not link to %s", name)
		}
	}
}

// TestDecisions checks that every decision record has a status.
func TestDecisions(t *testing.T) {
	status := regexp.MustCompile(`(?m)^Status: (accepted\b|(replaced|superseded) by \[.+\]\(.+\))`)
	for name, text := range pages(t) {
		if path.Dir(name) == "docs/decisions" && !status.MatchString(text) {
			t.Errorf("%s has no line \"Status: accepted\" or \"Status: superseded by [N](FILE)\"", name)
		}
	}
}

// TestThreatModel checks that the tests and scripts that the threat model names exist.
func TestThreatModel(t *testing.T) {
	root := os.DirFS("..")
	have := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules"}, entry.Name()):
			return fs.SkipDir
		case strings.HasSuffix(name, "_test.go"):
			text, err := fs.ReadFile(root, name)
			for _, m := range function.FindAllStringSubmatch(string(text), -1) {
				have[m[1]] = true
			}
			return err
		case path.Ext(name) == ".txtar":
			have[entry.Name()] = true
		}
		have[name] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := fs.ReadFile(root, "docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(Test\\w+|[\\w]+\\.txtar|\\.ci/[\\w-]+|editors/[\\w/.]+)`").FindAllStringSubmatch(string(page), -1)
	for _, m := range named {
		if !have[m[1]] {
			t.Errorf("docs/security.md names %s, which does not exist", m[1])
		}
	}
	if len(named) < 40 {
		t.Errorf("only %d tests are named", len(named))
	}
}
