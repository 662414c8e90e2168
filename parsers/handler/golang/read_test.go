package golang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/golang"
)

// text writes an expression.
func text(e *code.Expr) string {
	if e == nil {
		return "-"
	}
	items := make([]string, len(e.Items))
	for i, item := range e.Items {
		items[i] = text(item)
		if i < len(e.Keys) && e.Keys[i] != "" {
			items[i] = e.Keys[i] + ": " + items[i]
		}
	}
	list := strings.Join(items, ", ")
	switch e.Kind { //nolint:exhaustive // the others have no form of their own
	case code.Name, code.Number, code.Bool:
		return e.Text
	case code.String:
		return fmt.Sprintf("%q", e.Text)
	case code.Null:
		return "nil"
	case code.Member:
		return items[0] + "." + e.Text
	case code.Call:
		return items[0] + "(" + strings.Join(items[1:], ", ") + ")"
	case code.Index:
		return items[0] + "[" + items[1] + "]"
	case code.Concat:
		return strings.Join(items, " + ")
	case code.Func:
		return fmt.Sprintf("func#%d", e.Function)
	case code.Map:
		return e.Text + "{" + list + "}"
	case code.List:
		return "[" + list + "]"
	case code.Typed:
		return "(" + e.Text + ")"
	case code.Spread:
		return items[0] + "..."
	}
	return "?(" + list + ")"
}

// shown lists the content of a file.
func shown(file *code.File) []string {
	var all []string
	for _, i := range file.Imports {
		all = append(all, strings.TrimSpace(fmt.Sprintf("import %s as %s %s", i.Module, i.As, i.Name)))
	}
	for _, c := range file.Classes {
		words := []string{"type", c.Name}
		for _, f := range c.Fields {
			words = append(words, f.Name+":"+f.Type)
		}
		for _, b := range c.Bases {
			words = append(words, "<"+text(b)+">")
		}
		all = append(all, strings.Join(words, " "))
	}
	for i, f := range file.Functions {
		words := []string{fmt.Sprintf("func#%d %s in %d", i, f.Name, f.Parent)}
		if f.Class != code.Module {
			words = append(words, "of "+file.Classes[f.Class].Name+" as "+f.Receiver)
		}
		for j, p := range f.Parameters {
			words = append(words, p+":"+f.Types[j])
		}
		all = append(all, strings.Join(words, " ")+" -> "+strings.Join(f.Results, ","))
	}
	for _, s := range file.Statements {
		line := fmt.Sprintf("%d %s", s.Function, s.Kind)
		if s.Target != nil {
			line += " " + text(s.Target) + " ="
		}
		line += " " + text(s.Value)
		if s.Try != code.Module {
			line += fmt.Sprintf(" raises %v", file.Tries[s.Try].Catches[0].Raises)
		}
		all = append(all, line)
	}
	return all
}

// TestRead checks the common form.
func TestRead(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"imports": {
			"import (\n\t\"os\"\n\ts \"github.com/x/y/v2\"\n\t_ \"embed\"\n\t. \"fmt\"\n\t\"github.com/x/go-z\"\n\t\"gopkg.in/yaml.v3\"\n)",
			[]string{"import os as os", "import github.com/x/y/v2 as s", "import embed as", "import fmt as  *", "import github.com/x/go-z as z", "import gopkg.in/yaml.v3 as yaml"},
		},
		"types": {
			"type A struct {\n\tc, d *s3.Client\n\tB\n\tn []int\n}\ntype B interface{ f() }\ntype C = A\nfunc (a *A) m() {}\nfunc (x Other[T]) n() {}",
			[]string{"type A c:s3.Client d:s3.Client n: <B>", "type B", "type C <A>", "type Other", "func#0 m in -1 of A as a -> ", "func#1 n in -1 of Other as x -> "},
		},
		"variables": {
			"const a = \"x\" + b\nvar c, d = 1, f()\nvar e *s3.Client\nvar g T\nvar h []int",
			[]string{"-1 assign a = \"x\" + b", "-1 assign c = 1", "-1 assign d = f()", "-1 assign e = (s3.Client)", "-1 assign g = T{}"},
		},
		"functions": {
			"func f(a, b string, c *T, rest ...int) (x T, err error) {\n\tg := func(y int) int { return y }\n\treturn x, err\n}",
			[]string{"func#0 f in -1 a:string b:string c:T rest: -> T,error", "func#1 g in 0 y:int -> int", "0 assign g = func#1", "1 return y", "0 return x", "0 return err"},
		},
		"expressions": {
			"func f() {\n\ta(&T{B: \"c\", D: []E{{F: 1}}}, map[string]int{\"k\": 2, v: 3}, x...)\n\tb[1:2].c = (*d).e\n\tg[T.U](new(V), []byte(h), !i, `raw\n`)\n\tj += \"k\"\n}",
			[]string{
				"func#0 f in -1 -> ", "0 evaluate a(T{B: \"c\", D: [E{F: 1}]}, {k: 2, 3}, x...)", "0 assign b[?(1, 2)].c = d.e",
				"0 evaluate g(V{}, h, ?(i), \"raw\\n\")", "0 assign j = j + \"k\"",
			},
		},
		"statements": {
			"func f() {\n\tfor i := 0; i < n; i++ {\n\t\ta()\n\t}\n\tfor _, v := range b {\n\t\tc(v)\n\t}\n\tswitch x := d.(type) {\n\tcase e:\n\t\tg(x)\n\t}\n\tselect {\n\tcase h <- 1:\n\t}\n\tgo i()\n\tif j {\n\t} else if k {\n\t\tl()\n\t} else {\n\t\tm()\n\t}\n}",
			[]string{
				"func#0 f in -1 -> ", "0 assign i = 0", "0 evaluate ?(i, n)", "0 evaluate i", "0 evaluate a()", "0 assign v = b", "0 evaluate c(v)",
				"0 assign x = d", "0 evaluate e", "0 evaluate g(x)", "0 evaluate h", "0 evaluate 1", "0 evaluate i()", "0 evaluate j", "0 evaluate k", "0 evaluate l()", "0 evaluate m()",
			},
		},
		"errors": {
			"func f() error {\n\ta, err := b()\n\tif err != nil {\n\t\treturn err\n\t}\n\tif err := c(); err != nil {\n\t\treturn nil\n\t}\n\t_, err = d()\n\te()\n\t_, _ = g()\n\terr = h()\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\treturn nil\n}",
			[]string{
				"func#0 f in -1 -> error", "0 assign a = b() raises true", "0 assign err = ?() raises true", "0 evaluate ?(err, nil)", "0 return err",
				"0 assign err = c() raises false", "0 evaluate ?(err, nil)", "0 return nil", "0 assign _ = d()", "0 assign err = ?()", "0 evaluate e()", "0 evaluate g()", "0 evaluate ?()",
				"0 assign err = h() raises true", "0 evaluate ?(err, nil)", "0 evaluate log.Fatal(err)", "0 return nil",
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			file := golang.Read([]byte("package main\n\n" + tt.text + "\n"))
			if diff := cmp.Diff(tt.want, shown(file)); diff != "" {
				t.Error(diff)
			}
			if len(file.Unread) > 0 || file.Package != "main" {
				t.Error(file.Unread, file.Package)
			}
		})
	}
}

// TestDamaged checks that the rest of a file is read after a syntax error, and that the file may have more then.
func TestDamaged(t *testing.T) {
	for name, text := range map[string]string{
		"statement":   "package main\n\nimport \"os\"\n\nfunc f() {\n\tx := (\n}\n\nfunc g() { os.Exit(1) }\n",
		"declaration": "package main\n\nimport \"os\"\n\nfunc f( {\n}\n\nfunc g() { os.Exit(1) }\n",
		"brace":       "package main\n\nimport \"os\"\n\nfunc g() { os.Exit(1) }\n\nfunc f() {\n\tif x {\n",
		"nested":      "package main\n\nimport \"os\"\n\nfunc g() { os.Exit(1) }\n\nvar x = " + strings.Repeat("f(", 400) + strings.Repeat(")", 400) + "\n",
	} {
		file := golang.Read([]byte(text))
		if len(file.Unread) == 0 {
			t.Error(name, "nothing is unread")
		}
		if len(file.Imports) != 1 || len(file.Functions) == 0 {
			t.Error(name, shown(file))
		}
	}
	if file := golang.Read([]byte("<html>")); len(file.Unread) == 0 {
		t.Error("a file that is no Go was read")
	}
}

// TestBuilds checks which files a build for Lambda contains.
func TestBuilds(t *testing.T) {
	for name, want := range map[string]bool{
		"main.go": true, "a_linux.go": true, "a_linux_arm64.go": true, "a_windows.go": false, "a_darwin_amd64.go": false, "a_test.go": false, "_a.go": false, "linux.go": true, "windows.go": true, "a.txt": false,
	} {
		if golang.IsPart("dir/"+name) != want {
			t.Errorf("%s: %v, want %v", name, !want, want)
		}
	}
	for text, want := range map[string][2]bool{
		"package a": {true, true}, "// c\n\n//go:build linux\n\npackage a": {true, true}, "//go:build windows\n\npackage a": {false, true},
		"//go:build !windows && go1.20\n\npackage a": {true, true}, "//go:build lambda.norpc\n\npackage a": {true, true}, "//go:build ours\n\npackage a": {false, false},
		"//go:build ignore\n\npackage a": {false, true}, "//go:build (\n\npackage a": {true, false}, "package a\n//go:build windows\n": {true, true},
	} {
		if isPart, isCertain := golang.Builds([]byte(text)); isPart != want[0] || isCertain != want[1] {
			t.Errorf("%q: %v %v, want %v", text, isPart, isCertain, want)
		}
	}
}

// BenchmarkRead reads 1,000 lines.
func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("package main\n\n")
	for i := range 125 {
		fmt.Fprintf(&text, "func handler%d(ctx context.Context, event events.SQSEvent) error {\n\tout, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(bucket)})\n\tif err != nil {\n\t\treturn fmt.Errorf(\"read %%s: %%w\", bucket, err)\n\t}\n\tdefer out.Body.Close()\n\treturn nil\n}\n\n", i)
	}
	for b.Loop() {
		golang.Read([]byte(text.String()))
	}
}

// FuzzRead checks that no text makes the reader panic, and the order of what it returns.
func FuzzRead(f *testing.F) {
	f.Add([]byte("package main\n\nimport \"os\"\n\ntype A struct{ b *c.D }\n\nfunc (a *A) f(x, y int) (z int, err error) {\n\tif err := g(); err != nil {\n\t\treturn 0, err\n\t}\n\tdefer func() { recover() }()\n\treturn a.b[1:2](&T{X: []U{{Y: 1}}}), nil\n}\n"))
	f.Add([]byte("package a\nfunc f[T any](x T) { for i := range x { go func() { select { case <-i: } }() } }\n"))
	f.Add([]byte("package a\nvar x, y = 1\nfunc ( {"))
	f.Add([]byte("//line a.go:99999\npackage a\n\nvar s = \"\\x"))
	f.Fuzz(func(t *testing.T, content []byte) {
		check(t, len(content), golang.Read(content))
	})
}

// check checks that all ranges are in the text, lists in order, and indices in lists.
func check(t *testing.T, length int, file *code.File) {
	t.Helper()
	last := 0
	next := func(what string, r code.Range) {
		if r.Start < last || r.End < r.Start || r.End > length {
			t.Errorf("%s at %v after %d in a text of %d bytes", what, r, last, length)
		}
		last = r.Start
	}
	for _, i := range file.Imports {
		next("import", i.Range)
	}
	last = 0
	for i, f := range file.Functions {
		next("function", f.Range)
		if f.Parent >= i || f.Class >= len(file.Classes) || len(f.Types) != len(f.Parameters) {
			t.Errorf("function %d: %+v", i, f)
		}
	}
	last = 0
	for _, s := range file.Statements {
		next("statement", s.Range)
		if s.Function >= len(file.Functions) || s.Try >= len(file.Tries) {
			t.Errorf("statement: %+v", s)
		}
		for _, root := range []*code.Expr{s.Target, s.Value} {
			for e := range root.All() {
				if e.Range.Start > e.Range.End || e.Range.End > length || e.Kind == code.Func && e.Function >= len(file.Functions) {
					t.Errorf("expression: %+v", e)
				}
			}
		}
	}
	last = 0
	for _, u := range file.Unread {
		next("unread", u)
	}
}
