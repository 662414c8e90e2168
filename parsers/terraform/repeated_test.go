package terraform_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestRepeatedDocuments reads the policy documents of dynamic blocks whose for_each is unknown as a whole.
func TestRepeatedDocuments(t *testing.T) {
	const rest = `
variable "x" {}
variable "buckets" { type = list(string) }
locals { documents = { a = data.aws_iam_policy_document.a.json, b = data.aws_iam_policy_document.b.json } }
data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["a:Get"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "b" {
  statement {
    actions   = ["b:Get"]
    resources = var.buckets
  }
}
`
	const chosen = `{ a = data.aws_iam_policy_document.a.json, b = length(var.buckets) > 0 ? data.aws_iam_policy_document.b.json : null }`
	for _, tt := range []struct{ name, forEach, want string }{
		{"a map", `local.documents`, "a:Get b:Get"},
		{"a list", `[data.aws_iam_policy_document.a.json, data.aws_iam_policy_document.b.json]`, "a:Get b:Get"},
		{"a set", `toset([data.aws_iam_policy_document.a.json, data.aws_iam_policy_document.b.json])`, "a:Get b:Get"},
		{"without null", `{ for k, v in ` + chosen + ` : k => v if v != null }`, "a:Get b:Get when length(var.buckets) > 0 is true; a:Get when length(var.buckets) > 0 is false"},
		{"without null, a list", `[for v in values(` + chosen + `) : v if v != null]`, "a:Get b:Get"},
		{"without empty texts", `compact([data.aws_iam_policy_document.a.json, data.aws_iam_policy_document.b.json])`, "a:Get b:Get"},
		{"a document that may be left out", `{ for k, v in local.documents : k => v if k == "a" || var.x == k }`, "a:Get b:Get"},
		{"with unknown documents", `concat([data.aws_iam_policy_document.a.json], var.x)`, "a:Get open"},
		{"a map with unknown documents", `merge(var.x, { a = data.aws_iam_policy_document.a.json })`, "a:Get open"},
		{"unknown", `var.x`, "open"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_iam_role\" \"r\" {\n  dynamic \"inline_policy\" {\n    for_each = "+tt.forEach+
				"\n    content {\n      name   = \"n\"\n      policy = inline_policy.value\n    }\n  }\n}\n")
			var got []string
			for i := range r.IDs("roles") {
				text := describeStatements(r.Node(fmt.Sprintf("roles.%d.statements", i)))
				if when := r.Info(fmt.Sprintf("roles.%d", i)).When.String(); when != "" {
					text += " when " + when
				}
				got = append(got, text)
			}
			if text := strings.Join(got, "; "); text != tt.want {
				t.Errorf("%s, want %s", text, tt.want)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

// describeStatements returns the actions of statements, and "open" if there may be others.
func describeStatements(statements any) string {
	var got []string
	node, _ := statements.(map[string]any)
	items, _ := node["items"].([]any)
	for _, item := range items {
		actions, _ := item.(map[string]any)["actions"].(map[string]any)
		values, _ := actions["items"].([]any)
		for _, value := range values {
			got = append(got, fmt.Sprint(value.(map[string]any)["value"]))
		}
	}
	if node["unknown"] == true {
		got = append(got, "open")
	}
	return strings.Join(got, " ")
}
