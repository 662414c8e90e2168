package handler_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers"
	"lintel/parsers/handler"
)

// python is a template of a SAM function in Python, whose code is in src.
const python = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src}
`

// node is the same in JavaScript.
const node = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: nodejs22.x, CodeUri: src}
`

// golang is the same in Go.
const golang = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: bootstrap, Runtime: provided.al2023, CodeUri: src}
`

// parsed parses a template with other files.
func parsed(t *testing.T, files map[string]string) deployment.Parsed {
	t.Helper()
	fsys := fstest.MapFS{}
	unit := deployment.Unit{Kind: deployment.Template, Root: "template.yaml"}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
		if name == "plan.json" {
			unit = deployment.Unit{Kind: deployment.Plan, Root: name}
		}
		if strings.HasSuffix(name, ".tf") {
			unit = deployment.Unit{Kind: deployment.TerraformModule, Root: "."}
		}
	}
	return parsers.Parse(t.Context(), fsys, unit, deployment.Options{})
}

// shown lists the facts of the first source.
func shown(p deployment.Parsed) []string {
	if len(p.Stack.Sources) == 0 {
		return nil
	}
	s := p.Stack.Sources[0]
	var all []string
	add := func(at source.Range, format string, args ...any) {
		line, _ := p.Files[at.Path].Position(at.Start)
		all = append(all, fmt.Sprintf("%s:%d ", at.Path, line)+fmt.Sprintf(format, args...))
	}
	for _, x := range s.Imports.Items {
		add(x.At, "import %s packaged %s optional %s", text(x.Module), text(x.Packaged), text(x.Optional))
	}
	for _, x := range s.Variables.Items {
		add(x.At, "variable %s required %s", text(x.Name), text(x.Required))
	}
	for _, x := range s.Requests.Items {
		add(x.At, "request %s verified %s timeout %s", text(x.Function), text(x.Verified), text(x.Timeout))
	}
	for _, x := range s.Catches.Items {
		add(x.At, "catch every %s empty %s", text(x.Every), text(x.Empty))
	}
	for _, x := range s.Logs.Items {
		add(x.At, "log %s of the %s", text(x.Function), text(x.Content))
	}
	for _, x := range s.Commands.Items {
		add(x.At, "command %s event %s", text(x.Function), text(x.Event))
	}
	for _, x := range s.Queries.Items {
		add(x.At, "query %s event %s", text(x.Function), text(x.Event))
	}
	for _, x := range s.Accounts.Items {
		add(x.At, "account %s", text(x.ID))
	}
	for _, x := range s.Clients.Items {
		add(x.At, "client %s in the handler %s", text(x.Service), text(x.Handler))
	}
	for _, x := range s.Temporary.Writes.Items {
		add(x.At, "write %s removed %s", text(x), text(s.Temporary.Removes))
	}
	for _, x := range s.Texts.Items {
		add(x.At, "secret")
	}
	return all
}

func text[T model.Scalar](v model.Value[T]) string {
	if value, ok := v.Get(); ok {
		return fmt.Sprint(value)
	}
	return "?"
}

// TestFacts checks the facts of Python and JavaScript files.
func TestFacts(t *testing.T) {
	tests := map[string]struct {
		template string
		files    map[string]string
		want     []string
	}{
		"imports in Python": {
			python,
			map[string]string{
				"src/app.py":               "import boto3\nimport utils.dates as d\nfrom other import f\nfrom . import local\ntry:\n    import ujson\nexcept ImportError:\n    import json\n\ndef handler(e, c):\n    import requests\n    f()\n\ndef unused():\n    import flask\n",
				"src/utils/dates.py":       "import pytz\n",
				"src/other.py":             "def f():\n    import yaml\n\ndef g():\n    import never\n",
				"src/requests/__init__.py": "",
			},
			[]string{
				"src/app.py:1 import boto3 packaged false optional false", "src/app.py:2 import utils packaged true optional false",
				"src/app.py:3 import other packaged true optional false", "src/app.py:6 import ujson packaged false optional true",
				"src/app.py:8 import json packaged false optional false", "src/app.py:11 import requests packaged true optional false",
				"src/utils/dates.py:1 import pytz packaged false optional false", "src/other.py:2 import yaml packaged false optional false",
				"src/app.py:7 catch every false empty false",
			},
		},
		"other handlers of the file": {
			node,
			map[string]string{
				"src/app.js":   "const { parts, make } = require('./parts');\nexports.handler = async (event) => { console.log(process.env); parts.signer(event); make(); };\nexports.report = async (event) => { console.log(process.env); parts.report(event); };\n",
				"src/parts.js": "const parts = { signer: (x) => console.log(process.env), other: (x) => console.log(process.env) };\nexports.parts = parts;\nexports.other = (x) => console.log(process.env);\nconst more = require('./more');\nexports.report = more.report;\nexports.make = more.make;\n",
				"src/more.js":  "exports.report = () => console.log(process.env);\nexports.make = () => console.log(process.env);\n",
			},
			[]string{
				"src/app.js:2 log console.log of the environment", "src/parts.js:1 log console.log of the environment",
				"src/more.js:2 log console.log of the environment",
			},
		},
		"a program in Python": {
			python,
			map[string]string{
				"src/app.py": "import os\n\ndef handler(event, context):\n    return event\n\nif __name__ == '__main__':\n    import flask\n    print(handler(os.environ['A'], 'arn:aws:iam::123456789012:role/x'), 'AKIAQYLPMN5HHHFPZAM2')\nelse:\n    print('loaded')\n",
			},
			[]string{"src/app.py:10 log print of the text", "src/app.py:8 secret"}, // everyone who can read the code reads the secret
		},
		"queries in Python": {
			python,
			map[string]string{
				"src/app.py": "def handler(event, context):\n    a = event['a']\n    db.execute('SELECT ' + a)\n    db.execute('SELECT %s', a)\n    db.execute('SELECT %s' % int(a))\n    db.execute('DROP TABLE ' + a)\n    find(event.get('b'))\n    c = check(event['c'])\n    db.execute(f'SELECT {c}')\n    db.execute(f'SELECT {event[\"requestContext\"][\"x\"]}')\n\ndef find(b):\n    db.query('SELECT {}'.format(b))\n",
			},
			[]string{
				"src/app.py:3 query execute event true", "src/app.py:5 query execute event false", "src/app.py:6 query execute event false",
				"src/app.py:9 query execute event false", "src/app.py:10 query execute event false", "src/app.py:13 query query event true",
			},
		},
		"queries in JavaScript": {
			node,
			map[string]string{
				"src/app.js": "exports.handler = async (event) => {\n  for (const r of event.Records) db.query(`SELECT ${r.body}`);\n  event.Records.map((r) => db.query(`SELECT ${r.body}`));\n  db.query(`SELECT ${Number(event.a)}`);\n  db.query('SELECT $1', [event.a]);\n  db.query(`SELECT ${TABLE}`);\n  db.get(`USER#${event.a}`);\n};\n",
			},
			[]string{
				"src/app.js:2 query query event true", "src/app.js:3 query query event true", "src/app.js:4 query query event false", "src/app.js:6 query query event false",
			},
		},
		"account IDs": {
			python,
			map[string]string{
				"src/app.py": "A = 'arn:aws:sns:eu-west-1:123456789012:t'\nB = 'arn:aws:iam::aws:policy/p'\nC = 'https://sqs.eu-west-1.amazonaws.com/123456789012/q'\nD = 'arn:aws:s3:::b'\nE = '123456789012'\ndef handler(event, context):\n    pass\n",
			},
			[]string{"src/app.py:1 account 123456789012", "src/app.py:3 account 123456789012"},
		},
		"variables that JavaScript requires": {
			node,
			map[string]string{
				"src/app.js": "const { A, B = 1 } = process.env;\nconst c = process.env.C;\nexports.handler = async () => {\n  send({ TableName: A, Bucket: B, QueueUrl: c });\n  if (c) return process.env['D'].split(',');\n  return process.env.E;\n};\n",
			},
			[]string{
				"src/app.js:1 variable A required true", "src/app.js:1 variable B required false", "src/app.js:2 variable C required false", "src/app.js:5 variable D required true",
				"src/app.js:6 variable E required false",
			},
		},
		"a variable of a function that is only exported": {
			node,
			map[string]string{
				"src/app.js": "const { used } = require('./lib');\nexports.handler = async () => used();\n",
				"src/lib.js": "function used() { return send({ TableName: process.env.A }); }\nfunction never() { return send({ TableName: process.env.B }); }\nmodule.exports = { used, never };\n",
			},
			[]string{"src/lib.js:1 variable A required true", "src/lib.js:2 variable B required false"},
		},
		"imports in JavaScript": {
			node,
			map[string]string{
				"src/app.js":       "const fs = require('node:fs');\nconst { a } = require('./lib/a');\nimport('@scope/pkg/deep');\nif (process.env.DEBUG) {\n  require('why');\n} else require('not');\nexports.handler = async () => a();\n",
				"src/lib/a.js":     "const axios = require('axios');\nexports.a = () => axios;\n",
				"src/unused.js":    "require('left-pad');\n",
				"src/package.json": `{"dependencies": {"axios": "1.0.0"}}`,
			},
			[]string{
				"src/app.js:1 import fs packaged false optional false", "src/app.js:3 import @scope/pkg packaged false optional false",
				"src/app.js:5 import why packaged false optional true", "src/app.js:6 import not packaged false optional true",
				"src/lib/a.js:1 import axios packaged true optional false", "src/app.js:4 variable DEBUG required false",
			},
		},
		"environment": {
			python,
			map[string]string{"src/app.py": "import os\nfrom os import environ, getenv\nA = os.environ['A']\nB = environ['B']\nC = os.environ.get('C')\nD = getenv('D')\nos.environ['E'] = '1'\n\ndef handler(e, c):\n    if 'F' in os.environ:\n        return os.environ['F']\n    return os.environ['E']\n"},
			[]string{
				"src/app.py:3 variable A required true", "src/app.py:4 variable B required true", "src/app.py:5 variable C required false",
				"src/app.py:6 variable D required false", "src/app.py:7 variable E required false", "src/app.py:11 variable F required false",
				"src/app.py:12 variable E required false",
			},
		},
		"reached code": {
			python,
			map[string]string{
				"src/app.py":  "import requests\nfrom base import Base\n\nclass Job(Base):\n    def run(self):\n        requests.get('https://a', timeout=1)\n\ndef handler(e, c):\n    return helper(Job)\n\ndef helper(x):\n    return requests.post('https://b', timeout=1)\n\ndef never():\n    return requests.put('https://c')\n",
				"src/base.py": "import requests\n\nclass Base:\n    def __init__(self):\n        requests.head('https://d', timeout=1)\n\ndef never():\n    requests.put('https://e')\n",
			},
			[]string{
				"src/app.py:6 request requests.get verified true timeout true", "src/app.py:12 request requests.post verified true timeout true",
				"src/base.py:5 request requests.head verified true timeout true",
			},
		},
		"event": {
			python,
			map[string]string{"src/app.py": "import os, json, subprocess, shlex\n\ndef handler(event, context):\n    print(event)\n    print('got', json.dumps(event))\n    print(event['id'])\n    body = json.loads(event['body'])\n    os.system(f\"run {body['x']}\")\n    os.system('run {}'.format(event.get('y')))\n    os.system('ls')\n    subprocess.run(['ls', event['z']])\n    subprocess.run('ls ' + event['z'], shell=True)\n    os.system('ls ' + shlex.quote(event['z']))\n"},
			[]string{
				"src/app.py:4 log print of the event", "src/app.py:5 log print of the event", "src/app.py:6 log print of the text", "src/app.py:8 command os.system event true",
				"src/app.py:9 command os.system event true", "src/app.py:10 command os.system event false", "src/app.py:12 command subprocess.run event true",
				"src/app.py:13 command os.system event false",
			},
		},
		"levels of logs": {
			python,
			map[string]string{"src/app.py": "import logging\nlogger = logging.getLogger()\n\ndef handler(event, context):\n    logger.debug(event)\n    logger.info(event)\n"},
			[]string{"src/app.py:6 log logger.info of the event"},
		},
		"debugging": {
			python,
			map[string]string{"src/app.py": "import logging\nlogger = logging.getLogger()\nlogger.setLevel('DEBUG')\n\ndef handler(event, context):\n    logger.debug(event)\n"},
			[]string{"src/app.py:6 log logger.debug of the event"},
		},
		"commands in Python": {
			python,
			map[string]string{"src/app.py": "import base64, pickle, subprocess, yaml\n\ndef run(cmd):\n    return subprocess.check_output(cmd, shell=True)\n\ndef handler(event, context):\n    run('ls %s' % event['a'])\n    pickle.loads(base64.b64decode(event['b']))\n    yaml.load(event['c'], Loader=yaml.Loader)\n    yaml.load(event['c'], Loader=yaml.SafeLoader)\n    subprocess.run(['/bin/sh', '-c', event['d']])\n    subprocess.run(['/bin/ls', '-c', event['d']])\n    for r in event['Records']:\n        os.system('ls ' + r['body'])\n"},
			[]string{
				"src/app.py:4 command subprocess.check_output event true", "src/app.py:8 command pickle.loads event true", "src/app.py:9 command yaml.load event true",
				"src/app.py:11 command subprocess.run event true", "src/app.py:14 command os.system event true",
			},
		},
		"commands in JavaScript": {
			node,
			map[string]string{"src/app.js": "const { exec, spawn, execFile } = require('child_process');\nconst util = require('util');\nconst run = util.promisify(exec);\nconst file = util.promisify(require('child_process').execFile);\nexports.handler = async (event) => {\n  await run(`ls ${event.a}`);\n  await file('ls', [event.a]);\n  spawn(`ls ${event.b}`, { shell: true });\n  spawn('ls', [event.b]);\n  spawn('bash', ['-c', `ls ${event.b}`]);\n  new Function('x', event.c)(1);\n};\n"},
			[]string{
				"src/app.js:6 command child_process.exec event true", "src/app.js:8 command child_process.spawn event true",
				"src/app.js:10 command child_process.spawn event true", "src/app.js:11 command Function event true",
			},
		},
		"clients that do not verify": {
			python,
			map[string]string{"src/app.py": "import boto3, jwt, requests\ns = requests.Session()\nc = boto3.client('s3', verify=False)\n\ndef handler(event, context):\n    s.get('https://a', timeout=1, verify=False)\n    jwt.decode(event, 'k', verify=False)\n"},
			[]string{
				"src/app.py:3 request boto3.client verified false timeout true", "src/app.py:6 request s.get verified false timeout true",
				"src/app.py:3 client s3 in the handler false",
			},
		},
		"options that do not verify": {
			node,
			map[string]string{"src/app.js": "const { Pool } = require('pg');\nconst pool = new Pool({ ssl: { rejectUnauthorized: false } });\nconst options = { rejectUnauthorized: false };\nexports.handler = async () => pool.query('SELECT 1');\n"},
			[]string{
				"src/app.js:2 request pg.Pool verified false timeout true", "src/app.js:3 request options verified false timeout true",
			},
		},
		"paths of files": {
			python,
			map[string]string{"src/app.py": "import os\nTMP = '/tmp'\n\ndef handler(event, context):\n    a = os.path.join(TMP, event['a'])\n    open(a, 'w')\n    b = '/tmp/{}'.format(event['b'])\n    s3.download_file('b', 'k', b)\n    c = c + 'x'\n    open(c, 'w')\n"},
			[]string{"src/app.py:6 write /tmp/ removed false", "src/app.py:8 write /tmp/ removed false"},
		},
		"files": {
			python,
			map[string]string{"src/app.py": "def handler(event, context):\n    with open('/tmp/a', 'w') as f:\n        f.write('x')\n    open('/tmp/b')\n    open(f\"/tmp/{event['id']}\", mode='ab')\n"},
			[]string{"src/app.py:2 write /tmp/a removed false", "src/app.py:5 write /tmp/ removed false"},
		},
		"exceptions": {
			python,
			map[string]string{"src/app.py": "def handler(event, context):\n    try:\n        f()\n    except ValueError:\n        pass\n    except:\n        pass\n    try:\n        f()\n    except Exception as e:\n        raise\n"},
			[]string{"src/app.py:4 catch every false empty true", "src/app.py:6 catch every true empty true", "src/app.py:10 catch every true empty false"},
		},
		"Go": {
			golang,
			map[string]string{
				"src/go.mod":              "module example.com/orders // the module\n\ngo 1.22\n",
				"src/main.go":             "package main\n\nimport (\n\t\"context\"\n\t\"crypto/tls\"\n\t\"fmt\"\n\t\"net/http\"\n\t\"os\"\n\n\t\"github.com/aws/aws-lambda-go/events\"\n\t\"github.com/aws/aws-lambda-go/lambda\"\n\n\t\"example.com/orders/internal/run\"\n)\n\nfunc handle(ctx context.Context, event events.SQSEvent) error {\n\tfmt.Printf(\"%v\", event)\n\tfmt.Println(os.Environ(), os.Getenv(name))\n\tfor _, r := range event.Records {\n\t\trun.Shell(r.Body)\n\t\texec.Command(\"sh\", \"-c\", fmt.Sprintf(\"x %s\", r.Body))\n\t}\n\tlocal()\n\treturn nil\n}\n\nfunc main() { lambda.Start(handle) }\n",
				"src/more.go":             "package main\n\nimport (\n\t\"net/http\"\n\t\"os\"\n)\n\nconst name = \"A\"\n\nfunc local() {\n\thttp.Get(\"https://a\")\n\tos.LookupEnv(\"B\")\n\tdefer func() { recover() }()\n}\n\nfunc never() { http.Get(\"https://b\") }\n",
				"src/more_test.go":        "package main\n\nfunc TestX() { http.Get(\"https://b\") }\n",
				"src/internal/run/run.go": "package run\n\nimport (\n\t\"crypto/tls\"\n\t\"os/exec\"\n)\n\nvar c = &tls.Config{InsecureSkipVerify: true}\n\nvar d = &tls.Config{InsecureSkipVerify: true, VerifyConnection: f}\n\nfunc Shell(x string) {\n\texec.Command(\"bash\", \"-c\", x).Run()\n\texec.Command(\"ls\", x).Run()\n\tos.WriteFile(filepath.Join(\"/tmp\", x), nil, 0)\n}\n",
			},
			[]string{
				"src/main.go:18 variable A required false", "src/more.go:12 variable B required false",
				"src/more.go:11 request net/http.Get verified true timeout false", "src/internal/run/run.go:8 request tls.Config verified false timeout true",
				"src/more.go:13 catch every true empty true", "src/main.go:17 log fmt.Printf of the event", "src/main.go:18 log fmt.Println of the environment",
				"src/internal/run/run.go:13 command os/exec.Command event true",
			},
		},
		"clients": {
			node,
			map[string]string{"src/app.mjs": "import { S3Client } from '@aws-sdk/client-s3';\nimport AWS from 'aws-sdk';\nconst a = new S3Client({});\nexport const handler = async (event) => {\n  return new AWS.DynamoDB.DocumentClient();\n};\n"},
			[]string{
				"src/app.mjs:1 import @aws-sdk/client-s3 packaged false optional false", "src/app.mjs:2 import aws-sdk packaged false optional false",
				"src/app.mjs:3 client s3 in the handler false", "src/app.mjs:5 client dynamodb in the handler true",
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.files["template.yaml"] = tt.template
			p := parsed(t, tt.files)
			if diff := cmp.Diff(tt.want, withoutStandard(shown(p), name)); diff != "" {
				t.Error(diff)
			}
			if len(p.Problems) > 0 {
				t.Error(p.Problems)
			}
		})
	}
}

// withoutStandard removes imports where they are not what a test is about.
func withoutStandard(all []string, name string) []string {
	if strings.HasPrefix(name, "imports") || name == "clients" {
		return all
	}
	return slices.DeleteFunc(all, func(fact string) bool { return strings.Contains(fact, " import ") })
}

// TestLocations checks where the code of a function is found.
func TestLocations(t *testing.T) {
	const code = "def handler(event, context):\n    return 1\n"
	terraform := func(archive, rest string) string {
		return "data \"archive_file\" \"code\" {\n  type = \"zip\"\n  output_path = \"${path.module}/code.zip\"\n" + archive + "}\n\n" +
			"resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"r\"\n  handler = \"app.handler\"\n  runtime = \"python3.13\"\n  filename = data.archive_file.code.output_path\n" + rest + "}\n"
	}
	sam := func(properties string) string {
		return strings.Replace(python, "{Handler: app.handler, Runtime: python3.13, CodeUri: src}", "{"+properties+"}", 1)
	}
	tests := map[string]struct {
		files map[string]string
		want  string // path of the handler's file; "": it is not read
	}{
		"SAM":                       {map[string]string{"template.yaml": python, "src/app.py": code}, "src/app.py"},
		"SAM's default":             {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13"), "app.py": code}, "app.py"},
		"directory in handler":      {map[string]string{"template.yaml": sam("Handler: api/app.handler, Runtime: python3.13, CodeUri: src"), "src/api/app.py": code}, "src/api/app.py"},
		"module in handler":         {map[string]string{"template.yaml": sam("Handler: api.app.handler, Runtime: python3.13, CodeUri: src"), "src/api/app.py": code}, "src/api/app.py"},
		"package":                   {map[string]string{"template.yaml": python, "src/app/__init__.py": code}, "src/app/__init__.py"},
		"CodeUri of Windows":        {map[string]string{"template.yaml": sam(`Handler: app.handler, Runtime: python3.13, CodeUri: .\src\`), "src/app.py": code}, "src/app.py"},
		"file as CodeUri":           {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: src/app.py"), "src/app.py": code}, "src/app.py"},
		"TypeScript":                {map[string]string{"template.yaml": node, "src/app.ts": "export const handler = async () => 1;\n"}, "src/app.ts"},
		"entry point of esbuild":    {map[string]string{"template.yaml": node + "    Metadata: {BuildMethod: esbuild, BuildProperties: {EntryPoints: [lib/app.ts]}}\n", "src/lib/app.ts": "export const handler = async () => 1;\n"}, "src/lib/app.ts"},
		"inline":                    {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, InlineCode: x"), "app.py": code}, ""},
		"bucket":                    {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: s3://bucket/key"), "app.py": code}, ""},
		"Go":                        {map[string]string{"template.yaml": golang, "src/a.go": "package main\n", "src/b.go": "package main\n\nfunc main() {}\n"}, "src/b.go"},
		"Go without main":           {map[string]string{"template.yaml": golang, "src/a.go": "package a\n"}, ""},
		"Go for another system":     {map[string]string{"template.yaml": golang, "src/a.go": "//go:build windows\n\npackage main\n\nfunc main() {}\n"}, ""},
		"Go in a changed directory": {map[string]string{"template.yaml": golang + "    Metadata: {BuildMethod: makefile}\n", "src/Makefile": "build_cmd = go build -o $(ARTIFACTS_DIR)/bootstrap .\nbuild-Orders : test\n\tcd cmd/orders && $(build_cmd)\n", "src/cmd/orders/a.go": "package main\n\nfunc main() {}\n"}, "src/cmd/orders/a.go"},
		"Go in a Makefile":          {map[string]string{"template.yaml": golang + "    Metadata: {BuildMethod: makefile}\n", "src/Makefile": "build-Other:\n\tgo build ./cmd/other\nbuild-Orders:\n\tGOOS=linux go build -o $(ARTIFACTS_DIR)/bootstrap ./cmd/orders\n", "src/cmd/orders/a.go": "package main\n\nfunc main() {}\n"}, "src/cmd/orders/a.go"},
		"other language":            {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: ruby3.4, CodeUri: src"), "src/app.py": code}, ""},
		"image":                     {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: src, PackageType: Image"), "src/app.py": code}, ""},
		"unknown":                   {map[string]string{"template.yaml": sam("Handler: !ImportValue x, Runtime: python3.13, CodeUri: src"), "src/app.py": code}, ""},
		"outside":                   {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: ../../src"), "src/app.py": code}, ""},
		"zip":                       {map[string]string{"template.yaml": sam("Handler: app.handler, Runtime: python3.13, CodeUri: app.zip"), "app.zip": "PK"}, ""},
		"archive of a directory":    {map[string]string{"main.tf": terraform("  source_dir = \"${path.module}/src\"\n", ""), "src/app.py": code}, "src/app.py"},
		"archive of a file":         {map[string]string{"main.tf": terraform("  source_file = \"src/app.py\"\n", ""), "src/app.py": code}, "src/app.py"},
		"archive with equal path":   {map[string]string{"main.tf": strings.Replace(terraform("  source_dir = \"src\"\n", ""), "data.archive_file.code.output_path", "\"${path.module}/code.zip\"", 1), "src/app.py": code}, "src/app.py"},
		"plan": {map[string]string{
			"plan.json": `{"format_version": "1.2", "terraform_version": "1.13.0", "planned_values": {"root_module": {}}, "resource_changes": [
				{"address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function", "name": "f", "change": {"actions": ["create"], "before": null,
				"after": {"function_name": "f", "role": "r", "handler": "app.handler", "runtime": "python3.13", "filename": "./code.zip", "package_type": "Zip"}, "after_unknown": {}}}],
				"prior_state": {"values": {"root_module": {"resources": [{"address": "data.archive_file.code", "mode": "data", "type": "archive_file", "name": "code",
				"values": {"type": "zip", "source_dir": "./src", "output_path": "./code.zip"}}]}}}}`,
			"src/app.py": code,
		}, "src/app.py"},
		"nested stack": {map[string]string{
			"template.yaml":       "Transform: AWS::Serverless-2016-10-31\nResources:\n  Child:\n    Type: AWS::Serverless::Application\n    Properties: {Location: child/template.yaml}\n",
			"child/template.yaml": python,
			"child/src/app.py":    code,
			"src/other.py":        code,
		}, "child/src/app.py"},
		"asset of the CDK": {map[string]string{
			"template.yaml":  "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code: {S3Bucket: b, S3Key: k}\n      Handler: app.handler\n      Runtime: python3.13\n      Role: r\n    Metadata: {aws:asset:path: asset.1, aws:asset:property: Code}\n",
			"asset.1/app.py": code,
		}, "asset.1/app.py"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, tt.files)
			got := ""
			if f := p.Stack.Functions[0]; len(f.Source.Targets()) == 1 {
				got, _ = p.Stack.Sources[f.Source.Targets()[0]].File.Get()
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestIncomplete checks that lists are unknown where code is not read to its end, and that limits are problems.
func TestIncomplete(t *testing.T) {
	many := map[string]string{"template.yaml": python}
	var imports strings.Builder
	for i := range 70 {
		fmt.Fprintf(&imports, "import m%d\n", i)
		many[fmt.Sprintf("src/m%d.py", i)] = "x = 1\n"
	}
	large := strings.Repeat("x = 1\n", 150_000)
	many["src/app.py"] = imports.String() + "def handler(e, c):\n    pass\n"
	tests := map[string]struct {
		files   map[string]string
		problem string
	}{
		"syntax error":   {map[string]string{"template.yaml": python, "src/app.py": "def handler(e, c):\n    return 1\n\ndef (:\n"}, ""},
		"too many files": {many, "exceeds the limit of 60 source files"},
		"file too large": {map[string]string{"template.yaml": python, "src/app.py": "import big\ndef handler(e, c):\n    pass\n", "src/big.py": strings.Repeat("x = 1\n", 200_000)}, "exceeds the limit of 1 MiB"},
		"too many bytes": {map[string]string{
			"template.yaml": python, "src/app.py": "import a\nimport b\nimport c\ndef handler(e, c):\n    pass\n",
			"src/a.py": large, "src/b.py": large, "src/c.py": large,
		}, "exceeds the limit of 2 MiB of source files"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, tt.files)
			if s := p.Stack.Sources[0]; s.Imports.State != tree.StateUnknown || s.Logs.State != tree.StateUnknown {
				t.Error("the lists are complete")
			}
			switch {
			case tt.problem == "" && len(p.Problems) > 0, tt.problem != "" && len(p.Problems) != 1:
				t.Error(p.Problems)
			case tt.problem != "" && !strings.Contains(p.Problems[0].Message, tt.problem):
				t.Error(p.Problems[0].Message)
			}
		})
	}
}

// TestReassigned checks that values of names that are assigned again and chains of calls do not multiply the steps.
func TestReassigned(t *testing.T) {
	source := "import boto3\ns3 = boto3.client('s3')\ndef handler(e, c):\n    x = e\n" + strings.Repeat("    x = x.strip().lower()\n", 20) +
		"    t = boto3.resource('dynamodb')\n    t = t.Table('a')\n    t.get_item(Key=x)\n    x" + strings.Repeat(".replace('a', 'b')", 20) + ".encode()\n    s3.get_object(Bucket=x)\n"
	p := parsed(t, map[string]string{"template.yaml": python, "src/app.py": source})
	if len(p.Problems) > 0 {
		t.Fatal(p.Problems)
	}
	var got []string
	for _, call := range p.Stack.Sources[0].Calls.Items {
		got = append(got, text(call.Service)+" "+text(call.Operation))
	}
	if diff := cmp.Diff([]string{"dynamodb GetItem", "s3 GetObject"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestCycles checks that functions that call each other, as in ordinary code, do not multiply the steps, and that values which go
// around a cycle are found.
func TestCycles(t *testing.T) {
	var cycle, getters, attributes strings.Builder
	cycle.WriteString("import boto3\ns3 = boto3.client('s3')\ndef handler(e, c):\n    f0(s3, e)\n")
	for i := range 12 { // each parameter is an argument of each function
		fmt.Fprintf(&cycle, "def f%d(a, b):\n    a.get_object()\n", i)
		for j := range 12 {
			fmt.Fprintf(&cycle, "    f%d(a, b or a)\n", j)
		}
	}
	getters.WriteString("import boto3\ns3 = boto3.client('s3')\ndef get(x):\n    return x\ndef handler(e, c):\n    s3.get_object()\n")
	for i := range 40 { // each call of a method with the name of a function is a call of it
		fmt.Fprintf(&getters, "    v%d = e.get(v%d, v%d).get(v%d)\n", i, (i+1)%40, (i+7)%40, (i+3)%40)
	}
	attributes.WriteString("import boto3\nclass A:\n    def __init__(self):\n        self.a0 = boto3.client('s3')\n")
	for i := range 16 {
		for j := range 16 {
			fmt.Fprintf(&attributes, "        self.a%d = self.a%d\n", i, j)
		}
	}
	attributes.WriteString("def handler(e, c):\n    A().a9.get_object()\n")
	for name, source := range map[string]string{"parameters": cycle.String(), "getters": getters.String(), "attributes": attributes.String()} {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, map[string]string{"template.yaml": python, "src/app.py": source})
			if len(p.Problems) > 0 {
				t.Fatal(p.Problems)
			}
			calls := p.Stack.Sources[0].Calls.Items
			if len(calls) == 0 || text(calls[0].Operation) != "GetObject" {
				t.Error("the call is not found")
			}
		})
	}
}

// TestSteps checks that the limit of steps is a problem and leaves the calls incomplete: values with two origins each, and the event in
// functions of one name.
func TestSteps(t *testing.T) {
	var values, names strings.Builder
	values.WriteString("import boto3\ndef handler(e, c):\n    f0(boto3.client('s3')).get_object()\n")
	for i := range 40 {
		fmt.Fprintf(&values, "def f%d(x):\n    return f%d(x) or f%d(g(x))\n", i, i+1, i+1)
	}
	names.WriteString("import os\nimport boto3\ndef handler(e, c):\n    print(e)\n    f(e['x'])\n    boto3.client('s3').list_buckets()\n")
	for range 12_000 {
		names.WriteString("def f(x):\n    os.system('x' + x)\n    return f(x)\n")
	}
	for name, code := range map[string]string{"values": values.String(), "names": names.String()} {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, map[string]string{"template.yaml": python, "src/app.py": code})
			if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, "exceeds the limit of 200,000 steps") {
				t.Error(p.Problems)
			}
			if s := p.Stack.Sources[0]; s.Calls.State != tree.StateUnknown || s.Services.State != tree.StateUnknown {
				t.Error("the calls are complete")
			}
		})
	}
}

// TestDirectives checks ignore comments in source files.
func TestDirectives(t *testing.T) {
	tests := map[string][]string{
		"app.py": {"x = 1  # lintel:ignore a -- r\n", "# lintel:ignore b -- r\n# more\n\ny = 2\n", "# lintel:ignore c -- r"},
		"app.ts": {"x(); // lintel:ignore a -- r\n", "// lintel:ignore b -- r\n// more\n\ny();\n", "// lintel:ignore c -- r"},
	}
	for name, lines := range tests {
		content := strings.Join(lines, "")
		var got []string
		for _, d := range handler.Directives(source.NewFile(name, []byte(content))) {
			scope := "nothing"
			if !d.Scope.IsZero() {
				scope = strings.TrimSpace(content[d.Scope.Start:d.Scope.End])
			}
			got = append(got, d.Text+" | "+scope)
		}
		want := []string{"a -- r | " + strings.TrimSpace(lines[0]), "b -- r | " + strings.Split(strings.TrimSpace(lines[1]), "\n")[3], "c -- r | nothing"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(name, diff)
		}
	}
}

// TestDirectivesInStrings checks that a string contains no ignore comment.
func TestDirectivesInStrings(t *testing.T) {
	for name, content := range map[string]string{
		"app.py": "x = \"\"\"\n# lintel:ignore a -- r\n\"\"\"\ny = f(\"# lintel:ignore b -- r\")\n",
		"app.js": "const x = `\n// lintel:ignore a -- r\n`;\nf(\"// lintel:ignore b -- r\");\n",
	} {
		if found := handler.Directives(source.NewFile(name, []byte(content))); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// FuzzRead reads any text as the code of a function with any handler: no panic, and all places are in the text.
func FuzzRead(f *testing.F) {
	f.Add("app.handler", "import os\n\ndef handler(event, context):\n    print(os.environ['A'])\n    os.system(event['x'])\n", false)
	f.Add("app.handler", "const AWS = require('aws-sdk');\nexports.handler = async (event) => console.log(process.env, event);\n", true)
	f.Add("app.a.b", "module.exports = { a: { b() {} } };\n", true)
	f.Fuzz(func(t *testing.T, name, text string, isNode bool) {
		template, file := python, "src/app.py"
		if isNode {
			template, file = node, "src/app.js"
		}
		template = strings.Replace(template, "app.handler", fmt.Sprintf("%q", name), 1)
		p := parsed(t, map[string]string{"template.yaml": template, file: text})
		for _, s := range p.Stack.Sources {
			for _, x := range s.Logs.Items {
				if x.At.Path != file || x.At.Start > x.At.End || x.At.End > len(text) {
					t.Errorf("%v is not in the text", x.At)
				}
			}
		}
	})
}

// FuzzManifests checks that no lists of dependencies, modules and packages beside the code make the reader panic or hang.
func FuzzManifests(f *testing.F) {
	f.Add(`{"main": "app.js", "dependencies": {"axios": "1"}, "type": "module"}`, "boto3==1\n-r more.txt\n", "module example.com/a\nrequire example.com/b v1\nreplace example.com/b => ../b\n", `{"packages": {"node_modules/axios": {}}}`, `{"compilerOptions": {"paths": {"@/*": ["./*"]}}}`)
	f.Add(`{"dependencies": [], "scripts": {"build": "esbuild"}}`, "\xff", "module \"x", `[`, `{"extends": "./tsconfig.json"}`)
	f.Add(`{"workspaces": ["../*"], "exports": {".": null}}`, "a @ file:///x ; python_version < '3'", "go 1\n", ``, `// c`)
	f.Fuzz(func(t *testing.T, manifest, requirements, module, lock, config string) {
		cputimetest.Limit(t, 4*time.Second)
		code := map[string]string{
			python: "import axios, requests\n\ndef handler(event, context):\n    requests.get(event['x'])\n",
			node:   "import axios from 'axios';\nimport { b } from '@/b';\nexports.handler = async (event) => axios.get(event.x);\n",
			golang: "package main\n\nimport (\n\t\"example.com/a/c\"\n\t\"github.com/aws/aws-lambda-go/lambda\"\n)\n\nfunc main() { lambda.Start(c.Handle) }\n",
		}
		for template, text := range code { // any order: each is read alone
			parsed(t, map[string]string{
				"template.yaml": template, "src/app.py": text, "src/app.js": text, "src/main.go": text, "src/c/c.go": "package c\n\nfunc Handle() {}\n",
				"src/package.json": manifest, "src/requirements.txt": requirements, "src/go.mod": module, "src/package-lock.json": lock, "src/tsconfig.json": config,
				"src/node_modules/axios/package.json": manifest, "package.json": manifest,
			})
		}
	})
}

// BenchmarkReached reads chains of functions, each of which names the next. Twice the functions take twice the time.
func BenchmarkReached(b *testing.B) {
	for _, n := range []int{1000, 2000, 4000} {
		var text strings.Builder
		text.WriteString("def handler(event, context):\n    return f0()\n")
		for i := range n {
			fmt.Fprintf(&text, "def f%d():\n    return f%d()\n", i, i+1)
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			fsys := fstest.MapFS{"template.yaml": {Data: []byte(python)}, "src/app.py": {Data: []byte(text.String())}}
			for b.Loop() {
				parsers.Parse(b.Context(), fsys, deployment.Unit{Kind: deployment.Template, Root: "template.yaml"}, deployment.Options{})
			}
		})
	}
}

// BenchmarkEvents reads chains of names that are assigned from each other, the event last. Twice the names take twice the time.
func BenchmarkEvents(b *testing.B) {
	for _, n := range []int{1000, 2000, 4000} {
		var text strings.Builder
		text.WriteString("def handler(event, context):\n")
		for i := range n {
			fmt.Fprintf(&text, "    a%d = a%d\n", i, i+1)
		}
		fmt.Fprintf(&text, "    a%d = event\n", n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			fsys := fstest.MapFS{"template.yaml": {Data: []byte(python)}, "src/app.py": {Data: []byte(text.String())}}
			for b.Loop() {
				parsers.Parse(b.Context(), fsys, deployment.Unit{Kind: deployment.Template, Root: "template.yaml"}, deployment.Options{})
			}
		})
	}
}
