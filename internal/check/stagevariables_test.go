package check_test

import "testing"

// staged is an API whose integration invokes the function in a stage variable.
func staged(variables string) string {
	return `
data "aws_region" "current" {}
resource "aws_lambda_function" "allowed" {
  function_name = "allowed"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_lambda_permission" "p" {
  function_name = aws_lambda_function.allowed.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.a.execution_arn}/*"
}
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
  body = templatefile("api.yaml", { region = data.aws_region.current.name })
}
` + variables
}

const stagedDefinition = `openapi: "3.0.1"
paths:
  /orders:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:111122223333:function:$${stageVariables.fn}/invocations
`

// stage is a stage of an API with a variable for a function.
func stage(api, name, function string) string {
	return `
resource "aws_api_gateway_stage" "` + name + `" {
  rest_api_id   = aws_api_gateway_rest_api.` + api + `.id
  deployment_id = "d"
  stage_name    = "` + name + `"
  variables     = { fn = ` + function + ` }
}
`
}

// stagedTemplate is staged in a template.
const stagedTemplate = `
Resources:
  Other: {Type: AWS::Lambda::Function, Properties: {Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}}
  A: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}
  S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref A, DeploymentId: d, StageName: prod, Variables: {fn: !Ref Other}}}
  M:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref A
      ResourceId: !GetAtt A.RootResourceId
      HttpMethod: GET
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${!stageVariables.fn}/invocations"
`

// TestStageVariables checks that a stage variable in the URI of an integration leads to the function that it names.
func TestStageVariables(t *testing.T) {
	const rule = "api-integration-permission-missing"
	files := map[string]string{"api.yaml": stagedDefinition}
	const other = "\nresource \"aws_api_gateway_rest_api\" \"b\" {\n  name = \"b\"\n}\n"
	testDecided(t, map[string]decidedCase{
		"a function with a permission":    {text: staged(stage("a", "dev", "aws_lambda_function.allowed.function_name")), rule: rule, files: files},
		"a function without a permission": {text: staged(stage("a", "dev", "aws_lambda_function.other.function_name")), rule: rule, files: files, found: 1},
		"by its name":                     {text: staged(stage("a", "dev", `"other"`)), rule: rule, files: files, found: 1},
		"in two stages":                   {text: staged(stage("a", "dev", `"other"`) + stage("a", "prod", `"allowed"`)), rule: rule, files: files, found: 1},
		"an unknown function":             {text: staged("variable \"x\" {}\n" + stage("a", "dev", "var.x")), rule: rule, files: files, undetermined: 1},
		"in stages of two APIs":           {text: staged(other + stage("a", "dev", `"other"`) + stage("b", "prod", `"allowed"`)), rule: rule, files: files, undetermined: 1},
		"a variable that names itself":    {text: staged(stage("a", "dev", `"arn:aws:lambda:eu-west-1:111122223333:function:$${stageVariables.fn}"`)), rule: rule, files: files, undetermined: 1},
		"in a template":                   {text: stagedTemplate, rule: rule, template: true, found: 1},
	})
}
