package policy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/policy"
	"lintel/policies"
)

func TestUnitTests(t *testing.T) {
	const tests = `package rules.own_a_test

import data.rules.own_a as rule

test_passes if count(rule.deny) == 0 with input as {"functions": []}

test_is_undefined if count(rule.deny) == 1 with input as {"functions": []}

test_is_no_truth := 3

todo_test_later if true

test_twice if true

test_twice if false

test_cases[name] if some name in ["a", "b"]

test_cases_too contains "a"

test_parts.one if true

test_conflict := x if some x in [true, false]

test_bomb if count(numbers.range(0, 1000000000)) > 3

helper if true
`
	fsys := fstest.MapFS{
		"rules/own_a/policy.rego":      named("own-a", expr(`fn.id == "f"`)),
		"rules/own_a/policy_test.rego": {Data: []byte(tests)},
		"rules/own_b/policy.rego":      named("own-b", expr(`fn.id == "f"`)),
		"rules/own_b/policy_test.rego": {Data: []byte("package rules.own_b_test\n\ntest_outside if opa.runtime()\n")},
		"lib/own.rego":                 {Data: []byte("package lib.own\n\nyes if input.today\n")},
		"lib/own_test.rego":            {Data: []byte("package lib.own_test\n\nimport data.lib.own\nimport data.own_data\n\ntest_yes if own.yes with input as {\"today\": own_data}\n")},
		"data/own.json":                {Data: []byte(`{"own_data": true}`)},
	}
	set, said := extend(t, fsys)
	if len(said) > 0 {
		t.Fatal(said)
	}
	got := set.Test(context.Background(), policies.Text, policy.Folder{FS: fsys, Dir: ".", Shown: "own"}, "")
	var lines []string
	for _, p := range got.Failed.Problems {
		line, _ := got.Failed.Files[p.Range.Path].Position(p.Range.Start)
		message, _, _ := strings.Cut(p.Message, ": own/") // where OPA says it again
		lines = append(lines, fmt.Sprintf("%s:%d: %s", strings.TrimPrefix(p.Range.Path, "own/rules/"), line, message))
	}
	const cases = "failed: must be a rule with the value true; use one test per case"
	want := []string{
		"own_a/policy_test.rego:7: test_is_undefined failed: is not true",
		"own_a/policy_test.rego:9: test_is_no_truth failed: is not true",
		"own_a/policy_test.rego:11: todo_test_later failed: not run, because its name starts with todo_",
		"own_a/policy_test.rego:15: test_twice failed: another test has the same name",
		"own_a/policy_test.rego:17: test_cases " + cases,
		"own_a/policy_test.rego:19: test_cases_too " + cases,
		"own_a/policy_test.rego:21: test_parts " + cases,
		"own_a/policy_test.rego:23: test_conflict failed",
		"own_a/policy_test.rego:25: test_bomb failed: exceeds the limit of 256 MiB of memory",
		"own_b/policy_test.rego:3: opa.runtime is not available: the result of a rule may depend only on its input, and evaluation must be interruptible",
	}
	for i := range lines {
		lines[i] = strings.Replace(lines[i], "exceeds the time limit of 5s", "exceeds the limit of 256 MiB of memory", 1) // which comes first depends on the machine
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if got.Ran != 12 {
		t.Errorf("%d ran", got.Ran)
	}
}
