package source_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lintel/internal/source"
)

func TestSyntaxOf(t *testing.T) {
	for name, want := range map[string]source.Syntax{
		"main.tf":                          source.HCL,
		"a/b.tofu":                         source.HCL,
		"main.tf.json":                     source.HCLJSON,
		"main.tofu.json":                   source.HCLJSON,
		"terraform.tfvars":                 source.HCLValues,
		"x.auto.tfvars":                    source.HCLValues,
		"x.auto.tfvars.json":               source.HCLValuesJSON,
		"template.yaml":                    source.YAML,
		"a.tf/template.yml":                source.YAML,
		"cdk.out/S.template.json":          source.JSON,
		"stack.template":                   source.GenericTemplate,
		"tf":                               source.OtherSyntax,
		"main.tf.bak":                      source.OtherSyntax,
		"template.YAML":                    source.YAML,        // the AWS CLI reads any name
		"main.TF":                          source.OtherSyntax, // Terraform reads lower-case names only
		"stack.cfn":                        source.GenericTemplate,
		"stack.txt":                        source.Text,
		"stack.yaml.txt":                   source.Text,
		"stack.yaml.j2":                    source.OtherSyntax, // nothing deploys it as it is
		"Dockerfile":                       source.OtherSyntax,
		"a.yaml/no-ending-in-a-yaml-named": source.OtherSyntax,
	} {
		if got := source.SyntaxOf(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestSyntaxIs(t *testing.T) {
	type is struct{ module, values, native, json, template, comments bool }
	for name, want := range map[string]is{
		"main.tf":       {module: true, native: true, comments: true},
		"main.tf.json":  {module: true, json: true, template: true},
		"x.tfvars":      {values: true, native: true, comments: true},
		"x.tfvars.json": {values: true, json: true, template: true},
		"x.yaml":        {template: true, comments: true},
		"x.json":        {json: true, template: true, comments: true},
		"x.template":    {template: true, comments: true},
		"x.py":          {},
	} {
		s := source.SyntaxOf(name)
		if got := (is{s.IsModule(), s.IsValues(), s.IsNativeHCL(), s.IsJSON(), s.MayBeTemplate(), s.HasComments()}); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func TestNamesOfTerraform(t *testing.T) {
	for name, want := range map[string]string{
		"main.tf": "main.tofu", "main.tf.json": "main.tofu.json", "main.tofu": "", "main.json": "", "x.tfvars": "",
	} {
		if got, ok := source.OpenTofuTwin(name); got != want || ok != (want != "") {
			t.Errorf("twin of %s: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]bool{
		"a.auto.tfvars": true, "a.auto.tfvars.json": true, "terraform.tfvars": false, "prod.tfvars": false,
	} {
		if got := source.IsAutoValues(name); got != want {
			t.Errorf("%s is read without being told to: %v", name, got)
		}
	}
	for name, want := range map[string]bool{
		"app.py": true, "app.jsx": true, "app.tsx": true, "app.mts": true, "app.cts": true, "app.mjs": true, "app.cjs": true, "policy.json.tftpl": true,
		"src/Dockerfile": true, "Dockerfile.orders": true, "app.txt": false,
	} {
		if got := source.IsCode(name); got != want {
			t.Errorf("%s is code: %v", name, got)
		}
	}
}

func TestStartsAsJSON(t *testing.T) {
	for text, want := range map[string]bool{
		"{}": true, " \r\n\t{": true, "\ufeff{": true, "\ufeff\n{": true,
		"": false, "[": false, "Resources: {}": false, "# {\n{": false, "---\n{": false,
	} {
		if got := source.StartsAsJSON([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestOnePlace checks that no other package decides by the file extensions of this package, which could lead to
// contradicting decisions.
func TestOnePlace(t *testing.T) {
	endings := []string{
		".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json", ".auto.tfvars", ".auto.tfvars.json",
		".yaml", ".yml", ".json", ".template", ".cfn", ".cform", ".jsonc", ".json5", ".txt", "terraform.tfvars", "terraform.tfvars.json",
	}
	elsewhere := map[string]string{ // file and literal, with the reason
		"internal/policy/custom.go .json":        "data of rules, which is no template",
		"internal/policy/folder.go .json":        "data of rules, which is no template",
		"internal/policy/compiled.go .json":      "data of rules, which is no template",
		"internal/peers/sam.go .json":            "the name of a translation",
		"internal/ruletest/fixes.go .tf":         "the files that the fixtures of a fix are named",
		"internal/ruletest/fixes.go .json":       "the files that the fixtures of a fix are named",
		"parsers/cloudformation/nested.go .json": "the name of an asset of the CDK",
		"parsers/handler/requirements.go .txt":   "a list of Python dependencies",
	}
	used := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(p, root+string(filepath.Separator)))
		switch {
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || name == "internal/source" || name == "internal/rewrite"): // the latter writes files, for tests
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			value, err := strconv.Unquote(literal.Value)
			if err != nil || !slices.Contains(endings, value) {
				return true
			}
			if key := name + " " + value; elsewhere[key] != "" {
				used[key] = true
			} else {
				t.Errorf("%s decides by the ending %q: use source.SyntaxOf", name, value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range elsewhere {
		if !used[key] {
			t.Errorf("%s is no longer an exception", key)
		}
	}
}
