package cloudformation_test

import (
	"context"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/tree"
	"lintel/parsers/cloudformation"
)

// loop returns resources of a loop.
func loop(over, properties string) string {
	return "  'Fn::ForEach::Names':\n    - Name\n    - " + over + "\n    - 'X${Name}': {Type: Custom::X, Properties: " + properties + "}\n"
}

// outputs returns an output.
func outputs(value string) string { return "Outputs: {X: {Value: " + value + "}}\n" }

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
		"a loop":              {loop("[A, B]", "{}"), "no"},
		"Sub in a loop":       {loop("[Ord, B]", "{X: !Sub '${${Name}ers.Arn}'}"), "yes"},
		"Ref of a variable":   {loop("[Orders, B]", "{X: !Ref Name}"), "yes"},
		"GetAtt in a loop":    {loop("[Ord, B]", "{X: !GetAtt ['${Name}ers', Arn]}"), "yes"},
		"another in a loop":   {loop("[Bord, B]", "{X: !GetAtt ['${Name}ers', Arn]}"), "no"},
		"a computed name":     {loop("[Ord, B]", "{X: {Ref: !Join ['', [!Ref Name, ers]]}}"), "yes"},
		"an unknown name":     {"Parameters: {P: {Type: String}}\n" + outputs("{Ref: !Sub '${P}'}"), "unknown"},
		"an unknown loop":     {loop("!Ref P", "{X: !Sub '${Name}'}") + "Parameters: {P: {Type: CommaDelimitedList}}\n", "unknown"},
		"unused variables":    {loop("!Ref P", "{X: y}") + "Parameters: {P: {Type: CommaDelimitedList}}\n", "no"},
		"a loop in a map":     {"  X:\n    Type: Custom::X\n    Properties:\n      'Fn::ForEach::Names': [Name, [Ord, B], {'${Name}': !GetAtt ['${Name}ers', Arn]}]\n", "yes"},
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
