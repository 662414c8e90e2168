package rego_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/rego"
)

// fused returns the listing of a function after Fuse.
func fused(t *testing.T, listing string) string {
	t.Helper()
	text, err := rego.Fused(listing)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestFuse(t *testing.T) {
	for _, tt := range []struct{ name, from, to string }{
		{"a path", "dot 2 0 \"a\"\ndot 3 2 \"b\"\ndot 4 3 \"c\"\nreturn 4", "dot 2 0 \"a\" \"b\" \"c\"\nreturn 2"},
		{"a path whose start is read again", "dot 2 0 \"a\"\ndot 3 2 \"b\"\nequal 2 3\nreturn 3", ""},
		{"an assignment", "dot 2 0 \"a\"\nassign 3 2\nequal 3 1\nreturn 3", "dot= 2 0 \"a\"\nequal 2 1\nreturn 2"},
		{"a test", "builtin 2 neq 0 \"x\"\ndiffer 2 false\nreturn 0", "builtin? 2 neq 0 \"x\"\nreturn 0"},
		{"a test of an assignment", "dot 2 0 \"a\"\nassign 3 2\ndiffer 3 false\nreturn 0", "dot= 2 0 \"a\"\ndiffer 2 false\nreturn 0"},
		{"another comparison", "builtin 2 neq 0 \"x\"\ndiffer 2 true\nreturn 0", ""},
		{
			"elements", "scan 2 3 0 {\nassign 4 2\nassign 5 3\nequal 4 5\nequal 5 4\n}\nreturn 0",
			"scan= 2 3 0 {\nequal 2 3\nequal 3 2\n}\nreturn 0",
		},
		{"a value without its key", "scan 2 3 0 {\nassign 4 3\nequal 4 1\n}\nreturn 0", ""},
		{"an element that is read again", "scan 2 3 0 {\nassign 4 2\nassign 5 3\nequal 3 4\nequal 5 4\n}\nreturn 0", ""},
		{
			"a local that has two values", "dot 2 0 \"a\"\nassign 3 2\ndot 2 1 \"b\"\nassign 4 2\nequal 3 4\nreturn 3",
			"dot= 2 0 \"a\"\ndot= 3 1 \"b\"\nequal 2 3\nreturn 2",
		},
		{"a local that is read before", "equal 2 0\ndot 2 0 \"a\"\nassign 3 2\nreturn 3", ""},
	} {
		from := "func p 6 0 1\n{\n" + tt.from + "\n}\n"
		_, got, _ := strings.Cut(fused(t, from), "{\n")
		got = strings.TrimSuffix(got, "\n}\n")
		want := tt.to
		if want == "" {
			want = tt.from
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestFusedScan compares the results of two forms of a function: on known elements, and on unknown ones beside known ones.
func TestFusedScan(t *testing.T) {
	plain := strings.Replace(scanning, "CONDITION", "assign 7 5\nassign 8 6\ndot 9 8 \"value\"\nassign 12 9\nbuiltin 13 neq 12 \"good\"\ndiffer 13 false\n"+
		"not {\ndot 14 8 \"mode\"\ndot 15 14 \"value\"\nequal 15 \"off\"\n}\n", 1)
	plain = strings.Replace(plain, "dot 11 6", "dot 11 8", 1)
	fast := fused(t, plain)
	for _, word := range []string{"scan=", "dot=", "builtin?", `"mode" "value"`} {
		if !strings.Contains(fast, word) {
			t.Errorf("no %s in %s", word, fast)
		}
	}
	element := func(at int, value, mode rego.Value) rego.Value {
		return rego.Object([]string{"at", "mode", "value"}, []rego.Value{rego.Int(at), rego.Object([]string{"value"}, []rego.Value{mode}), value})
	}
	good, bad, off, on := rego.String("good"), rego.String("bad"), rego.String("off"), rego.String("on")
	unknown := func(at int) rego.Value { return rego.Unknown(at, "", "") }
	list := []rego.Value{
		element(1, good, on), element(2, bad, on), element(3, bad, off), element(4, unknown(4), on), element(5, bad, unknown(5)),
		element(6, unknown(6), off), element(7, unknown(7), unknown(8)), element(9, bad, on),
	}
	before, after := program(t, `{}`, plain), program(t, `{}`, fast)
	for n := range list {
		for _, items := range []rego.Value{rego.Array(list[:n+1]), rego.Array(list[n:]), rego.Open(list[n:], 10)} {
			input := rego.Object([]string{"list"}, []rego.Value{items})
			if want, got := causes(t, before, input), causes(t, after, input); !cmp.Equal(want, got) {
				t.Errorf("%v: %v, as planned %v", input, got, want)
			}
			known := rego.Object([]string{"list"}, []rego.Value{rego.Array(list[:min(n+1, 3)])})
			if want, got := deny(t, before.Evaluate(known)).String(), deny(t, after.Evaluate(known)).String(); want != got {
				t.Errorf("%v: %s, as planned %s", known, got, want)
			}
		}
	}
}

// causes returns what a rule may find and on which nodes that depends.
func causes(t *testing.T, p *rego.Program, input rego.Value) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, item := range deny(t, p.May(input)).Items() {
		found[item.String()], _ = item.Depends()
	}
	return found
}
