package peers

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/generate"
)

// checkov reads the Python tests of checks, which name the resources of an example directory or contain a template,
// and the expectations of graph checks.
func checkov(files fs.FS) ([]Case, error) {
	ids, err := checkovIDs(files)
	if err != nil {
		return nil, err
	}
	var cases []Case
	imported := regexp.MustCompile(`(?m)^from (checkov\.\S+) import check$`)
	for _, format := range []string{"terraform", "cloudformation"} {
		err := visit(files, "tests/"+format+"/checks", regexp.MustCompile(`/aws/test_\w+\.py$`), func(file, content string) error {
			module := imported.FindStringSubmatch(content)
			if module == nil {
				return nil
			}
			if id := ids[strings.ReplaceAll(module[1], ".", "/")]; id != "" {
				cases = append(cases, checkovTest(files, id, file, content)...)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		graph, err := checkovGraph(files, format, ids)
		if err != nil {
			return nil, err
		}
		cases = append(cases, graph...)
	}
	return cases, nil
}

// checkovIDs returns the ids of checks by the path of their module or file, without extension.
func checkovIDs(files fs.FS) (map[string]string, error) {
	ids := map[string]string{}
	id := regexp.MustCompile(`\bid"?\s*[=:]\s*["'](CKV2?_AWS_\d+)["']`)
	err := visit(files, "checkov", regexp.MustCompile(`^checkov/(terraform|cloudformation)/checks/.*\.(py|yaml)$`), func(file, content string) error {
		if m := id.FindStringSubmatch(content); m != nil {
			ids[strings.TrimSuffix(file, path.Ext(file))] = m[1]
		}
		return nil
	})
	return ids, err
}

// checkovTest returns the cases of a Python test.
func checkovTest(files fs.FS, id, file, content string) []Case {
	content = regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAllString(content, "")
	var cases []Case
	inline := regexp.MustCompile(`(?s)hcl2\.loads\(\s*"""(.*?)"""`)
	verdict := regexp.MustCompile(`CheckResult\.(PASSED|FAILED)`)
	name := regexp.MustCompile(`def (test\w*)`)
	for _, test := range blocksOf(content, `def test`) {
		if template, expected := inline.FindStringSubmatch(test), verdict.FindStringSubmatch(test); template != nil && expected != nil {
			cases = append(cases, Case{
				Check: id, Fixture: file + "#" + name.FindStringSubmatch(test)[1], Says: says(expected[1] == "FAILED"), Files: text("main.tf", template[1]),
			})
		}
	}
	example := regexp.MustCompile(`["']/?(?:resources/)?((?:example_|Cloudsplaining_)\w+)["']`).FindStringSubmatch(content)
	if example == nil {
		return cases
	}
	dir := path.Join(path.Dir(file), example[1])
	fixture, err := fs.Sub(files, dir)
	if _, statErr := fs.Stat(files, dir); err != nil || statErr != nil {
		return cases
	}
	named := regexp.MustCompile(`(?s)(passing|failing)_resources = [{\[](.*?)[}\]]`).FindAllStringSubmatch(content, -1)
	for _, list := range named {
		for _, resource := range quoted(list[2]) {
			cases = append(cases, Case{Check: id, Fixture: dir, Resource: bare(resource), Says: says(list[1] == "failing"), Files: fixture})
		}
	}
	if len(named) == 0 {
		cases = append(cases, checkovFiles(files, id, dir)...)
	}
	return cases
}

// checkovFiles returns the cases of a directory whose files have the verdict in their name.
func checkovFiles(files fs.FS, id, dir string) []Case {
	var cases []Case
	entries, _ := fs.ReadDir(files, dir) // empty: no cases
	for _, entry := range entries {
		fails := strings.Contains(strings.ToUpper(entry.Name()), "FAIL")
		if !fails && !strings.Contains(strings.ToUpper(entry.Name()), "PASS") {
			continue
		}
		name := path.Join(dir, entry.Name())
		if fixture, err := one(files, name); err == nil {
			cases = append(cases, Case{Check: id, Fixture: name, Says: says(fails), Files: fixture})
		}
	}
	return cases
}

// checkovGraph returns the cases of checks that are written in YAML.
func checkovGraph(files fs.FS, format string, ids map[string]string) ([]Case, error) {
	byName := map[string]string{}
	for file, id := range ids {
		if strings.HasPrefix(file, "checkov/"+format+"/") {
			byName[path.Base(file)] = id
		}
	}
	var cases []Case
	err := visit(files, "tests/"+format+"/graph/checks/resources", regexp.MustCompile(`/expected\.yaml$`), func(file, content string) error {
		dir := path.Dir(file)
		id := byName[path.Base(dir)]
		var expected struct{ Pass, Fail []string }
		if err := yaml.Unmarshal([]byte(content), &expected); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fixture, err := fs.Sub(files, dir)
		for _, resource := range expected.Pass {
			cases = append(cases, Case{Check: id, Fixture: dir, Resource: bare(resource), Says: generate.Passes, Files: fixture})
		}
		for _, resource := range expected.Fail {
			cases = append(cases, Case{Check: id, Fixture: dir, Resource: bare(resource), Says: generate.Flags, Files: fixture})
		}
		return err
	})
	return cases, err
}

// bare returns the logical ID of a CloudFormation resource, which checkov precedes by its type.
func bare(resource string) string {
	if _, id, found := strings.Cut(resource, "."); found && strings.HasPrefix(resource, "AWS::") {
		return id
	}
	return resource
}
