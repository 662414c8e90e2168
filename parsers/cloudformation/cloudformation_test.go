package cloudformation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

func parse(t *testing.T, name, text string, values ...string) modeltest.View {
	t.Helper()
	opt := deployment.Options{Parameters: map[string]string{}}
	for i := 0; i < len(values); i += 2 {
		opt.Parameters[values[i]] = values[i+1]
	}
	fsys := fstest.MapFS{name: {Data: []byte(text)}}
	v := modeltest.New(t, cloudformation.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Template, Root: name}, opt))
	// The templates of most tests say only what they are about.
	v.Problems = slices.DeleteFunc(v.Problems, func(p string) bool { return strings.HasSuffix(p, "is required") })
	return v
}

// TestTyped holds that what CloudFormation would reject is said where it stands.
func TestTyped(t *testing.T) {
	const text = `Parameters: {P: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: x}
      Timeout: soon
      MemorySize: "256"
      Layers: one
      Environment: [a]
      Role: !Ref P
      VpcConfig: {SubnetIds: [{a: b}]}
      SomethingNew: {a: b}
  P1:
    Type: AWS::Lambda::Permission
    Properties: {Action: a, FunctionName: !Ref F, Principal: !If [C, a, !Ref "AWS::NoValue"]}
  G:
    Type: AWS::Serverless::Function
    Properties: {Timeout: soon, Events: {E: {Type: Api}}, ImageConfig: {Command: a}}
`
	fsys := fstest.MapFS{"t.yaml": {Data: []byte(text)}}
	v := modeltest.New(t, cloudformation.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.Template, Root: "t.yaml"}, deployment.Options{}))
	want := []string{
		"t.yaml:10: CloudFormation would reject F: Environment must be an object",
		"t.yaml:12: CloudFormation would reject F: VpcConfig.SubnetIds must be a string",
		"t.yaml:19: CloudFormation would reject G: Timeout must be a number",
		"t.yaml:7: CloudFormation would reject F: Timeout must be a number",
		"t.yaml:9: CloudFormation would reject F: Layers must be a list",
	}
	slices.Sort(v.Problems)
	if diff := cmp.Diff(want, v.Problems); diff != "" {
		t.Error(diff)
	}
}

// whens are the conditions of the resources of a collection.
func whens(r modeltest.View, collection string) []string {
	var out []string
	for i := range r.IDs(collection) {
		out = append(out, r.Info(fmt.Sprintf("%s.%d", collection, i)).When.String())
	}
	return out
}

const function = `Parameters:
  Given: {Type: String}
  WithDefault: {Type: String, Default: python3.13}
  Secret: {Type: String, Default: hunter2, NoEcho: true}
  Ids: {Type: CommaDelimitedList, Default: "a, b"}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /x}
Mappings:
  ByRegion: {eu: {runtime: nodejs22.x, handler: a}, us: {runtime: nodejs22.x, handler: b}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: worker}}
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: %s
`

func TestValues(t *testing.T) {
	for _, tt := range []struct{ name, expression, want, place string }{
		{"plain", "python3.9", `{"value":"python3.9"}`, "python3.9"},
		{"plain with a comment", "python3.9 # old", `{"value":"python3.9"}`, "python3.9"},
		{"double quoted", `"a\"b" # c`, `{"value":"a\"b"}`, `"a\"b"`},
		{"single quoted", `'it''s' `, `{"value":"it's"}`, `'it''s'`},
		{"after other characters", `!Join ["", ["é😀"]]`, `{"value":"é😀"}`, `!Join ["", ["é😀"]]`},
		{"block", "|\n        a\n        b\n", `{"value":"a\nb\n"}`, "|\n        a\n        b"},
		{"null", "null", `{"absent":true}`, "null"},
		{"number", "3", `{"value":"3"}`, "3"},
		{"account id with a leading zero", "012345678901", `{"value":"012345678901"}`, "012345678901"},
		{"parameter without a default", "!Ref Given", `{"unknown":true}`, "!Ref Given"},
		{"parameter with a default", "!Ref WithDefault", `{"value":"python3.13"}`, "!Ref WithDefault"},
		{"long form", "{Ref: WithDefault}", `{"value":"python3.13"}`, "{Ref: WithDefault}"},
		{"parameter store", "!Ref Stored", `{"unknown":true}`, "!Ref Stored"},
		{"pseudo parameter", "!Ref AWS::Region", `{"unknown":true}`, "!Ref AWS::Region"},
		{"no value", "!Ref AWS::NoValue", `{"absent":true}`, ""},
		{"attribute", "!GetAtt Other.Arn", `{"prefix":"arn:","unknown":true}`, "!GetAtt Other.Arn"},
		{"sub of known", `!Sub "x-${WithDefault}-${!Literal}"`, `{"value":"x-python3.13-${Literal}"}`, `!Sub "x-${WithDefault}-${!Literal}"`},
		{"sub of unknown", `!Sub "arn:${AWS::Region}:x"`, `{"prefix":"arn:","suffix":":x","unknown":true}`, `!Sub "arn:${AWS::Region}:x"`},
		{"sub with values", `!Sub ["${a}-${b}", {a: 1x, b: !Ref Given}]`, `{"prefix":"1x-","unknown":true}`, ""},
		{"join of known", `!Join ["-", [a, !Ref WithDefault]]`, `{"value":"a-python3.13"}`, ""},
		{"join of unknown", `!Join [":", [a, !Ref Given, b]]`, `{"prefix":"a:","suffix":":b","unknown":true}`, ""},
		{"select", "!Select [1, [a, b]]", `{"value":"b"}`, "b"},
		{"select from a parameter", "!Select [1, !Ref Ids]", `{"value":"b"}`, ""},
		{"select too far", "!Select [7, [a, b]]", `{"unknown":true}`, ""},
		{"select before the start", "!Select [-1, [a, b]]", `{"unknown":true}`, ""},
		{"split", `!Select [0, !Split [",", "a,b"]]`, `{"value":"a"}`, ""},
		{"map", "!FindInMap [ByRegion, eu, runtime]", `{"value":"nodejs22.x"}`, ""},
		{"map with an unknown key", "!FindInMap [ByRegion, !ImportValue x, handler]", `{"unknown":true}`, ""},
		{"map with the same for all keys", "!FindInMap [ByRegion, !Ref AWS::Region, runtime]", `{"value":"nodejs22.x"}`, ""},
		{"map with a default", "!FindInMap [ByRegion, sa, runtime, {DefaultValue: x}]", `{"value":"x"}`, ""},
		{"base64", "!Base64 abc", `{"value":"YWJj"}`, ""},
		{"import", "!ImportValue x", `{"unknown":true}`, ""},
		{"include", "{Fn::Transform: {Name: AWS::Include}}", `{"unknown":true}`, ""},
		{"dynamic reference", `"{{resolve:ssm:/x}}"`, `{"unknown":true}`, ""},
		{"dynamic reference in parts", `!Join ["", ["{{resolve:", "ssm:/x}}"]]`, `{"unknown":true}`, ""},
		{"dynamic reference with an unknown part", `!Sub "{{resolve:ssm:${AWS::Region}}}"`, `{"unknown":true}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "t.yaml", fmt.Sprintf(function, tt.expression))
			if got := r.Show("functions.0.runtime"); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if got := r.Text("functions.0.runtime"); tt.place != "" && got != tt.place {
				t.Errorf("the place is %q, want %q", got, tt.place)
			}
			if got := r.Show("functions.0.role"); got != `{"prefix":"arn:","targets":[0],"unknown":true}` {
				t.Errorf("role %s", got)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

func TestGivenParameterAndNoEcho(t *testing.T) {
	r := parse(t, "t.yaml", fmt.Sprintf(function, "!Ref Given"), "Given", "java21")
	if got := r.Show("functions.0.runtime"); got != `{"value":"java21"}` {
		t.Error(got)
	}
	r = parse(t, "t.yaml", fmt.Sprintf(function, "!Ref Secret"))
	if !r.Info("functions.0.runtime").Sensitive {
		t.Error("NoEcho is not sensitive")
	}
}

func TestFormsOfText(t *testing.T) {
	const json = "{\n\t\"Resources\": {\"F\": {\"Type\": \"AWS::Lambda::Function\", \"Properties\": {\"Description\": \"\\ud83d\\ude00 \\/\", \"Timeout\": 900}}}}"
	for _, tt := range []struct{ name, file, text, path, want, place string }{
		{"JSON with tabs and surrogates", "t.json", json, "functions.0.timeout", `{"value":900}`, "900"},
		{"JSON of one line", "t.template", `{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Timeout":900}}}}`, "functions.0.timeout", `{"value":900}`, "900"},
		{"absent in JSON is at the id", "t.json", json, "functions.0.memory", `{"absent":true,"value":128}`, `"F"`},
		{"CRLF", "t.yaml", "Resources:\r\n  F:\r\n    Type: AWS::Lambda::Function\r\n    Properties:\r\n      Timeout: 900\r\n", "functions.0.timeout", `{"value":900}`, "900"},
		{"after é and an emoji", "t.yaml", "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Description: é😀, Timeout: 900}}\n", "functions.0.timeout", `{"value":900}`, "900"},
		{"anchor and merge key", "t.yaml", "Common: &c {Timeout: 900}\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      <<: *c\n      MemorySize: 1\n", "functions.0.timeout", `{"value":900}`, "900"},
		{"alias", "t.yaml", "T: &t 900\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Timeout: *t}\n", "functions.0.timeout", `{"value":900}`, "&t 900"},
		{"block map is at its key", "t.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig:\n        SubnetIds: []\n", "functions.0.vpc", `{}`, "VpcConfig"},
		{"flow map is at its text", "t.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig: {SubnetIds: []} # none\n", "functions.0.vpc", `{}`, "{SubnetIds: []}"},
		{"absent in a block map", "t.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      TracingConfig:\n        x: 1\n", "functions.0.tracing.mode", `{"absent":true,"value":"PassThrough"}`, "TracingConfig"},
		{"no properties", "t.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n", "functions.0.timeout", `{"absent":true,"value":3}`, "F"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, tt.file, tt.text)
			if len(r.Problems) > 0 {
				t.Fatal(r.Problems)
			}
			if got := r.Show(tt.path); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if got := r.Text(tt.path); got != tt.place {
				t.Errorf("the place is %q, want %q", got, tt.place)
			}
		})
	}
}

const conditional = `Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Equals [!Ref Stage, test]
  IsNotProd: !Not [!Condition IsProd]
  Always: !Equals [a, a]
  Never: !And [!Condition Always, !Equals [a, b]]
  Circle: !Not [!Condition Circle]
Resources:
  F:
    Type: AWS::Lambda::Function
    %s
`

func TestConditions(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		values     []string
		want       []string // when: memory
	}{
		{"both branches", "Properties: {MemorySize: !If [IsProd, 1, 2]}", nil, []string{"IsProd is true: 1", "IsProd is false: 2"}},
		{"given", "Properties: {MemorySize: !If [IsProd, 1, 2]}", []string{"Stage", "prod"}, []string{": 1"}},
		{"constant", "Properties: {MemorySize: !If [Always, 1, 2]}", nil, []string{": 1"}},
		{"no value", "Properties: {MemorySize: !If [IsProd, 1, !Ref AWS::NoValue]}", nil, []string{"IsProd is true: 1", "IsProd is false: 128"}},
		{"a condition and its opposite", "Properties: {MemorySize: !If [IsProd, !If [IsNotProd, 0, 1], 2]}", nil, []string{
			"IsProd is true: 1", "IsProd is false: 2",
		}},
		{"never both", "Properties: {MemorySize: !If [IsProd, !If [IsTest, 0, 1], 2]}", nil, []string{
			"IsProd is true: 1", "IsProd is false: 2",
		}},
		{"of the resource", "Condition: IsProd", nil, []string{"IsProd is true: 128"}},
		{"of the resource, never", "Condition: Never", nil, nil},
		{"of the resource, always", "Condition: Always", nil, []string{": 128"}},
		{"of the resource, correlated", "Condition: IsProd\n    Properties: {MemorySize: !If [IsProd, 1, 2]}", nil, []string{"IsProd is true: 1"}},
		{"circle", "Properties: {MemorySize: !If [Circle, 1, 2]}", nil, []string{"Circle is true: 1", "Circle is false: 2"}},
		{"not declared", "Properties: {MemorySize: !If [Nowhere, 1, 2]}", nil, []string{"Nowhere is true: 1", "Nowhere is false: 2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "t.yaml", fmt.Sprintf(conditional, tt.body), tt.values...)
			var got []string
			for i, when := range whens(r, "functions") {
				got = append(got, fmt.Sprintf("%s: %v", when, r.Node(fmt.Sprintf("functions.%d.memory", i)).(map[string]any)["value"]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestManyConditions holds that a resource costs as many variants as it has conditions, not 2^n.
func TestManyConditions(t *testing.T) {
	var text strings.Builder
	text.WriteString("Conditions:\n")
	for i := range 100 {
		fmt.Fprintf(&text, "  C%d: !Equals [!Ref AWS::Region, r%d]\n", i, i)
	}
	text.WriteString("Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Layers:\n")
	for i := range 100 {
		fmt.Fprintf(&text, "        - !If [C%d, a, b]\n", i)
	}
	r := parse(t, "t.yaml", text.String())
	if got := len(whens(r, "functions")); got != 101 {
		t.Errorf("%d variants", got)
	}
}

func TestForEach(t *testing.T) {
	r := parse(t, "t.yaml", `Transform: AWS::LanguageExtensions
Parameters: {Some: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Functions:
    - Name
    - [a-1, b]
    - F&{Name}:
        Type: AWS::Lambda::Function
        Properties:
          FunctionName: !Sub "fn-${Name}"
          Handler: "${Name}.handler"
  Fn::ForEach::Unknown:
    - Name
    - !Ref Some
    - G${Name}:
        Type: AWS::Lambda::Function
`)
	want := []string{"Fa1 fn-a-1 a-1.handler", "Fb fn-b b.handler", "G* <nil> <nil>"}
	var got []string
	for i := range r.Input["functions"].([]any) {
		at := fmt.Sprintf("functions.%d.", i)
		got = append(got, fmt.Sprint(r.Node(at+"id"), " ", r.Node(at + "name").(map[string]any)["value"], " ", r.Node(at + "handler").(map[string]any)["value"]))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Node("functions.2.unknown") != true {
		t.Error("a function of an unknown collection certainly exists")
	}
}

func TestProblems(t *testing.T) {
	const tail = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n"
	for _, tt := range []struct {
		name, file, text string
		functions        int
		want             string // of the only problem
	}{
		{"a text that looks like an alias", "t.yaml", tail + "    Properties: {Password: *hunter2}\n", 0, "not valid YAML: there is no anchor of this name; a text"},
		{"broken YAML", "t.yaml", tail + "  G: [\n", 0, "not valid YAML"},
		{"broken JSON", "t.json", `{"Resources": {"F": {"Type": "AWS::Lambda::Function"}`, 0, "not valid JSON"},
		{"key twice", "t.yaml", tail + "    Properties:\n      Timeout: 1\n      Timeout: 2\n", 1, `t.yaml:6: duplicate key "Timeout" on lines 5 and 6`},
		{"alias bomb", "t.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n" + tail, 0, ""},
		{"deep", "t.yaml", tail + "    Properties: {X: " + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}\n", 1, "nests more than 200 levels"},
		{"not a template", "t.yaml", "Resources: [a, AWS::b]\n", 0, "none"},
		{"types that are no text", "t.yaml", "Resources:\n  A: {Type: [AWS::Lambda::Function]}\n", 0, "none"},
		{"empty", "t.yaml", "", 0, "none"},
		{"only a comment", "t.yaml", "# Resources: AWS::\n", 0, "none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cputimetest.Limit(t, 2*time.Second)
			r := parse(t, tt.file, tt.text)
			if tt.want == "none" && len(r.Problems) > 0 || tt.want != "none" && tt.want != "" &&
				(len(r.Problems) != 1 || !strings.Contains(r.Problems[0], tt.want)) {
				t.Errorf("problems %v, want %q", r.Problems, tt.want)
			}
			if tt.want == "" && len(r.Problems) == 0 {
				t.Error("no problem")
			}
			if got := len(r.Input["functions"].([]any)); got != tt.functions {
				t.Errorf("%d functions, want %d", got, tt.functions)
			}
		})
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		"Resources:\n  A: {Type: AWS::S3::Bucket}":                                            true,
		"\"Resources\" :\n  A: {Type: 'AWS::S3::Bucket'}":                                     true,
		`{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"s3://b/r.yaml"}}}`: true,
		"AWSTemplateFormatVersion: 2010-09-09\nFn::Transform: {Name: AWS::Include}\n":         true,
		`{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}`:                                      true,
		"  \n\t{ \"x\": 1, \"Resources\": \"AWS::\" }":                                        true, // structure decides later
		"kind: Deployment\nspec: AWS::":                                                       false,
		"Resources: []":                                                                       false,
		"x:\n  Resources: AWS::S3::Bucket":                                                    false,
		"":                                                                                    false,
	} {
		if got := cloudformation.Looks([]byte(text)); got != want {
			t.Errorf("Looks(%q) = %t", text, got)
		}
	}
}

func TestPolicies(t *testing.T) {
	r := parse(t, "t.yaml", `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}
      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
      Policies:
        - PolicyName: inline
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: "s3:*" # here
                Resource: !Sub "${Bucket.Arn}/*"
  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: separate
      Roles: [!Ref R]
      PolicyDocument: '{"Statement": {"Effect": "Allow", "Action": ["sqs:*"]}}'
`)
	for path, want := range map[string]string{
		"roles.0.trust.items.0.principals.items.0.value": `{"value":"lambda.amazonaws.com"}`,
		"roles.0.managed_policies.items.0":               `{"targets":[],"value":"arn:aws:iam::aws:policy/AdministratorAccess"}`,
		"roles.0.statements.items.0.actions.items.0":     `{"value":"s3:*"}`,
		"roles.0.statements.items.0.resources.items.0":   `{"prefix":"arn:","suffix":"/*","targets":[],"unknown":true}`,
		"roles.0.statements.items.1.actions.items.0":     `{"value":"sqs:*"}`,
		"policies.0.statements.items.0.actions.items.0":  `{"value":"sqs:*"}`,
		"policies.0.roles.items.0":                       `{"targets":[0],"unknown":true}`,
	} {
		if got := r.Show(path); got != want {
			t.Errorf("%s = %s, want %s", path, got, want)
		}
	}
	if got := r.Text("roles.0.statements.items.0.actions.items.0"); got != `"s3:*"` {
		t.Errorf("the action is at %q", got)
	}
}

// FuzzParse holds that no text makes the reader panic, hang or point outside the file.
func FuzzParse(f *testing.F) {
	f.Add(fmt.Sprintf(function, "!Sub '${Given}-x'"), false)                                       // expressions
	f.Add(fmt.Sprintf(conditional, "Properties: {MemorySize: !If [IsProd, 1, 2]}"), false)         // variants
	f.Add(sam, false)                                                                              // what SAM generates
	f.Add(`{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Timeout":9}}}}`, true) // JSON
	f.Add("Resources: &r\n  F: {Type: AWS::Lambda::Function, Properties: *r}\n", false)            // an alias around itself
	f.Add("Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: >-\n        a\n\n        b\n", false)
	f.Fuzz(func(t *testing.T, text string, isJSON bool) {
		cputimetest.Limit(t, 2*time.Second)
		name := "t.yaml"
		if isJSON {
			name = "t.json"
		}
		r := parse(t, name, text)
		r.CheckPlaces()
	})
}
