package tree_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/tree"
)

func TestPathStrings(t *testing.T) {
	for _, text := range []string{"", ".", "a", "a.b", "a|b.c", "a.*", "a.*.b|.", "a[].b", "a[]"} {
		if got := tree.ParsePath(text).String(); got != text {
			t.Errorf("%q is printed as %q", text, got)
		}
	}
	if !tree.ParsePath("-").IsZero() || !tree.ParsePath("").IsZero() || tree.ParsePath(".").IsZero() {
		t.Error("only - and nothing lead nowhere")
	}
}

func TestJoin(t *testing.T) {
	for _, tt := range []struct{ outer, inner, want string }{
		{"a", "b", "a.b"},
		{".", "a|b", "a|b"},
		{"a|b", "c|d", "a.c|a.d|b.c|b.d"},
		{"a", ".", "a"},
		{"a|.", ".", "a|."},
		{"-", "a", ""},
		{"a", "-", ""},
		{"a[].b", "c", "a[].b.c"},
	} {
		if got := tree.ParsePath(tt.outer).Join(tree.ParsePath(tt.inner)).String(); got != tt.want {
			t.Errorf("%s joined with %s is %s, want %s", tt.outer, tt.inner, got, tt.want)
		}
	}
	if got := tree.ParsePath("a|b").Or(tree.ParsePath("b|c")).String(); got != "a|b|c" {
		t.Errorf("a|b or b|c is %s", got)
	}
}

func text(s string) tree.Tree { return tree.Tree{State: tree.StateKnown, Scalar: s} }

func object(fields ...any) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, IsMap: true}
	for i := 0; i < len(fields); i += 2 {
		t.Fields = append(t.Fields, tree.Field{Key: fields[i].(string), Tree: fields[i+1].(tree.Tree)})
	}
	return t
}

func list(items ...tree.Tree) tree.Tree {
	return tree.Tree{State: tree.StateKnown, IsList: true, Items: items}
}

func TestAt(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		in         tree.Tree
		want       []string
	}{
		{"a key", "a", object("a", text("1")), []string{"1"}},
		{"a block", "a.b", object("a", list(object("b", text("1")))), []string{"1"}},
		{"the first alternative that is written", "a|b|c", object("c", text("3"), "b", text("2")), []string{"2"}},
		{"itself", "a|.", text("1"), []string{"1"}},
		{"fields of a block", "a.*", object("a", list(object("b", text("1"), "c", text("2")))), []string{"1", "2"}},
		{"items of several", "a.*.b", object("a", list(object("b", text("1")), object("b", text("2")))), []string{"1", "2"}},
		{"an only item", "a[].b", object("a", list(object("b", text("1"), "c", text("2")))), []string{"1"}},
		{"an object for a list of one", "a[].b", object("a", object("b", text("1"))), []string{"1"}},
		{"nothing", "a", object("b", text("1")), nil},
		{"nowhere", "-", text("1"), nil},
	} {
		got := tt.in.At(tree.ParsePath(tt.path))
		var texts []string
		for _, item := range append(got.Items, got) {
			if s, ok := item.String(); ok {
				texts = append(texts, s)
			}
		}
		if len(texts) != len(tt.want) || len(texts) > 0 && texts[0] != tt.want[0] {
			t.Errorf("%s: %s gives %q, want %q", tt.name, tt.path, texts, tt.want)
		}
	}
}

// TestFlat checks that lists below the items of a list become one list, and that it has more items where one of them may.
func TestFlat(t *testing.T) {
	open := list(text("3"))
	open.State, open.Cause = tree.StateUnknown, "a dynamic block"
	for _, tt := range []struct {
		name string
		in   tree.Tree
		want []string
		open bool
	}{
		{"no lists", list(text("1"), text("2")), []string{"1", "2"}, false},
		{"lists", list(list(text("1"), list(text("2"))), text("3")), []string{"1", "2", "3"}, false},
		{"an empty list", list(list(), text("1")), []string{"1"}, false},
		{"a list that may have more", list(list(text("1")), list(open)), []string{"1", "3"}, true},
		{"no list at all", text("1"), nil, false},
	} {
		got := tt.in.Flat()
		var texts []string
		for _, item := range got.Items {
			if s, ok := item.String(); ok {
				texts = append(texts, s)
			}
		}
		if diff := cmp.Diff(tt.want, texts); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if isOpen := got.State == tree.StateUnknown; isOpen != tt.open {
			t.Errorf("%s: unknown is %t", tt.name, isOpen)
		}
	}
}

// TestFollow checks that a path means the same in text as in a tree.
func TestFollow(t *testing.T) {
	child := func(n tree.Tree, key string) (tree.Tree, bool) {
		next := n.Single().Field(key)
		return next, next.State != tree.StateAbsent
	}
	in := object("a", object("b", text("1")), "c", text("2"))
	for path, want := range map[string]string{"a.b": "", "x|c": "", "a.x.y": "x.y", "x.y|a.z": "z", "x|y": "x"} {
		got, left := tree.Follow(tree.ParsePath(path), in, child)
		if left != nil && left.String() != want || left == nil && want != "" {
			t.Errorf("of %s is left %q, want %q", path, left, want)
		}
		if left == nil && got.Scalar != in.At(tree.ParsePath(path)).Scalar {
			t.Errorf("%s leads to %v in text and to %v in a tree", path, got.Scalar, in.At(tree.ParsePath(path)).Scalar)
		}
	}
}
