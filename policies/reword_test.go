package policies_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/parsers"
)

// TestReword checks that no fingerprint depends on a message: it rewords every message of every finding in the
// templates of all rules. The new messages sort in the opposite order of the old ones.
func TestReword(t *testing.T) {
	set := compiled(t)
	total := 0
	for _, rule := range set.Rules() {
		for _, c := range badTemplatesOf(t, rule.ID) {
			units, _ := parsers.Find(c.Files, []string{"."})
			for _, u := range units {
				parsed := parsers.Parse(context.Background(), c.Files, u, deployment.Options{})
				found := set.Evaluate(context.Background(), parsed.Stack, u.Root, model.Facts{Today: today}, func(r finding.Rule) bool { return r.ID == rule.ID }).Findings
				reworded := slices.Clone(found)
				slices.SortFunc(reworded, func(a, b finding.Finding) int { return strings.Compare(b.Message, a.Message) })
				for i := range reworded {
					reworded[i].Message = fmt.Sprintf("Reworded %06d", i)
				}
				if diff := cmp.Diff(fingerprints(found), fingerprints(reworded)); diff != "" {
					t.Errorf("%s: %s: %s", rule.ID, c.Name, diff)
				}
				total += len(found)
			}
		}
	}
	if total < 500 {
		t.Errorf("only %d findings", total)
	}
}

// fingerprints identifies and merges findings and returns the fingerprints of all, in the order of a report.
func fingerprints(found []finding.Finding) (all [][]string) {
	finding.Identify(found, finding.Names{})
	for _, f := range finding.Join(nil, []finding.Report{{Findings: found}}).Findings {
		prints := []string{f.Fingerprint}
		for _, identity := range f.Identities {
			prints = append(prints, identity.Fingerprints()...)
		}
		all = append(all, prints)
	}
	return all
}
