package ecmascript_test

import (
	"testing"

	"lintel/parsers/handler/code"
)

func TestErrors(t *testing.T) {
	run(t, code.JavaScript, []readCase{
		{"the next statement", "a = ; b(); c d e; f()", []string{
			"assign a = ?()",
			"evaluate b()",
			"evaluate c",
			"evaluate f()",
			`unread "; "`,
			`unread "d e; "`,
		}},
		{"inside of a function", "function a() { b(]; c() }\nd()", []string{
			"func0 a()",
			"in func0: evaluate b(?())",
			"in func0: evaluate c()",
			"evaluate d()",
			`unread "]; "`,
		}},
		{"unclosed parenthesis", "a(b, c;\nconst d = e()", []string{
			"evaluate a(b, c)",
			"assign d = e()",
			`unread ";\n"`,
		}},
		{"missing comma", "a = { b: 1 c: { d: 2 } }; e()", []string{
			"assign a = {b: 1}",
			"evaluate e()",
			`unread "c: { d: 2 } }; "`,
		}},
		{"stray braces", "a } b", []string{
			"evaluate a",
			"evaluate b",
			`unread "}"`,
		}},
		{"unclosed block", "function a() { if (b) { c()", []string{
			"func0 a()",
			"in func0: evaluate b",
			"in func0: evaluate c()",
			`unread "{"`,
		}},
		{"unterminated string", "a = 'b\nc()", []string{
			"assign a = ?()",
			"evaluate c()",
			`unread "'b\n"`,
		}},
		{"unterminated template", "a(); b = `c ${d}", []string{
			"evaluate a()",
			`assign b = concat("c ", d)`,
			`unread "}"`,
		}},
		{"unterminated regular expression", "a = /b\nc()", []string{
			"assign a = ?()",
			"evaluate c()",
			`unread "/b\n"`,
		}},
		{"unterminated comment", "a(); /* b", []string{
			"evaluate a()",
			`unread "/* b"`,
		}},
		{"class members", "class A { b( { } c() { d() } }\ne()", []string{
			"in class0: func0 b(arguments[0])",
			"class0 A()",
			"in func0: assign {} = arguments[0]",
			"evaluate e()",
			`unread "c() { d() } "`,
		}},
		{"reserved words", "a = if; b()", []string{
			"assign a = ?()",
			"evaluate b()",
			`unread "if; "`,
		}},
		{"declarations at the start of a line", "a = {\n b: (c\nconst d = e()\nfunction f() { g() }", []string{
			"func0 f()",
			"assign a = {b: c}",
			"in func0: evaluate g()",
			`unread "const d = e()\n"`,
		}},
		{"characters", `a = 1; €; b = 2 \`, []string{
			"assign a = 1",
			"evaluate ?()",
			"assign b = 2",
			`unread "€; "`,
			`unread "\\"`,
		}},
		{"half an import", "import { a from 'b'\nimport c from 'd'", []string{
			`import "d" "default" as "c"`,
			`unread "from 'b'\n"`,
		}},
		{"parameters", "function a(b c) { d() }\ne()", []string{
			"func0 a(b)",
			"evaluate d()",
			"evaluate e()",
			`unread "c) "`,
		}},
		{"unterminated string in a block", "function a() {\n  b('c);\n  d()\n}\ne()", []string{
			"func0 a()",
			"in func0: evaluate b(?())",
			"in func0: evaluate d()",
			"evaluate e()",
			`unread "'c);\n  "`,
		}},
		{"types of brackets", "f(a[b)\ng()", []string{
			"evaluate f(a[b])",
			"evaluate g()",
			`unread ")\n"`,
		}},
		{"missing parenthesis", "if (a b) { c() }\nwhile (d { e() }\nf()", []string{
			"evaluate a",
			"evaluate c()",
			"evaluate d",
			"evaluate f()",
			`unread "b) "`,
			`unread "{ e() }\n"`,
		}},
		{"half a statement", "const a = b.\nconst c = d()\nasync function e() { await f( }\ng()", []string{
			"func0 e() async",
			"assign a = b.const",
			"in func0: evaluate await f(?())",
			"evaluate g()",
			`unread "c = d()\n"`,
			`unread " "`,
		}},
		{"TypeScript in JavaScript", "interface A { b: string }\nconst c: string = 'd'\ne()", []string{
			"evaluate interface",
			"evaluate e()",
			`unread "A { b: string }\n"`,
			`unread ": string = 'd'\n"`,
		}},
	})
}
