package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
)

func edit(start, end int, text string) source.Edit {
	return source.Edit{Range: source.Range{Path: "f", Start: start, End: end}, Text: text}
}

func TestApply(t *testing.T) {
	for name, tt := range map[string]struct {
		edits []source.Edit
		want  string
		ends  []int
	}{
		"none":                      {nil, "0123456789", nil},
		"one of each, unsorted":     {[]source.Edit{edit(8, 9, ""), edit(2, 4, "ab"), edit(0, 0, "<")}, "<01ab45679", []int{1, 5, 9}},
		"insertion before replaced": {[]source.Edit{edit(3, 5, "x"), edit(3, 3, "y")}, "012yx56789", []int{4, 5}},
		"equal ones keep order":     {[]source.Edit{edit(3, 3, "b"), edit(3, 3, "a")}, "012ba3456789", []int{4, 5}},
		"at the end":                {[]source.Edit{edit(10, 10, "\n")}, "0123456789\n", []int{11}},
		"one within another":        {[]source.Edit{edit(2, 8, "x"), edit(3, 4, "")}, "01x89", []int{3, 3}},
	} {
		source.SortEdits(tt.edits)
		got, ends := source.ApplyWithEnds([]byte("0123456789"), tt.edits)
		if string(got) != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		if diff := cmp.Diff(tt.ends, ends); diff != "" {
			t.Errorf("%s: ends: %s", name, diff)
		}
	}
}

func TestOverlapAndTouch(t *testing.T) {
	for _, tt := range []struct {
		a, b           source.Edit
		overlap, touch bool
	}{
		{edit(0, 2, ""), edit(2, 4, ""), false, false},
		{edit(0, 3, ""), edit(2, 4, ""), true, true},
		{edit(0, 2, ""), edit(2, 2, "x"), false, true},
		{edit(2, 2, "x"), edit(2, 4, ""), false, true},
		{edit(1, 1, "x"), edit(2, 4, ""), false, false},
	} {
		if got := source.Overlap([]source.Edit{tt.a, tt.b}); got != tt.overlap {
			t.Errorf("%v and %v overlap: %v", tt.a, tt.b, got)
		}
		if got := source.Touch([]source.Edit{tt.a}, []source.Edit{tt.b}); got != tt.touch {
			t.Errorf("%v and %v touch: %v", tt.a, tt.b, got)
		}
	}
	other := edit(0, 3, "")
	other.Range.Path = "g"
	if source.Touch([]source.Edit{other}, []source.Edit{edit(0, 3, "")}) {
		t.Error("edits of two files touch")
	}
}

func TestEditsOf(t *testing.T) {
	other := edit(1, 1, "x")
	other.Range.Path = "a"
	all := []source.Edit{edit(5, 6, ""), other, edit(0, 1, "")}
	if diff := cmp.Diff([]string{"a", "f"}, source.EditedPaths(all)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]source.Edit{edit(0, 1, ""), edit(5, 6, "")}, source.EditsOf("f", all)); diff != "" {
		t.Error(diff)
	}
}

// TestCut marks what is removed with <>.
func TestCut(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		strict     bool
	}{
		{"[<a>, b]", "[b]", true},
		{"[a, <b>]", "[a]", true},
		{"[<a>]", "[]", true},
		{"[\n  <a>,\n  b\n]", "[\n  b\n]", true},
		{"[\n  a,\n  <b>\n]", "[\n  a\n]", true},
		{"[\n  a,\n  <b>\n]", "[\n  a,\n]", false},
		{"[\r\n  a,\r\n  <b>\r\n]\r\n", "[\r\n  a\r\n]\r\n", true},
		{"x {\n  a = 1\n\n  <b = 2> # why\n}\n", "x {\n  a = 1\n}\n", false},
		{"x {\n\n  <b = 2> // why\n\n  c = 1\n}\n", "x {\n\n  c = 1\n}\n", false},
		{"x { <b = 2> } # not alone\n", "x {  } # not alone\n", false},
	} {
		before, rest, _ := strings.Cut(tt.text, "<")
		inside, after, _ := strings.Cut(rest, ">")
		content := []byte(before + inside + after)
		at := source.Range{Path: "f", Start: len(before), End: len(before) + len(inside)}
		if got := string(source.Apply(content, source.Cut(content, at, tt.strict))); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestWithEndOfLine(t *testing.T) {
	for _, tt := range []struct{ content, text, want string }{
		{"a\nb\n", "x\ny\n", "x\ny\n"},
		{"a\r\nb\r\n", "x\ny\r\n", "x\r\ny\r\n"},
		{"", "x\n", "x\n"},
	} {
		if got := source.WithEndOfLine([]byte(tt.content), []source.Edit{{Text: tt.text}})[0].Text; got != tt.want {
			t.Errorf("%q in %q: %q, want %q", tt.text, tt.content, got, tt.want)
		}
	}
}
