package peers

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"
)

// trivy reads the good and bad examples beside the checks.
func trivy(files fs.FS) ([]Case, error) {
	var cases []Case
	id := regexp.MustCompile(`(?m)^#\s+id: (AWS-\d+)$`)
	examples := regexp.MustCompile(`(?m)^#\s+examples: "?([^\s"]+)"?$`)
	err := visit(files, "checks/cloud/aws", regexp.MustCompile(`\.rego$`), func(_, content string) error {
		check, file := id.FindStringSubmatch(content), examples.FindStringSubmatch(content)
		if check == nil || file == nil {
			return nil
		}
		data, err := fs.ReadFile(files, file[1])
		if err != nil {
			return err
		}
		var formats map[string]struct{ Good, Bad []string }
		if err := yaml.Unmarshal(data, &formats); err != nil {
			return fmt.Errorf("%s: %w", file[1], err)
		}
		for _, format := range slices.Sorted(maps.Keys(formats)) {
			name := map[string]string{"terraform": "main.tf", "cloudformation": "template.yaml"}[format]
			if name == "" {
				continue
			}
			for verdict, templates := range map[string][]string{"good": formats[format].Good, "bad": formats[format].Bad} {
				for i, template := range templates {
					cases = append(cases, Case{
						Check: check[1], Fixture: fmt.Sprintf("%s#%s-%s-%d", file[1], format, verdict, i+1), Says: says(verdict == "bad"), Files: text(name, template),
					})
				}
			}
		}
		return nil
	})
	return cases, err
}

// guard reads the unit tests of the rules registry, each of which contains a template and the expected status.
func guard(files fs.FS) ([]Case, error) {
	var cases []Case
	err := visit(files, "rules/aws", regexp.MustCompile(`/tests/\w+\.ya?ml$`), func(file, content string) error {
		var tests []struct {
			Input        yaml.Node
			Expectations struct{ Rules map[string]string }
		}
		if err := yaml.Unmarshal([]byte(content), &tests); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for i, test := range tests {
			template, err := yaml.Marshal(&test.Input)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			for rule, status := range test.Expectations.Rules {
				if status == "PASS" || status == "FAIL" { // SKIP: the template has nothing to check
					cases = append(cases, Case{
						Check: rule, Fixture: fmt.Sprintf("%s#%d", file, i+1), Says: says(status == "FAIL"), Files: text("template.yaml", string(template)),
					})
				}
			}
		}
		return nil
	})
	return cases, err
}

// semgrep reads the comments before the first line of a match in the files beside the rules.
func semgrep(files fs.FS) ([]Case, error) {
	var cases []Case
	marker := regexp.MustCompile(`(?m)^\s*# ?ruleid: ([\w-]+)`)
	named := regexp.MustCompile(`(?m)^resource "(\w+)" "([\w-]+)"`)
	err := visit(files, "terraform/aws", regexp.MustCompile(`\.tf$`), func(file, content string) error {
		check := regexp.MustCompile(`\.tf$`).ReplaceAllString(path.Base(file), "")
		fixture, err := one(files, file)
		// A comment belongs to the resource after it when it is outside of a block, and to the one around it otherwise.
		moved := regexp.MustCompile(`(?m)^((?:# ?ruleid: .*\n)+)(resource .*\n)`).ReplaceAllString(content, "$2$1")
		for _, block := range blocksOf(moved, `resource "`) {
			resource := named.FindStringSubmatch(block)
			if resource == nil {
				continue
			}
			flagged := marker.FindStringSubmatch(block)
			cases = append(cases, Case{
				Check: check, Fixture: file, Resource: resource[1] + "." + resource[2], Says: says(flagged != nil && flagged[1] == check), Files: fixture,
			})
		}
		return err
	})
	return cases, err
}
