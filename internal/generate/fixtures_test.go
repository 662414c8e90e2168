package generate_test

import (
	"encoding/json"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/finding"
	"lintel/internal/generate"
	"lintel/internal/policy"
	"lintel/policies"
)

// TestFixturesPage checks that each disagreement has a reason, that each reason has a disagreement, and which reason
// applies.
func TestFixturesPage(t *testing.T) {
	const all = `[{"tool": "A", "checks": ["A1"], "fixture": "x\\.tf b$", "reason": "First."}, {"tool": "A", "lintel": "passes", "completed": true, "reason": "Second."}]`
	disagreement := func(resource, lintel, completed string) string {
		return `{"check": "A1", "fixture": "x.tf", "resource": "` + resource + `", "says": "flags", "lintel": "` + lintel + `", "completed": "` + completed + `", "rules": ["acme-rule"]}`
	}
	for _, tt := range []struct{ name, disagreements, reasons, want, err string }{
		{
			"two reasons", disagreement("b", "passes", "") + "," + disagreement("c", "passes", "flags"), all,
			"| [A](https://github.com/a/a) | 0123456 | 2026-01-02 | 1 | 5 | 3 | 1 | 1 |\n" +
				"\n## A\n\nFirst.\n\n| check | rule | fixture | resource | A | lintel | completed |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
				"| A1 | [acme-rule](rules/acme-rule.md) | x.tf | b | flags | passes |  |\n" +
				"\nSecond.\n\n| check | rule | fixture | resource | A | lintel | completed |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
				"| A1 | [acme-rule](rules/acme-rule.md) | x.tf | c | flags | passes | flags |\n", "",
		},
		{"no reason", disagreement("c", "undetermined", ""), all, "", "no reason why A flags x.tf c (A1) and lintel undetermined"},
		{"a completed fixture without agreement", disagreement("c", "passes", ""), all, "", "no reason why A flags x.tf c"},
		{"no disagreement", disagreement("b", "passes", ""), all, "", `no disagreement with A has the reason "Second."`},
		{"a reason about another tool", disagreement("b", "passes", ""), strings.ReplaceAll(all, `"tool": "A"`, `"tool": "B"`), "", "no reason why A"},
		{"an invalid pattern", disagreement("b", "passes", ""), `[{"tool": "A", "fixture": "(", "reason": "r"}]`, "", generate.ReasonsPath},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := withOneRule(t)
			fsys[generate.FixturesPath] = &fstest.MapFile{Data: []byte(`{"date": "2026-01-03", "peers": [{"tool": "A", "repository": "a/a",
				"commit": "0123456789", "date": "2026-01-02", "checks": 1, "agree": 3, "disagreements": [` + tt.disagreements + `]}]}`)}
			fsys[generate.ReasonsPath] = &fstest.MapFile{Data: []byte(`{"reasons": ` + tt.reasons + `}`)}
			got, err := generate.Files(fsys)
			switch page := string(got["docs/peers-fixtures.md"]); {
			case tt.err != "":
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("got %v, want the error %q", err, tt.err)
				}
			case err != nil:
				t.Error(err)
			case !strings.Contains(page, tt.want):
				t.Errorf("the page does not contain\n%s\nbut\n%s", tt.want, page)
			}
		})
	}
}

// TestPeersOfRules checks that the metadata of each rule names every check that the table of other tools maps to it.
func TestPeersOfRules(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Checks []struct {
			Tool, Check string
			Rules       map[string][]string
		}
	}
	content, err := os.ReadFile(path.Join(repository, generate.PeersPath))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &table); err != nil {
		t.Fatal(err)
	}
	for _, check := range table.Checks {
		name := strings.TrimPrefix(check.Tool+" "+check.Check, "checkov ")
		for id := range check.Rules {
			i := slices.IndexFunc(set.Rules(), func(r finding.Rule) bool { return r.ID == id })
			if i >= 0 && !slices.Contains(set.Rules()[i].Peers, name) {
				t.Errorf("%s is equivalent to %s and does not name it in its metadata", id, name)
			}
		}
	}
}
