package ruletest

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// Tester tests the rules of a set.
type Tester struct {
	Set   *policy.Set
	Today time.Time // date for end-of-support dates

	Unread bool // OneUnknown also makes attributes unknown that the rule does not read, which must not change its result
}

// Result is the result of the tests of one rule.
type Result struct {
	Templates int
	Tests     int       // Rego tests; set by Own only
	Failures  []Failure // sorted
}

// Rule tests the rule with an id with the templates in its directory, and its fix with the fixtures. formats are the
// formats that the rule supports.
func (t Tester) Rule(ctx context.Context, id string, fsys fs.FS, folder string, formats []string) Result {
	var result Result
	templates, err := Templates(fsys, folder)
	if err != nil {
		result.Failures = append(result.Failures, Failure{policyFile, 1, "cannot read the templates: " + err.Error()})
	}
	outcomes := map[string]Outcome{}
	for _, c := range templates {
		found, failures := t.Template(ctx, id, c)
		result.Templates++
		outcome := outcomes[c.Format()]
		outcome.add(found)
		outcomes[c.Format()] = outcome
		for _, f := range failures {
			f.File = path.Join(testdata, f.File)
			result.Failures = append(result.Failures, f)
		}
	}
	result.Failures = append(result.Failures, Coverage(outcomes, formats)...)
	result.Failures = append(result.Failures, t.fixes(ctx, id, fsys, folder)...)
	slices.SortStableFunc(result.Failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line, cmp.Compare(a.Message, b.Message))
	})
	return result
}

const policyFile = "policy.rego"

// Outcome records whether there are templates with and without findings.
type Outcome struct{ Failing, Passing bool }

func (o *Outcome) add(found int) {
	o.Failing = o.Failing || found > 0
	o.Passing = o.Passing || found == 0
}

// Coverage reports missing templates: each format requires one with and one without a finding.
func Coverage(outcomes map[string]Outcome, formats []string) []Failure {
	var failures []Failure
	add := func(format string, args ...any) {
		failures = append(failures, Failure{policyFile, 1, fmt.Sprintf(format, args...)})
	}
	matched := false
	for _, format := range formats {
		if !slices.Contains([]string{Terraform, CloudFormation, SAM}, format) {
			add("custom.formats names %q; it must be %s, %s or %s", format, Terraform, CloudFormation, SAM)
		}
		matched = matched || outcomes[format].Failing
	}
	if !matched {
		add("the rule has no finding in its templates, so nothing shows that the rule works: add a template with a finding and a # want comment")
		return failures
	}
	for _, format := range formats {
		for _, missing := range []struct {
			is   bool
			what string
		}{{!outcomes[format].Failing, "with"}, {!outcomes[format].Passing, "without"}} {
			if missing.is {
				add("a template %s a finding in %s is missing; add one or list the supported formats in custom.formats of the METADATA", missing.what, format)
			}
		}
	}
	return failures
}

// Template checks a template with one rule, compares the findings with the comments one to one, and returns their
// number. If there are findings, it also checks that the rule reports nothing when all values are unknown.
func (t Tester) Template(ctx context.Context, id string, c Template) (found int, failures []Failure) {
	report, err := workspace.Run(ctx, c.Files, t.settings(), []string{"."}, workspace.Overrides{Only: []string{id}})
	if err != nil {
		return 0, []Failure{{c.Name, 1, err.Error()}}
	}
	failures = unchecked(c, report)
	failures = append(failures, c.compare(report)...)
	if len(report.Findings) > 0 {
		failures = append(failures, t.blurred(ctx, id, c)...)
	}
	return len(report.Findings), failures
}

// unchecked returns the problems of a template.
func unchecked(c Template, report finding.Report) []Failure {
	var failures []Failure
	for _, p := range report.Problems {
		name, line := p.Range.Path, 1
		if file := report.Files[name]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		if name == "." {
			name = c.Name
		}
		failures = append(failures, Failure{name, line, "could not be checked: " + p.Message})
	}
	if report.Units == 0 {
		failures = append(failures, Failure{c.Name, 1, "not a template"})
	}
	return failures
}

// compare compares the findings with the comments one to one.
func (c Template) compare(report finding.Report) []Failure {
	expected, failures := c.wants()
	for _, f := range report.Findings {
		line, _ := report.Files[f.Range.Path].Position(f.Range.Start)
		i := slices.IndexFunc(expected, func(w *want) bool {
			return !w.met && w.file == f.Range.Path && w.line == line && w.message.MatchString(f.Message)
		})
		if i < 0 {
			failures = append(failures, Failure{f.Range.Path, line, fmt.Sprintf("unexpected finding: %q", f.Message)})
			continue
		}
		expected[i].met = true
	}
	for _, w := range expected {
		if !w.met {
			failures = append(failures, Failure{w.file, w.line, fmt.Sprintf("missing finding: %q", w.message)})
		}
	}
	return failures
}

func (t Tester) settings() workspace.Settings {
	return workspace.Settings{Rules: t.Set, Bare: true, Today: t.Today}
}

// blurred evaluates a rule with all values of a template unknown. A finding then means that the rule treats an unknown
// value as a violation.
func (t Tester) blurred(ctx context.Context, id string, c Template) []Failure {
	inputs, _, err := workspace.Inputs(ctx, c.Files, t.settings(), []string{"."})
	if err != nil {
		return []Failure{{c.Name, 1, err.Error()}}
	}
	var failures []Failure
	for _, input := range inputs {
		for _, keepItems := range []bool{true, false} {
			blurred := model.Blur(input.Policy, keepItems)
			violations, err := t.Set.Violations(ctx, id, blurred)
			if err != nil {
				failures = append(failures, Failure{c.Name, 1, "with all values unknown: " + err.Error()})
			}
			for _, v := range violations {
				// The targets of a reference stay known while items are kept.
				if keepItems || !isReference(blurred, v.At) {
					failures = append(failures, Failure{c.Name, 1, fmt.Sprintf(
						"with all values unknown (list items kept: %t) the rule still reports %q; flag what is wrong, not what cannot be determined", keepItems, v.Message)})
				}
			}
		}
	}
	return failures
}

// isReference reports whether a handle belongs to a node with targets.
func isReference(node any, at int) bool {
	switch x := node.(type) {
	case map[string]any:
		if handle, ok := x["at"].(int); ok && handle == at {
			_, ok := x["targets"]
			return ok
		}
		for _, child := range x {
			if isReference(child, at) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, func(child any) bool { return isReference(child, at) })
	}
	return false
}
