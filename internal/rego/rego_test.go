package rego_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/rego"
)

// program loads listings; data is what they see as data.
func program(t *testing.T, data, listing string) *rego.Program {
	t.Helper()
	value, err := rego.ParseJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	return rego.Load(
		func(string) (string, error) { return listing, nil },
		func(key string) (rego.Value, error) { return value.Member(key), nil },
	)
}

func parse(t *testing.T, text string) rego.Value {
	t.Helper()
	value, err := rego.ParseJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestOrderOfValues(t *testing.T) {
	ascending := []string{
		`null`, `false`, `true`, `-1`, `0`, `0.5`, `1`, `"a"`, `"b"`, `[]`, `[1]`, `[1, 0]`, `[2]`, `{}`, `{"a": 1}`, `{"a": 2}`, `{"b": 0}`,
	}
	for i, a := range ascending {
		for j, b := range ascending {
			got := evaluate(t, `[`+a+`, `+b+`]`, "builtin 6 lt 4 5")
			if want := i < j; got != want {
				t.Errorf("%s < %s is %v", a, b, got)
			}
		}
	}
}

// evaluate returns whether a statement on the two elements of the input gives true.
func evaluate(t *testing.T, input, statement string) any {
	t.Helper()
	p := program(t, `{}`, "func p 8 0 1\n{\ndot 4 0 #0\ndot 5 0 #1\n"+statement+"\nreturn 6\n}\n")
	value, err := p.Evaluate(parse(t, input)).Rule(t.Context(), "p")
	if fault, ok := errors.AsType[*rego.Fault](err); err != nil && (!ok || fault.Function != "p" || value.IsDefined()) {
		t.Fatal(err)
	}
	return value.JSON()
}

func TestBuiltins(t *testing.T) {
	for _, tt := range []struct {
		input, statement string
		want             any
	}{
		{`["ab", "b"]`, "builtin 6 endswith 4 5", true},
		{`["é1", ""]`, "builtin 6 count 4", 2.0},
		{`["s3:Get*", "s3:GetObject"]`, "builtin 6 glob.match 4 null 5", true},
		{`["s3:[", "s3:["]`, "builtin 6 glob.match 4 null 5", nil},
		{`["(", "x"]`, "builtin 6 regex.match 4 5", nil},
		{`["héllo", 1]`, "builtin 6 substring 4 5 #3", "éll"},
		{`["héllo", 9]`, "builtin 6 substring 4 5 #3", ""},
		{`["x", -1]`, "builtin 6 substring 4 5 #3", nil},
		{`[{"a": {"b": 1}}, ["a", "b"]]`, "builtin 6 object.get 4 5 #0", 1.0},
		{`[{"a": 1}, "b"]`, "builtin 6 object.get 4 5 #0", 0.0},
		{`[[3, 1, 2], 1]`, "builtin 6 sort 4", []any{1.0, 2.0, 3.0}},
		{`[[3, 1, 2], 1]`, "builtin 6 array.slice 4 5 #9", []any{1.0, 2.0}},
		{`[["a", 1, null], 0]`, "builtin 6 internal.template_string 4", "a1null"},
		{`["a", [1, "a"]]`, "builtin 6 internal.member_2 4 5", true},
		{`[3, 1.5]`, "builtin 6 minus 4 5", 1.5},
		{`["a,b", ","]`, "builtin 6 split 4 5", []any{"a", "b"}},
		{`["a", 1]`, "builtin 6 concat 4 5", nil},
	} {
		if diff := cmp.Diff(tt.want, evaluate(t, tt.input, tt.statement)); diff != "" {
			t.Errorf("%s %s: %s", tt.input, tt.statement, diff)
		}
	}
}

// scanning finds the elements of input.list for which a condition holds.
const scanning = `func rules.x.deny 20 0 1
{
set 3
dot 4 0 "list"
scan 5 6 4 {
CONDITION
object 10
dot 11 6 "at"
insert 10 "at" 11 0
add 3 10
}
return 3
}
`

func deny(t *testing.T, p *rego.Evaluation) rego.Value {
	t.Helper()
	value, err := p.Rule(t.Context(), "rules.x.deny")
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestScan(t *testing.T) {
	p := program(t, `{}`, strings.Replace(scanning, "CONDITION", "dot 7 6 \"value\"\nequal 7 \"bad\"", 1))
	got := deny(t, p.Evaluate(parse(t, `{"list": [{"at": 1, "value": "bad"}, {"at": 2, "value": "good"}, {"at": 3}]}`)))
	if got.String() != `{{"at": 1}}` {
		t.Error(got)
	}
}

func TestNot(t *testing.T) {
	p := program(t, `{}`, strings.Replace(scanning, "CONDITION", "not {\ndot 7 6 \"value\"\nequal 7 \"good\"\n}", 1))
	got := deny(t, p.Evaluate(parse(t, `{"list": [{"at": 1, "value": "bad"}, {"at": 2, "value": "good"}, {"at": 3}]}`)))
	if got.String() != `{{"at": 1}, {"at": 3}}` {
		t.Error(got)
	}
}

func TestData(t *testing.T) {
	p := program(t, `{"bad": {"x": true}}`, strings.Replace(scanning, "CONDITION", "dot 7 6 \"value\"\ndot 8 1 \"bad\"\ndot 9 8 7", 1))
	got := deny(t, p.Evaluate(parse(t, `{"list": [{"at": 1, "value": "x"}, {"at": 2, "value": "y"}]}`)))
	if got.String() != `{{"at": 1}}` {
		t.Error(got)
	}
}

func TestConflict(t *testing.T) {
	p := program(t, `{}`, "func p 4 0 1\n{\nonce 3 #1\nonce 3 #2\nreturn 3\n}\n")
	if _, err := p.Evaluate(parse(t, `{}`)).Rule(t.Context(), "p"); err == nil {
		t.Error("two values are no error")
	}
}

func TestDamagedListings(t *testing.T) {
	for _, listing := range []string{
		"func p 4 0 1\n{\nfly 3\n}\n", "func p 4 0 1\n{\nreturn x\n}\n", "func p 4 0 1\n{\ncall 3 q 0 1\n}\n", "func q 4 0 1\n{\n}\n",
		"func p 4 0 1\n{\nbuiltin 3 http.send 0\n}\n", "func p 4 0 1\n{\nequal 3 \"a\n}\n", "func p 4 0 1\nreturn 3\n",
	} {
		if err := program(t, `{}`, listing).Check("p"); err == nil {
			t.Errorf("%q is read", listing)
		}
	}
}

// TestMay asks what a rule may find about one element whose value is unknown.
func TestMay(t *testing.T) {
	const equal = "dot 7 6 \"value\"\nequal 7 \"bad\""
	const variable = "dot 7 6 \"value\"\nequal 7 \"${aws:SourceVpce}\""
	const different = "dot 7 6 \"value\"\ndiffer 7 \"good\""
	const negated = "not {\ndot 7 6 \"value\"\nequal 7 \"good\"\n}"
	const starts = "dot 7 6 \"value\"\nbuiltin 8 startswith 7 \"ba\"\ndiffer 8 false"
	oneOf := func(texts ...string) rego.Value {
		var all []rego.Value
		for _, text := range texts {
			all = append(all, rego.String(text))
		}
		return rego.OneOf(1, all)
	}
	for _, tt := range []struct {
		name, condition string
		value           rego.Value
		want            string // finds, may find, does not find
	}{
		{"anything", equal, rego.Unknown(1, "", ""), "may find"},
		{"anything is not", different, rego.Unknown(1, "", ""), "may find"},
		{"anything is not, negated", negated, rego.Unknown(1, "", ""), "may find"},
		{"a prefix that fits", equal, rego.Unknown(1, "b", ""), "may find"},
		{"a prefix that does not", equal, rego.Unknown(1, "x", ""), "does not find"},
		{"a suffix that does not", equal, rego.Unknown(1, "", "x"), "does not find"},
		{"a prefix that is enough", starts, rego.Unknown(1, "bad-", ""), "finds"},
		{"a prefix that is too short", starts, rego.Unknown(1, "b", ""), "may find"},
		{"all bad", different, oneOf("bad", "worse"), "finds"},
		{"all bad, negated", negated, oneOf("bad", "worse"), "finds"},
		{"some bad", different, oneOf("bad", "good"), "may find"},
		{"none bad", equal, oneOf("good", "better"), "does not find"},
		{"all begin so", starts, oneOf("bad", "bald"), "finds"},
		{"some begin so", starts, oneOf("bad", "good"), "may find"},
		{"a number", equal, rego.Int(1), "does not find"},
		{"a policy variable", variable, rego.Unknown(1, "", ""), "does not find"},
		{"a policy variable that begins in the policy", variable, rego.Unknown(1, "${aws:", ""), "may find"},
	} {
		p := program(t, `{}`, strings.Replace(scanning, "CONDITION", tt.condition, 1))
		element := rego.Object([]string{"at", "value"}, []rego.Value{rego.Int(7), tt.value})
		input := rego.Object([]string{"list"}, []rego.Value{rego.Array([]rego.Value{element})})
		if got := asked(t, p, input); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func asked(t *testing.T, p *rego.Program, input rego.Value) string {
	t.Helper()
	items := deny(t, p.May(input)).Items()
	if len(items) == 0 {
		return "does not find"
	}
	if _, ok := items[0].Depends(); ok {
		return "may find"
	}
	return "finds"
}

// TestMayHaveMore has a list that may have more elements than it is known to have.
func TestMayHaveMore(t *testing.T) {
	p := program(t, `{}`, strings.Replace(scanning, "CONDITION", "dot 7 6 \"value\"\nequal 7 \"bad\"", 1))
	element := parse(t, `{"at": 7, "value": "good"}`)
	input := rego.Object([]string{"list"}, []rego.Value{rego.Open([]rego.Value{element}, 3)})
	items := deny(t, p.May(input)).Items()
	if len(items) != 1 {
		t.Fatal(items)
	}
	if node, ok := items[0].Depends(); !ok || node != 3 {
		t.Errorf("it depends on %d, %v", node, ok)
	}
}

// TestMayBeOneOfLists scans a value that is one of several lists.
func TestMayBeOneOfLists(t *testing.T) {
	p := program(t, `{}`, strings.Replace(scanning, "CONDITION", "dot 7 6 \"value\"\nequal 7 \"bad\"", 1))
	good, better := parse(t, `[{"at": 7, "value": "good"}]`), parse(t, `[{"at": 7, "value": "better"}, {"at": 8, "value": "good"}]`)
	for name, tt := range map[string]struct {
		lists []rego.Value
		want  string
	}{
		"none bad":               {[]rego.Value{good, better}, "does not find"},
		"one bad":                {[]rego.Value{good, parse(t, `[{"at": 7, "value": "bad"}]`)}, "may find"},
		"one empty":              {[]rego.Value{good, parse(t, `[]`)}, "does not find"},
		"a text beside a list":   {[]rego.Value{rego.String("bad"), good}, "does not find"},
		"one may have more":      {[]rego.Value{good, rego.Open(better.Items(), 3)}, "may find"},
		"one has an unknown one": {[]rego.Value{good, rego.Array([]rego.Value{rego.Object([]string{"at", "value"}, []rego.Value{rego.Int(7), rego.Unknown(4, "", "")})})}, "may find"},
	} {
		input := rego.Object([]string{"list"}, []rego.Value{rego.OneOf(1, tt.lists)})
		if got := asked(t, p, input); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestInsertOutOfOrder adds keys to an object in no order and asks for each before: the object finds what it contains, in
// time that does not grow with the square of the keys.
func TestInsertOutOfOrder(t *testing.T) {
	for name, key := range map[string]func(i int) rego.Value{
		"texts":   func(i int) rego.Value { return rego.String(strconv.Itoa(i * 7919 % 50_000)) },
		"numbers": func(i int) rego.Value { return rego.Int(i * 7919 % 50_000) },
		"mixed": func(i int) rego.Value {
			if i%2 == 0 {
				return rego.Int(i)
			}
			return rego.String(strconv.Itoa(i))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := rego.NewObject()
			for i := range 50_000 {
				if o.Has(key(i)) {
					t.Fatalf("%v is there before it is added", key(i))
				}
				o.Insert(key(i), rego.Int(i))
				if got, _ := o.Get(key(i)).Number(); got != i {
					t.Fatalf("%v has the value %d, want %d", key(i), got, i)
				}
			}
			if got := o.Len(); got != 50_000 {
				t.Errorf("%d keys", got)
			}
			for _, i := range []int{0, 1, 777, 49_999} { // now in order
				if got, _ := o.Get(key(i)).Number(); got != i {
					t.Errorf("%v has the value %d, want %d", key(i), got, i)
				}
			}
		})
	}
}

// TestLimitOfStatements asks a question that takes more statements than it may, most of them in a function whose results are
// remembered. The outcome must not depend on what is remembered from earlier questions, or calls.
func TestLimitOfStatements(t *testing.T) {
	listing := "func rules.x.deny 20 0 1\n{\nset 3\ndot 4 0 \"list\"\nscan 5 6 4 {\ncall 7 f 0 1 6\n}\nreturn 3\n}\n" +
		"func f 8 0 1 2\n{\n" + strings.Repeat("equal 2 2\n", 100) + "return 2\n}\n"
	p := program(t, `{}`, listing)
	list := func(element rego.Value, n int) rego.Value {
		return rego.Object([]string{"list"}, []rego.Value{rego.Array(slices.Repeat([]rego.Value{element}, n))})
	}
	texts := func(n int) rego.Value { return list(rego.String("a"), n) }
	for range 2 {
		for _, element := range []rego.Value{rego.String("a"), parse(t, `{"at": 1}`)} {
			if _, err := p.May(list(element, 100)).Rule(t.Context(), "rules.x.deny"); err != nil {
				t.Error(err)
			}
			if _, err := p.May(list(element, 6000)).Rule(t.Context(), "rules.x.deny"); !errors.Is(err, rego.ErrOpen) {
				t.Errorf("600,000 statements: %v", err)
			}
			if _, err := p.Evaluate(list(element, 6000)).Rule(t.Context(), "rules.x.deny"); err != nil {
				t.Error(err)
			}
		}
	}
	spare := 1 << 19
	for _, want := range []error{nil, rego.ErrOpen, rego.ErrOpen} { // the first leaves too few for the second
		e := p.May(texts(6000))
		e.Spare(&spare)
		if _, err := e.Rule(t.Context(), "rules.x.deny"); !errors.Is(err, want) {
			t.Errorf("%v, want %v; %d statements are left", err, want, spare)
		}
	}
}

// TestLimitOfTime asks short and long questions with a limit that is over at once. The timer of a question ends with it.
func TestLimitOfTime(t *testing.T) {
	p := program(t, `{}`, "func rules.x.deny 20 0 1\n{\nset 3\ndot 4 0 \"list\"\nscan 5 6 4 {\nadd 3 6\n}\nreturn 3\n}\n")
	errLate := errors.New("the time is over")
	for _, test := range []struct {
		items int
		want  error
	}{{10, nil}, {6000, errLate}, {10, nil}} {
		e := p.Evaluate(rego.Object([]string{"list"}, []rego.Value{rego.Array(slices.Repeat([]rego.Value{rego.String("a")}, test.items))}))
		e.Limit(time.Nanosecond, errLate)
		for range 2 {
			if _, err := e.Rule(t.Context(), "rules.x.deny"); !errors.Is(err, test.want) {
				t.Errorf("%d items: %v, want %v", test.items, err, test.want)
			}
		}
	}
}

// TestUnknownKey looks up a key that is one of several.
func TestUnknownKey(t *testing.T) {
	p := program(t, `{}`, strings.Replace(scanning, "CONDITION", "dot 7 6 \"value\"\ndot 8 6 \"of\"\ndot 7 8 7\nequal 7 #1", 1))
	for _, tt := range []struct{ keys, want string }{
		{"a b", "finds"}, {"a x", "may find"}, {"a c", "may find"}, {"x y", "does not find"}, {"c d", "does not find"},
	} {
		var keys []rego.Value
		for name := range strings.FieldsSeq(tt.keys) {
			keys = append(keys, rego.String(name))
		}
		element := rego.Object([]string{"at", "of", "value"}, []rego.Value{rego.Int(7), parse(t, `{"a": 1, "b": 1, "c": 2, "d": 2}`), rego.OneOf(3, keys)})
		if got := asked(t, p, rego.Object([]string{"list"}, []rego.Value{rego.Array([]rego.Value{element})})); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.keys, got, tt.want)
		}
	}
}

// TestRecall calls a function twice with the same argument. The second call must have the result of the first, the doubt in which
// its argument is, and what the function does not accept.
func TestRecall(t *testing.T) {
	const listing = "func rules.x.deny 20 0 1\n{\nset 3\ndot 4 0 \"list\"\nscan 5 6 4 {\ncall 7 f 0 1 6 1\nadd 3 7\n}\nreturn 3\n}\nfunc f 8 0 1 2 3\n{\n"
	long := strings.Repeat("equal 2 2\n", 20)
	doubtful := rego.OneOf(3, []rego.Value{parse(t, `{"at": 1}`)})
	for _, tt := range []struct {
		name, body string
		elements   []rego.Value
		may        bool
		want       string
	}{
		{"twice", "dot 3 2 \"at\"\nreturn 3\n}\n", slices.Repeat([]rego.Value{parse(t, `{"at": 1}`)}, 2), false, "{1}"},
		{"equal and different", "dot 3 2 \"at\"\nreturn 3\n}\n", []rego.Value{parse(t, `{"at": 1}`), parse(t, `{"at": 2}`)}, false, "{1, 2}"},
		{"texts and numbers", "return 2\n}\n", []rego.Value{rego.Int(1), rego.String("1"), rego.Bool(true), rego.Int(1)}, false, `{true, 1, "1"}`},
		{"texts", "return 2\n}\n", []rego.Value{rego.String("a"), rego.String("b"), rego.String("a")}, false, `{"a", "b"}`},
		{"not accepted", "builtin 3 endswith 2 \"x\"\nreturn 3\n}\n", slices.Repeat([]rego.Value{parse(t, `{"at": 1}`)}, 2), false, "endswith in f does not accept its arguments"},
		{"unknown", "dot 3 2 \"at\"\nreturn 3\n}\n", slices.Repeat([]rego.Value{doubtful}, 2), true, "{1}"},
	} {
		p := program(t, `{}`, listing+long+tt.body)
		input := rego.Object([]string{"list"}, []rego.Value{rego.Array(tt.elements)})
		e := p.Evaluate(input)
		if tt.may {
			e = p.May(input)
		}
		for range 2 {
			value, err := e.Rule(t.Context(), "rules.x.deny")
			got := value.String()
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
			}
		}
	}
}

// TestRelease evaluates in memory that earlier evaluations have released. The results that the program remembers must not be in it.
func TestRelease(t *testing.T) {
	p := program(t, `{}`, "func rules.x.deny 20 0 1\n{\nset 3\ndot 4 0 \"list\"\nscan 5 6 4 {\ncall 8 g 0 1 6 1\ncall 7 f 0 1 6\nadd 3 7\n}\nreturn 3\n}\n"+
		"func f 8 0 1 2\n{\ncall 4 g 0 1 2 1\nreturn 4\n}\nfunc g 8 0 1 2 3\n{\n"+strings.Repeat("equal 2 2\n", 20)+"set 4\nadd 4 2\nreturn 4\n}\n")
	for range 3 {
		for _, tt := range []struct{ list, want string }{{`["a"]`, `{{"a"}}`}, {`["b", "a"]`, `{{"a"}, {"b"}}`}, {`["b", "c", ["d"]]`, `{{"b"}, {"c"}, {["d"]}}`}, {`[1, 2, 3]`, `{{1}, {2}, {3}}`}} {
			e := p.Evaluate(parse(t, `{"list": `+tt.list+`}`))
			if got := deny(t, e).String(); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			e.Release()
		}
	}
}

// TestUnknownKeys groups elements by a value that may be unknown, and asks for keys that several elements have.
func TestUnknownKeys(t *testing.T) {
	const grouping = `func rules.x.users 12 0 1
{
object 2
}
{
reset 3
dot 4 0 "list"
scan 5 6 4 {
dot 7 6 "value"
dot 8 6 "at"
block {
block {
dot 9 2 7
break 1
}
set 9
}
add 9 8
insert 2 7 9 0
}
}
{
return 2
}
`
	const byScan = `func rules.x.deny 14 0 1
{
set 3
call 4 rules.x.users 0 1
scan 5 6 4 {
builtin 7 count 6
builtin 8 gt 7 #1
differ 8 false
object 9
insert 9 "at" #7 0
add 3 9
}
return 3
}
`
	byKey := strings.Replace(byScan, "builtin 7 count 6", "dot 10 4 5\nbuiltin 7 count 10", 1)
	unknown := func(prefix, suffix string) rego.Value { return rego.Unknown(1, prefix, suffix) }
	var many []rego.Value
	for i := range 100 {
		many = append(many, rego.String(strconv.Itoa(i)))
	}
	for _, tt := range []struct {
		name   string
		values []rego.Value
		want   string
	}{
		{"one", []rego.Value{unknown("", "")}, "does not find"},
		{"an unknown and another", []rego.Value{unknown("", ""), rego.String("a")}, "may find"},
		{"a prefix and one that does not have it", []rego.Value{unknown("b", ""), rego.String("a")}, "does not find"},
		{"two unknown ones", []rego.Value{unknown("", ""), rego.Unknown(2, "", "")}, "may find"},
		{"two with different prefixes", []rego.Value{unknown("a-", ""), rego.Unknown(2, "b-", "")}, "does not find"},
		{"two of which one prefix is longer", []rego.Value{unknown("a-", ""), rego.Unknown(2, "a-b-", "")}, "may find"},
		{"two with different suffixes", []rego.Value{unknown("a-", "-x"), rego.Unknown(2, "a-", "-y")}, "does not find"},
		{"two of different values", []rego.Value{rego.OneOf(1, []rego.Value{rego.String("a"), rego.String("b")}), rego.OneOf(2, []rego.Value{rego.String("c")})}, "does not find"},
		{"two of which one value is the same", []rego.Value{rego.OneOf(1, []rego.Value{rego.String("a"), rego.String("b")}), rego.OneOf(2, []rego.Value{rego.String("b")})}, "may find"},
		{"two equal ones beside an unknown one", []rego.Value{unknown("", ""), rego.String("a"), rego.String("a")}, "finds"},
		{"two different ones beside an unknown one", []rego.Value{rego.String("b"), unknown("c", ""), rego.String("a")}, "does not find"},
		{"an unknown one beside many", slices.Concat(many, []rego.Value{unknown("", "")}), "may find"},
		{"two equal ones beside an unknown one and many", slices.Concat(many, []rego.Value{unknown("", ""), rego.String("0")}), "finds"},
	} {
		elements := make([]rego.Value, len(tt.values))
		for i, v := range tt.values {
			elements[i] = rego.Object([]string{"at", "value"}, []rego.Value{rego.Int(i), v})
		}
		input := rego.Object([]string{"list"}, []rego.Value{rego.Array(elements)})
		for way, listing := range map[string]string{"scan": byScan, "key": byKey} {
			if got := asked(t, program(t, `{}`, listing+grouping), input); got != tt.want {
				t.Errorf("%s, by %s: %s, want %s", tt.name, way, got, tt.want)
			}
		}
	}
}
