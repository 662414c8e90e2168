package cloudformation_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

// FuzzAssembly checks that no manifest, metadata or source map beside a template of the CDK makes the reader panic, hang or
// point outside of the files.
func FuzzAssembly(f *testing.F) {
	const manifest = `{"artifacts": {"T": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "T.template.json"},
		"additionalMetadataFile": "more.json", "metadata": {"/T/F": [{"type": "aws:cdk:logicalId", "data": "F", "trace": ["new S (/home/dev/app/lib/a.js:1:1)"]}]}}}}`
	f.Add(manifest, `{"/T/F": [{"type": "aws:cdk:logicalId", "data": "F"}, {"type": "aws:cdk:stack:name"}]}`, `{"version": 3, "sources": ["b.ts"], "names": [], "mappings": "AAAA"}`)
	f.Add(manifest, `[]`, `{"version": 3, "sources": ["../../../x"], "mappings": ";;;;AAAA,CAAC"}`)
	f.Add(manifest, `[]`, `{"version": 3, "sources": [], "names": [], "mappings": "AAAA"}`) // the library goes beyond the list
	f.Add(`{"artifacts": {"T": null}}`, `{"": [null]}`, `{"version": 3, "sections": [{}]}`)
	f.Fuzz(func(t *testing.T, manifest, metadata, mapping string) {
		cputimetest.Limit(t, 2*time.Second)
		fsys := fstest.MapFS{
			"lib/a.js": {Data: []byte("a\n")}, "lib/b.ts": {Data: []byte("b\n")}, "lib/a.js.map": {Data: []byte(mapping)},
			"cdk.out/T.template.json": {Data: []byte(`{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {}}}}`)},
			"cdk.out/manifest.json":   {Data: []byte(manifest)}, "cdk.out/more.json": {Data: []byte(metadata)},
		}
		modeltest.New(t, cloudformation.Parse(t.Context(), fsys, deployment.Unit{Kind: deployment.Template, Root: "cdk.out/T.template.json"}, deployment.Options{})).CheckPlaces()
	})
}

// FuzzFunctions checks that no texts in the functions of CloudFormation make their evaluation panic, hang or point outside
// of the template.
func FuzzFunctions(f *testing.F) {
	f.Add("${P}-${!x}-${F.Arn}-${AWS::Region}-${a}", "{{resolve:ssm:x}}", "P", "C")
	f.Add("${", "}", "F.Outputs.X", "!")
	f.Add("arn:${AWS::Partition}:lambda:*:${AWS::AccountId}:function:x", ",", "AWS::NoValue", "")
	f.Fuzz(func(t *testing.T, sub, text, name, condition string) {
		cputimetest.Limit(t, 2*time.Second)
		quoted := func(s string) string {
			out, _ := json.Marshal(s) // marshaling a string cannot fail
			return string(out)
		}
		template := fmt.Sprintf(`{"Transform": "AWS::LanguageExtensions", "Parameters": {"P": {"Type": "String", "Default": %[2]s, "AllowedValues": [%[2]s, %[1]s]}},
			"Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, %[2]s]}, %[4]s: {"Fn::Not": [{"Condition": "C"}]}}, "Mappings": {"M": {%[2]s: {%[3]s: %[1]s}}},
			"Resources": {"F": {"Type": "AWS::Lambda::Function", "Condition": %[4]s, "Properties": {
				"FunctionName": {"Fn::Sub": [%[1]s, {"a": %[2]s}]}, "Description": {"Fn::Join": [%[2]s, [%[1]s, {"Ref": %[3]s}]]},
				"Handler": {"Fn::If": [%[4]s, {"Fn::Select": [%[3]s, {"Fn::Split": [%[2]s, %[1]s]}]}, {"Fn::GetAtt": %[3]s}]},
				"Runtime": {"Fn::FindInMap": ["M", %[2]s, %[3]s]}, "Role": {"Fn::ImportValue": {"Fn::Sub": %[1]s}}, "KmsKeyArn": {"Fn::Base64": %[1]s},
				"Environment": {"Variables": {"A": {"Fn::ToJsonString": {%[3]s: %[1]s}}, "B": {"Fn::Cidr": [%[1]s, %[2]s, %[3]s]}, "C": {"Fn::GetAZs": %[1]s}}}}}}}`,
			quoted(sub), quoted(text), quoted(name), quoted(condition))
		parse(t, "t.json", template).CheckPlaces()
	})
}
