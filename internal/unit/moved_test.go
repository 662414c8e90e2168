package unit_test

import (
	"testing"

	"lintel/internal/unit"
)

func TestOldest(t *testing.T) {
	for _, tt := range []struct {
		name          string
		moves         []unit.Move
		address, want string
	}{
		{"not moved", nil, "aws_x.a", "aws_x.a"},
		{"resource", []unit.Move{{"aws_x.a", "aws_x.b"}}, "aws_x.b", "aws_x.a"},
		{"another one", []unit.Move{{"aws_x.a", "aws_x.b"}}, "aws_x.bb", "aws_x.bb"},
		{"instances keep keys", []unit.Move{{"aws_x.a", "aws_x.b"}}, `aws_x.b["k.l"]`, `aws_x.a["k.l"]`},
		{"into an instance", []unit.Move{{"aws_x.a", `aws_x.a["k"]`}}, `aws_x.a["k"]`, "aws_x.a"},
		{"not into another instance", []unit.Move{{"aws_x.a", `aws_x.a["k"]`}}, `aws_x.a["l"]`, `aws_x.a["l"]`},
		{"out of an instance", []unit.Move{{"aws_x.a[0]", "aws_x.a"}}, "aws_x.a", "aws_x.a[0]"},
		{"chain", []unit.Move{{"aws_x.b", "aws_x.c"}, {"aws_x.a", "aws_x.b"}}, "aws_x.c", "aws_x.a"},
		{"circle", []unit.Move{{"aws_x.b", "aws_x.a"}, {"aws_x.a", "aws_x.b"}}, "aws_x.a", "aws_x.a"},
		{"into a module", []unit.Move{{"aws_x.a", "module.m.aws_x.this"}}, "module.m.aws_x.this", "aws_x.a"},
		{"module", []unit.Move{{"module.a", "module.b"}}, `module.b[1].aws_x.this["k"]`, `module.a[1].aws_x.this["k"]`},
		{"in a module", []unit.Move{{"module.m.aws_x.a", "module.m.aws_x.b"}}, "module.m[2].aws_x.b", "module.m[2].aws_x.a"},
	} {
		if got := unit.Oldest(tt.moves, tt.address); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
