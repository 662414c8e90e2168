//go:build ignore

// This program reads the paths of Python files, one a line, and prints what the reader finds in each as a line of JSON.
// .ci/handler-python compares it with what the parser of CPython finds.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sort"
	"time"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/python"
)

// facts are what is compared. The lines start at 1.
type facts struct {
	Functions [][3]any // name, line, class
	Imports   [][3]string
	Calls     [][4]any // callee, number of arguments, keywords, line
	Strings   []string // in hexadecimal digits
	Unread    []int    // lines
	Lines     int
	Time      time.Duration
}

func main() {
	paths := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for paths.Scan() {
		text, err := os.ReadFile(paths.Text())
		if err == nil {
			err = out.Encode(read(text))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "dump:", err)
			os.Exit(1)
		}
	}
}

func read(text []byte) facts {
	start := time.Now()
	file := python.Read(text)
	d := dumper{text: text, seen: map[*code.Expr]bool{}}
	d.facts.Time = time.Since(start)
	d.lines()
	for _, f := range file.Functions {
		called, class := f.Name, ""
		if string(text[f.NameRange.Start:f.NameRange.End]) == "lambda" {
			called = "<lambda>"
		}
		if f.Class != code.Module {
			class = file.Classes[f.Class].Name
		}
		d.facts.Functions = append(d.facts.Functions, [3]any{called, d.line(f.NameRange.Start), class})
		d.all(f.Decorators)
	}
	for _, i := range file.Imports {
		d.facts.Imports = append(d.facts.Imports, [3]string{i.Module, i.Name, i.As})
	}
	for _, c := range file.Classes {
		d.all(c.Bases)
	}
	for _, t := range file.Tries {
		for _, c := range t.Catches {
			d.all(c.Types)
		}
	}
	for _, s := range file.Statements {
		d.all([]*code.Expr{s.Target, s.Value})
	}
	for _, u := range file.Unread {
		d.facts.Unread = append(d.facts.Unread, d.line(u.Start))
	}
	return d.facts
}

type dumper struct {
	text   []byte
	starts []int // of lines
	seen   map[*code.Expr]bool
	facts  facts
}

func (d *dumper) lines() {
	d.starts = []int{0}
	for i, c := range d.text {
		if c == '\n' || c == '\r' && (i+1 == len(d.text) || d.text[i+1] != '\n') {
			d.starts = append(d.starts, i+1)
		}
	}
	d.facts.Lines = len(d.starts)
}

func (d *dumper) line(offset int) int { return sort.SearchInts(d.starts, offset+1) }

func (d *dumper) all(expressions []*code.Expr) {
	for _, e := range expressions {
		d.expression(e)
	}
}

func (d *dumper) expression(e *code.Expr) {
	if e == nil || d.seen[e] {
		return
	}
	d.seen[e] = true
	switch e.Kind {
	case code.Call:
		keys := []string{}
		for _, key := range e.Keys {
			if key != "" {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		d.facts.Calls = append(d.facts.Calls, [4]any{callee(e.Items[0]), len(e.Items) - 1, keys, d.line(e.Range.Start)})
	case code.String:
		d.facts.Strings = append(d.facts.Strings, hex.EncodeToString([]byte(e.Text)))
	case code.Map:
		for _, key := range e.Keys {
			if key != "" && (key[0] < '0' || key[0] > '9') && key[0] != '-' && key[0] != '.' { // numbers are keys, too
				d.facts.Strings = append(d.facts.Strings, hex.EncodeToString([]byte(key)))
			}
		}
	case code.Concat:
		if slices.ContainsFunc(e.Items, func(e *code.Expr) bool { return e.Kind == code.Unknown && len(e.Items) == 0 }) {
			for _, item := range e.Items { // a string with a character that is given by its name
				d.seen[item] = item.Kind == code.String
			}
		}
	}
	d.all(e.Items)
}

// callee returns the dotted path of what is called, or its kind.
func callee(e *code.Expr) string {
	if path, ok := e.Path(); ok {
		return path
	}
	if e.Kind == code.Member {
		return "member:" + e.Text
	}
	return string(e.Kind)
}
