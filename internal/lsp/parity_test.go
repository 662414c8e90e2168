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

// fixtures copies all test templates of lintel, each to its own directory below one root; below returns the directory
// of the one with a number.
func fixtures(t *testing.T, below func(i int) string) string {
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
		to := filepath.Join(dir, below(i), fmt.Sprintf("%04d", i))
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

// said lists the results for each file: rule, location and severity of findings, and problems.
type said map[string][]string

func (s said) add(file, text string) {
	if !slices.Contains(s[file], text) {
		s[file] = append(s[file], text)
		slices.Sort(s[file])
	}
}

// checked runs the command line.
func checked(t *testing.T, dir string, flags ...string) said {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	args := append([]string{"check", "--format", "json", "--today", today.Format("2006-01-02")}, flags...)
	code := cli.Main(args, strings.NewReader(""), &out, &errs)
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
		Gaps []struct {
			File, Cause, Message string
			Line                 int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v: exit %d: %s", err, code, errs.String())
	}
	severities := map[string]int{"critical": 1, "high": 1, "medium": 2, "low": 3, "info": 4}
	all := said{}
	for _, f := range report.Findings {
		all.add(f.File, fmt.Sprintf("%d:%d-%d:%d %s %d %s", f.Start.Line-1, f.Start.Column-1, f.End.Line-1, f.End.Column-1, f.Rule, severities[f.Severity], firstFact(f.Message)))
	}
	for _, p := range report.Problems {
		all.add(p.File, fmt.Sprintf("%d not-checked %s", p.Line-1, p.Message))
	}
	for _, g := range report.Gaps {
		all.add(g.File, fmt.Sprintf("%d gap-%s %s", g.Line-1, g.Cause, g.Message))
	}
	return all
}

// firstFact is the message of the first instance of a finding: a diagnostic shows those of others, too.
func firstFact(message string) string {
	first, _, _ := strings.Cut(message, "; ")
	return first
}

// TestEditorAndCommandLine checks that the editor and the command line have the same findings for all test templates.
func TestEditorAndCommandLine(t *testing.T) {
	dir := fixtures(t, func(int) string { return "." })
	compareBoth(t, dir, checked(t, dir, "--profile", "all"), object{"profile": finding.All, "maxDiagnostics": 100000})
}

// nested returns a tree in which directories have their own configurations.
func nested() map[string]string {
	return map[string]string{
		".": "fail-on: high\nrules:\n  tracing-disabled: {severity: critical}\n",
		"a": "profile: all\nskip: [function-url-auth-none]\ntrusted-accounts: [\"222233334444\", \"111122223333\"]\n",
		"a/b": "profile: strict\nno-ignore: [function-url-auth-none]\nmax-ignore-days: 30\nignore:\n" +
			"  - {paths: [\"*/bad.tf\", \"**/template.yaml\"], reason: of the test}\nrules:\n  runtime-deprecated: off\n  function-url-auth-none: {severity: low}\n",
		"a/c":   "third-party: false\nrules:\n  runtime-deprecated: {severity: info}\n",
		"d/e/f": "profile: all\npolicies: [own]\nrules:\n  acme-short-timeout: {severity: medium}\n",
		"d":     "",
	}
}

// TestEditorAndCommandLineNested checks the same for units with different configurations.
func TestEditorAndCommandLineNested(t *testing.T) {
	configurations := nested()
	dirs := append(slices.Sorted(maps.Keys(configurations)), "e", "a/b/below")
	dir := fixtures(t, func(i int) string { return dirs[i%len(dirs)] })
	for name, text := range configurations {
		write(t, filepath.Join(dir, name, ".lintel.yaml"), text)
	}
	t.Chdir(dir)
	var out bytes.Buffer
	if code := cli.Main([]string{"rule", "new", "acme-short-timeout", "--dir", "d/e/f/own"}, strings.NewReader(""), &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	write(t, filepath.Join(dir, "shared/main.tf"), "variable \"auth\" {}\n"+strings.Replace(openURL, `"NONE"`, "var.auth", 1)+
		"resource \"aws_lambda_function_url\" \"v\" {\n  function_name = \"v\"\n  # lintel:ignore function-url-auth-none -- a demo\n  authorization_type = \"NONE\"\n}\n")
	for _, at := range []string{"a", "a/b", "d"} {
		write(t, filepath.Join(dir, at, "calls/main.tf"), "module \"s\" {\n  source = \""+strings.Repeat("../", strings.Count(at, "/")+2)+"shared\"\n  auth   = \"NONE\"\n}\n")
	}
	write(t, filepath.Join(dir, "d/e/f/long/main.tf"), "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  timeout       = 900\n}\n")
	want := checked(t, dir)
	for _, rule := range []string{"acme-short-timeout", "ignore-expired"} {
		if !strings.Contains(fmt.Sprint(want), rule) {
			t.Errorf("the tree shows nothing of %s", rule)
		}
	}
	compareBoth(t, dir, want, object{"maxDiagnostics": 100000})
}

// compareBoth compares the diagnostics, with all files open, with the output of the command line.
func compareBoth(t *testing.T, dir string, want said, settings object) {
	t.Helper()
	if n := len(want); n < 300 {
		t.Fatalf("only %d files with findings", n)
	}
	c := start(t, dir)
	c.call("initialize", object{
		"rootUri": c.uri("."), "initializationOptions": settings,
		"capabilities": object{
			"general":      object{"positionEncodings": []string{"utf-8"}},
			"textDocument": object{"publishDiagnostics": object{"dataSupport": true}},
			"window":       object{"workDoneProgress": true}, // until sees that the server is working
		},
	})
	c.notify("initialized", object{})
	err := filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		if strings.HasSuffix(filepath.ToSlash(p), "d/e/f/own") {
			return fs.SkipDir // templates of custom rules are checked only if they are open
		}
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
	c.open("zlast.tf", "") // files are published in order
	c.until("the last file", func() bool { return c.times["zlast.tf"] > 0 })
	got := said{}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, file := range slices.Sorted(maps.Keys(c.shown)) {
		for _, d := range c.shown[file] {
			switch {
			case d.Code == "not-checked":
				got.add(file, fmt.Sprintf("%d not-checked %s", d.Range.Start.Line, d.Message))
			case strings.HasPrefix(d.Code, "gap-"):
				got.add(file, fmt.Sprintf("%d %s %s", d.Range.Start.Line, d.Code, d.Message))
			case d.Data["mirror"] == nil:
				message, _, _ := strings.Cut(firstFact(d.Message), ", when ")
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
