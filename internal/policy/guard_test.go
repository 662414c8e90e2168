package policy_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/policy"
)

var errOwn = errors.New("its own")

func TestLimited(t *testing.T) {
	block := func(ctx context.Context) error { <-ctx.Done(); return nil }
	never := make(chan struct{})
	defer close(never)
	for _, tt := range []struct {
		name   string
		limit  time.Duration
		memory uint64
		do     func(context.Context) error
		want   string
	}{
		{"well", time.Hour, 1 << 40, func(context.Context) error { return nil }, ""},
		{"wrong", time.Hour, 1 << 40, func(context.Context) error { return errOwn }, "its own"},
		{"panic", time.Hour, 1 << 40, func(context.Context) error { panic("so") }, "failed with an internal error: so"},
		{"long", 20 * time.Millisecond, 1 << 40, block, "exceeds the time limit of 20ms"},
		{"deaf", 20 * time.Millisecond, 1 << 40, func(context.Context) error { <-never; return nil }, "exceeds the time limit of 20ms"},
		{"large", time.Hour, 16 << 20, func(ctx context.Context) error {
			var held [][]byte
			for ctx.Err() == nil {
				if len(held) < 64 {
					held = append(held, make([]byte, 1<<20))
				}
			}
			if len(held) == 0 {
				return errOwn
			}
			return nil
		}, "exceeds the limit of 16 MiB of memory"},
		{"garbage", time.Hour, 64 << 20, func(context.Context) error {
			for range 200 {
				_ = strings.Repeat("x", 1<<20)
			}
			return nil
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := policy.Limited(context.Background(), tt.limit, tt.memory, tt.do)
			if got := text(err); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	ctx, stop := context.WithCancelCause(context.Background())
	stop(errOwn)
	if _, err := policy.Limited(ctx, time.Hour, 1<<40, block); !errors.Is(err, errOwn) {
		t.Errorf("when nobody waits any more: %v", err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestBombs holds that a rule that needs too much is a problem, and that all others go on.
func TestBombs(t *testing.T) {
	var doubled strings.Builder
	doubled.WriteString("a_0 := [\"x\"]\n\n")
	for step := range strings.SplitSeq("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST", "") {
		next := string(step[0] + 1)
		if step == "9" || step == "z" {
			next = map[string]string{"9": "a", "z": "A"}[step]
		}
		doubled.WriteString("a_" + next + " := array.concat(a_" + step + ", a_" + step + ")\n\n")
	}
	const slow, big = "exceeds the time limit of 500ms", "exceeds the limit of 64 MiB of memory" // which comes first depends on the machine
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"range", expr(`count(numbers.range(0, 1000000000)) > 3`), []string{slow, big}},
		{"cidr", expr(`count(net.cidr_expand("10.0.0.0/1")) > 3`), []string{slow, big}},
		{"doubling", doubled.String() + expr(`count(a_T) > 3`), []string{slow, big}},
		{"product", expr(`xs := numbers.range(1, 5000); count([1 | some a in xs; some b in xs; some c in xs; a * b == c + 0.5]) > 3`), []string{slow}},
		{"comprehension", expr(`xs := numbers.range(1, 10000); count({[a, b, c] | some a in xs; some b in xs; some c in xs}) > 3`), []string{slow, big}},
		{"regex", expr(`s := concat("", [x | some _ in numbers.range(1, 300000); x := "a"]); regex.match("(a?){900}b$", s)`), []string{slow}},
		{"many findings", `deny contains {"at": fn.at, "message": $"{i}"} if {
	some fn in input.functions
	some i in numbers.range(1, 10001)
}
`, []string{"10001 findings in one stack exceed the limit of 10000", slow}},
		{"long message", `deny contains {"at": fn.at, "message": sprintf("%5000d", [1])} if {
	some fn in input.functions
}
`, []string{"a message of 5000 bytes exceeds the limit of 4096"}},
		{"conflict", "x := 1 if input.functions\n\nx := 2 if input.functions\n\n" + expr(`x == 1`), []string{"own/rules/own_bomb/policy.rego:18: eval_conflict_error: rule data.rules.own_bomb.x produced conflicting values: 1 at own/rules/own_bomb/policy.rego:16 2 at own/rules/own_bomb/policy.rego:18"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, said := extend(t, fstest.MapFS{
				"rules/own_bomb/policy.rego":  named("own-bomb", tt.body),
				"rules/own_right/policy.rego": named("own-right", expr(`fn.id == "f"`)),
			})
			if len(said) > 0 {
				t.Fatal(said)
			}
			set.Hurry(500*time.Millisecond, 64<<20)
			for range 2 { // the second time it is not even tried
				got := evaluate(t, set, stack(t, known("Active")))
				if len(got.Problems) != 1 || !slices.ContainsFunc(tt.want, func(want string) bool {
					return got.Problems[0].Message == "rule own-bomb failed: "+want
				}) {
					t.Errorf("problems %v, want %q", got.Problems, tt.want)
				}
				if found := own(got.Findings); !slices.Equal(found, []string{"own-right: found"}) {
					t.Errorf("the other rule finds %v", found)
				}
			}
		})
	}
}
