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

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/generate"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// SAM is the repository of the translator that turns SAM templates into CloudFormation.
const SAM = "aws/serverless-application-model"

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
		after, err := verdictsOf(ctx, settings, text("template.yaml", string(withoutAdditions(translated))))
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

// withoutAdditions removes what the translator adds to every template and its author cannot set: the tag of functions and
// the stage named Stage of REST APIs
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html, OpenApiVersion).
func withoutAdditions(template []byte) []byte {
	var document yaml.Node
	if yaml.Unmarshal(template, &document) != nil || len(document.Content) != 1 {
		return template // lintel reports why it is invalid
	}
	resources := valueOf(document.Content[0], "Resources")
	for i := 1; resources != nil && i < len(resources.Content); i += 2 {
		properties := valueOf(resources.Content[i], "Properties")
		if tags := valueOf(properties, "Tags"); tags != nil && tags.Kind == yaml.SequenceNode {
			tags.Content = slices.DeleteFunc(tags.Content, func(tag *yaml.Node) bool { return isText(valueOf(tag, "Key"), "lambda:createdBy") })
			if len(tags.Content) == 0 {
				remove(properties, "Tags")
			}
		}
		if isText(valueOf(resources.Content[i], "Type"), "AWS::ApiGateway::Deployment") && isText(valueOf(properties, "StageName"), "Stage") {
			remove(properties, "StageName")
		}
	}
	out, err := yaml.Marshal(&document)
	if err != nil {
		return template
	}
	return out
}

func isText(node *yaml.Node, text string) bool { return node != nil && node.Value == text }

// remove removes a key of a mapping.
func remove(mapping *yaml.Node, key string) {
	i := slices.IndexFunc(mapping.Content, func(n *yaml.Node) bool { return n.Value == key })
	mapping.Content = slices.Delete(mapping.Content, i, i+2) //nolint:mnd // the key and its value
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
var generatedHash = regexp.MustCompile(`[0-9a-f]{10}([^0-9a-f]|$)`)

// verdictsOf returns the verdicts of all rules on a template that are not that it passes.
func verdictsOf(ctx context.Context, settings workspace.Settings, template fs.FS) (map[subject]generate.Verdict, error) {
	subjects, err := subjectsOf(ctx, template)
	if err != nil {
		return nil, err
	}
	report, err := workspace.Run(ctx, template, settings, []string{"."}, workspace.Overrides{Profile: finding.All})
	verdicts := map[subject]generate.Verdict{}
	for _, u := range report.Undecided {
		for _, rule := range u.Rules {
			verdicts[subjects.of(rule, u.Resource)] = generate.Undetermined
		}
	}
	for _, f := range report.Findings {
		for _, name := range f.Names() {
			verdicts[subjects.of(f.Rule, name)] = generate.Flags
		}
	}
	return verdicts, err
}
