package cloudformation_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

// TestUserLine follows stack traces, with the source map of a compiled file.
func TestUserLine(t *testing.T) {
	for _, tt := range []struct{ name, frame, want string }{
		{"in place", "new S (/home/dev/app/lib/stack.js:2:3)", "lib/stack.js:second"},
		{"of a library", "new F (/home/dev/app/node_modules/x/lib/stack.js:1:1)", "cdk.out/T.template.json:\"F\""},
		{"a file that is not here", "new S (/home/dev/app/other.js:1:1)", "cdk.out/T.template.json:\"F\""},
		{"a line that is not there", "new S (/home/dev/app/lib/stack.js:99:1)", "cdk.out/T.template.json:\"F\""},
		{"compiled", "new S (/home/dev/app/lib/compiled.js:1:1)", "lib/original.ts:written here"},
		{"on Windows", `new S (C:\\dev\\app\\lib\\stack.js:1:1)`, "lib/stack.js:first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{
				"lib/stack.js":            {Data: []byte("first\n  second\n")},
				"lib/compiled.js":         {Data: []byte("made\n")},
				"lib/compiled.js.map":     {Data: []byte(`{"version": 3, "file": "compiled.js", "sources": ["original.ts"], "names": [], "mappings": "AAAA"}`)},
				"lib/original.ts":         {Data: []byte("written here\n")},
				"cdk.out/T.template.json": {Data: []byte(`{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {}}}}`)},
				"cdk.out/manifest.json": {Data: fmt.Appendf(nil, `{"artifacts": {"T": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "T.template.json"},
					"metadata": {"/T/F": [{"type": "aws:cdk:logicalId", "data": "F", "trace": ["...node internals...", "%s"]}]}}}}`, tt.frame)},
			}
			v := modeltest.New(t, cloudformation.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Template, Root: "cdk.out/T.template.json"}, deployment.Options{}))
			info := v.Info("functions.0")
			if got := info.Range.Path + ":" + v.Text("functions.0"); got != tt.want || info.Construct != "T/F" {
				t.Errorf("%s of %s, want %s", got, info.Construct, tt.want)
			}
		})
	}
}
