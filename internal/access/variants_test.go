package access

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// variants is a unit with three variants of a function.
func variants() *Unit {
	callers := func(condition string) []Caller {
		return []Caller{{Kind: Permission, Who: Who{Name: "events.amazonaws.com"}, How: "lambda:InvokeFunction", Via: "P", Reach: Limited, Conditions: []string{"source ARN R", "if " + condition}}}
	}
	role := func(boundary string) Role {
		return Role{ID: "Role", Boundary: boundary, Managed: []Managed{{Name: "Basic"}}}
	}
	return &Unit{Path: "t.yaml", Roles: []Role{role("B"), role("B"), role("")}, Functions: []Function{
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("A is true"), Roles: []int{0, 1}, Unknown: []string{"exists only if A is true"}},
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("A is false"), Roles: []int{1}, Unknown: []string{"exists only if A is false"}},
		{ID: "F", Place: Place{File: "t.yaml", Line: 3}, Reach: Limited, Callers: callers("B is true"), Roles: []int{2}, Unknown: []string{"exists only if C is true"}},
	}}
}

// The variants of a function under different conditions are one function, which shows once what they have in common.
func TestTextOfVariants(t *testing.T) {
	want := `t.yaml: 1 function

F  t.yaml:3  limited
  invoked by
    limited        events.amazonaws.com: lambda:InvokeFunction [source ARN R; if B is true] (P)  [if C is true]
    limited        events.amazonaws.com: lambda:InvokeFunction [source ARN R] (P)  [if A is true, or if A is false]
  role Role
    at most what the permissions boundary B allows  [if A is true, or if A is false]
    managed policy Basic
  unknown: VPC, code signing, KMS key, reserved concurrency, dead-letter queue
  unknown: exists only if A is true, or if A is false, or if C is true
`
	if diff := cmp.Diff(want, Text([]*Unit{variants()})); diff != "" {
		t.Error(diff)
	}
}

// In JSON, in drawings and on the page a function is once, with what differs.
func TestJoined(t *testing.T) {
	u := variants()
	joined := u.Joined()
	if len(joined.Functions) != 1 || len(joined.Roles) != 2 || len(u.Functions) != 3 || len(u.Roles) != 3 {
		t.Fatalf("%d functions and %d roles of %d and %d", len(joined.Functions), len(joined.Roles), len(u.Functions), len(u.Roles))
	}
	f := joined.Functions[0]
	if diff := cmp.Diff([]int{0}, f.Roles); diff != "" {
		t.Error(diff)
	}
	other := f.Callers
	other = []Caller{other[0]}
	other[0].Conditions = []string{"source ARN R", "if B is true"}
	want := []Variant{
		{Place: f.Place, Unknown: []string{"exists only if A is false"}},
		{Place: f.Place, Unknown: []string{"exists only if C is true"}, Callers: &other, Roles: &[]int{1}},
	}
	if diff := cmp.Diff(want, f.Variants, cmpopts.IgnoreTypes(Existence{}), cmpopts.IgnoreUnexported(Place{})); diff != "" {
		t.Error(diff)
	}
	all := []*Unit{u}
	for name, drawn := range map[string]string{"mermaid": Mermaid(all), "dot": DOT(all)} {
		if n := strings.Count(drawn, "F (limited)"); n != 1 {
			t.Errorf("%s: the function is %d times\n%s", name, n, drawn)
		}
	}
	page := HTML(all)
	for text, n := range map[string]int{
		"<title>lintel access: 1 function</title>": 1, "<tr id=": 1, `data-side="function"`: 1,
		" [if A is true, or if A is false]</li>": 2, " [if C is true]</li>": 1, "managed policy Basic</li>": 1, "exists only": 1,
	} {
		if got := strings.Count(page, text); got != n {
			t.Errorf("%q is %d times, want %d\n%s", text, got, n, page)
		}
	}
}
