package cloudformation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIncludes checks that a template has what it includes from files of the repository, and a gap for the rest.
func TestIncludes(t *testing.T) {
	const url = "{Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}"
	files := []string{
		"parts/resources.yaml", "Url: " + url,
		"parts/top.yaml", "Resources: {Url: " + url + "}",
		"parts/url.yaml", url,
		"parts/auth.json", `{"AuthType": "NONE"}`,
		"parts/mode.yaml", "NONE",
		"parts/mode.txt", "NONE",
		"parts/again.yaml", "!Rain::Include url.yaml",
		"parts/loop.yaml", "[!Rain::Include loop.yaml]",
		"parts/module.yaml", "Parameters: {Auth: {Type: String}}\nResources: {Url: {Type: AWS::Lambda::Url, Properties: {AuthType: !Ref Auth, TargetFunctionArn: f}}}",
	}
	include := func(location string) string {
		return "{Name: AWS::Include, Parameters: {Location: " + location + "}}"
	}
	with := func(auth string) string {
		return "Resources: {Url: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, " + auth + "}}}"
	}
	for _, tt := range []struct {
		name, text string
		want       []string
		gaps       int
	}{
		{"resources", "Resources: {Fn::Transform: " + include("parts/resources.yaml") + "}", []string{"Url NONE"}, 0},
		{"resources beside others", "Resources: {Q: {Type: AWS::SQS::Queue}, Fn::Transform: " + include("s3://bucket/v1/parts/resources.yaml") + "}", []string{"Url NONE"}, 0},
		{"sections", "Transform: " + include("parts/top.yaml") + "\nResources: {Q: {Type: AWS::SQS::Queue}}", []string{"Url NONE"}, 0},
		{"sections in a list", "Transform: [AWS::LanguageExtensions, " + include("parts/top.yaml") + "]\nResources: {Q: {Type: AWS::SQS::Queue}}", []string{"Url NONE"}, 0},
		{"properties", with("Fn::Transform: " + include(`!Sub "s3://${AWS::AccountId}/parts/auth.json"`)), []string{"Url NONE"}, 0},
		{"a key that the file replaces", with("AuthType: AWS_IAM, Fn::Transform: " + include("parts/auth.json")), []string{"Url NONE"}, 0},
		{"a value", with("AuthType: {Fn::Transform: " + include("./parts/mode.yaml") + "}"), []string{"Url NONE"}, 0},
		{"a value with a tag", with("AuthType: !Transform " + include("./parts/mode.yaml")), []string{"Url NONE"}, 0},
		{"not in the repository", with("Fn::Transform: " + include("s3://bucket/none.yaml")), []string{"Url <nil>"}, 1},
		{"Rain", "Resources: {Url: !Rain::Include parts/url.yaml}", []string{"Url NONE"}, 0},
		{"Rain in full", `Resources: {Url: {"Fn::Rain::Include": parts/again.yaml}}`, []string{"Url NONE"}, 0},
		{"Rain embeds text", with("AuthType: !Rain::Embed parts/mode.txt"), []string{"Url NONE"}, 0},
		{"Rain uploads", with("AuthType: !Rain::S3 parts/mode.txt"), []string{"Url <nil>"}, 0},
		{"Rain without the file", with("AuthType: !Rain::Embed parts/none.txt"), []string{"Url <nil>"}, 1},
		{"Rain outside of the repository", with("AuthType: !Rain::Embed ../secret.txt"), []string{"Url <nil>"}, 1},
		{"module", "Resources: {My: {Type: !Rain::Module parts/module.yaml, Properties: {Auth: NONE}}}", []string{"MyUrl NONE"}, 0},
		{"module that is elsewhere", "Resources: {My: {Type: !Rain::Module https://example.com/module.yaml}}", nil, 1},
		{"section Modules", "Modules: {My: {Source: parts/module.yaml}}\nResources: {Q: {Type: AWS::SQS::Queue}}", nil, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := parseFiles(t, append([]string{"root.yaml", tt.text}, files...)...)
			if diff := cmp.Diff(tt.want, modes(v)); diff != "" || len(v.Problems) > 0 || len(v.Gaps) != tt.gaps {
				t.Error(diff, v.Problems, v.Gaps)
			}
		})
	}
	t.Run("itself", func(t *testing.T) {
		v := parseFiles(t, append([]string{"root.yaml", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: !Rain::Include parts/loop.yaml}}"}, files...)...)
		if len(v.Problems) != 0 {
			t.Error(v.Problems)
		}
	})
	t.Run("too much", func(t *testing.T) {
		var text strings.Builder
		text.WriteString("Resources:\n")
		for i := range 30 {
			fmt.Fprintf(&text, "  Q%d: !Rain::Include large.yaml\n", i)
		}
		large := "{Type: AWS::SQS::Queue, Properties: [" + strings.Repeat("a,", 10_000) + "a]}"
		v := parseFiles(t, "root.yaml", text.String(), "large.yaml", large)
		if !slices.ContainsFunc(v.Problems, func(p string) bool { return strings.Contains(p, "the template includes more than 200000 nodes") }) {
			t.Error(v.Problems)
		}
	})
}
