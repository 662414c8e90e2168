package python_test

type readCase struct{ name, text, want string }

// cases are texts and what is read from them, as rendered returns it. Tabs in the results are dropped.
func cases() []readCase {
	var all []readCase
	for _, group := range [][]readCase{statementCases, expressionCases, stringCases, definitionCases, blockCases, errorCases} {
		all = append(all, group...)
	}
	return all
}

var statementCases = []readCase{
	{"empty", "", ""},
	{"comments", "# a\n\n  # b\n\f\n", ""},
	{"no newline", "a", "evaluate a"},
	{"newlines", "a\r\nb\rc\n", "evaluate a\nevaluate b\nevaluate c"},
	{"byte order mark", "\ufeffa", "evaluate a"},
	{"line continuation", "a = \\\n  b \\\r\n + c\n", "assign a = concat(b, c)"},
	{"semicolons", "a; b = 1;\nc\n", "evaluate a\nassign b = 1\nevaluate c"},
	{"tabs", "if a:\n\tb\n        c\nd", "evaluate a\nevaluate b\nevaluate c\nevaluate d"},
	{"assignment", "a = 1\na.b = a[0] = c\n(d) = 2", "assign a = 1\nassign a.b = c\nassign a[0] = a.b\nassign d = 2"},
	{"tuples", "a, *b = 1, 2\n[c, d] = e,\n*f, = g", "assign [a, *b] = [1, 2]\nassign [c, d] = [e]\nassign [*f] = g"},
	{"chain of tuples", "(a, b) = c = f()", "assign [a, b] = f()\nassign c = ?()"},
	{"augmented", "a += 'b'\nc.d //= 2\ne @= f", "assign a = concat(a, \"b\")\nassign c.d = //?(c.d, 2)\nassign e = @?(e, f)"},
	{"annotated", "a: int = 1\nb: str\nc: List['D'] = e\nf.g: 'h'", "assign a = 1\nassign c = e\nevaluate List[\"D\"]\nevaluate \"h\""},
	{"return", "def f():\n  return\n  return 1, *a\n", "def f()\nf0: return nil\nf0: return [1, *a]"},
	{"raise", "raise\nraise E\nraise E('a') from e\nraise E, 'b'", "raise nil\nraise E\nraise E(\"a\")\nevaluate e\nraise E\nevaluate \"b\""},
	{"delete", "del a, b.c[0]\ndel (d, e)", "delete a = nil\ndelete b.c[0] = nil\ndelete d = nil\ndelete e = nil"},
	{"assert", "assert a, 'b'\nassert (c)", "evaluate a\nevaluate \"b\"\nevaluate c"},
	{"global", "global x\ndef f():\n  global a, b\n  nonlocal c\n  a = 1", "def f() globals [a b c]\nf0: assign a = 1"},
	{"pass", "pass\nbreak\ncontinue\n...", "evaluate ?()"},
	{"import", "import os\nimport a.b.c, d . e as f\n", "import os||os\nimport a.b.c||a\nimport d.e||f"},
	{"from", "from a.b import c as d, e\nfrom . import f\nfrom ...g import (h,\n  i as j, # k\n)\nfrom l import *\nfrom .... import m\nfrom .n import(o)", `import a.b|c|d
		import a.b|e|e
		import .|f|f
		import ...g|h|h
		import ...g|i|j
		import l|*|
		import ....|m|m
		import .n|o|o`},
	{"conditional import", "try:\n  import a\nexcept ImportError:\n  a = None\nif TYPE_CHECKING:\n  from b import c\nelse:\n  import d\ndef f():\n  import e", `t0: import a||a
		import b|c|c type
		import d||d
		f0: import e||e
		def f()
		try except [ImportError]
		assign a = null
		evaluate TYPE_CHECKING`},
	{"type alias", "type A[T: (int, 'b')] = list[T]\ntype = 3\ntype(x)\ntype.a", "assign A = list[T]\nevaluate [int, \"b\"]\nassign type = 3\nevaluate type(x)\nevaluate type.a"},
	{"python 2", "print 'a' % b, c\nprint\nprint >>f, 'x'\nexec 'c' in d\nprint('e')\nx = `y`, 0777, 10L, ur'z'\nif a <> b: pass", `evaluate print(%?("a", b), c)
		evaluate print
		evaluate [>>?(print, f), "x"]
		evaluate exec(in?("c", d))
		evaluate print("e")
		assign x = [?(y), 0777, 10L, "z"]
		evaluate <>?(a, b)`},
}

var expressionCases = []readCase{
	{"constants", "1, -2.5e-3, 0xFF_0, 1_0j, .5, 1., None, True, False, ...", "evaluate [1, -2.5e-3, 0xFF_0, 1_0j, .5, 1., null, true, false, ?()]"},
	{"number before keyword", "1if a else 0x1or b", "evaluate choice(1, choice(0x1, b))\nevaluate a"},
	{"operators", "a or b or c\na and b\nnot a\na - b - c\na - b * c\na ** -b\n~a\na < b <= c\na is not b\na not in b\na | b ^ c & d << e", `evaluate choice(a, b, c)
		evaluate and?(a, b)
		evaluate not?(a)
		evaluate -?(a, b, c)
		evaluate -?(a, *?(b, c))
		evaluate **?(a, -?(b))
		evaluate ~?(a)
		evaluate ?(a, b, c)
		evaluate is not?(a, b)
		evaluate not in?(a, b)
		evaluate |?(a, ^?(b, &?(c, <<?(d, e))))`},
	{"concatenation", "'a' + b + f(c) * 2\na + b - c\n", "evaluate concat(\"a\", b, *?(f(c), 2))\nevaluate ?(a, b, c)"},
	{"members and calls", "a.b.c(d)(e)[f].g", "evaluate a.b.c(d)(e)[f].g"},
	{"arguments", "f(a, *b, c=1, **d)\nf()\nf(a,)\nf(x for x in y)\nf(x := 1)\nf(*a or b, k=lambda: c)", `def ()
		evaluate f(a, *b, c=1, *d)
		evaluate f()
		evaluate f(a)
		evaluate f(?(x, x, y))
		evaluate f(x)
		assign x = 1
		evaluate f(*choice(a, b), k=func0)
		f0: return c`},
	{"subscripts", "a[1:2]\na[::b()]\na[:, 1]\na['b']\na[*b]\na[b := 1]", "evaluate a[?(1, 2)]\nevaluate a[?(b())]\nevaluate a[[?(), 1]]\nevaluate a[\"b\"]\nevaluate a[*b]\nevaluate a[b]\nassign b = 1"},
	{"collections", "[], [1,], (), (1,), (1), {1, *a}, [*a, b]", "evaluate [[], [1], [], [1], 1, [1, *a], [*a, b]]"},
	{"dictionaries", "{}\n{'a': 1, 2: b, c: d, **e, f'{g}': h, '': i}", "evaluate {}\nevaluate {a=1, 2=b, ?(c, d), *e, ?(concat(g), h), ?(\"\", i)}"},
	{"comprehensions", "[f(x) for x, y in z if x if y]\n{a: b for a in c}\n{a async for a in b}\n(a for b in c for d in e)", `evaluate ?(f(x), [x, y], z, x, y)
		evaluate ?(a, b, a, c)
		evaluate ?(a, a, b)
		evaluate ?(a, b, c, d, e)`},
	{"condition", "a = f() if g() else h()", "assign a = choice(f(), h())\nevaluate g()"},
	{"walrus", "if (a := f()) and b:\n  c\nwhile d := g():\n  e", "evaluate and?(a, b)\nassign a = f()\nevaluate c\nevaluate d\nassign d = g()\nevaluate e"},
	{"await and yield", "async def f():\n  a = await b(c)\n  yield d, e\n  x = yield\n  y = yield from z\n  await g ** 2", `def f() async
		f0: assign a = await(b(c))
		f0: evaluate ?([d, e])
		f0: assign x = ?()
		f0: assign y = ?(z)
		f0: evaluate **?(await(g), 2)`},
	{"lambda", "f = lambda a, *b, c=d(), **e: a(b)\nx.g = lambda: lambda: 1\nh(lambda: (yield))", `def f(a b c e)
		def g()
		f1: def ()
		def ()
		assign f = func0
		evaluate d()
		f0: return a(b)
		assign x.g = func1
		f1: return func2
		f2: return 1
		evaluate h(func3)
		f3: return ?()`},
}

var stringCases = []readCase{
	{"quotes", `'a', "b", '''c'd''', """e"f""", '', """"""`, `evaluate ["a", "b", "c'd", "e\"f", "", ""]`},
	{"escapes", `'\n\t\\\'\x41\101\u00e9\U0001f600\q\
a'`, `evaluate "\n\t\\'AAé😀\\qa"`},
	{"raw", `r'\n\'', R"\d", rb'\x', Br'\y'`, `evaluate ["\\n\\'", "\\d", "\\x", "\\y"]`},
	{"bytes", `b'\xff\u0041', u'a'`, `evaluate ["\xff\\u0041", "a"]`},
	{"surrogate", `'\ud800'`, `evaluate "` + "\ufffd" + `"`},
	{"lines", "'''a\r\nb\rc\n'''", `evaluate "a\nb\nc\n"`},
	{"adjacent", "('a' \"b\"\n 'c')", `evaluate "abc"`},
	{"name of a character", `'a\N{DASH}b'`, `evaluate concat("a", ?(), "b")`},
	{"format", `f"a{b}c{d.e()}" 'f' f'{{g}}'`, `evaluate concat("a", b, "c", d.e(), "f{g}")`},
	{"format without fields", `f'a' f"", f''`, `evaluate ["a", ""]`},
	{"conversions", `f"{a!r}{b!s}{c:>5}{d:{e}.{f}}{g = }{h!r:x}{i:}{j=!s}"`, `evaluate concat(?(a), b, ?(c, ">5"), ?(d, e, ".", f), "g = ", ?(g), ?(h, "x"), i, "j=", j)`},
	{"nested quotes", `f"{a["b"]}{f"{'c'}"}{d != e}{ {'x': 1}['x'] }{lambda_(y)}"`, `evaluate concat(a["b"], concat("c"), !=?(d, e), {x=1}["x"], lambda_(y))`},
	{"format over lines", "f'''{\n a # b\n}\n{c:\n}'''", `evaluate concat(a, "\n", ?(c, "\n"))`},
	{"format with walrus and colon", `f"{x:=5}{(y := 1)}"`, "evaluate concat(?(x, \"=5\"), y)\nassign y = 1"},
	{"raw format", `rf'\d{a}\{b}' f'\{c}'`, `evaluate concat("\\d", a, "\\", b, "\\", c)`},
	{"template string", `t'a{b}'`, `evaluate concat("a", b)`},
	{"latin 1", "# -*- coding: latin-1 -*-\n'\xe9' b'a'", `evaluate "éa"`},
	{"other encoding", "# vim: fileencoding=koi8-r\n'\xe9', 'a'", `evaluate [concat(?()), "a"]`},
	{"utf-8", "# coding: utf-8\n'é'", `evaluate "é"`},
}

var definitionCases = []readCase{
	{"function", "def f(a, /, b: int, *args, c='d', **kw) -> 'R':\n  return a\nf()", `def f(a b args c kw)
		evaluate "d"
		evaluate "R"
		f0: return a
		evaluate f()`},
	{"inline", "def f(): a; b\nclass C: d = 1", "def f()\nclass C []\nf0: evaluate a\nf0: evaluate b\nc0: assign d = 1"},
	{"nested", "def f():\n  def g():\n    a\n  b\nc", "def f()\nf0: def g()\nf1: evaluate a\nf0: evaluate b\nevaluate c"},
	{"decorators", "@a.b(lambda: 1)\n@c\n\nasync def f(): pass\n@d(e)\nclass C: pass", `def f() async @ [a.b(func1), c]
		def ()
		class C []
		f1: return 1
		evaluate d(e)`},
	{"class", "class C(B, m.D, *e, metaclass=M()):\n  x = 1\n  if x:\n    def f(self): self.y = 2\n  class I:\n    def g(self): pass\ndef h(): \n  class L: z = 3", `c0: def f(self)
		c1: def g(self)
		def h()
		class C [B, m.D, *e]
		class I []
		f2: class L []
		evaluate M()
		c0: assign x = 1
		c0: evaluate x
		f0: assign self.y = 2
		f2c2: assign z = 3`},
	{"type parameters", "def f[T: B(), *U, **V = x()](a: T): pass\nclass C[T](D[T]): pass", "def f(a)\nclass C [D[T]]\nevaluate B()\nevaluate x()"},
	{"parameters of python 2", "def f(a, (b, c)=d(), e=1): pass", "def f(a b c e)\nevaluate d()\nevaluate 1"},
	{"try in a function", "try:\n  def f():\n    a\n  b\nfinally:\n  c", "def f()\ntry\nf0: evaluate a\nt0: evaluate b\nevaluate c"},
}

var blockCases = []readCase{
	{"if", "if a: b\nelif c(): d\nelse: e", "evaluate a\nevaluate b\nevaluate c()\nevaluate d\nevaluate e"},
	{"loops", "for a, b in c():\n  d\nelse:\n  e\nasync for x in y: pass\nwhile z: break\nfor *p, q.r in s, t: u", `assign [a, b] = ?(c())
		evaluate d
		evaluate e
		assign x = ?(y)
		evaluate z
		assign [*p, q.r] = ?([s, t])
		evaluate u`},
	{"with", "with a() as b, c:\n  d\nasync with (e as f, g() as (h, i),): j\nwith (k, l): m\nwith (n) as o: p", `assign b = a()
		evaluate c
		evaluate d
		assign f = e
		assign [h, i] = g()
		evaluate j
		evaluate [k, l]
		evaluate m
		assign o = n
		evaluate p`},
	{"try", "try:\n  a\nexcept (B, c.D) as e:\n  raise\nexcept F:\n  pass # g\nexcept:\n  'h'\n  continue\nelse:\n  i\nfinally:\n  j", `try except [B, c.D] e raises except [F] empty except all empty
		t0: evaluate a
		raise nil
		evaluate "h"
		evaluate i
		evaluate j`},
	{"nested try", "try:\n  try: a\n  except* E: b\nexcept C, D:\n  try: c\n  except D, e: def_ = 1", `try except [C, D]
		t0: try except [E]
		try except [D] e
		t1: evaluate a
		t0: evaluate b
		t2: evaluate c
		assign def_ = 1`},
	{"raise in a nested function", "try: a\nexcept E:\n  def f(): raise\nexcept F:\n  if x: raise G", `def f()
		try except [E] except [F] raises
		t0: evaluate a
		f0: raise nil
		evaluate x
		raise G`},
	{"match", `match a.b, c:
  case 1 | -2 | "x": d
  case {"k": v, **rest} if v > 1: e
  case [p, *_, (q as r)]: f
  case m.N(x, y=0) as z: g
  case _: h
match = 1
match(i)
match[j]: k`, `evaluate [a.b, c]
		evaluate ?(1, -2, "x")
		evaluate d
		evaluate ?("k")
		assign v = ?()
		assign rest = ?()
		evaluate >?(v, 1)
		evaluate e
		evaluate ?()
		assign p = ?()
		assign q = ?()
		assign r = ?()
		evaluate f
		evaluate ?(m.N, 0)
		assign x = ?()
		assign z = ?()
		evaluate g
		evaluate ?()
		evaluate h
		assign match = 1
		evaluate match(i)`},
}

var errorCases = []readCase{
	{"one line", "a\nb c\nd", "evaluate a\nevaluate d\nunread \"b c\""},
	{"bracket before a keyword", "a = f(1,\ndef g():\n  b\nc", "def g()\nf0: evaluate b\nevaluate c\nunread \"a = f(1,\""},
	{"bracket before a statement", "if x:\n  a = f(\n  b = 1\n  c = 2\n  d = 3\ne", "evaluate x\nassign c = 2\nassign d = 3\nevaluate e\nunread \"a = f(\\n  b = 1\""},
	{"head", "def f(a b):\n  c\nif ):\n  d\nclass (:\n  e = 1\nf", `def f(a)
		class ( []
		f0: evaluate c
		evaluate d
		c0: assign e = 1
		evaluate f
		unread "def f(a b):"
		unread "if ):"
		unread "class (:"`},
	{"no colon", "def f()\n  a\nb", "def f()\nf0: evaluate a\nevaluate b\nunread \"def f()\""},
	{"no block", "def f():\nif a:\nb", "def f()\nevaluate a\nevaluate b\nunread \"def f():\"\nunread \"if a:\""},
	{"else alone", "else:\n  a\nb", "evaluate a\nevaluate b\nunread \"else:\""},
	{"indentation", "a\n    b\n  c\nif d:\n      e\n   f\ng", "evaluate a\nevaluate b\nevaluate c\nevaluate d\nevaluate e\nevaluate f\nevaluate g"},
	{"string", "a = 'b\nc(\"d\ne", "evaluate e\nunread \"a = 'b\"\nunread \"c(\\\"d\""},
	{"long string", "a = '''b\nc = 1\nd", "assign c = 1\nevaluate d\nunread \"a = '''b\""},
	{"format", "a = f'{b\nc = f'{d'\ne = f'}'\ng", "evaluate g\nunread \"a = f'{b\\nc = f'{d'\"\nunread \"e = f'}'\""},
	{"lambda in an error", "f(lambda: 1) g\nh", "evaluate h\nunread \"f(lambda: 1) g\""},
	{"text in a string", "x = '''\nimport a\n''' b\nc", "evaluate c\nunread \"x = '''\\nimport a\\n''' b\""},
	{"target", "f() = 1\na + b = 2\nfor f() in x:\n  c", "evaluate c\nunread \"f() = 1\"\nunread \"a + b = 2\"\nunread \"for f() in x:\""},
	{"zero bytes", "a\x00b\nc", "evaluate c\nunread \"a\\x00b\""},
	{"decorator without function", "@a\nb\n@c(\nd", "evaluate a\nevaluate b\nunread \"@a\"\nunread \"@c(\\nd\""},
	{"catch that cannot be read", "try: a\nexcept E:\n  b c", "try except [E]\nt0: evaluate a\nunread \"b c\""},
}
