package migrate_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/migrate"
	"lintel/internal/source"
)

// reader resolves some of the rules in the tables.
var reader = sync.OnceValue(func() migrate.Reader {
	var rules []finding.Rule
	for _, id := range []string{
		"function-url-auth-none", "tracing-disabled", "env-hardcoded-secret", "env-hardcoded-aws-credentials", "policy-resource-star",
		"runtime-deprecated", "async-failure-handling-missing",
	} {
		rules = append(rules, finding.Rule{ID: id})
	}
	return migrate.Reader{Peers: migrate.NewPeers(finding.IDsOf(rules)), Today: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}
})

// TestComments checks the requests that are read from comments of other scanners.
func TestComments(t *testing.T) {
	const noReason = "which gave no reason"
	for comment, want := range map[string][]string{
		"checkov:skip=CKV_AWS_50":                                   {"tracing-disabled -- taken over from checkov CKV_AWS_50, " + noReason},
		"checkov:skip=CKV_AWS_50:nobody waits":                      {"tracing-disabled -- nobody waits"},
		`checkov:skip=CKV_AWS_50: "nobody waits"`:                   {"tracing-disabled -- nobody waits"},
		`checkov:skip=CKV_AWS_50: "a" - "b"`:                        {`tracing-disabled -- "a" - "b"`},
		"bridgecrew:skip=CKV_AWS_258:a: b":                          {"function-url-auth-none -- a: b"},
		"checkov:skip= CKV_AWS_50,CKV_AWS_258:two":                  {"tracing-disabled -- two", "function-url-auth-none -- two"},
		"checkov:skip=CKV_AWS_45:none":                              {"env-hardcoded-aws-credentials, env-hardcoded-secret -- none"},
		"checkov:skip=CKV_AWS_117:none":                             {"checkov CKV_AWS_117: lintel has no rule for it yet"},
		"checkov:skip=CKV2_GHA_1":                                   {"checkov CKV2_GHA_1: lintel has no rule for it"},
		"see checkov:skip=CKV_AWS_50:x":                             {"tracing-disabled -- x"},
		"trivy:ignore:AVD-AWS-0066":                                 {"tracing-disabled -- taken over from Trivy AVD-AWS-0066, " + noReason},
		"trivy:ignore:aws-0066 nobody waits":                        {"tracing-disabled -- nobody waits"},
		"trivy:ignore:AWS-0066: nobody waits":                       {"tracing-disabled -- nobody waits"},
		"trivy:ignore:aws-lambda-enable-tracing:exp:2027-03-01 one": {"tracing-disabled -- one (until 2027-03-01)"},
		"tfsec:ignore:aws-lambda-enable-tracing":                    {"tracing-disabled -- taken over from tfsec aws-lambda-enable-tracing, " + noReason},
		"tfsec:ignore:aws-lambda-enable-tracing tfsec:ignore:AWS089:exp:2027-01-01 -- both": {
			"tracing-disabled -- both", "tfsec AWS089: lintel has no rule for it",
		},
		"tfsec:ignore:aws-lambda-enable-tracing:exp:2026-01-01":   {"tfsec aws-lambda-enable-tracing: its time was over on 2026-01-01"},
		"tfsec:ignore:aws-lambda-enable-tracing:exp:soon":         {"tfsec aws-lambda-enable-tracing: its end, soon, is no date"},
		"tfsec:ignore:aws-lambda-enable-tracing:ws:prod":          {"tfsec aws-lambda-enable-tracing: it holds in the workspace prod only"},
		"trivy:ignore:aws-lambda-enable-tracing[function_name=x]": {"Trivy aws-lambda-enable-tracing: it holds for a part only, [function_name=x]"},
		"trivy:ignore:*": {"Trivy *: it names no check"},
		"tflint-ignore: aws_lambda_function_deprecated_runtime": {"runtime-deprecated -- taken over from tflint aws_lambda_function_deprecated_runtime, " + noReason},
		"tflint-ignore: aws_lambda_function_deprecated_runtime, x # soon": {
			"runtime-deprecated -- soon", "tflint x: lintel has no rule for it",
		},
		"tflint-ignore-file: terraform_x": {"tflint terraform_x: it is about the whole file; ignore in .lintel.yaml can say that"},
		"nosemgrep":                       {"Semgrep: it names no check"},
		"nosemgrep: terraform.aws.security.aws-lambda-x-ray-tracing-not-active.aws-lambda-x-ray-tracing-not-active": {
			"tracing-disabled -- taken over from Semgrep terraform.aws.security.aws-lambda-x-ray-tracing-not-active.aws-lambda-x-ray-tracing-not-active, " + noReason,
		},
		"kics-scan ignore-block":         {"KICS: it names no check"},
		"kics-scan ignore-line":          {"KICS: it names no check"},
		"kics-scan disable=b592ffd4":     {"KICS disable=b592ffd4: it is about the whole file; ignore in .lintel.yaml can say that"},
		"ts:skip=AC_AWS_0001 no":         {"Terrascan AC_AWS_0001: lintel has no rule for it"},
		"checkov:skip":                   nil,
		"checkov skip=CKV_AWS_50":        nil,
		"lintel:ignore tracing-disabled": nil,
		"we ignore it":                   nil,
	} {
		file := source.NewFile("a.tf", []byte("resource \"x\" \"y\" {\n  # "+comment+"\n  a = 1\n}\n"))
		var got []string
		for _, q := range reader().Read(file) {
			got = append(got, said(q))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", comment, diff)
		}
	}
}

// said returns a request as it is shown.
func said(q migrate.Request) string {
	if q.Why == "" {
		return q.Text()
	}
	return fmt.Sprintf("%s: %s", strings.TrimSpace(q.Tool+" "+q.Check), q.Why)
}

// TestRewrite checks where directives are inserted, and that nothing else changes.
func TestRewrite(t *testing.T) {
	for name, tt := range map[string]struct{ file, before, after, removed string }{
		"a block of Terraform": {
			"a.tf",
			"# first\n\nresource \"x\" \"y\" {\n  #checkov:skip=CKV_AWS_50:one\n  # checkov:skip=CKV_AWS_258:two\n  a = 1\n}\n",
			"# first\n\n# lintel:ignore tracing-disabled -- one\n# lintel:ignore function-url-auth-none -- two\nresource \"x\" \"y\" {\n  #checkov:skip=CKV_AWS_50:one\n  # checkov:skip=CKV_AWS_258:two\n  a = 1\n}\n",
			"# first\n\n# lintel:ignore tracing-disabled -- one\n# lintel:ignore function-url-auth-none -- two\nresource \"x\" \"y\" {\n  a = 1\n}\n",
		},
		"above, at the end, within": {
			"a.tofu",
			"#tfsec:ignore:aws-lambda-enable-tracing\nresource \"x\" \"y\" {\n\tb {\n\t\tm = 1 # trivy:ignore:AWS-0066 one\n\t\tn = 2\n\t}\n} /* tfsec:ignore:aws-lambda-enable-tracing */\n",
			"# lintel:ignore tracing-disabled -- taken over from tfsec aws-lambda-enable-tracing, which gave no reason\n#tfsec:ignore:aws-lambda-enable-tracing\nresource \"x\" \"y\" {\n\tb {\n\t\t# lintel:ignore tracing-disabled -- one\n\t\tm = 1 # trivy:ignore:AWS-0066 one\n\t\tn = 2\n\t}\n} /* tfsec:ignore:aws-lambda-enable-tracing */\n",
			"# lintel:ignore tracing-disabled -- taken over from tfsec aws-lambda-enable-tracing, which gave no reason\nresource \"x\" \"y\" {\n\tb {\n\t\t# lintel:ignore tracing-disabled -- one\n\t\tm = 1\n\t\tn = 2\n\t}\n} /* tfsec:ignore:aws-lambda-enable-tracing */\n",
		},
		"CRLF, and no newline at the end": {
			"a.tf",
			"module \"m\" { # checkov:skip=CKV_AWS_50:é\r\n}\r\n//tfsec:ignore:aws-lambda-enable-tracing\r\nmodule \"n\" {}",
			"# lintel:ignore tracing-disabled -- é\r\nmodule \"m\" { # checkov:skip=CKV_AWS_50:é\r\n}\r\n# lintel:ignore tracing-disabled -- taken over from tfsec aws-lambda-enable-tracing, which gave no reason\r\n//tfsec:ignore:aws-lambda-enable-tracing\r\nmodule \"n\" {}",
			"# lintel:ignore tracing-disabled -- é\r\nmodule \"m\" {\r\n}\r\n# lintel:ignore tracing-disabled -- taken over from tfsec aws-lambda-enable-tracing, which gave no reason\r\nmodule \"n\" {}",
		},
		"only a part can be taken over": {
			"a.tf",
			"resource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_50,CKV_AWS_999:one\n}\n",
			"# lintel:ignore tracing-disabled -- one\nresource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_50,CKV_AWS_999:one\n}\n",
			"# lintel:ignore tracing-disabled -- one\nresource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_50,CKV_AWS_999:one\n}\n",
		},
		"words before it": {
			"a.tf",
			"resource \"x\" \"y\" {\n  # Reviewed. checkov:skip=CKV_AWS_50:one\n}\n",
			"# lintel:ignore tracing-disabled -- one\nresource \"x\" \"y\" {\n  # Reviewed. checkov:skip=CKV_AWS_50:one\n}\n",
			"# lintel:ignore tracing-disabled -- one\nresource \"x\" \"y\" {\n  # Reviewed. checkov:skip=CKV_AWS_50:one\n}\n",
		},
		"a text is no comment": {
			"a.tf", "resource \"x\" \"y\" {\n  a = \"#checkov:skip=CKV_AWS_50:one\"\n  b = <<E\n#checkov:skip=CKV_AWS_50:one\nE\n}\n", "", "",
		},
		"once for several checks, with a reason": {
			"a.tf",
			"resource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_111\n  # checkov:skip=CKV_AWS_356:one\n}\n",
			"# lintel:ignore policy-resource-star -- one\nresource \"x\" \"y\" {\n  # checkov:skip=CKV_AWS_111\n  # checkov:skip=CKV_AWS_356:one\n}\n",
			"# lintel:ignore policy-resource-star -- one\nresource \"x\" \"y\" {\n}\n",
		},
		"comments of YAML": {
			"a.yaml",
			"Resources:\n  F:\n    # checkov:skip=CKV_AWS_50:one\n    Type: AWS::Lambda::Function\n    Properties:\n      Layers:\n        - a # trivy:ignore:AWS-0066\n        - b\n",
			"Resources:\n  # lintel:ignore tracing-disabled -- one\n  F:\n    # checkov:skip=CKV_AWS_50:one\n    Type: AWS::Lambda::Function\n    Properties:\n      Layers:\n        # lintel:ignore tracing-disabled -- taken over from Trivy AWS-0066, which gave no reason\n        - a # trivy:ignore:AWS-0066\n        - b\n",
			"Resources:\n  # lintel:ignore tracing-disabled -- one\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Layers:\n        # lintel:ignore tracing-disabled -- taken over from Trivy AWS-0066, which gave no reason\n        - a\n        - b\n",
		},
		"metadata of YAML": {
			"a.yml",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      # why\n      cfn_nag:\n        rules_to_suppress:\n          - {id: W11, reason: \"a: b\"}\n      checkov:\n        skip:\n          - id: CKV_AWS_50\n            comment: >\n              two\n              lines\n    Properties: {}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      # why\n      lintel:\n        ignore:\n          - \"policy-resource-star -- a: b\"\n          - tracing-disabled -- two lines\n      cfn_nag:\n        rules_to_suppress:\n          - {id: W11, reason: \"a: b\"}\n      checkov:\n        skip:\n          - id: CKV_AWS_50\n            comment: >\n              two\n              lines\n    Properties: {}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      # why\n      lintel:\n        ignore:\n          - \"policy-resource-star -- a: b\"\n          - tracing-disabled -- two lines\n    Properties: {}\n",
		},
		"metadata with lintel's own": {
			"a.yaml",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      lintel:\n        ignore:\n          - policy-resource-star -- one\n      cfn_nag: {rules_to_suppress: [{id: W11}]}\n      checkov: {skip: [{id: CKV_AWS_50, comment: two}]}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      lintel:\n        ignore:\n          - tracing-disabled -- two\n          - policy-resource-star -- one\n      cfn_nag: {rules_to_suppress: [{id: W11}]}\n      checkov: {skip: [{id: CKV_AWS_50, comment: two}]}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      lintel:\n        ignore:\n          - tracing-disabled -- two\n          - policy-resource-star -- one\n",
		},
		"metadata of JSON": {
			"a.json",
			"{\"Resources\": {\n  \"F\": {\n    \"Type\": \"AWS::Lambda::Function\",\n    \"Metadata\": {\n      \"cdk_nag\": {\"rules_to_suppress\": [{\"id\": \"Serverless-LambdaTracing\", \"reason\": \"b25l\", \"is_reason_encoded\": true}]},\n      \"aws:cdk:path\": \"S/F\"\n    }\n  }\n}}\n",
			"{\"Resources\": {\n  \"F\": {\n    \"Type\": \"AWS::Lambda::Function\",\n    \"Metadata\": {\n      \"lintel\": {\n        \"ignore\": [\n          \"tracing-disabled -- one\"\n        ]\n      },\n      \"cdk_nag\": {\"rules_to_suppress\": [{\"id\": \"Serverless-LambdaTracing\", \"reason\": \"b25l\", \"is_reason_encoded\": true}]},\n      \"aws:cdk:path\": \"S/F\"\n    }\n  }\n}}\n",
			"{\"Resources\": {\n  \"F\": {\n    \"Type\": \"AWS::Lambda::Function\",\n    \"Metadata\": {\n      \"lintel\": {\n        \"ignore\": [\n          \"tracing-disabled -- one\"\n        ]\n      },\n      \"aws:cdk:path\": \"S/F\"\n    }\n  }\n}}\n",
		},
		"metadata on one line": {
			"a.template",
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"x":1,"checkov":{"skip":[{"id":"CKV_AWS_50","comment":"a \"b\" <c>"}]}}}}}`,
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"lintel": {"ignore": ["tracing-disabled -- a \"b\" <c>"]}, "x":1,"checkov":{"skip":[{"id":"CKV_AWS_50","comment":"a \"b\" <c>"}]}}}}}`,
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"lintel": {"ignore": ["tracing-disabled -- a \"b\" <c>"]}, "x":1}}}}`,
		},
		"nothing else in the metadata": {
			"a.json",
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"checkov":{"skip":[{"id":"CKV_AWS_50","comment":"a"}]}}}}}`,
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"lintel": {"ignore": ["tracing-disabled -- a"]}, "checkov":{"skip":[{"id":"CKV_AWS_50","comment":"a"}]}}}}}`,
			`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Metadata":{"lintel": {"ignore": ["tracing-disabled -- a"]}}}}}`,
		},
		"settings beside the list stay": {
			"a.yaml",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      guard:\n        SuppressedRules: [LAMBDA_X]\n      cfn-lint:\n        config:\n          ignore_checks: [W2531]\n          configure_rules: {}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      lintel:\n        ignore:\n          - runtime-deprecated -- taken over from cfn-lint W2531, which gave no reason\n      guard:\n        SuppressedRules: [LAMBDA_X]\n      cfn-lint:\n        config:\n          ignore_checks: [W2531]\n          configure_rules: {}\n",
			"Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      lintel:\n        ignore:\n          - runtime-deprecated -- taken over from cfn-lint W2531, which gave no reason\n      guard:\n        SuppressedRules: [LAMBDA_X]\n      cfn-lint:\n        config:\n          ignore_checks: [W2531]\n          configure_rules: {}\n",
		},
		"no template": {"values.yaml", "image: x # checkov:skip=CKV_AWS_50:one\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.after == "" {
				tt.after, tt.removed = tt.before, tt.before
			}
			if diff := cmp.Diff(tt.after, rewrite(tt.file, tt.before, false)); diff != "" {
				t.Error(diff)
			}
			removed := rewrite(tt.file, tt.before, true)
			if diff := cmp.Diff(tt.removed, removed); diff != "" {
				t.Error("removed: " + diff)
			}
			if diff := cmp.Diff(tt.after, rewrite(tt.file, tt.after, false)); diff != "" {
				t.Error("the second time: " + diff)
			}
			if diff := cmp.Diff(tt.removed, rewrite(tt.file, tt.after, true)); diff != "" {
				t.Error("removed later: " + diff)
			}
		})
	}
}

func rewrite(name, text string, remove bool) string {
	file := source.NewFile(name, []byte(text))
	requests := reader().Read(file)
	migrate.Merge(requests)
	return string(migrate.Rewrite(file, requests, remove).Content)
}

// TestLeft checks the reasons for which requests are not converted.
func TestLeft(t *testing.T) {
	const resource = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata:\n      "
	for name, tt := range map[string]struct{ file, text, want string }{
		"parts":     {"a.yaml", resource + "cdk_nag: {rules_to_suppress: [{id: X-LambdaTracing, applies_to: [a]}]}\n", "cdk-nag X-LambdaTracing: it holds for a part only, applies_to"},
		"all of it": {"a.yaml", "Metadata: {cfn-lint: {config: {ignore_checks: [W2531]}}}\n" + resource + "a: 1\n", "cfn-lint W2531: it is about the whole template; ignore in .lintel.yaml can say that"},
		"no list":   {"a.yaml", resource + "lintel: {}\n      checkov: {skip: [{id: CKV_AWS_50}]}\n", "checkov CKV_AWS_50: Metadata.lintel is there already; add it to its list by hand"},
		"an anchor": {"a.yaml", "x: &m\n  checkov: {skip: [{id: CKV_AWS_50}]}\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Metadata: *m\n", "checkov CKV_AWS_50: its metadata is shared through an anchor"},
		"generated": {"cdk.out/S.template.json", `{"Resources":{"F":{"Type":"AWS::X","Metadata":{"checkov":{"skip":[{"id":"CKV_AWS_50","comment":"a"}]}}}}}`, "checkov CKV_AWS_50: the CDK writes this file anew; say it in the app: resource.addMetadata('lintel', {ignore: ['tracing-disabled -- a']})"},
		"no id":     {"a.yaml", resource + "checkov: {skip: [{comment: a}]}\n", "checkov: it names no check"},
		"elsewhere": {"a.yaml", "Resources:\n  # checkov:skip=CKV_AWS_50:one\n  F:\n    Type: AWS::Lambda::Function\n", "checkov CKV_AWS_50: it stands in no resource"},
		"nothing":   {"a.tf", "resource \"x\" \"y\" {\n} # tfsec:ignore:aws-lambda-enable-tracing\n", "tfsec aws-lambda-enable-tracing: nothing begins there that it could be about"},
	} {
		file := source.NewFile(tt.file, []byte(tt.text))
		requests := reader().Read(file)
		if len(requests) != 1 {
			t.Errorf("%s: %d requests", name, len(requests))
			continue
		}
		if got := said(requests[0]); got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
		if got := rewrite(tt.file, tt.text, true); got != tt.text {
			t.Errorf("%s: became %s", name, got)
		}
	}
}

// TestOriginalsStay checks that the comments of other scanners keep working: each applies to its own line or to the next
// one, so no line may come between, and those of Checkov and Terrascan stay in the block.
func TestOriginalsStay(t *testing.T) {
	const block = "resource \"aws_lambda_function\" \"f\" {\n  tracing_config {\n    mode = \"PassThrough\"\n  }\n}\n"
	above := func(comments ...string) string { return "# A page.\n\n" + strings.Join(comments, "\n") + "\n" + block }
	for name, text := range map[string]string{
		"Checkov":           strings.Replace(block, "{\n", "{\n  # checkov:skip=CKV_AWS_50:one\n", 1),
		"Checkov and Trivy": "# trivy:ignore:AWS-0017\n" + strings.Replace(block, "{\n", "{\n  # checkov:skip=CKV_AWS_50:one\n", 1),
		"Terrascan":         "#ts:skip=AC_AWS_0485 one\n" + strings.Replace(block, "{\n", "{\n  #ts:skip=AC_AWS_0485 one\n  # checkov:skip=CKV_AWS_50:one\n", 1),
		"Trivy":             above("# trivy:ignore:AWS-0066"),
		"Trivy, tfsec":      above("# trivy:ignore:AWS-0066", "//tfsec:ignore:aws-lambda-enable-tracing"),
		"Trivy, on a line":  strings.Replace(block, "\"PassThrough\"", "\"PassThrough\" # trivy:ignore:AWS-0066", 1),
		"tflint":            above("# tflint-ignore: aws_lambda_function_deprecated_runtime"),
		"tflint and words":  above("# tflint-ignore: aws_lambda_function_deprecated_runtime", "# The client agrees."),
		"tflint and KICS":   above("# kics-scan ignore-block", "# tflint-ignore: aws_lambda_function_deprecated_runtime"),
		"Semgrep":           above("# nosemgrep: aws-lambda-x-ray-tracing-not-active"),
		"in a comment of C": above("/* trivy:ignore:AWS-0066", "   tfsec:ignore:aws-lambda-enable-tracing */"),
		"within a block":    strings.Replace(block, "    mode", "    # trivy:ignore:AWS-0066\n    mode", 1),
	} {
		t.Run(name, func(t *testing.T) {
			after := rewrite("main.tf", text, false)
			if after == text {
				t.Fatal("nothing is converted")
			}
			before, lines := strings.Split(text, "\n"), strings.Split(after, "\n")
			for i, line := range before[:len(before)-1] {
				if !strings.ContainsAny(line, "#/") || strings.HasPrefix(line, "# A page") {
					continue
				}
				if !strings.Contains(after, line+"\n"+before[i+1]) {
					t.Errorf("%q is no longer above %q:\n%s", line, before[i+1], after)
				}
			}
			for i, line := range lines {
				if strings.Contains(line, "lintel:ignore") && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) == "" {
					t.Errorf("%q is above an empty line:\n%s", line, after)
				}
			}
			if again := rewrite("main.tf", after, false); again != after {
				t.Errorf("the second time: %s", cmp.Diff(after, again))
			}
		})
	}
}
