package parsers_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/parsers"
)

// TestCutLists checks that a list of problems that is cut says so.
func TestCutLists(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"a.yaml":  {"Resources:\n  U: {Type: AWS::Lambda::Url}\nX:\n" + strings.Repeat("  a: 1\n", 1100), "the file exceeds the limit of 1000 problems; the rest is not listed"},
		"b.yaml":  {"Resources:\n  Fn::ForEach::A: 1\n  U: {Type: AWS::Lambda::Url}\n", ""},
		"main.tf": {"locals {\n" + strings.Repeat("  a = 1\n", 20) + "}\n", "more syntax errors, which are not listed"},
	} {
		fsys := fstest.MapFS{name: {Data: []byte(tt.text)}}
		units, _ := parsers.Find(fsys, []string{"."})
		has := false
		for _, u := range units {
			for _, p := range parsers.Parse(t.Context(), fsys, u, deployment.Options{}).Problems {
				has = has || strings.Contains(p.Message, "not listed") && strings.Contains(p.Message, tt.want)
			}
		}
		if has != (tt.want != "") {
			t.Errorf("%s: %t", name, has)
		}
	}
}
