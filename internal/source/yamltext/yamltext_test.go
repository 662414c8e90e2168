package yamltext_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// at returns the value of the key k in a text.
func at(tb testing.TB, text string) (*source.File, *yaml.Node) {
	tb.Helper()
	root, err := yamltext.Decode([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	value := yamltext.Field(root, "k")
	if value == nil {
		tb.Fatalf("no key k in %q", text)
	}
	return source.NewFile("f", []byte(text)), value
}

func TestField(t *testing.T) {
	_, mapping := at(t, "k: {a: 1, b: 2}\n")
	if got := yamltext.Field(mapping, "b"); got == nil || got.Value != "2" {
		t.Errorf("b is %v", got)
	}
	_, list := at(t, "k: [a, 1]\n")
	for name, got := range map[string]*yaml.Node{
		"key that is missing": yamltext.Field(mapping, "c"), "value as key": yamltext.Field(mapping, "1"),
		"list": yamltext.Field(list, "a"), "nil": yamltext.Field(nil, "a"),
	} {
		if got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestScalars(t *testing.T) {
	for _, tt := range []struct {
		text    string
		want    string // text of the value with its tag
		oneLine bool
	}{
		{"k: plain # no\n", "plain", true},
		{"a: é😀\nk: é b\n", "é b", true},
		{"k: 'it''s' # x", "'it''s'", true},
		{`k: "a\"b\\" `, `"a\"b\\"`, true},
		{"k: !Sub '${A}'\n", "!Sub '${A}'", true},
		{"k: !Ref A\nb: 1", "!Ref A", true},
		{"k: &x v\n", "&x v", true},
		{"k: \"a\n  b\"\nl: 1", "\"a\n  b\"", false},
		{"k: a\n  b\nl: 1", "a\n  b", false},
		{"k: |\n  a\n\n  b\nl: 1", "|\n  a\n\n  b", false},
		{"k: >-\n  a\r\n", ">-\n  a", false},
		{"k: !Sub\n  'x'\n", "!Sub\n  'x'", false},
		{"k: ''\n", "''", true},
		{"{\"k\":\t\"a\\/b\"}", `"a\/b"`, true},
	} {
		file, n := at(t, tt.text)
		start := yamltext.Start(file, n)
		end := yamltext.ScalarEnd(file, n, yamltext.SkipProperties(file.Content, start))
		if got := string(file.Content[start:end]); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
		whole, ok := yamltext.OneLine(file, n)
		if ok != tt.oneLine || ok && file.Text(whole) != tt.want {
			t.Errorf("%q on one line: %v %q", tt.text, ok, file.Text(whole))
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"a: &x 1\nk: *x\n": "*x",
		"k:\nb: 1\n":       "",
		"k: {a: 1}\n":      "no",
		"k: [a]\n":         "no",
	} {
		file, n := at(t, text)
		got := "no"
		if whole, ok := yamltext.OneLine(file, n); ok {
			got = file.Text(whole)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFlow(t *testing.T) {
	text := "k: !X [a, {b: c}, # ]\n  d]\n"
	file, n := at(t, text)
	if !yamltext.IsFlow(n) {
		t.Fatal("it is not in flow style")
	}
	if got := text[yamltext.FlowStart(file, n):]; !strings.HasPrefix(got, "a, ") {
		t.Errorf("it begins with %q", got)
	}
	last := strings.Index(text, " # ]")
	if got := text[yamltext.FlowEnd(file.Content, last, ']'):]; got != "\n" {
		t.Errorf("behind it: %q", got)
	}
	if got := yamltext.FlowEnd([]byte("[a"), 2, ']'); got != 2 {
		t.Errorf("without an end: %d", got)
	}
}

func TestBlockEnd(t *testing.T) {
	for _, tt := range []struct{ text, rest string }{
		{"k:\n  a: 1\n  b: 2\nl: 1\n", "l: 1\n"},
		{"k:\n- a\n- b\nl: 1\n", "l: 1\n"},
		{"k:\n  a: 1\n\n# about l\nl: 1\n", "\n# about l\nl: 1\n"},
		{"k:\r\n  a: 1\r\nl: 1\r\n", "l: 1\r\n"},
		{"k:\n  a: 1", ""},
	} {
		file, n := at(t, tt.text)
		if got := tt.text[yamltext.BlockEnd(file, n, 0):]; got != tt.rest {
			t.Errorf("%q: behind it %q, want %q", tt.text, got, tt.rest)
		}
	}
}

func TestDecode(t *testing.T) {
	for text, want := range map[string]string{
		"{\"k\": \"a\\/b\\\\/\"}": `a/b\/`,
		"{\"k\": \"\\ud83d\"}":    "\ufffd",
		"\ufeff{\"k\":\t\"a\"}":   "a",
		"k: 'a\\/b'":              `a\/b`,
		"k: \"\\L\"":              "\u2028",
	} {
		_, n := at(t, text)
		if got := yamltext.Text(n, source.StartsAsJSON([]byte(text))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "# nothing\n"} {
		if n, err := yamltext.Decode([]byte(text)); n != nil || !errors.Is(err, io.EOF) {
			t.Errorf("%q: %v, %v", text, n, err)
		}
	}
	if _, err := yamltext.Decode([]byte("a: [")); err == nil {
		t.Error("broken YAML is read")
	}
}

func TestQuoted(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{"a\"b<é>", `"a\"b<é>"`},
		{3, "3"},
		{[]any{"a", true}, `["a",true]`},
	} {
		if got := yamltext.Quoted(tt.value); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.value, got, tt.want)
		}
	}
}

func TestExtent(t *testing.T) {
	for text, want := range map[string]string{
		"k: !Ref A # why\n":                  "!Ref A",
		"k:\n  Ref: A\nl: 1\n":               "Ref: A",
		"k: {Ref: A} # }\n":                  "{Ref: A}",
		"k: [{}, # }\n  a]\nl: 1\n":          "[{}, # }\n  a]",
		"k: !If [C, {a: 'x'}, []]\n":         "!If [C, {a: 'x'}, []]",
		"k:\n- a\n- b: |\n    c\n\nl: 1\n":   "- a\n- b: |\n    c",
		"a: &x 1\nk: *x\n":                   "*x",
		`{"k": {"Fn::Sub": "${A}"}, "l": 1}`: `{"Fn::Sub": "${A}"}`,
	} {
		file, n := at(t, text)
		if got := file.Text(yamltext.Extent(file, n)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestDecodeAll checks which documents of a text are read, and where their nodes are.
func TestDecodeAll(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"# nothing\n":                  "",
		"a: 1\n":                       "a",
		"---\n---\na: 1\n...\n":        "a",
		"a: 1\n---\nb: 1\n":            "a b",
		"%YAML 1.2\n---\na: 1\n":       "a",
		"\ufeff%YAML 1.2\n---\na: 1\n": "a",
		"\ufeffa: 1\n":                 "a",
		"%YAML 2.0\n---\na: 1\n":       "error",
		"a: 1\n---\nb: [\n":            "a error",
		"{\"a\"\n:\n1}":                "a",
		"{\"a\": 1} {\"b\": 1}":        "a error",
		"a: '%YAML 1.2'\n":             "a",
	} {
		documents, err := yamltext.DecodeAll([]byte(text))
		var got []string
		file := source.NewFile("t", []byte(text))
		for _, document := range documents {
			key := document.Content[0]
			got = append(got, key.Value)
			if at := yamltext.Start(file, key); !strings.HasPrefix(strings.TrimPrefix(text[at:], `"`), key.Value) {
				t.Errorf("%q: the key is at %q", text, text[at:])
			}
		}
		if err != nil {
			got = append(got, "error")
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// TestManyItems decodes texts with more lines or items than a template has.
func TestManyItems(t *testing.T) {
	const limit = 200_000
	for name, tt := range map[string]struct {
		text string
		fits bool
	}{
		"commas":                  {"[" + strings.Repeat("a,", limit+1) + "a]", false},
		"lines":                   {strings.Repeat("- a\n", limit+1), false},
		"commas at ends of lines": {"[" + strings.Repeat("a,\n", limit-1) + "a]", true},
	} {
		if _, err := yamltext.Decode([]byte(tt.text)); (err == nil) != tt.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEscapedSlash checks that \/ is a slash in double quotes, as in JSON, and itself elsewhere, with every node in its place.
func TestEscapedSlash(t *testing.T) {
	const text = `a: "^(s3:\/\/.+|\\/)$"
b: '\/ "\/"'
c: |
  if (/\/\//.test(x)) return "\/";
d: x\/y
`
	root, err := yamltext.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := 1; i < len(root.Content); i += 2 {
		got = append(got, root.Content[i].Value)
	}
	want := []string{`^(s3://.+|\/)$`, `\/ "\/"`, "if (/\\/\\//.test(x)) return \"\\/\";\n", `x\/y`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := yamltext.Decode([]byte(`a: "\/\q"`)); err == nil {
		t.Error("an unknown escape is accepted")
	}
}
