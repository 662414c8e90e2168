package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

const template = "resource \"f\" {\n\tmode = \"é😀 x\" # tab before\n}\n"

// sample returns a report with all kinds of entries.
func sample() finding.Report {
	file := source.NewFile("infra/main.tf", []byte(template))
	start := strings.Index(template, `"é`)
	r := finding.Report{
		Rules: []finding.Rule{{
			ID: "a-rule", Description: "It matters. Much more\ncan be said.", Remediation: "Do this.\nOr that.",
		}},
		Findings: []finding.Finding{{
			Fingerprint: strings.Repeat("0a", 16),
			Rule:        "a-rule", Severity: finding.High, Message: "f is wrong", Unit: "infra",
			Place: source.Place{
				Range:    source.Range{Path: "infra/main.tf", Start: start, End: start + len(`"é😀 x"`)},
				Resource: "f[0]", Attribute: "mode",
				Lineage: source.Lineage{
					When: source.AllOf(source.Literal{Condition: "IsProd", Is: true}),
					Via:  []source.Range{{Path: "infra/main.tf", Start: 0, End: 12}},
				},
			},
			Related: []finding.Related{{Range: source.Range{Path: "infra/main.tf", End: 12}, Message: "the role r"}},
		}},
		Undecided: []finding.Undecided{{
			Place: source.Place{Range: source.Range{Path: "infra/main.tf", Start: 15, End: 20}, Resource: "g", Attribute: "mode"},
			Rules: []string{"a-rule", "b-rule"}, Cause: "var.mode has no value",
		}},
		Problems: []finding.Problem{{Range: source.Range{Path: "infra/x.tf"}, Message: "not read: permission denied"}},
		Files:    source.Files{"infra/main.tf": file},
		Units:    1, Templates: 2, Functions: 3,
	}
	second := r.Findings[0]
	second.Resource = "f[1]"
	r.Findings = append(r.Findings, second)
	return finding.Join(r.Rules, []finding.Report{r})
}

// from returns a function that makes paths relative to a directory.
func from(dir string) func(string) string {
	return func(path string) string {
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return path
		}
		return filepath.ToSlash(rel)
	}
}

func write(t *testing.T, format report.Format, r finding.Report, opt report.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, format, r, opt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	const want = `high     a-rule  main.tf:2:9
  f is wrong
  2 |   mode = "é😀 x" # tab before
    |          ^^^^^^^
  when: IsProd is true
  also: f[1]
  call: main.tf:1
  see: main.tf:1, the role r
  why: It matters.
  fix: Do this.

undetermined 2 rules  main.tf:2:1
  mode of g cannot be determined: var.mode has no value; rules: a-rule, b-rule

not checked  x.tf
  not read: permission denied

1 finding (1 high) in 3 functions, 2 files, 12 ms. 2 checks undetermined by 1 unknown value. 1 not checked.
`
	got := write(t, report.Text, sample(), report.Options{Path: from("infra"), Undecided: true, Elapsed: 12 * time.Millisecond})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTextGroups checks that more than three findings of a strict rule, or of one cause of a default rule, are shown
// together, and that none is lost: neither a message that differs, nor a condition, nor the resources of one place.
func TestTextGroups(t *testing.T) {
	text := strings.Repeat("x\n", 20)
	r := finding.Report{
		Rules: []finding.Rule{
			{ID: "many", Title: "Many", Profile: finding.Strict, Description: "Why.", Remediation: "Do."},
			{ID: "few", Title: "Few", Profile: finding.Strict},
			{ID: "serious", Title: "Serious", Profile: finding.Default},
			{ID: "values", Title: "Values", Profile: finding.All},
		},
		Files: source.Files{"a.tf": source.NewFile("a.tf", []byte(text)), "b.tf": source.NewFile("b.tf", []byte(text))},
		Units: 2, Templates: 2, Functions: 9,
	}
	add := func(rule, file string, line int, resource, message string) *finding.Finding {
		f := finding.Finding{Rule: rule, Unit: file, Severity: finding.Low, Message: resource + message}
		f.Range, f.Resource = source.Range{Path: file, Start: 2 * line, End: 2*line + 1}, resource
		r.Findings = append(r.Findings, f)
		return &r.Findings[len(r.Findings)-1]
	}
	add("many", "a.tf", 1, "f1", " is wrong")
	add("serious", "a.tf", 2, "f1", " is serious in another way")
	add("many", "a.tf", 3, "f2", " is wrong").When = source.AllOf(source.Literal{Condition: "Prod", Is: true})
	add("many", "a.tf", 3, "f3", " is wrong").When = source.AllOf(source.Literal{Condition: "Prod", Is: true})
	add("many", "a.tf", 9, "f4", " is wrong").Construct = "App/F4"
	add("many", "a.tf", 10, "f5", " is wrong")
	add("many", "a.tf", 11, "f6", " is wrong").Suppressed = &finding.Suppression{Kind: finding.InComment}
	for line := range 3 {
		add("few", "b.tf", line, "k", " is bad")
	}
	for line := range 4 {
		add("values", "b.tf", line, fmt.Sprintf("h%d", line), fmt.Sprintf(" has %d", line))
		add("serious", "b.tf", line, fmt.Sprintf("h%d", line), " is serious")
	}
	got := write(t, report.Text, finding.Join(r.Rules, []finding.Report{r}), report.Options{})
	for _, want := range []string{
		"low      many  4 findings\n  Many\n  a.tf:2:1   f1\n  a.tf:4:1   f2, f3, when Prod is true\n  a.tf:10:1  f4 (App/F4)\n" +
			"  a.tf:11:1  f5\n  why: Why.\n  fix: Do.\n\nlow      serious  a.tf:3:1\n  f1 is serious in another way\n",
		"low      few  b.tf:1:1\n  k is bad\n", "low      few  b.tf:3:1\n",
		"low      serious  4 findings\n  Serious\n  first: h0 is serious\n  b.tf:1:1  h0\n  b.tf:2:1  h1\n  b.tf:3:1  h2\n  b.tf:4:1  h3\n",
		"findings  severity  rule      fixable\n       5  low       serious\n       4  low       many\n       4  low       values\n       3  low       few\n\n",
		"low      values  4 findings\n  Values\n  b.tf:1:1  h0 has 0\n  b.tf:2:1  h1 has 1\n  b.tf:3:1  h2 has 2\n  b.tf:4:1  h3 has 3\n\n",
		"\n16 findings (16 low) in 9 functions, 2 files. 1 suppressed.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q:\n%s", want, got)
		}
	}
}

// TestTextGaps checks that the text format shows many gaps of one cause together, says that it leaves some out, and that few
// gaps and those of another state or cause stay apart. Full and concise list all.
func TestTextGaps(t *testing.T) {
	r := finding.Report{Units: 1}
	add := func(cause finding.GapCause, path, message string) *finding.Gap {
		r.Gaps = append(r.Gaps, finding.Gap{Range: source.Range{Path: path}, Cause: cause, Message: message})
		return &r.Gaps[len(r.Gaps)-1]
	}
	for i := range 7 {
		add(finding.GapCDK, fmt.Sprintf("cdk%d.json", i), "no output")
	}
	for i := range 12 {
		add(finding.GapModule, fmt.Sprintf("m%d.tf", i), fmt.Sprintf("module %d is missing", i))
	}
	for i := range 4 {
		add(finding.GapMacro, fmt.Sprintf("t%d.yaml", i), fmt.Sprintf("macro %d is not known", i))
	}
	for i := range 3 {
		add(finding.GapCDK, fmt.Sprintf("new%d.json", i), "no output").Fails = true
	}
	got := write(t, report.Text, r, report.Options{})
	want := "gap cdk  7 gaps\n  no output\n  cdk0.json, cdk1.json, cdk2.json, cdk3.json, cdk4.json and 2 more\n\n" +
		"gap module  12 gaps\n" +
		"  m0.tf  module 0 is missing\n  m1.tf  module 1 is missing\n  m2.tf  module 2 is missing\n" +
		"  m3.tf  module 3 is missing\n  m4.tf  module 4 is missing\n  and 7 more\n\n" +
		"gap macro  t0.yaml\n  macro 0 is not known\n\ngap macro  t1.yaml\n  macro 1 is not known\n\n" +
		"gap macro  t2.yaml\n  macro 2 is not known\n\ngap macro  t3.yaml\n  macro 3 is not known\n\n" +
		"gap cdk  new0.json\n  no output\n\ngap cdk  new1.json\n  no output\n\ngap cdk  new2.json\n  no output\n\n" +
		"26 gaps (12 module, 4 macro, 10 cdk): parts of the deployment that lintel cannot see were not checked (--format full lists all)\n" +
		"No findings in 0 functions, 0 files.\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, format := range []report.Format{report.Full, report.Concise} {
		got := write(t, format, r, report.Options{})
		if n := strings.Count(got, ".json") + strings.Count(got, ".tf") + strings.Count(got, ".yaml"); n != len(r.Gaps) || strings.Contains(got, "lists all") {
			t.Errorf("%s lists %d gaps:\n%s", format, n, got)
		}
	}
}

func TestTextWithoutTemplates(t *testing.T) {
	if got := write(t, report.Text, finding.Report{}, report.Options{}); got != "0 templates found\n" {
		t.Errorf("%q", got)
	}
}

func TestColorOnlyWhenAsked(t *testing.T) {
	if got := write(t, report.Text, sample(), report.Options{}); strings.Contains(got, "\x1b") {
		t.Error("colours nobody asked for")
	}
	if got := write(t, report.Text, sample(), report.Options{Color: true}); !strings.Contains(got, "\x1b[31mhigh    \x1b[0m") {
		t.Errorf("no colours: %q", got)
	}
}

// TestHostileText checks that names cannot recolor the terminal, move the cursor, start a new line or reverse the
// reading direction.
func TestHostileText(t *testing.T) {
	r := sample()
	evil := "\x1b[2Jx\r\ny\u202ez\u0085"
	r.Findings[0].Message, r.Findings[0].Instances = evil, []finding.Instance{{Resource: "a"}, {Resource: evil, Message: evil}}
	r.Findings[0].When = source.AllOf(source.Literal{Condition: evil, Is: true})
	r.Findings[0].Range.Path, r.Problems[0].Range.Path = "infra/"+evil, evil
	r.Problems[0].Message, r.Undecided[0].Cause = evil, evil
	r.Files["infra/"+evil] = source.NewFile("infra/"+evil, []byte("a = \""+evil+"\"\n"))
	r.Findings[0].Range.Start, r.Findings[0].Range.End = 4, 8
	got := write(t, report.Text, r, report.Options{Undecided: true})
	for _, bad := range []string{"\x1b", "\r", "\u202e", "\u0085"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q got through", bad)
		}
	}
	for line := range strings.Lines(got) {
		if strings.HasPrefix(line, "y") {
			t.Errorf("a line of its own: %q", line)
		}
	}
}

// TestLongLine checks the excerpt of a location in a template of one line.
func TestLongLine(t *testing.T) {
	text := strings.Repeat(`{"é":1},`, 5000) + `{"here":2},` + strings.Repeat(`{"x":1},`, 5000)
	r := sample()
	r.Files["infra/main.tf"] = source.NewFile("infra/main.tf", []byte(text))
	start := strings.Index(text, `"here"`)
	r.Findings[0].Range.Start, r.Findings[0].Range.End = start, start+6
	lines := strings.Split(write(t, report.Text, r, report.Options{}), "\n")
	if len(lines[2]) > 200 || !strings.Contains(lines[2], `{"here":2}`) {
		t.Errorf("the line is shown as %q", lines[2])
	}
	before, _, _ := strings.Cut(lines[2], `"here"`)
	indent, _, _ := strings.Cut(lines[3], "^^^^^^")
	if len([]rune(before)) != len([]rune(indent)) {
		t.Errorf("the carets stand below something else:\n%s\n%s", lines[2], lines[3])
	}
}

// TestSecretsAreNotPrinted checks a line with two secrets.
func TestSecretsAreNotPrinted(t *testing.T) {
	const text = "variables = { A = \"AKIAQWERTYUIOPASDFG1\", B = \"hunter2hunter2\" }\n"
	r := sample()
	r.Files["infra/main.tf"] = source.NewFile("infra/main.tf", []byte(text))
	for _, secret := range []string{`"AKIAQWERTYUIOPASDFG1"`, `"hunter2hunter2"`} {
		start := strings.Index(text, secret)
		r.Findings[0].Range.Start, r.Findings[0].Range.End = start, start+len(secret)
		r.Findings[0].Secret = true
		for _, format := range report.Formats() {
			got := write(t, format, r, report.Options{})
			if strings.Contains(got, "AKIAQ") || strings.Contains(got, "hunte") {
				t.Errorf("%s prints a secret:\n%s", format, got)
			}
			if format == report.Text && !strings.Contains(got, secret[:5]+"***") {
				t.Errorf("nobody can find it:\n%s", got)
			}
		}
	}
}

// TestReferencesArePrinted checks that the name of a variable is shown although its value is a secret.
func TestReferencesArePrinted(t *testing.T) {
	for _, tt := range []struct {
		path, text string
		shown      bool
	}{
		{"main.tf", "var.password", true},
		{"main.tf", "local.all[each.key].password", true},
		{"main.tf", `"${var.password}"`, true},
		{"main.tf", `"postgres://u:hunter2@${var.host}"`, false},
		{"main.tf", `"abcd.efgh.ijkl"`, false},
		{"main.tf.json", `"${var.password}"`, true},
		{"t.yaml", "!Ref Password", true},
		{"t.yaml", "!Sub '${Password}'", true},
		{"t.yaml", "!Sub '${Password}hunter2'", false},
		{"t.yaml", "{Ref: Password}", true},
		{"t.yaml", "abcd.efgh.ijkl", false},
		{"t.yaml", "'{{resolve:ssm-secure:password}}'", true},
		{"t.json", `{"Ref": "Password"}`, true},
		{"t.json", `"abcd.efgh.ijkl"`, false},
	} {
		r := sample()
		r.Files[tt.path] = source.NewFile(tt.path, []byte("x: "+tt.text+"\n"))
		r.Findings[0].Range = source.Range{Path: tt.path, Start: 3, End: 3 + len(tt.text)}
		r.Findings[0].Secret = true
		if shown := strings.Contains(write(t, report.Text, r, report.Options{}), tt.text+"\n"); shown != tt.shown {
			t.Errorf("%s is shown: %t", tt.text, shown)
		}
	}
}

// TestSARIFConstruct checks the logical locations of a finding in CDK output.
func TestSARIFConstruct(t *testing.T) {
	r := sample()
	r.Findings[0].Construct, r.Findings[0].Source = "App/Api/Resource", "/home/dev/app.ts:3:1"
	got := write(t, report.SARIF, r, report.Options{})
	for _, want := range []string{`"fullyQualifiedName": "App/Api/Resource"`, `"kind": "construct"`, "(construct at /home/dev/app.ts:3:1)"} {
		if !strings.Contains(got, want) {
			t.Errorf("SARIF has no %s", want)
		}
	}
}

func schema(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("report", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("report")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestJSON(t *testing.T) {
	for name, r := range map[string]finding.Report{"full": sample(), "empty": {}} {
		text := write(t, report.JSON, r, report.Options{})
		if strings.Contains(text, "null") {
			t.Errorf("%s: an array is null:\n%s", name, text)
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema(t, "../../docs/report.schema.json").Validate(document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(write(t, report.JSON, sample(), report.Options{Path: from("elsewhere")})), &got); err != nil {
		t.Fatal(err)
	}
	f := got["findings"].([]any)[0].(map[string]any)
	want := map[string]any{
		"rule": "a-rule", "severity": "high", "message": "f is wrong", "file": "../infra/main.tf",
		"start": map[string]any{"line": 2.0, "column": 9.0}, "end": map[string]any{"line": 2.0, "column": 19.0},
		"resource": "f[0]", "attribute": "mode", "when": "IsProd is true",
		"via":       []any{map[string]any{"file": "../infra/main.tf", "line": 1.0}},
		"related":   []any{map[string]any{"file": "../infra/main.tf", "line": 1.0, "message": "the role r"}},
		"instances": []any{"f[0]", "f[1]"}, "fingerprint": f["fingerprint"],
		"details": []any{
			map[string]any{"resource": "f[0]", "message": "f is wrong", "when": "IsProd is true", "via": []any{map[string]any{"file": "../infra/main.tf", "line": 1.0}}},
			map[string]any{"resource": "f[1]", "message": "f is wrong", "when": "IsProd is true", "via": []any{map[string]any{"file": "../infra/main.tf", "line": 1.0}}},
		},
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	problem := got["problems"].([]any)[0]
	if diff := cmp.Diff(map[string]any{"file": "../infra/x.tf", "line": 1.0, "message": "not read: permission denied"}, problem); diff != "" {
		t.Error(diff)
	}
}

func TestRulePage(t *testing.T) {
	page := report.RulePage(finding.Rule{
		ID: "a-rule", Title: "Something is wrong", Severity: finding.Low, Profile: finding.Strict, Category: "test", Since: "v0.1.0",
		Description: "Why.", Remediation: "How.", CWE: []string{"CWE-778"}, Peers: []string{"X1", "Y2"},
		References: []finding.Reference{{URL: "https://example.com/", Title: "A page"}},
		Practices:  []string{"4b", "9a"}, YieldsTo: []string{"b-rule", "c-rule"},
	}, []finding.Rule{{ID: "d-rule", YieldsTo: []string{"a-rule"}}, {ID: "e-rule", YieldsTo: []string{"b-rule"}}})
	for _, want := range []string{
		"Practices: 4 No unused functions (`unused-functions`); 9 Hygiene",
		"A cause that b-rule or c-rule reports is not", "A cause that this rule reports is not reported by d-rule, too.",
		"# a-rule\n\nSomething is wrong.\n", "| low | strict | test | v0.1.0 |", "## Why\n\nWhy.\n", "## How to fix it\n\nHow.\n",
		"- [A page](https://example.com/)\n", "https://cwe.mitre.org/data/definitions/778.html", "Equivalent checks in other tools: X1, Y2.\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// TestOneFilePerFormat checks that each format is in a file with its name.
func TestOneFilePerFormat(t *testing.T) {
	for _, format := range report.Formats() {
		text, err := os.ReadFile(string(format) + ".go")
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(text), fmt.Sprintf(" Format = %q", format)) {
			t.Errorf("%s.go does not declare the format %s", format, format)
		}
	}
}
