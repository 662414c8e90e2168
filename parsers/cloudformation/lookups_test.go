package cloudformation_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLookups checks that each value that a parameter may select is a value of the property, however the template writes
// the parameter, and that a condition restricts the parameter only if it compares it.
func TestLookups(t *testing.T) {
	const parameters = `Transform: AWS::LanguageExtensions
Parameters:
  Key: {Type: String}
  Other: {Type: String}
  Auth: {Type: String, AllowedValues: [NONE, AWS_IAM]}
  Mode: {Type: String, AllowedValues: [IAM, LAMBDA]}
  Empty: {Type: String, Default: ""}
Mappings:
  Modes: {dev: {auth: NONE}, prod: {auth: AWS_IAM}}
  Stages: {one: {stage: dev, auth: NONE}, two: {stage: prod, auth: AWS_IAM}}
  Long: {x-dev: {auth: NONE}, x-prod: {auth: AWS_IAM}, y: {auth: x}}
  Columns: {all: {dev: NONE, prod: AWS_IAM}}
  dev: {all: {auth: NONE}}
  prod: {all: {auth: AWS_IAM}}
Conditions:
  Always: !Equals [a, a]
  IsOther: !Equals [!Ref Other, x]
  IsDev: !Equals [!Ref Key, dev]
  IsDevBySub: !Equals [!Sub "${Key}", dev]
  IsDevByLookup: !Equals [!FindInMap [Modes, !Sub "${Key}", auth], NONE]
Resources:
`
	both := []string{"Key is dev: Url NONE", "Key is prod: Url AWS_IAM"}
	for _, tt := range []struct {
		name, resources string
		want            []string
	}{
		{"Ref", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Key, auth]"), both},
		{"Sub", fmt.Sprintf(childURL, `!FindInMap [Modes, !Sub "${Key}", auth]`), both},
		{"Sub with spaces", fmt.Sprintf(childURL, `!FindInMap [Modes, !Sub "${ Key }", auth]`), both},
		{"Sub with a name of its own", fmt.Sprintf(childURL, `!FindInMap [Modes, !Sub ["${K}", {K: !Ref Key}], auth]`), both},
		{"Sub with a part", fmt.Sprintf(childURL, `!FindInMap [Long, !Sub "x-${Key}", auth]`), both},
		{"Join", fmt.Sprintf(childURL, `!FindInMap [Modes, !Join ["", [!Ref Key]], auth]`), both},
		{"Join with an empty text", fmt.Sprintf(childURL, `!FindInMap [Modes, !Join ["", [!Ref Key, ""]], auth]`), both},
		{"Join with a part", fmt.Sprintf(childURL, `!FindInMap [Long, !Join ["-", [x, !Ref Key]], auth]`), both},
		{"Select", fmt.Sprintf(childURL, `!FindInMap [Modes, !Select [0, [!Ref Key, x]], auth]`), both},
		{"If with equal branches", fmt.Sprintf(childURL, `!FindInMap [Modes, !If [IsOther, !Ref Key, !Sub "${Key}"], auth]`), []string{
			"IsOther is true and Key is dev: Url NONE", "IsOther is true and Key is prod: Url AWS_IAM",
			"IsOther is false and Key is dev: Url NONE", "IsOther is false and Key is prod: Url AWS_IAM",
		}},
		{"If that is decided", fmt.Sprintf(childURL, `!FindInMap [Modes, !If [Always, !Ref Key, x], auth]`), both},
		{"second key", fmt.Sprintf(childURL, `!FindInMap [Columns, all, !Sub "${Key}"]`), both},
		{"name of the mapping", fmt.Sprintf(childURL, `!FindInMap [!Ref Key, all, auth]`), both},
		{"nested", fmt.Sprintf(childURL, `!FindInMap [Modes, !FindInMap [Stages, !Ref Key, stage], auth]`), []string{"Key is one: Url NONE", "Key is two: Url AWS_IAM"}},
		{"two levels", fmt.Sprintf(childURL, `!FindInMap [Modes, !FindInMap [Stages, !Sub "${Key}", stage], auth]`), []string{"Key is one: Url NONE", "Key is two: Url AWS_IAM"}},
		{"Sub around", fmt.Sprintf(childURL, `!Sub ["${A}", {A: !FindInMap [Modes, !Ref Key, auth]}]`), both},
		{
			"default", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Key, auth, {DefaultValue: AWS_IAM}]"),
			[]string{"Key is dev: Url NONE", "Key is prod: Url AWS_IAM", "Key is not dev and Key is not prod: Url AWS_IAM"},
		},
		{
			"default that is the finding", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Key, auth, {DefaultValue: x}]"),
			[]string{"Key is dev: Url NONE", "Key is prod: Url AWS_IAM", "Key is not dev and Key is not prod: Url x"},
		},
		{
			"branch", fmt.Sprintf(childURL, "!If [IsOther, !FindInMap [Modes, !Ref Key, auth], x]"),
			[]string{"IsOther is true and Key is dev: Url NONE", "IsOther is true and Key is prod: Url AWS_IAM", "IsOther is false: Url x"},
		},
		{
			"condition on the resource", "\n  Url: {Type: AWS::Lambda::Url, Condition: IsOther, Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}}\n",
			[]string{"IsOther is true and Key is dev: Url NONE", "IsOther is true and Key is prod: Url AWS_IAM"},
		},
		{"condition that is always true", "\n  Url: {Type: AWS::Lambda::Url, Condition: Always, Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}}\n", both},
		{
			"condition that compares the parameter", "\n  Url: {Type: AWS::Lambda::Url, Condition: IsDev, Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}}\n",
			[]string{"IsDev is true: Url NONE"},
		},
		{
			"condition by Sub", "\n  Url: {Type: AWS::Lambda::Url, Condition: IsDevBySub, Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}}\n",
			[]string{"IsDevBySub is true: Url NONE"},
		},
		{
			"condition by a lookup", "\n  Url: {Type: AWS::Lambda::Url, Condition: IsDevByLookup, Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}}\n",
			[]string{"IsDevByLookup is true: Url NONE"},
		},
		{"loop", "\n  Fn::ForEach::Urls:\n    - L\n    - [a]\n    - Url:\n        Type: AWS::Lambda::Url\n        Properties: {AuthType: !FindInMap [Modes, !Ref Key, auth], TargetFunctionArn: f}\n", both},
		{"loop over the parameter", "\n  Fn::ForEach::Urls:\n    - L\n    - [!Ref Key]\n    - Url:\n        Type: AWS::Lambda::Url\n        Properties: {AuthType: !FindInMap [Modes, !Ref L, auth], TargetFunctionArn: f}\n", both},
		{
			"loop over keys", "\n  Fn::ForEach::Urls:\n    - L\n    - [dev, prod]\n    - Url${L}:\n        Type: AWS::Lambda::Url\n        Properties: {AuthType: !FindInMap [Modes, !Ref L, auth], TargetFunctionArn: f}\n",
			[]string{"Urldev NONE", "Urlprod AWS_IAM"},
		},
		{
			"in another resource", fmt.Sprintf(childURL, "!Ref Key") + "  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [Modes, !Ref Key, auth]}}\n",
			[]string{"Key is dev: Url dev", "Key is prod: Url prod"},
		},
		{
			"in another resource under a condition", fmt.Sprintf(childURL, "!Ref Key") + "  T: {Type: AWS::SNS::Topic, Condition: IsOther, Properties: {TopicName: !FindInMap [Modes, !Ref Key, auth]}}\n",
			[]string{"Url <nil>"},
		},
		{
			"in another resource under a condition that is true", fmt.Sprintf(childURL, "!Ref Key") + "  T: {Type: AWS::SNS::Topic, Condition: Always, Properties: {TopicName: !FindInMap [Modes, !Ref Key, auth]}}\n",
			[]string{"Key is dev: Url dev", "Key is prod: Url prod"},
		},
		{
			"in another resource with other keys", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref Key, auth]") + "  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [Stages, !Ref Key, auth]}}\n",
			[]string{"Key is dev: Url NONE", "Key is prod: Url AWS_IAM", "Key is not dev and Key is not prod: Url <nil>"},
		},
		{"region", fmt.Sprintf(childURL, "!FindInMap [Modes, !Ref AWS::Region, auth]"), []string{"AWS::Region is dev: Url NONE", "AWS::Region is prod: Url AWS_IAM"}},
		{"allowed values by Sub", fmt.Sprintf(childURL, `!Sub "${Auth}"`), []string{"Auth is AWS_IAM: Url AWS_IAM", "Auth is NONE: Url NONE"}},
		{"allowed values by Sub with a part", fmt.Sprintf(childURL, `!Sub "AWS_${Mode}"`), []string{"Mode is IAM: Url AWS_IAM", "Mode is LAMBDA: Url AWS_LAMBDA"}},
		{
			"allowed values by a loop", "\n  Fn::ForEach::Urls:\n    - L\n    - [!Ref Auth]\n    - Url:\n        Type: AWS::Lambda::Url\n        Properties: {AuthType: !Ref L, TargetFunctionArn: f}\n",
			[]string{"Auth is AWS_IAM: Url AWS_IAM", "Auth is NONE: Url NONE"},
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
