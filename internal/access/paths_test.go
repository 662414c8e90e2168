package access_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/access"
)

// chain has functions A, B and C, of which each may invoke the next and C the first, a queue that B writes to and D reads, and
// a function that may invoke every function.
func chain() string {
	function := func(name, statements string) string {
		return fmt.Sprintf(`  %[1]s: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt %[1]sRole.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  %[1]sRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [%[2]s]}}]}}
`, name, statements)
	}
	invoke := func(name string) string {
		return fmt.Sprintf("{Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt %s.Arn}", name)
	}
	return "Resources:\n" + function("A", invoke("B")) + function("B", invoke("C")+",{Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Q.Arn}") +
		function("C", invoke("A")+`,{Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: "arn:aws:secretsmanager:*:*:secret:db-*"}`) +
		function("D", `{Effect: Allow, Action: s3:GetObject, Resource: "*"}`) +
		`  Q: {Type: AWS::SQS::Queue}
  M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref D, EventSourceArn: !GetAtt Q.Arn}}
  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref A}}
  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref C, Action: lambda:InvokeFunction, Principal: "123456789012"}}
`
}

func TestPaths(t *testing.T) {
	for name, tt := range map[string]struct {
		question access.Question
		want     []string // reach, title and number of steps
	}{
		"an ability":         {access.Question{To: "secrets"}, []string{"public: anyone → A → B → C: reads secrets 4", "cross-account: 123456789012 → C: reads secrets 2"}},
		"of one principal":   {access.Question{From: "1234*", To: "secrets"}, []string{"cross-account: 123456789012 → C: reads secrets 2"}},
		"a resource":         {access.Question{From: "public", To: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-x"}, []string{"public: anyone → A → B → C: secretsmanager:GetSecretValue on arn:aws:secretsmanager:*:*:secret:db-* 4"}},
		"through a queue":    {access.Question{From: "public", To: "data"}, []string{"public: anyone → A → B → D: reads data 4"}},
		"a function":         {access.Question{From: "public", To: "D"}, []string{"public: anyone → A → B → D 3"}},
		"from a function":    {access.Question{From: "C", To: "D"}, []string{"limited: C → A → B → D 3"}},
		"nothing":            {access.Question{To: "admin"}, nil},
		"everything reached": {access.Question{From: "anyone"}, []string{"public: anyone → A: invokes functions 1", "public: anyone → A → B: invokes functions 2", "public: anyone → A → B → C: reads secrets, invokes functions 3", "public: anyone → A → B → D: reads data 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			paths, more := access.Paths([]*access.Unit{graphOf(t, chain())}, tt.question)
			for _, p := range paths {
				got = append(got, fmt.Sprintf("%s: %s %d", p.Reach, p.Title, len(p.Steps)))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || more > 0 {
				t.Error(diff)
			}
		})
	}
}

// TestPathsUnderConditions checks that a path is shown only if its steps can exist together, once, without a condition that decides
// nothing.
func TestPathsUnderConditions(t *testing.T) {
	const head = "Parameters: {P: {Type: String}}\nConditions: {X: !Equals [!Ref P, x], NotX: !Not [!Condition X]}\n"
	for name, tt := range map[string]struct{ old, new, want string }{
		"both outcomes":          {"AuthType: NONE", "AuthType: !If [X, NONE, NONE]", "anyone → A → B → C: reads secrets"},
		"one outcome":            {"{Type: AWS::Lambda::Url,", "{Type: AWS::Lambda::Url, Condition: X,", "anyone [if X is true] → A → B → C: reads secrets"},
		"a role in two variants": {"Action: lambda:InvokeFunction, Resource: !GetAtt B.Arn", "Action: !If [X, lambda:InvokeFunction, 'lambda:*'], Resource: !GetAtt B.Arn", "anyone → A → B → C: reads secrets"},
	} {
		t.Run(name, func(t *testing.T) {
			text := head + strings.Replace(chain(), tt.old, tt.new, 1)
			paths, _ := access.Paths([]*access.Unit{graphOf(t, text)}, access.Question{From: "public", To: "secrets"})
			var got []string
			for _, p := range paths {
				title := p.Title
				if _, conditions, ok := strings.Cut(p.Steps[0].Text, "["); ok {
					title = strings.Replace(title, "anyone", "anyone ["+conditions, 1)
				}
				got = append(got, title)
			}
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	exclusive := strings.NewReplacer("{Type: AWS::Lambda::Url,", "{Type: AWS::Lambda::Url, Condition: X,", "  C: {Type: AWS::Lambda::Function,", "  C: {Type: AWS::Lambda::Function, Condition: NotX,").Replace(chain())
	if paths, _ := access.Paths([]*access.Unit{graphOf(t, head+exclusive)}, access.Question{From: "public", To: "secrets"}); len(paths) > 0 {
		t.Errorf("a path through parts that exclude each other: %s", paths[0].Title)
	}
}

// TestPathsAreBounded checks that functions that may all invoke each other need no more than linear work for an answer.
func TestPathsAreBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("Resources:\n  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: [lambda:InvokeFunction, s3:GetObject], Resource: \"*\"}]}}]}}\n")
	for i := range 400 {
		fmt.Fprintf(&text, "  F%d: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n", i)
		for j := range 4 {
			fmt.Fprintf(&text, "  P%dx%d: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F%d, Action: lambda:InvokeFunction, Principal: \"12345678901%d\"}}\n", i, j, i, j)
		}
	}
	paths, more := access.Paths([]*access.Unit{graphOf(t, text.String())}, access.Question{To: "data"})
	if len(paths) != 1000 || more != 600 {
		t.Errorf("%d paths, %d more", len(paths), more)
	}
}

// A function that exists under two conditions is on one path.
func TestPathsOfVariants(t *testing.T) {
	template := strings.Replace(chain(), "Resources:\n", "Parameters: {Stage: {Type: String}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\nResources:\n", 1)
	template = strings.Replace(template, "Code: {ZipFile: x}}", "Code: {ZipFile: x}, Timeout: !If [Prod, 30, 3], KmsKeyArn: !If [Prod, a, !Ref AWS::NoValue]}", 1)
	unit := graphOf(t, template)
	var got []string
	paths, _ := access.Paths([]*access.Unit{unit}, access.Question{From: "public", To: "A"})
	for _, p := range paths {
		got = append(got, p.Title)
	}
	if diff := cmp.Diff([]string{"anyone → A"}, got); diff != "" || len(unit.Functions) < 5 {
		t.Errorf("%d functions: %s", len(unit.Functions), diff)
	}
}
