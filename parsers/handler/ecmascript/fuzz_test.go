package ecmascript_test

import (
	"strings"
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
)

// checker checks the indices and ranges of a file.
type checker struct {
	tb   testing.TB
	size int
	file *code.File
}

func (c checker) inside(r code.Range, what string) {
	if r.Start < 0 || r.Start > r.End || r.End > c.size {
		c.tb.Errorf("%s has the range %v in a file of %d bytes", what, r, c.size)
	}
}

func (c checker) index(i, length int, what string) {
	if i < code.Module || i >= length {
		c.tb.Errorf("%s is %d of %d", what, i, length)
	}
}

func (c checker) expr(root *code.Expr) {
	for e := range root.All() {
		if e == nil {
			c.tb.Error("an item is nil")
			continue
		}
		c.inside(e.Range, "expression "+string(e.Kind))
		switch e.Kind {
		case code.Func:
			if e.Function < 0 || e.Function >= len(c.file.Functions) {
				c.tb.Errorf("a function expression is function %d of %d", e.Function, len(c.file.Functions))
			}
		case code.Call, code.New, code.Map:
			if len(e.Keys) != len(e.Items) {
				c.tb.Errorf("%s has %d keys and %d items", e.Kind, len(e.Keys), len(e.Items))
			}
		default:
		}
	}
}

func (c checker) functions() {
	for i, f := range c.file.Functions {
		c.inside(f.Range, "function")
		c.inside(f.NameRange, "name of a function")
		c.index(f.Parent, len(c.file.Functions), "parent")
		c.index(f.Class, len(c.file.Classes), "class of a function")
		if i > 0 && f.Range.Start < c.file.Functions[i-1].Range.Start {
			c.tb.Error("functions are not in order")
		}
		for _, e := range f.Decorators {
			c.expr(e)
		}
	}
	for _, class := range c.file.Classes {
		c.inside(class.Range, "class")
		c.index(class.Function, len(c.file.Functions), "function of a class")
		for _, e := range class.Bases {
			c.expr(e)
		}
	}
}

// check reports what is inconsistent in the content of a file.
func check(tb testing.TB, size int, file *code.File) {
	tb.Helper()
	c := checker{tb, size, file}
	c.functions()
	for i, s := range file.Statements {
		c.inside(s.Range, "statement")
		c.index(s.Function, len(file.Functions), "function of a statement")
		c.index(s.Class, len(file.Classes), "class of a statement")
		c.index(s.Try, len(file.Tries), "try of a statement")
		c.expr(s.Target)
		c.expr(s.Value)
		if i > 0 && s.Range.Start < file.Statements[i-1].Range.Start {
			tb.Error("statements are not in order")
		}
	}
	for _, i := range file.Imports {
		c.inside(i.Range, "import")
		c.index(i.Function, len(file.Functions), "function of an import")
		c.index(i.Try, len(file.Tries), "try of an import")
	}
	for _, e := range file.Exports {
		c.inside(e.Range, "export")
		c.expr(e.Value)
	}
	for _, try := range file.Tries {
		c.inside(try.Range, "try")
		c.index(try.Outer, len(file.Tries), "outer try")
	}
	for i, u := range file.Unread {
		c.inside(u, "unread text")
		if i > 0 && u.Start <= file.Unread[i-1].End {
			tb.Error("unread texts overlap or are not in order")
		}
	}
}

// FuzzRead checks that no text makes the reader panic or hang, and that its results are consistent.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"import a, { b as c } from 'd'; export default async (e, { f }) => { try { await g(`h${e}`) } catch { throw i } }",
		"const { S3 } = require('aws-sdk'), [a = 1, ...b] = process.env; module.exports = { handler, ...b }; exports['c'] = d ? (e) : f => g",
		"class A extends B { static #c = /d[/]/g; static { e?.[f]?.() } get [g]() {} async *h() { yield* i } @j() k = 1 }",
		"function f<T extends keyof U = 'v'>(this: W, x?: y[]): asserts z is string { return <A<B>>c as D satisfies E }",
		"@A() export abstract class B<C> { constructor(private readonly d: E = f<G>(h)) { super() } [i: string]: j; declare k: l }",
		"declare module 'a' { export = b } namespace C.D { enum E { F = 'g' } } type H = { [I in keyof J as `k${L}`]-?: M } | (() => N)",
		"a = <B c='d' {...e}>f {g} <H.i/></B>; j = b < c, d > (e); k<l<m>>(n); label: for (const o of p) { continue label }",
		"\ufeff#!node\r\n<!-- a\n'\\u{1F600}\\x41\\\n' + 0x_1n\u2028/* b", "({ a = 1, [b]: c } = d); `${`${", "let a: string[ = b; }",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, typed bool) {
		language := code.JavaScript
		if typed {
			language = code.TypeScript
		}
		cputimetest.Limit(t, time.Second)
		file := ecmascript.Read([]byte(text), language)
		check(t, len(text), file)
	})
}

// TestTime checks that texts which nest without end, or look like something else for long, take linear time.
func TestTime(t *testing.T) {
	const size = 60_000
	for _, part := range []string{
		"(", "[", "{", "a(", "a[", "`${", "a=>", "(a=>", "(a)=>", "(a,", "({", "({a", "({a=", "([", "async(", "async a=>", "a?(b):", "a?b:", "a?(b):c=>",
		"a<b<", "a<b,", "a<", "<a>", "<a", "<a b=", "<a>{", "<>", "f<T>(", "<T>(", "<T,>(", "(a:b)=>", "(a):b=>", "a?(b):c=>d?(e):f=>", "(a?:", "(a=(",
		"if(a)", "if(a)b;else ", "for(", "for(;;)", "while(a)", "do ", "try{", "try{}catch{", "switch(a){case b:", "a:", "case ", "else ", "}", ")", "]",
		"!", "-", "++", "new ", "typeof ", "await ", "delete ", "yield ", "void ", "a.b.", "a().", "a?.", "a+", "a-b+", "a**", "a&&", "a??", "a,", "a=", "a+=",
		"function(", "function a(){", "(function(){", "f(()=>{", "f(function(){", "class{", "class A extends ", "class{a=", "class{a(){", "class{static{", "@a ", "@(", "@a(",
		"let a=", "let{a:", "let[", "let a:", "import{", "import a from ", "import(", "require(", "export{", "export ", "export default ", "module.exports=", "exports.a=", "export*from'a'\n",
		"type A=", "type A=B<", "type A=(", "type A={", "type A=[", "type A=a extends ", "type A=a extends infer b extends ", "type A=`${", "type A=(a)=>", "type A=|", "type A=keyof ", "type A=a?b:", "interface A{", "a as b<", "a as (", "a satisfies ", "a!", "enum A{b=", "namespace A{", "declare ", "abstract ", "declare module A{",
		"/", "/a", "/[", "(a,/[", "({a:/[", "let a:{/[", "a=/[", "//", "/*", "'", "\"", "'\\", "`", "\\u{61}", "\\", "<!--", "-->", "#", "...", "a\n", "a;", ";", "\"use strict\"\n", "{a:", "a/b/", "a /", "0.", "1e", "é", "\xff", "}{", ")(", "]}[{", "a b ", "a<<", "x<<T>", "a>>", "a>", "=>", "(()=>",
	} {
		text := []byte(strings.Repeat(part, size/len(part)))
		for _, language := range []code.Language{code.JavaScript, code.TypeScript} {
			watch := cputimetest.Start()
			file := ecmascript.Read(text, language)
			if took := watch.Took(); took > time.Second {
				t.Errorf("%q repeated took %v in %s", part, took, language)
			}
			check(t, len(text), file)
		}
	}
}

// TestLimits checks that text beyond a limit is unread, and that the text after it is read.
func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		unread bool
	}{
		"parentheses":         {strings.Repeat("(", 300) + "a" + strings.Repeat(")", 300), true},
		"blocks":              {strings.Repeat("{", 300) + "a" + strings.Repeat("}", 300), true},
		"functions":           {strings.Repeat("f(() => {", 300) + "a" + strings.Repeat("})", 300), true},
		"types":               {"let a: " + strings.Repeat("B<", 300) + "c" + strings.Repeat(">", 300), true},
		"chain":               {"a" + strings.Repeat(".b()", 300), true},
		"parentheses within":  {strings.Repeat("(", 200) + "a" + strings.Repeat(")", 200), false},
		"chain within":        {"a" + strings.Repeat(".b()", 200), false},
		"else if":             {strings.Repeat("if (a) b; else ", 3000) + "c", false},
		"conditions":          {strings.Repeat("a ? b : ", 3000) + "c", false},
		"operators":           {strings.Repeat("a + b - c && ", 3000) + "d", false},
		"union of many types": {"type A = " + strings.Repeat("B | ", 3000) + "C", false},
		"conditional types":   {"type A = " + strings.Repeat("B extends C ? D : ", 3000) + "E", false},
	} {
		text := c.text + ";\nlast();\n"
		f := ecmascript.Read([]byte(text), code.TypeScript)
		check(t, len(text), f)
		if (f.Unread != nil) != c.unread {
			t.Errorf("%s: unread %v, want any: %v", name, f.Unread, c.unread)
		}
		last := f.Statements[len(f.Statements)-1]
		if callee, _ := last.Value.Items[0].Path(); last.Value.Kind != code.Call || callee != "last" || last.Function != code.Module {
			t.Errorf("%s: the last statement is %v", name, last)
		}
	}
}
