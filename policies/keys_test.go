package policies_test

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// TestKeys checks that every rule tells apart its causes: where it returns several violations with
// different messages for one attribute, they have different keys. Without them the findings are
// numbered, and a baseline that has one of them accepts any other in its place.
func TestKeys(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range templates(t, rule.ID) {
				plan, err := workspace.New().Plan(t.Context(), c.Files, workspace.Settings{Rules: set, Bare: true, Today: today}, workspace.Search{Paths: []string{"."}})
				if err != nil {
					t.Fatal(err)
				}
				plan.Prepare(workspace.Overrides{}, workspace.Change{})
				show := func(v check.View) error {
					found, err := set.Violations(context.Background(), rule.ID, v.Input.Map())
					for _, message := range withoutKey(v, found) {
						t.Errorf("%s: %s", c.Name, message)
					}
					return err
				}
				search := func([]finding.Problem, []finding.Gap) error { return nil }
				if err := plan.Views(t.Context(), search, show); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// number matches the number of a list element in the path of an attribute.
var number = regexp.MustCompile(`/\d+(/|$)`)

// withoutKey describes pairs of violations that differ in nothing but their messages.
func withoutKey(v check.View, found []policy.Violation) []string {
	type cause struct{ resource, attribute, when, key string }
	var wrong []string
	messages := map[cause]string{}
	for _, violation := range found {
		node, _ := v.Index.Node(violation.At)
		c := cause{node.Resource, number.ReplaceAllString(node.Attribute, "/*$1"), fmt.Sprint(node.When), violation.Key}
		if other, ok := messages[c]; ok && other != violation.Message {
			wrong = append(wrong, fmt.Sprintf("%s/%s has two causes with the key %q; add key to the result of the rule:\n\t%s\n\t%s",
				c.resource, c.attribute, c.key, other, violation.Message))
		}
		messages[c] = violation.Message
	}
	return wrong
}
