package handler

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/handler/code"
)

// callsIn returns the calls of a handler, each as its actions, resource and marks, and whether there may be more.
func callsIn(t *testing.T, files map[string]string, file string) (calls []string, hasMore, hasMoreServices bool) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	parsed := &deployment.Parsed{Stack: &model.Stack{}, Files: map[string]*source.File{}}
	r := newReader(fsys, parsed)
	language, _ := languageOf(file)
	symbol := "handler"
	if language == code.Go {
		symbol = "main"
	}
	var out model.Source
	callsOf(r.load(location{dir: ".", file: file, symbol: symbol, language: language})).fill(source.Range{}, &out)
	for i := range out.Calls.Items {
		calls = append(calls, shown(&out.Calls.Items[i]))
	}
	return calls, out.Calls.State == tree.StateUnknown, out.Services.State == tree.StateUnknown
}

func shown(c *model.SourceCall) string {
	operation, _ := c.Operation.Get()
	var actions []string
	for _, a := range c.Actions.Items {
		action, _ := a.Get()
		actions = append(actions, action)
	}
	text := operation + " [" + strings.Join(actions, " ") + "]"
	if name, ok := c.Resource.Get(); ok {
		text += " " + name
	}
	if name, ok := c.Variable.Get(); ok {
		text += " $" + name
	}
	if own, ok := c.OwnCredentials.Get(); own || !ok {
		text += " " + map[bool]string{true: "own", false: "own?"}[ok]
	}
	if load, _ := c.Load.Get(); load {
		text += " load"
	}
	if handled, _ := c.Handled.Get(); handled {
		text += " handled"
	}
	return text
}

// unitary is a program of one file.
type unitary struct {
	name, text    string
	calls         []string
	more, clients bool
}

func TestCallsInPython(t *testing.T) {
	t.Parallel()
	const handler = "\ndef handler(event, context):\n    "
	for _, c := range []unitary{
		{name: "client", text: "import boto3\ns3 = boto3.client('s3')" + handler + "s3.get_object(Bucket='b', Key='k')", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "other name of the action", text: "import boto3" + handler + "boto3.client('lambda').invoke(FunctionName='f')", calls: []string{"Invoke [lambda:InvokeFunction] f"}},
		{name: "imported function", text: "from boto3 import client as c" + handler + "c('sqs').send_message_batch(QueueUrl='q')", calls: []string{"SendMessageBatch [sqs:SendMessage] q"}},
		{name: "no permission", text: "import boto3" + handler + "boto3.client('sts').get_caller_identity()", calls: []string{"GetCallerIdentity []"}},
		{name: "resource", text: "import boto3, os\nt = boto3.resource('dynamodb').Table(os.environ['T'])" + handler + "t.put_item(Item={})", calls: []string{"PutItem [dynamodb:PutItem] $T"}},
		{name: "default of a variable", text: "import boto3, os\nT = os.getenv('T') or 'x'" + handler + "boto3.client('dynamodb').scan(TableName=T)", calls: []string{"Scan [dynamodb:Scan] $T"}},
		{name: "batch writer", text: "import boto3\nt = boto3.resource('dynamodb').Table('t')" + handler + "with t.batch_writer() as w:\n        w.put_item(Item={})", calls: []string{"BatchWriteItem [dynamodb:BatchWriteItem] t"}},
		{name: "object", text: "import boto3" + handler + "boto3.resource('s3').Bucket('b').Object('k').put(Body=b'')", calls: []string{"PutObject [s3:PutObject] b"}},
		{name: "paginator", text: "import boto3" + handler + "boto3.client('s3').get_paginator('list_objects_v2').paginate(Bucket='b')", calls: []string{"ListObjectsV2 [s3:ListBucket]"}},
		{name: "waiter", text: "import boto3" + handler + "boto3.client('s3').get_waiter('bucket_exists').wait(Bucket='b')", calls: []string{"HeadBucket [s3:ListBucket]"}},
		{name: "higher level", text: "import boto3" + handler + "boto3.client('s3').upload_file('f', 'b', 'k')", calls: []string{"PutObject [s3:PutObject] b"}},
		{name: "session", text: "import boto3\nsession = boto3.session.Session()" + handler + "session.client(service_name='ssm').get_parameter(Name='n')", calls: []string{"GetParameter [ssm:GetParameter] n"}},
		{name: "keys", text: "import boto3" + handler + "boto3.client('s3', aws_access_key_id=event['k']).list_buckets()", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own"}},
		{name: "profile", text: "import boto3" + handler + "boto3.Session(profile_name='p').client('s3').list_buckets()", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own"}},
		{name: "options", text: "import boto3" + handler + "boto3.client('s3', **event).list_buckets()", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own?"}},
		{name: "attribute", text: "import boto3\nclass A:\n    def __init__(self):\n        self.c = boto3.client('sns')\n    def go(self):\n        self.c.publish(TopicArn='t')" + handler + "A().go()", calls: []string{"Publish [sns:Publish] t"}},
		{name: "inherited", text: "import boto3\nclass B:\n    c = boto3.client('sns')\nclass A(B):\n    def go(self):\n        self.c.publish(TopicArn='t')" + handler + "A().go()", calls: []string{"Publish [sns:Publish] t"}},
		{name: "other method", text: "import boto3\nclass A:\n    def go(self):\n        boto3.client('sns').publish(TopicArn='t')\n    def no(self):\n        pass" + handler + "A().no()", calls: nil},
		{name: "argument", text: "import boto3\ndef go(c, t):\n    c.publish(TopicArn=t)" + handler + "go(boto3.client('sns'), 't')", calls: []string{"Publish [sns:Publish] t"}},
		{name: "factory", text: "import boto3\ndef make(name):\n    return boto3.client(name)" + handler + "make('sns').publish(TopicArn='t')\n    make('sqs').purge_queue(QueueUrl='q')", calls: []string{"Publish [sns:Publish] t", "PurgeQueue [sqs:PurgeQueue] q"}},
		{name: "lazy", text: "import boto3\nc = None\ndef get():\n    global c\n    if c is None:\n        c = boto3.client('sns')\n    return c" + handler + "get().publish(TopicArn='t')", calls: []string{"Publish [sns:Publish] t"}},
		{name: "recursion", text: "import boto3\ndef a(c):\n    return b(c)\ndef b(c):\n    return a(c)" + handler + "a(1).publish()", calls: nil},
		{name: "load", text: "import boto3\nx = boto3.client('ssm').get_parameter(Name='n')" + handler + "return x", calls: []string{"GetParameter [ssm:GetParameter] n load"}},
		{name: "handled", text: "import boto3" + handler + "try:\n        boto3.client('s3').list_buckets()\n    except Exception:\n        pass", calls: []string{"ListBuckets [s3:ListAllMyBuckets] handled"}},
		{name: "raised again", text: "import boto3" + handler + "try:\n        boto3.client('s3').list_buckets()\n    except Exception:\n        raise", calls: []string{"ListBuckets [s3:ListAllMyBuckets]"}},
		{name: "Powertools", text: "from aws_lambda_powertools.utilities import parameters" + handler + "parameters.get_secret('x')", calls: []string{"GetSecretValue [secretsmanager:GetSecretValue]"}},
		{name: "not reached", text: "import boto3\ndef other(event, context):\n    boto3.client('s3').list_buckets()" + handler + "pass", calls: nil},
		{name: "route", text: "import boto3\n@app.get('/')\ndef root():\n    boto3.client('s3').list_buckets()" + handler + "return app.resolve(event)", calls: []string{"ListBuckets [s3:ListAllMyBuckets]"}},
		{name: "computed operation", text: "import boto3\nc = boto3.client('s3')" + handler + "getattr(c, event['o'])()", more: true},
		{name: "computed service", text: "import boto3" + handler + "boto3.client(event['s']).list_buckets()", more: true, clients: true},
		{name: "unknown operation", text: "import boto3" + handler + "boto3.client('s3').make_coffee()", more: true},
		{name: "library", text: "import boto3, s3fs" + handler + "boto3.client('s3').list_buckets()", calls: []string{"ListBuckets [s3:ListAllMyBuckets]"}, more: true, clients: true},
		{name: "command", text: "import subprocess" + handler + "subprocess.run(['aws', 's3', 'ls'])", more: true, clients: true},
		{name: "collection", text: "import boto3\nb = boto3.resource('s3').Bucket('b')" + handler + "b.object_versions.filter(Prefix='p').delete()", calls: []string{"ListObjectVersions [s3:ListBucketVersions] b", "DeleteObjects [s3:DeleteObject] b", "ListObjectVersions [s3:ListBucketVersions] b"}},
		{name: "items of a collection", text: "import boto3\nb = boto3.resource('s3').Bucket('b')" + handler + "for o in b.objects.all():\n        o.delete()", calls: []string{"ListObjects [s3:ListBucket] b", "DeleteObject [s3:DeleteObject]"}},
		{name: "unknown session", text: "import boto3, other\ndef go(s):\n    s.client('s3').list_buckets()" + handler + "go(boto3)\n    go(other.assume())", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own?"}, more: true, clients: true},
		{name: "two services", text: "import boto3\nif x:\n    c = boto3.client('s3')\nelse:\n    c = boto3.client('sqs')" + handler + "c.list_queues()", more: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			check(t, c, "app.py")
		})
	}
}

func TestCallsInJavaScript(t *testing.T) {
	t.Parallel()
	for _, c := range []unitary{
		{name: "command", text: "import { S3Client, PutObjectCommand as P } from '@aws-sdk/client-s3';\nconst c = new S3Client({});\nexport const handler = async () => { await c.send(new P({ Bucket: process.env.B })); };", calls: []string{"PutObject [s3:PutObject] $B"}},
		{name: "command in a name", text: "const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');\nexports.handler = async () => { const p = { QueueUrl: 'q' }; const m = new SendMessageCommand(p); return new SQSClient().send(m); };", calls: []string{"SendMessage [sqs:SendMessage] q"}},
		{name: "namespace", text: "import * as sns from '@aws-sdk/client-sns';\nexport const handler = async () => new sns.SNSClient({}).send(new sns.PublishCommand({ TopicArn: 't' }));", calls: []string{"Publish [sns:Publish] t"}},
		{name: "aggregated client", text: "import { SFN } from '@aws-sdk/client-sfn';\nexport const handler = async () => new SFN().startExecution({ stateMachineArn: 's' });", calls: []string{"StartExecution [states:StartExecution] s"}},
		{name: "document client", text: "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';\nconst d = DynamoDBDocumentClient.from(new DynamoDBClient({}));\nexport const handler = async () => d.send(new PutCommand({ TableName: 't' }));", calls: []string{"PutItem [dynamodb:PutItem] t"}},
		{name: "version 2", text: "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3();\nexports.handler = async () => s3.getObject({ Bucket: 'b' }).promise();", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "version 2, traced", text: "const AWSXRay = require('aws-xray-sdk');\nconst AWS = AWSXRay.captureAWS(require('aws-sdk'));\nexports.handler = async () => new AWS.DynamoDB.DocumentClient().delete({ TableName: 't' }).promise();", calls: []string{"DeleteItem [dynamodb:DeleteItem] t"}},
		{name: "version 2, one client", text: "const StepFunctions = require('aws-sdk/clients/stepfunctions');\nexports.handler = async () => new StepFunctions().listStateMachines().promise();", calls: []string{"ListStateMachines [states:ListStateMachines]"}},
		{name: "credentials", text: "import { S3 } from '@aws-sdk/client-s3';\nexport const handler = async () => new S3({ credentials: x }).listBuckets();", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own"}},
		{name: "options in a parameter", text: "import { S3 } from '@aws-sdk/client-s3';\nexport const handler = async (o) => new S3(o).listBuckets();", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own?"}},
		{name: "paginator", text: "import { S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';\nexport const handler = async () => paginateListObjectsV2({ client: new S3Client({}) }, { Bucket: 'b' });", calls: []string{"ListObjectsV2 [s3:ListBucket] b own?"}},
		{name: "member", text: "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';\nclass A { c = new S3Client({}); go() { return this.c.send(new GetObjectCommand({ Bucket: 'b' })); } }\nexport const handler = async () => new A().go();", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "another handler", text: "const AWS = require('aws-sdk');\nexports.other = async () => new AWS.S3().listBuckets().promise();\nexports.handler = async () => 1;", calls: nil},
		{name: "callback", text: "const AWS = require('aws-sdk');\nexports.handler = async (e) => Promise.all(e.map((k) => new AWS.S3().listBuckets().promise()));", calls: []string{"ListBuckets [s3:ListAllMyBuckets]"}},
		{name: "computed operation", text: "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3();\nexports.handler = async (e) => s3[e.o]().promise();", more: true},
		{name: "computed command", text: "import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = async (e) => new S3Client({}).send(e.command);", more: true},
		{name: "signing library", text: "import { SignatureV4 } from '@aws-sdk/signature-v4';\nexport const handler = async () => new SignatureV4({});", more: true, clients: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			check(t, c, "app.mjs")
		})
	}
}

func check(t *testing.T, c unitary, file string) {
	t.Helper()
	calls, more, clients := callsIn(t, map[string]string{file: c.text}, file)
	if diff := cmp.Diff(c.calls, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if more != c.more || clients != c.clients {
		t.Errorf("there may be more calls: %v, services: %v; want %v, %v", more, clients, c.more, c.clients)
	}
}

func TestCallsInOtherFiles(t *testing.T) {
	t.Parallel()
	python := map[string]string{
		"app.py":           "from clients import table\nfrom lib import store\n\ndef handler(event, context):\n    table.get_item(Key={})\n    store.add()\n",
		"clients.py":       "import boto3\ntable = boto3.resource('dynamodb').Table('t')\n\ndef unused():\n    table.scan()\n",
		"lib/__init__.py":  "",
		"lib/store.py":     "from clients import table as t\n\ndef add():\n    t.put_item(Item={})\n\ndef remove():\n    t.delete_item(Key={})\n",
		"lib/unrelated.py": "import boto3\nboto3.client('s3').list_buckets()\n",
	}
	calls, more, _ := callsIn(t, python, "app.py")
	if want := []string{"GetItem [dynamodb:GetItem] t", "PutItem [dynamodb:PutItem] t"}; !cmp.Equal(want, calls) || more {
		t.Errorf("Python: %v, more: %v; want %v", calls, more, want)
	}
	script := map[string]string{
		"app.js":     "const store = require('./store');\nconst { list } = require('./list');\nexports.handler = async () => { await store.add(); await list(); };\n",
		"store.js":   "const { s3 } = require('./clients');\nconst add = () => s3.putObject({ Bucket: 'b' }).promise();\nconst remove = () => s3.deleteObject({ Bucket: 'b' }).promise();\nmodule.exports = { add, remove };\n",
		"list.js":    "const { s3 } = require('./clients');\nmodule.exports.list = async () => s3.listObjects({ Bucket: 'b' }).promise();\n",
		"clients.js": "const AWS = require('aws-sdk');\nexports.s3 = new AWS.S3();\n",
	}
	calls, more, _ = callsIn(t, script, "app.js")
	if want := []string{"PutObject [s3:PutObject] b", "ListObjects [s3:ListBucket] b"}; !cmp.Equal(want, calls) || more {
		t.Errorf("JavaScript: %v, more: %v; want %v", calls, more, want)
	}
}

// TestReexports checks that the files which a file exports from are read, and that only what the handler uses of them counts.
func TestReexports(t *testing.T) {
	t.Parallel()
	const orders = "import { S3 } from '@aws-sdk/client-s3';\nconst s3 = new S3({});\nexport const find = async () => s3.getObject({ Bucket: 'b' });\nexport const handler = async () => s3.putObject({ Bucket: 'b' });\n"
	for _, c := range []struct{ name, app, index, want string }{
		{name: "handler", app: "export * from './orders';", want: "PutObject [s3:PutObject] b"},
		{name: "handler with another name", app: "export { find as handler } from './orders';", want: "GetObject [s3:GetObject] b"},
		{name: "handler through two files", app: "export { handler } from './index';", index: "export * from './orders';", want: "PutObject [s3:PutObject] b"},
		{name: "function", app: "import { find } from './index';\nexport const handler = async () => find();", index: "export * from './orders';", want: "GetObject [s3:GetObject] b"},
		{name: "function with another name", app: "import { get } from './index';\nexport const handler = async () => get();", index: "export { find as get } from './orders';", want: "GetObject [s3:GetObject] b"},
		{name: "namespace", app: "import * as all from './index';\nexport const handler = async () => all.orders.find();", index: "export * as orders from './orders';", want: "GetObject [s3:GetObject] b, PutObject [s3:PutObject] b"}, // a namespace has every name that is mentioned: handler, too
		{name: "cycle", app: "export * from './index';\nexport const handler = async () => 1;", index: "export * from './app';"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			calls, more, _ := callsIn(t, map[string]string{"app.ts": c.app, "index.ts": c.index, "orders.ts": orders}, "app.ts")
			if got := strings.Join(calls, ", "); got != c.want || more {
				t.Errorf("calls: %q, more: %v; want %q", got, more, c.want)
			}
		})
	}
}

// TestCallsEnd checks that code that refers to itself in every way ends, and in little time.
func TestCallsEnd(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	many.WriteString("import boto3\n")
	for i := range 400 {
		fmt.Fprintf(&many, "def f%d(a):\n    return f%d(f%d(a))\n", i, (i+1)%400, (i+7)%400)
	}
	many.WriteString("def handler(e, c):\n    return f0(boto3.client('s3')).list_buckets()\n")
	for name, files := range map[string]map[string]string{ // any order: each is a test of its own
		"functions":  {"app.py": many.String()},
		"names":      {"app.py": "a = b\nb = a\ndef handler(e, c):\n    a.x()\n"},
		"classes":    {"app.py": "class A(B): pass\nclass B(A): pass\ndef handler(e, c):\n    A().x.y()\n"},
		"files":      {"app.py": "from b import x\ndef handler(e, c):\n    x.y()\n", "b.py": "from app import x\n"},
		"parameters": {"app.py": "def f(a):\n    return f(a)\ndef handler(e, c):\n    f(f).x()\n"},
		"members":    {"app.py": "class A:\n    def __init__(self):\n        self.a = self.b\n        self.b = self.a\n    def go(self):\n        self.a.x()\ndef handler(e, c):\n    A().go()\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if calls, _, _ := callsIn(t, files, "app.py"); name != "functions" && calls != nil {
				t.Errorf("calls: %v", calls)
			}
		})
	}
}

func TestCallsInGo(t *testing.T) {
	t.Parallel()
	const (
		v2   = "import (\n\t\"context\"\n\t\"os\"\n\t\"github.com/aws/aws-lambda-go/lambda\"\n\t\"github.com/aws/aws-sdk-go-v2/aws\"\n\t\"github.com/aws/aws-sdk-go-v2/config\"\n\t\"github.com/aws/aws-sdk-go-v2/service/s3\"\n\t\"github.com/aws/aws-sdk-go-v2/feature/s3/manager\"\n\t\"github.com/aws/aws-sdk-go-v2/service/dynamodb\"\n)\n"
		v1   = "import (\n\t\"github.com/aws/aws-sdk-go/aws\"\n\t\"github.com/aws/aws-sdk-go/aws/session\"\n\t\"github.com/aws/aws-sdk-go/service/s3\"\n\t\"github.com/aws/aws-sdk-go/service/sqs/sqsiface\"\n\t\"github.com/aws/aws-sdk-go/service/sqs\"\n)\n"
		cfg  = "var cfg, _ = config.LoadDefaultConfig(context.TODO())\nvar client = s3.NewFromConfig(cfg)\n"
		sess = "var client = s3.New(session.Must(session.NewSession()))\n"
	)
	for _, c := range []unitary{
		{name: "client", text: v2 + cfg + "func main() { lambda.Start(handle) }\nfunc handle(ctx context.Context) error {\n\t_, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(\"b\")})\n\treturn err\n}", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "not reached", text: v2 + cfg + "func main() {}\nfunc other() { client.GetObject(nil, nil) }"},
		{name: "input in a variable", text: v2 + cfg + "const bucket = \"b\"\nfunc main() {\n\tin := s3.PutObjectInput{Bucket: aws.String(bucket)}\n\tif _, err := client.PutObject(nil, &in); err != nil {\n\t\tpanic(err)\n\t}\n}", calls: []string{"PutObject [s3:PutObject] b"}},
		{name: "variable", text: v2 + cfg + "var bucket = os.Getenv(\"B\")\nfunc main() {\n\t_, err := client.PutObject(nil, &s3.PutObjectInput{Bucket: &bucket})\n\tif err != nil {\n\t\treturn\n\t}\n}", calls: []string{"PutObject [s3:PutObject] $B handled"}},
		{name: "field", text: v2 + "type app struct{ db *dynamodb.Client; table string }\nfunc (a *app) run() error {\n\t_, err := a.db.Scan(nil, &dynamodb.ScanInput{TableName: aws.String(a.table)})\n\treturn err\n}\nfunc main() {\n\tcfg, _ := config.LoadDefaultConfig(nil)\n\ta := app{db: dynamodb.NewFromConfig(cfg), table: os.Getenv(\"T\")}\n\tlambda.Start(a.run)\n}", calls: []string{"Scan [dynamodb:Scan] $T"}},
		{name: "parameter", text: v2 + "func main() { _ = run(nil) }\nfunc run(c *s3.Client) error {\n\t_, err := c.ListBuckets(nil, nil)\n\treturn err\n}", calls: []string{"ListBuckets [s3:ListAllMyBuckets]"}},
		{name: "interface", text: v2 + "type api interface{ PutObject() }\nfunc main() { _ = run(nil) }\nfunc run(c api) error {\n\t_, err := c.PutObject(nil, &s3.PutObjectInput{})\n\treturn err\n}", calls: []string{"PutObject [s3:PutObject]"}},
		{name: "embedded", text: v2 + "type app struct{ *s3.Client }\nfunc main() {\n\ta := &app{}\n\ta.HeadObject(nil, nil)\n}", calls: []string{"HeadObject [s3:GetObject] handled"}},
		{name: "paginator", text: v2 + cfg + "func main() {\n\tp := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{Bucket: aws.String(\"b\")})\n\tp.NextPage(nil)\n}", calls: []string{"ListObjectsV2 [s3:ListBucket] b"}},
		{name: "waiter", text: v2 + cfg + "func main() {\n\tw := s3.NewBucketExistsWaiter(client)\n\tw.Wait(nil, nil, 0)\n}", calls: []string{"HeadBucket [s3:ListBucket]"}},
		{name: "manager", text: v2 + cfg + "func main() {\n\t_, err := manager.NewUploader(client).Upload(nil, &s3.PutObjectInput{Bucket: aws.String(\"b\")})\n\tpanic(err)\n}", calls: []string{"PutObject [s3:PutObject] b"}},
		{name: "presigned", text: v2 + cfg + "func main() {\n\tp := s3.NewPresignClient(client)\n\tr, err := p.PresignGetObject(nil, &s3.GetObjectInput{Bucket: aws.String(\"b\")})\n\tpanic(r, err)\n}", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "other credentials", text: v2 + "func main() {\n\tcfg, _ := config.LoadDefaultConfig(nil, config.WithCredentialsProvider(x))\n\t_, err := s3.NewFromConfig(cfg).ListBuckets(nil, nil)\n\tpanic(err)\n}", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own?"}},
		{name: "endpoint", text: v2 + cfg + "func main() {\n\tc := s3.NewFromConfig(cfg, func(o *s3.Options) { o.BaseEndpoint = x })\n\t_, err := c.ListBuckets(nil, nil)\n\tpanic(err)\n}", calls: []string{"ListBuckets [s3:ListAllMyBuckets] own?"}},
		{name: "version 1", text: v1 + sess + "func main() {\n\t_, err := client.GetObject(&s3.GetObjectInput{Bucket: aws.String(\"b\")})\n\tpanic(err)\n}", calls: []string{"GetObject [s3:GetObject] b"}},
		{name: "variants of version 1", text: v1 + sess + "func main() {\n\terr := client.ListObjectsV2PagesWithContext(nil, &s3.ListObjectsV2Input{Bucket: aws.String(\"b\")}, nil)\n\tr, err := client.GetObjectRequest(nil)\n\terr = client.WaitUntilBucketExists(nil)\n\tpanic(r, err)\n}", calls: []string{"ListObjectsV2 [s3:ListBucket] b", "GetObject [s3:GetObject]", "HeadBucket [s3:ListBucket]"}},
		{name: "interface of version 1", text: v1 + "func main() { _ = run(nil) }\nfunc run(q sqsiface.SQSAPI) error {\n\t_, err := q.SendMessage(&sqs.SendMessageInput{QueueUrl: aws.String(\"q\")})\n\treturn err\n}", calls: []string{"SendMessage [sqs:SendMessage] q"}},
		{name: "program", text: "import \"os/exec\"\nfunc main() { exec.Command(\"aws\").Run() }", more: true, clients: true},
		{name: "module of others", text: "import \"github.com/guregu/dynamo\"\nfunc main() { dynamo.New() }", more: true, clients: true},
		{name: "dot import", text: "import . \"github.com/aws/aws-sdk-go-v2/service/s3\"\nfunc main() { NewFromConfig() }", more: true, clients: true},
		{name: "passed to others", text: v2 + cfg + "func main() { x.Use(client) }", more: true},
		{name: "unknown service", text: "import \"github.com/aws/aws-sdk-go-v2/service/nosuchservice\"\nfunc main() { nosuchservice.NewFromConfig(x).Do() }", more: true, clients: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.text = "package main\n\n" + c.text + "\n"
			check(t, c, "main.go")
		})
	}
}

// TestPackagesInGo checks calls in several files and packages of a module.
func TestPackagesInGo(t *testing.T) {
	t.Parallel()
	calls, more, _ := callsIn(t, map[string]string{
		"go.mod":       "module example.com/m\n",
		"main.go":      "package main\n\nimport (\n\t\"example.com/m/store\"\n\t\"github.com/aws/aws-sdk-go-v2/config\"\n)\n\nfunc main() {\n\tcfg, err := config.LoadDefaultConfig(nil)\n\ts := store.New(cfg)\n\tpanic(s.Put(), err)\n}\n",
		"store/a.go":   "package store\n\nimport \"github.com/aws/aws-sdk-go-v2/service/dynamodb\"\n\ntype Store struct {\n\tclient *dynamodb.Client\n}\n\nfunc New(cfg aws.Config) *Store { return &Store{client: dynamodb.NewFromConfig(cfg)} }\n",
		"store/b.go":   "package store\n\nimport (\n\t\"example.com/m/names\"\n\t\"github.com/aws/aws-sdk-go-v2/aws\"\n\t\"github.com/aws/aws-sdk-go-v2/service/dynamodb\"\n)\n\nfunc (s *Store) Put() error {\n\t_, err := s.client.PutItem(nil, &dynamodb.PutItemInput{TableName: aws.String(names.Table)})\n\treturn err\n}\n\nfunc (s *Store) Never() {\n\ts.client.Scan(nil, nil)\n}\n",
		"names/a.go":   "package names\n\nconst Table = \"t\"\n",
		"other/a.go":   "package other\n",
		"main_test.go": "package main\n",
	}, "main.go")
	if diff := cmp.Diff([]string{"PutItem [dynamodb:PutItem] t"}, calls); diff != "" || more {
		t.Error(diff, more)
	}
}

// TestMoreCalls checks when the code of a function may call services that the reader does not see.
func TestMoreCalls(t *testing.T) {
	t.Parallel()
	const sdk = "const AWS = require('aws-sdk');\n"
	for _, tt := range []struct {
		name, file, text                      string
		layers, hasMoreCalls, hasMoreServices bool
	}{
		{"no import", "app.js", "exports.handler = async () => 1;\n", false, false, false},
		{"a layer without an import from it", "app.js", "exports.handler = async () => 1;\n", true, false, false},
		{"a layer with the SDK", "app.py", "import boto3\ndef handler(e, c):\n    boto3.client('s3').list_buckets()\n", true, false, false},
		{"a module that a layer may add", "app.py", "import ours\ndef handler(e, c):\n    pass\n", true, true, true},
		{"a library that calls no service", "app.js", "const pdf = require('pdf-parse');\nexports.handler = pdf;\n", false, false, false},
		{"a library that is not known", "app.js", "const x = require('@ours/queue');\nexports.handler = x;\n", false, true, true},
		{"the region", "app.js", sdk + "AWS.config.update({ region: 'eu-west-1' });\nexports.handler = async () => 1;\n", false, false, false},
		{"the region in a variable", "app.js", sdk + "const o = { region: 'x' };\nAWS.config.update(o);\nexports.handler = async () => 1;\n", false, false, false},
		{"credentials", "app.js", sdk + "AWS.config.update({ region: 'x', credentials: c });\nexports.handler = async () => 1;\n", false, true, false},
		{"settings of a file", "app.js", sdk + "AWS.config.update(require('./s.json'));\nexports.handler = async () => 1;\n", false, true, true},
		{"a service with another class name", "app.js", sdk + "const t = new AWS.TranscribeService();\nexports.handler = async () => 1;\n", false, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{tt.file: {Data: []byte(tt.text)}}
			parsed := &deployment.Parsed{Stack: &model.Stack{}, Files: map[string]*source.File{}}
			r := newReader(fsys, parsed)
			language, _ := languageOf(tt.file)
			var out model.Source
			callsOf(r.load(location{dir: ".", file: tt.file, symbol: "handler", language: language, hasMore: tt.layers})).fill(source.Range{}, &out)
			if calls, services := out.Calls.State == tree.StateUnknown, out.Services.State == tree.StateUnknown; calls != tt.hasMoreCalls || services != tt.hasMoreServices {
				t.Errorf("more calls: %v, more services: %v", calls, services)
			}
		})
	}
}
