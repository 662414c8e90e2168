package terraform_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/parsers/terraform"
)

// BenchmarkInstances reads a module with many instances of one resource. The time per instance
// must not depend on their number.
func BenchmarkInstances(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			fsys := fstest.MapFS{"main.tf": {Data: fmt.Appendf(nil, `
locals { names = merge([for i in range(%d) : { for j in range(%d) : "f-${i}-${j}" => j }]...) }
resource "aws_iam_role" "r" { name = "r" }
resource "aws_lambda_function" "f" {
  for_each      = local.names
  function_name = each.key
  role          = aws_iam_role.r.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  environment {
    variables = { NAME = each.value, STAGE = "prod" }
  }
}
`, max(1, n/1000), min(n, 1000))}}
			for b.Loop() {
				parsed := terraform.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, deployment.Options{})
				if len(parsed.Stack.Functions) != n {
					b.Fatal(len(parsed.Stack.Functions), parsed.Problems)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/instance")
		})
	}
}
