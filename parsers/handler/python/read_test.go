package python_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/python"
)

// expression renders an expression on one line.
func expression(e *code.Expr) string {
	if e == nil {
		return "nil"
	}
	items := func(from int) string {
		var all []string
		for i, item := range e.Items[from:] {
			key := ""
			if len(e.Keys) > 0 && e.Keys[from+i] != "" {
				key = e.Keys[from+i] + "="
			}
			all = append(all, key+expression(item))
		}
		return strings.Join(all, ", ")
	}
	switch e.Kind {
	case code.String:
		return fmt.Sprintf("%q", e.Text)
	case code.Name, code.Number, code.Bool:
		return e.Text
	case code.Null:
		return "null"
	case code.Member:
		return expression(e.Items[0]) + "." + e.Text
	case code.Index:
		return expression(e.Items[0]) + "[" + expression(e.Items[1]) + "]"
	case code.Call:
		return expression(e.Items[0]) + "(" + items(1) + ")"
	case code.List:
		return "[" + items(0) + "]"
	case code.Map:
		return "{" + items(0) + "}"
	case code.Func:
		return fmt.Sprintf("func%d", e.Function)
	case code.Spread:
		return "*" + expression(e.Items[0])
	case code.Unknown:
		return e.Text + "?(" + items(0) + ")"
	default:
		return string(e.Kind) + "(" + items(0) + ")"
	}
}

// place renders the place of a statement: function, class and try statement.
func place(function, class, try int) string {
	var parts []string
	for _, part := range []struct {
		letter string
		index  int
	}{{"f", function}, {"c", class}, {"t", try}} {
		if part.index != code.Module {
			parts = append(parts, fmt.Sprint(part.letter, part.index))
		}
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, "") + ": "
}

// rendered renders everything in a file except the statements' ranges, in the order imports, functions, classes, try
// statements, statements, unread text.
func rendered(text string) []string {
	file := python.Read([]byte(text))
	var all []string
	add := func(format string, arguments ...any) { all = append(all, fmt.Sprintf(format, arguments...)) }
	for _, i := range file.Imports {
		add("%simport %s|%s|%s%s", place(i.Function, code.Module, i.Try), i.Module, i.Name, i.As, map[bool]string{true: " type"}[i.IsType])
	}
	for _, f := range file.Functions {
		line := fmt.Sprintf("%sdef %s(%s)", place(f.Parent, f.Class, code.Module), f.Name, strings.Join(f.Parameters, " "))
		if f.IsAsync {
			line += " async"
		}
		if len(f.Decorators) > 0 {
			line += " @ " + expression(&code.Expr{Kind: code.List, Items: f.Decorators})
		}
		if f.Globals != nil {
			line += fmt.Sprint(" globals ", f.Globals)
		}
		add("%s", line)
	}
	for _, c := range file.Classes {
		add("%sclass %s %s", place(c.Function, code.Module, code.Module), c.Name, expression(&code.Expr{Kind: code.List, Items: c.Bases}))
	}
	for _, t := range file.Tries {
		line := place(code.Module, code.Module, t.Outer) + "try"
		for _, c := range t.Catches {
			types := "all"
			if c.Types != nil {
				types = expression(&code.Expr{Kind: code.List, Items: c.Types})
			}
			line += fmt.Sprintf(" except %s %s", types, c.Name)
			line = strings.TrimSuffix(line, " ") + map[bool]string{true: " empty"}[c.IsEmpty] + map[bool]string{true: " raises"}[c.Raises]
		}
		add("%s", line)
	}
	for _, s := range file.Statements {
		line := place(s.Function, s.Class, s.Try) + string(s.Kind)
		if s.Target != nil {
			line += " " + expression(s.Target) + " ="
		}
		add("%s %s", line, expression(s.Value))
	}
	for _, u := range file.Unread {
		add("unread %q", text[u.Start:u.End])
	}
	return all
}

func TestRead(t *testing.T) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Split(strings.TrimSpace(strings.ReplaceAll(c.want, "\t", "")), "\n")
			got := rendered(c.text)
			if c.want == "" {
				want = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			check(t, []byte(c.text))
		})
	}
}

// TestRanges checks the text of each range.
func TestRanges(t *testing.T) {
	text := "\ufeffimport os, a.b as c\n@d(1)\nasync def é(x):\n\treturn (os.x)(\n\t\tx, k='y'\n\t)\n\nclass K(B):\n    y: int = lambda: 1 # c\ntry:\n  z()\nexcept E as e:\n  pass\n"
	file := python.Read([]byte(text))
	var got []string
	add := func(what string, r code.Range) { got = append(got, what+" "+text[r.Start:r.End]) }
	for _, i := range file.Imports {
		add("import", i.Range)
	}
	for _, f := range file.Functions {
		add("function", f.Range)
		add("name", f.NameRange)
	}
	add("class", file.Classes[0].Range)
	add("try", file.Tries[0].Range)
	add("catch", file.Tries[0].Catches[0].Range)
	for _, s := range file.Statements {
		add("statement", s.Range)
		for e := range s.Value.All() {
			add(string(e.Kind), e.Range)
		}
	}
	want := []string{
		"import os", "import a.b as c",
		"function @d(1)\nasync def é(x):\n\treturn (os.x)(\n\t\tx, k='y'\n\t)", "name é",
		"function lambda: 1", "name lambda",
		"class class K(B):\n    y: int = lambda: 1", "try try:\n  z()\nexcept E as e:\n  pass", "catch except E as e:\n  pass",
		"statement return (os.x)(\n\t\tx, k='y'\n\t)", "call (os.x)(\n\t\tx, k='y'\n\t)", "member os.x", "name os", "name x", "string 'y'",
		"statement y: int = lambda: 1", "func lambda: 1", "statement 1", "number 1", "statement z()", "call z()", "name z",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNesting checks that deeply nested text is unread and the rest of the file is not.
func TestNesting(t *testing.T) {
	n := 5000
	for name, text := range map[string]string{
		"parentheses": strings.Repeat("(", n) + strings.Repeat(")", n),
		"lists":       strings.Repeat("[a, ", n) + strings.Repeat("]", n),
		"calls":       strings.Repeat("f(", n) + strings.Repeat(")", n),
		"members":     "a" + strings.Repeat(".a", n),
		"subscripts":  "a" + strings.Repeat("[0]", n),
		"lambdas":     strings.Repeat("lambda: ", n) + "1",
		"conditions":  strings.Repeat("a if b else ", n) + "1",
		"yield":       strings.Repeat("yield ", n) + "x",
		"await":       strings.Repeat("await ", n) + "x",
		"fields":      strings.Repeat(`f"{`, n) + "x" + strings.Repeat(`}"`, n),
		"formats":     `f"` + strings.Repeat("{x:", n) + strings.Repeat("}", n) + `"`,
		"patterns":    "match x:\n case " + strings.Repeat("[", n) + strings.Repeat("]", n) + ": pass",
		"unclosed":    strings.Repeat("(", n),
	} {
		file := python.Read([]byte(text + "\nafter()\n"))
		last := file.Statements[len(file.Statements)-1]
		if got := expression(last.Value); got != "after()" || len(file.Unread) == 0 {
			t.Errorf("%s: the last statement is %.100s, unread %v", name, got, file.Unread)
		}
	}
	var blocks strings.Builder
	for i := range 300 {
		fmt.Fprintf(&blocks, "%sif a:\n", strings.Repeat(" ", i))
	}
	fmt.Fprintf(&blocks, "%sdeep()\nafter()\n", strings.Repeat(" ", 300))
	file := python.Read([]byte(blocks.String()))
	last := file.Statements[len(file.Statements)-1]
	if got := expression(last.Value); got != "after()" || len(file.Unread) != 1 {
		t.Errorf("blocks: the last statement is %s, unread %v", got, file.Unread)
	}
	long := python.Read([]byte("x = " + strings.Repeat("- + ", n) + "1\ny = " + strings.Repeat("not ", n) + "1\nz = a" + strings.Repeat(" + a", n) + strings.Repeat(` "a"`, n)))
	if len(long.Statements) != 2 || len(long.Unread) != 1 {
		t.Errorf("chains: %d statements, unread %v", len(long.Statements), long.Unread)
	}
}
