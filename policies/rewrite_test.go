package policies_test

import (
	"context"
	"flag"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/policy"
	"lintel/internal/rewrite"
	"lintel/internal/ruletest"
	"lintel/internal/workspace"
	"lintel/parsers/terraform"
)

var allRewritings = flag.Bool("rewritings", false, "apply every rewriting to every template with findings, not to a few")

// perRewriting is the number of templates that each rewriting is applied to without -rewritings.
const perRewriting = 4

// minRewritings is the number of rewritings that each format requires.
const minRewritings = 30

// exceptions returns the rules that a group of rewritings, by the start of its name, can change the result of, and why.
func exceptions() map[string][]string {
	const (
		byDefault = "env-secret-from-default-parameter" // reports variables of a root module, not of a called one
	)
	// Another value of a variable with a default may grant what is missing.
	granted := []string{
		"code-call-not-granted", "durable-role-permission-missing", "role-missing-logs-permission", "role-vpc-permissions-missing",
		"tracing-permission-missing",
	}
	mentioned := []string{"function-unused", "unused-role-or-layer"} // a local value with the name may be a use of it
	first := []string{"role-shared", "password-policy-missing", "vpc-security-group-shared", "log-group-shared-between-functions"}
	return map[string][]string{
		"in a module": {byDefault, "env-secret-resolved-plaintext"}, // the default is the value in a called module
		// The finding is on the first of several resources.
		"blocks in reverse": first, "changes in reverse": first,
		"JSON syntax": {"vpc-security-group-shared"}, // it sorts the resources
		// As above; those of Globals, and the number of a route is in its ID.
		"keys in reverse":     {"vpc-security-group-shared", "role-shared", "openapi-operation-no-security"},
		"scalars: default of": granted, "arguments: default of": granted,
		"scalars: argument with an optional field": granted, "arguments: argument with an optional field": granted,
		"scalars: field of a local value": mentioned, "arguments: field of a local value": mentioned,
	}
}

// exception is a group of rewritings that can change the result of a rule.
type exception struct{ start, rule string }

// exceptionFor returns the exception for a rewriting and a rule.
func exceptionFor(rewriting, rule string) (exception, bool) {
	for start, rules := range exceptions() {
		if strings.HasPrefix(rewriting, start) && slices.Contains(rules, rule) {
			return exception{start, rule}, true
		}
	}
	return exception{}, false
}

// mutant is a template to which a rewriting may apply.
type mutant struct {
	rule, template string
	files          rewrite.Files
	want           outcome
}

// outcome is what a rule reports about a template.
type outcome struct {
	resources []string // with findings
	said      int      // problems and gaps
}

// hides returns the resources that have no finding in another writing of the template. A problem or gap that the
// original does not have is not silent, so it hides nothing.
func (o outcome) hides(other outcome) []string {
	if other.said > o.said {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(o.resources), func(id string) bool { return slices.Contains(other.resources, id) })
}

// TestRewritings writes the templates with findings of each rule differently, without a change of their meaning. Each
// finding must remain: a pull request that only changes the notation must not hide it.
func TestRewritings(t *testing.T) {
	set := compiled(t)
	terraformFiles, yamlFiles := badTemplates(t, set)
	needed := map[exception]bool{} // whether the exceptions that were tried change a result
	for _, format := range []struct {
		name       string
		rewritings []rewrite.Rewriting
		templates  []mutant
	}{
		{"Terraform", rewrite.Terraform(), terraformFiles},
		{"YAML", rewrite.YAML(), yamlFiles},
		{"JSON", rewrite.JSON(), yamlFiles},
		{"plan", rewrite.Plan(), plans(t, set, terraformFiles)},
	} {
		if n := len(format.rewritings); n < minRewritings {
			t.Errorf("%s has %d rewritings, less than %d", format.name, n, minRewritings)
		}
		t.Run(format.name, func(t *testing.T) { rewritings(t, set, format.rewritings, format.templates, needed) })
	}
	for e, is := range needed {
		if !is {
			t.Errorf("no rewriting %q changes the result of %s: remove the exception", e.start, e.rule)
		}
	}
}

// rewritings applies the rewritings of a format.
func rewritings(t *testing.T, set *policy.Set, all []rewrite.Rewriting, templates []mutant, needed map[exception]bool) {
	t.Helper()
	var mu sync.Mutex
	mutants, hidden := 0, map[string]int{}
	t.Run("all", func(t *testing.T) {
		for _, r := range all {
			t.Run(r.Name, func(t *testing.T) {
				t.Parallel()
				applied := 0
				for _, c := range chosen(templates, r.Name) {
					files, ok := r.Apply(c.files)
					e, isException := exceptionFor(r.Name, c.rule)
					if !ok || isException && !*allRewritings {
						continue
					}
					missing := c.want.hides(outcomeOf(t, set, c.rule, files))
					mu.Lock()
					if isException {
						needed[e] = needed[e] || len(missing) > 0
						mu.Unlock()
						continue
					}
					mutants++
					if len(missing) > 0 {
						hidden[r.Name]++
					}
					first := hidden[r.Name] == 1
					mu.Unlock()
					if len(missing) > 0 && first {
						t.Errorf("%s/%s: no finding for %s in\n%s", folder(c.rule), c.template, strings.Join(missing, ", "), shown(files))
					}
					if len(missing) > 0 && *allRewritings {
						t.Logf("hidden: %s/%s: %s", folder(c.rule), c.template, strings.Join(missing, ", "))
					}
					if applied++; !*allRewritings && applied == perRewriting {
						break
					}
				}
				if applied == 0 {
					t.Error("applies to no template")
				}
			})
		}
	})
	sum := 0
	for _, n := range hidden {
		sum += n
	}
	t.Logf("%d rewritings, %d mutants, %d hid a finding", len(all), mutants, sum)
	for _, name := range slices.Sorted(maps.Keys(hidden)) {
		t.Logf("%s: %d", name, hidden[name])
	}
}

// chosen returns the templates in an order that depends on the name of a rewriting, so that the rewritings are applied
// to different ones.
func chosen(templates []mutant, name string) []mutant {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // it never fails
	start := int(h.Sum32() % uint32(max(1, len(templates))))
	return slices.Concat(templates[start:], templates[:start])
}

func shown(files rewrite.Files) string {
	const most = 3000
	var out strings.Builder
	for _, p := range slices.Sorted(maps.Keys(files)) {
		out.WriteString("--- " + p + "\n" + files[p] + "\n")
	}
	if out.Len() > most {
		return out.String()[:most] + "…"
	}
	return out.String()
}

func fsOf(files rewrite.Files) fstest.MapFS {
	fsys := fstest.MapFS{}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return fsys
}

// outcomeOf checks a template with one rule.
func outcomeOf(t *testing.T, set *policy.Set, rule string, files rewrite.Files) outcome {
	t.Helper()
	settings := workspace.Settings{Rules: set, Bare: true, Today: today}
	report, err := workspace.Run(t.Context(), fsOf(files), settings, []string{"."}, workspace.Overrides{Only: []string{rule}})
	if err != nil {
		t.Error(err)
	}
	var found []string
	for _, f := range report.Findings {
		for _, instance := range f.Instances {
			found = append(found, rewrite.OriginalID(instance.Resource))
		}
	}
	slices.Sort(found)
	return outcome{slices.Compact(found), len(report.Problems) + len(report.Gaps)}
}

// badTemplates returns the templates with findings.
func badTemplates(t *testing.T, set *policy.Set) (terraformFiles, yamlFiles []mutant) {
	t.Helper()
	for _, rule := range set.Rules() {
		for _, c := range badTemplatesOf(t, rule.ID) {
			m := mutant{rule: rule.ID, template: c.Name, files: rewrite.Files{}}
			for p, file := range c.Files {
				m.files[p] = string(file.Data)
			}
			if m.want = outcomeOf(t, set, rule.ID, m.files); len(m.want.resources) == 0 {
				continue
			}
			if c.Format() == ruletest.Terraform {
				terraformFiles = append(terraformFiles, m)
			} else {
				yamlFiles = append(yamlFiles, m)
			}
		}
	}
	return terraformFiles, yamlFiles
}

// plans returns a plan of each root module that still has findings.
func plans(t *testing.T, set *policy.Set, all []mutant) []mutant {
	t.Helper()
	var found []mutant
	for _, m := range all {
		if len(m.files) > 1 {
			continue
		}
		written, _, _ := terraform.Resources(context.Background(), fsOf(m.files), ".", deployment.Options{})
		m.files = rewrite.Files{"plan.json": rewrite.PlanOf(written)}
		if m.want = outcomeOf(t, set, m.rule, m.files); len(m.want.resources) > 0 {
			found = append(found, m)
		}
	}
	return found
}
