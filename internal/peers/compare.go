package peers

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/generate"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// Compare runs the equivalent rules on each case and returns what differs. It skips cases of checks without one.
func Compare(ctx context.Context, set *policy.Set, today time.Time, equivalent map[string][]string, cases []Case) (generate.PeerFixtures, error) {
	r := runner{ctx, workspace.Settings{Rules: set, Bare: true, Today: today}, map[string]finding.Report{}}
	var result generate.PeerFixtures
	checks := map[string]bool{}
	for _, c := range cases {
		rules := equivalent[c.Check]
		if len(rules) == 0 {
			continue
		}
		checks[c.Check] = true
		d := generate.Disagreement{Check: c.Check, Fixture: c.Fixture, Resource: c.Resource, Says: c.Says, Rules: rules}
		var err error
		if d.Lintel, err = r.verdict(c, rules); err != nil {
			return generate.PeerFixtures{}, err
		}
		if d.Lintel == c.Says {
			result.Agree++
			continue
		}
		if d.Completed, err = r.completed(c, rules); err != nil {
			return generate.PeerFixtures{}, err
		}
		result.Disagreements = append(result.Disagreements, d)
	}
	result.Checks = len(checks)
	return result, nil
}

// runner runs all rules once on each fixture.
type runner struct {
	ctx      context.Context //nolint:containedctx // of one call of Compare
	settings workspace.Settings
	reports  map[string]finding.Report
}

// completed returns the verdict about the completed fixture; empty: as about the fixture itself.
func (r runner) completed(c Case, rules []string) (generate.Verdict, error) {
	before, err := r.verdict(c, rules)
	if err != nil {
		return "", err
	}
	if c.Files, err = complete(c.Files); err != nil {
		return "", fmt.Errorf("%s: %w", c.Fixture, err)
	}
	c.Fixture += " completed"
	after, err := r.verdict(c, rules)
	if after == before {
		return "", err
	}
	return after, err
}

func (r runner) verdict(c Case, rules []string) (generate.Verdict, error) {
	report, done := r.reports[c.Fixture]
	if !done {
		var err error
		if report, err = workspace.Run(r.ctx, c.Files, r.settings, []string{"."}, workspace.Overrides{Profile: finding.All}); err != nil {
			return "", fmt.Errorf("%s: %w", c.Fixture, err)
		}
		r.reports[c.Fixture] = report
	}
	verdict, err := verdictOf(c, report, rules)
	if err != nil {
		return "", fmt.Errorf("%s: %w", c.Fixture, err)
	}
	return verdict, nil
}

// verdictOf returns the verdict of the rules about a case.
func verdictOf(c Case, report finding.Report, rules []string) (generate.Verdict, error) {
	parts, err := rangesOf(c)
	if err != nil {
		return "", err
	}
	about := func(rule string, p source.Place, names []string, related []finding.Related) bool {
		return slices.Contains(rules, rule) &&
			(c.Resource == "" || p.Resource == c.Resource || slices.Contains(names, c.Resource) || within(parts, p, related))
	}
	switch {
	case slices.ContainsFunc(report.Findings, func(f finding.Finding) bool { return about(f.Rule, f.Place, f.Names(), f.Related) }):
		return generate.Flags, nil
	case slices.ContainsFunc(report.Undecided, func(u finding.Undecided) bool {
		return slices.ContainsFunc(u.Rules, func(rule string) bool { return about(rule, u.Place, nil, nil) })
	}):
		return generate.Undetermined, nil
	case len(report.Problems) > 0:
		return generate.Rejects, nil
	}
	return generate.Passes, nil
}

// within reports whether a range of a place, or a related one, starts in one of the parts.
func within(parts []source.Range, p source.Place, related []finding.Related) bool {
	places := slices.Collect(p.Ranges())
	for _, r := range related {
		places = append(places, r.Range)
	}
	return slices.ContainsFunc(places, func(r source.Range) bool {
		return slices.ContainsFunc(parts, func(part source.Range) bool {
			return part.Path == r.Path && part.Start <= r.Start && r.Start < part.End
		})
	})
}

// rangesOf returns where the resource of a case is written. The fixture can define several of its name.
func rangesOf(c Case) ([]source.Range, error) {
	if c.Resource == "" {
		return nil, nil
	}
	var all []source.Range
	err := fs.WalkDir(c.Files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(c.Files, file)
		if err != nil {
			return err
		}
		switch syntax := source.SyntaxOf(file); {
		case syntax == source.HCL:
			all = append(all, blockRanges(file, string(content), c.Resource)...)
		case syntax.MayBeTemplate():
			all = append(all, resourceRange(file, content, c.Resource)...)
		}
		return nil
	})
	return all, err
}

// blockRanges returns the Terraform blocks with an address. A block ends at the first brace in the first column.
func blockRanges(file, content, address string) []source.Range {
	words := strings.Split(strings.TrimPrefix(address, "data."), ".")
	if len(words) != 2 {
		return nil
	}
	block := regexp.MustCompile(`(?ms)^\s*(?:resource|data)\s+"?` + regexp.QuoteMeta(words[0]) + `"?\s+"?` + regexp.QuoteMeta(words[1]) + `"?\s*\{.*?(?:^\}|\z)`)
	var all []source.Range
	for _, at := range block.FindAllStringIndex(content, -1) {
		all = append(all, source.Range{Path: file, Start: at[0], End: at[1]})
	}
	return all
}

// resourceRange returns the lines of the resource of a CloudFormation template with a logical ID; none: it has none.
func resourceRange(file string, content []byte, id string) []source.Range {
	var template struct {
		Resources yaml.Node `yaml:"Resources"`
	}
	if yaml.Unmarshal(content, &template) != nil {
		return nil // lintel reports why it is invalid
	}
	items := template.Resources.Content
	for i := 0; i+1 < len(items); i += 2 {
		if items[i].Value == id {
			return []source.Range{{Path: file, Start: offset(content, items[i].Line), End: offset(content, lastLine(items[i+1])+1)}}
		}
	}
	return nil
}

func lastLine(node *yaml.Node) int {
	last := node.Line + strings.Count(node.Value, "\n")
	for _, child := range node.Content {
		last = max(last, lastLine(child))
	}
	return last
}

// offset returns where a line starts, counted from 1.
func offset(content []byte, line int) int {
	at := 0
	for range line - 1 {
		next := bytes.IndexByte(content[at:], '\n')
		if next < 0 {
			return len(content)
		}
		at += next + 1
	}
	return at
}
