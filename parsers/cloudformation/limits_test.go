package cloudformation_test

import (
	"strings"
	"testing"
	"time"
)

// named is a template with a value for the name of a function.
func named(name string) string {
	return "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      FunctionName: " + name + "\n"
}

// TestManyParts evaluates a Fn::Sub with more parts than the limit, and one with as many.
func TestManyParts(t *testing.T) {
	for n, want := range map[int]int{10_000: 0, 10_001: 1} {
		v := parse(t, "t.yaml", named("!Sub '"+strings.Repeat("${AWS::Region}", n)+"'"))
		if len(v.Problems) != want || want == 1 && !strings.Contains(v.Problems[0], "a Fn::Sub has more than 10000 parts") {
			t.Errorf("%d parts: %v", n, v.Problems)
		}
	}
}

// TestPairsWithoutBraces checks that a pair in a list ends where its value ends, in a time that does not grow with the square
// of their number.
func TestPairsWithoutBraces(t *testing.T) {
	start := time.Now()
	parse(t, "t.yaml", named("["+strings.Repeat("a: b, ", 100_000)+"{c: d}]"))
	if took := time.Since(start); took > 20*time.Second { // a quarter of a second; half a minute if each looks for a brace
		t.Errorf("it took %s", took)
	}
}
