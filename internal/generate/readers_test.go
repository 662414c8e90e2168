package generate_test

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Reasons why a decoder has no fuzz target.
const (
	ownData   = "own data"  // a table of lintel, or what lintel has written in the same run
	ownTests  = "tests"     // fixtures of lintel or of rules, whose author runs the test
	benchmark = "benchmark" // a program for the maintainers
	rules     = "own rules" // compiled rules of the program
)

// readers are the files of the program that decode text, and the fuzz target of each or the reason why it has none.
var readers = map[string]string{
	"internal/generate/imports.go":            ownData,
	"parsers/cloudformation/toml.go":          "parsers/cloudformation:FuzzSAMConfig",
	"parsers/handler/golang/read.go":          "parsers/handler/golang:FuzzRead",
	"internal/access/limits.go":               "internal/access:FuzzParseLimit",
	"internal/access/tables.go":               ownData,
	"internal/artifact/archive.go":            "internal/artifact:FuzzUnpack",
	"internal/artifact/store.go":              "internal/artifact:FuzzManifest",
	"internal/baseline/baseline.go":           "internal/baseline:FuzzParse",
	"internal/cli/leastpolicy.go":             ownData,
	"internal/cli/parameters.go":              "internal/cli:FuzzParameters",
	"internal/config/config.go":               "internal/config:FuzzParse",
	"internal/config/extends.go":              "internal/config:FuzzParse",
	"internal/finding/fix.go":                 "internal/finding:FuzzParseFix",
	"internal/fix/terraform.go":               "internal/fix:FuzzApply",
	"internal/fix/texts.go":                   "internal/fix:FuzzApply",
	"internal/generate/peers.go":              ownData,
	"internal/lsp/actions.go":                 "internal/lsp:FuzzMessages",
	"internal/lsp/commands.go":                "internal/lsp:FuzzMessages",
	"internal/lsp/configcompletion.go":        ownData,
	"internal/lsp/configuration.go":           "internal/lsp:FuzzMessages",
	"internal/lsp/server.go":                  "internal/lsp:FuzzMessages",
	"internal/lsp/stream.go":                  "internal/lsp:FuzzMessages",
	"internal/mcp/mask.go":                    ownData,
	"internal/peers/checkov.go":               benchmark,
	"internal/peers/compare.go":               benchmark,
	"internal/peers/complete.go":              benchmark,
	"internal/peers/sam.go":                   benchmark,
	"internal/peers/trivy.go":                 benchmark,
	"internal/policy/compiled.go":             rules,
	"internal/policy/data.go":                 "internal/rego:FuzzParseJSON",
	"internal/policy/plan.go":                 rules,
	"internal/rego/input.go":                  "internal/rego:FuzzParseJSON",
	"internal/rewrite/cloudformation.go":      ownTests,
	"internal/rewrite/json.go":                ownTests,
	"internal/rewrite/terraform.go":           ownTests,
	"internal/rewrite/terraform_layout.go":    ownTests,
	"internal/rewrite/terraform_repeat.go":    ownTests,
	"internal/rewrite/terraform_values.go":    ownTests,
	"internal/ruletest/unknown.go":            ownTests,
	"internal/source/yamltext/yamltext.go":    "internal/source/yamltext:FuzzDecode",
	"internal/speed/machine.go":               benchmark,
	"internal/tree/json.go":                   "internal/tree:FuzzDecodeJSON",
	"parsers/cloudformation/cdk.go":           "parsers/cloudformation:FuzzAssembly",
	"parsers/cloudformation/recognise.go":     "parsers/cloudformation:FuzzParse",
	"parsers/cloudformation/sam_connector.go": ownData,
	"parsers/cloudformation/sam_role.go":      ownData,
	"parsers/cloudformation/sam_templates.go": ownData,
	"parsers/cloudformation/shapes.go":        ownData,
	"parsers/gaps.go":                         "parsers:FuzzSearch",
	"parsers/handler/dependencies.go":         "parsers/handler:FuzzManifests",
	"parsers/handler/dockerfile/read.go":      "parsers/handler/dockerfile:FuzzRead",
	"parsers/handler/generate.go":             ownData,
	"parsers/openapi/openapi.go":              "parsers/openapi:FuzzRoutes",
	"parsers/openapi/yaml.go":                 "parsers/openapi:FuzzRoutes",
	"parsers/plan/plan.go":                    "parsers/plan:FuzzParse",
	"parsers/terraform/config.go":             "parsers/terraform:FuzzParse",
	"parsers/terraform/directives.go":         "parsers:FuzzDirectives",
	"parsers/terraform/directives_json.go":    "parsers:FuzzDirectives",
	"parsers/terraform/examples.go":           ownData,
	"parsers/terraform/functions_files.go":    "parsers/terraform:FuzzFiles",
	"parsers/terraform/functions_text.go":     "parsers/terraform:FuzzParse",
	"parsers/terraform/instance.go":           "parsers/terraform:FuzzFiles",
	"parsers/terraform/json.go":               "parsers/terraform:FuzzFiles",
	"parsers/terraform/nesting.go":            "parsers/terraform:FuzzFiles",
	"parsers/terraform/sources.go":            "parsers/terraform:FuzzFiles",
	"parsers/terraform/terragrunt_inputs.go":  "parsers/terraform:FuzzTerragrunt",
	"parsers/terraform/through.go":            "parsers/terraform:FuzzFiles",
}

// decoders are the functions that decode text, by the name of their package.
var decoders = map[string][]string{
	"json":      {"Unmarshal", "NewDecoder"},
	"yaml":      {"Unmarshal", "NewDecoder"},
	"yamltext":  {"Decode", "DecodeAll"},
	"hclsyntax": {"ParseConfig", "ParseExpression", "ParseTemplate", "ParseTraversalAbs"},
	"hclparse":  {"NewParser"},
	"tree":      {"DecodeJSON"},
	"rego":      {"ParseJSON"},
	"xml":       {"Unmarshal", "NewDecoder"},
	"csv":       {"NewReader"},
	"tar":       {"NewReader"},
	"zip":       {"NewReader", "OpenReader"},
	"gzip":      {"NewReader"},
	"base64":    {"NewDecoder"},
}

// parsers are packages that only readers import.
var parsers = []string{"github.com/pelletier/go-toml/v2/unstable", "go/parser"}

// TestReadersAreFuzzed checks that each file that decodes text has a fuzz target, or a reason why only the maintainers write what it
// decodes.
func TestReadersAreFuzzed(t *testing.T) {
	repository := os.DirFS("../..")
	var found []string
	for _, root := range []string{"internal", "parsers", "cmd"} {
		err := fs.WalkDir(repository, root, func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || strings.Contains(p, "/testdata/") {
				return err
			}
			text, err := fs.ReadFile(repository, p)
			if err != nil {
				return err
			}
			file, err := goparser.ParseFile(token.NewFileSet(), p, text, goparser.SkipObjectResolution)
			if err == nil && decodes(file) {
				found = append(found, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	listed := slices.Sorted(maps.Keys(readers))
	slices.Sort(found)
	if diff := cmp.Diff(found, listed); diff != "" {
		t.Errorf("readers (-files that decode text +list):\n%s", diff)
	}
	makefile, err := fs.ReadFile(repository, "Makefile")
	if err != nil {
		t.Fatal(err)
	}
	targets := strings.Fields(string(makefile))
	for _, name := range listed {
		if target := readers[name]; strings.Contains(target, ":") && !slices.Contains(targets, target) {
			t.Errorf("%s: the Makefile has no target %s", name, target)
		}
	}
}

// decodes reports whether a file calls a decoder.
func decodes(file *ast.File) bool {
	is := slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return slices.Contains(parsers, strings.Trim(i.Path.Value, `"`)) })
	ast.Inspect(file, func(n ast.Node) bool {
		call, isCall := n.(*ast.CallExpr)
		if !isCall {
			return !is
		}
		if selector, isSelector := call.Fun.(*ast.SelectorExpr); isSelector {
			if name, isName := selector.X.(*ast.Ident); isName {
				is = is || slices.Contains(decoders[name.Name], selector.Sel.Name)
			}
		}
		return !is
	})
	return is
}
