package plan_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/tree"
	"lintel/parsers/plan"
)

// TestMentions checks what counts as a reference to a function in the configuration of a plan.
func TestMentions(t *testing.T) {
	const text = `{"format_version": "1.2", "planned_values": {}, "resource_changes": [{
  "address": "aws_lambda_function.orders", "mode": "managed", "type": "aws_lambda_function", "name": "orders",
  "change": {"actions": ["create"], "after": {"function_name": "shop-orders"}, "after_unknown": {}}
}], "configuration": {"root_module": {MORE "resources": [OTHER {
  "address": "aws_lambda_function.orders", "mode": "managed", "type": "aws_lambda_function", "name": "orders",
  "expressions": {"function_name": {"constant_value": "shop-orders"}}
}]}}}`
	for name, c := range map[string]struct{ more, other, want string }{
		"nothing":     {"", "", "no"},
		"an output":   {`"outputs": {"arn": {"expression": {"references": ["aws_lambda_function.orders.arn", "aws_lambda_function.orders"]}}},`, "", "yes"},
		"a module":    {`"module_calls": {"x": {"expressions": {"f": {"references": ["aws_lambda_function.orders[0]"]}}, "module": {}}},`, "", "yes"},
		"depends_on":  {"", `{"address": "null_resource.x", "depends_on": ["aws_lambda_function.orders"]},`, "yes"},
		"its name":    {"", `{"address": "null_resource.x", "expressions": {"triggers": {"constant_value": {"f": "function:shop-orders"}}}},`, "yes"},
		"a role":      {"", `{"address": "aws_iam_role.x", "expressions": {"name": {"constant_value": "shop-orders"}}},`, "no"},
		"its log":     {"", `{"address": "aws_cloudwatch_log_group.x", "expressions": {"name": {"constant_value": "/aws/lambda/shop-orders"}}},`, "yes"},
		"local value": {`"outputs": {"arn": {"expression": {"references": ["local.arn"]}}},`, "", "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			content := strings.NewReplacer("MORE", c.more, "OTHER", c.other).Replace(text)
			files := fstest.MapFS{"plan.json": {Data: []byte(content), Mode: 0o644}}
			parsed := plan.Parse(context.Background(), files, deployment.Unit{Kind: deployment.Plan, Root: "plan.json"}, deployment.Options{})
			got := "no"
			if referenced, ok := parsed.Stack.Functions[0].Referenced.Get(); referenced {
				got = "yes"
			} else if !ok && parsed.Stack.Functions[0].Referenced.State == tree.StateUnknown {
				got = "unknown"
			}
			if got != c.want {
				t.Errorf("referenced: %s", got)
			}
		})
	}
}
