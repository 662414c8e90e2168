package access

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The variants of a function under different conditions are one function, and show only what differs.
func TestTextOfVariants(t *testing.T) {
	callers := func(condition string) []Caller {
		return []Caller{{Who: Who{Name: "events.amazonaws.com"}, How: "lambda:InvokeFunction", Via: "P", Reach: Limited, Conditions: []string{"source ARN R", "if " + condition}}}
	}
	role := func(boundary string) Role {
		return Role{ID: "Role", Boundary: boundary, Managed: []Managed{{Name: "Basic"}}}
	}
	u := &Unit{Path: "t.yaml", Roles: []Role{role("B"), role("B"), role("")}, Functions: []Function{
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("A is true"), Roles: []int{0, 1}, Unknown: []string{"exists only if A is true"}},
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("A is false"), Roles: []int{1}, Unknown: []string{"exists only if A is false"}},
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("B is true"), Roles: []int{2}, Unknown: []string{"exists only if C is true"}},
	}}
	want := `t.yaml: 1 function

F  t.yaml:3  limited
  invoked by
    limited        events.amazonaws.com: lambda:InvokeFunction [source ARN R] (P)
  role Role
    at most what the permissions boundary B allows
    managed policy Basic
  unknown: VPC, code signing, KMS key, reserved concurrency, dead-letter queue
  unknown: exists only if A is true

F  t.yaml:3  limited
  invoked by those above
  role Role, see above
  unknown: VPC, code signing, KMS key, reserved concurrency, dead-letter queue
  unknown: exists only if A is false

F  t.yaml:3  limited
  invoked by
    limited        events.amazonaws.com: lambda:InvokeFunction [source ARN R; if B is true] (P)
  role Role
    managed policy Basic
  unknown: VPC, code signing, KMS key, reserved concurrency, dead-letter queue
  unknown: exists only if C is true
`
	if diff := cmp.Diff(want, Text([]*Unit{u})); diff != "" {
		t.Error(diff)
	}
}
