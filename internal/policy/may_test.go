package policy

import (
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/parsers"
)

// TestMayIncludesIs checks on every template of the rules that what a rule finds is among what it may find.
func TestMayIncludesIs(t *testing.T) {
	set, err := Compile(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := set.rules[0].program()
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("../../policies/rules")
	units, _ := parsers.Find(root, []string{"."})
	for _, u := range units {
		parsed := parsers.Parse(t.Context(), root, u, deployment.Options{})
		input, index := model.Encode(parsed.Stack, model.Facts{Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)})
		e := encoded{index: index}
		is, may := program.Evaluate(rego.FromModel(input)), program.May(rego.FromModelMay(input, e.examples))
		for _, r := range set.rules {
			if r.ID == "deploy-oidc-trust-broad" { // it finds what is unknown: the ARN of a provider in the same stack
				continue
			}
			name := rulesDir + "." + r.Package + ".deny"
			found, err := is.Rule(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			possible, err := may.Rule(t.Context(), name)
			if errors.Is(err, rego.ErrOpen) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range found.Items() {
				at := violationOf(item).At
				if !slices.ContainsFunc(possible.Items(), func(v rego.Value) bool { return violationOf(v).At == at }) {
					t.Errorf("%s: %s finds %v, and may not find it", u.Root, r.ID, item)
				}
			}
		}
	}
}

func TestInOne(t *testing.T) {
	for want, texts := range map[string][]string{
		"f runs python3.8 or python3.9 (deprecated)": {"f runs python3.8 (deprecated)", "f runs python3.9 (deprecated)"},
		"f is open":           {"f is open", "f is open"},
		"a or b":              {"a", "b"},
		"f has x y or z here": {"f has x y here", "f has z here"},
	} {
		if got := inOne(texts); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
