package ecmascript_test

import (
	"testing"

	"lintel/parsers/handler/code"
)

func TestStatements(t *testing.T) {
	run(t, code.JavaScript, []readCase{
		{"automatic semicolons", "a\nb()\n;[c].d\nlet e = f\n++g\nreturn\nh", []string{
			"evaluate a",
			"evaluate b()",
			"evaluate [c].d",
			"assign e = f",
			"assign g = ?(g)",
			"return nothing",
			"evaluate h",
		}},
		{"loops", "for (const a of b()) c; for (d in e) f; for (let i = 0, n = g.length; i < n; i++) h; for (;;) {} for (const [k, v] of m) ; for (var o = ('p' in q); ;) break; do r; while (s) t", []string{
			"assign a = b()[?()]",
			"evaluate c",
			"assign d = ?(e)",
			"evaluate f",
			"assign i = 0",
			"assign n = g.length",
			"evaluate ?(i, n)",
			"assign i = ?(i)",
			"evaluate h",
			"assign [k, v] = m[?()]",
			`assign o = ?("p", q)`,
			"evaluate r",
			"evaluate s",
			"evaluate t",
		}},
		{"for with let as a name and of", "for (let of = 1; of; ) ; for (async of => 1; ;) ; for (using a of b) ;", []string{
			"func0 (of) async",
			"assign of = 1",
			"evaluate of",
			"evaluate func0",
			"in func0: return 1",
			"assign a = b[?()]",
		}},
		{"switch and labels", "a: for (;;) switch (b) { case c(): case 'd': e; break a; default: { continue a } }", []string{
			"evaluate b",
			"evaluate c()",
			`evaluate "d"`,
			"evaluate e",
		}},
		{"try", "try { a() } catch (e) { throw e } finally { b() }\ntry { try { c } catch { } } catch ({ message }) { d(message) }\ntry { f } catch (g) { 'x'; /* y */ } function h() { try { i } catch (e) { j(() => { throw k }) } }", []string{
			"func0 h()",
			"in func0: func1 ()",
			`try0 catch "e" empty false raises true`,
			`try1 catch "" empty false raises false`,
			`in try1: try2 catch "" empty true raises false`,
			`try3 catch "g" empty true raises false`,
			`try4 catch "e" empty false raises false`,
			"in try0: evaluate a()",
			"raise e",
			"evaluate b()",
			"in try2: evaluate c",
			"assign {message: message} = ?()",
			"evaluate d(message)",
			"in try3: evaluate f",
			`evaluate "x"`,
			"in func0, try4: evaluate i",
			"in func0: evaluate j(func1)",
			"in func1: raise k",
		}},
		{"if and else", "if (a) b; else if (c) { d } else e; if (f) { } else g", []string{
			"evaluate a",
			"evaluate b",
			"evaluate c",
			"evaluate d",
			"evaluate e",
			"evaluate f",
			"evaluate g",
		}},
		{"function declarations", "async function* a(b, { c }, [d] = [], e = f(), ...g) { return b } function h() { function i() {} i() }", []string{
			"func0 a(b, arguments[1], arguments[2], e, g) async",
			"func1 h()",
			"in func1: func2 i()",
			"in func0: assign c = arguments[1].c",
			"in func0: assign [d] = choice(arguments[2], [])",
			"in func0: assign e = choice(e, f())",
			"in func0: return b",
			"in func1: evaluate i()",
		}},
		{"using", "await using a = b(); using c = d; using(e); using\nf", []string{
			"assign a = b()",
			"assign c = d",
			"evaluate using(e)",
			"evaluate using",
			"evaluate f",
		}},
		{"directives", "'use strict'; function a() { 'use asm' }", []string{
			"func0 a()",
			`evaluate "use strict"`,
			`in func0: evaluate "use asm"`,
		}},
		{"with and debugger", "with (a) b; debugger; ;", []string{
			"evaluate a",
			"evaluate b",
		}},
		{"let as a name", "let = a; let\nb", []string{
			"assign let = a",
		}},
		{"parameters with defaults", "function a(b = 'c', { d = 'e' } = {}) {}", []string{
			"func0 a(b, arguments[1])",
			`in func0: assign b = choice(b, "c")`,
			`in func0: assign {d: choice(d, "e")} = choice(arguments[1], {})`,
		}},
	})
}
