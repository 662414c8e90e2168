package source_test

import (
	"fmt"
	"strings"
	"testing"

	"lintel/internal/source"
)

func literals(text string) (all []source.Literal) {
	for word := range strings.FieldsSeq(text) {
		name, negated := strings.CutPrefix(word, "!")
		name, value, _ := strings.Cut(name, "=")
		all = append(all, source.Literal{Condition: name, Value: value, Is: !negated})
	}
	return all
}

func TestVariants(t *testing.T) {
	const exclusive = "A !B !C, !A B !C, !A !B C, !A !B !C"
	for _, tt := range []struct{ name, all, found, want string }{
		{"all", "A B, A !B", "0 1", "A is true"},
		{"all, nothing shared", "A, !A", "0 1", ""},
		{"one", exclusive, "1", "B is true"},
		{"none of them", exclusive, "3", "A is false and B is false and C is false"},
		{"two", exclusive, "0 2", "A is true or C is true"},
		{"all but one", exclusive, "0 2 3", "B is false"},
		{"what all share stays", "A B, A !B", "0", "A is true and B is true"},
		{"values", "P=x, P=y, P=z", "0 2", "P is x or P is z"},
		{"a value and a condition", "P=x A, P=x !A, P=y !A", "0 1", "P is x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var v source.Variants
			var whens, found []source.When
			for text := range strings.SplitSeq(tt.all, ",") {
				whens = append(whens, v.Add(literals(text)...))
			}
			for i := range strings.FieldsSeq(tt.found) {
				found = append(found, whens[i[0]-'0'])
			}
			if got := source.AnyOf(found, len(whens)).String(); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestManyVariants checks that a condition of one among many stays short.
func TestManyVariants(t *testing.T) {
	var v source.Variants
	var found []source.When
	for bits := range 1 << 10 {
		var all []source.Literal
		for i := range 10 {
			all = append(all, source.Literal{Condition: fmt.Sprintf("C%d", i), Is: bits>>i&1 == 1})
		}
		w := v.Add(all...)
		if bits>>3&1 == 1 && bits>>7&1 == 0 {
			found = append(found, w)
		}
	}
	if got := source.AnyOf(found, 1<<10).String(); got != "C3 is true and C7 is false" {
		t.Error(got)
	}
}

// TestJoinedVariants checks that variants that were joined can be joined with further ones.
func TestJoinedVariants(t *testing.T) {
	var v source.Variants
	var whens []source.When
	for _, text := range []string{"A B", "A !B", "!A B", "!A !B"} {
		whens = append(whens, v.Add(literals(text)...))
	}
	first := source.AnyOf(whens[:2], len(whens))
	if got, want := first.String(), "A is true"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := source.AnyOf([]source.When{first, whens[2]}, len(whens)).String(), "A is true or B is true"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if whole := source.AnyOf([]source.When{first, whens[2], whens[3]}, len(whens)); !whole.IsAlways() {
		t.Errorf("%q, want always", whole)
	}
}

// TestOpenVariant checks that what is found while conditions are not decided does not hide with which outcomes it is found.
func TestOpenVariant(t *testing.T) {
	var v source.Variants
	found, _, open := v.Add(literals("A B")...), v.Add(literals("A !B")...), v.Open(literals("A")...)
	for _, tt := range []struct {
		whens []source.When
		want  string
	}{
		{[]source.When{open}, "A is true"},
		{[]source.When{open, found}, "A is true and B is true"},
		{[]source.When{source.AnyOf([]source.When{open}, 3), found, open}, "A is true and B is true"},
	} {
		if got := source.AnyOf(tt.whens, 3).String(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestFurtherVariant checks that the condition of all variants is no longer that of as many when there is a further one.
func TestFurtherVariant(t *testing.T) {
	var v source.Variants
	first, second := v.Add(literals("A B")...), v.Add(literals("A !B")...)
	want := func(want string, whens ...source.When) {
		t.Helper()
		if got := source.AnyOf(whens, len(whens)).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	want("A is true", first, second)
	want("A is true", second, first)
	third := v.Add(literals("!A B")...)
	want("A is false or B is false", second, third)
	want("", first, second, third)
	want("A is true", first, second)
}

func TestWhenSame(t *testing.T) {
	var function, role source.Variants
	inFunction := function.Add(source.Literal{Condition: "IsProd", Is: true})
	function.Add(source.Literal{Condition: "IsProd"})
	inRole := role.Add(source.Literal{Condition: "IsProd", Is: true})
	for name, tt := range map[string]struct {
		a, b source.When
		want bool
	}{
		"always":                      {source.When{}, source.When{}, true},
		"one variant":                 {inFunction, inFunction, true},
		"variants of two resources":   {inFunction, inRole, false}, // other variants separate them
		"variant and its condition":   {inFunction, source.AllOf(source.Literal{Condition: "IsProd", Is: true}), false},
		"always and never":            {source.When{}, source.AnyOf([]source.When{source.AllOf(source.Literal{Condition: "A", Is: true}, source.Literal{Condition: "A"})}, 1), false},
		"conditions of the same text": {source.AllOf(source.Literal{Condition: "A", Is: true}), source.AllOf(source.Literal{Condition: "A", Is: true}), true},
	} {
		if got := tt.a.Same(tt.b); got != tt.want {
			t.Errorf("%s: Same = %t, want %t", name, got, tt.want)
		}
	}
}
