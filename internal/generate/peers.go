package generate

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// PeersPath is the data about checks of other tools.
const PeersPath = "docs/peers.json"

// PeersTable contains the tool, check and rules of each entry, for lintel migrate.
const PeersTable = "internal/migrate/peers.txt"

// CataloguePath is the list of existing and planned rules.
const CataloguePath = "docs/catalogue.json"

// peerCheck is a check of another tool.
type peerCheck struct {
	Tool    string              `json:"tool"`
	Check   string              `json:"check"`
	Rules   map[string][]string `json:"rules"`   // equivalent rules, with what the tool checks for
	Differs string              `json:"differs"` // intentional differences; empty: none known
}

// catalogueRow is an existing or planned rule. A rule does not require a row.
type catalogueRow struct {
	ID       string `json:"id"`
	Group    string `json:"group"`
	Wave     int    `json:"wave"` // 1 is implemented first
	Profile  string `json:"profile"`
	Severity string `json:"severity"`
	Finds    string `json:"finds"`
	Departs  string `json:"departs"` // how the rule differs from the plan; empty: it does not
}

func readJSON(repository fs.FS, path string, into any) error {
	content, err := fs.ReadFile(repository, path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// pages returns the pages about the catalogue and other tools.
func pages(repository fs.FS, rules []finding.Rule) (map[string][]byte, error) {
	var peers struct {
		Source, Updated string
		Checks          []peerCheck
	}
	if err := readJSON(repository, PeersPath, &peers); err != nil {
		return nil, err
	}
	var catalogue struct{ Rules []catalogueRow }
	if err := readJSON(repository, CataloguePath, &catalogue); err != nil {
		return nil, err
	}
	byID := map[string]finding.Rule{}
	for _, r := range rules {
		byID[r.ID] = r
	}
	page := fmt.Sprintf("%s# Checks of other tools\n\nWhich rule finds what a check of another tool finds, and where lintel differs on purpose. A rule\n"+
		"without a link is still to come. [How they compare on fixtures](peers-fixtures.md). Source: %s (%s).\n", generated, peers.Source, peers.Updated)
	fixtures, err := fixturesPage(repository, byID)
	if err != nil {
		return nil, err
	}
	all := newcomers(peers.Checks, byID)
	maps.Copy(all, map[string][]byte{
		"docs/peers-fixtures.md": fixtures,
		PeersTable:               peersTable(peers.Checks),
		"docs/peers.md":          []byte(page + peerTables(peers.Checks, byID)),
		"docs/catalogue.md":      []byte(generated + catalogueTables(catalogue.Rules, byID)),
	})
	return all, nil
}

// peersTable returns the checks with their equivalent rules, separated by tabs.
func peersTable(checks []peerCheck) []byte {
	var lines strings.Builder
	for _, c := range checks {
		fmt.Fprintf(&lines, "%s\t%s\t%s\n", c.Tool, c.Check, strings.Join(slices.Sorted(maps.Keys(c.Rules)), ","))
	}
	return []byte(lines.String())
}

func peerTables(checks []peerCheck, rules map[string]finding.Rule) string {
	var page strings.Builder
	tool := ""
	for _, c := range checks {
		if c.Tool != tool {
			tool = c.Tool
			fmt.Fprintf(&page, "\n## %s\n\n| check | for | rule | where lintel differs |\n| --- | --- | --- | --- |\n", tool)
		}
		var names, formats []string
		for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
			names = append(names, linked(id, rules))
			for _, format := range c.Rules[id] {
				if !slices.Contains(formats, format) {
					formats = append(formats, format)
				}
			}
		}
		fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", c.Check, strings.Join(formats, ", "), strings.Join(names, ", "), c.Differs)
	}
	return page.String()
}

func linked(id string, rules map[string]finding.Rule) string {
	if _, ok := rules[id]; ok {
		return fmt.Sprintf("[%s](rules/%s.md)", id, id)
	}
	return id
}

func catalogueTables(rows []catalogueRow, rules map[string]finding.Rule) string {
	var page strings.Builder
	page.WriteString("# Catalogue\n\nAll rules that exist, with a link to their page, and all that are planned. Severity and profile are those of the\n" +
		"rule, or the planned ones. The last column says where a rule departs from the plan, and why it is in\nanother profile.\n")
	group := ""
	for _, row := range rows {
		if row.Group != group {
			group = row.Group
			fmt.Fprintf(&page, "\n## %s\n\n| rule | severity | profile | finds | departs |\n| --- | --- | --- | --- | --- |\n", group)
		}
		severity, profile, departs := row.Severity, row.Profile, row.Departs
		if r, ok := rules[row.ID]; ok {
			severity, profile = r.Severity.String(), string(r.Profile)
			if profile != row.Profile {
				departs = strings.TrimSpace(fmt.Sprintf("Planned for %s. %s", row.Profile, departs))
			}
		}
		fmt.Fprintf(&page, "| %s | %s | %s | %s | %s |\n", linked(row.ID, rules), severity, profile, strings.ReplaceAll(row.Finds, "|", "\\|"), departs)
	}
	page.WriteString(unplannedTable(rows, rules))
	return page.String()
}

// unplannedTable lists the rules without a row.
func unplannedTable(rows []catalogueRow, rules map[string]finding.Rule) string {
	unplanned := maps.Clone(rules)
	for _, row := range rows {
		delete(unplanned, row.ID)
	}
	if len(unplanned) == 0 {
		return ""
	}
	var page strings.Builder
	page.WriteString("\n## Not planned\n\n| rule | severity | profile | finds |\n| --- | --- | --- | --- |\n")
	for _, id := range slices.Sorted(maps.Keys(unplanned)) {
		r := unplanned[id]
		fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", linked(id, rules), r.Severity, r.Profile, strings.ReplaceAll(r.Title, "|", "\\|"))
	}
	return page.String()
}
