package ruletest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// policyText is the template of a policy, which compiles and whose tests pass.
const policyText = `# METADATA
# title: TODO the violation, as a sentence without a full stop
# description: |
#   TODO why it matters, in one sentence. More may follow.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
#     description: TODO the title of a page that documents it
# schemas:
#   - input: schema.stack
# custom:
#   id: %s
#   severity: low
#   category: own
#   profile: default
#   practices: []
#   since: v0.1.0
#   cwe: []
#   peers: []
#   remediation: |
#     TODO how to fix it, in one sentence. More may follow.
package rules.%s

deny contains {"at": fn.timeout.at, "message": $"{fn.id} TODO may run for {fn.timeout.value} seconds"} if {
	some fn in input.functions
	fn.timeout.value > 600
}
`

const unitTest = `package rules.%[1]s_test

import data.rules.%[1]s as rule

test_finds_a_long_timeout if {
	some finding in rule.deny with input as {"functions": [{"id": "api", "at": 1, "timeout": {"at": 2, "value": 601}}]}
	finding.at == 2
}

test_passes_a_short_timeout if {
	count(rule.deny) == 0 with input as {"functions": [{"id": "api", "at": 1, "timeout": {"at": 2, "value": 600}}]}
}
`

// scaffold contains the templates of a new rule, by file name.
var scaffold = map[string]string{ //nolint:gochecknoglobals // a table
	"bad.tf": `resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = aws_iam_role.api.arn
  timeout       = 900 # want "may run for 900 seconds"
  handler       = "api.handler"
  runtime       = "python3.13"
  filename      = "api.zip"
}
`,
	"ok.tf": `resource "aws_lambda_function" "quick" {
  function_name = "quick"
  role          = aws_iam_role.quick.arn
  timeout       = 30
  handler       = "quick.handler"
  runtime       = "python3.13"
  filename      = "quick.zip"
}
`,
	"bad.yaml": `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: code
        S3Key: api.zip
      Handler: api.handler
      Role: arn:aws:iam::123456789012:role/api
      Runtime: python3.13
      Timeout: 900 # want "may run for 900 seconds"
`,
	"ok.yaml": `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: code
        S3Key: api.zip
      Handler: api.handler
      Role: arn:aws:iam::123456789012:role/api
      Runtime: python3.13
      Timeout: 30
`,
	"bad.sam.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: api.handler
      Runtime: python3.13
      Timeout: 900 # want "may run for 900 seconds"
`,
	"ok.sam.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: api.handler
      Runtime: python3.13
      Timeout: 30
`,
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// New writes a new rule below the directory rules, which it creates if necessary, and returns the directory of the
// rule. It does not overwrite files.
func New(rules, id string) (string, error) {
	if !idForm.MatchString(id) {
		return "", fmt.Errorf("%q is not a rule id; use lower-case words with hyphens, such as acme-owner-tag", id)
	}
	name := strings.ReplaceAll(id, "-", "_")
	folder := filepath.Join(rules, name)
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s already exists; choose another id or delete the directory", folder)
	}
	files := map[string]string{
		policyFile:         fmt.Sprintf(policyText, id, name),
		"policy_test.rego": fmt.Sprintf(unitTest, name),
	}
	for file, text := range scaffold { // any order: it fills a map
		files[filepath.Join(testdata, file)] = text
	}
	return folder, create(rules, folder, files)
}

// create creates a directory with files in the directory rules: completely, or not at all. Names that start with a dot are
// no rules.
func create(rules, folder string, files map[string]string) error {
	if err := os.MkdirAll(rules, searchable); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(rules, ".lintel-*")
	if err != nil {
		return err
	}
	err = errors.Join(os.Chmod(temporary, searchable), os.Mkdir(filepath.Join(temporary, testdata), searchable))
	for _, file := range slices.Sorted(maps.Keys(files)) {
		text := files[file]
		err = errors.Join(err, os.WriteFile(filepath.Join(temporary, file), []byte(text), readable)) //nolint:gosec // sources of a repository
	}
	if err == nil {
		err = os.Rename(temporary, folder)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(temporary))
	}
	return nil
}

// Modes of the created directories and files, which everyone may read.
const (
	searchable = 0o755
	readable   = 0o644
)
