package ecmascript_test

import (
	"testing"

	"lintel/parsers/handler/code"
)

func TestModules(t *testing.T) {
	run(t, code.JavaScript, []readCase{
		{"imports", "import a, { b as c, default as d } from 'm';\nimport * as ns from \"n\" with { type: 'json' };\nimport 'side';", []string{
			`import "m" "default" as "a"`,
			`import "m" "b" as "c"`,
			`import "m" "default" as "d"`,
			`import "n" "*" as "ns"`,
			`import "side" "" as ""`,
		}},
		{"names that are strings and keywords", `import { "a-b" as c, if as d } from "m"`, []string{
			`import "m" "a-b" as "c"`,
			`import "m" "if" as "d"`,
		}},
		{"phases", "import defer * as a from 'a'\nimport source b from 'b'\nimport defer from 'c'", []string{
			`import "a" "*" as "a"`,
			`import "b" "default" as "b"`,
			`import "c" "default" as "defer"`,
		}},
		{"dynamic imports", "const { a } = await import('m'); const ns = await import(`n`); import(x).then(y)", []string{
			`import "m" "a" as "a"`,
			`import "n" "*" as "ns"`,
			`import "" "" as ""`,
			`assign {a: a} = await import("m")`,
			`assign ns = await import("n")`,
			"evaluate import(x).then(y)",
		}},
		{"require", "const AWS = require('aws-sdk'), { S3, DynamoDB: D = 1, ...rest } = require('b'), c = require('c').C\nrequire('d')", []string{
			`import "aws-sdk" "" as "AWS"`,
			`import "b" "S3" as "S3"`,
			`import "b" "DynamoDB" as "D"`,
			`import "b" "*" as "rest"`,
			`import "c" "C" as "c"`,
			`import "d" "" as ""`,
			`assign AWS = require("aws-sdk")`,
			`assign {S3: S3, DynamoDB: choice(D, 1), : ...rest} = require("b")`,
			`assign c = require("c").C`,
			`evaluate require("d")`,
		}},
		{"require in a function", "function f() { try { x = require(name) } catch {} }", []string{
			`in func0, try0: import "" "" as "x"`,
			"func0 f()",
			`try0 catch "" empty true raises false`,
			"in func0, try0: assign x = require(name)",
		}},
		{"helpers of compilers", "const a = __importStar(require('a')); const b = tslib_1.__importDefault(require('b')); (0, b.f)(1)", []string{
			`import "a" "" as "a"`,
			`import "b" "" as "b"`,
			`assign a = __importStar(require("a"))`,
			`assign b = tslib_1.__importDefault(require("b"))`,
			"evaluate b.f(1)",
		}},
		{"exports", "export { a as b, c as default }; export * from 'm'; export * as ns from 'n'; export { d } from 'o'", []string{
			`export "b" local a`,
			`export "default" local c`,
			`export "*" from m`,
			`export "ns" local * from n`,
			`export "d" local d from o`,
		}},
		{"exported declarations", "export const { a, b: [c = 1, ...d] } = e, f = 1; export async function* g() {} export class C {}", []string{
			`export "a" local a`,
			`export "c" local c`,
			`export "d" local d`,
			`export "f" local f`,
			`export "g" local g`,
			`export "C" local C`,
			"func0 g() async",
			"class0 C()",
			"assign a = e.a",
			"assign c = choice(e.b[0], 1)",
			"assign d = [...e.b]",
			"assign f = 1",
		}},
		{"default export of an arrow function", "export default async (event) => event", []string{
			`export "default" value func0`,
			"func0 (event) async",
			"evaluate func0",
			"in func0: return event",
		}},
		{"default export of a name", "export default handler;", []string{
			`export "default" local handler value handler`,
			"evaluate handler",
		}},
		{"default export of a function", "export default function f() {}", []string{
			`export "default" local f value func0`,
			"func0 f()",
		}},
		{"default export of a class", "export default class extends B {}", []string{
			`export "default"`,
			"class0 (B)",
		}},
		{"module.exports of an object", "module.exports = { handler, other: f, m() {}, ...require('./x'), ...y, [z]: 1 }", []string{
			`import "./x" "" as ""`,
			`export "handler" local handler value handler`,
			`export "other" local f value f`,
			`export "m" value func0`,
			`export "*" from ./x`,
			`export "*" local y value y`,
			`export "*" value 1`,
			"func0 m()",
			`assign module.exports = {handler: handler, other: f, m: func0, : ...require("./x"), : ...y, : 1}`,
		}},
		{"exports of names", "exports.handler = async function () {}; module.exports.b = exports['c'] = d; exports.e = void 0; exports.__esModule = true", []string{
			`export "handler" value func0`,
			`export "b" local d value d`,
			`export "c" local d value d`,
			"func0 handler() async",
			"assign exports.handler = func0",
			`assign module.exports.b = exports["c"]`,
			`assign exports["c"] = d`,
			"assign exports.e = null",
			"assign exports.__esModule = true",
		}},
		{"module.exports of others", "module.exports = () => 1; module.exports = app; module.exports = f(); module.exports = require('x'); module.exports = exports = { a }", []string{
			`import "x" "" as ""`,
			`export "default" value func0`,
			`export "*" local app value app`,
			`export "*" value f()`,
			`export "*" from x`,
			`export "a" local a value a`,
			"func0 ()",
			"assign module.exports = func0",
			"in func0: return 1",
			"assign module.exports = app",
			"assign module.exports = f()",
			`assign module.exports = require("x")`,
			"assign module.exports = exports",
			"assign exports = {a: a}",
		}},
		{"Object.assign", "Object.assign(module.exports, { a: 1 }); Object.defineProperty(exports, 'b', { get: f }); __exportStar(require('c'), exports)", []string{
			`import "c" "" as ""`,
			`export "a" value 1`,
			`export "b" value {get: f}`,
			`export "*" from c`,
			"evaluate Object.assign(module.exports, {a: 1})",
			`evaluate Object.defineProperty(exports, "b", {get: f})`,
			`evaluate __exportStar(require("c"), exports)`,
		}},
		{"the name exports alone", "exports = { a: 1 }", []string{
			"assign exports = {a: 1}",
		}},
	})
}
