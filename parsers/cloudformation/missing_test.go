package cloudformation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotDeclared reports the names that a template does not declare in one gap. Names that the SAM transform or a macro
// may bring are no gap of the template.
func TestNotDeclared(t *testing.T) {
	const resources = `
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Role: !GetAtt Role.Arn
      Handler: !Ref Handler
      Runtime: !FindInMap [Settings, a, b]
      Timeout: !FindInMap [Known, a, c]
      Description: !Sub "${AWS::StackName} ${Parameter} ${F} ${Text}"
      Environment: {Variables: {A: !Ref ServerlessRestApi, B: !GetAtt FRole.Arn, C: !Ref F.Version, D: !Ref Conditional}}
  Conditional: {Type: AWS::SNS::Topic, Condition: No}
Parameters: {Parameter: {Type: String}}
Conditions: {No: !Equals [a, b]}
Mappings: {Known: {a: {b: 1}}}
`
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"SAM", "Transform: AWS::Serverless-2016-10-31" + resources, []string{
			"root.yaml:7: reference: the template does not declare Handler, Role, Settings, Text; what depends on that was not checked; check the complete template",
		}},
		{"a macro", "Transform: [AWS::Serverless-2016-10-31, Own]" + resources, []string{
			`root.yaml:1: macro: what the macro Own adds or changes was not checked; deploy a change set, run "aws cloudformation get-template --template-stage Processed" and check its output`,
		}},
		{"a nested stack", "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}}", []string{
			"child.yaml:1: reference: the template does not declare Gone; what depends on that was not checked; check the complete template",
		}},
		{"a nested stack whose extension the build changes", "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub 'https://${AWS::Region}/child.template'}}}", []string{
			"root.yaml:1: nested-stack: the nested stack N was checked as child.yaml, because no other file has this name; the location of its template is unknown before deployment",
			"child.yaml:1: reference: the template does not declare Gone; what depends on that was not checked; check the complete template",
		}},
		{"a nested stack whose name is that of another file", "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub 'https://${AWS::Region}/values.template'}}}", []string{
			"root.yaml:1: nested-stack: the nested stack N was not checked: the location of its template is unknown before deployment; check the template by itself",
		}},
		{"placeholders", `Resources:
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: "a-{{cookiecutter.name}}", Role: r, Code: {ZipFile: x}, Runtime: {{ cookiecutter.runtime }}, Description: "{{ text }}"}}
`, []string{
			"root.yaml:2: reference: the template does not declare {{ cookiecutter.runtime }}, {{cookiecutter.name}}; what depends on that was not checked; check the complete template",
		}},
		{"complete", "Resources: {A: {Type: AWS::SNS::Topic}, F: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref A, AuthType: !Ref AWS::Region}}}", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := parseFiles(t, "root.yaml", tt.text, "child.yaml", "Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: !Ref Gone, TargetFunctionArn: x}}}", "values.yaml", "A: 1")
			if diff := cmp.Diff(tt.want, v.Gaps); diff != "" || len(v.Problems) > 0 {
				t.Error(diff, v.Problems)
			}
		})
	}
}
