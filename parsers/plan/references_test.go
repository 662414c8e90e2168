package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lintel/internal/modeltest"
)

// TestReferencesThroughModules checks that references that return to their module, several times each, are followed once.
func TestReferencesThroughModules(t *testing.T) {
	const text = `{"format_version": "1.2", "planned_values": {}, "resource_changes": [{
  "address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function", "name": "f",
  "change": {"actions": ["create"], "after": {"function_name": "f"}, "after_unknown": {"role": true}}
}, {
  "address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r",
  "change": {"actions": ["create"], "after": {"name": "r"}, "after_unknown": {"arn": true}}
}], "configuration": {"root_module": {
  "resources": [{"address": "aws_lambda_function.f", "expressions": {"role": {"references": ["module.a.o"]}}}],
  "module_calls": {"a": {
    "expressions": {"v": {"references": ["module.a.o", "module.a.o", "aws_iam_role.r.arn", "aws_iam_role.r"]}},
    "module": {"outputs": {"o": {"expression": {"references": ["var.v", "var.v"]}}}}
  }}
}}}`
	done := make(chan modeltest.View, 1)
	go func() { done <- parse(t, text) }()
	select {
	case v := <-done:
		if got, want := v.Show("functions.0.role"), `{"targets":[0],"unknown":true}`; got != want {
			t.Errorf("role is %s, want %s", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it follows each of the references again")
	}
}

// TestManyReferences checks that the limit of references is a problem.
func TestManyReferences(t *testing.T) {
	const n = 750
	var changes, roles, resources []string
	for i := range n {
		changes = append(changes, fmt.Sprintf(`{"address": "module.a.aws_lambda_function.f%d", "mode": "managed", "type": "aws_lambda_function", "name": "f", "change": {"after": {"role": "r"}}}`, i))
		roles = append(roles, fmt.Sprintf(`"aws_iam_role.r%d"`, i))
		resources = append(resources, fmt.Sprintf(`{"address": "aws_lambda_function.f%d", "expressions": {"role": {"references": ["var.v"]}}}`, i))
	}
	v := parse(t, `{"format_version": "1.2", "planned_values": {}, "resource_changes": [`+strings.Join(changes, ",")+
		`], "configuration": {"root_module": {"module_calls": {"a": {"expressions": {"v": {"references": [`+strings.Join(roles, ",")+
		`]}}, "module": {"resources": [`+strings.Join(resources, ",")+`]}}}}}}`)
	if len(v.Problems) != 1 || !strings.Contains(v.Problems[0], "more than 500000 references") {
		t.Errorf("%v", v.Problems)
	}
}
