package cloudformation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

// parseFiles parses root.yaml. Files and their texts alternate.
func parseFiles(t *testing.T, files ...string) modeltest.View {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	u := deployment.Unit{Kind: deployment.Template, Root: "root.yaml"}
	return modeltest.New(t, cloudformation.Parse(context.Background(), fsys, u, deployment.Options{}))
}

// TestTemplateByName checks that a nested stack whose URL is unknown except for its end is the only file with that name.
func TestTemplateByName(t *testing.T) {
	child := "Resources:" + fmt.Sprintf(childURL, "NONE")
	for _, tt := range []struct {
		name, url string
		more      []string
		want      []string
		gap       string // part of its message
	}{
		{"in another directory", `!Sub "https://${AWS::AccountId}.s3.amazonaws.com/v1/orders.yaml"`, nil, []string{"N.Url NONE"}, "checked as services/a/orders.yaml"},
		{"after an unknown prefix", `!Sub "https://bucket/${AWS::StackName}orders.yaml"`, nil, []string{"N.Url NONE"}, "checked as services/a/orders.yaml"},
		{"in a directory with the same name", `!Sub "https://${AWS::AccountId}.s3.amazonaws.com/a/orders.yaml"`, nil, []string{"N.Url NONE"}, ""},
		{"in the directory of the template", `!Sub "https://${AWS::AccountId}.s3.amazonaws.com/services/a/orders.yaml"`, nil, []string{"N.Url NONE"}, ""},
		{"two files", `!Sub "https://${AWS::AccountId}.s3.amazonaws.com/v1/orders.yaml"`, []string{"other/orders.yaml", child}, nil, "was not checked"},
		{"a hidden one", `!Sub "https://${AWS::AccountId}.s3.amazonaws.com/v1/orders.yaml"`, []string{".build/orders.yaml", child, "node_modules/x/orders.yaml", child}, []string{"N.Url NONE"}, "checked as services/a/orders.yaml"},
		{"the bucket of someone else", `"https://someone.s3.amazonaws.com/v1/orders.yaml"`, nil, nil, "was not checked"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: " + tt.url + "}}}"
			v := parseFiles(t, append([]string{"root.yaml", root, "services/a/orders.yaml", child}, tt.more...)...)
			if diff := cmp.Diff(tt.want, modes(v)); diff != "" || len(v.Problems) > 0 || (tt.gap != "") != (len(v.Gaps) == 1) || !strings.Contains(strings.Join(v.Gaps, ""), tt.gap) {
				t.Error(diff, v.Problems, v.Gaps)
			}
		})
	}
}

// modes are the authorization types of the function URLs with their conditions.
func modes(v modeltest.View) []string {
	var all []string
	for i, when := range whens(v, "function_urls") {
		at := fmt.Sprintf("function_urls.%d", i)
		all = append(all, strings.TrimPrefix(fmt.Sprintf("%s: %v %v", when, v.Node(at+".id"), v.Node(at + ".auth_type").(map[string]any)["value"]), ": "))
	}
	return all
}

const childURL = `
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: %s, TargetFunctionArn: f}}
`

func TestNestedVariants(t *testing.T) {
	for _, tt := range []struct {
		name, root, child string
		want              []string
	}{
		{
			"the nested stack has a condition",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsDev: !Equals [!Ref Stage, dev]}\nResources: {N: {Type: AWS::CloudFormation::Stack, Condition: IsDev, Properties: {TemplateURL: n.yaml, Parameters: {Auth: NONE}}}}",
			"Parameters: {Auth: {Type: String}}\nResources:" + fmt.Sprintf(childURL, "!Ref Auth"),
			[]string{"IsDev is true: N.Url NONE"},
		},
		{
			"a condition selects what is passed",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsDev: !Equals [!Ref Stage, dev]}\nResources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Auth: !If [IsDev, NONE, AWS_IAM]}}}}",
			"Parameters: {Auth: {Type: String}}\nResources:" + fmt.Sprintf(childURL, "!Ref Auth"),
			[]string{"IsDev is true: N.Url NONE", "IsDev is false: N.Url AWS_IAM"},
		},
		{
			"the default of the parent is not assumed",
			"Parameters: {Stage: {Type: String, Default: dev}}\nResources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Stage: !Ref Stage}}}}",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\nResources:" + fmt.Sprintf(childURL, "!If [IsProd, NONE, AWS_IAM]"),
			[]string{"N.IsProd is true: N.Url NONE", "N.IsProd is false: N.Url AWS_IAM"},
		},
		{
			"a literal is assumed",
			"Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Stage: prod}}}}",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\nResources:" + fmt.Sprintf(childURL, "!If [IsProd, NONE, AWS_IAM]"),
			[]string{"N.Url NONE"},
		},
		{
			"both conditions are about the same parameter",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsDev: !Equals [!Ref Stage, dev]}\nResources: {N: {Type: AWS::CloudFormation::Stack, Condition: IsDev, Properties: {TemplateURL: n.yaml, Parameters: {Stage: !Ref Stage}}}}",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\nResources:" + fmt.Sprintf(childURL, "!If [IsProd, NONE, AWS_IAM]"),
			[]string{"IsDev is true: N.Url AWS_IAM"},
		},
		{
			"a parameter passed by Fn::Sub",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsDev: !Equals [!Ref Stage, dev]}\nResources: {N: {Type: AWS::CloudFormation::Stack, Condition: IsDev, Properties: {TemplateURL: n.yaml, Parameters: {Stage: !Sub \"${Stage}\"}}}}",
			"Parameters: {Stage: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\nResources:" + fmt.Sprintf(childURL, "!If [IsProd, NONE, AWS_IAM]"),
			[]string{"IsDev is true: N.Url AWS_IAM"},
		},
		{
			"an entry of a mapping is passed",
			"Parameters: {Stage: {Type: String}}\nMappings: {Modes: {dev: {auth: NONE}, prod: {auth: AWS_IAM}}}\nResources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Auth: !FindInMap [Modes, !Ref Stage, auth]}}}}",
			"Parameters: {Auth: {Type: String}}\nResources:" + fmt.Sprintf(childURL, "!Ref Auth"),
			[]string{"Stage is dev: N.Url NONE", "Stage is prod: N.Url AWS_IAM"},
		},
		{
			"a lookup in the nested stack by a parameter of the stack around",
			"Parameters: {Stage: {Type: String}}\nResources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Stage: !Ref Stage}}}}",
			"Parameters: {Stage: {Type: String}}\nMappings: {Modes: {dev: {auth: NONE}, prod: {auth: AWS_IAM}}}\nResources:" + fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Stage, auth]"),
			[]string{"Stage is dev: N.Url NONE", "Stage is prod: N.Url AWS_IAM"},
		},
		{
			"a URL in S3",
			"Parameters: {Bucket: {Type: String}}\nResources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub \"https://${Bucket}.s3.amazonaws.com/v1/n.yaml\"}}}",
			"Resources:" + fmt.Sprintf(childURL, "NONE"),
			[]string{"N.Url NONE"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := parseFiles(t, "root.yaml", tt.root, "n.yaml", tt.child)
			if diff := cmp.Diff(tt.want, modes(v)); diff != "" || len(v.Problems) > 0 {
				t.Error(diff, v.Problems)
			}
		})
	}
}

func TestVariants(t *testing.T) {
	const parameters = `Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: dev}
  Auth: {Type: String, AllowedValues: [NONE, AWS_IAM]}
  Only: {Type: String, AllowedValues: [NONE]}
  Other: {Type: String, AllowedValues: [NONE, AWS_IAM], Default: AWS_IAM}
  Matched: {Type: String, AllowedPattern: ^(NONE|AWS_IAM)$}
  Key: {Type: String}
Mappings:
  Modes: {dev: {auth: NONE, open: "yes"}, prod: {auth: AWS_IAM, open: "no"}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsOpen: !Equals [!FindInMap [Modes, !Ref Stage, open], "yes"]
  Fn::ForEach::Stages:
    - S
    - [dev, prod]
    - Is${S}: !Equals [!Ref Stage, !Ref S]
Resources:
`
	for _, tt := range []struct {
		name, resources string
		want            []string
	}{
		{"one of the allowed values", fmt.Sprintf(childURL, "!Ref Auth"), []string{"Auth is AWS_IAM: Url AWS_IAM", "Auth is NONE: Url NONE"}},
		{"the only allowed value", fmt.Sprintf(childURL, "!Ref Only"), []string{"Url NONE"}},
		{"a pattern with few values", fmt.Sprintf(childURL, "!Ref Matched"), []string{"Matched is AWS_IAM: Url AWS_IAM", "Matched is NONE: Url NONE"}},
		{
			"the key of a mapping", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Key, auth]"),
			[]string{"Key is dev: Url NONE", "Key is prod: Url AWS_IAM"},
		},
		{"a default", fmt.Sprintf(childURL, "!Ref Other"), []string{"Url AWS_IAM"}},
		{
			"the default is used where it is possible", fmt.Sprintf(childURL, "!If [IsProd, !Ref Stage, !Ref Stage]"),
			[]string{"IsProd is true: Url prod", "IsProd is false: Url dev"},
		},
		{
			"a mapping in the branch of another key", fmt.Sprintf(childURL, "!If [IsProd, !FindInMap [Modes, !Ref Stage, auth], x]"),
			[]string{"IsProd is true: Url AWS_IAM", "IsProd is false: Url x"},
		},
		{
			"a mapping in a condition", fmt.Sprintf(childURL, "!If [IsOpen, NONE, !If [IsProd, AWS_IAM, x]]"),
			[]string{"IsOpen is true: Url NONE", "IsProd is true: Url AWS_IAM", "IsOpen is false and IsProd is false: Url x"},
		},
		{
			"a loop over conditions", `
  Fn::ForEach::Urls:
    - S
    - [dev, prod]
    - Url${S}:
        Type: AWS::Lambda::Url
        Condition: Is${S}
        Properties: {AuthType: !If ["Is${S}", NONE, AWS_IAM], TargetFunctionArn: f}
`, []string{"Isdev is true: Urldev NONE", "Isprod is true: Urlprod NONE"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := parseFiles(t, "root.yaml", parameters+tt.resources)
			if diff := cmp.Diff(tt.want, modes(v)); diff != "" || len(v.Problems) > 0 {
				t.Error(diff, v.Problems)
			}
		})
	}
}

// withConditions returns a template with n independent conditions C0 to Cn-1.
func withConditions(n int, resources string) string {
	var out strings.Builder
	out.WriteString("Parameters:\n")
	for i := range n {
		fmt.Fprintf(&out, "  P%d: {Type: String}\n", i)
	}
	out.WriteString("Conditions:\n")
	for i := range n {
		fmt.Fprintf(&out, "  C%d: !Equals [!Ref P%d, a]\n", i, i)
	}
	return out.String() + "Resources:\n" + resources
}

// functionWith returns a function with properties that end in a list with an Fn::If for each of the
// conditions from first to last.
func functionWith(properties, indent string, first, last int) string {
	var out strings.Builder
	out.WriteString("  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code: {ZipFile: x}\n      Role: r\n" + properties)
	for i := first; i <= last; i++ {
		fmt.Fprintf(&out, "%s- !If [C%d, a, b]\n", indent, i)
	}
	return out.String()
}

// TestMaybeStatement checks that a statement that one of many conditions leaves out is one with an unknown effect, and all
// else in it stays known.
func TestMaybeStatement(t *testing.T) {
	var text strings.Builder
	text.WriteString("Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n")
	for i := range 8 {
		fmt.Fprintf(&text, "        - !If [C%d, {Effect: Allow, Action: 'sqs:*'}, !Ref AWS::NoValue]\n", i)
	}
	v := parseFiles(t, "root.yaml", withConditions(8, text.String()))
	var open []string
	for i, when := range whens(v, "roles") {
		if at := fmt.Sprintf("roles.%d.trust.items.3", i); when == "" {
			open = append(open, v.Show(at+".effect"), v.Show(at+".actions.items.0"), v.Info(at+".effect").Cause)
		}
	}
	want := []string{`{"unknown":true}`, `{"value":"sqs:*"}`, "condition C3 is decided at deployment"}
	if diff := cmp.Diff(want, open); diff != "" {
		t.Error(diff)
	}
}

// TestIndependentConditions checks that up to 128 combinations are all there, that more are covered, one of
// them with nothing decided, and that what exceeds the limits of a covering is a problem.
func TestIndependentConditions(t *testing.T) {
	layers := func(n int) string { return withConditions(n, functionWith("      Layers:\n", "        ", 0, n-1)) }
	if v := parseFiles(t, "root.yaml", layers(7)); len(whens(v, "functions")) != 1<<7 || len(v.Problems) > 0 {
		t.Error(len(whens(v, "functions")), v.Problems)
	}
	for _, n := range []int{8, 20} {
		v := parseFiles(t, "root.yaml", layers(n))
		isOpen := slices.Contains(whens(v, "functions"), "")
		if got := len(whens(v, "functions")); got < 2*n+2 || !isOpen || len(v.Problems) > 0 {
			t.Error(n, got, isOpen, v.Problems)
		}
	}
	join := functionWith("      Handler: !Join\n        - ''\n        -\n", "          ", 0, 11)
	for _, tt := range []struct{ text, want string }{
		{layers(280), "F exceeds the limit of 512 combinations with its 280 conditions; not all of their combinations are checked"},
		{withConditions(12, join), "F exceeds the limit of 128 combinations with a value that depends on 12 conditions; not all of their combinations are checked"},
	} {
		if v := parseFiles(t, "root.yaml", tt.text); len(v.Problems) == 0 || !strings.HasSuffix(v.Problems[0], tt.want) { // so many exceed other limits, too
			t.Errorf("%q, want %q", v.Problems, tt.want)
		}
	}
}

// TestManyVariants checks that a template whose resources have many variants together is checked whole: each value is found
// with its condition, though not with all combinations of the others.
func TestManyVariants(t *testing.T) {
	const functions, conditions = 40, 6
	var text strings.Builder
	text.WriteString("Transform: AWS::Serverless-2016-10-31\nParameters:\n")
	for i := range conditions {
		fmt.Fprintf(&text, "  P%d: {Type: String}\n", i)
	}
	text.WriteString("Conditions:\n")
	for i := range conditions {
		fmt.Fprintf(&text, "  C%d: !Equals [!Ref P%d, x]\n", i, i)
	}
	text.WriteString("Resources:\n")
	for i := range functions {
		fmt.Fprintf(&text, "  F%d:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: !If [C0, 1, 2]\n      MemorySize: !If [C1, 128, 256]\n"+
			"      Handler: !If [C2, a.b, c.d]\n      Runtime: !If [C3, python2.7, python3.13]\n      PackageType: !If [C4, Zip, Image]\n      Layers: !If [C5, [a], [b]]\n", i)
	}
	v := parseFiles(t, "root.yaml", text.String())
	if len(v.Problems) > 0 {
		t.Fatal(v.Problems)
	}
	if got := len(whens(v, "functions")); got > functions<<(conditions-1) {
		t.Errorf("%d variants of %d functions", got, functions)
	}
	runtimes := map[string]bool{}
	for i, when := range whens(v, "functions") {
		if runtime := v.Show(fmt.Sprintf("functions.%d.runtime", i)); strings.Contains(when, "C3 is true") {
			runtimes[runtime] = true
		}
	}
	if diff := cmp.Diff(map[string]bool{`{"value":"python2.7"}`: true}, runtimes); diff != "" {
		t.Error(diff)
	}
}

// TestValueBehindManyConditions checks that a value is found that one attribute has in a single combination of half of
// the conditions of its resource.
func TestValueBehindManyConditions(t *testing.T) {
	for _, n := range []int{8, 10, 12, 60} {
		value := "python2.7"
		for i := range n / 2 {
			if i%2 == 0 {
				value = fmt.Sprintf("!If [C%d, %s, nodejs22.x]", i, value)
			} else {
				value = fmt.Sprintf("!If [C%d, nodejs22.x, %s]", i, value)
			}
		}
		v := parseFiles(t, "root.yaml", withConditions(n, functionWith("      Runtime: "+value+"\n      Layers:\n", "        ", n/2, n-1)))
		var found []string
		for i, when := range whens(v, "functions") {
			if v.Node(fmt.Sprintf("functions.%d.runtime", i)).(map[string]any)["value"] == "python2.7" {
				found = append(found, when)
			}
		}
		if len(found) == 0 || len(v.Problems) > 0 {
			t.Error(n, found, v.Problems)
		}
	}
}

// TestChainOfConditions checks that a chain of conditions takes linear time: a limit of steps of evaluation
// would be exceeded otherwise.
func TestChainOfConditions(t *testing.T) {
	for _, n := range []int{50, 100, 200} {
		var out strings.Builder
		out.WriteString("Parameters:\n  P0: {Type: String}\nConditions:\n  C0: !Equals [!Ref P0, a]\n")
		for i := 1; i < n; i++ {
			fmt.Fprintf(&out, "  C%d: !And [!Condition C%d, !Or [!Condition C%d, !Equals [!Ref P%d, b]]]\n", i, i-1, i-1, i)
		}
		fmt.Fprintf(&out, "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: !If [C%d, NONE, AWS_IAM], TargetFunctionArn: f}}\n", n-1)
		want := []string{fmt.Sprintf("C%d is true: U NONE", n-1), fmt.Sprintf("C%d is false: U AWS_IAM", n-1)}
		v := parseFiles(t, "root.yaml", out.String())
		if diff := cmp.Diff(want, modes(v)); diff != "" || len(v.Problems) > 0 {
			t.Error(n, diff, v.Problems)
		}
	}
}

func TestNamesFromFunctions(t *testing.T) {
	v := parseFiles(t, "root.yaml", `Transform: AWS::LanguageExtensions
Parameters: {Unknown: {Type: String}}
Resources:
  Fn::ForEach::Fns:
    - Name
    - [Orders, Bills]
    - ${Name}Fn:
        Type: AWS::Lambda::Function
        Properties: {Code: ./src, Role: !GetAtt [!Sub "${Name}Role", Arn]}
      ${Name}Role:
        Type: AWS::IAM::Role
        Properties: {AssumeRolePolicyDocument: {}}
  Layer: {Type: AWS::Lambda::LayerVersion, Properties: {Content: ./layer}}
  Later:
    Type: AWS::Lambda::Function
    Properties: {Code: ./src, Role: !GetAtt [!Ref Unknown, Arn]}
`)
	for i, want := range []string{`{"prefix":"arn:","targets":[0],"unknown":true}`, `{"prefix":"arn:","targets":[1],"unknown":true}`, `{"targets":[],"unknown":true}`} {
		if got := v.Show(fmt.Sprintf("functions.%d.role", i)); got != want {
			t.Errorf("function %d: %s, want %s", i, got, want)
		}
	}
	if got := v.Show("functions.0.code.path"); got != `{"value":"./src"}` {
		t.Error(got)
	}
	const cause = "the argument of Fn::GetAtt cannot be determined: parameter Unknown has no default"
	if got := v.Info("functions.2.role").Cause; got != cause {
		t.Errorf("%q, want %q", got, cause)
	}
	if len(v.Problems) > 0 {
		t.Error(v.Problems)
	}
}

// TestVariantsThatExcludeEachOther checks that a reference means only the variants that can exist with its own.
func TestVariantsThatExcludeEachOther(t *testing.T) {
	v := parseFiles(t, "root.yaml", `
Parameters: {Stage: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [!Ref Stage, dev]
  IsOther: !Not [!Condition IsProd]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}, Path: !If [IsProd, /prod/, /other/]}
  F:
    Type: AWS::Lambda::Function
    Properties: {Code: {ZipFile: x}, Role: !GetAtt Role.Arn, Timeout: !If [IsDev, 1, 2]}
  Live: {Type: AWS::Lambda::Alias, Condition: IsProd, Properties: {FunctionName: !Ref F, FunctionVersion: "1", Name: live}}
  Url: {Type: AWS::Lambda::Url, Condition: IsOther, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Live}}
  Other: {Type: AWS::Lambda::Url, Condition: IsProd, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Live}}
`)
	if diff := cmp.Diff([]string{"IsProd is true", "IsProd is false"}, whens(v, "roles")); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([]string{"IsDev is true", "IsDev is false"}, whens(v, "functions")); diff != "" {
		t.Fatal(diff)
	}
	for at, want := range map[string]string{
		"functions.0.role.targets":         "[1]",   // dev is not prod
		"functions.1.role.targets":         "[0,1]", // prod or a third stage
		"function_urls.0.function.targets": "[]",    // there is no alias
		"function_urls.1.function.targets": "[1]",
	} {
		if got := v.Show(at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	if len(v.Problems) > 0 {
		t.Error(v.Problems)
	}
}

// TestReferencesToPublishedFunctions checks that references to the alias and version that SAM makes mean the function.
func TestReferencesToPublishedFunctions(t *testing.T) {
	for _, tt := range []struct{ reference, want string }{
		{"!Ref F.Alias", `"value":"live"`},
		{"{Ref: F.Alias}", `"value":"live"`},
		{`!Sub "${F.Alias}"`, `"value":"live"`},
		{"!Sub [\"${X}\", {X: !Ref F.Alias}]", `"value":"live"`},
		{"!Ref FAliaslive", `"value":"live"`},
		{"!Ref F.Version", `"unknown":true`},
		{"!GetAtt F.Arn", `"absent":true`},
	} {
		v := parseFiles(t, "root.yaml", fmt.Sprintf(`
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {AutoPublishAlias: live}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {InlineCode: x, Handler: h, Runtime: python3.13}}
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: %[1]s}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: %[1]s, EventSourceArn: q}}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: %[1]s, Qualifier: live}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: f, Arn: %[1]s}]}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: %[1]s, Action: "lambda:*", Principal: a}}
`, tt.reference))
		if got := v.Show("function_urls.0.qualifier"); got != "{"+tt.want+"}" {
			t.Errorf("%s: %s, want %s", tt.reference, got, tt.want)
		}
		for _, at := range []string{"function_urls.0.function", "event_sources.0.function", "async_configs.0.function", "triggers.0.targets.items.0.function", "permissions.0.function"} {
			if got := v.Show(at + ".targets"); got != "[0]" {
				t.Errorf("%s: %s: %s", tt.reference, at, got)
			}
		}
	}
}

// TestPlainParameters checks which parameters without a value contain no wildcard, and which have an example.
func TestPlainParameters(t *testing.T) {
	v := parse(t, "t.yaml", `
Parameters:
  Any: {Type: String}
  Checked: {Type: String, AllowedPattern: '[a-z]+'}
  Loose: {Type: String, AllowedPattern: '[a-z]+.*'}
  Count: {Type: Number}
  QueueArn: {Type: String}
  HomeRegion: {Type: String}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Layers: [!Ref Any, !Ref Checked, !Ref Loose, !Ref Count, !Ref QueueArn, !Ref HomeRegion]}
`)
	for i, want := range []bool{false, true, false, true, true, true} {
		if got := v.Info(fmt.Sprintf("functions.0.layers.items.%d", i)).Plain; got != want {
			t.Errorf("parameter %d contains no wildcard: %v", i, got)
		}
	}
	if diff := cmp.Diff([]any{"us-east-1"}, v.Info("functions.0.layers.items.5").Examples); diff != "" {
		t.Error(diff)
	}
}
