package diff_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/diff"
)

func TestUnified(t *testing.T) {
	for name, tt := range map[string]struct{ before, after, want string }{
		"equal": {"a\n", "a\n", ""},
		"one line": {
			"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
			"--- a/x/main.tf\n+++ b/x/main.tf\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
		},
		"two changes in a hunk, and one after it": {
			"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n", "1\na\n2\n3\n4\nb\n5\n6\n7\n8\n9\n10\n11\n12\nc\n13\n",
			"--- a/x/main.tf\n+++ b/x/main.tf\n@@ -1,7 +1,9 @@\n 1\n+a\n 2\n 3\n 4\n+b\n 5\n 6\n 7\n@@ -10,4 +12,5 @@\n 10\n 11\n 12\n+c\n 13\n",
		},
		"all of it": {"", "a\n", "--- a/x/main.tf\n+++ b/x/main.tf\n@@ -0,0 +1 @@\n+a\n"},
		"nothing":   {"a\n", "", "--- a/x/main.tf\n+++ b/x/main.tf\n@@ -1 +0,0 @@\n-a\n"},
		"no newline at the end": {
			"a", "b\na",
			"--- a/x/main.tf\n+++ b/x/main.tf\n@@ -1 +1,2 @@\n+b\n a\n\\ No newline at end of file\n",
		},
		"CRLF stays": {
			"a\r\nb\r\n", "a\r\nc\r\n",
			"--- a/x/main.tf\n+++ b/x/main.tf\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n",
		},
	} {
		if diff := cmp.Diff(tt.want, diff.Unified("x/main.tf", []byte(tt.before), []byte(tt.after))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestApplies checks that git apply turns before into after.
func TestApplies(t *testing.T) {
	for name, tt := range map[string]struct{ before, after, file string }{
		"a name with a newline": {"a\n", "b\n", "x\n+++ b/\"\\é"},
		"a name with spaces":    {"a\n", "b\n", "my stack.yaml"},
		"first and last line":   {"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", "A\nb\nc\nd\ne\nf\ng\nh\ni\nJ\n", "f"},
		"without a last line":   {"a\nb", "a\nb\nc", "f"},
		"CRLF":                  {"é\r\nb\r\n", "é\r\n# new\r\nb\r\n", "f"},
		"not UTF-8":             {"\xff\xfe\na\n", "\xff\xfe\nb\n", "f"},
		"lone carriage returns": {"a\rb\nc\n", "a\rB\nc\n", "f"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, tt.file)
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(tt.before), 0o600); err != nil {
				t.Fatal(err)
			}
			git := exec.CommandContext(t.Context(), "git", "apply", "-")
			git.Dir = dir
			git.Stdin = bytes.NewReader([]byte(diff.Unified(tt.file, []byte(tt.before), []byte(tt.after))))
			if out, err := git.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			got, err := os.ReadFile(file)
			if err != nil || string(got) != tt.after {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}
