package cli_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/rewrite"
	"lintel/parsers/terraform"
)

// callers has, for each service that invokes functions, the resource that makes it do so. FUNCTION stands for the ARN of the
// function. Terraform has no resource of Lex V2 with a code hook in an alias. S3 Batch Operations are in none
// of them: a job is created at run time.
var callers = []struct{ service, terraform, cloudFormation string }{
	{
		"elasticloadbalancing", `resource "aws_lb_target_group_attachment" "caller" {
  target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1"
  target_id        = FUNCTION
}`, `Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {TargetType: lambda, Targets: [{Id: FUNCTION}]}`,
	},
	{
		"edgelambda", `resource "aws_cloudfront_distribution" "caller" {
  enabled = true
  default_cache_behavior {
    target_origin_id = "a"
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = FUNCTION
    }
  }
}`, `Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only, LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: FUNCTION}]}}}`,
	},
	{
		"cognito-idp", `resource "aws_cognito_user_pool" "caller" {
  name = "a"
  lambda_config {
    pre_sign_up = FUNCTION
  }
}`, `Type: AWS::Cognito::UserPool
    Properties: {LambdaConfig: {PreSignUp: FUNCTION}}`,
	},
	{
		"appsync", `resource "aws_appsync_datasource" "caller" {
  api_id = "a"
  name   = "a"
  type   = "AWS_LAMBDA"
  lambda_config {
    function_arn = FUNCTION
  }
}`, `Type: AWS::AppSync::DataSource
    Properties: {ApiId: a, Name: a, Type: AWS_LAMBDA, LambdaConfig: {LambdaFunctionArn: FUNCTION}}`,
	},
	{
		"states", `resource "aws_sfn_state_machine" "caller" {
  name       = "a"
  role_arn   = "arn:aws:iam::111122223333:role/a"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = FUNCTION, End = true } } })
}`, `Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: "arn:aws:iam::111122223333:role/a", Definition: {StartAt: A, States: {A: {Type: Task, Resource: FUNCTION, End: true}}}}`,
	},
	{
		"pipes", `resource "aws_pipes_pipe" "caller" {
  role_arn = "arn:aws:iam::111122223333:role/a"
  source   = "arn:aws:sqs:eu-west-1:111122223333:a"
  target   = FUNCTION
}`, `Type: AWS::Pipes::Pipe
    Properties: {RoleArn: "arn:aws:iam::111122223333:role/a", Source: "arn:aws:sqs:eu-west-1:111122223333:a", Target: FUNCTION}`,
	},
	{
		"scheduler", `resource "aws_scheduler_schedule" "caller" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = FUNCTION
    role_arn = "arn:aws:iam::111122223333:role/a"
  }
}`, `Type: AWS::Scheduler::Schedule
    Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: FUNCTION, RoleArn: "arn:aws:iam::111122223333:role/a"}}`,
	},
	{
		"events", `resource "aws_cloudwatch_event_target" "caller" {
  rule = "a"
  arn  = FUNCTION
}`, `Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: FUNCTION}]}`,
	},
	{
		"vpc-lattice", `resource "aws_vpclattice_target_group_attachment" "caller" {
  target_group_identifier = "tg-0a1b2c3d4e5f60718"
  target {
    id = FUNCTION
  }
}`, `Type: AWS::VpcLattice::TargetGroup
    Properties: {Type: LAMBDA, Targets: [{Id: FUNCTION}]}`,
	},
	{
		"ses", `resource "aws_ses_receipt_rule" "caller" {
  name          = "a"
  rule_set_name = "a"
  lambda_action {
    function_arn = FUNCTION
    position     = 1
  }
}`, `Type: AWS::SES::ReceiptRule
    Properties: {RuleSetName: a, Rule: {Actions: [{LambdaAction: {FunctionArn: FUNCTION}}]}}`,
	},
	{
		"lambda.alarms.cloudwatch", `resource "aws_cloudwatch_metric_alarm" "caller" {
  alarm_name          = "a"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = [FUNCTION]
}`, `Type: AWS::CloudWatch::Alarm
    Properties: {ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, AlarmActions: [FUNCTION]}`,
	},
	{
		"iot", `resource "aws_iot_topic_rule" "caller" {
  name        = "a"
  enabled     = true
  sql         = "SELECT * FROM 'a'"
  sql_version = "2016-03-23"
  lambda {
    function_arn = FUNCTION
  }
}`, `Type: AWS::IoT::TopicRule
    Properties: {TopicRulePayload: {Sql: "SELECT * FROM 'a'", Actions: [{Lambda: {FunctionArn: FUNCTION}}]}}`,
	},
	{
		"config", `resource "aws_config_config_rule" "caller" {
  name = "a"
  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = FUNCTION
  }
}`, `Type: AWS::Config::ConfigRule
    Properties: {Source: {Owner: CUSTOM_LAMBDA, SourceIdentifier: FUNCTION}}`,
	},
	{
		"logs", `resource "aws_cloudwatch_log_subscription_filter" "caller" {
  name            = "a"
  log_group_name  = "/a"
  filter_pattern  = ""
  destination_arn = FUNCTION
}`, `Type: AWS::Logs::SubscriptionFilter
    Properties: {LogGroupName: /a, FilterPattern: "", DestinationArn: FUNCTION}`,
	},
	{
		"connect", `resource "aws_connect_lambda_function_association" "caller" {
  instance_id  = "11111111-2222-3333-4444-555555555555"
  function_arn = FUNCTION
}`, `Type: AWS::Connect::IntegrationAssociation
    Properties: {InstanceId: "11111111-2222-3333-4444-555555555555", IntegrationType: LAMBDA_FUNCTION, IntegrationArn: FUNCTION}`,
	},
	{
		"lexv2", "", `Type: AWS::Lex::BotAlias
    Properties: {BotId: A1B2C3D4E5, BotAliasName: a, BotAliasLocaleSettings: [{LocaleId: en_US, BotAliasLocaleSetting: {Enabled: true, CodeHookSpecification: {LambdaCodeHook: {CodeHookInterfaceVersion: "1.0", LambdaArn: FUNCTION}}}}]}`,
	},
	{
		"lex", `resource "aws_lex_intent" "caller" {
  name = "a"
  fulfillment_activity {
    type = "CodeHook"
    code_hook {
      message_version = "1.0"
      uri             = FUNCTION
    }
  }
}`, "",
	},
	{
		"s3", `resource "aws_s3_bucket_notification" "caller" {
  bucket = "a"
  lambda_function {
    lambda_function_arn = FUNCTION
    events              = ["s3:ObjectCreated:*"]
  }
}`, `Type: AWS::S3::Bucket
    Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: FUNCTION}]}}`,
	},
	{
		"sns", `resource "aws_sns_topic_subscription" "caller" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:a"
  protocol  = "lambda"
  endpoint  = FUNCTION
}`, `Type: AWS::SNS::Subscription
    Properties: {TopicArn: "arn:aws:sns:eu-west-1:111122223333:a", Protocol: lambda, Endpoint: FUNCTION}`,
	},
}

// formatsOf returns a directory for each format: those that are written, a plan of the root module and the assembly that CDK
// makes of the template.
func formatsOf(t *testing.T, main, template, sam string) map[string]map[string]string {
	t.Helper()
	written, _, _ := terraform.Resources(t.Context(), fstest.MapFS{"main.tf": {Data: []byte(main)}}, ".", deployment.Options{})
	files := rewrite.Files{"template.yaml": template}
	for _, r := range rewrite.YAML() {
		if r.Name == "JSON" {
			files, _ = r.Apply(files)
		}
	}
	return map[string]map[string]string{
		"terraform":      {"main.tf": main},
		"plan":           {"plan.json": rewrite.PlanOf(written)},
		"cloudformation": {"template.yaml": template},
		"sam":            {"template.yaml": sam},
		"cdk.out": {
			"manifest.json":        `{"version": "48.0.0", "artifacts": {"orders": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "orders.template.json"}}}}`,
			"orders.template.json": files["template.yaml"],
		},
	}
}

// twoFunctions returns a template in each format with a caller, empty for none, and two functions. Something uses the second one
// in any case.
func twoFunctions(t *testing.T, caller, cloudFormation string) map[string]map[string]string {
	t.Helper()
	body := `resource "aws_lambda_function" "NAME" {
  function_name = "NAME"
  role          = "arn:aws:iam::111122223333:role/NAME"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "NAME.zip"
}
`
	alias := `resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.other.function_name
  function_version = "1"
}
`
	resource := "  NAME:\n    Type: AWS::Lambda::Function\n    Properties: {Role: \"arn:aws:iam::111122223333:role/a\", Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: artifacts, S3Key: a.zip}}\n"
	generated := "  NAME:\n    Type: AWS::Serverless::Function\n    Properties: {Role: \"arn:aws:iam::111122223333:role/a\", Runtime: python3.13, Handler: app.handler, CodeUri: {Bucket: artifacts, Key: a.zip}}\n"
	named := func(text, name string) string { return strings.ReplaceAll(text, "NAME", name) }
	ending := "  Live:\n    Type: AWS::Lambda::Alias\n    Properties: {Name: live, FunctionName: !Ref Other, FunctionVersion: \"1\"}\n"
	if cloudFormation != "" {
		ending += "  Caller:\n    " + strings.ReplaceAll(cloudFormation, "FUNCTION", "!GetAtt Called.Arn") + "\n"
	}
	return formatsOf(t,
		named(body, "called")+named(body, "other")+alias+strings.ReplaceAll(caller, "FUNCTION", "aws_lambda_function.called.arn"),
		"Resources:\n"+named(resource, "Called")+named(resource, "Other")+ending,
		"Transform: AWS::Serverless-2016-10-31\nResources:\n"+named(generated, "Called")+named(generated, "Other")+ending)
}

// plantAll writes the files of a format into a directory for a service, and returns it.
func plantAll(t *testing.T, service, format string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		plant(t, filepath.Join(service, format, name), text)
	}
	return filepath.Join(service, format)
}

// isUnused reports whether function-unused reports the function that something calls.
func isUnused(t *testing.T, path string) bool {
	t.Helper()
	var report struct {
		Findings []struct{ Resource string }
	}
	text := run(t, "check", "--rule", "function-unused", "--format", "json", path)
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err, text)
	}
	for _, f := range report.Findings {
		if f.Resource == "Called" || f.Resource == "aws_lambda_function.called" {
			return true
		}
	}
	return false
}

// callersIn returns the callers of the function, as lintel access writes them.
func callersIn(t *testing.T, path string) string {
	t.Helper()
	text := run(t, "access", path)
	for part := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(part, "Called") || strings.HasPrefix(part, "aws_lambda_function.called") {
			return part
		}
	}
	return ""
}

// TestCallers checks of each service that its resource is a caller of the function in lintel access, and that the function
// counts as used, in each format that has the resource.
func TestCallers(t *testing.T) {
	t.Chdir(t.TempDir())
	for format, files := range twoFunctions(t, "", "") {
		if path := plantAll(t, "none", format, files); !isUnused(t, path) {
			t.Errorf("%s: without a caller, function-unused reports nothing: the test shows nothing", format)
		}
	}
	for _, c := range callers {
		for format, files := range twoFunctions(t, c.terraform, c.cloudFormation) {
			if isTerraform := format == "terraform" || format == "plan"; c.terraform == "" && isTerraform || c.cloudFormation == "" && !isTerraform {
				continue
			}
			path := plantAll(t, c.service, format, files)
			if isUnused(t, path) {
				t.Errorf("%s: function-unused reports the function", path)
			}
			if shown := callersIn(t, path); !strings.Contains(shown, c.service) || !strings.Contains(strings.ToLower(shown), "caller") {
				t.Errorf("%s: lintel access does not show the caller:\n%s", path, shown)
			}
		}
	}
}

// TestPermissionsOfCallers checks that a permission for each service that needs one is reported without a source.
func TestPermissionsOfCallers(t *testing.T) {
	t.Chdir(t.TempDir())
	noPermission := []string{"states", "pipes", "scheduler", "appsync"} // they use a role
	noSource := []string{"edgelambda", "elasticloadbalancing"}          // see lib.invoke.needs_no_source
	for _, c := range callers {
		if slices.Contains(noPermission, c.service) {
			continue
		}
		main := c.terraform + "\nresource \"aws_lambda_permission\" \"caller\" {\n  function_name = aws_lambda_function.called.function_name\n  action        = \"lambda:InvokeFunction\"\n  principal     = \"" + c.service + ".amazonaws.com\"\n}\n"
		caller := c.cloudFormation
		if caller == "" {
			caller = "Type: AWS::SNS::Topic"
		}
		caller += "\n  Permission:\n    Type: AWS::Lambda::Permission\n    Properties: {FunctionName: !Ref Called, Action: lambda:InvokeFunction, Principal: " + c.service + ".amazonaws.com}"
		for format, files := range twoFunctions(t, main, caller) {
			path := plantAll(t, c.service, format, files)
			found := strings.Contains(run(t, "check", "--rule", "permission-service-without-source", path), "confused deputy")
			if want := !slices.Contains(noSource, c.service); found != want {
				t.Errorf("%s: permission-service-without-source reports %v, want %v", path, found, want)
			}
		}
	}
}
