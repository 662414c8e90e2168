package handler_test

import (
	"maps"
	"strings"
	"testing"

	"lintel/internal/tree"
)

// TestFound checks which imports are found. Each missing module has a twin that is found or may be.
func TestFound(t *testing.T) {
	t.Parallel()
	const (
		esbuild = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: nodejs22.x, CodeUri: src}
    Metadata:
      BuildMethod: esbuild
      BuildProperties: {EntryPoints: [app.ts], External: [axios, "@acme/*"]}
`
		layer = `Transform: AWS::Serverless-2016-10-31
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layer}
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src, Layers: [!Ref Shared]}
`
		module = `module "orders" {
  source      = "./lambda"
  source_path = [{ path = "src", pip_requirements = "lists/orders.txt" }]
}
`
		variables = `variable "source_path" {}

resource "aws_lambda_function" "this" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "package.zip"
}
`
		archive = `data "archive_file" "orders" {
  type        = "zip"
  source_dir  = "src"
  output_path = "orders.zip"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = data.archive_file.orders.output_path
}
`
		image = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image}
    Metadata: {DockerContext: src}
`
		missing, may, there = "false", "unknown", "true"
		from                = "FROM public.ecr.aws/lambda/python:3.13\nCOPY requirements.txt app.py ./\n"
		run                 = "CMD [\"app.handler\"]\n"
	)
	py := func(statement string) map[string]string {
		return map[string]string{"src/app.py": statement + "\n\ndef handler(event, context):\n    pass\n"}
	}
	js := func(statement string) map[string]string {
		return map[string]string{"src/app.js": statement + "\nexports.handler = async () => 1\n"}
	}
	of := func(code map[string]string, pairs ...string) map[string]string {
		files := maps.Clone(code)
		for i := 0; i < len(pairs); i += 2 {
			files[pairs[i]] = pairs[i+1]
		}
		return files
	}
	cases := []struct {
		name, template string
		files          map[string]string
		want           string // of the first import
	}{
		{"a list without the package", python, of(py("import yaml"), "src/requirements.txt", "requests==2.32.0\n"), missing},
		{"a list with the package", python, of(py("import yaml"), "src/requirements.txt", "PyYAML\n"), may},
		{"Pillow", python, of(py("from PIL import Image"), "src/requirements.txt", "requests\n"), missing},
		{"Pillow listed", python, of(py("from PIL import Image"), "src/requirements.txt", "pillow>=10\n"), may},
		{"OpenCV", python, of(py("import cv2"), "src/requirements.txt", "PyYAML\n"), missing},
		{"OpenCV in a variant", python, of(py("import cv2"), "src/requirements.txt", "opencv-contrib-python-headless\n"), may},
		{"Beautiful Soup", python, of(py("import bs4"), "src/requirements.txt", "PyYAML\n"), missing},
		{"Beautiful Soup listed", python, of(py("import bs4"), "src/requirements.txt", "beautifulsoup4\n"), may},
		{"JWT", python, of(py("import jwt"), "src/requirements.txt", "PyYAML\n"), missing},
		{"JWT listed with an extra", python, of(py("import jwt"), "src/requirements.txt", "pyjwt[crypto]~=2.8 ; python_version > '3'\n"), may},
		{"Crypto", python, of(py("from Crypto.Cipher import AES"), "src/requirements.txt", "PyYAML\n"), missing},
		{"Crypto listed", python, of(py("from Crypto.Cipher import AES"), "src/requirements.txt", "pycryptodome\n"), may},
		{"a namespace package", python, of(py("from google.oauth2 import service_account"), "src/requirements.txt", "protobuf\n"), missing},
		{"a namespace package listed", python, of(py("from google.oauth2 import service_account"), "src/requirements.txt", "google-auth\n"), may},
		{"a package that another requires", python, of(py("import idna"), "src/requirements.txt", "requests\n"), may},
		{"no package requires it", python, of(py("import numpy"), "src/requirements.txt", "requests\n"), missing},
		{"a package that may require it", python, of(py("import numpy"), "src/requirements.txt", "acme-tools\n"), may},
		{"a package of an unknown name", python, of(py("import acme"), "src/requirements.txt", "requests\n"), may},
		{"another list", python, of(py("import numpy"), "src/requirements.txt", "-r ../base.txt\n"), may},
		{"a list above", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "requirements-all.txt", "numpy\n"), may},
		{"a list above without it", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "requirements-dev.txt", "PyYAML\n"), missing},
		{"options and hashes", python, of(py("import numpy"), "src/requirements.txt", "--index-url https://example.com\nrequests==2.0 \\\n    --hash=sha256:00\n# numpy\n"), missing},
		{"a compiled list with a name that is not known", python, of(py("import numpy"), "src/requirements.txt", "# This file is autogenerated by pip-compile with Python 3.13\nacme==1.0\n"), missing},
		{"a project of Poetry with a lock", python, of(py("import numpy"), "src/pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.13\"\nacme = \"1\"\n", "src/poetry.lock", "[[package]]\nname = \"acme\"\n"), missing},
		{"a lock with it", python, of(py("import numpy"), "src/pyproject.toml", "[tool.poetry.dependencies]\nacme = \"1\"\n", "src/poetry.lock", "[[package]]\nname = \"numpy\"\n"), may},
		{"a project", python, of(py("import numpy"), "pyproject.toml", "[project]\ndependencies = [\"requests>=2\"]\n"), missing},
		{"a group of a project", python, of(py("import numpy"), "pyproject.toml", "[project]\ndependencies = []\n[dependency-groups]\ndata = [\"numpy\"]\n"), may},
		{"a lock of uv", python, of(py("import numpy"), "pyproject.toml", "[project]\ndependencies = [\"requests\"]\n", "uv.lock", "[[package]]\nname = \"requests\"\n"), missing},
		{"a lock of uv with it", python, of(py("import numpy"), "pyproject.toml", "[project]\ndependencies = [\"requests\"]\n", "uv.lock", "[[package]]\nname = \"numpy\"\n"), may},
		{"a Pipfile", python, of(py("import numpy"), "src/Pipfile", "[packages]\nrequests = \"*\"\n"), missing},
		{"a Pipfile with it", python, of(py("import numpy"), "src/Pipfile", "[packages]\nnumpy = \"*\"\n"), may},
		{"a project that is not valid", python, of(py("import numpy"), "src/pyproject.toml", "[project\n"), may},
		{"a script that installs the list", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "build.sh", "pip install -r src/requirements.txt -t src\n"), missing},
		{"a script that installs it", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "build.sh", "pip install numpy -t src\n"), may},
		{"a script that installs another list", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "build.sh", "pip install -r lists/all.in -t src\n"), may},
		{"a vendored directory", python, of(py("import numpy"), "src/requirements.txt", "requests\n", "src/numpy/__init__.py", ""), there},
		{"a local module", python, of(py("import yaml"), "src/requirements.txt", "requests\n", "src/yaml.py", ""), there},
		{"the runtime", python, of(py("import boto3"), "src/requirements.txt", "requests\n"), there},
		{"a layer with it", layer, of(py("import yaml"), "src/requirements.txt", "requests\n", "layer/python/yaml/__init__.py", ""), there},
		{"a layer without it", layer, of(py("import yaml"), "src/requirements.txt", "requests\n", "layer/python/other.py", ""), missing},
		{"a layer that is not built", layer, of(py("import yaml"), "src/requirements.txt", "requests\n", "layer/requirements.txt", "PyYAML\n"), may},
		{"an archive", "", of(py("import yaml"), "main.tf", archive, "src/requirements.txt", "requests\n"), missing},
		{"an archive with the package", "", of(py("import yaml"), "main.tf", archive, "src/requirements.txt", "PyYAML\n"), may},
		{"a list of a Terraform module", "", of(py("import yaml"), "main.tf", module, "lambda/main.tf", variables, "lists/orders.txt", "requests\n"), missing},
		{"a list of a Terraform module with it", "", of(py("import yaml"), "main.tf", module, "lambda/main.tf", variables, "lists/orders.txt", "PyYAML\n"), may},
		{"a list of a Terraform module that is not there", "", of(py("import yaml"), "main.tf", module, "lambda/main.tf", variables), may},
		{"an image", image, of(py("import yaml"), "src/Dockerfile", from+"RUN pip install -r requirements.txt -t ${LAMBDA_TASK_ROOT}\n"+run, "src/requirements.txt", "requests\n"), missing},
		{"an image with the package", image, of(py("import yaml"), "src/Dockerfile", from+"RUN pip install -r requirements.txt PyYAML\n"+run, "src/requirements.txt", "requests\n"), may},
		{"an image with another command", image, of(py("import yaml"), "src/Dockerfile", from+"RUN pip install -r requirements.txt && ./more\n"+run, "src/requirements.txt", "requests\n"), may},
		{"a package left out of the bundle", esbuild, map[string]string{"src/app.ts": "import axios from 'axios'\nexport const handler = async () => axios.get('x')\n", "src/package.json": `{"dependencies": {"axios": "1"}}`}, missing},
		{"a package in the bundle", esbuild, map[string]string{"src/app.ts": "import got from 'got'\nexport const handler = async () => got('x')\n", "src/package.json": `{"dependencies": {"got": "1"}}`}, there},
		{"a pattern of packages left out", esbuild, map[string]string{"src/app.ts": "import x from '@acme/x'\nexport const handler = async () => x()\n", "src/package.json": `{"dependencies": {"@acme/x": "1"}}`}, missing},
		{"a lock file without the package", node, of(js("const _ = require('lodash')"), "src/package.json", `{"dependencies": {"axios": "1"}}`, "src/package-lock.json", `{"packages": {"node_modules/axios": {}}}`), missing},
		{"a lock file with it", node, of(js("const _ = require('lodash')"), "src/package.json", `{"dependencies": {"axios": "1"}}`, "src/package-lock.json", `{"packages": {"node_modules/axios": {}, "node_modules/lodash": {}}}`), may},
		{"no lock file", node, of(js("const _ = require('lodash')"), "src/package.json", `{"dependencies": {"axios": "1"}}`), may},
		{"no dependencies", node, of(js("const _ = require('lodash')"), "src/package.json", `{"name": "orders"}`), missing},
		{"a compiler without aliases", node, of(js("const _ = require('lodash')"), "src/package.json", `{"name": "orders"}`, "src/tsconfig.json", `{"compilerOptions": {"strict": true}}`), missing},
		{"a compiler with aliases", node, of(js("const _ = require('lodash')"), "src/package.json", `{"name": "orders"}`, "src/tsconfig.json", `{"compilerOptions": {"paths": {"*": ["lib/*"]}}}`), may},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(c.files)
			if c.template != "" {
				files["template.yaml"] = c.template
			}
			p := parsed(t, files)
			if len(p.Stack.Sources) != 1 || len(p.Stack.Sources[0].Imports.Items) == 0 {
				t.Fatalf("no import: %v %v", p.Problems, p.Stack.Functions)
			}
			first := p.Stack.Sources[0].Imports.Items[0]
			got := text(first.Found)
			if first.Found.State == tree.StateUnknown {
				got = may
			}
			if !strings.EqualFold(got, c.want) {
				t.Errorf("%s is found: %s, want %s", text(first.Module), got, c.want)
			}
		})
	}
}

// FuzzLists checks that no list of dependencies or lock file makes the reader panic or hang.
func FuzzLists(f *testing.F) {
	f.Add("requests[socks]>=2 ; python_version > '3'\n-r base.txt\n--hash=sha256:00\n", "[project]\ndependencies = [\"requests\"]\n", "[[package]]\nname = \"requests\"\n", `{"packages": {"node_modules/axios": {"dev": true}}}`)
	f.Add("\ufeff# autogenerated by pip-compile\n./local\n", "[tool.poetry.dependencies]\npython = \"3\"\nacme = {extras = [\"a\"]}\n", "", "{")
	f.Fuzz(func(t *testing.T, requirements, project, lock, script string) {
		parsed(t, map[string]string{
			"template.yaml": python, "src/app.py": "import yaml\nfrom google.oauth2 import id_token\n\ndef handler(event, context):\n    pass\n",
			"src/requirements.txt": requirements, "src/pyproject.toml": project, "poetry.lock": lock, "Pipfile": project,
		})
		parsed(t, map[string]string{
			"template.yaml": node, "src/app.js": "const axios = require('axios')\nexports.handler = async () => 1\n",
			"src/package.json": script, "src/package-lock.json": script, "src/tsconfig.json": project,
		})
	})
}
