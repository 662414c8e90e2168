package source_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"lintel/internal/source"
)

// when reads a text like "A !B P=x", for tests.
func when(text string) source.When {
	var literals []source.Literal
	for word := range strings.FieldsSeq(text) {
		name, negated := strings.CutPrefix(word, "!")
		name, value, _ := strings.Cut(name, "=")
		literals = append(literals, source.Literal{Condition: name, Value: value, Is: !negated})
	}
	return source.AllOf(literals...)
}

func whens(texts []string) (all []source.When) {
	for _, text := range texts {
		all = append(all, when(text))
	}
	return all
}

func TestWhen(t *testing.T) {
	for _, tt := range []struct {
		name     string
		whens    []string
		variants int
		want     string
	}{
		{"one", []string{"A"}, 0, "A is true"},
		{"sorted", []string{"B !A"}, 0, "A is false and B is true"},
		{"the same twice", []string{"A A", "A"}, 0, "A is true"},
		{"nothing", nil, 0, ""},
		{"always", []string{"A", ""}, 0, ""},
		{"complementary", []string{"A", "!A"}, 0, ""},
		{"one condition does not matter", []string{"A B", "A !B"}, 0, "A is true"},
		{"no condition matters", []string{"A B", "!A B", "A !B", "!A !B"}, 0, ""},
		{"both matter", []string{"A B", "!A !B"}, 0, "(A is false and B is false) or (A is true and B is true)"},
		{"absorption", []string{"A B", "A"}, 0, "A is true"},
		{"absorption of an opposite", []string{"A", "!A B"}, 0, "A is true or B is true"},
		{"consensus", []string{"A B", "!A C", "B C"}, 0, "(A is false and C is true) or (A is true and B is true)"},
		{"three of four", []string{"A B", "A !B", "!A B"}, 0, "A is true or B is true"},
		{"contradiction", []string{"A !A"}, 0, "never"},
		{"contradictions drop out", []string{"A !A", "B", "C B !C"}, 0, "B is true"},
		{"all variants", []string{"A B", "A !C"}, 2, "A is true"},
		{"all variants without anything in common", []string{"A B", "!A !C"}, 2, ""},
		{"one and two", []string{"A !B", "C"}, 0, "(A is true and B is false) or C is true"},
		{"two values", []string{"P=x", "P=y"}, 0, "P is x or P is y"},
		{"two values at once", []string{"P=x P=y"}, 0, "never"},
		{"a value and its opposite", []string{"P=x", "!P=x"}, 0, ""},
		{"a value that another excludes", []string{"P=x !P=y"}, 0, "P is x"},
		{"a value and a condition", []string{"P=x A", "P=x !A"}, 0, "P is x"},
		{"two of three variants", []string{"A B", "A !C"}, 3, "(A is true and B is true) or (A is true and C is false)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := source.AnyOf(whens(tt.whens), tt.variants); got.String() != tt.want || got.IsAlways() != (tt.want == "") {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnd(t *testing.T) {
	for _, tt := range []struct{ a, b, want []string }{
		{[]string{"A"}, []string{"B"}, []string{"A B"}},
		{[]string{"A"}, []string{""}, []string{"A"}},
		{[]string{""}, []string{""}, []string{""}},
		{[]string{"A"}, []string{"!A"}, []string{"A !A"}},
		{[]string{"A !A"}, []string{""}, []string{"A !A"}},
		{[]string{"A"}, []string{"A !A"}, []string{"A !A"}},
		{[]string{"A", "B"}, []string{"!A"}, []string{"!A B"}},
		{[]string{"A", "B"}, []string{"C", "D"}, []string{"A C", "A D", "B C", "B D"}},
		{[]string{"A", "B"}, []string{"A"}, []string{"A"}},
		{[]string{"P=x"}, []string{"P=y"}, []string{"A !A"}},
		{[]string{"P=x"}, []string{"A"}, []string{"A P=x"}},
	} {
		got, want := source.AnyOf(whens(tt.a), 0).And(source.AnyOf(whens(tt.b), 0)), source.AnyOf(whens(tt.want), 0)
		if !got.Equal(want) {
			t.Errorf("%q and %q: %q, want %q", tt.a, tt.b, got, want)
		}
	}
}

// TestWhenIsNotParsedAgain has names of conditions that look like the text of several.
func TestWhenIsNotParsedAgain(t *testing.T) {
	a := source.AllOf(source.Literal{Condition: "A is true and B", Is: true}, source.Literal{Condition: "A", Is: false})
	once := source.AnyOf([]source.When{a, when("B C"), when("C !D")}, 0)
	twice := source.AnyOf([]source.When{once, once}, 0)
	if !once.Equal(twice) || once.String() != "(A is false and A is true and B is true) or (B is true and C is true) or (C is true and D is false)" {
		t.Errorf("%q, then %q", once, twice)
	}
}

// TestWhenIsEquivalent checks for all assignments that a short form is true exactly if one of the alternatives is, that
// no literal or alternative of it can be removed, and that it does not depend on the order of the alternatives.
func TestWhenIsEquivalent(t *testing.T) {
	names := []string{"A", "B", "C", "D", "E"}
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(seed, 1))
		var texts []string
		for range 1 + random.IntN(9) {
			var words []string
			for _, name := range names {
				if c := random.IntN(4); c < 2 {
					words = append(words, strings.Repeat("!", c)+name)
				}
			}
			texts = append(texts, strings.Join(words, " "))
		}
		got := source.AnyOf(whens(texts), 0)
		short := alternatives(got)
		if got.IsAlways() {
			short = []string{""}
		}
		if !equivalent(names, texts, short) {
			t.Fatalf("%q became %q", texts, got)
		}
		for i := range short {
			if rest := append(append([]string{}, short[:i]...), short[i+1:]...); len(rest) > 0 && equivalent(names, short, rest) {
				t.Errorf("%q: alternative %d can be left out", got, i)
			}
			words := strings.Fields(short[i])
			for j := range words {
				without := append(append([]string{}, words[:j]...), words[j+1:]...)
				rest := append(append([]string{}, short...), strings.Join(without, " "))
				if equivalent(names, short, rest) {
					t.Errorf("%q: %s can be left out", got, words[j])
				}
			}
		}
		random.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		if again := source.AnyOf(whens(texts), 0); !again.Equal(got) || again.Compare(got) != 0 {
			t.Fatalf("%q, in another order %q", got, again)
		}
	}
}

// alternatives returns those of a When in the form that when parses.
func alternatives(w source.When) (all []string) {
	for _, literals := range w.Alternatives() {
		var words []string
		for _, l := range literals {
			words = append(words, map[bool]string{true: "", false: "!"}[l.Is]+l.Condition)
		}
		all = append(all, strings.Join(words, " "))
	}
	return all
}

func equivalent(names, a, b []string) bool {
	for bits := range 1 << len(names) {
		holds := map[string]bool{}
		for i, name := range names {
			holds[name] = bits>>i&1 == 1
			holds["!"+name] = !holds[name]
		}
		if anyHolds(a, holds) != anyHolds(b, holds) {
			return false
		}
	}
	return true
}

func anyHolds(alternatives []string, holds map[string]bool) bool {
	for _, text := range alternatives {
		all := true
		for word := range strings.FieldsSeq(text) {
			all = all && holds[word]
		}
		if all {
			return true
		}
	}
	return false
}

// TestLongWhen checks that a text has at most 200 characters, whatever the number of conditions.
func TestLongWhen(t *testing.T) {
	pairs := func(prefix string, n int) (texts []string) {
		for i := range n {
			texts = append(texts, fmt.Sprintf("%s C%04d !D%04d", prefix, i, i))
		}
		return texts
	}
	for _, tt := range []struct {
		name  string
		whens []string
		want  string
	}{
		{"some", pairs("IsProd", 12), "IsProd is true, in 12 combinations of conditions"},
		{"too many to shorten", pairs("IsProd", 3000), "IsProd is true, in 3000 combinations of conditions"},
		{"nothing in common", pairs("", 12), "in 12 combinations of conditions"},
		{"one that is long", []string{strings.Join(pairs("", 20), " ")}, "in 1 combination of conditions"},
		{"a long one in common", pairs(strings.Repeat("x", 300), 3), "in 3 combinations of conditions"},
		{"characters, not bytes", []string{strings.Repeat("é", 190)}, strings.Repeat("é", 190) + " is true"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := source.AnyOf(whens(tt.whens), 0).String()
			if got != tt.want || utf8.RuneCountInString(got) > 200 {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
