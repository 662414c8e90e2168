package plan_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/plan"
)

func parse(t *testing.T, text string) modeltest.View {
	t.Helper()
	fsys := fstest.MapFS{"plan.json": {Data: []byte(text)}}
	return modeltest.New(t, plan.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Plan, Root: "plan.json"}, deployment.Options{}))
}

// example is written by hand after the format's specification, version 1.2: a function in a
// module that gets its role from outside, and a role with an inline policy.
const example = `{
  "format_version": "1.2", "planned_values": {},
  "resource_changes": [
    {"address": "module.api[\"eu\"].aws_lambda_function.this", "mode": "managed", "type": "aws_lambda_function", "name": "this",
     "change": {"actions": ["create"],
       "after": {"function_name": "orders", "runtime": "python3.9", "timeout": 3, "kms_key_arn": null,
         "tracing_config": [], "environment": [{"variables": {"PASSWORD": "hunter2", "TABLE": "orders"}}]},
       "after_unknown": {"arn": true, "role": true, "tracing_config": true, "environment": [{"variables": {}}]},
       "after_sensitive": {"environment": [{"variables": {"PASSWORD": true}}]}}},
    {"address": "aws_iam_role.orders", "mode": "managed", "type": "aws_iam_role", "name": "orders",
     "change": {"actions": ["update"],
       "after": {"name": "orders", "assume_role_policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}"},
       "after_unknown": {"arn": true}}},
    {"address": "aws_iam_role_policy.orders", "mode": "managed", "type": "aws_iam_role_policy", "name": "orders",
     "change": {"actions": ["delete", "create"],
       "after": {"policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"},
       "after_unknown": {"role": true}}},
    {"address": "aws_lambda_function_url.gone", "mode": "managed", "type": "aws_lambda_function_url", "name": "gone",
     "change": {"actions": ["delete"], "before": {"authorization_type": "NONE"}, "after": null}},
    {"address": "data.aws_iam_role.other", "mode": "data", "type": "aws_iam_role", "name": "other",
     "change": {"actions": ["read"], "after": {"name": "x"}}}
  ],
  "configuration": {"root_module": {
    "resources": [
      {"address": "aws_iam_role_policy.orders", "expressions": {"role": {"references": ["aws_iam_role.orders.id", "aws_iam_role.orders"]}}}
    ],
    "module_calls": {"api": {
      "expressions": {"role_arn": {"references": ["aws_iam_role.orders.arn", "aws_iam_role.orders"]}},
      "module": {"resources": [{"address": "aws_lambda_function.this", "expressions": {"role": {"references": ["var.role_arn"]}}}]}
    }}
  }}
}`

func TestPlan(t *testing.T) {
	v := parse(t, example)
	if len(v.Problems) > 0 {
		t.Fatal(v.Problems)
	}
	for _, tt := range []struct{ path, want, place string }{
		{"functions.0.id", `"module.api[\"eu\"].aws_lambda_function.this"`, ""},
		{"functions.0.runtime", `{"value":"python3.9"}`, `"python3.9"`},
		{"functions.0.timeout", `{"value":3}`, "3"},
		{"functions.0.kms_key", `{"absent":true}`, `"module.api[\"eu\"].aws_lambda_function.this"`},
		{"functions.0.memory", `{"absent":true,"value":128}`, `"module.api[\"eu\"].aws_lambda_function.this"`},
		{"functions.0.tracing.mode", `{"absent":true,"value":"PassThrough"}`, ""}, // filled in by the provider
		{"functions.0.role", `{"targets":[0],"unknown":true}`, ""},
		{"functions.0.environment.variables.items.1", `{"key":"TABLE","value":"orders"}`, `"orders"`},
		{"roles.0.trust.items.0.principals.items.0.value", `{"value":"lambda.amazonaws.com"}`, ""},
		{"roles.0.statements.items.0.actions.items.0", `{"value":"s3:*"}`, ""},
		{"policies.0.roles.items.0", `{"targets":[0],"unknown":true}`, ""},
	} {
		if got := v.Show(tt.path); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
		}
		if tt.place != "" {
			if got := v.Text(tt.path); got != tt.place {
				t.Errorf("%s is at %q, want %q", tt.path, got, tt.place)
			}
		}
	}
	if !v.Info("functions.0.environment.variables.items.0").Sensitive {
		t.Error("what the plan calls sensitive is not")
	}
	if cause := v.Info("functions.0.role").Cause; cause != `module.api["eu"].aws_lambda_function.this.role is known after apply` {
		t.Errorf("cause %q", cause)
	}
	if diff := cmp.Diff([]string(nil), v.IDs("function_urls")); diff != "" {
		t.Errorf("what is deleted is judged: %s", diff)
	}
	v.CheckPlaces()
}

// TestLifecycle checks that the lifecycle block of a log group, which a plan does not contain, is read from the files.
func TestLifecycle(t *testing.T) {
	const group = `{"format_version": "1.2", "planned_values": {}, "resource_changes": [
		{"address": "aws_cloudwatch_log_group.orders", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "orders",
		 "change": {"actions": ["create"], "after": {"name": "orders"}, "after_unknown": {}}}], "configuration": {"root_module": {}}}`
	for _, tt := range []struct{ name, file, want string }{
		{"protected", `resource "aws_cloudwatch_log_group" "orders" {
			name = "orders"
			lifecycle { prevent_destroy = true }
		}`, `{"value":true}`},
		{"not protected", `resource "aws_cloudwatch_log_group" "orders" { name = "orders" }`, `{"absent":true,"value":false}`},
		{"no files", "", `{"unknown":true}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{"plan.json": {Data: []byte(group)}, "main.tf": {Data: []byte(tt.file)}}
			v := modeltest.New(t, plan.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Plan, Root: "plan.json"}, deployment.Options{}))
			if got := v.Show("log_groups.0.prevent_destroy"); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestComputedInBlocks has arguments of blocks that the provider fills in. They are absent unless a block of the
// configuration writes them.
func TestComputedInBlocks(t *testing.T) {
	const text = `{"format_version": "1.2", "planned_values": {},
	  "resource_changes": [
	    {"address": "aws_api_gateway_method_settings.all", "mode": "managed", "type": "aws_api_gateway_method_settings", "name": "all",
	     "change": {"actions": ["create"], "after": {"settings": [{"throttling_burst_limit": -1}]},
	       "after_unknown": {"settings": [{"logging_level": true, "metrics_enabled": true}]}}}],
	  "configuration": {"root_module": {"resources": [
	    {"address": "aws_api_gateway_method_settings.all", "expressions": {"settings": [%s]}}]}}}`
	for _, tt := range []struct{ expressions, level, metrics string }{
		{`{}`, `{"absent":true,"value":"OFF"}`, `{"absent":true,"value":false}`},
		{`{"logging_level": {"references": ["random_id.x"]}}`, `{"unknown":true}`, `{"absent":true,"value":false}`},
		{`{}, {}`, `{"unknown":true}`, `{"unknown":true}`}, // other blocks than those of the plan
	} {
		v := parse(t, fmt.Sprintf(text, tt.expressions))
		if got := v.Show("stage_settings.0.settings.logging_level"); got != tt.level {
			t.Errorf("%s: logging_level = %s, want %s", tt.expressions, got, tt.level)
		}
		if got := v.Show("stage_settings.0.settings.metrics"); got != tt.metrics {
			t.Errorf("%s: metrics = %s, want %s", tt.expressions, got, tt.metrics)
		}
	}
}

func TestBroken(t *testing.T) {
	v := parse(t, `{"format_version": "1.2", "resource_changes": [`)
	if len(v.Problems) != 1 {
		t.Errorf("%v", v.Problems)
	}
}

// TestTextBefore reads plans after what Terraform and scripts print before them: places stay those of the file.
func TestTextBefore(t *testing.T) {
	const text = "╷ Warning: \"format_version\"\n{}\n"
	v := parse(t, text+example)
	if len(v.Problems) > 0 || len(v.Node("functions").([]any)) == 0 {
		t.Errorf("%v", v.Problems)
	}
	v.CheckPlaces()
	without := parse(t, example)
	for i, node := range v.Index.All() {
		other, _ := without.Index.Node(i)
		if node.Range.Path == "plan.json" && !node.Range.IsZero() && node.Range.Start != other.Range.Start+len(text) {
			t.Errorf("%s %s is at %d, without the text at %d", node.Resource, node.Attribute, node.Range.Start, other.Range.Start)
		}
	}
	for text, want := range map[string]bool{
		"log\n" + example:                true,
		"log " + example:                 false, // no line of its own
		"log\n{}\n":                      false,
		"log\n{\"format_version\": 1}\n": false,
	} {
		if got := plan.LooksAfterText([]byte(text)); got != want {
			t.Errorf("%.40q: %t", text, got)
		}
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		example:                    true,
		`{"resource_changes": []}`: false,
		`{"format_version": "1.0", "values": {}}`: false, // a state
		"format_version: resource_changes":        false,
	} {
		if got := plan.Looks([]byte(text)); got != want {
			t.Errorf("%.40q: %t", text, got)
		}
	}
}

// FuzzParse holds that no text makes the reader panic, hang or point outside the file.
func FuzzParse(f *testing.F) {
	f.Add(example)
	f.Add(`{"resource_changes":[{"address":"module.a","type":"aws_iam_role","mode":"managed","change":{"after":{"x":[1]},"after_unknown":{"x":[true,true]}}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		parse(t, text).CheckPlaces()
	})
}

// networks is a plan without files: a function in a subnet and the default security group of a VPC.
const networks = `{
  "format_version": "1.2", "planned_values": {},
  "resource_changes": [
    {"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main",
     "change": {"actions": ["create"], "after": {"cidr_block": "10.0.0.0/16"}, "after_unknown": {"id": true}}},
    {"address": "aws_subnet.main", "mode": "managed", "type": "aws_subnet", "name": "main",
     "change": {"actions": ["create"], "after": {"cidr_block": "10.0.1.0/24"}, "after_unknown": {"id": true, "vpc_id": true}}},
    {"address": "aws_security_group.own", "mode": "managed", "type": "aws_security_group", "name": "own",
     "change": {"actions": ["create"], "after": {"name": "own"}, "after_unknown": {"id": true}}},
    {"address": "aws_lambda_function.default", "mode": "managed", "type": "aws_lambda_function", "name": "default",
     "change": {"actions": ["create"], "after": {"vpc_config": [{}]},
       "after_unknown": {"vpc_config": [{"subnet_ids": true, "security_group_ids": true}]}}},
    {"address": "aws_lambda_function.more", "mode": "managed", "type": "aws_lambda_function", "name": "more",
     "change": {"actions": ["create"], "after": {"vpc_config": [{}]},
       "after_unknown": {"vpc_config": [{"subnet_ids": true, "security_group_ids": true}]}}}
  ],
  "configuration": {"root_module": {
    "outputs": {"subnet": {"expression": {"references": ["aws_subnet.main.id", "aws_subnet.main"]}}},
    "resources": [
      {"address": "aws_subnet.main", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
      {"address": "aws_instance.web", "expressions": {"subnet_id": {"references": ["aws_subnet.main.id", "aws_subnet.main"]}}},
      {"address": "aws_lambda_function.default", "expressions": {"vpc_config": [{
        "subnet_ids": {"references": ["aws_subnet.main.id", "aws_subnet.main"]},
        "security_group_ids": {"references": ["aws_vpc.main.default_security_group_id", "aws_vpc.main"]}}]}},
      {"address": "aws_lambda_function.more", "expressions": {"vpc_config": [{
        "subnet_ids": {"references": ["aws_subnet.main.id", "aws_subnet.main", "var.subnet_ids"]},
        "security_group_ids": {"references": ["aws_security_group.own.id", "aws_security_group.own"]}}]}}
    ],
    "module_calls": {"db": {
      "expressions": {"groups": {"references": ["aws_security_group.own.id", "aws_security_group.own"]}},
      "module": {"resources": [{"address": "aws_db_instance.this", "expressions": {"vpc_security_group_ids": {"references": ["var.groups"]}}}]}
    }}
  }}
}`

func TestNetworks(t *testing.T) {
	v := parse(t, networks)
	for _, tt := range []struct{ path, want string }{
		{"subnets.0.vpc", `{"targets":[0],"unknown":true}`},
		{"functions.0.vpc.subnets.items.0", `{"targets":[0],"unknown":true}`},
		{"functions.0.vpc.security_groups.items.0.sources", `["aws_vpc.default_security_group_id"]`},
		{"functions.1.vpc.subnets", `{"unknown":true}`}, // a variable adds others
		{"functions.1.vpc.subnets.items", `[]`},
		{"functions.1.vpc.security_groups.items.0", `{"targets":[0],"unknown":true}`},
		{"network_uses.0.subnets", `{"targets":[0],"unknown":true}`},
		{"network_uses.1.security_groups", `{"targets":[0],"unknown":true}`},
	} {
		if got := v.Show(tt.path); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
		}
	}
	if diff := cmp.Diff([]string{"aws_instance.web", "module.db.aws_db_instance.this", "output.subnet"}, v.IDs("network_uses")); diff != "" {
		t.Error(diff)
	}
}
