package python_test

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/parsers/handler/code"
	"lintel/parsers/handler/python"
)

var corpus = flag.String("corpus", "", "directory of Python files for TestDamaged")

// FuzzRead checks that no text makes the reader panic or hang, and the order of what it returns.
func FuzzRead(f *testing.F) {
	for _, c := range cases() {
		f.Add([]byte(c.text))
	}
	f.Fuzz(check)
}

// check reads a text and checks that every range is within the text and every list in order.
func check(t *testing.T, text []byte) {
	t.Helper()
	watch := cputimetest.Start()
	file := python.Read(text)
	if took := watch.Took(); took > 2*time.Second+time.Duration(len(text))*10*time.Microsecond {
		t.Errorf("%d bytes took %s", len(text), took)
	}
	c := checker{t: t, length: len(text), functions: len(file.Functions)}
	for _, i := range file.Imports {
		c.next("import", i.Range)
	}
	c.file(file)
	c.last = 0
	for _, u := range file.Unread {
		c.next("unread range", u)
		c.last = u.End
		if u.Start == u.End {
			t.Error("empty unread range")
		}
	}
}

type checker struct {
	t                 *testing.T
	length, functions int
	last              int // start of the last range of the list
}

func (c *checker) next(what string, r code.Range) {
	c.t.Helper()
	if r.Start < c.last || r.End < r.Start || r.End > c.length {
		c.t.Errorf("%s at %v after %d in a text of %d bytes", what, r, c.last, c.length)
	}
	c.last = r.Start
}

func (c *checker) file(file *code.File) {
	c.t.Helper()
	c.last = 0
	for i, f := range file.Functions {
		c.next("function", f.Range)
		if f.Parent >= i || f.Parent < code.Module || f.Class >= len(file.Classes) {
			c.t.Errorf("function %d has the parent %d and the class %d", i, f.Parent, f.Class)
		}
		c.within(f.Decorators...)
	}
	c.last = 0
	for _, class := range file.Classes {
		c.next("class", class.Range)
		c.within(class.Bases...)
	}
	c.last = 0
	for i, try := range file.Tries {
		c.next("try", try.Range)
		if try.Outer >= i {
			c.t.Errorf("try statement %d is in %d", i, try.Outer)
		}
		for _, catch := range try.Catches {
			c.within(catch.Types...)
		}
	}
	c.last = 0
	for _, s := range file.Statements {
		c.next("statement", s.Range)
		if s.Function >= len(file.Functions) || s.Class >= len(file.Classes) || s.Try >= len(file.Tries) {
			c.t.Errorf("statement in %d, %d, %d", s.Function, s.Class, s.Try)
		}
		c.within(s.Target, s.Value)
	}
}

func (c *checker) within(expressions ...*code.Expr) {
	c.t.Helper()
	for _, whole := range expressions {
		for e := range whole.All() {
			if e.Range.Start < 0 || e.Range.End < e.Range.Start || e.Range.End > c.length || e.Kind == code.Func && e.Function >= c.functions {
				c.t.Errorf("%s at %v", e.Kind, e.Range)
			}
			if n := len(e.Keys); n != 0 && n != len(e.Items) || n == 0 && e.Kind == code.Call {
				c.t.Errorf("%s has %d items and %d keys", e.Kind, len(e.Items), n)
			}
		}
	}
}

// TestDamaged reads texts that are cut at random places, or whose lines or characters are removed. With the flag -corpus it
// damages the files of a directory.
func TestDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 17)) //nolint:gosec // the same damage in every run
	var texts []string
	for _, c := range cases() {
		texts = append(texts, c.text)
	}
	if *corpus != "" {
		texts = corpusTexts(t)
	}
	start, size := time.Now(), 0
	for _, text := range texts {
		for _, variant := range damaged(text, random) {
			size += len(variant)
			check(t, []byte(variant))
		}
	}
	t.Logf("damaged %d files in 3 ways: %d MB in %s", len(texts), size>>20, time.Since(start).Round(time.Millisecond))
}

func corpusTexts(t *testing.T) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir(*corpus, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(p) != ".py" {
			return err
		}
		text, err := os.ReadFile(p)
		texts = append(texts, string(text))
		return err
	})
	if err != nil || len(texts) < 2000 {
		t.Fatal(len(texts), "files", err)
	}
	return texts
}

// damaged returns a text without a part, without some of its lines, and with some characters replaced.
func damaged(text string, random *rand.Rand) []string {
	if text == "" {
		return nil
	}
	at := random.IntN(len(text))
	until := at + random.IntN(len(text)-at)
	var kept []string
	for line := range strings.Lines(text) {
		if random.IntN(20) > 0 {
			kept = append(kept, line)
		}
	}
	replaced := []byte(text)
	const characters = "()[]{}'\"\\:,=#\n\r\t \x00fr@*"
	for range 1 + len(text)/500 {
		replaced[random.IntN(len(replaced))] = characters[random.IntN(len(characters))]
	}
	return []string{text[:at] + text[until:], strings.Join(kept, ""), string(replaced)}
}

// TestTime checks that texts that are made to be read again and again take time in proportion to their length.
func TestTime(t *testing.T) {
	n := 20000
	for name, text := range map[string]string{
		"brackets":     strings.Repeat("a(\n", n),
		"errors":       "(\n" + strings.Repeat("a b\n", n),
		"long strings": strings.Repeat("x = '''\ny = \"\"\"\n", n),
		"formats":      strings.Repeat("x = f'''{\n", n),
		"decorators":   strings.Repeat("x\n@(\n", n),
		"strings":      "x = (" + strings.Repeat("'a'\n", n) + ")",
		"quotes":       strings.Repeat("'", n),
		"unindented":   strings.Repeat("if x:\n", n),
		"else":         strings.Repeat("x if ", n),
		"members":      "x" + strings.Repeat(".a", n),
		"globals":      "def f():\n" + strings.Repeat(" global a\n", n),
		"backslashes":  strings.Repeat("\\\n", n),
		"catches":      "try: a\n" + strings.Repeat("except: b\n", n),
	} {
		t.Run(name, func(t *testing.T) { check(t, []byte(text)) })
	}
}

// BenchmarkRead reads 1,000 lines.
func BenchmarkRead(b *testing.B) {
	const part = `
@app.route("/items/<name>", methods=["GET", "POST"])
def get_%d(event, context, *, limit=100, **options):
    """Returns the items of a page.

    The page is a query parameter.
    """
    table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])
    page = int(event.get("queryStringParameters", {}).get("page") or 0)
    try:
        response = table.query(
            KeyConditionExpression=Key("pk").eq(f"ITEM#{event['pathParameters']['name']}"),
            Limit=limit, ExclusiveStartKey={"pk": {"S": "a"}, "sk": page * 10 + 1},
        )
    except ClientError as error:
        logger.exception("query failed: %%s", error.response["Error"]["Code"])
        raise
    items = [item for item in response["Items"] if item["kind"] != "deleted"]
    # Only the names are returned.
    return {"statusCode": 200, "body": json.dumps([i["name"] for i in items], default=str)}
`
	var text strings.Builder
	for i := range 50 {
		fmt.Fprintf(&text, part, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		python.Read([]byte(text.String()))
	}
}
