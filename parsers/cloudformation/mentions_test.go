package cloudformation_test

import (
	"context"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/tree"
	"lintel/parsers/cloudformation"
)

// TestMentions checks what counts as a reference to a function.
func TestMentions(t *testing.T) {
	const function = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "${Stage}-orders"
      Description: Orders
`
	for name, c := range map[string]struct{ more, want string }{
		"nothing":             {"", "no"},
		"its stage":           {"  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Stage}}\n", "no"},
		"another of its name": {"  Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub '${Stage}-orders'}}\n", "no"},
		"a longer ID":         {"  Role: {Type: AWS::IAM::Role, DependsOn: OrdersTable}\n", "no"},
		"Ref":                 {"Outputs: {X: {Value: !Ref Orders}}\n", "yes"},
		"GetAtt":              {"  X: {Type: Custom::X, Properties: {ServiceToken: {'Fn::GetAtt': [Orders, Arn]}}}\n", "yes"},
		"GetAtt as text":      {"  X: {Type: Custom::X, Properties: {ServiceToken: !GetAtt Orders.Arn}}\n", "yes"},
		"Sub":                 {"  X: {Type: Custom::X, Properties: {Uri: !Sub 'functions/${Orders.Arn}/invocations'}}\n", "yes"},
		"DependsOn":           {"  X: {Type: Custom::X, DependsOn: [Orders]}\n", "yes"},
		"its name":            {"  X: {Type: Custom::X, Properties: {Function: !Sub '${Stage}-orders'}}\n", "yes"},
		"its log group":       {"  X: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub '/aws/lambda/${Stage}-orders'}}\n", "yes"},
		"a macro":             {"Transform: OurMacro\n", "unknown"},
		"a loop":              {"  'Fn::ForEach::Names':\n    - Name\n    - [A, B]\n    - '${Name}': {Type: Custom::X}\n", "unknown"},
		"a comment":           {"# Orders\n", "no"},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"t.yaml": {Data: []byte(function + c.more), Mode: 0o644}}
			parsed := cloudformation.Parse(context.Background(), files, deployment.Unit{Root: "t.yaml"}, deployment.Options{})
			got := "no"
			if referenced, ok := parsed.Stack.Functions[0].Referenced.Get(); referenced {
				got = "yes"
			} else if !ok && parsed.Stack.Functions[0].Referenced.State == tree.StateUnknown {
				got = "unknown"
			}
			if got != c.want {
				t.Errorf("referenced: %s", got)
			}
		})
	}
}
