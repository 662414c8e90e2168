// The tests of all rules: a new rule directory is tested without further Go code.
package policies_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"lintel/internal/policy"
	"lintel/internal/ruletest"
	"lintel/policies"
)

// today is the date all rules are tested on.
var today = ruletest.Today()

// compiledSet loads the rules once: what is prepared for the first evaluation of a rule serves all tests.
var compiledSet = sync.OnceValues(func() (*policy.Set, error) { return policy.Load(policies.Compiled) })

func compiled(t *testing.T) *policy.Set {
	t.Helper()
	set, err := compiledSet()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func folder(id string) string { return "rules/" + strings.ReplaceAll(id, "-", "_") }

func TestRules(t *testing.T) {
	tester := ruletest.Tester{Set: compiled(t), Today: today}
	for _, rule := range tester.Set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			result := tester.Rule(context.Background(), rule.ID, os.DirFS("."), folder(rule.ID), formats(t, rule.ID))
			for _, failure := range result.Failures {
				t.Errorf("%s/%s", folder(rule.ID), failure)
			}
		})
	}
}

func formats(t *testing.T, id string) []string {
	t.Helper()
	name := folder(id) + "/policy.rego"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	formats, err := policy.Formats(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return formats
}

func templates(t *testing.T, id string) []ruletest.Template {
	t.Helper()
	all, err := ruletest.Templates(os.DirFS("."), folder(id))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// badTemplatesOf returns the templates of a rule with findings.
func badTemplatesOf(t *testing.T, id string) []ruletest.Template {
	t.Helper()
	return slices.DeleteFunc(templates(t, id), func(c ruletest.Template) bool { return !c.WantsFindings() })
}
