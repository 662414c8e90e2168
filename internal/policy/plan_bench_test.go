package policy

import (
	"context"
	"os"
	"testing"
	"time"

	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/unit"
	"lintel/parsers"
)

func BenchmarkPlanned(b *testing.B) {
	program := planned(b)
	root := os.DirFS("../../policies/rules")
	units, _ := parsers.Find(root, []string{"."})
	ctx := context.Background()
	var inputs []model.Object
	for _, u := range units {
		parsed := parsers.Parse(ctx, root, u, unit.Options{})
		input, _ := model.Encode(parsed.Stack, model.Facts{Today: time.Now()})
		inputs = append(inputs, input)
	}
	set, _ := Compile(os.DirFS("../../policies"))
	b.ResetTimer()
	for range b.N {
		for _, input := range inputs {
			ev := program.Evaluate(rego.FromModel(input))
			for _, r := range set.rules {
				_, _ = ev.Rule(ctx, "rules."+r.Package+".deny")
			}
		}
	}
}
