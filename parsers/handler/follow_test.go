package handler_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEventInOtherFiles checks that the event is followed through calls of functions in other files, and that it ends where a file
// checks, converts or replaces it.
func TestEventInOtherFiles(t *testing.T) {
	t.Parallel()
	const (
		goMod  = "module example.com/orders\n\ngo 1.26\n"
		goMain = `package main

import (
	"context"

	"example.com/orders/internal/db"
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func main() { lambda.Start(handle) }

func handle(ctx context.Context, request events.APIGatewayProxyRequest) error {
`
		goDB = `package db

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os/exec"

	"github.com/aws/aws-lambda-go/events"
)

type Store struct{ db *sql.DB }

func New() *Store { return &Store{} }

func (s *Store) Find(ctx context.Context, id string) error {
	_, err := s.db.QueryContext(ctx, fmt.Sprintf("SELECT * FROM orders WHERE id = '%s'", id))
	return err
}

func Run(name string) error { return exec.Command("sh", "-c", "convert "+name).Run() }

func Log(request events.APIGatewayProxyRequest) { log.Printf("%v", request) }
`
	)
	cases := map[string]struct {
		template string
		files    map[string]string
		want     []string
	}{
		"Python: functions, results and instances": {python, map[string]string{
			"src/app.py": `import lib.db
from lib import shell
from lib.parse import body_of, limit_of
from lib.store import Store
from lib.log import show

store = Store()

def handler(event, context):
    body = body_of(event)
    lib.db.find(body["id"])
    shell.convert(name=body["name"])
    store.get(body["id"])
    lib.db.page(limit_of(event))
    show(event)
`,
			"src/lib/__init__.py": "",
			"src/lib/db.py": `import psycopg2
connection = psycopg2.connect("")

def find(order):
    connection.cursor().execute(f"SELECT * FROM orders WHERE id = '{order}'")

def page(limit):
    connection.cursor().execute(f"SELECT * FROM orders LIMIT {limit}")
`,
			"src/lib/shell.py": "import os\n\ndef convert(size=1, name=None):\n    os.system(\"convert \" + name)\n",
			"src/lib/parse.py": "import json\n\ndef body_of(e):\n    return json.loads(e[\"body\"])\n\ndef limit_of(e):\n    return int(e[\"limit\"])\n",
			"src/lib/store.py": "import sqlite3\n\nclass Store:\n    def get(self, key):\n        sqlite3.connect(\"x\").execute(\"SELECT * FROM t WHERE k = '%s'\" % key)\n",
			"src/lib/log.py":   "import logging\nlogger = logging.getLogger()\n\ndef show(message):\n    logger.info(message)\n",
		}, []string{
			"src/lib/db.py:5 query execute event true", "src/lib/db.py:8 query execute event false", "src/lib/log.py:5 log logger.info of the event",
			"src/lib/shell.py:4 command os.system event true", "src/lib/store.py:5 query execute event true",
		}},
		"Python: a table of functions": {python, map[string]string{
			"src/app.py":   "from shell import convert, count\n\nroutes = {\"convert\": convert, \"count\": count}\n\ndef handler(event, context):\n    route = routes.get(event[\"path\"])\n    return route(event[\"name\"])\n",
			"src/shell.py": "import os\n\ndef convert(name):\n    os.system(\"convert \" + name)\n\ndef count(n):\n    os.system(f\"count {int(n)}\")\n",
		}, []string{"src/shell.py:4 command os.system event true", "src/shell.py:7 command os.system event false"}},
		"JavaScript: a table of functions": {node, map[string]string{
			"src/app.js":   "const { convert } = require('./shell');\nconst routes = { convert, none: () => 1 };\nexports.handler = async (event) => routes[event.path](event.name);\n",
			"src/shell.js": "const { execSync } = require('child_process');\nexports.convert = (name) => execSync('convert ' + name);\n",
		}, []string{"src/shell.js:2 command child_process.execSync event true"}},
		"Python: checked where it arrives": {python, map[string]string{
			"src/app.py":   "from shell import convert, count\n\ndef handler(event, context):\n    convert(event[\"name\"])\n    count(len(event[\"name\"]))\n",
			"src/shell.py": "import os\n\ndef convert(name):\n    if name not in (\"a\", \"b\"):\n        raise ValueError\n    os.system(\"convert \" + name)\n\ndef count(n):\n    os.system(f\"count {n}\")\n",
		}, []string{"src/shell.py:6 command os.system event false", "src/shell.py:9 command os.system event false"}},
		"JavaScript: require, classes and results": {node, map[string]string{
			"src/app.js": `const { find } = require("./db");
const shell = require("./shell");
const { Store } = require("./store");
const { parse, size } = require("./parse");
const store = new Store();
exports.handler = async (event) => {
  const body = parse(event);
  await find(body.id);
  shell.run(event.name);
  await store.get(body.id);
  shell.count(size(event));
};
`,
			"src/db.js":    "const { Client } = require(\"pg\");\nconst client = new Client();\nexports.find = async (id) => client.query(`SELECT * FROM orders WHERE id = '${id}'`);\n",
			"src/shell.js": "const { execSync } = require(\"child_process\");\nfunction run(name) { execSync(`convert ${name}`); }\nfunction count(n) { execSync(`count ${n}`); }\nmodule.exports = { run, count };\n",
			"src/store.js": "const { Client } = require(\"pg\");\nclass Store {\n  constructor() { this.client = new Client(); }\n  get(key) { return this.client.query(\"SELECT * FROM t WHERE k = '\" + key + \"'\"); }\n}\nmodule.exports = { Store };\n",
			"src/parse.js": "exports.parse = (e) => JSON.parse(e.body);\nexports.size = (e) => e.body.length;\n",
		}, []string{
			"src/db.js:3 query query event true", "src/shell.js:2 command child_process.execSync event true", "src/shell.js:3 command child_process.execSync event false",
			"src/store.js:4 query query event true",
		}},
		"TypeScript: imports": {node, map[string]string{
			"src/app.ts":   "import { show } from './log';\nimport * as shell from './shell';\n\nexport const handler = async (event: Event) => {\n  show(event);\n  shell.run(event.name);\n};\n",
			"src/log.ts":   "export const show = (value: unknown) => console.log(JSON.stringify(value));\n",
			"src/shell.ts": "import { exec } from 'child_process';\n\nexport function run(name: string) {\n  exec('convert ' + name);\n}\n",
		}, []string{"src/log.ts:1 log console.log of the event", "src/shell.ts:4 command child_process.exec event true"}},
		"Go: functions and methods of packages": {golang, map[string]string{
			"src/go.mod": goMod, "src/internal/db/db.go": goDB,
			"src/main.go": goMain + "\tdb.Log(request)\n\tif err := db.Run(request.Body); err != nil {\n\t\treturn err\n\t}\n\treturn db.New().Find(ctx, request.PathParameters[\"id\"])\n}\n",
		}, []string{
			"src/internal/db/db.go:18 query QueryContext event true", "src/internal/db/db.go:22 command os/exec.Command event true", "src/internal/db/db.go:24 log log.Printf of the event",
		}},
		"Go: texts of others": {golang, map[string]string{
			"src/go.mod": goMod, "src/internal/db/db.go": goDB,
			"src/main.go": goMain + "\tif err := db.Run(\"all\"); err != nil {\n\t\treturn err\n\t}\n\treturn db.New().Find(ctx, ctx.Value(1).(string))\n}\n",
		}, []string{"src/internal/db/db.go:18 query QueryContext event false", "src/internal/db/db.go:22 command os/exec.Command event false"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(c.files)
			files["template.yaml"] = c.template
			var got []string
			for _, fact := range shown(parsed(t, files)) {
				if strings.Contains(fact, " query ") || strings.Contains(fact, " command ") || strings.Contains(fact, " of the event") {
					got = append(got, fact)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
