package peers

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"lintel/internal/finding"
	"lintel/internal/generate"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// SAM is the repository of the translator that turns SAM templates into CloudFormation.
const SAM = "aws/serverless-application-model"

// subject is a rule and the resource that it is about.
type subject struct{ rule, resource string }

// CompareSAM checks the templates in the tests of SAM's translator and their translations. A case is a rule that has
// a verdict other than passing on a resource of one of the two.
func CompareSAM(ctx context.Context, set *policy.Set, today time.Time, checkout fs.FS) (generate.PeerFixtures, error) {
	result := generate.PeerFixtures{Tool: "SAM translator", Repository: SAM}
	settings := workspace.Settings{Rules: set, Bare: true, Today: today}
	inputs, err := fs.Glob(checkout, "tests/translator/input/*.y*ml")
	if err != nil {
		return result, err
	}
	rules := map[string]bool{}
	for _, name := range inputs {
		output := "tests/translator/output/" + strings.TrimSuffix(path.Base(name), path.Ext(name)) + ".json"
		translated, err := fs.ReadFile(checkout, output)
		if err != nil || !strings.Contains(string(translated), `"Resources"`) {
			continue // the translator rejects the template
		}
		written, err := fs.ReadFile(checkout, name)
		if err != nil {
			return result, err
		}
		before, err := verdictsOf(ctx, settings, text("template.yaml", withTransform(string(written))))
		if err != nil {
			return result, fmt.Errorf("%s: %w", name, err)
		}
		after, err := verdictsOf(ctx, settings, text("template.json", string(translated)))
		if err != nil {
			return result, fmt.Errorf("%s: %w", output, err)
		}
		result.Pairs++
		for _, d := range differences(before, after) {
			rules[d.Check] = true
			if d.Says == d.Lintel {
				result.Agree++
				continue
			}
			d.Fixture = name
			result.Disagreements = append(result.Disagreements, d)
		}
	}
	result.Checks = len(rules)
	return result, nil
}

// transform matches the declaration of a transform.
var transform = regexp.MustCompile(`(?m)^["']?Transform["']?\s*:`)

// documentStart matches directives, comments and the marker before the first document of a YAML file.
var documentStart = regexp.MustCompile(`\A(?:[ \t]*(?:[%#].*)?\n)*---[ \t]*\n`)

// withTransform adds the transform to a template without it. The translator does not ask for it, and lintel takes such a template for a
// part of another one, whose Globals it cannot see.
func withTransform(template string) string {
	if transform.MatchString(template) {
		return template
	}
	head := documentStart.FindString(template)
	return head + "Transform: AWS::Serverless-2016-10-31\n" + template[len(head):]
}

// differences returns the verdicts about a template and its translation side by side, also where they agree.
func differences(before, after map[subject]generate.Verdict) []generate.Disagreement {
	all := map[subject]bool{}
	for s := range before {
		all[s] = true
	}
	for s := range after {
		all[s] = true
	}
	var list []generate.Disagreement
	for s := range all {
		list = append(list, generate.Disagreement{
			Check: s.rule, Resource: s.resource, Says: cmp.Or(after[s], generate.Passes), Lintel: cmp.Or(before[s], generate.Passes), Rules: []string{s.rule},
		})
	}
	slices.SortFunc(list, func(a, b generate.Disagreement) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.Resource, b.Resource))
	})
	return list
}

// generatedHash matches the hash in the logical IDs that SAM generates.
var generatedHash = regexp.MustCompile(`[0-9a-f]{10}`)

// verdictsOf returns the verdicts of all rules on a template that are not that it passes.
func verdictsOf(ctx context.Context, settings workspace.Settings, template fs.FS) (map[subject]generate.Verdict, error) {
	report, err := workspace.Run(ctx, template, settings, []string{"."}, workspace.Overrides{Profile: finding.All})
	verdicts := map[subject]generate.Verdict{}
	for _, u := range report.Undecided {
		for _, rule := range u.Rules {
			verdicts[subject{rule, generatedHash.ReplaceAllString(u.Resource, "")}] = generate.Undetermined
		}
	}
	for _, f := range report.Findings {
		for _, name := range f.Names() {
			verdicts[subject{f.Rule, generatedHash.ReplaceAllString(name, "")}] = generate.Flags
		}
	}
	return verdicts, err
}
