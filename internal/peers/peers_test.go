package peers_test

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/generate"
	"lintel/internal/peers"
	"lintel/internal/policy"
	"lintel/policies"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

// checkout returns the files of a repository, given as path, content, path, content.
func checkout(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

const public = "resource \"aws_lambda_permission\" \"open\" {\n  principal = \"*\"\n  function_name = \"f\"\n  action = \"lambda:InvokeFunction\"\n}\n"

// TestCases reads a small checkout in the layout of each tool.
func TestCases(t *testing.T) {
	for _, tt := range []struct {
		tool  string
		files fs.FS
		want  []string
	}{
		{
			"checkov", checkout(
				"checkov/terraform/checks/resource/aws/Open.py", "id = \"CKV_AWS_1\"\n",
				"checkov/terraform/checks/graph_checks/aws/Graph.yaml", "metadata:\n  id: \"CKV2_AWS_2\"\n",
				"checkov/cloudformation/checks/resource/aws/Marked.py", "id = 'CKV_AWS_3'\n",
				"tests/terraform/checks/resource/aws/test_Open.py", "from checkov.terraform.checks.resource.aws.Open import check\n"+
					"def test_all():\n    dir = here / \"example_Open\"\n    passing_resources = {\n        \"aws_lambda_permission.closed\",\n    }\n"+
					"    failing_resources = {\n        \"aws_lambda_permission.open\",\n        # \"aws_lambda_permission.left_out\",\n    }\n",
				"tests/terraform/checks/resource/aws/example_Open/main.tf", public,
				"tests/terraform/checks/resource/aws/test_Inline.py", "from checkov.terraform.checks.resource.aws.Open import check\n"+
					"def test_one(self):\n    hcl2.loads(\"\"\"\nresource \"a\" \"b\" {}\n\"\"\")\n    self.assertEqual(CheckResult.FAILED, scan_result)\n",
				"tests/terraform/graph/checks/resources/Graph/expected.yaml", "pass: [aws_iam_user.a]\nfail: [aws_iam_user.b]\n",
				"tests/cloudformation/checks/resource/aws/test_Marked.py", "from checkov.cloudformation.checks.resource.aws.Marked import check\n"+
					"def test_all():\n    dir = here + \"/example_Marked\"\n",
				"tests/cloudformation/checks/resource/aws/example_Marked/FAILED.yml", "Resources: {}\n",
				"tests/cloudformation/checks/resource/aws/example_Marked/PASSED.yml", "Resources: {}\n",
				"tests/cloudformation/graph/checks/resources/README.md", "",
			),
			[]string{
				"CKV2_AWS_2 tests/terraform/graph/checks/resources/Graph aws_iam_user.a passes",
				"CKV2_AWS_2 tests/terraform/graph/checks/resources/Graph aws_iam_user.b flags",
				"CKV_AWS_1 tests/terraform/checks/resource/aws/example_Open aws_lambda_permission.closed passes",
				"CKV_AWS_1 tests/terraform/checks/resource/aws/example_Open aws_lambda_permission.open flags",
				"CKV_AWS_1 tests/terraform/checks/resource/aws/test_Inline.py#test_one  flags",
				"CKV_AWS_3 tests/cloudformation/checks/resource/aws/example_Marked/FAILED.yml  flags",
				"CKV_AWS_3 tests/cloudformation/checks/resource/aws/example_Marked/PASSED.yml  passes",
			},
		},
		{
			"Trivy", checkout("checks/cloud/aws/a/a.rego", "#   id: AWS-0001\n#   examples: \"checks/cloud/aws/a/a.yaml\"\n",
				"checks/cloud/aws/a/a.yaml", "terraform:\n  good: [a]\n  bad: [b]\ncloudformation:\n  bad: [c]\nother:\n  bad: [d]\n"),
			[]string{
				"AWS-0001 checks/cloud/aws/a/a.yaml#cloudformation-bad-1  flags",
				"AWS-0001 checks/cloud/aws/a/a.yaml#terraform-bad-1  flags",
				"AWS-0001 checks/cloud/aws/a/a.yaml#terraform-good-1  passes",
			},
		},
		{
			"cfn_nag", checkout("lib/cfn-nag/custom_rules/OpenRule.rb", "def rule_id\n  'F1'\nend\n",
				"lib/cfn-nag/custom_rules/LambdaPermissionEventSourceTokenRule.rb", "def rule_id\n  'F2'\nend\n",
				"spec/custom_rules/OpenRule_spec.rb", "describe OpenRule do\n  it 'finds' do\n    read_test_template('json/a.json')\n    expected_logical_resource_ids = %w[A B]\n  end\n"+
					"  it 'is silent' do\n    read_test_template 'yaml/b.yml'\n    expected_logical_resource_ids = []\n  end\nend\n",
				"spec/custom_rules/Token_spec.rb", "resource_type = 'AWS::Lambda::Permission'\npassword_property = 'EventSourceToken'\n",
				"spec/test_templates/json/a.json", "{}", "spec/test_templates/yaml/b.yml", "",
				"spec/test_templates/yaml/lambda_permission/lambda_permission_event_source_token_not_set.yaml", "",
				"spec/test_templates/yaml/lambda_permission/lambda_permission_event_source_token_as_a_literal_in_plaintext.yaml", "",
			),
			[]string{
				"F1 spec/test_templates/json/a.json A flags", "F1 spec/test_templates/json/a.json B flags", "F1 spec/test_templates/yaml/b.yml  passes",
				"F2 spec/test_templates/yaml/lambda_permission/lambda_permission_event_source_token_as_a_literal_in_plaintext.yaml  flags",
				"F2 spec/test_templates/yaml/lambda_permission/lambda_permission_event_source_token_not_set.yaml  passes",
			},
		},
		{
			"cfn-lint", checkout("src/cfnlint/rules/Open.py", "    id = \"E1\"\n    id = \"E1001\"\n",
				"test/unit/rules/test_open.py", "from cfnlint.rules.x.Open import Open\n\"test/fixtures/templates/bad/a.yaml\"\n\"test/fixtures/templates/good/b.yaml\"\n\"test/fixtures/templates/bad/none.yaml\"\n",
				"test/fixtures/templates/bad/a.yaml", "", "test/fixtures/templates/good/b.yaml", ""),
			[]string{"E1001 test/fixtures/templates/bad/a.yaml  flags", "E1001 test/fixtures/templates/good/b.yaml  passes"},
		},
		{
			"Guard", checkout("rules/aws/a/tests/a_tests.yml", "- input: {}\n  expectations: {rules: {OPEN: SKIP}}\n- input: {Resources: {}}\n  expectations: {rules: {OPEN: PASS}}\n"+
				"- input: {Resources: {A: !Ref B}}\n  expectations: {rules: {OPEN: FAIL}}\n"),
			[]string{"OPEN rules/aws/a/tests/a_tests.yml#2  passes", "OPEN rules/aws/a/tests/a_tests.yml#3  flags"},
		},
		{
			"serverless-rules", checkout("cfn-lint-serverless/tests/templates/es1000-x.fail.yaml", "", "cfn-lint-serverless/tests/templates/es1000.pass.yaml", "",
				"tflint-ruleset-aws-serverless/rules/open.go", "func (r *Open) Name() string {\n\treturn \"open\"\n}\n",
				"tflint-ruleset-aws-serverless/rules/open_test.go", "\t{\n\t\tName: \"a\",\n\t\tContent: `x`,\n\t\tMessage: \"m\",\n\t},\n\t{\n\t\tName: \"b\",\n\t\tContent: `y`,\n\t},\n"),
			[]string{
				"ES1000 cfn-lint-serverless/tests/templates/es1000-x.fail.yaml  flags", "ES1000 cfn-lint-serverless/tests/templates/es1000.pass.yaml  passes",
				"open tflint-ruleset-aws-serverless/rules/open_test.go#1  flags", "open tflint-ruleset-aws-serverless/rules/open_test.go#2  passes",
			},
		},
		{
			"Semgrep", checkout("terraform/aws/security/open.tf", "# ruleid: open\nresource \"a\" \"before\" {\n}\n\nresource \"a\" \"inside\" {\n  # ruleid: open\n  x = 1\n}\n\n# ok: open\nresource \"a\" \"fine\" {\n}\n"),
			[]string{
				"open terraform/aws/security/open.tf a.before flags", "open terraform/aws/security/open.tf a.fine passes",
				"open terraform/aws/security/open.tf a.inside flags",
			},
		},
	} {
		t.Run(tt.tool, func(t *testing.T) {
			all := peers.All()
			cases, err := all[slices.IndexFunc(all, func(p peers.Peer) bool { return p.Tool == tt.tool })].Cases(tt.files)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range cases {
				got = append(got, c.Check+" "+c.Fixture+" "+c.Resource+" "+string(c.Says))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCompare checks the verdicts on fixtures and on completed fixtures.
func TestCompare(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	const (
		star  = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`
		admin = "resource \"aws_iam_policy\" \"p\" {\n  policy = <<EOF\n" + star + "\nEOF\n}\n"
		queue = "Resources:\n  P:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [elsewhere]\n      PolicyDocument:\n" +
			"        Statement: [{Effect: Allow, Principal: \"*\", Action: \"sqs:SendMessage\", Resource: \"*\"}]\n"
		role    = "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies: [{PolicyName: p, PolicyDocument: " + star + "}]\n"
		subnet  = "resource \"aws_subnet\" \"s\" {\n  map_public_ip_on_launch = true\n}\n"
		stream  = "Resources:\n  S:\n    Type: AWS::Kinesis::Stream\n    Properties: {ShardCount: 1}\n"
		managed = "Resources:\n  M:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {PolicyDocument: " + star + "}\n"
	)
	equivalent := map[string][]string{"OPEN": {"permission-public-principal"}, "ADMIN": {"policy-admin-star"}, "QUEUE": {"trigger-queue-or-topic-public"}, "SUBNET": {"subnet-public-ip-default"}, "STREAM": {"event-source-disabled-encryption"}}
	for _, tt := range []struct {
		name, check, file, content, resource string
		lintel, completed                    generate.Verdict // Flags without a completed verdict: the tools agree
	}{
		{"flagged", "OPEN", "main.tf", public, "aws_lambda_permission.open", generate.Flags, ""},
		{"another resource is flagged", "OPEN", "main.tf", public, "aws_lambda_permission.other", generate.Passes, ""},
		{"whole fixture", "OPEN", "main.tf", public, "", generate.Flags, ""},
		{"policy without a role", "ADMIN", "main.tf", admin, "aws_iam_policy.p", generate.Passes, generate.Flags},
		{"queue without a function", "QUEUE", "t.yaml", queue, "P", generate.Passes, generate.Flags},
		{"role without a trust policy", "ADMIN", "t.yaml", role, "R", generate.Rejects, generate.Flags},
		{"managed policy", "ADMIN", "t.yaml", managed, "M", generate.Passes, generate.Flags},
		{"subnet without a function", "SUBNET", "main.tf", subnet, "aws_subnet.s", generate.Passes, generate.Flags},
		{"stream without a function", "STREAM", "t.yaml", stream, "S", generate.Passes, generate.Flags},
		{"broken file", "OPEN", "main.tf", "resource {", "", generate.Rejects, ""},
		{"unknown principal", "OPEN", "main.tf", "variable \"p\" {}\nresource \"aws_lambda_permission\" \"p\" {\n  principal = var.p\n  function_name = \"f\"\n}\n", "", generate.Undetermined, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := peers.Case{Check: tt.check, Fixture: "x", Resource: tt.resource, Says: generate.Flags, Files: checkout(tt.file, tt.content)}
			got, err := peers.Compare(t.Context(), set, today, equivalent, []peers.Case{c, {Check: "UNMAPPED", Files: checkout()}})
			if err != nil {
				t.Fatal(err)
			}
			want := generate.PeerFixtures{Checks: 1, Agree: 1}
			if tt.lintel != generate.Flags {
				want = generate.PeerFixtures{Checks: 1, Disagreements: []generate.Disagreement{{
					Check: tt.check, Fixture: "x", Resource: tt.resource, Says: generate.Flags, Lintel: tt.lintel, Completed: tt.completed, Rules: equivalent[tt.check],
				}}}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCompareSAM checks that a template and its translation are compared by rule and resource, without generated hashes.
func TestCompareSAM(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	const (
		written    = "Transform: AWS::Serverless-2016-10-31\nResources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: {AuthType: NONE, TargetFunctionArn: f}\n"
		translated = `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "AWS_IAM", "TargetFunctionArn": "f"}}}}`
	)
	got, err := peers.CompareSAM(t.Context(), set, today, checkout(
		"tests/translator/input/a.yaml", written, "tests/translator/output/a.json", translated, "tests/translator/input/rejected.yaml", written))
	if err != nil {
		t.Fatal(err)
	}
	want := generate.PeerFixtures{Tool: "SAM translator", Repository: peers.SAM, Checks: 1, Pairs: 1, Disagreements: []generate.Disagreement{{
		Check: "function-url-auth-none", Fixture: "tests/translator/input/a.yaml", Resource: "U", Says: generate.Passes, Lintel: generate.Flags,
		Rules: []string{"function-url-auth-none"},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestCompareSAMRoutes checks that the parts of an API are compared by the API and the route, without what the translator adds.
func TestCompareSAMRoutes(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	const (
		written = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n" +
			"    Properties:\n      Handler: a.b\n      Runtime: python3.13\n      InlineCode: \"def b(e, c): return 1\"\n" +
			"      Events:\n        Post: {Type: Api, Properties: {Path: /a, Method: post}}\n"
		route = `{"post": {"x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}}}}`
		api   = `"ServerlessRestApi": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {"swagger": "2.0", "paths": {"/a": ` + route + `}}}},
			"ServerlessRestApiDeployment0123456789": {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": {"Ref": "ServerlessRestApi"}, "StageName": "Stage"}},
			"ServerlessRestApiProdStage": {"Type": "AWS::ApiGateway::Stage", "Properties": {"StageName": "Prod", "RestApiId": {"Ref": "ServerlessRestApi"}, "DeploymentId": {"Ref": "ServerlessRestApiDeployment0123456789"}}}`
		function = `"F": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "a.b", "Runtime": "python3.13", "Code": {"ZipFile": "def b(e, c): return 1"},
			"Role": {"Fn::GetAtt": ["FRole", "Arn"]}, "Tags": [{"Key": "lambda:createdBy", "Value": "SAM"}]}}`
	)
	got, err := peers.CompareSAM(t.Context(), set, today, checkout("tests/translator/input/a.yaml", written,
		"tests/translator/output/a.json", `{"Resources": {`+function+`, `+api+`}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range got.Disagreements {
		if d.Check == "function-untagged" || d.Check == "api-request-validation-missing" || d.Check == "api-method-no-auth" || d.Check == "api-access-log-missing" {
			t.Errorf("%s %s: %s in the translation, %s in the template", d.Check, d.Resource, d.Says, d.Lintel)
		}
	}
	if got.Agree < 8 { //nolint:mnd // the rules about the API, its stage and its route
		t.Errorf("%d verdicts agree", got.Agree)
	}
}
