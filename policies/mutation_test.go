package policies_test

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// TestOneUnknown makes every single attribute of every template unknown in turn: not knowing
// something must never create a finding.
func TestOneUnknown(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range templates(t, rule.ID) {
				inputs, _, err := workspace.Inputs(context.Background(), c.Files, workspace.Settings{Bare: true, Today: today}, []string{"."})
				if err != nil {
					t.Fatal(err)
				}
				for _, input := range inputs {
					oneUnknown(t, set, rule.ID, c.Name, input.Policy)
				}
			}
		})
	}
}

func oneUnknown(t *testing.T, set *policy.Set, id, name string, input map[string]any) {
	t.Helper()
	known := violations(t, set, id, input)
	worse := 0
	for _, other := range instead[id] {
		worse += len(violations(t, set, other, input))
	}
	for path, node := range attributes("", input) {
		before := maps.Clone(node)
		forget(node)
		for at, message := range violations(t, set, id, input) {
			isFact := facts[id] != nil && facts[id].MatchString(path)
			if known[at] == "" && !isFact && worse == 0 {
				t.Errorf("%s: when %s is not known, the rule says %q", name, path, message)
			}
			if strings.Contains(message, "undefined") {
				t.Errorf("%s: when %s is not known, the message has a hole: %q", name, path, message)
			}
		}
		clear(node)
		maps.Copy(node, before)
	}
}

func violations(t *testing.T, set *policy.Set, id string, input map[string]any) map[int]string {
	t.Helper()
	all, err := set.Violations(context.Background(), id, input)
	if err != nil {
		t.Fatal(err)
	}
	found := map[int]string{}
	for _, v := range all {
		found[v.At] = v.Message
	}
	return found
}

// conditionKey are the keys of a condition block: where one is not known, the readers make the
// whole list of conditions unknown.
var conditionKey = regexp.MustCompile(`/conditions/items/\d+/(key|operator)$`)

// facts are attributes whose being written is what a rule judges, whatever their value, and
// exceptions that are looked for and are not the reason for a finding.
var facts = map[string]*regexp.Regexp{
	"sam-policies-ignored-with-role": regexp.MustCompile(`^/functions/\d+/role$`),                    // a written role, known or not, replaces the Policies
	"tracing-disabled":               regexp.MustCompile(`^/functions/\d+/(role|layers/items/\d+)$`), // of a function at the edge; of one with another tracer
}

// instead are the rules that report a case where another rule says something worse: with less known,
// the milder thing is still true.
var instead = map[string][]string{
	"function-url-cors-wildcard":      {"function-url-cors-credentials"},
	"iam-user-access-key-in-template": {"iam-user-access-key-in-template"},
	"policy-action-star":              {"policy-admin-star"},
	"policy-resource-star":            {"policy-service-wildcard", "policy-data-exfiltration", "policy-privilege-escalation", "policy-permissions-management"},
	"policy-service-wildcard":         {"policy-data-exfiltration"},
	"provider-hardcoded-credentials":  {"provider-hardcoded-credentials"},
}

// attributes are the nodes below a part of the input by their paths, without the resources
// themselves: that they are written is known.
func attributes(path string, part any) map[string]map[string]any {
	found := map[string]map[string]any{}
	switch x := part.(type) {
	case map[string]any:
		if _, isResource := x["id"]; !isResource && x["at"] != nil && !conditionKey.MatchString(path) {
			found[path] = x
		}
		for key, child := range x {
			maps.Copy(found, attributes(path+"/"+key, child))
		}
	case []any:
		for i, child := range x {
			maps.Copy(found, attributes(fmt.Sprintf("%s/%d", path, i), child))
		}
	}
	return found
}

// forget makes a node unknown. What is below it stays: each of that is forgotten in its turn.
func forget(node map[string]any) {
	for _, member := range []string{"absent", "value", "prefix", "suffix", "secret", "sources", "parameters"} {
		if _, isNode := node[member].(map[string]any); !isNode || member == "secret" {
			delete(node, member)
		}
	}
	if node["targets"] != nil {
		node["targets"] = []any{}
	}
	node["unknown"] = true
}
