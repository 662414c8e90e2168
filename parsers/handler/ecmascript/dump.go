//go:build ignore

// Dump prints what package ecmascript reads from each file whose path is a line of the standard input: a line of JSON each,
// for .ci/handler-ecmascript, which compares it with the package typescript. With an argument N it instead reads N mutations of
// each file, and fails if one panics, takes too long or has ranges outside of the file.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
)

func main() {
	mutations := 0
	if len(os.Args) > 1 {
		mutations, _ = strconv.Atoi(os.Args[1])
	}
	var spent time.Duration
	files, lines := 0, 0
	input, output := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	for input.Scan() {
		text, err := os.ReadFile(input.Text())
		if err != nil {
			fail(err)
		}
		files++
		lines += strings.Count(string(text), "\n")
		if mutations > 0 {
			mutate(input.Text(), text, mutations)
			continue
		}
		start := time.Now()
		file := ecmascript.Read(text, language(input.Text()))
		spent += time.Since(start)
		line, err := json.Marshal(dump(string(text), file))
		if err != nil {
			fail(err)
		}
		output.Write(append(line, '\n'))
	}
	if err := output.Flush(); err != nil {
		fail(err)
	}
	if mutations > 0 {
		fmt.Fprintf(os.Stderr, "%d mutations of %d files: no panic, no hang\n", mutations*files, files)
		return
	}
	fmt.Fprintf(os.Stderr, "lintel read %d files, %d lines in %v: %.2f ms per 1,000 lines\n", files, lines, spent.Round(time.Millisecond),
		float64(spent.Microseconds())/float64(lines))
}

func fail(problems ...any) {
	fmt.Fprintln(os.Stderr, problems...)
	os.Exit(1)
}

func language(path string) code.Language {
	for _, suffix := range []string{".ts", ".tsx", ".mts", ".cts"} {
		if strings.HasSuffix(path, suffix) {
			return code.TypeScript
		}
	}
	return code.JavaScript
}

// mutate reads variants of a file: cut at the end or the start, without some of its lines, with a part repeated elsewhere.
func mutate(path string, text []byte, n int) {
	random := rand.New(rand.NewPCG(17, uint64(len(text))))
	for i := range n {
		changed := slices.Clone(text)
		a, b := random.IntN(len(text)+1), random.IntN(len(text)+1)
		switch a, b = min(a, b), max(a, b); i % 5 {
		case 0:
			changed = changed[:b]
		case 1:
			changed = changed[a:]
		case 2:
			changed = slices.Delete(changed, a, min(b, a+40))
		case 3:
			lines := strings.SplitAfter(string(text), "\n")
			lines = slices.DeleteFunc(lines, func(string) bool { return random.IntN(10) == 0 })
			changed = []byte(strings.Join(lines, ""))
		default:
			changed = slices.Insert(changed, a, text[b:min(b+20, len(text))]...)
		}
		start := time.Now()
		file := ecmascript.Read(changed, language(path))
		if took := time.Since(start); took > time.Second+time.Duration(len(changed))*5*time.Microsecond {
			fail(path, "mutation", i, "took", took)
		}
		for _, r := range file.Unread {
			if r.Start < 0 || r.Start > r.End || r.End > len(changed) {
				fail(path, "mutation", i, "has the range", r)
			}
		}
	}
}

// contents is what is compared.
type contents struct {
	Functions []string `json:"functions"`
	Imports   []string `json:"imports"`
	Exports   []string `json:"exports"`
	Calls     []string `json:"calls"`
	Strings   []string `json:"strings"`
	Unread    int      `json:"unread"`
}

// dumper collects the contents of a file.
type dumper struct {
	file  *code.File
	lines []int // starts of lines
	seen  map[code.Range]map[code.ExprKind]bool
	out   contents
}

func dump(text string, file *code.File) contents {
	d := &dumper{file: file, seen: map[code.Range]map[code.ExprKind]bool{}, lines: lineStarts(text)}
	d.out.Unread = len(file.Unread)
	for _, f := range file.Functions {
		d.out.Functions = append(d.out.Functions, fmt.Sprintf("%s:%d", f.Name, d.line(f.Range.Start)))
		for _, e := range f.Decorators {
			d.add(e, f.Parent)
		}
	}
	for _, i := range file.Imports {
		d.out.Imports = append(d.out.Imports, fmt.Sprintf("%s|%s|%s|%v", i.Module, i.Name, i.As, i.IsType))
	}
	for _, e := range file.Exports {
		d.out.Exports = append(d.out.Exports, e.Name+"|"+e.From)
	}
	for _, c := range file.Classes {
		for _, base := range c.Bases {
			d.add(base, c.Function)
		}
	}
	for _, s := range file.Statements {
		d.add(s.Target, s.Function)
		d.add(s.Value, s.Function)
	}
	for _, list := range []*[]string{&d.out.Functions, &d.out.Imports, &d.out.Exports, &d.out.Calls, &d.out.Strings} {
		slices.Sort(*list)
	}
	d.out.Exports = slices.Compact(d.out.Exports)
	return d.out
}

// add adds the calls and strings of an expression in a function.
func (d *dumper) add(root *code.Expr, function int) {
	within := 0
	if function != code.Module {
		within = d.line(d.file.Functions[function].Range.Start)
	}
	for e := range root.All() {
		switch e.Kind {
		case code.String, code.Call, code.New:
		default:
			continue
		}
		if d.seen[e.Range][e.Kind] {
			continue
		}
		if d.seen[e.Range] == nil {
			d.seen[e.Range] = map[code.ExprKind]bool{}
		}
		d.seen[e.Range][e.Kind] = true
		if e.Kind == code.String {
			d.out.Strings = append(d.out.Strings, e.Text)
			continue
		}
		name := path(e.Items[0])
		if e.Kind == code.New {
			name = "new " + name
		}
		d.out.Calls = append(d.out.Calls, fmt.Sprintf("%s/%d:%d-%d in %d", name, len(e.Items)-1, d.line(e.Range.Start), d.line(e.Range.End-1), within))
	}
}

// path returns the dotted path of a callee, in which anything that has no name is "?".
func path(e *code.Expr) string {
	switch e.Kind {
	case code.Name:
		return e.Text
	case code.Member:
		return path(e.Items[0]) + "." + e.Text
	default:
		return "?"
	}
}

func lineStarts(text string) []int {
	starts := []int{0}
	for i, char := range text {
		if char == '\n' || char == '\r' && !strings.HasPrefix(text[i+1:], "\n") || char == '\u2028' || char == '\u2029' {
			starts = append(starts, i+len(string(char)))
		}
	}
	return starts
}

func (d *dumper) line(pos int) int {
	n, found := slices.BinarySearch(d.lines, pos)
	if found {
		n++
	}
	return n
}
