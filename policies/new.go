//go:build ignore

// New scaffolds a rule: make rule NAME=my-new-rule. It writes a folder with a policy that
// compiles and templates to fill in; nothing else has to be touched.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const policy = `# METADATA
# title: TODO what is wrong, as a sentence without a full stop
# description: |
#   TODO why it matters, in one sentence. More may follow.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
#     description: TODO the page that says so
# schemas:
#   - input: schema.stack
# custom:
#   id: %s
#   severity: low
#   category: TODO
#   profile: strict
#   since: v0.1.0
#   cwe: []
#   peers: []
#   remediation: |
#     TODO how to fix it, in one sentence. More may follow.
package rules.%s

deny contains {"at": fn.runtime.at, "message": $"{fn.id} TODO says what is the case"} if {
	some fn in input.functions
	fn.runtime.value == "TODO"
}
`

var files = map[string]string{
	"bad.tf": `resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = aws_iam_role.api.arn
  runtime       = "TODO" # want "TODO says what is the case"
}
`,
	"ok.tf": `resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = aws_iam_role.api.arn
  runtime       = "python3.13"
}
`,
	"bad.yaml": `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: TODO # want "TODO says what is the case"
`,
	"ok.yaml": `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
`,
	"bad.sam.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: TODO # want "TODO says what is the case"
`,
	"ok.sam.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
`,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "new rule:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || !regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`).MatchString(args[0]) {
		return fmt.Errorf("give one name of lower-case words, like make rule NAME=tracing-disabled")
	}
	id := args[0]
	name := strings.ReplaceAll(id, "-", "_")
	folder := filepath.Join("policies", "rules", name)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(folder, "testdata"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "policy.rego"), fmt.Appendf(nil, policy, id, name), 0o644); err != nil {
		return err
	}
	for file, text := range files {
		if err := os.WriteFile(filepath.Join(folder, "testdata", file), []byte(text), 0o644); err != nil {
			return err
		}
	}
	fmt.Println("Wrote " + folder + ". Fill in what says TODO, then: go generate ./policies && go test ./policies")
	return nil
}
