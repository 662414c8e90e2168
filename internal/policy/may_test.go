package policy

import (
	"context"
	"fmt"
	"os"
	"sort"
	"testing"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/parsers"
)

func TestMay(t *testing.T) {
	set, _ := Compile(os.DirFS("../../policies"))
	program, err := set.rules[0].program()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	root := os.DirFS(os.Getenv("PLAN_DIR"))
	units, _ := parsers.Find(root, []string{"."})
	functions, old, n := 0, 0, 0
	byRule := map[string]int{}
	seen := map[string]bool{}
	var took time.Duration
	for _, u := range units {
		parsed := parsers.Parse(ctx, root, u, deployment.Options{})
		functions += len(parsed.Stack.Functions)
		input, index := model.Encode(parsed.Stack, model.Facts{Today: time.Now()})
		unknown := unknownNodes(index)
		s := time.Now()
		is, may := program.Evaluate(rego.FromModel(input)), program.May(rego.FromModelMay(input))
		for _, r := range set.rules {
			if r.Profile == finding.All {
				continue
			}
			found, err := is.Rule(ctx, "rules."+r.Package+".deny")
			if err != nil {
				t.Fatal(err)
			}
			maybe, err := may.Rule(ctx, "rules."+r.Package+".deny")
			if err != nil {
				t.Fatal(err)
			}
			ats := map[int]bool{}
			for _, v := range found.Items() {
				at, _ := v.Member("at").Number()
				ats[at] = true
			}
			mays := map[int]bool{}
			for _, v := range maybe.Items() {
				at, _ := v.Member("at").Number()
				mays[at] = true
				if ats[at] {
					continue
				}
				d, ok := v.Doubt()
				if !ok {
					if d, ok = v.Member("at").IsUnknown(); !ok {
						t.Errorf("%s %s: certain in may only: %v", u.Root, r.ID, at)
						continue
					}
				}
				node, _ := index.Node(d)
				key := fmt.Sprintf("%s %v %s", r.ID, node.Range, node.Resource)
				if seen[key] {
					continue
				}
				seen[key] = true
				n++
				byRule[r.ID]++
				if os.Getenv("SHOW") != "" {
					fmt.Printf("%s|%s|%d|%s|%s|%s|%s\n", r.ID, node.Range.Path, node.Range.Start, node.Resource, node.Collection, node.Path, node.Cause)
				}
			}
			for at := range ats {
				if !mays[at] {
					t.Errorf("%s %s: found %d, not in may", u.Root, r.ID, at)
				}
			}
			if !r.concerns(input) {
				continue
			}
			old += len(r.undecided(unknown, nil))
		}
		took += time.Since(s)
	}
	var ids []string
	for id := range byRule {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return byRule[ids[i]] > byRule[ids[j]] })
	for _, id := range ids {
		t.Log(id, byRule[id])
	}
	t.Log(len(units), "units", functions, "functions; old", old, "new", n, took)
}
