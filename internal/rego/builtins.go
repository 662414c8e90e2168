package rego

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// builtin is a built-in function of Rego. It returns an undefined value for arguments that it does not
// accept, which the evaluation reports as a fault.
type builtin func(p *Program, args []Value) Value

// Builtins returns the names of the built-in functions that a program may call.
func Builtins() []string {
	names := make([]string, len(builtins))
	for i, b := range builtins {
		names[i] = b.name
	}
	return names
}

// builtins is the table of built-in functions. A compiled program names them by their position, so
// new ones are added at the end.
var builtins = []struct { //nolint:gochecknoglobals // a table, never written
	name string
	call builtin
}{
	{"array.slice", arraySlice},
	{"concat", concat},
	{"contains", onTexts(strings.Contains)},
	{"count", count},
	{"endswith", onTexts(strings.HasSuffix)},
	{"glob.match", globMatch},
	{"gt", comparing(func(c int) bool { return c > 0 })},
	{"gte", comparing(func(c int) bool { return c >= 0 })},
	{"internal.member_2", member},
	{"internal.template_string", templateString},
	{"lower", onText(strings.ToLower)},
	{"lt", comparing(func(c int) bool { return c < 0 })},
	{"lte", comparing(func(c int) bool { return c <= 0 })},
	{"minus", minus},
	{"neq", comparing(func(c int) bool { return c != 0 })},
	{"equal", comparing(func(c int) bool { return c == 0 })},
	{"object.get", objectGet},
	{"or", union},
	{"and", intersection},
	{"plus", plus},
	{"regex.find_all_string_submatch_n", regexFindAllSubmatch},
	{"regex.find_n", regexFind},
	{"regex.match", regexMatch},
	{"regex.replace", regexReplace},
	{"replace", replace},
	{"sort", sorted},
	{"split", split},
	{"startswith", onTexts(strings.HasPrefix)},
	{"substring", substring},
	{"trim_prefix", onTwo(strings.TrimPrefix)},
	{"trim_suffix", onTwo(strings.TrimSuffix)},
	{"upper", onText(strings.ToUpper)},
}

func builtinNamed(name string) (int32, bool) {
	for i, b := range builtins {
		if b.name == name {
			return int32(i), true //nolint:gosec // an index of a short table
		}
	}
	return 0, false
}

// stringsOf returns an array of strings.
func stringsOf(list []string) Value {
	items := make([]Value, len(list))
	for i, s := range list {
		items[i] = String(s)
	}
	return Array(items)
}

func onText(f func(string) string) builtin {
	return func(_ *Program, args []Value) Value {
		if args[0].kind != text {
			return Value{}
		}
		return String(f(args[0].s))
	}
}

func onTexts(f func(s, part string) bool) builtin {
	return func(_ *Program, args []Value) Value {
		if args[0].kind != text || args[1].kind != text {
			return Value{}
		}
		return Bool(f(args[0].s, args[1].s))
	}
}

func onTwo(f func(s, part string) string) builtin {
	return func(_ *Program, args []Value) Value {
		if args[0].kind != text || args[1].kind != text {
			return Value{}
		}
		return String(f(args[0].s, args[1].s))
	}
}

func comparing(holds func(c int) bool) builtin {
	return func(_ *Program, args []Value) Value { return Bool(holds(compare(args[0], args[1]))) }
}

func count(_ *Program, args []Value) Value {
	switch a := args[0]; a.kind { //nolint:exhaustive // other kinds are not accepted
	case text:
		return Int(utf8.RuneCountInString(a.s))
	case array, object, set:
		return Int(a.c.length(a.kind))
	}
	return Value{}
}

func concat(_ *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != array && args[1].kind != set {
		return Value{}
	}
	parts := make([]string, 0, len(args[1].Items()))
	for _, item := range args[1].Items() {
		if item.kind != text {
			return Value{}
		}
		parts = append(parts, item.s)
	}
	return String(strings.Join(parts, args[0].s))
}

func arraySlice(_ *Program, args []Value) Value {
	if args[0].kind != array || args[1].kind != integer || args[2].kind != integer {
		return Value{}
	}
	items := args[0].c.items
	stop := min(max(args[2].n, 0), int64(len(items)))
	start := min(max(args[1].n, 0), stop)
	return Array(items[start:stop:stop])
}

func member(_ *Program, args []Value) Value {
	x, in := args[0], args[1]
	switch in.kind { //nolint:exhaustive // other kinds are not accepted
	case set:
		return Bool(in.get(x).kind != undefined)
	case array, object:
		return Bool(slices.ContainsFunc(in.c.items, func(v Value) bool { return equal(x, v) }))
	}
	return Bool(false)
}

func templateString(_ *Program, args []Value) Value {
	var out strings.Builder
	for _, part := range args[0].Items() {
		if part.kind == set {
			members := part.c.members()
			if len(members) > 1 {
				return Value{}
			}
			if len(members) == 0 {
				out.WriteString("<undefined>")
				continue
			}
			part = members[0]
		}
		if part.kind == text {
			out.WriteString(part.s)
			continue
		}
		part.render(&out)
	}
	return String(out.String())
}

func minus(_ *Program, args []Value) Value {
	a, b := args[0], args[1]
	switch {
	case a.kind == integer && b.kind == integer:
		return Value{kind: integer, n: a.n - b.n}
	case isNumber(a.kind) && isNumber(b.kind):
		return Float(a.asFloat() - b.asFloat())
	case a.kind == set && b.kind == set:
		rest := make([]Value, 0, len(a.c.members()))
		for _, m := range a.c.members() {
			if b.get(m).kind == undefined {
				rest = append(rest, m)
			}
		}
		return Value{kind: set, c: &composite{keys: rest}}
	}
	return Value{}
}

func plus(_ *Program, args []Value) Value {
	a, b := args[0], args[1]
	switch {
	case a.kind == integer && b.kind == integer:
		return Value{kind: integer, n: a.n + b.n}
	case isNumber(a.kind) && isNumber(b.kind):
		return Float(a.asFloat() + b.asFloat())
	}
	return Value{}
}

func union(_ *Program, args []Value) Value {
	if args[0].kind != set || args[1].kind != set {
		return Value{}
	}
	all := append(slices.Clone(args[0].c.members()), args[1].c.members()...)
	return Value{kind: set, c: &composite{keys: all, dirty: true}}
}

func intersection(_ *Program, args []Value) Value {
	if args[0].kind != set || args[1].kind != set {
		return Value{}
	}
	var both []Value
	for _, m := range args[0].c.members() {
		if args[1].get(m).kind != undefined {
			both = append(both, m)
		}
	}
	return Value{kind: set, c: &composite{keys: both}}
}

func objectGet(_ *Program, args []Value) Value {
	if args[0].kind != object {
		return Value{}
	}
	path := []Value{args[1]}
	if args[1].kind == array {
		path = args[1].c.items
	}
	v := args[0]
	for _, step := range path {
		if v = v.get(step); v.kind == undefined {
			return args[2]
		}
	}
	return v
}

func sorted(_ *Program, args []Value) Value {
	if args[0].kind != array && args[0].kind != set {
		return Value{}
	}
	items := slices.Clone(args[0].Items())
	slices.SortStableFunc(items, compare)
	return Array(items)
}

func split(_ *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text {
		return Value{}
	}
	return stringsOf(strings.Split(args[0].s, args[1].s))
}

func replace(_ *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text || args[2].kind != text {
		return Value{}
	}
	return String(strings.NewReplacer(args[1].s, args[2].s).Replace(args[0].s))
}

func substring(_ *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != integer || args[2].kind != integer || args[1].n < 0 {
		return Value{}
	}
	runes := []rune(args[0].s)
	start := min(args[1].n, int64(len(runes)))
	end := int64(len(runes))
	if args[2].n >= 0 {
		end = start + min(args[2].n, end-start)
	}
	return String(string(runes[start:end]))
}

func globMatch(p *Program, args []Value) Value {
	if args[0].kind != text || args[2].kind != text {
		return Value{}
	}
	var separators []rune
	switch args[1].kind {
	case null:
	case array:
		for _, item := range args[1].c.items {
			r, size := utf8.DecodeRuneInString(item.s)
			if item.kind != text || size == 0 || size != len(item.s) {
				return Value{}
			}
			separators = append(separators, r)
		}
		if len(separators) == 0 {
			separators = []rune{'.'}
		}
	default:
		return Value{}
	}
	if g := p.patterns.globOf(args[0].s, separators); g != nil {
		return Bool(g.Match(args[2].s))
	}
	return Value{}
}

func regexMatch(p *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text {
		return Value{}
	}
	return p.matching(args[0].s, args[1].s, Bool(false), func(re *pattern) Value { return Bool(re.MatchString(args[1].s)) })
}

func regexFind(p *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text || args[2].kind != integer {
		return Value{}
	}
	re := p.patterns.regexp(args[0].s)
	if re == nil {
		return Value{}
	}
	return stringsOf(re.FindAllString(args[1].s, int(args[2].n)))
}

func regexFindAllSubmatch(p *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text || args[2].kind != integer {
		return Value{}
	}
	find := func(re *pattern) Value {
		found := re.FindAllStringSubmatch(args[1].s, int(args[2].n))
		outer := make([]Value, len(found))
		for i := range found {
			outer[i] = stringsOf(found[i])
		}
		return Array(outer)
	}
	if args[2].n != -1 {
		if re := p.patterns.regexp(args[0].s); re != nil {
			return find(re)
		}
		return Value{}
	}
	return p.matching(args[0].s, args[1].s, Array(nil), find)
}

func regexReplace(p *Program, args []Value) Value {
	if args[0].kind != text || args[1].kind != text || args[2].kind != text {
		return Value{}
	}
	if re := p.patterns.regexp(args[1].s); re != nil {
		return String(re.ReplaceAllString(args[0].s, args[2].s))
	}
	return Value{}
}
