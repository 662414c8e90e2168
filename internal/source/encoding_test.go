package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/source"
)

// TestEncodings checks which texts are read, and what becomes of a byte order mark.
func TestEncodings(t *testing.T) {
	const mark = "\ufeff"
	for text, want := range map[string]string{
		"":                         "",
		"a":                        "a",
		"{\"a\": 1}":               "{\"a\": 1}",
		mark + "a":                 mark + "a",
		"\xff\xfe{\x00}\x00":       "{}",
		"\xfe\xff\x00{\x00}":       "{}",
		"{\x00}\x00":               "{}",
		"\x00{\x00}":               "{}",
		"\xff\xfe\xfc\x00":         "ü",
		"\xff\xfe\x3d\xd8\x00\xde": "😀",
		"\xff\xfe{\x00}":           "{",
		"PK\x03\x04":               "PK\x03\x04",

		"\xff\xfe\x00\x00{\x00\x00\x00": "{",
		"\x00\x00\xfe\xff\x00\x00\x00{": "{",
		"{\x00\x00\x00}\x00\x00\x00":    "{}",
		"\x00\x00\x00{\x00\x00\x00}":    "{}",
	} {
		if got := string(source.UTF8([]byte(text))); got != want {
			t.Errorf("UTF8(%q) = %q, want %q", text, got, want)
		}
		fsys := fstest.MapFS{"f": {Data: []byte(text)}}
		_, err := source.ReadText(fsys, "f")
		if isWide := want != text; (err != nil) != isWide || isWide && !strings.Contains(err.Error(), "UTF-16") {
			t.Errorf("ReadText of %q: %v", text, err)
		}
	}
	if got := string(source.WithoutMark([]byte(mark + "a" + mark))); got != "a"+mark {
		t.Errorf("%q", got)
	}
	original := []byte(mark + "a")
	if got := string(source.BlankMark(original)); got != "   a" || string(original) != mark+"a" {
		t.Errorf("%q, %q", got, original)
	}
}

// TestToolOf checks the names of files of other tools.
func TestToolOf(t *testing.T) {
	for name, want := range map[string]source.Tool{
		"live/terragrunt.hcl": source.Terragrunt, "terragrunt.stack.hcl": source.Terragrunt, "serverless.ts": source.ServerlessFramework,
		"a/serverless.yaml": source.ServerlessFramework, "cdk.json": source.CDK, "cdk.out": source.NoTool, ".gitmodules": source.Submodules, "my-serverless.yml": source.NoTool, "a.hcl": source.NoTool,
	} {
		if got := source.ToolOf(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}
