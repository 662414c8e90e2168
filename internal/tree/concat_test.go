package tree_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
	"lintel/internal/tree"
)

func TestConcatExamples(t *testing.T) {
	known := func(s string) tree.Tree { return tree.Tree{State: tree.StateKnown, Scalar: s} }
	oneOf := func(examples ...string) tree.Tree {
		return tree.Tree{State: tree.StateUnknown, Examples: examples}
	}
	for _, tt := range []struct {
		name   string
		pieces []tree.Tree
		want   []string
	}{
		{"one piece", []tree.Tree{known("arn:"), oneOf("aws", "aws-cn"), known(":s3")}, []string{"arn:aws:s3", "arn:aws-cn:s3"}},
		{"two pieces", []tree.Tree{oneOf("a", "b"), known("-"), oneOf("1", "2")}, []string{"a-1", "a-2", "b-1", "b-2"}},
		{"anything", []tree.Tree{oneOf("a"), {State: tree.StateUnknown}}, nil},
		{"a name in an ARN", []tree.Tree{known("arn:aws:s3:::"), {State: tree.StateUnknown, Prefix: "b-"}}, []string{"arn:aws:s3:::b-*", "arn:aws:s3:::b-example"}},
		{"a name without wildcard in an ARN", []tree.Tree{known("arn:aws:s3:::"), {State: tree.StateUnknown, Plain: true}}, []string{"arn:aws:s3:::example"}},
		{"a service", []tree.Tree{known("arn:aws:"), {State: tree.StateUnknown}, known(":::x")}, nil},
		{"any service", []tree.Tree{known("arn:aws:*:::"), {State: tree.StateUnknown}}, nil},
		{"too many", []tree.Tree{oneOf("a", "b", "c", "d", "e"), oneOf("a", "b", "c", "d", "e")}, nil},
	} {
		got := tree.Concat(source.Range{}, tt.pieces...)
		if diff := cmp.Diff(tt.want, got.Examples); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestConcatCause names the piece of which nothing is known.
func TestConcatCause(t *testing.T) {
	partition := tree.Tree{State: tree.StateUnknown, Examples: []string{"aws", "aws-cn"}, Cause: "the partition is unknown"}
	name := tree.Tree{State: tree.StateUnknown, Cause: "the name is unknown"}
	for want, pieces := range map[string][]tree.Tree{
		"the name is unknown":      {partition, name},
		"the partition is unknown": {partition},
	} {
		if got := tree.Concat(source.Range{}, pieces...).Cause; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestInPartition checks that a text of which only the partition is unknown has its text in the partition aws.
func TestInPartition(t *testing.T) {
	text := func(s string) tree.Tree { return tree.Tree{State: tree.StateKnown, Scalar: s} }
	partition := tree.Tree{State: tree.StateUnknown, InPartition: "aws"}
	for want, pieces := range map[string][]tree.Tree{
		"arn:aws:s3:::*": {text("arn:"), partition, text(":s3:::*")},
		"aws":            {partition},
		"arn:aws:a":      {text("arn:"), tree.Concat(source.Range{}, partition, text(":")), text("a")},
	} {
		if got := tree.Concat(source.Range{}, pieces...); got.InPartition != want || got.Known() {
			t.Errorf("%q, want %q", got.InPartition, want)
		}
	}
	for _, pieces := range [][]tree.Tree{{text("arn:"), partition, tree.Unknown(source.Range{}, "")}, {text("a")}, {partition, {}}} {
		if got := tree.Concat(source.Range{}, pieces...); got.InPartition != "" {
			t.Errorf("%q, want none", got.InPartition)
		}
	}
}
