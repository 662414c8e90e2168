package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/internal/tree"
	"lintel/policies"
)

// manyRules is the number of rules in the catalogue.
const manyRules = 246

// many is a set of as many rules as the catalogue has; every third says something about
// functions and the roles they use, the others about things that the stack does not have.
func many(b *testing.B) *policy.Set {
	b.Helper()
	fsys := fstest.MapFS{}
	for i := range manyRules {
		name := fmt.Sprintf("rule_%03d", i)
		body := tracing
		switch i % 3 {
		case 1:
			body = strings.ReplaceAll(strings.ReplaceAll(tracing, "input.functions", "input.function_urls"), "tracing.mode", "auth_type")
		case 2:
			body = strings.ReplaceAll(strings.ReplaceAll(tracing, "input.functions", "input.log_groups"), "tracing.mode", "class")
		}
		text := strings.NewReplacer("a-rule", strings.ReplaceAll(name, "_", "-"), "a_rule", name).Replace(header + body)
		fsys["rules/"+name+"/policy.rego"] = &fstest.MapFile{Data: []byte(text)}
	}
	set, err := policy.Compile(fsys)
	if err != nil {
		b.Fatal(err)
	}
	return set
}

// BenchmarkColdStart is what a run pays for the rules before its first finding: all are loaded,
// and those are decoded that the stack has material for.
func BenchmarkColdStart(b *testing.B) {
	compiled := marshal(b, many(b))
	for b.Loop() {
		set, err := policy.Load(compiled)
		if err != nil {
			b.Fatal(err)
		}
		evaluateB(b, set, 1)
	}
}

// BenchmarkLoad is what every run pays for lintel's own rules, whatever it checks.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := policy.Load(policies.Compiled); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEvaluate is a warm evaluation of 246 rules on stacks of growing size.
func BenchmarkEvaluate(b *testing.B) {
	set := many(b)
	for _, functions := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("functions=%d", functions), func(b *testing.B) {
			for b.Loop() {
				evaluateB(b, set, functions)
			}
		})
	}
}

func evaluateB(b *testing.B, set *policy.Set, functions int) {
	b.Helper()
	var s model.Stack
	for i := range functions {
		s.Add(model.Terraform, model.Resource{ID: fmt.Sprint("f", i), Type: "aws_lambda_function"}, tree.Tree{State: tree.StateKnown, IsMap: true})
	}
	s.Link()
	judgement := set.Evaluate(b.Context(), &s, "unit", model.Facts{Today: today}, everything)
	if len(judgement.Findings) != functions*manyRules/3 || len(judgement.Problems) > 0 {
		b.Fatalf("%d findings, %v", len(judgement.Findings), judgement.Problems)
	}
}
