package address_test

import (
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
		{"circle", []address.Move{{"aws_x.b", "aws_x.a"}, {"aws_x.a", "aws_x.b"}}, "aws_x.a", "aws_x.a"},
		{"into a module", []address.Move{{"aws_x.a", "module.m.aws_x.this"}}, "module.m.aws_x.this", "aws_x.a"},
		{"module", []address.Move{{"module.a", "module.b"}}, `module.b[1].aws_x.this["k"]`, `module.a[1].aws_x.this["k"]`},
		{"in a module", []address.Move{{"module.m.aws_x.a", "module.m.aws_x.b"}}, "module.m[2].aws_x.b", "module.m[2].aws_x.a"},
	} {
		if got := address.Oldest(tt.moves, tt.address); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
