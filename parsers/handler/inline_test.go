package handler_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
)

// inlined is a template of a function with inline code in Python.
func inlined(code string) string {
	return "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: index.handler\n      Runtime: python3.13\n      Role: r\n      Code:\n        ZipFile: " + code + "\n"
}

// TestInline checks the places of facts in inline code.
func TestInline(t *testing.T) {
	tests := map[string]struct {
		code string
		want string // the marked text; the whole attribute if the code is not written line by line
	}{
		"block":                {"|\n          import os\n\n          def handler(e, c):\n              os.system('a ' + e['x'])", "os.system('a ' + e['x'])"},
		"block, stripped":      {"|-\n          import os\n          def handler(e, c):\n              os.system('a ' + e['x'])", "os.system('a ' + e['x'])"},
		"block, blank start":   {"|\n\n          import os\n          def handler(e, c):\n              os.system('a ' + e['x'])\n\n      Timeout: 3", "os.system('a ' + e['x'])"},
		"block, own indent":    {"|2\n            import os\n            def handler(e, c):\n                os.system('a ' + e['x'])", "os.system('a ' + e['x'])"},
		"substitution":         {"!Sub |\n          import os\n          def handler(e, c):\n              os.system('a ' + e['x'])", "os.system('a ' + e['x'])"},
		"join":                 {"!Join [\"\\n\", [\"import os\", \"def handler(e, c):\", \"  os.system('a ' + e['x'])\"]]", "whole"},
		"quoted":               {"\"import os\\ndef handler(e, c):\\n  os.system('a ' + e['x'])\\n\"", "whole"},
		"flow":                 {"\"handler = lambda e, c: __import__('os')\"", ""},
		"another handler":      {"|\n          def other(e, c):\n              pass", ""},
		"unknown":              {"!Sub |\n          import os\n          def handler(e, c):\n              os.system('${X}' + e['x'])", ""},
		"windows line endings": {"|\r\n          import os\r\n          def handler(e, c):\r\n              os.system('a ' + e['x'])\r", "os.system('a ' + e['x'])"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			template := inlined(tt.code)
			p := parsed(t, map[string]string{"template.yaml": template, "app.py": "", "index.py": ""})
			got := ""
			for _, s := range p.Stack.Sources {
				for _, c := range s.Commands.Items {
					got = template[c.At.Start:c.At.End]
					if c.At == p.Stack.Functions[0].Code.Inline.At {
						got = "whole"
					}
				}
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestInlineFacts checks that inline code has no files beside it, and that its secrets are those of the attribute.
func TestInlineFacts(t *testing.T) {
	key := "AKIA" + "Z7Q3MNP5RT2VWX4Y"
	p := parsed(t, map[string]string{
		"template.yaml": inlined("|\n          import local, cfnresponse, requests\n          from . import other\n          def handler(e, c):\n              return '" + key + "'"),
		"local.py":      "import never\n", "other.py": "import never\n",
	})
	want := []string{
		"template.yaml:10 import local packaged false optional false", "template.yaml:10 import cfnresponse packaged true optional false",
		"template.yaml:10 import requests packaged false optional false",
	}
	if diff := cmp.Diff(want, shown(p)); diff != "" {
		t.Error(diff)
	}
}

// TestUnread checks why code is not read.
func TestUnread(t *testing.T) {
	sam := func(properties string) string {
		return strings.Replace(python, "{Handler: app.handler, Runtime: python3.13, CodeUri: src}", "{"+properties+"}", 1)
	}
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"read":            {map[string]string{"template.yaml": python, "src/app.py": "def handler(e, c):\n  pass\n"}, ""},
		"missing":         {map[string]string{"template.yaml": python, "src/other.py": ""}, ""},
		"built":           {map[string]string{"template.yaml": python, "src/other.py": "", "src/Makefile": ""}, "src/app is not in the repository; another tool may make it"},
		"no directory":    {map[string]string{"template.yaml": python}, "src is not in the repository"},
		"language":        {map[string]string{"template.yaml": sam("Handler: a.B::c, Runtime: java21, CodeUri: src")}, "the language of the runtime is not read"},
		"image":           {map[string]string{"template.yaml": sam("PackageType: Image, ImageUri: x")}, "the container image is built elsewhere"},
		"unknown runtime": {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: !ImportValue r, CodeUri: src")}, "the runtime is unknown"},
		"unknown handler": {map[string]string{"template.yaml": sam("Handler: !ImportValue r, Runtime: python3.13, CodeUri: src")}, "the handler is unknown"},
		"bucket":          {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: s3://b/k")}, "the package is in an S3 bucket"},
		"archive":         {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: a.zip"), "a.zip": "PK"}, "the package is the archive a.zip"},
		"Go":              {map[string]string{"template.yaml": golang, "src/bootstrap": ""}, "src has no program in Go"},
		"inline handler":  {map[string]string{"template.yaml": strings.Replace(inlined("\"x = 1\""), "index.handler", "app.handler", 1)}, "inline code requires a handler such as index.handler"},
		"inline unknown":  {map[string]string{"template.yaml": inlined("!ImportValue x")}, "the inline code is unknown"},
		"Terraform archive": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"r\"\n  handler = \"app.handler\"\n  runtime = \"python3.13\"\n  filename = \"a.zip\"\n}\n"},
			"the package is the archive a.zip",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, tt.files)
			if got := unread(p); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func unread(p deployment.Parsed) string {
	why, _ := p.Stack.Functions[0].Unread.Get()
	return why
}

// FuzzInline reads any text in a template as inline code: all places are in the template.
func FuzzInline(f *testing.F) {
	f.Add("|\n          import os\n          def handler(e, c):\n              os.system(e)", false)
	f.Add("\"import os\\nos.system('a')\"", true)
	f.Add("|+2\n\n\n          x = 1\n\n", false)
	f.Fuzz(func(t *testing.T, code string, isNode bool) {
		template := inlined(code)
		if isNode {
			template = strings.Replace(template, "python3.13", "nodejs22.x", 1)
		}
		p := parsed(t, map[string]string{"template.yaml": template})
		for _, s := range p.Stack.Sources {
			for _, x := range s.Commands.Items {
				if x.At.Path != "template.yaml" || x.At.Start > x.At.End || x.At.End > len(template) {
					t.Errorf("%v is not in the template", x.At)
				}
			}
			for _, x := range s.Imports.Items {
				if x.At.Start > x.At.End || x.At.End > len(template) {
					t.Errorf("%v is not in the template", x.At)
				}
			}
		}
	})
}
