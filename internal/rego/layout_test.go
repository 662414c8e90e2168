package rego

import (
	"fmt"
	"regexp"
	"testing"
)

// TestLayout looks up names in layouts of all sizes: those that are there, among them ones with the same mark, and others.
func TestLayout(t *testing.T) {
	for _, n := range []int{0, 1, fewNames, fewNames + 1, 80, manyNames, manyNames + 1} {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("name-%03d-of-many", i)) // first, last and middle byte are the same
		}
		l := layoutOf(names)
		for i, name := range append(names, "", "name", "name-999-of-many") {
			want := i
			if i >= n {
				want = -1
			}
			if got := l.find(name); got != want {
				t.Errorf("%d names: %q is at %d, want %d", n, name, got, want)
			}
		}
	}
	if got := layoutOf([]string{"a", "b", "a", "c", "d", "e"}).find("a"); got != 2 {
		t.Errorf("of two equal names, %d counts", got)
	}
}

func TestNeeds(t *testing.T) {
	for expression, want := range map[string]string{
		`^a+b?[cd]e{2}f{0,1}(?:gh)$`: "aegh",
		`a*b`:                        "b",
		`ab|b*ca|xa`:                 "a",
		`(?i)ab`:                     "",
		`(?i:a)b`:                    "b",
		`é*x|x`:                      "x",
		`.|a`:                        "",
	} {
		var p patterns
		re := p.regexp(expression)
		if got := string(re.needs); got != want {
			t.Errorf("%s needs %q, want %q", expression, got, want)
		}
		for _, text := range []string{"", "a", "b", "ab", "AB", "Ab", "xa", "x", "aaceegh", "ca", "é"} {
			if re.excludes(text) && regexp.MustCompile(expression).MatchString(text) {
				t.Errorf("%s excludes %q", expression, text)
			}
		}
	}
	var p patterns
	if p.regexp("(") != nil {
		t.Error("( is a pattern")
	}
}
