package generate_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"lintel/internal/generate"
	"lintel/internal/home"
)

func TestImports(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"cmd/lintel/main.go":         "package main\n\nimport \"lintel/internal/a\"\n",
		"internal/a/a.go":            "package a\n\nimport (\n\t\"fmt\"\n\tother \"lintel/parsers/b\"\n\t\"example.com/c\"\n)\n",
		"internal/a/more_windows.go": "package a\n\nimport \"lintel/internal/d\"\n\nimport \"lintel/parsers/b\"\n",
		"internal/a/a_test.go":       "package a\n\nimport \"lintel/internal/e\"\n",
		"internal/a/run.go":          "//go:build ignore\n\npackage main\n\nimport \"lintel/internal/e\"\n",
		"internal/a/testdata/x.go":   "package x\n\nimport \"lintel/internal/e\"\n",
		"internal/d/d.go":            "package d\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	got, err := generate.Imports(fsys)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"cmd/lintel": {"internal/a"}, "internal/a": {"internal/d", "parsers/b"}, "internal/d": nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	fsys["internal/d/broken.go"] = &fstest.MapFile{Data: []byte("package")}
	if _, err := generate.Imports(fsys); err == nil {
		t.Error("a file that does not parse is passed over")
	}
}

// TestArchitectureRows checks that each row of the table in docs/ARCHITECTURE.md describes a package.
func TestArchitectureRows(t *testing.T) {
	text, err := os.ReadFile(path.Join(repository, generate.ArchitecturePath))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	_, table, _ := strings.Cut(string(text), "\n## Directories\n")
	for line := range strings.Lines(table) {
		if rest, ok := strings.CutPrefix(line, "| `"); ok {
			rows++
			dir, _, _ := strings.Cut(rest, "`")
			if info, err := os.Stat(path.Join(repository, dir)); err != nil || !info.IsDir() {
				t.Errorf("there is no directory %s", dir)
			}
		}
	}
	if rows < 30 {
		t.Errorf("the table has %d rows", rows)
	}
}

// TestSizes checks that docs/ARCHITECTURE.md states the size of the repository to a tenth.
func TestSizes(t *testing.T) {
	text, err := os.ReadFile(path.Join(repository, generate.ArchitecturePath))
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	err = fs.WalkDir(os.DirFS(repository), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.Name() == "policy.rego":
			counted["rules"]++
		}
		of, isTest := "", strings.Contains(name, "_test.")
		switch {
		case path.Ext(name) == ".go" && isTest:
			of = "Go code of tests"
		case path.Ext(name) == ".go":
			of = "Go code without tests"
		case path.Ext(name) == ".rego" && !isTest:
			of = "Rego code without tests"
		default:
			return nil
		}
		content, err := os.ReadFile(filepath.Join(repository, name))
		counted[of] += bytes.Count(content, []byte("\n"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for of, n := range counted {
		_, cell, ok := strings.Cut(string(text), "\n| "+of+" | ")
		stated, err := strconv.Atoi(strings.ReplaceAll(leadingNumber.FindString(cell), ",", ""))
		if !ok || err != nil {
			t.Errorf("the page does not state the number of %s: %v", of, err)
			continue
		}
		if 10*stated < 9*n || 9*stated > 10*n {
			t.Errorf("%s: the page states %d, and there are %d", of, stated, n)
		}
	}
}

var leadingNumber = regexp.MustCompile(`^[0-9,]+`)

// TestImportRules checks that depguard has a strict rule for every package, and no rule for removed packages.
// golangci-lint checks the imports.
func TestImportRules(t *testing.T) {
	text, err := os.ReadFile(path.Join(repository, ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]struct {
						Files    []string
						ListMode string `yaml:"list-mode"`
						Allow    []string
					}
				}
			}
		}
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	imports, err := generate.Imports(os.DirFS(repository))
	if err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for name, rule := range config.Linters.Settings.Depguard.Rules {
		if rule.ListMode != "strict" {
			continue
		}
		for _, pattern := range rule.Files {
			dir, ok := strings.CutSuffix(strings.TrimPrefix(pattern, "**/"), "/*.go")
			if !ok || strings.HasPrefix(pattern, "!") {
				continue
			}
			covered[dir] = true
			if _, ok := imports[dir]; !ok {
				t.Errorf("the rule %s is about %s, which is no package", name, dir)
			}
		}
		for _, allowed := range rule.Allow {
			own, ok := strings.CutPrefix(strings.TrimSuffix(allowed, "$"), home.Module+"/")
			if ok && !slices.ContainsFunc(keys(imports), func(dir string) bool { return dir == own || strings.HasPrefix(dir, own+"/") }) {
				t.Errorf("the rule %s allows %s, which is no package", name, allowed)
			}
		}
	}
	for _, dir := range keys(imports) {
		if !covered[dir] {
			t.Errorf(".golangci.yml has no strict depguard rule with the files **/%s/*.go, so %s may import anything", dir, dir)
		}
	}
}

func keys(imports map[string][]string) []string {
	var dirs []string
	for dir := range imports {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return dirs
}

// TestImportsAgreeWithBuild compares the imports with those that the go command reports for this platform.
func TestImportsAgreeWithBuild(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...")
	cmd.Dir = repository
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate.Imports(os.DirFS(repository))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		dir := strings.TrimPrefix(words[0], home.Module+"/")
		want[dir] = nil
		for _, imported := range words[1:] {
			if own, ok := strings.CutPrefix(imported, home.Module+"/"); ok {
				want[dir] = append(want[dir], own)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("go list says (-), Imports says (+):\n%s", diff)
	}
}

// TestDecisionsHaveStatus checks that each decision record has a line "Status: ...".
func TestDecisionsHaveStatus(t *testing.T) {
	records, err := filepath.Glob(filepath.Join(repository, "docs", "decisions", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(records) < 11 {
		t.Errorf("there are %d decision records", len(records))
	}
	for _, record := range records {
		text, err := os.ReadFile(record)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "\nStatus: ") {
			t.Errorf("%s has no line that begins with \"Status: \"", filepath.Base(record))
		}
	}
}
