package source

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Syntax is the language of a file, by its name. Only this package decides by file extensions; a test checks that no
// other package does.
type Syntax uint8

// The syntaxes. The zero Syntax is a file that lintel does not parse.
const (
	OtherSyntax     Syntax = iota
	HCL                    // part of a Terraform or OpenTofu module: .tf, .tofu
	HCLJSON                // the same in JSON: .tf.json, .tofu.json
	HCLValues              // Terraform variables: .tfvars
	HCLValuesJSON          // the same in JSON: .tfvars.json
	YAML                   // .yaml, .yml
	JSON                   // .json
	GenericTemplate        // .template, .cfn: CloudFormation in YAML or JSON
	Text                   // .txt, .tpl and others: CloudFormation in YAML or JSON if the whole text is a template
)

// endings is ordered: the first ending that fits decides.
var endings = []struct { //nolint:gochecknoglobals // a table, never written
	ending string
	syntax Syntax
}{
	{".tf", HCL},
	{".tofu", HCL},
	{".tf.json", HCLJSON},
	{".tofu.json", HCLJSON},
	{".tfvars", HCLValues},
	{".tfvars.json", HCLValuesJSON},
	{".yaml", YAML},
	{".yml", YAML},
	{".json", JSON},
	{".template", GenericTemplate},
	{".cfn", GenericTemplate},
	{".cform", GenericTemplate},
	{".jsonc", Text},
	{".json5", Text},
	{".tpl", Text},
	{".tmpl", Text},
	{".txt", Text},
}

// SyntaxOf returns the syntax of a file with the given name or path. Terraform reads only files with lower-case endings;
// the tools of CloudFormation read any.
func SyntaxOf(name string) Syntax {
	lower := strings.ToLower(path.Base(name))
	for _, e := range endings {
		if strings.HasSuffix(lower, e.ending) && (!e.syntax.isTerraform() || strings.HasSuffix(name, e.ending)) {
			return e.syntax
		}
	}
	return OtherSyntax
}

// isTerraform reports whether Terraform reads files of the syntax by their names.
func (s Syntax) isTerraform() bool { return s.IsModule() || s.IsValues() }

// IsModule reports whether a file declares a part of a Terraform module.
func (s Syntax) IsModule() bool { return s == HCL || s == HCLJSON }

// IsValues reports whether a file sets variables of a Terraform root module.
func (s Syntax) IsValues() bool { return s == HCLValues || s == HCLValuesJSON }

// IsNativeHCL reports whether a file is written in the native syntax of HCL.
func (s Syntax) IsNativeHCL() bool { return s == HCL || s == HCLValues }

// IsJSON reports whether the name of a file implies JSON, which has no comments.
func (s Syntax) IsJSON() bool { return s == HCLJSON || s == HCLValuesJSON || s == JSON }

// MayBeTemplate reports whether a file may be a CloudFormation template or a Terraform plan. Its content
// decides.
func (s Syntax) MayBeTemplate() bool {
	return s.IsJSON() || s == YAML || s == GenericTemplate || s == Text
}

// HasComments reports whether the readers find comments or metadata in a file.
func (s Syntax) HasComments() bool {
	return s.IsNativeHCL() || s.MayBeTemplate() && !s.IsModule() && !s.IsValues()
}

// IsAutoValues reports whether Terraform reads a variable file automatically, apart from the two files with fixed names
// (https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files).
func IsAutoValues(name string) bool {
	return strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json")
}

// ValuesFiles returns the names of the variable files that Terraform reads first, in its order.
func ValuesFiles() []string { return []string{"terraform.tfvars", "terraform.tfvars.json"} }

// OpenTofuTwin returns the name of the file that OpenTofu reads instead of a Terraform file: x.tofu for x.tf. It is
// false for all other files (https://opentofu.org/docs/language/files/#opentofu-specific-configuration-files).
func OpenTofuTwin(name string) (string, bool) {
	stem, json := strings.CutSuffix(name, ".json")
	stem, ok := strings.CutSuffix(stem, ".tf")
	if !ok {
		return "", false
	}
	if json {
		return stem + ".tofu.json", true
	}
	return stem + ".tofu", true
}

// IsOpenTofu reports whether OpenTofu reads a file of a module and Terraform does not.
func IsOpenTofu(name string) bool {
	return SyntaxOf(name).IsModule() && strings.HasSuffix(strings.TrimSuffix(name, ".json"), ".tofu")
}

// Tool is another tool whose files describe deployments. lintel checks the output of these tools, and reports a gap
// where only their own files exist.
type Tool uint8

// The tools. The zero Tool is none.
const (
	NoTool              Tool = iota
	Terragrunt               // terragrunt.hcl: passes values to Terraform modules
	ServerlessFramework      // serverless.yml: generates CloudFormation templates
	CDK                      // cdk.json: the program that generates a cloud assembly
	Submodules               // .gitmodules: directories with other repositories
	SAMCLI                   // samconfig.toml: passes values to parameters of templates
)

// ToolOf returns the tool whose file has a name. The content decides whether it is one.
func ToolOf(name string) Tool {
	switch path.Base(name) {
	case "terragrunt.hcl", "terragrunt.hcl.json", "terragrunt.stack.hcl":
		return Terragrunt
	case "serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js", "serverless.mjs", "serverless.cjs":
		return ServerlessFramework
	case "cdk.json":
		return CDK
	case ".gitmodules":
		return Submodules
	}
	if slices.Contains(SAMConfigs(), path.Base(name)) {
		return SAMCLI
	}
	return NoTool
}

// IsTerragrunt reports by its name whether a file may be a configuration of Terragrunt or a part of one. Files of other tools whose
// names start with a dot are not.
func IsTerragrunt(name string) bool {
	base := path.Base(name)
	return ToolOf(name) == Terragrunt || strings.HasSuffix(base, ".hcl") && !strings.HasPrefix(base, ".")
}

// SAMConfigs returns the names of the configuration file of the SAM CLI
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html).
func SAMConfigs() []string { return []string{"samconfig.toml", "samconfig.yaml", "samconfig.yml"} }

// IsCode reports whether a file may be function code, the Dockerfile of a function or a text that a template reads, by its name.
func IsCode(name string) bool {
	switch path.Ext(name) {
	case ".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".go", ".rb", ".java", ".kt", ".cs", ".fs", ".rs":
		return true
	}
	return IsTextTemplate(name) || strings.Contains(strings.ToLower(path.Base(name)), "dockerfile")
}

// CommentSign returns the characters that start a comment up to the end of a line, by the extension of the file: those of
// JavaScript, or else those of HCL, YAML and Python.
func CommentSign(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".go":
		return "//"
	}
	return "#"
}

// IsTextTemplate reports whether a file may be a text template with placeholders.
func IsTextTemplate(name string) bool {
	switch path.Ext(name) {
	case ".tftpl", ".tpl", ".tmpl", ".graphql", ".vtl":
		return true
	}
	return false
}

// StartsAsJSON reports whether a text is parsed and edited as JSON: its first character, after a byte order mark, white
// space and comments, is a brace. The file name does not count, because CloudFormation and its tools accept both languages
// under any name. JSON is valid in YAML flow style, so the result is safe for a YAML mapping that starts with a brace.
func StartsAsJSON(content []byte) bool {
	for {
		content = bytes.TrimLeft(content, " \t\r\n\ufeff")
		n := commentLength(content)
		if n == 0 {
			return len(content) > 0 && content[0] == '{'
		}
		content = content[n:]
	}
}
