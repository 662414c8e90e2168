package tree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// literal is a text that is in the file to the letter, from a byte on.
func literal(text string, start int) tree.Tree {
	return tree.Tree{
		State: tree.StateKnown, Scalar: text, Verbatim: true,
		Range: source.Range{Path: "f", Start: start, End: start + len(text)},
	}
}

// computed is a text that an expression at bytes of the file has as its value.
func computed(text string, start, end int) tree.Tree {
	return tree.Tree{State: tree.StateKnown, Scalar: text, Range: source.Range{Path: "f", Start: start, End: end}}
}

func decode(t *testing.T, document tree.Tree) tree.Tree {
	t.Helper()
	decoded, err := tree.DecodeJSON(document)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func TestDecodeValues(t *testing.T) {
	root := decode(t, literal(`{"s": "text", "n": 12.50, "yes": true, "none": null, "list": ["a", {"b": []}], "s": "again"}`, 0))
	if !root.IsMap || !root.Known() {
		t.Errorf("%+v", root)
	}
	if got, ok := root.Field("s").String(); !ok || got != "text" {
		t.Errorf("s is %q", got)
	}
	if got := root.Field("n").Scalar; got != "12.50" {
		t.Errorf("n is %v; a number keeps how it is written", got)
	}
	if got := root.Field("yes").Scalar; got != true {
		t.Errorf("yes is %v", got)
	}
	if got := root.Field("none").State; got != tree.StateAbsent {
		t.Errorf("null is %v; it must be absent", got)
	}
	list := root.Field("list")
	if !list.IsList || len(list.Items) != 2 || !list.Items[1].IsMap || !list.Items[1].Field("b").IsList {
		t.Errorf("list is %+v", list)
	}
}

func TestDecodePlaces(t *testing.T) {
	const text = "{\n  \"Action\" : [\"s3:*\", \"x\"]\n}"
	at := func(part string, start int) source.Range {
		i := start + strings.Index(text, part)
		return source.Range{Path: "f", Start: i, End: i + len(part)}
	}
	root := decode(t, literal(text, 100))
	action := root.Fields[0]
	for _, tt := range []struct {
		name      string
		got, want source.Range
	}{
		{"document", root.Range, source.Range{Path: "f", Start: 100, End: 100 + len(text)}},
		{"key", action.KeyRange, at(`"Action"`, 100)},
		{"list", action.Tree.Range, at(`["s3:*", "x"]`, 100)},
		{"first item", action.Tree.Items[0].Range, at(`"s3:*"`, 100)},
		{"second item", action.Tree.Items[1].Range, at(`"x"`, 100)},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	whole := computed(text, 7, 9)
	for _, field := range decode(t, whole).Fields {
		if field.KeyRange != whole.Range || field.Tree.Items[1].Range != whole.Range {
			t.Errorf("a text that is not in the file to the letter has no places of its own: %+v", field)
		}
	}
}

func TestDecodeHoles(t *testing.T) {
	bucket := tree.Tree{State: tree.StateUnknown, Cause: "var.bucket has no value", Refs: []string{"aws_s3_bucket.a"}, Range: source.Range{Path: "f", Start: 20, End: 30}}
	key := tree.Tree{State: tree.StateUnknown, Cause: "var.key has no value", Refs: []string{"aws_kms_key.b"}, Range: source.Range{Path: "f", Start: 40, End: 50}}
	document := tree.Tree{
		State: tree.StateUnknown, Range: source.Range{Path: "f", End: 60},
		Pieces: []tree.Tree{literal(`{"R": "arn:`, 0), bucket, literal(`/mid/`, 30), key, literal(`/*", "S": "known"}`, 50)},
	}
	root := decode(t, document)
	r := root.Field("R")
	if r.State != tree.StateUnknown || r.Prefix != "arn:" || r.Suffix != "/*" || r.Cause != bucket.Cause {
		t.Errorf("a string with holes: %+v", r)
	}
	if diff := cmp.Diff([]string{"aws_s3_bucket.a", "aws_kms_key.b"}, r.Refs); diff != "" {
		t.Error(diff)
	}
	if got, _ := root.Field("S").String(); got != "known" {
		t.Errorf("a string without a hole: %+v", root.Field("S"))
	}
	if want := (source.Range{Path: "f", Start: 6, End: 53}); r.Range != want {
		t.Errorf("a string over several pieces is at %+v, want %+v", r.Range, want)
	}

	document.Pieces = []tree.Tree{literal(`{"R": "arn:`, 0), bucket, literal(`x"`, 30), literal(`}`, 40)}
	if got, want := decode(t, document).Field("R").Range, (source.Range{Path: "f", Start: 6, End: 32}); got != want {
		t.Errorf("a string that ends with a piece is at %+v, want %+v", got, want)
	}

	for _, before := range []string{`{"A": `, `{"a \" b": "\\", "A": `} {
		bucket.Prefix, bucket.Examples = `"arn:`, []string{`"arn:x"`}
		document.Pieces = []tree.Tree{literal(before, 0), bucket, literal(`, "B": ["x", `, 30), key, literal(`]}`, 50)}
		root := decode(t, document)
		a := root.Field("A")
		if a.State != tree.StateUnknown || a.Cause != bucket.Cause || a.Prefix != "" || a.Examples != nil {
			t.Errorf("a hole in the place of a value: %+v", a)
		}
		b := root.Field("B")
		if len(b.Items) != 1 || b.Items[0].Scalar != "x" || b.State != tree.StateUnknown || b.Cause != key.Cause {
			t.Errorf("a hole in the place of elements: %+v", b)
		}
	}
	document.Pieces = []tree.Tree{literal(`{`, 0), bucket, literal(`}`, 30)}
	if decoded, err := tree.DecodeJSON(document); err == nil {
		t.Errorf("a hole in the place of a field: %+v", decoded)
	}
}

// TestDecodeExamples keeps the examples and the sensitivity of what a string is put together from.
func TestDecodeExamples(t *testing.T) {
	arn := tree.Tree{State: tree.StateUnknown, Sensitive: true, Examples: []string{"arn:aws:sqs:us-east-1:111122223333:q"}}
	root := decode(t, tree.Tree{State: tree.StateUnknown, Pieces: []tree.Tree{literal(`{"R": "`, 0), arn, literal(`/x"}`, 10)}})
	r := root.Field("R")
	if diff := cmp.Diff([]string{"arn:aws:sqs:us-east-1:111122223333:q/x"}, r.Examples); diff != "" {
		t.Error(diff)
	}
	if !r.Sensitive {
		t.Error("it is not sensitive")
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "unexpected EOF"},
		{"cut off", `{"a": [1, `, "unexpected EOF"},
		{"no JSON", `{a: 1}`, "invalid character"},
		{"a comma too many", `[1,]`, "invalid character"},
		{"text after it", `{} {}`, "there is text after the document"},
		{"too deep", strings.Repeat("[", 66) + strings.Repeat("]", 66), "it nests more than 64 levels"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tree.DecodeJSON(literal(tt.text, 0))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
	decode(t, literal(strings.Repeat("[", 64)+strings.Repeat("]", 64), 0))
}
