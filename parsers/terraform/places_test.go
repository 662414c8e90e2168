package terraform_test

import (
	"strings"
	"testing"
)

// TestPlacesOfElements checks that a statement is located where it is written, however its document is selected.
func TestPlacesOfElements(t *testing.T) {
	const document = "<<EOF\n{\"Statement\": [{\"Effect\": \"Allow\",\n  \"Action\": \"s3:*\", \"Resource\": \"*\"}]}\nEOF\n"
	const locals = "locals {\n  zero = 0\n  list = [" + document + "  ]\n  map = { a = " + document + "  }\n}\n"
	for _, tt := range []struct {
		policy string
		want   int // which of the documents
	}{
		{`local.list[0]`, 0},
		{`local.list[local.zero]`, 0},
		{`local.map["a"]`, 1},
		{`local.map[join("", ["a"])]`, 1},
		{`try(local.map.b, local.list[0])`, 0},
		{`try(local.map.a, local.list[0])`, 1},
		{`lookup(local.map, "a", null)`, 1},
		{`coalesce(null, local.map.a)`, 1},
		{`one(local.list)`, 0},
	} {
		t.Run(tt.policy, func(t *testing.T) {
			text := locals + "resource \"aws_iam_policy\" \"p\" {\n  policy = " + tt.policy + "\n}\n"
			r := parse(t, "main.tf", text)
			info := r.Info("policies.0.statements.items.0.actions.items.0")
			want := strings.Index(text, `"s3:*"`)
			if tt.want > 0 {
				want = strings.LastIndex(text, `"s3:*"`)
			}
			if info.Range.Start != want || info.Range.End != want+len(`"s3:*"`) {
				t.Errorf("at %d to %d, want %d", info.Range.Start, info.Range.End, want)
			}
		})
	}
}
