package main

import (
	"fmt"
	"testing/fstest"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/parsers"
	"lintel/policies"
)

// functions returns a template with n functions with roles.
func functions(n int) string {
	return "Transform: AWS::Serverless-2016-10-31\nResources:\n" + repeated(n, `  F{i}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: s3://artifacts/orders.zip
      Environment: {Variables: {TABLE: orders, STAGE: prod}}
      Policies:
        - DynamoDBCrudPolicy: {TableName: orders}
        - Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::orders/*"}]
`)
}

// inTerraform returns a root module with n resources: functions, and the role that they share. A template cannot have as many, and
// with 3,600 a root module exceeds the limit of attributes.
func inTerraform(n int) string {
	return `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
  inline_policy {
    name   = "data"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::orders/*" }] })
  }
}
` + repeated(n-1, `resource "aws_lambda_function" "f{i}" {
  function_name = "f{i}"
  role          = aws_iam_role.r.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "orders.zip"
  environment { variables = { TABLE = "orders", STAGE = "prod" } }
}
`)
}

// oneFunction evaluates all rules on the model of one function. The rules are loaded and were evaluated before.
func oneFunction(m *machine) ([]float64, string, error) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		return nil, "", err
	}
	fsys := fstest.MapFS{"template.yaml": {Data: []byte(functions(1))}}
	found := parsers.Search(fsys, []string{"."})
	if len(found.Units) != 1 {
		return nil, "", fmt.Errorf("found %d units", len(found.Units))
	}
	parsed := parsers.Parse(m.ctx, fsys, found.Units[0], deployment.Options{})
	all := func(finding.Rule) bool { return true }
	facts := model.Facts{Today: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC)}
	var times []float64
	const evaluations = 50
	for i := range m.rounds + 1 {
		start := cpuTime()
		for range evaluations {
			set.Evaluate(m.ctx, parsed.Stack, "template.yaml", facts, all)
		}
		if i > 0 {
			times = append(times, milliseconds(cpuTime()-start)/evaluations)
		}
	}
	return []float64{median(times)}, fmt.Sprintf("%d rules, with the conversion of the model and undecided results", len(set.Rules())), nil
}

// manyFunctions checks one template with 50 functions, and one root module with thousands.
func manyFunctions(m *machine) ([]float64, string, error) {
	dirs := map[int]string{}
	for _, n := range []int{1, 50, 1500, 3000} {
		files := map[string]string{"template.yaml": functions(n)}
		if n > 50 { //nolint:mnd // more than one template may have
			files = map[string]string{"main.tf": inTerraform(n)}
		}
		dir, err := m.write(fmt.Sprintf("functions%d", n), files)
		if err != nil {
			return nil, "", err
		}
		dirs[n] = dir
	}
	check := func(n int) func() (result, error) {
		return func() (result, error) { return m.check(dirs[n]) }
	}
	few, detail, err := ratio(m.rounds, check(50), check(1))
	if err != nil {
		return nil, "", err
	}
	many, more, err := ratio(3, check(3000), check(1500))
	if err != nil {
		return nil, "", err
	}
	return []float64{few[0], many[0]}, detail + "; " + more, nil
}
