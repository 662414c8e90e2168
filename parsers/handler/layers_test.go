package handler_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/tree"
)

// TestLayers checks the modules that layers of the stack add.
func TestLayers(t *testing.T) {
	layered := func(template, layers, resources string) string {
		return template + "      Layers: [" + layers + "]\n" + resources
	}
	const (
		py     = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      Runtime: python3.13\n      CodeUri: src\n"
		js     = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      Runtime: nodejs22.x\n      CodeUri: src\n"
		shared = "  Shared:\n    Type: AWS::Serverless::LayerVersion\n    Properties: {ContentUri: layer}\n"
		built  = shared + "    Metadata: {BuildMethod: python3.13}\n"
	)
	app := "import shared.db\nimport requests\nimport missing\n\ndef handler(e, c):\n    return shared.db.get()\n"
	db := "import os\n\ndef get():\n    return os.environ.get('A')\n"
	tests := map[string]struct {
		files   map[string]string
		want    []string
		hasMore bool // the services of the code are incomplete
	}{
		"Python": {
			map[string]string{"template.yaml": layered(py, "!Ref Shared", shared), "src/app.py": app, "layer/python/shared/db.py": db, "layer/python/requests.py": "import never\n"},
			[]string{
				"src/app.py:1 import shared packaged true optional false", "src/app.py:2 import requests packaged true optional false", "src/app.py:3 import missing packaged false optional false",
				"layer/python/shared/db.py:1 import os packaged false optional false", "layer/python/requests.py:1 import never packaged false optional false", "layer/python/shared/db.py:4 variable A required false",
			},
			true,
		},
		"installed packages": {
			map[string]string{"template.yaml": layered(py, "!Ref Shared", shared), "src/app.py": "import requests\n\ndef handler(e, c):\n    pass\n", "layer/python/requests/__init__.py": "import never\n", "layer/python/requests-2.0.dist-info/METADATA": ""},
			[]string{"src/app.py:1 import requests packaged true optional false"},
			false,
		},
		"built": {
			map[string]string{"template.yaml": layered(py, "!Ref Shared", built), "src/app.py": "import shared\nimport requests\n\ndef handler(e, c):\n    pass\n", "layer/shared.py": "", "layer/requirements.txt": "requests\n"},
			[]string{"src/app.py:1 import shared packaged true optional false", "src/app.py:2 import requests packaged ? optional false"},
			false,
		},
		"elsewhere": {
			map[string]string{"template.yaml": layered(py, "!Ref Shared, \"arn:aws:lambda:eu-west-1:111122223333:layer:x:1\"", shared), "src/app.py": "import requests\nimport ours\n\ndef handler(e, c):\n    pass\n", "layer/python/a.py": ""},
			[]string{"src/app.py:1 import requests packaged ? optional false", "src/app.py:2 import ours packaged ? optional false"},
			true,
		},
		"installed packages of the function": {
			map[string]string{"template.yaml": layered(py, "!Ref Shared", shared), "src/app.py": "import click\nimport ours\n\ndef handler(e, c):\n    pass\n", "src/click/__init__.py": "import never\n", "src/click-8.dist-info/RECORD": "a.py,sha256=x,1\nclick/__init__.py,sha256=x,1\n", "src/ours.py": "import os\n", "layer/python/a.py": ""},
			[]string{"src/app.py:1 import click packaged true optional false", "src/app.py:2 import ours packaged true optional false", "src/ours.py:1 import os packaged false optional false"},
			false,
		},
		"dependencies of a layer": {
			map[string]string{"template.yaml": layered(js, "!Ref Shared", shared), "src/app.js": "require('aws-sdk');\nexports.handler = async () => 1;\n", "layer/nodejs/package.json": `{"dependencies": {"aws-sdk": "^2"}}`},
			[]string{"src/app.js:1 import aws-sdk packaged true optional false"},
			false,
		},
		"JavaScript": {
			map[string]string{
				"template.yaml": layered(js, "!Ref Shared", shared), "src/app.js": "const db = require('/opt/nodejs/db');\nconst x = require('left-pad');\nconst out = require('/opt/../../src/never');\nexports.handler = async () => db.get();\n",
				"layer/nodejs/db.js": "exports.get = () => process.env.A;\n", "layer/nodejs/node_modules/left-pad/index.js": "",
			},
			[]string{"src/app.js:2 import left-pad packaged true optional false", "layer/nodejs/db.js:1 variable A required false"},
			true,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, tt.files)
			if diff := cmp.Diff(tt.want, shown(p)); diff != "" {
				t.Error(diff)
			}
			if got := p.Stack.Sources[0].Services.State == tree.StateUnknown; got != tt.hasMore {
				t.Errorf("services may be incomplete: %v, want %v", got, tt.hasMore)
			}
		})
	}
}

// TestFramework checks that the code of functions which the CDK adds on its own is marked as they are, unless a function of the user
// has the same code.
func TestFramework(t *testing.T) {
	const one = "  %s:\n    Type: AWS::Lambda::Function\n    Properties: {Handler: app.handler, Runtime: python3.13, Code: {}}\n    Metadata: {aws:cdk:path: %s, aws:asset:path: asset.1, aws:asset:property: Code}\n"
	const own, users = "Stack/Provider/framework-onEvent/Resource", "Stack/Orders/Resource"
	for name, tt := range map[string]struct {
		paths [2]string
		want  bool
	}{
		"both of the CDK": {[2]string{own, own}, true},
		"one of the user": {[2]string{own, users}, false},
		"first the user":  {[2]string{users, own}, false},
	} {
		t.Run(name, func(t *testing.T) {
			template := "Resources:\n" + fmt.Sprintf(one, "A", tt.paths[0]) + fmt.Sprintf(one, "B", tt.paths[1])
			p := parsed(t, map[string]string{
				"template.yaml": template, "asset.1/app.py": "def handler(e, c):\n    pass\n",
				"manifest.json": `{"version": "36.0.0", "artifacts": {"Stack": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "template.yaml"}}}}`,
			})
			if len(p.Stack.Sources) != 1 || p.Stack.Sources[0].Framework != tt.want {
				t.Errorf("sources: %d, of the CDK: %v; want %v", len(p.Stack.Sources), p.Stack.Sources[0].Framework, tt.want)
			}
		})
	}
}
