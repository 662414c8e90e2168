package lsp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cli"
	"lintel/internal/finding"
)

// fixtures copies every template that the tests of lintel have into a folder of its own, below one root.
func fixtures(t *testing.T) string {
	t.Helper()
	dir := folder(t, nil)
	var sources []string
	for _, pattern := range []string{"policies/rules/*/testdata/*", "testdata/corpus/*", "testdata/converge/*", "testdata/cdk", "testdata/plan/*"} {
		found, err := filepath.Glob("../../" + pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		sources = append(sources, found...)
	}
	for i, from := range sources {
		to := filepath.Join(dir, fmt.Sprintf("%04d", i))
		info, err := os.Stat(from)
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			err = os.CopyFS(to, os.DirFS(from))
		} else {
			content, readErr := os.ReadFile(from)
			if err = readErr; err == nil {
				write(t, filepath.Join(to, filepath.Base(from)), string(content))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// said is what is said about each file: rule, place and severity of findings, what was not checked.
type said map[string][]string

func (s said) add(file, text string) {
	if !slices.Contains(s[file], text) {
		s[file] = append(s[file], text)
		slices.Sort(s[file])
	}
}

// checked runs the command line.
func checked(t *testing.T, dir string) said {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	code := cli.Main([]string{"check", "--format", "json", "--profile", "all", "--today", today.Format("2006-01-02")}, strings.NewReader(""), &out, &errs)
	type place struct{ Line, Column int }
	var report struct {
		Findings []struct {
			Rule, Severity, Message, File string
			Start, End                    place
		}
		Problems []struct {
			File, Message string
			Line          int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v: exit %d: %s", err, code, errs.String())
	}
	severities := map[string]int{"critical": 1, "high": 1, "medium": 2, "low": 3, "info": 4}
	all := said{}
	for _, f := range report.Findings {
		all.add(f.File, fmt.Sprintf("%d:%d-%d:%d %s %d %s", f.Start.Line-1, f.Start.Column-1, f.End.Line-1, f.End.Column-1, f.Rule, severities[f.Severity], f.Message))
	}
	for _, p := range report.Problems {
		all.add(p.File, fmt.Sprintf("%d not-checked %s", p.Line-1, p.Message))
	}
	return all
}

// TestEditorAndCommandLine holds that both find the same in the same text, in every template that there is.
func TestEditorAndCommandLine(t *testing.T) {
	dir := fixtures(t)
	want := checked(t, dir)
	if n := len(want); n < 300 {
		t.Fatalf("only %d files with findings", n)
	}
	c := start(t, dir)
	c.call("initialize", object{
		"rootUri": c.uri("."), "initializationOptions": object{"profile": finding.All, "maxDiagnostics": 100000},
		"capabilities": object{
			"general":      object{"positionEncodings": []string{"utf-8"}},
			"textDocument": object{"publishDiagnostics": object{"dataSupport": true}},
		},
	})
	c.notify("initialized", object{})
	err := filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		switch filepath.Ext(p) {
		case ".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml", ".template":
			name, _ := filepath.Rel(dir, p)
			c.open(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c.open("last.tf", "")
	c.until("the last file", func() bool { return c.times["last.tf"] > 0 })
	got := said{}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, file := range slices.Sorted(maps.Keys(c.shown)) {
		for _, d := range c.shown[file] {
			switch {
			case d.Code == "not-checked":
				got.add(file, fmt.Sprintf("%d not-checked %s", d.Range.Start.Line, d.Message))
			case d.Data["mirror"] == nil:
				message, _, _ := strings.Cut(d.Message, ", when ")
				if i := strings.LastIndex(message, " (and "); i >= 0 && strings.HasSuffix(message, " more)") {
					message = message[:i]
				}
				got.add(file, fmt.Sprintf("%s %d %s", d, d.Severity, message))
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("command line (-) and editor (+) differ:\n%.8000s", diff)
	}
}
