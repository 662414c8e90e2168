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
	Today time.Time // the date on which they judge
}

// Result is what came out for one rule.
type Result struct {
	Templates int
	Tests     int       // Rego tests; only of Own
	Failures  []Failure // sorted
}

// Rule tests the rule with an id by all templates of its folder, and its fix by its fixtures. formats are those in which it can find
// something.
func (t Tester) Rule(ctx context.Context, id string, fsys fs.FS, folder string, formats []string) Result {
	var result Result
	templates, err := Templates(fsys, folder)
	if err != nil {
		result.Failures = append(result.Failures, Failure{policyFile, 1, "its templates are not read: " + err.Error()})
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

// Outcome says whether there were templates with and without a finding.
type Outcome struct{ Failing, Passing bool }

func (o *Outcome) add(found int) {
	o.Failing = o.Failing || found > 0
	o.Passing = o.Passing || found == 0
}

// Coverage says which templates are missing: in every format there must be one with and one without a
// finding.
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
		add("it finds nothing in its own templates, so nobody knows whether it works: add one that it must find something in, and say so with # want")
		return failures
	}
	for _, format := range formats {
		for _, missing := range []struct {
			is   bool
			what string
		}{{!outcomes[format].Failing, "with"}, {!outcomes[format].Passing, "without"}} {
			if missing.is {
				add("it needs a template %s a finding in %s, or custom.formats in its METADATA", missing.what, format)
			}
		}
	}
	return failures
}

// Template runs one rule on a template and holds the findings against the comments, one to one. It returns how
// many there are. Where there are some, it also holds that the rule finds nothing when nothing is known.
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

// unchecked is what could not be checked of a template.
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
		failures = append(failures, Failure{name, line, "it could not be checked: " + p.Message})
	}
	if report.Units == 0 {
		failures = append(failures, Failure{c.Name, 1, "it is no template"})
	}
	return failures
}

// compare holds the findings against the comments, one to one.
func (c Template) compare(report finding.Report) []Failure {
	expected, failures := c.wants()
	for _, f := range report.Findings {
		line, _ := report.Files[f.Range.Path].Position(f.Range.Start)
		i := slices.IndexFunc(expected, func(w *want) bool {
			return !w.met && w.file == f.Range.Path && w.line == line && w.message.MatchString(f.Message)
		})
		if i < 0 {
			failures = append(failures, Failure{f.Range.Path, line, fmt.Sprintf("found and not wanted: %q", f.Message)})
			continue
		}
		expected[i].met = true
	}
	for _, w := range expected {
		if !w.met {
			failures = append(failures, Failure{w.file, w.line, fmt.Sprintf("wanted and not found: %q", w.message)})
		}
	}
	return failures
}

func (t Tester) settings() workspace.Settings {
	return workspace.Settings{Rules: t.Set, Bare: true, Today: t.Today}
}

// blurred runs a rule on what is left of a case when nothing is known. A finding now is a rule
// that takes ignorance for guilt.
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
				failures = append(failures, Failure{c.Name, 1, "with nothing known: " + err.Error()})
			}
			for _, v := range violations {
				// What a reference points to is a known fact when its targets are kept.
				if keepItems || !isReference(blurred, v.At) {
					failures = append(failures, Failure{c.Name, 1, fmt.Sprintf(
						"with nothing known (lists kept: %t) the rule still says %q; say what is wrong, not what is not known to be right", keepItems, v.Message)})
				}
			}
		}
	}
	return failures
}

// isReference reports whether a handle is that of a node with targets.
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
