package address_test

import (
	"strings"
	"testing"
	"time"

	"lintel/internal/address"
	"lintel/internal/cputime/cputimetest"
)

// FuzzOldest checks that no addresses make the search for former ones panic or hang.
func FuzzOldest(f *testing.F) {
	f.Add("module.a[\"x.y\"].aws_iam_role.r[0]", "module.a", "module.b", "aws_iam_role.r", "module.a.aws_iam_role.q")
	f.Add("a.b", "a.b", "a.c", "a.c", "a.b")
	f.Add("a[", "a[\"", "a]", "", ".")
	f.Fuzz(func(t *testing.T, name, from, to, from2, to2 string) {
		cputimetest.Limit(t, 2*time.Second)
		moves := []address.Move{{From: from, To: to}, {From: from2, To: to2}}
		oldest := address.NewHistory(moves).Oldest(name)
		if len(oldest) > len(name)+2*(len(from)+len(from2)+strings.Count(name, "")) {
			t.Errorf("%q grows to %q", name, oldest)
		}
	})
}
