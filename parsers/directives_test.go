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
		"metadata that the CDK adds": {"Stack.template.json", `{"Resources": {
 "F": {"Type": "AWS::Lambda::Function", "Metadata": {"aws:cdk:path": "Stack/F/Resource", "lintel": {"ignore": [{"rule": "a, b", "reason": "one"}]}}}
}}`, []directive{{"a, b -- one", `"F": {`}}},
		"comment properties": {"a.tf.json", `{"//": "lintel:ignore a -- everything",
"resource": {"//": "no type", "x": {
  "y": {"//": "lintel:ignore b -- one",
    "m": {"//": ["lintel:ignore c -- two", "for people", "lintel:ignore d -- three"]},
    "l": [{"//": "lintel:ignore e -- four",
      "k": 1}, {"k": 2}],
    "s": [{"//": "lintel:ignore f -- five"}]},
  "z": [{"//": "lintel:ignore g -- six"}, {"//": {"metadata": "lintel:ignore h"}}]}},
"module": {"m": {"//": "lintel:ignore i -- seven", "n": "// lintel:ignore j -- a text"}},
"locals": {"//": "lintel:ignore k -- all of them"}
}`, []directive{
			{"b -- one", `"y": {`},
			{"c -- two", `"m": {`},
			{"d -- three", `"m": {`},
			{"e -- four", `{`},
			{"f -- five", `"s": [{`},
			{"g -- six", `{`},
			{"i -- seven", `"m": {`},
			{"k -- all of them", ""},
			{"a -- everything", ""},
		}},
		"OpenTofu": {"a.tofu", "x = 1 # lintel:ignore a -- one\n", []directive{{"a -- one", "x = 1"}}},
		"values":   {"a.tfvars", "# lintel:ignore a -- one\nx = \"1\"\ny = { # lintel:ignore b -- two\n  z = 1\n}\n", []directive{{"a -- one", `x = "1"`}, {"b -- two", "y = {"}}},
		"neighbours of HCL": {"a.tf", `
resource "x" "y" {
  a = 1 # lintel:ignore a -- one
  # lintel:ignore b -- two

  b = 2
  c = [ "u", # lintel:ignore c -- three
    "v" ]
  d { e = 1 } # lintel:ignore d -- four
  # lintel:ignore e -- nothing follows
}
resource "z" "y" {}
`, []directive{
			{"a -- one", "a = 1"}, {"b -- two", ""}, {"c -- three", `c = [ "u",`}, {"d -- four", "d {"}, {"e -- nothing follows", ""},
		}},
		"neighbours of YAML": {"a.yaml", `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 3 # lintel:ignore a -- one
      MemorySize: 128
      # lintel:ignore b -- nothing follows
  G: {Type: AWS::Lambda::Function, Properties: {Timeout: 3, # lintel:ignore c -- two
      MemorySize: 128, # lintel:ignore d -- three
      Layers: [a,
        # lintel:ignore e -- four
        b]}}
  H: &anchor # lintel:ignore f -- five
    Type: AWS::Lambda::Function
    Properties:
      Layers:
      # lintel:ignore g -- six
      - one
      - two # lintel:ignore h -- seven
      # lintel:ignore i -- eight
      - Ref: Three
        X: y
  I: *anchor # lintel:ignore j -- nine
`, []directive{
			{"a -- one", "Timeout: 3"},
			{"b -- nothing follows", ""},
			{"c -- two", "G: {"},
			{"d -- three", "MemorySize: 128,"},
			{"e -- four", "b]}}"},
			{"f -- five", "H: &anchor"},
			{"g -- six", "one"},
			{"h -- seven", "two"},
			{"i -- eight", "Ref: Three"},
			{"j -- nine", "I: *anchor"},
		}},
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
	f.Add("a.tf.json", `{"resource":{"x":{"y":[{"//":"lintel:ignore a"},null]}},"//":["lintel:ignore b"]}`)
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
