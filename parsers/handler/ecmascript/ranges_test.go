package ecmascript_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
)

func TestRanges(t *testing.T) {
	const text = `import a, { b as c } from 'd';
@e() class F { @g() async h(i) { try { j } catch (k) { l } } }
export const m = async n => await o(n), p = function () {};
exports.q = require('r').s;
const { t = 1, u } = v.w;
`
	f := ecmascript.Read([]byte(text), code.TypeScript)
	var got []string
	add := func(what string, r code.Range) { got = append(got, what+" "+text[r.Start:r.End]) }
	for _, i := range f.Imports {
		add("import", i.Range)
	}
	for _, e := range f.Exports {
		add("export", e.Range)
	}
	for _, f := range f.Functions {
		add("function", f.Range)
		add("name", f.NameRange)
	}
	for _, c := range f.Classes {
		add("class", c.Range)
	}
	for _, try := range f.Tries {
		add("try", try.Range)
		add("catch", try.Catches[0].Range)
	}
	for _, s := range f.Statements {
		add("statement", s.Range)
		if s.Target != nil {
			add("target", s.Target.Range)
		}
		if s.Value != nil {
			add("value", s.Value.Range)
		}
	}
	want := []string{
		"import a", "import b as c", "import require('r')",
		"export m", "export p", "export exports.q",
		"function @g() async h(i) { try { j } catch (k) { l } }", "name h",
		"function async n => await o(n)", "name async", "function function () {}", "name function",
		"class class F { @g() async h(i) { try { j } catch (k) { l } } }",
		"try try { j } catch (k) { l }", "catch catch (k) { l }",
		"statement e()", "value e()", "statement j", "value j", "statement l", "value l",
		"statement m = async n => await o(n)", "target m", "value async n => await o(n)", "statement await o(n)", "value await o(n)",
		"statement p = function () {}", "target p", "value function () {}",
		"statement exports.q = require('r').s", "target exports.q", "value require('r').s",
		"statement { t = 1, u } = v.w", "target t", "value t = 1", "statement { t = 1, u } = v.w", "target u", "value u",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranges (-want +got):\n%s", diff)
	}
}

// handlers returns the files of testdata by their languages.
func handlers(tb testing.TB) map[code.Language]string {
	tb.Helper()
	out := map[code.Language]string{}
	for language, name := range map[code.Language]string{code.TypeScript: "orders.ts", code.JavaScript: "legacy.js"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			tb.Fatal(err)
		}
		out[language] = string(text)
	}
	return out
}

func TestHandlers(t *testing.T) {
	for language, text := range handlers(t) {
		f := ecmascript.Read([]byte(text), language)
		check(t, len(text), f)
		var exports []string
		for _, e := range f.Exports {
			exports = append(exports, e.Name)
		}
		want := map[code.Language][]string{code.TypeScript: {"handler", "list", "queue"}, code.JavaScript: {"handler", "sign"}}[language]
		if diff := cmp.Diff(want, exports); diff != "" || f.Unread != nil {
			t.Errorf("%s: unread %v, exports (-want +got):\n%s", language, f.Unread, diff)
		}
	}
}

// BenchmarkRead reports the time for 1,000 lines, which may be 3 ms.
func BenchmarkRead(b *testing.B) {
	for language, text := range handlers(b) {
		b.Run(string(language), func(b *testing.B) {
			long := []byte(strings.Repeat(text, 10))
			lines := strings.Count(string(long), "\n")
			b.ReportAllocs()
			for b.Loop() {
				ecmascript.Read(long, language)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(lines), "ms/1000-lines")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(long)), "ns/byte")
		})
	}
}
