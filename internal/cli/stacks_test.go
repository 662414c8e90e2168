package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// namedFile is a block of a page with the name of a file in its first line.
var namedFile = regexp.MustCompile("(?ms)^```yaml\n# (\\S+)\n(.*?)^```$")

// TestStacksPage checks that docs/stacks.md shows what lintel prints for the files on it.
func TestStacksPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/stacks.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, file := range namedFile.FindAllStringSubmatch(string(page), -1) {
		if err := os.MkdirAll(filepath.Dir(file[1]), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file[1], []byte(file[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, shown, _ := strings.Cut(string(page), "```text\n$ lintel access orders\n")
	shown, _, _ = strings.Cut(shown, "```")
	if got := run(t, "access", "orders"); shown != got {
		t.Errorf("docs/stacks.md has\n%s\nand lintel prints\n%s", shown, got)
	}
	report := run(t, "check", "--format=json")
	for _, want := range []string{`"public-path-to-data"`, `"policy-service-wildcard"`} {
		if !strings.Contains(report, want) {
			t.Errorf("lintel does not report %s", want)
		}
	}
}
