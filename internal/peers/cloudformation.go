package peers

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"lintel/internal/generate"
)

// cfnNag reads the specifications of rules: the template and the logical IDs that the rule returns for it.
func cfnNag(files fs.FS) ([]Case, error) {
	ids := map[string]string{}
	id := regexp.MustCompile(`def rule_id\s+'([FW]\d+)'`)
	err := visit(files, "lib/cfn-nag/custom_rules", regexp.MustCompile(`\.rb$`), func(file, content string) error {
		if m := id.FindStringSubmatch(content); m != nil {
			ids[strings.TrimSuffix(path.Base(file), ".rb")] = m[1]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var cases []Case
	described := regexp.MustCompile(`(?m)^describe (\w+)`)
	template := regexp.MustCompile(`read_test_template\(?\s*['"]([\w/.-]+\.(?:json|ya?ml))['"]`)
	expected := regexp.MustCompile(`(?s)(?:expected_\w+ =|eq|match_array)[ (]*(?:%w)?\[(.*?)\]`)
	err = visit(files, "spec/custom_rules", regexp.MustCompile(`_spec\.rb$`), func(_, content string) error {
		rule := described.FindStringSubmatch(content)
		if rule == nil {
			found, err := cfnNagSecrets(files, ids, content)
			cases = append(cases, found...)
			return err
		}
		if ids[rule[1]] == "" {
			return nil
		}
		for _, test := range blocksOf(content, `it ['"]`) {
			name, list := template.FindStringSubmatch(test), expected.FindStringSubmatch(test)
			if name == nil || list == nil {
				continue
			}
			found, err := cfnNagCases(files, ids[rule[1]], "spec/test_templates/"+name[1], strings.Fields(strings.NewReplacer("'", "", `"`, "", ",", " ").Replace(list[1])))
			if err != nil {
				return err
			}
			cases = append(cases, found...)
		}
		return nil
	})
	return cases, err
}

func cfnNagCases(files fs.FS, id, file string, flagged []string) ([]Case, error) {
	fixture, err := one(files, file)
	if err != nil {
		return nil, err
	}
	if len(flagged) == 0 {
		return []Case{{Check: id, Fixture: file, Says: generate.Passes, Files: fixture}}, nil
	}
	cases := make([]Case, len(flagged))
	for i, resource := range flagged {
		cases[i] = Case{Check: id, Fixture: file, Resource: resource, Says: generate.Flags, Files: fixture}
	}
	return cases, nil
}

// cfnNagSecrets returns the cases of a specification of a property that is a secret. The names of its templates end in
// the form of the value.
func cfnNagSecrets(files fs.FS, ids map[string]string, content string) ([]Case, error) {
	kind := regexp.MustCompile(`(?m)^resource_type = 'AWS::(\w+)::(\w+)'`).FindStringSubmatch(content)
	property := regexp.MustCompile(`(?m)^password_property = '(\w+)'`).FindStringSubmatch(content)
	if kind == nil || property == nil || ids[kind[1]+kind[2]+property[1]+"Rule"] == "" {
		return nil, nil
	}
	prefix := strings.ToLower(kind[1] + "_" + kind[2])
	words := strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(property[1], "${1}_$2"))
	fails := regexp.MustCompile(`_(parameter_with_noecho_and_default_value|as_a_literal_in_plaintext|from_systems_manager)\.yaml$`)
	names, err := fs.Glob(files, fmt.Sprintf("spec/test_templates/yaml/%[1]s/%[1]s_%[2]s_*.yaml", prefix, words))
	var cases []Case
	for _, name := range names {
		fixture, err := one(files, name)
		if err != nil {
			return nil, err
		}
		cases = append(cases, Case{Check: ids[kind[1]+kind[2]+property[1]+"Rule"], Fixture: name, Says: says(fails.MatchString(name)), Files: fixture})
	}
	return cases, err
}

// cfnLint reads the templates that unit tests of rules name. Templates in the Python code of tests are parts of
// templates, which lintel does not read.
func cfnLint(files fs.FS) ([]Case, error) {
	ids := map[string]string{}
	id := regexp.MustCompile(`(?m)^    id = "([EWI]\d{4})"`)
	err := visit(files, "src/cfnlint/rules", regexp.MustCompile(`\.py$`), func(file, content string) error {
		if m := id.FindStringSubmatch(content); m != nil {
			ids[strings.TrimSuffix(path.Base(file), ".py")] = m[1]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var cases []Case
	imported := regexp.MustCompile(`from cfnlint\.rules\.\S+ import\s+\(?\s*(\w+)`)
	named := regexp.MustCompile(`test/fixtures/templates/(good|bad)/[\w/.-]+\.(?:ya?ml|json)`)
	err = visit(files, "test/unit/rules", regexp.MustCompile(`/test_\w+\.py$`), func(_, content string) error {
		rule := imported.FindStringSubmatch(content)
		if rule == nil || ids[rule[1]] == "" {
			return nil
		}
		for _, m := range named.FindAllStringSubmatch(content, -1) {
			fixture, err := one(files, m[0])
			if errors.Is(err, fs.ErrNotExist) { // the test is of a rule that creates its templates
				continue
			}
			if err != nil {
				return err
			}
			cases = append(cases, Case{Check: ids[rule[1]], Fixture: m[0], Says: says(m[1] == "bad"), Files: fixture})
		}
		return nil
	})
	return cases, err
}

// serverlessRules reads the templates of its rules for cfn-lint, which have the rule and the verdict in their name, and
// the tests of its rules for tflint.
func serverlessRules(files fs.FS) ([]Case, error) {
	var cases []Case
	name := regexp.MustCompile(`/([ew]s\d{4})\S*\.(pass|fail)\.ya?ml$`)
	err := visit(files, "cfn-lint-serverless/tests/templates", name, func(file, content string) error {
		m := name.FindStringSubmatch(file)
		cases = append(cases, Case{Check: strings.ToUpper(m[1]), Fixture: file, Says: says(m[2] == "fail"), Files: text(path.Base(file), content)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	more, err := tflintTests(files, "tflint-ruleset-aws-serverless/rules")
	return append(cases, more...), err
}

// tflintTests returns the cases of tables of Go tests: a configuration and the expected issues.
func tflintTests(files fs.FS, root string) ([]Case, error) {
	var cases []Case
	content := regexp.MustCompile("(?s)Content:\\s*`(.*?)`")
	id := regexp.MustCompile(`func \(r \*\w+\) Name\(\) string \{\s*return "(\w+)"`)
	err := visit(files, root, regexp.MustCompile(`_test\.go$`), func(file, code string) error {
		rule, err := fs.ReadFile(files, strings.TrimSuffix(file, "_test.go")+".go")
		check := id.FindSubmatch(rule)
		if err != nil || check == nil {
			return nil //nolint:nilerr // a test of something else
		}
		for i, test := range blocksOf(code, `Name: `) {
			if m := content.FindStringSubmatch(test); m != nil {
				cases = append(cases, Case{
					Check: string(check[1]), Fixture: fmt.Sprintf("%s#%d", file, i+1), Says: says(strings.Contains(test, "Message:")), Files: text("main.tf", m[1]),
				})
			}
		}
		return nil
	})
	return cases, err
}
