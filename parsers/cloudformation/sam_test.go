package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sam = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals:
  Function:
    Runtime: python3.13
    Timeout: 10
    Tracing: Active
    Layers: [global-layer]
    Environment:
      Variables: {FROM_GLOBALS: g, BOTH: g}
    FunctionUrlConfig: {AuthType: NONE}
    Role: ignored
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Timeout: 20
      Layers: [own-layer]
      Environment:
        Variables:
          BOTH: own
          OWN: own
      Policies:
        - AdministratorAccess
        - arn:aws:iam::aws:policy/ReadOnlyAccess
        - S3ReadPolicy: {BucketName: orders}
        - SQSPollerPolicy: {QueueName: !GetAtt Queue.QueueName}
        - Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: "*"}]
        - NoSuchPolicy: {}
      VpcConfig: {SubnetIds: [s], SecurityGroupIds: [g]}
      AutoPublishAlias: live
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}
      Events:
        Http: {Type: HttpApi}
        Upload: {Type: S3, Properties: {Bucket: !Ref Bucket}}
        Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        Skill: {Type: AlexaSkill}
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 5}}
        Queued: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}
  Worker:
    Type: AWS::Serverless::Function
    IgnoreGlobals: [Tracing, FunctionUrlConfig]
    Properties:
      InlineCode: pass
      Tracing: Disabled
      Role: arn:aws:iam::123456789012:role/worker
      Policies: AdministratorAccess
  Bare:
    Type: AWS::Serverless::Function
    IgnoreGlobals: "*"
`

func TestSAMFunctions(t *testing.T) {
	r := parse(t, "t.sam.yaml", sam)
	if len(r.Problems) > 0 {
		t.Fatal(r.Problems)
	}
	for _, tt := range []struct{ path, want, place string }{
		{"functions.0.runtime", `{"value":"python3.13"}`, "python3.13"},
		{"functions.0.timeout", `{"value":20}`, "20"},
		{"functions.0.tracing.mode", `{"value":"Active"}`, "Active"},
		{"functions.0.layers.items.0", `{"targets":[],"value":"global-layer"}`, "global-layer"},
		{"functions.0.layers.items.1", `{"targets":[],"value":"own-layer"}`, "own-layer"},
		{"functions.0.environment.variables.items.1", `{"key":"BOTH","value":"own"}`, "own"},
		{"functions.0.environment.variables.items.0", `{"key":"FROM_GLOBALS","value":"g"}`, "g"},
		{"functions.0.code.path", `{"value":"src/"}`, "src/"},
		{"functions.0.role", `{"targets":[0],"unknown":true}`, "Api"},
		{"functions.1.tracing.mode", `{"absent":true,"value":"PassThrough"}`, "Disabled"},
		{"functions.1.timeout", `{"value":10}`, "10"},
		{"functions.1.role", `{"targets":[],"value":"arn:aws:iam::123456789012:role/worker"}`, ""},
		{"functions.1.code.inline", `{"value":"pass"}`, "pass"},
		{"functions.2.tracing.mode", `{"absent":true,"value":"PassThrough"}`, "Bare"},
		{"functions.2.runtime", `{"absent":true}`, "Bare"},
		{"function_urls.0.auth_type", `{"value":"NONE"}`, "NONE"},
		{"function_urls.0.function", `{"targets":[0],"unknown":true}`, ""},
		{"async_configs.0.on_failure", `{"targets":[0],"unknown":true}`, ""},
		{"aliases.0.name", `{"value":"live"}`, "live"},
		{"event_sources.0.batch_size", `{"value":5}`, "5"},
		{"event_sources.0.source", `{"prefix":"arn:","targets":[],"unknown":true}`, "!GetAtt Queue.Arn"},
		{"event_sources.1.function", `{"targets":[0],"unknown":true}`, "Queued"},
		{"event_sources.0.function", `{"targets":[0],"unknown":true}`, "Jobs"},
	} {
		if got := r.Show(tt.path); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
		}
		if got := r.Text(tt.path); tt.place != "" && got != tt.place {
			t.Errorf("%s is at %q, want %q", tt.path, got, tt.place)
		}
	}
	if n := len(r.Input["function_urls"].([]any)); n != 1 {
		t.Errorf("%d function URLs", n)
	}
}

func TestSAMRole(t *testing.T) {
	r := parse(t, "t.sam.yaml", sam)
	var managed []string
	for i := range r.Node("roles.0.managed_policies.items").([]any) {
		managed = append(managed, r.Node(fmt.Sprintf("roles.0.managed_policies.items.%d", i)).(map[string]any)["value"].(string))
	}
	want := []string{
		"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
		"arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
		"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
		"arn:aws:iam::aws:policy/AdministratorAccess",
		"arn:aws:iam::aws:policy/ReadOnlyAccess",
		"arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
	}
	if diff := cmp.Diff(want, managed); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct{ path, want, place string }{
		{"roles.0.id", `"ApiRole"`, ""},
		{"roles.0.generated", `true`, ""},
		{"roles.0.managed_policies.items.3", `{"targets":[],"value":"arn:aws:iam::aws:policy/AdministratorAccess"}`, "AdministratorAccess"},
		{"roles.0.statements.items.0.actions.items.0", `{"value":"sqs:SendMessage"}`, "{Type: SQS}"}, // of the failed events
		{"roles.0.statements.items.1.actions.items.0", `{"value":"s3:GetObject"}`, "S3ReadPolicy"},
		{"roles.0.statements.items.1.resources.items.0", `{"targets":[],"value":"arn:aws:s3:::orders"}`, "S3ReadPolicy"},
		{"roles.0.statements.items.3.actions.items.0", `{"value":"dynamodb:*"}`, `"dynamodb:*"`},
		{"roles.0.statements.unknown", `true`, ""}, // an unknown policy template
		{"roles.0.trust.items.0.principals.items.0.value", `{"value":"lambda.amazonaws.com"}`, ""},
		{"roles.1.id", `"BareRole"`, ""}, // Worker brings its own
	} {
		if got := r.Show(tt.path); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
		}
		if tt.place != "" {
			if got := r.Text(tt.path); got != tt.place {
				t.Errorf("%s is at %q, want %q", tt.path, got, tt.place)
			}
		}
	}
}

func TestSAMPermissions(t *testing.T) {
	r := parse(t, "t.sam.yaml", sam)
	var got []string
	for i := range r.Input["permissions"].([]any) {
		at := fmt.Sprintf("permissions.%d.", i)
		words := []string{fmt.Sprint(r.Node(at + "id")), fmt.Sprint(r.Node(at + "principal").(map[string]any)["value"])}
		for _, attribute := range []string{"source_arn", "source_account", "function_url_auth_type", "invoked_via_function_url"} {
			if r.Node(at + attribute).(map[string]any)["absent"] == nil {
				words = append(words, attribute)
			}
		}
		got = append(got, strings.Join(words, " "))
	}
	want := []string{
		"ApiUrlPublicPermissions * function_url_auth_type",
		"ApiURLInvokeAllowPublicAccess * invoked_via_function_url",
		"ApiHttpPermission apigateway.amazonaws.com source_arn",
		"ApiUploadPermission s3.amazonaws.com source_account",
		"ApiNightlyPermission events.amazonaws.com source_arn",
		"ApiSkillPermission alexa-appkit.amazon.com",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestConditionsInGlobals makes variants from a condition that stands in Globals.
func TestConditionsInGlobals(t *testing.T) {
	r := parse(t, "t.yaml", `Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Globals:
  Function:
    Tracing: !If [IsProd, Active, PassThrough]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b}
`)
	if diff := cmp.Diff([]string{"IsProd is true", "IsProd is false"}, whens(r, "functions")); diff != "" {
		t.Error(diff)
	}
	if got := r.Show("functions.1.tracing.mode"); got != `{"value":"PassThrough"}` {
		t.Error(got)
	}
	if got := r.Text("functions.1.tracing.mode"); got != "PassThrough" {
		t.Error(got)
	}
}

// TestRolesOfVariants checks that variants of a function whose generated roles are equal share one, which exists where any of
// them does.
func TestRolesOfVariants(t *testing.T) {
	r := parse(t, "t.yaml", `Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String}, Size: {Type: String}, Vpc: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsLarge: !Equals [!Ref Size, large]
  InVpc: !Equals [!Ref Vpc, "yes"]
Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: IsProd
    Properties:
      Handler: a.b
      MemorySize: !If [IsLarge, 1024, 128]
      VpcConfig: !If [InVpc, {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}, !Ref AWS::NoValue]
`)
	if diff := cmp.Diff([]string{"InVpc is true and IsProd is true", "InVpc is false and IsProd is true"}, whens(r, "roles")); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[string]string{
		"functions.0.role.targets": "[0]",
		"functions.1.role.targets": "[1]",
		"functions.2.role.targets": "[0]",
		"functions.3.role.targets": "[1]",
		"roles.0.functions":        `{"targets":[0,2]}`,
	} {
		if got := r.Show(at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// TestSAMKnownShape checks that an unknown part of what SAM generates leaves the rest of a role known.
func TestSAMKnownShape(t *testing.T) {
	const function = `Transform: AWS::Serverless-2016-10-31
Parameters: {Name: {Type: String}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: pass
      %s
`
	for _, tt := range []struct{ name, property, path, want string }{
		{
			"destination that SAM creates", `EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}`,
			"roles.0.statements.items.0.resources.items.0", `{"targets":[],"unknown":true}`,
		},
		{"policy from a parameter store", `Policies: ["{{resolve:ssm:policy}}"]`, "roles.0.statements", `{"absent":true}`},
		{"policy from a parameter store", `Policies: ["{{resolve:ssm:policy}}"]`, "functions.0.sam_policies.items.0.kind", `{"value":"managed"}`},
		{"ARN of a policy", `Policies: [!Sub "arn:aws:iam::aws:policy/${Name}"]`, "functions.0.sam_policies.items.0.kind", `{"value":"managed"}`},
		{"any policy", `Policies: [!Ref Name]`, "functions.0.sam_policies.items.0.kind", `{"unknown":true}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := parse(t, "t.yaml", fmt.Sprintf(function, tt.property)).Show(tt.path); got != tt.want {
				t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
			}
		})
	}
	t.Run("connector of a role by its name", func(t *testing.T) {
		r := parse(t, "t.yaml", fmt.Sprintf(function, "Timeout: 3")+`  Queue: {Type: AWS::SQS::Queue}
  C:
    Type: AWS::Serverless::Connector
    Properties:
      Source: {Type: AWS::Lambda::Function, Arn: !GetAtt F.Arn, RoleName: other}
      Destination: {Id: Queue}
      Permissions: [Write]
`)
		if got := r.Show("policies.0.roles.items.0"); got != `{"targets":[],"value":"other"}` {
			t.Errorf("the policy has the role %s", got)
		}
		if got := r.Show("roles.0.statements"); got != `{"absent":true}` {
			t.Errorf("the role of the function has the statements %s", got)
		}
	})
}
