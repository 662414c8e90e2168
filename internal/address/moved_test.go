package address_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"lintel/internal/address"
)

func TestOldest(t *testing.T) {
	for _, tt := range []struct {
		name          string
		moves         []address.Move
		address, want string
	}{
		{"not moved", nil, "aws_x.a", "aws_x.a"},
		{"resource", []address.Move{{"aws_x.a", "aws_x.b"}}, "aws_x.b", "aws_x.a"},
		{"another one", []address.Move{{"aws_x.a", "aws_x.b"}}, "aws_x.bb", "aws_x.bb"},
		{"instances keep keys", []address.Move{{"aws_x.a", "aws_x.b"}}, `aws_x.b["k.l"]`, `aws_x.a["k.l"]`},
		{"into an instance", []address.Move{{"aws_x.a", `aws_x.a["k"]`}}, `aws_x.a["k"]`, "aws_x.a"},
		{"not into another instance", []address.Move{{"aws_x.a", `aws_x.a["k"]`}}, `aws_x.a["l"]`, `aws_x.a["l"]`},
		{"out of an instance", []address.Move{{"aws_x.a[0]", "aws_x.a"}}, "aws_x.a", "aws_x.a[0]"},
		{"chain", []address.Move{{"aws_x.b", "aws_x.c"}, {"aws_x.a", "aws_x.b"}}, "aws_x.c", "aws_x.a"},
		{"first of two", []address.Move{{"aws_x.a", "aws_x.c"}, {"aws_x.b", "aws_x.c"}}, "aws_x.c", "aws_x.a"},
		{"first of a module and a resource", []address.Move{{"module.a", "module.b"}, {"aws_x.a", "module.b.aws_x.b"}}, "module.b.aws_x.b", "module.a.aws_x.b"},
		{"first of a resource and a module", []address.Move{{"aws_x.a", "module.b.aws_x.b"}, {"module.a", "module.b"}}, "module.b.aws_x.b", "aws_x.a"},
		{"first of all instances and one", []address.Move{{"aws_x.a", "aws_x.c"}, {"aws_x.b", `aws_x.c["k"]`}}, `aws_x.c["k"]`, `aws_x.a["k"]`},
		{"one instance before all", []address.Move{{"aws_x.b", `aws_x.c["k"]`}, {"aws_x.a", "aws_x.c"}}, `aws_x.c["k"]`, "aws_x.b"},
		{"circle", []address.Move{{"aws_x.b", "aws_x.a"}, {"aws_x.a", "aws_x.b"}}, "aws_x.a", "aws_x.a"},
		{"into a module", []address.Move{{"aws_x.a", "module.m.aws_x.this"}}, "module.m.aws_x.this", "aws_x.a"},
		{"module", []address.Move{{"module.a", "module.b"}}, `module.b[1].aws_x.this["k"]`, `module.a[1].aws_x.this["k"]`},
		{"in a module", []address.Move{{"module.m.aws_x.a", "module.m.aws_x.b"}}, "module.m[2].aws_x.b", "module.m[2].aws_x.a"},
	} {
		if got := address.NewHistory(tt.moves).Oldest(tt.address); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestOldestOfGrowing follows moves that lead to longer and longer addresses: they end.
func TestOldestOfGrowing(t *testing.T) {
	moves := make([]address.Move, 10_000)
	for i := range moves {
		moves[i] = address.Move{From: "module.m.module.m", To: "module.m"}
	}
	if got := address.NewHistory(moves).Oldest("module.m.aws_x.a"); strings.Count(got, ".") > 1000 {
		t.Errorf("the address has %d steps", strings.Count(got, ".")+1)
	}
}

// BenchmarkOldest looks up each of n addresses that n moves are about. The time for one must not depend on n.
func BenchmarkOldest(b *testing.B) {
	for _, n := range []int{1_000, 2_000, 4_000, 64_000} {
		moves := make([]address.Move, n)
		for i := range moves {
			moves[i] = address.Move{From: fmt.Sprintf("aws_x.old%d", i), To: fmt.Sprintf("module.m[%d].aws_x.a[\"k%d\"]", i%7, i)}
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			h := address.NewHistory(moves)
			for i := 0; b.Loop(); i++ {
				h.Oldest(moves[i%n].To)
			}
		})
	}
}
