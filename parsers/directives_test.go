package parsers_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
	"lintel/parsers"
)

// TestDirectives holds what is a directive, and what it is about, by the first line of that.
func TestDirectives(t *testing.T) {
	type directive struct{ Text, About string }
	for name, tt := range map[string]struct {
		file, text string
		want       []directive
	}{
		"comments of HCL": {"a.tf", `
# lintel:ignore a -- one
// lintel:ignore b -- two
/* lintel:ignore c -- three */
resource "x" "y" { # lintel:ignore d -- four
  m = { # lintel:ignore e -- five
    k = 1 # lintel:ignore f -- six
  }
  l = [
    # lintel:ignore g -- seven
    "v",
  ]
} # lintel:ignore h -- nothing begins here
`, []directive{
			{"a -- one", `resource "x" "y" {`},
			{"b -- two", `resource "x" "y" {`},
			{"c -- three", `resource "x" "y" {`},
			{"d -- four", `resource "x" "y" {`},
			{"e -- five", "m = {"},
			{"f -- six", "k = 1"},
			{"g -- seven", `"v"`},
			{"h -- nothing begins here", ""},
		}},
		"not comments of HCL": {"a.tf", "a = \"# lintel:ignore a -- b\"\nb = <<E\n# lintel:ignore a -- b\nE\n# lintel:ignored a -- b\n# see lintel:ignore\n", nil},
		"comments of YAML": {"a.yaml", `Resources:
  # lintel:ignore a -- one
  # Another comment.
  F: # lintel:ignore b -- two
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 3 # lintel:ignore c -- three
      Layers:
        # lintel:ignore d -- four
        - one
`, []directive{{"a -- one", "F:"}, {"b -- two", "F:"}, {"c -- three", "Timeout: 3"}, {"d -- four", "one"}}},
		"not comments of YAML": {"a.yaml", `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          # lintel:ignore a -- b
          pass
      Description: "a # lintel:ignore a -- b"
      Handler: a#lintel:ignore a -- b
`, nil},
		"metadata": {"a.json", `{"Resources": {
 "F": {"Type": "AWS::Lambda::Function", "Metadata": {"lintel": {"ignore": ["a -- one", {"rule": "b", "reason": "two", "until": "2027-03-01"}, {"rule": "c"}]}}},
 "G": {"Type": "AWS::Lambda::Function", "Metadata": {"lintel": {"ignore": "d -- three"}}}
}}`, []directive{{"a -- one", `"F": {`}, {"b -- two (until 2027-03-01)", `"F": {`}, {"c", `"F": {`}, {"d -- three", `"G": {`}}},
		"nothing":   {"a.yaml", "Resources: {}\n", nil},
		"broken":    {"a.tf", "resource {{{ # lintel:ignore a -- b\n", []directive{{"a -- b", "resource {"}}},
		"a section": {"a.yaml", "# lintel:ignore a -- b\nResources:\n  F: {Type: x}\n", []directive{{"a -- b", ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			file := source.NewFile(tt.file, []byte(tt.text))
			var got []directive
			for _, d := range parsers.Directives(source.Files{tt.file: file}) {
				about := file.Text(d.Scope)
				for i := range about {
					if about[i] == '\n' || i > 0 && about[i-1] == '{' {
						about = about[:i]
						break
					}
				}
				about, _, _ = strings.Cut(about, " #")
				got = append(got, directive{d.Text, about})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzDirectives(f *testing.F) {
	f.Add("a.tf", "# lintel:ignore a -- b\nresource \"x\" \"y\" { /* lintel:ignore c */ }\n")
	f.Add("a.yaml", "Resources:\n  F: # lintel:ignore a -- b\n    Code: |\n      # lintel:ignore a\n")
	f.Add("a.json", `{"Resources":{"F":{"Type":"x","Metadata":{"lintel":{"ignore":[{"rule":"a"},[],1]}}}}}`)
	f.Add("a.yml", "0:\n  F:\n  0:\n  F: # lintel:ignore a\n") // one key twice
	f.Add("a.yaml", "Resources: &a\n  F: *a\n  # lintel:ignore a\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		file := source.NewFile(name, []byte(text))
		for _, d := range parsers.Directives(source.Files{name: file}) {
			if d.At.Start < 0 || d.At.End < d.At.Start || d.At.End > len(text) || d.Scope.End > len(text) || d.Scope.Start > d.Scope.End {
				t.Errorf("%q: %+v", text, d)
			}
		}
	})
}
