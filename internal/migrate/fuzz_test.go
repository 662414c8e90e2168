package migrate_test

import (
	"bytes"
	"testing"

	"lintel/internal/migrate"
	"lintel/internal/source"
)

// FuzzRewrite checks with arbitrary texts that no text is lost, that only directives of lintel are added, and that a
// second run changes nothing.
func FuzzRewrite(f *testing.F) {
	f.Add("a.tf", "resource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_50:one\r\n a = 1 #tfsec:ignore:aws-lambda-enable-tracing:exp:2027-01-01\n}\n")
	f.Add("a.tf", "/* trivy:ignore:AWS-0066\nnosemgrep */ x = [ # tfsec:ignore:AWS-0066\n1]")
	f.Add("a.yaml", "Resources:\n  F:\n    Type: AWS::X\n    Metadata:\n      checkov: {skip: [{id: CKV_AWS_50, comment: a}]}\n    # checkov:skip=CKV_AWS_50:one\n")
	f.Add("a.yaml", "Resources:\n  F: &a\n    Type: AWS::X # trivy:ignore:AWS-0066\n    Metadata: {cfn_nag: {rules_to_suppress: [{id: W11, reason: \"x\n y\"}]}, b: 1}\n  G: *a\n")
	f.Add("a.yaml", "Resources: {F: {Type: AWS::X, # trivy:ignore:AWS-0066\n  \"a\n b\": c, d: e # trivy:ignore:AWS-0066\n}}\n")
	f.Add("a.json", `{"Resources":{"F":{"Type":"AWS::X","Metadata":{"checkov":{"skip":[{"id":"CKV_AWS_50","comment":"\ud800"}]}}}}}`)
	f.Add("a.yaml", "Resources:\n  F:\n    Type: AWS::X\n    Metadata: &m\n      <<: *m\n      lintel: {ignore: [a, b]}\n      checkov: {skip: [{id: CKV_AWS_50}]}\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		file := source.NewFile(name, []byte(text))
		requests := reader().Read(file)
		migrate.Merge(requests)
		rewritten := migrate.Rewrite(file, requests, false).Content
		rest := rewritten
		for _, b := range []byte(text) { // the text is within what it becomes, in its order
			i := bytes.IndexByte(rest, b)
			if i < 0 {
				t.Fatalf("%q became %q", text, rewritten)
			}
			rest = rest[i+1:]
		}
		if len(rewritten) > len(text) && !bytes.Contains(rewritten, []byte("lintel")) {
			t.Errorf("%q became %q", text, rewritten)
		}
		if second := rewrite(name, string(rewritten), false); second != string(rewritten) {
			t.Errorf("%q became %q the second time", rewritten, second)
		}
		migrate.Rewrite(file, requests, true)
	})
}
