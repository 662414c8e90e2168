package generate

import (
	"cmp"
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
	Agree         int            `json:"agree"`
	Disagreements []Disagreement `json:"disagreements"`
}

// Disagreement is a fixture, or a resource in it, on which lintel and the other tool have different verdicts.
type Disagreement struct {
	Check    string        `json:"check"`
	Fixture  string        `json:"fixture"`
	Resource string        `json:"resource,omitempty"` // empty: the whole fixture
	Flagged  bool          `json:"flagged"`            // the other tool flags it
	Lintel   LintelVerdict `json:"lintel"`

	// Completed is the verdict once a function uses the resources and required properties are set; empty: the same.
	Completed LintelVerdict `json:"completed,omitempty"`

	Rules    []string      `json:"rules"` // that are equivalent to the check
}

// LintelVerdict is the result of lintel's rules for a fixture.
type LintelVerdict string

// The verdicts.
const (
	LintelFinds        LintelVerdict = "flags"
	LintelFindsNothing LintelVerdict = "passes"
	LintelUndetermined LintelVerdict = "undetermined"
	LintelUnread       LintelVerdict = "rejects the file"
)

// LintelExpected returns the verdict of lintel that agrees with that of another tool.
func LintelExpected(flagged bool) LintelVerdict {
	if flagged {
		return LintelFinds
	}
	return LintelFindsNothing
}

// reason explains the disagreements that it matches. Of several reasons, the first applies.
type reason struct {
	Tool    string        `json:"tool"`
	Checks  []string      `json:"checks"`  // empty: all
	Fixture string        `json:"fixture"` // regular expression for the fixture and the resource, separated by a space; empty: all
	Lintel  LintelVerdict `json:"lintel"`  // empty: any
	Reason  string        `json:"reason"`
}

func (r reason) explains(tool string, d Disagreement) (bool, error) {
	if r.Tool != tool || len(r.Checks) > 0 && !slices.Contains(r.Checks, d.Check) || r.Lintel != "" && r.Lintel != d.Lintel {
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
		"and one check. Every case on which lintel and the tool differ is listed below with the reason.\n"+
		"[CONTRIBUTING](../CONTRIBUTING.md#comparison-with-other-tools) describes how to repeat the comparison.\n\n"+
		"| tool | commit | date | checks | cases | agree | differ |\n| --- | --- | --- | --- | --- | --- | --- |\n", generated, comparison.Date)
	for _, p := range comparison.Peers {
		fmt.Fprintf(&head, "| [%s](https://github.com/%s) | %.7s | %s | %d | %d | %d | %d |\n",
			p.Tool, p.Repository, p.Commit, p.Date, p.Checks, p.Agree+len(p.Disagreements), p.Agree, len(p.Disagreements))
	}
	return head.String()
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
	return 0, fmt.Errorf("%s: no reason for %s %s: %s %s; %s %s it; fix the rule or add the reason",
		ReasonsPath, tool, d.Check, d.Fixture, d.Resource, "lintel", d.Lintel)
}

func reasonTable(r reason, cases []Disagreement, rules map[string]finding.Rule) string {
	var table strings.Builder
	fmt.Fprintf(&table, "\n%s\n\n| check | rule | fixture | resource | %s | lintel |\n| --- | --- | --- | --- | --- | --- |\n", r.Reason, r.Tool)
	for _, d := range cases {
		links := make([]string, len(d.Rules))
		for i, id := range d.Rules {
			links[i] = linked(id, rules)
		}
		says := map[bool]string{true: "flags", false: "passes"}[d.Flagged]
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s | %s |\n", d.Check, strings.Join(links, ", "), d.Fixture, cmp.Or(d.Resource, "–"), says, d.Lintel)
	}
	return table.String()
}
