package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
)

// FuzzAddresses compares the indices of addresses with the comparison of each pair.
func FuzzAddresses(f *testing.F) {
	f.Add("a.b a.b[0] a.b[1] a.b[\"x.y\"] a.c")
	f.Add("module.m.a.b module.m[0].a.b module.m.a.b[0] module.m[0].a.b[0] module.m[1].a.b[0]")
	f.Add("a.b a.b a.b[0] a.b[0]")
	f.Add("a[ a[.b a].b a[]].b [ ] . .. [.] a.[0] a.b[0][1] a.b[0]x")
	f.Fuzz(func(t *testing.T, text string) {
		ids := strings.Fields(text)
		if len(ids) > 40 {
			return
		}
		addresses, references := model.NewAddresses(ids), model.NewReferences(ids)
		for _, one := range ids {
			var meant []int
			first := -1
			for i, other := range ids {
				if model.Matches(one, other) {
					meant = append(meant, i)
				}
				if first < 0 && model.Matches(other, one) {
					first = i
				}
			}
			if diff := cmp.Diff(meant, addresses.Find(one)); diff != "" {
				t.Errorf("%q can mean: %s", one, diff)
			}
			if i, ok := references.First(one); !ok || i != first {
				t.Errorf("%q is meant by %d first, not by %d", one, first, i)
			}
		}
	})
}
