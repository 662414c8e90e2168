package terraform_test

import (
	"context"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/parsers/terraform"
)

// TestMentions checks what counts as a reference to a function.
func TestMentions(t *testing.T) {
	const function = `resource "aws_lambda_function" "orders" {
  function_name = "shop-orders"
}
`
	for name, c := range map[string]struct {
		more string
		want bool
	}{
		"nothing":             {"", false},
		"another of its name": {`resource "aws_iam_role" "orders" { name = "shop-orders" }`, false},
		"a longer name":       {`locals { other = "shop-orders-dev" }`, false},
		"an attribute":        {`output "x" { value = aws_lambda_function.orders.arn }`, true},
		"an instance":         {`output "x" { value = aws_lambda_function.orders[0].arn }`, true},
		"depends_on":          {`resource "null_resource" "x" { depends_on = [aws_lambda_function.orders] }`, true},
		"a local value":       {`locals { arn = "${aws_lambda_function.orders.arn}:live" }`, true},
		"an argument":         {"module \"x\" {\n  source   = \"./x\"\n  function = aws_lambda_function.orders\n}", true},
		"a nested block":      {"resource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n    command = aws_lambda_function.orders.arn\n  }\n}", true},
		"its name":            {`resource "null_resource" "x" { triggers = { arn = "arn:aws:lambda:eu-west-1:1:function:shop-orders:live" } }`, true},
		"its name in heredoc": {"locals {\n  x = <<E\ninvoke shop-orders\nE\n}", true},
		"its log group":       {`resource "aws_cloudwatch_log_group" "x" { name = "/aws/lambda/shop-orders" }`, true},
		"a comment":           {`# aws_lambda_function.orders`, false},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"main.tf": {Data: []byte(function + c.more + "\n"), Mode: 0o644}}
			parsed := terraform.Parse(context.Background(), files, deployment.Unit{Root: "."}, deployment.Options{})
			if got, ok := parsed.Stack.Functions[0].Referenced.Get(); !ok || got != c.want {
				t.Errorf("referenced is %v, %v", got, ok)
			}
		})
	}
	t.Run("key of a map around the name", func(t *testing.T) {
		files := fstest.MapFS{"main.tf": {Data: []byte(`
resource "aws_iam_role" "x" { name = lookup({ v = "orders" }, "v", null) }
output "y" { value = lookup({ v = 1 }, "v", null) }
`), Mode: 0o644}}
		parsed := terraform.Parse(context.Background(), files, deployment.Unit{Root: "."}, deployment.Options{})
		if got := parsed.Stack.Roles[0].Mention; got != model.NotMentioned {
			t.Errorf("mention is %v", got)
		}
	})
	t.Run("policies of a role", func(t *testing.T) {
		files := fstest.MapFS{"main.tf": {Data: []byte(`
resource "aws_iam_role" "x" { name = "x" }
resource "aws_iam_role_policy" "x" { role = aws_iam_role.x.id }
`), Mode: 0o644}}
		parsed := terraform.Parse(context.Background(), files, deployment.Unit{Root: "."}, deployment.Options{})
		if got := parsed.Stack.Roles[0].Mention; got != model.NotMentioned {
			t.Errorf("mention is %v", got)
		}
	})
}
