package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOutlets checks that no other file writes to the unmasked standard output than those that mask before they encode.
func TestOutlets(t *testing.T) {
	unmasked := regexp.MustCompile(`\.raw\b|\.(?:out|errs)\.w\b|os\.Std(?:out|err)\b`)
	allowed := []string{"access.go", "lsp.go", "mcp.go", "model.go", "output.go", "outlet.go", "terminal.go"}
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := unmasked.Find(text); found != nil && !slices.Contains(allowed, name) && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s uses %s, which is not masked", name, found)
		}
	}
}

func TestOutletMasks(t *testing.T) {
	var out, errs bytes.Buffer
	a := newApp(nil, &out, &errs)
	a.learn([]string{"correct horse battery"})
	for stream, written := range map[*outlet]*bytes.Buffer{a.out: &out, a.errs: &errs} {
		text := "a correct horse battery\n"
		if n, err := stream.Write([]byte(text)); n != len(text) || err != nil {
			t.Error(n, err)
		}
		if want := "a *********************\n"; written.String() != want {
			t.Errorf("got %q, want %q", written, want)
		}
	}
}
