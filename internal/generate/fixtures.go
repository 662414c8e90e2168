package generate

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// FixturesPath is the result of the comparison with the fixtures of other tools, which internal/peers writes.
const FixturesPath = "docs/peers-fixtures.json"

// ReasonsPath contains the reasons of the disagreements, which people write.
const ReasonsPath = "docs/peers-reasons.json"

// Comparison is the result of running lintel on the fixtures of other tools. It contains only names and verdicts.
type Comparison struct {
	Date  string         `json:"date"` // of the run, with which ends of support are compared
	Peers []PeerFixtures `json:"peers"`
}

// PeerFixtures is the comparison with one tool.
type PeerFixtures struct {
	Tool          string         `json:"tool"`
	Repository    string         `json:"repository"`
	Commit        string         `json:"commit"`
	Date          string         `json:"date"` // of the commit
	Checks        int            `json:"checks"`
	Pairs         int            `json:"pairs,omitempty"` // of templates and translations; 0: the tool is no translator
	Agree         int            `json:"agree"`
	Disagreements []Disagreement `json:"disagreements"`
}

// Disagreement is a fixture, or a resource in it, on which lintel and the other tool have different verdicts.
type Disagreement struct {
	Check    string  `json:"check"`
	Fixture  string  `json:"fixture"`
	Resource string  `json:"resource,omitempty"` // empty: the whole fixture
	Says     Verdict `json:"says"`               // verdict of the other tool
	Lintel   Verdict `json:"lintel"`

	// Completed is the verdict once a function uses the resources and required properties are set; empty: the same.
	Completed Verdict `json:"completed,omitempty"`

	Rules []string `json:"rules"` // that are equivalent to the check
}

// Verdict is the result of a tool for a fixture.
type Verdict string

// The verdicts.
const (
	Flags        Verdict = "flags"
	Passes       Verdict = "passes"
	Undetermined Verdict = "undetermined"
	Rejects      Verdict = "rejects the file"
)

// reason explains the disagreements that it matches. Of several reasons, the first applies.
type reason struct {
	Tool    string   `json:"tool"`
	Checks  []string `json:"checks"`  // empty: all
	Fixture string   `json:"fixture"` // regular expression for the fixture and the resource, separated by a space; empty: all
	Lintel  Verdict  `json:"lintel"`  // empty: any
	Reason  string   `json:"reason"`

	// Completed restricts the reason to cases on which the tools agree once the fixture is completed.
	Completed bool `json:"completed"`
}

func (r reason) explains(tool string, d Disagreement) (bool, error) {
	switch {
	case r.Tool != tool, len(r.Checks) > 0 && !slices.Contains(r.Checks, d.Check):
		return false, nil
	case r.Lintel != "" && r.Lintel != d.Lintel, r.Completed && d.Completed != d.Says:
		return false, nil
	}
	return regexp.MatchString(r.Fixture, strings.TrimSpace(d.Fixture+" "+d.Resource))
}

// EquivalentRules returns the existing rules that are equivalent to each check, by tool and check.
func EquivalentRules(repository fs.FS) (map[string]map[string][]string, error) {
	var peers struct{ Checks []peerCheck }
	if err := readJSON(repository, PeersPath, &peers); err != nil {
		return nil, err
	}
	all := map[string]map[string][]string{}
	for _, c := range peers.Checks {
		for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
			if _, err := fs.Stat(repository, "policies/rules/"+strings.ReplaceAll(id, "-", "_")); err != nil {
				continue // planned
			}
			if all[c.Tool] == nil {
				all[c.Tool] = map[string][]string{}
			}
			all[c.Tool][c.Check] = append(all[c.Tool][c.Check], id)
		}
	}
	return all, nil
}

// fixturesPage returns the page about the disagreements. Each must have a reason, and each reason must apply.
func fixturesPage(repository fs.FS, rules map[string]finding.Rule) ([]byte, error) {
	var comparison Comparison
	if err := readJSON(repository, FixturesPath, &comparison); err != nil {
		return nil, err
	}
	var data struct{ Reasons []reason }
	if err := readJSON(repository, ReasonsPath, &data); err != nil {
		return nil, err
	}
	used := make([]bool, len(data.Reasons))
	var page strings.Builder
	page.WriteString(fixturesHead(comparison))
	for _, peer := range comparison.Peers {
		byReason := map[int][]Disagreement{}
		for _, d := range peer.Disagreements {
			i, err := reasonOf(data.Reasons, peer.Tool, d)
			if err != nil {
				return nil, err
			}
			used[i] = true
			byReason[i] = append(byReason[i], d)
		}
		if len(byReason) > 0 {
			fmt.Fprintf(&page, "\n## %s\n", peer.Tool)
		}
		for _, i := range slices.Sorted(maps.Keys(byReason)) {
			page.WriteString(reasonTable(data.Reasons[i], byReason[i], rules))
		}
	}
	if i := slices.Index(used, false); i >= 0 {
		return nil, fmt.Errorf("%s: no disagreement with %s has the reason %q; remove it", ReasonsPath, data.Reasons[i].Tool, data.Reasons[i].Reason)
	}
	return []byte(page.String()), nil
}

func fixturesHead(comparison Comparison) string {
	var head strings.Builder
	fmt.Fprintf(&head, "%s# Comparison with the fixtures of other tools\n\n"+
		"The tests of other tools name fixtures, or resources in them, that a check must flag or pass. lintel ran on those of\n"+
		"all checks with an equivalent rule ([checks of other tools](peers.md)) on %s. A case is one fixture or resource\n"+
		"and one check. Every case on which lintel and the tool differ is listed below with the reason.\n\n"+
		"Most fixtures consist of one resource, but most rules of lintel are about what a function can reach. Where the tools\n"+
		"differ, lintel ran again on a completed fixture: with a function that uses the roles, networks, event sources and stores,\n"+
		"and with missing required properties. The column completed contains the verdict if it is another one.\n\n"+
		"[CONTRIBUTING](../CONTRIBUTING.md#comparison-with-other-tools) describes how to repeat the comparison.\n\n"+
		"| tool | commit | date | checks | cases | agree | agree once completed | differ |\n"+
		"| --- | --- | --- | --- | --- | --- | --- | --- |\n", generated, comparison.Date)
	var pairs strings.Builder
	for _, p := range comparison.Peers {
		completed := 0
		for _, d := range p.Disagreements {
			if d.Completed == d.Says {
				completed++
			}
		}
		fmt.Fprintf(&head, "| [%s](https://github.com/%s) | %.7s | %s | %d | %d | %d | %d | %d |\n", p.Tool, p.Repository, p.Commit, p.Date,
			p.Checks, p.Agree+len(p.Disagreements), p.Agree, completed, len(p.Disagreements)-completed)
		if p.Pairs > 0 {
			fmt.Fprintf(&pairs, "\nThe cases of %s are the findings and undetermined checks in %d templates and their published translations,\n"+
				"by rule and resource; those of an API by the API and the route, however its parts are written. %d pairs have the same ones.\n", p.Tool, p.Pairs, p.Pairs-len(fixturesOf(p)))
		}
	}
	return head.String() + pairs.String()
}

// fixturesOf returns the fixtures with disagreements.
func fixturesOf(p PeerFixtures) map[string]bool {
	fixtures := map[string]bool{}
	for _, d := range p.Disagreements {
		fixtures[d.Fixture] = true
	}
	return fixtures
}

func reasonOf(reasons []reason, tool string, d Disagreement) (int, error) {
	for i, r := range reasons {
		explains, err := r.explains(tool, d)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", ReasonsPath, err)
		}
		if explains {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%s: no reason why %s %s %s %s and lintel %s; fix the rule or add the reason",
		ReasonsPath, tool, d.Says, strings.TrimSpace(d.Fixture+" "+d.Resource), "("+d.Check+")", d.Lintel)
}

func reasonTable(r reason, cases []Disagreement, rules map[string]finding.Rule) string {
	var table strings.Builder
	fmt.Fprintf(&table, "\n%s\n\n| check | rule | fixture | resource | %s | lintel | completed |\n| --- | --- | --- | --- | --- | --- | --- |\n", r.Reason, r.Tool)
	for _, d := range cases {
		links := make([]string, len(d.Rules))
		for i, id := range d.Rules {
			links[i] = linked(id, rules)
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s | %s | %s |\n",
			d.Check, strings.Join(links, ", "), d.Fixture, d.Resource, d.Says, d.Lintel, d.Completed)
	}
	return table.String()
}
