package cli_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lintel/internal/report"
)

// TestUncheckedEverywhere checks that every command and format that reports on templates names what was not checked: a template
// that cannot be read, one in a directory that is not searched, a file above the limit of its size, and a nested stack elsewhere.
func TestUncheckedEverywhere(t *testing.T) {
	dir := t.TempDir()
	const function = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Handler: a.b, Runtime: python3.13, Role: r, Code: {S3Bucket: b, S3Key: k}}\n"
	for name, text := range map[string]string{
		"template.yaml":                neighbour + "  F:\n    Type: AWS::Lambda::Function\n    Properties: {Handler: a.b, Runtime: python3.13, Role: r, Code: {S3Bucket: b, S3Key: k}}\n",
		"malformed.yaml":               function + "  [",
		"large.yaml":                   strings.Repeat("# comment\n", 500_000) + function,
		"stack.yaml":                   "Resources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.com/a.yaml'}}\n",
		"node_modules/x/template.yaml": function,
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	for _, args := range [][]string{{"init", "-q", "."}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "base"}} {
		run := exec.CommandContext(t.Context(), "git", args...)
		if run.Dir = dir; run.Run() != nil {
			t.Skip("git is missing")
		}
	}
	commands := [][]string{
		{"check", "--statistics"},
		{"check", "--fix", "--diff"},
		{"check", "--against", "HEAD"},
		{"check", "--undetermined"},
		{"baseline", "-o", "-"},
		{"model"},
		{"access", "--paths-to", "secrets"},
		{"access", "--from", "public"},
		{"access", "--against", "HEAD"},
	}
	for _, format := range report.Formats() {
		commands = append(commands, []string{"check", "--format", string(format)})
	}
	for _, format := range []string{"text", "mermaid", "dot", "json", "html"} {
		commands = append(commands, []string{"access", "--format", format})
	}
	for _, args := range commands {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			run := exec.CommandContext(t.Context(), "lintel", args...)
			run.Dir = dir
			var out bytes.Buffer
			run.Stdout, run.Stderr = &out, &out
			_ = run.Run() // the exit code tells
			code, want := run.ProcessState.ExitCode(), 2
			if args[0] == "check" && slices.Contains(args, "--against") {
				want = 0 // the base has the problems, too
			}
			if code != want {
				t.Errorf("exit code %d, want %d", code, want)
			}
			text := strings.ReplaceAll(out.String(), "&#95;", "_") // in Markdown
			named := []string{"malformed.yaml", "large.yaml", "node_modules/x/template.yaml", "stack.yaml"}
			if slices.Contains(args, "--against") { // the change reaches no unit
				named = []string{"large.yaml", "node_modules/x/template.yaml"}
			}
			for _, want := range named {
				if !strings.Contains(text, want) {
					t.Errorf("%s is not named\n%.3000s", want, text)
				}
			}
		})
	}
}
