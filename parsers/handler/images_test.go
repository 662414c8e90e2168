package handler_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/tree"
)

const (
	samImage = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
    Metadata:
      DockerContext: src
`
	samImageCommand = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageConfig: {Command: [other.handler]}
    Metadata:
      DockerContext: src
      Dockerfile: docker/Dockerfile
      DockerBuildArgs: {VERSION: "3.13"}
      DockerBuildTarget: final
`
	cdkImage = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Role: arn:aws:iam::111122223333:role/orders
      Code: {ImageUri: {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/assets:abc"}}
    Metadata:
      aws:asset:path: asset.abc
      aws:asset:dockerfile-path: Dockerfile
      aws:asset:property: Code.ImageUri
`
	terraformImage = `resource "docker_image" "app" {
  name = "app"
  build {
    context    = "${path.module}/src"
    build_args = { VERSION = "3.13" }
  }
}

resource "docker_registry_image" "app" {
  name = docker_image.app.name
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = "Image"
  image_uri     = docker_registry_image.app.name
}
`
	pythonBase = "FROM public.ecr.aws/lambda/python:3.13\n"
	app        = "import os\nimport shared.db\n\ndef handler(e, c):\n    return os.environ['A']\n"
)

// TestImages checks which file of the repository a container image runs, and when the code is incomplete.
func TestImages(t *testing.T) {
	tests := map[string]struct {
		template string
		files    map[string]string
		want     string // file and handler, or why the code is not read
		partly   bool
	}{
		"copied to the task root": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY app.py requirements.txt ${LAMBDA_TASK_ROOT}/\nRUN pip install -r requirements.txt\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", false,
		},
		"the whole context": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "# comment\nCOPY . .\nCMD [ \"pkg/app.handler\" ]\n", "src/pkg/app.py": app},
			"src/pkg/app.py handler", false,
		},
		"a directory below the context": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY --chown=1:1 pkg \\\n  ./\nCMD [\"app.handler\"]\n", "src/pkg/app.py": app},
			"src/pkg/app.py handler", false,
		},
		"a pattern": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY *.py $LAMBDA_TASK_ROOT\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", false,
		},
		"code from another directory": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY pkg/ ./\nCOPY lib/ ./common/\nCMD [\"app.handler\"]\n", "src/pkg/app.py": app, "src/lib/a.py": ""},
			"src/pkg/app.py handler", true,
		},
		"command of the function": {
			samImageCommand,
			map[string]string{"src/docker/Dockerfile": "ARG VERSION\nFROM public.ecr.aws/lambda/python:${VERSION} AS final\nCOPY . .\nCMD [\"app.handler\"]\nFROM scratch\n", "src/app.py": app, "src/other.py": app},
			"src/other.py handler", false,
		},
		"stages": {
			samImage,
			map[string]string{
				"src/Dockerfile": "ARG DIR=/function\nFROM python:3.13 AS build\nARG DIR\nRUN mkdir -p ${DIR}\nCOPY app/ ${DIR}\nRUN pip install --target ${DIR} awslambdaric\n" +
					"FROM python:3.13-slim\nARG DIR\nWORKDIR ${DIR}\nCOPY --from=build ${DIR} ${DIR}\nENTRYPOINT [\"/usr/local/bin/python\", \"-m\", \"awslambdaric\"]\nCMD [\"app.handler\"]\n",
				"src/app/app.py": app,
			},
			"src/app/app.py handler", false,
		},
		"CDK": {
			cdkImage,
			map[string]string{"asset.abc/Dockerfile": "FROM public.ecr.aws/lambda/nodejs:22\nCOPY app.js ./\nCMD [\"app.handler\"]\n", "asset.abc/app.js": "exports.handler = async () => 1;\n"},
			"asset.abc/app.js handler", false,
		},
		"Terraform": {
			terraformImage,
			map[string]string{"src/Dockerfile": "ARG VERSION\n" + "FROM public.ecr.aws/lambda/python:$VERSION\nCOPY app.py .\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", false,
		},
		"TypeScript that a stage compiles": {
			samImage,
			map[string]string{
				"src/Dockerfile": "FROM public.ecr.aws/lambda/nodejs:22 AS build\nWORKDIR /usr/app\nCOPY package.json index.ts ./\nRUN npm run build\nFROM public.ecr.aws/lambda/nodejs:22\nCOPY --from=build /usr/app/dist/* ./\nCMD [\"index.handler\"]\n",
				"src/index.ts":   "export const handler = async () => 1;\n",
			},
			"src/index.ts handler", false,
		},
		"Go": {
			samImage,
			map[string]string{
				"src/Dockerfile":      "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod ./\nCOPY cmd ./cmd\nRUN CGO_ENABLED=0 go build -trimpath -ldflags \"-s -w\" -tags lambda.norpc -o /out/main ./cmd/orders\nFROM public.ecr.aws/lambda/provided:al2023\nCOPY --from=build /out/main ./main\nENTRYPOINT [\"./main\"]\n",
				"src/go.mod":          "module example.com/orders\n",
				"src/cmd/orders/m.go": "package main\n\nimport \"github.com/aws/aws-lambda-go/lambda\"\n\nfunc handle() error { return nil }\n\nfunc main() { lambda.Start(handle) }\n",
			},
			"src/cmd/orders/m.go handle", false,
		},
		"Go in the same stage, as bootstrap": {
			samImage,
			map[string]string{
				"src/Dockerfile": "FROM public.ecr.aws/lambda/provided:al2023\nCOPY . .\nRUN go build -o /var/runtime/bootstrap main.go\nCMD [\"x\"]\n",
				"src/main.go":    "package main\n\nimport \"github.com/aws/aws-lambda-go/lambda\"\n\nfunc handle() error { return nil }\n\nfunc main() { lambda.Start(handle) }\n",
			},
			"src/main.go handle", false,
		},
		"a command rewrites the code": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY app.py .\nRUN sed -i s/a/b/ app.py\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", true,
		},
		"a copy to an unknown place": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "ARG TO\nCOPY app.py .\nCOPY lib ${TO}\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", true,
		},
		"an extension": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY --from=example/extension /e /opt/extensions/e\nCOPY app.py .\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"src/app.py handler", true,
		},
		"a web server": {
			samImage,
			map[string]string{"src/Dockerfile": "FROM python:3.13\nCOPY . /app\nWORKDIR /app\nENTRYPOINT [\"uvicorn\", \"app:app\"]\n", "src/app.py": app},
			"the container image starts uvicorn, whose code is not found", false,
		},
		"the shell form": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY . .\nCMD app.handler\n", "src/app.py": app},
			"the command of the Dockerfile is in the shell form", false,
		},
		"another base image": {
			samImage,
			map[string]string{"src/Dockerfile": "FROM example.com/base:1\nCOPY . .\nCMD [\"app.handler\"]\n", "src/app.py": app},
			"the base image of src/Dockerfile is another one than those of AWS and of Docker", false,
		},
		"an ignored file outside of the context": {
			samImage,
			map[string]string{"src/Dockerfile": pythonBase + "COPY ../app.py .\nCMD [\"app.handler\"]\n", "app.py": app},
			"app is not among the files of the repository that src/Dockerfile copies", false,
		},
		"no Dockerfile": {
			samImage,
			map[string]string{"src/app.py": app},
			"src/Dockerfile is not in the repository", false,
		},
		"built elsewhere": {
			strings.Split(samImage, "    Metadata:")[0], nil,
			"the container image is built elsewhere", false,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"template.yaml": tt.template}
			if tt.template == terraformImage {
				files = map[string]string{"main.tf": tt.template}
			}
			maps.Copy(files, tt.files)
			p := parsed(t, files)
			if len(p.Problems) > 0 {
				t.Fatal(p.Problems)
			}
			got, _ := p.Stack.Functions[0].Unread.Get()
			if len(p.Stack.Sources) > 0 {
				s := p.Stack.Sources[0]
				got = text(s.File) + " " + text(s.Handler)
				if isPartly := s.Imports.State == tree.StateUnknown; isPartly != tt.partly {
					t.Errorf("the code is incomplete: %v, want %v", isPartly, tt.partly)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
