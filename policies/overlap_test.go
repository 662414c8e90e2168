package policies_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/ruletest"
	"lintel/internal/workspace"
)

// apart are rules that may report at one node, because a user has to do something for each of them: with the reason.
var apart = []struct {
	reason string
	rules  []string
}{
	{"settings of the stage that are missing as a whole", []string{"api-execution-log-level", "api-metrics-disabled", "api-throttling-default"}},
	{
		"permissions that the role lacks for different features",
		[]string{"durable-role-permission-missing", "role-missing-logs-permission", "role-vpc-permissions-missing", "tracing-permission-missing"},
	},
	{"a user and the account", []string{"iam-console-user-without-mfa", "password-policy-missing"}},
	{"the kind of a subnet and the number of subnets", []string{"vpc-public-subnet", "vpc-single-az"}},
	{
		"resources that have to be added beside the function",
		[]string{"alarm-missing", "async-retry-defaults", "function-disabled-trigger", "function-unused", "permission-multiple-services"},
	},
	{"resources that have to be added beside the API", []string{"api-usage-plan-missing", "api-waf-missing", "sam-api-no-auth"}},
	{"resources that have to be added beside the VPC", []string{"default-security-group-open", "vpc-flow-logs-missing"}},
	{"resources that have to be added beside the log group", []string{"log-archive-missing", "log-group-shared-between-functions"}},
}

// TestOneCauseOneFinding checks that no two rules report the same node of a template, unless they are in apart. Otherwise
// one of them has to yield to the other (yields_to in its METADATA).
func TestOneCauseOneFinding(t *testing.T) {
	set := compiled(t)
	var mu sync.Mutex
	pairs := map[[2]string]string{}
	t.Run("templates", func(t *testing.T) {
		for _, rule := range set.Rules() {
			t.Run(rule.ID, func(t *testing.T) {
				t.Parallel()
				for _, c := range templates(t, rule.ID) {
					found := samePlaces(t, set, c)
					mu.Lock()
					for pair, where := range found { // any order: the smallest place is kept
						where = folder(rule.ID) + "/testdata/" + c.Name + ": " + where
						if other, ok := pairs[pair]; !ok || where < other {
							pairs[pair] = where
						}
					}
					mu.Unlock()
				}
			})
		}
	})
	byName := func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }
	needed := map[string]bool{}
	for _, pair := range slices.SortedFunc(maps.Keys(pairs), byName) {
		reason := reasonFor(pair)
		if reason == "" {
			t.Errorf("%s and %s report the same node: %s; add yields_to to the METADATA of one of them", pair[0], pair[1], pairs[pair])
		}
		needed[reason] = true
	}
	for _, a := range apart {
		if !needed[a.reason] {
			t.Errorf("no two of %v report the same node any more; remove them from apart", a.rules)
		}
	}
}

func reasonFor(pair [2]string) string {
	for _, a := range apart {
		if slices.Contains(a.rules, pair[0]) && slices.Contains(a.rules, pair[1]) {
			return a.reason
		}
	}
	return ""
}

// samePlaces returns the pairs of rules that report the same attribute of the same resource of a template. Rules that
// report different attributes may share a range: where attributes are missing, it is that of the resource.
func samePlaces(t *testing.T, set *policy.Set, c ruletest.Template) map[[2]string]string {
	t.Helper()
	settings := workspace.Settings{Rules: set, Bare: true, Today: today}
	report, err := workspace.Run(t.Context(), c.Files, settings, []string{"."}, workspace.Overrides{Profile: finding.All})
	if err != nil {
		t.Fatal(err)
	}
	type node struct{ resource, attribute string }
	rules := map[node][]string{}
	pairs := map[[2]string]string{}
	for _, f := range report.Findings {
		at := node{f.Resource, f.Attribute}
		for _, other := range rules[at] {
			pair := [2]string{min(other, f.Rule), max(other, f.Rule)}
			if other != f.Rule {
				pairs[pair] = fmt.Sprintf("%s of %s", f.Attribute, f.Resource)
			}
		}
		rules[at] = append(rules[at], f.Rule)
	}
	return pairs
}

// TestYieldsTo checks that rules yield only to rules that run in their profile and are at least as severe, and never to
// each other.
func TestYieldsTo(t *testing.T) {
	rules := map[string]finding.Rule{}
	for _, r := range compiled(t).Rules() {
		rules[r.ID] = r
	}
	var reaches func(from, to string, depth int) bool
	reaches = func(from, to string, depth int) bool {
		return depth > len(rules) || slices.ContainsFunc(rules[from].YieldsTo, func(id string) bool { return id == to || reaches(id, to, depth+1) })
	}
	for _, id := range slices.Sorted(maps.Keys(rules)) {
		r := rules[id]
		if !slices.IsSorted(r.YieldsTo) {
			t.Errorf("%s: yields_to %v is not sorted", id, r.YieldsTo)
		}
		for _, other := range r.YieldsTo {
			worse, ok := rules[other]
			switch {
			case !ok:
				t.Errorf("%s yields to %s, which does not exist", id, other)
			case !r.Profile.Includes(worse.Profile):
				t.Errorf("%s (%s) yields to %s (%s), so a larger profile has fewer findings", id, r.Profile, other, worse.Profile)
			case worse.Severity < r.Severity:
				t.Errorf("%s (%s) yields to %s, which is only %s", id, r.Severity, other, worse.Severity)
			}
		}
		if reaches(id, id, 0) {
			t.Errorf("%s yields to itself", id)
		}
	}
}
