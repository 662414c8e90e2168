package ecmascript_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
)

// format returns an expression in a short form, in which `choice(a, b)` and the like are no calls.
func format(e *code.Expr) string {
	if e == nil {
		return "nothing"
	}
	switch e.Kind {
	case code.String:
		return strconv.Quote(e.Text)
	case code.Number, code.Bool, code.Name:
		return e.Text
	case code.Null:
		return "null"
	case code.Member:
		return format(e.Items[0]) + "." + e.Text
	case code.Index:
		return format(e.Items[0]) + "[" + format(e.Items[1]) + "]"
	case code.Call:
		return format(e.Items[0]) + "(" + formatAll(e.Items[1:]) + ")"
	case code.New:
		return "new " + format(e.Items[0]) + "(" + formatAll(e.Items[1:]) + ")"
	case code.List:
		return "[" + formatAll(e.Items) + "]"
	case code.Map:
		var items []string
		for i, item := range e.Items {
			items = append(items, e.Keys[i]+": "+format(item))
		}
		return "{" + strings.Join(items, ", ") + "}"
	case code.Func:
		return fmt.Sprintf("func%d", e.Function)
	case code.Await:
		return "await " + format(e.Items[0])
	case code.Spread:
		return "..." + format(e.Items[0])
	case code.Unknown:
		return "?" + e.Text + "(" + formatAll(e.Items) + ")"
	default:
		return string(e.Kind) + "(" + formatAll(e.Items) + ")"
	}
}

func formatAll(items []*code.Expr) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = format(item)
	}
	return strings.Join(texts, ", ")
}

// place returns where something is, such as "in func0, class1, try2: ".
func place(function, class, try int) string {
	var parts []string
	for i, n := range []int{function, class, try} {
		if n != code.Module {
			parts = append(parts, []string{"func", "class", "try"}[i]+strconv.Itoa(n))
		}
	}
	if parts == nil {
		return ""
	}
	return "in " + strings.Join(parts, ", ") + ": "
}

func describeImports(f *code.File) (out []string) {
	for _, i := range f.Imports {
		text := fmt.Sprintf("%simport %q %q as %q", place(i.Function, code.Module, i.Try), i.Module, i.Name, i.As)
		if i.IsType {
			text += " (type)"
		}
		out = append(out, text)
	}
	return out
}

func describeExports(f *code.File) (out []string) {
	for _, e := range f.Exports {
		text := fmt.Sprintf("export %q", e.Name)
		if e.Local != "" {
			text += " local " + e.Local
		}
		if e.From != "" {
			text += " from " + e.From
		}
		if e.Value != nil {
			text += " value " + format(e.Value)
		}
		out = append(out, text)
	}
	return out
}

func describeFunctions(f *code.File) (out []string) {
	for i, f := range f.Functions {
		parts := []string{fmt.Sprintf("%sfunc%d %s(%s)", place(f.Parent, f.Class, code.Module), i, f.Name, strings.Join(f.Parameters, ", "))}
		if f.IsAsync {
			parts = append(parts, "async")
		}
		for _, d := range f.Decorators {
			parts = append(parts, "@"+format(d))
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

func describeStatements(f *code.File) (out []string) {
	for _, s := range f.Statements {
		text := place(s.Function, s.Class, s.Try) + string(s.Kind)
		if s.Target != nil {
			text += " " + format(s.Target)
		}
		if s.Kind == code.Assign {
			text += " ="
		}
		if s.Kind != code.Delete {
			text += " " + format(s.Value)
		}
		out = append(out, text)
	}
	return out
}

// describe returns the content of a file, and the text that was not read.
func describe(text string, f *code.File) []string {
	out := describeImports(f)
	out = append(out, describeExports(f)...)
	out = append(out, describeFunctions(f)...)
	for i, c := range f.Classes {
		out = append(out, fmt.Sprintf("%sclass%d %s(%s)", place(c.Function, code.Module, code.Module), i, c.Name, formatAll(c.Bases)))
	}
	for i, t := range f.Tries {
		for _, c := range t.Catches {
			out = append(out, fmt.Sprintf("%stry%d catch %q empty %v raises %v", place(code.Module, code.Module, t.Outer), i, c.Name, c.IsEmpty, c.Raises))
		}
	}
	out = append(out, describeStatements(f)...)
	for _, u := range f.Unread {
		out = append(out, "unread "+strconv.Quote(text[u.Start:u.End]))
	}
	return out
}

type readCase struct {
	name string
	text string
	want []string
}

func run(t *testing.T, language code.Language, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := describe(c.text, ecmascript.Read([]byte(c.text), language))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Read(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}
