package policies_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/ruletest"
	"lintel/internal/suppress"
	"lintel/internal/words"
	"lintel/internal/workspace"
)

// valueNotShown lists the rules whose messages do not contain a known value of the attribute, and why.
var valueNotShown = map[string]string{
	"api-credential-in-query": "the name of the parameter is shown, not where it is taken from",
	"deploy-oidc-trust-broad": "the host of the provider is shown instead of its ARN",
	"policy-admin-star":       "every action, in words",
	"role-trust-account-root": "the account is shown instead of the ARN of its root",
}

// TestWords checks every text of a rule that users read, and every message that its templates produce.
func TestWords(t *testing.T) {
	set := compiled(t)
	shown := map[string]bool{}
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			checkTexts(t, rule)
			shown[rule.ID] = messages(t, set, rule)
		})
	}
	for _, rule := range suppress.Rules() {
		t.Run(rule.ID, func(t *testing.T) { checkTexts(t, rule) })
	}
	for id := range valueNotShown {
		if shown[id] {
			t.Errorf("all messages of %s contain the value of their attribute; remove it from valueNotShown", id)
		}
	}
}

// checkTexts reports the offences in the METADATA of a rule, or in the same texts of a rule in Go.
func checkTexts(t *testing.T, rule finding.Rule) {
	t.Helper()
	for name, offences := range offencesOf(t, rule) {
		for _, offence := range offences {
			t.Errorf("%s: %s", name, offence)
		}
	}
}

// offencesOf returns the offences by the name of the text.
func offencesOf(t *testing.T, rule finding.Rule) map[string][]string {
	t.Helper()
	all := map[string][]string{
		"title":       append(words.Offences(rule.Title), heading(rule.Title)...),
		"description": words.Description(rule.Description),
		"remediation": words.Description(rule.Remediation),
	}
	for _, reference := range rule.References {
		all["reference "+reference.URL] = words.Offences(reference.Title)
	}
	if len(rule.Fix) > 0 {
		fix, err := finding.ParseFix(rule.Fix)
		if err != nil {
			t.Fatal(err)
		}
		all["fix title"] = append(words.Offences(fix.Title), heading(fix.Title)...)
		all["unsafe"] = words.Offences(fix.Unsafe)
		for i, step := range fix.Steps {
			all[fmt.Sprintf("unsafe of step %d", i)] = words.Offences(step.Unsafe)
		}
	}
	return all
}

// heading checks the shape of a title.
func heading(title string) []string {
	if strings.HasSuffix(title, ".") || strings.ToUpper(title[:1]) != title[:1] {
		return []string{fmt.Sprintf("%q must start with upper case and not end with a full stop", title)}
	}
	return nil
}

// messages checks the messages that the templates of a rule produce. It reports whether all of them contain the value
// of their attribute.
func messages(t *testing.T, set *policy.Set, rule finding.Rule) bool {
	t.Helper()
	all := true
	for _, c := range slices.Concat(badTemplatesOf(t, rule.ID), fixtures(t, rule.ID)) {
		inputs, _, err := workspace.Inputs(context.Background(), c.Files, workspace.Settings{Bare: true, Today: today}, []string{"."})
		if err != nil {
			t.Fatal(err)
		}
		for _, input := range inputs {
			violations, err := set.Violations(context.Background(), rule.ID, input.Policy)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range violations {
				id, node := find(input.Policy, "", v.At)
				for _, offence := range words.Message(v.Message, id) {
					t.Errorf("%s: message %q: %s", c.Name, v.Message, offence)
				}
				if value, ok := printable(rule, node); ok && !strings.Contains(v.Message, value) {
					all = false
					if valueNotShown[rule.ID] == "" {
						t.Errorf("%s: message %q does not contain the value %q", c.Name, v.Message, value)
					}
				}
			}
		}
	}
	return all
}

// fixtures returns the files that the fix of a rule is tested on, each as a template.
func fixtures(t *testing.T, id string) []ruletest.Template {
	t.Helper()
	var all []ruletest.Template
	for _, name := range ruletest.Fixtures(os.DirFS("."), folder(id)) {
		text, err := os.ReadFile(folder(id) + "/" + ruletest.FixDir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ruletest.Template{Name: name, Files: fstest.MapFS{name: {Data: text}}})
	}
	return all
}

// find returns the node with a handle, and the id of the resource that it belongs to.
func find(node any, id string, at int) (string, map[string]any) {
	switch x := node.(type) {
	case map[string]any:
		if own, ok := x["id"].(string); ok && x["type"] != nil {
			id = own
		}
		if handle, ok := x["at"].(int); ok && handle == at {
			return id, x
		}
		for _, child := range x {
			if id, found := find(child, id, at); found != nil {
				return id, found
			}
		}
	case []any:
		for _, child := range x {
			if id, found := find(child, id, at); found != nil {
				return id, found
			}
		}
	}
	return "", nil
}

// printable returns the known value of a node as messages show it. Secrets are not printable; messages express true and
// false in words, and the value of a reference is the resource that it points to.
func printable(rule finding.Rule, node map[string]any) (string, bool) {
	if rule.Category == "secrets" || slices.Contains(rule.CWE, "CWE-798") || node["targets"] != nil || node["absent"] == true {
		return "", false
	}
	switch value := node["value"].(type) {
	case nil, bool:
		return "", false
	default:
		return fmt.Sprint(value), true
	}
}
