package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// pairs are Terraform files with n functions, each with a permission and a URL: by references, by names, by names that are unknown, and by
// count.
func pairs(n int) map[string]string {
	const function = "resource \"aws_lambda_function\" %q {\n  function_name = %q\n  role = \"arn:aws:iam::123456789012:role/r\"\n  handler = \"a.b\"\n  runtime = \"python3.13\"\n%s}\n"
	const permission = "resource \"aws_lambda_permission\" %q {\n  function_name = %s\n  action = \"lambda:InvokeFunction\"\n  principal = \"*\"\n%s}\n"
	const url = "resource \"aws_lambda_function_url\" %q {\n  function_name = %s\n  authorization_type = \"NONE\"\n%s}\n"
	var byReference, byName, byVariable strings.Builder
	for i := range n {
		name := fmt.Sprintf("f%d", i)
		for out, target := range map[*strings.Builder]string{&byReference: "aws_lambda_function." + name + ".function_name", &byName: `"` + name + `"`} {
			fmt.Fprintf(out, function+permission+url, name, name, "", name, target, "", name, target, "")
		}
		fmt.Fprintf(&byVariable, "variable %q {}\n"+function+permission+url, name, name, name, "", name, "var."+name, "", name, "var."+name, "")
	}
	count := fmt.Sprintf("  count = %d\n", n)
	const each = "aws_lambda_function.f[count.index].function_name"
	return map[string]string{
		"references": byReference.String(),
		"names":      byName.String(),
		"variables":  byVariable.String(),
		"count":      fmt.Sprintf(function+permission+url, "f", "f${count.index}", count, "f", each, count, "f", each, count),
	}
}

// BenchmarkPairs checks n functions with n permissions and n URLs with all rules. The time per operation must double with n.
func BenchmarkPairs(b *testing.B) {
	for _, form := range []string{"references", "names", "variables", "count"} {
		for _, n := range []int{500, 1000, 2000} {
			fsys := fstest.MapFS{"main.tf": {Data: []byte(pairs(n)[form])}}
			b.Run(fmt.Sprintf("%s/%d", form, n), func(b *testing.B) {
				for b.Loop() {
					runAll(b, fsys)
				}
			})
		}
	}
}
