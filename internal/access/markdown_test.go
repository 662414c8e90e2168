package access_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	const protection = "\n### What protects it\n\n- without VPC, code signing, KMS key, reserved concurrency, dead-letter queue\n"
	for name, tt := range map[string]struct{ text, want string }{
		"nothing": {
			"Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Role: r, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n",
			"### Who can invoke `F`\n\n- only principals whose own policies allow it: no permission or trigger in this stack\n\n### What the role allows\n\n- the role is not in this stack\n" +
				protection + "- unknown: the role is not declared here\\: what it allows cannot be determined\n",
		},
		"much": {
			function(`{Effect: Allow, Action: [s3:GetObject], Resource: "a*"}, {Effect: Deny, NotAction: "s3:*", Resource: "*", Condition: {Bool: {aws:SecureTransport: "true"}}}`,
				"  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: \"111122223333\"}}\n"),
			"### Who can invoke `F`\n\n- **limited**: `s3.amazonaws.com`: lambda\\:InvokeFunction, with source account 111122223333 (permission `P`)\n\n" +
				"### What the role allows\n\n- role `R`\n- **reads data**: `s3:GetObject`\n- **Allow** `s3:GetObject` on `a*`\n" +
				"- **Deny** everything except `s3:*` on `*`, with aws\\:SecureTransport Bool true\n" + protection,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, graphOf(t, tt.text).Markdown("F")); diff != "" {
				t.Error(diff)
			}
		})
	}
	evil := strings.ReplaceAll(function("", "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: \"EVIL\", Principal: \"EVIL\"}}\n"), "EVIL", "<b>[a](x)`")
	if got := graphOf(t, evil).Markdown("F"); !strings.Contains(got, "`` <b>[a](x)` ``: \\<b\\>\\[a\\]\\(x\\)\\` (permission `P`)") {
		t.Errorf("%s", got)
	}
}
