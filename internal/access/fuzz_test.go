package access_test

import (
	"testing"
	"time"

	"lintel/internal/access"
	"lintel/internal/cputime/cputimetest"
)

// FuzzParseLimit checks that no file with a service control policy or a session policy makes its reader panic or hang.
func FuzzParseLimit(f *testing.F) {
	f.Add([]byte(`{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotAction": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:x": ["a"]}}}]}`))
	f.Add([]byte(`{"Policies": [{"Name": "a", "Content": "{}"}]}`))
	f.Add([]byte(`[]`))
	f.Add([]byte("\xef\xbb\xbf{\"Statement\": {}}"))
	f.Fuzz(func(t *testing.T, content []byte) {
		cputimetest.Limit(t, 2*time.Second)
		for _, session := range []bool{false, true} {
			_, _ = access.ParseLimit("scp.json", session, content) // an error is right for most texts
		}
	})
}
