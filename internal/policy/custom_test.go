package policy_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/policies"
)

var update = flag.Bool("update", false, "rewrite testdata/builtins.txt")

var builtins = sync.OnceValues(func() (*policy.Set, error) { return policy.Load(policies.Compiled) })

// extend adds a directory of rules to the built-in ones and returns what was refused as FILE:LINE: MESSAGE.
func extend(t *testing.T, fsys fstest.MapFS) (*policy.Set, []string) {
	t.Helper()
	builtin, err := builtins()
	if err != nil {
		t.Fatal(err)
	}
	set, refused := builtin.Extend(context.Background(), policies.Text, []string{"ignore-unused"}, policy.Folder{FS: fsys, Dir: ".", Shown: "own"})
	var said []string
	for _, p := range refused.Problems {
		line := 1
		if file := refused.Files[p.Range.Path]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		said = append(said, fmt.Sprintf("%s:%d: %s", p.Range.Path, line, p.Message))
	}
	return set, said
}

// named is the policy a-rule under another id, with another body.
func named(id, body string) *fstest.MapFile {
	name := strings.ReplaceAll(id, "-", "_")
	return &fstest.MapFile{Data: []byte(strings.NewReplacer("a-rule", id, "a_rule", name).Replace(header) + body)}
}

// firstLine is the line of the policies below on which the body begins.
var firstLine = strings.Count(header, "\n") + 1

// expr is a rule with one expression in the third line of its body.
func expr(text string) string {
	return "deny contains {\"at\": fn.at, \"message\": \"found\"} if {\n\tsome fn in input.functions\n\t" + text + "\n}\n"
}

func own(findings []finding.Finding) []string {
	var found []string
	for _, f := range findings {
		if strings.HasPrefix(f.Rule, "own-") || f.Rule == "a-rule" {
			found = append(found, f.Rule+": "+f.Message)
		}
	}
	return found
}

func TestCustomRules(t *testing.T) {
	fsys := fstest.MapFS{
		"rules/own_lib/policy.rego":  named("own-lib", "import data.lib.acme\nimport data.lib.text\n\n"+expr(`acme.slow(text.resource(fn.id))`)),
		"rules/own_data/policy.rego": named("own-data", expr(`fn.id in data.acme_functions`)),
		"lib/acme.rego":              {Data: []byte("package lib.acme\n\nslow(id) if id == \"f\"\n")},
		"lib/acme_test.rego":         {Data: []byte("this is not read\n")},
		"data/acme.json":             {Data: []byte(`{"acme_functions": ["f"]}`)},
	}
	want := []string{"own-data: found", "own-lib: found"}
	set, said := extend(t, fsys)
	if len(said) > 0 {
		t.Fatal(said)
	}
	got := evaluate(t, set, stack(t, known("Active")))
	if diff := cmp.Diff(want, own(got.Findings)); diff != "" || len(got.Problems) > 0 {
		t.Errorf("%s %v", diff, got.Problems)
	}
	if ids := (policy.Folder{FS: fsys, Dir: "."}).IDs(); !slices.Equal(ids, []string{"own-data", "own-lib"}) {
		t.Errorf("ids %v", ids)
	}

	flat := fstest.MapFS{}
	for name, file := range fsys {
		flat[strings.TrimPrefix(name, "rules/")] = file
	}
	set, said = extend(t, flat)
	if got := own(evaluate(t, set, stack(t, known("Active"))).Findings); !slices.Equal(got, want) {
		t.Errorf("without a folder rules: %v %v", got, said)
	}
}

// TestRefused holds what is said of rules that are not let in, and that the others go on.
func TestRefused(t *testing.T) {
	const file = "own/rules/own_wrong/policy.rego"
	at := func(line int, message string) string { return fmt.Sprintf("%s:%d: %s", file, firstLine+line, message) }
	for _, tt := range []struct{ name, body, want string }{
		{"misspelt attribute", expr(`fn.timout.value > 3`), at(2, `undefined ref: fn.timout.value: "timout" does not exist; did you mean "timeout"?`)},
		{"wrong type", expr(`fn.timeout.value == "3"`), at(2, `match error (left : number, right : string)`)},
		{"deep", "x := " + strings.Repeat("[", 110_000) + "\n", "max parsing recursion depth exceeded (x := [[[["},
		{"no syntax", "deny contains {", at(0, "")},
		{"string as result", "deny contains \"x\" if input.functions[_].at\n", "deny has the type set[string]; it must be set[object<at: number, message: string>]"},
		{"without at", "deny contains {\"message\": \"x\"} if input.functions[_].at\n", "deny has the type set[object<message: string>]"},
		{"no deny", "allow if input.functions[_].at\n", "the policy does not define deny"},
		{"unused variable", expr(`x := fn.id`), at(2, "assigned var x unused")},
		{"helper that is not there", "import data.lib.acme\n\n" + expr(`acme.slow(fn.id)`), "data.lib.acme"},
		{"data that is not there", expr(`fn.id in data.acme`), at(2, "uses data.acme, which is not in any file in data")},
		{"all of data", expr(`count(data) > 3`), "is recursive"},
		{"all of data, by a variable", expr(`some x; data.lib[x].scopable("x")`), ""},
		{"another rule", expr(`count(data.rules.tracing_disabled.deny) > 0`), at(2, "reads other rules")},
		{"itself", expr(`count(data.rules.own_wrong.deny) > 0`), "recursive"},
		{"replaced function", expr(`count(fn.id) == 1 with count as http.send`), at(2, "")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, said := extend(t, fstest.MapFS{
				"rules/own_wrong/policy.rego": named("own-wrong", tt.body),
				"rules/own_right/policy.rego": named("own-right", expr(`fn.id == "f"`)),
			})
			if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, file) && strings.Contains(s, tt.want) }) {
				t.Errorf("said %q, want %q", said, tt.want)
			}
			if slices.ContainsFunc(said, func(s string) bool { return len(s) > 400 }) {
				t.Errorf("said at length: %q", said)
			}
			got := own(evaluate(t, set, stack(t, known("Active"))).Findings)
			if !slices.Equal(got, []string{"own-right: found"}) {
				t.Errorf("the other rule finds %v", got)
			}
		})
	}
}

// TestRefusedFolders is about what surrounds the rules.
func TestRefusedFolders(t *testing.T) {
	right := named("own-right", expr(`fn.id == "f"`))
	for _, tt := range []struct {
		name, file string
		content    *fstest.MapFile
		want       string
	}{
		{"id of lintel's", "rules/tracing_disabled/policy.rego", named("tracing-disabled", expr(`fn.id == "f"`)), "own/rules/tracing_disabled/policy.rego:1: the id tracing-disabled is already used by a built-in rule"},
		{"id of a rule about directives", "rules/ignore_unused/policy.rego", named("ignore-unused", expr(`fn.id == "f"`)), "own/rules/ignore_unused/policy.rego:1: the id ignore-unused is already used by a built-in rule"},
		{"no metadata", "rules/own_b/policy.rego", &fstest.MapFile{Data: []byte("package rules.own_b\n\n" + expr(`fn.id`))}, "own/rules/own_b/policy.rego:1: METADATA is missing before the package line"},
		{"another package", "rules/own_b/policy.rego", right, "own/rules/own_b/policy.rego:14: the package is rules.own_right; the directory requires rules.own_b"},
		{"no policy", "rules/own_b/other.rego", right, "own/rules/own_b:1: not a rule: policy.rego is missing"},
		{"long", "rules/own_b/policy.rego", &fstest.MapFile{Data: []byte(strings.Repeat("#", 256<<10+1))}, "own/rules/own_b/policy.rego:1: exceeds the limit of 256 KiB"},
		{"helper of lintel's", "lib/iam.rego", &fstest.MapFile{Data: []byte("package lib.iam\n")}, "own/lib/iam.rego:1: the package lib.iam is built in; choose another name"},
		{"helper elsewhere", "lib/own.rego", &fstest.MapFile{Data: []byte("package rules.own\n")}, "own/lib/own.rego:1: the package is rules.own; the package of a helper must be lib.NAME"},
		{"helper that is wrong", "lib/own.rego", &fstest.MapFile{Data: []byte("package lib.own\n\na if time.now_ns() > 3\n")}, "own/lib/own.rego:3: time.now_ns is not available: the result of a rule may depend only on its input, and evaluation must be interruptible"},
		{"data of lintel's", "data/own.json", &fstest.MapFile{Data: []byte(`{"runtimes": {}}`)}, `own/data/own.json:1: the key "runtimes" is already used by the built-in data; choose another one`},
		{"data in the place of rules", "data/own.json", &fstest.MapFile{Data: []byte(`{"rules": {}}`)}, `own/data/own.json:1: the key "rules" is already used by the rules; choose another one`},
		{"data that is none", "data/own.json", &fstest.MapFile{Data: []byte("{\n\"a\" 1}")}, `own/data/own.json:2: not a JSON object: invalid character '1' after object key`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, said := extend(t, fstest.MapFS{"rules/own_right/policy.rego": right, tt.file: tt.content})
			if diff := cmp.Diff([]string{tt.want}, said); diff != "" {
				t.Error(diff)
			}
			got := own(evaluate(t, set, stack(t, known("Active"))).Findings)
			if !slices.Equal(got, []string{"own-right: found"}) {
				t.Errorf("the other rule finds %v", got)
			}
		})
	}
	if _, said := extend(t, fstest.MapFS{"README.md": {}}); len(said) != 1 || !strings.Contains(said[0], "own:1: contains no rules") {
		t.Errorf("an empty folder: %v", said)
	}
}

// TestSandbox holds that no built-in can be called whose result depends on anything but its arguments.
func TestSandbox(t *testing.T) {
	calls := map[string]string{
		"http.send":             `http.send({"method": "get", "url": "http://x"})`,
		"io.jwt.encode_sign":    `io.jwt.encode_sign({}, {}, {})`,
		"json.match_schema":     `json.match_schema({}, {"$ref": "http://x"})`,
		"json.verify_schema":    `json.verify_schema({"$ref": "http://x"})`,
		"net.lookup_ip_addr":    `net.lookup_ip_addr("x")`,
		"opa.runtime":           `opa.runtime()`,
		"rand.intn":             `rand.intn("x", 3)`,
		"time.now_ns":           `time.now_ns()`,
		"time.clock":            `time.clock([0, "Local"])`,
		"time.parse_ns":         `time.parse_ns("MST", "CET")`,
		"uuid.rfc4122":          `uuid.rfc4122("x")`,
		"graph.reachable_paths": `graph.reachable_paths({}, [])`,
		"bits.lsh":              `bits.lsh(1, 3)`,
	}
	fsys := fstest.MapFS{}
	var want []string
	for name, call := range calls {
		id := "own-" + strings.NewReplacer(".", "-", "_", "-").Replace(name)
		folder := path.Join("rules", strings.ReplaceAll(id, "-", "_"), "policy.rego")
		fsys[folder] = named(id, expr(call))
		want = append(want, fmt.Sprintf("own/%s:%d: %s is not available: the result of a rule may depend only on its input, and evaluation must be interruptible", folder, firstLine+2, name))
	}
	_, said := extend(t, fsys)
	slices.Sort(want)
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}

// TestSecretsStayInside holds that custom rules do not see what is secret.
func TestSecretsStayInside(t *testing.T) {
	hidden := known("hunter2")
	hidden.Sensitive = true
	set, said := extend(t, fstest.MapFS{"rules/own_a/policy.rego": named("own-a", `deny contains {"at": fn.tracing.mode.at, "message": base64.encode(fn.tracing.mode.value)} if {
	some fn in input.functions
}
`)})
	got := own(evaluate(t, set, stack(t, hidden)).Findings)
	if want := []string{"own-a: KHNlbnNpdGl2ZSk="}; !slices.Equal(got, want) { // (sensitive)
		t.Errorf("%v %v", got, said)
	}
}

// TestHelpersCompile holds that lintel's own helpers, which are parsed when rules are added, are right.
func TestHelpersCompile(t *testing.T) {
	files, err := os.ReadDir("../../policies/lib")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, file := range files {
		name, isHelper := strings.CutSuffix(file.Name(), ".rego")
		if !isHelper || strings.HasSuffix(name, "_test") {
			continue
		}
		fsys["rules/own_"+name+"/policy.rego"] = named("own-"+name, "import data.lib."+name+"\n\n"+expr(fmt.Sprintf("is_object(%s)", name)))
	}
	if _, said := extend(t, fsys); len(said) > 0 {
		t.Error(said)
	}
}

// TestFaults checks that a rule in which a built-in function fails is a problem with the place and the cause, that its
// other findings stay, and that a rule which shares the failing helper is one, too.
func TestFaults(t *testing.T) {
	const other = "deny contains {\"at\": fn.at, \"message\": \"other\"} if {\n\tsome fn in input.functions\n}\n\n"
	for _, tt := range []struct{ name, condition, cause string }{
		{"division by zero", `x := count(fn.id) - count(fn.id); 1 / x > 0`, "div: divide by zero"},
		{"invalid pattern", `p := concat("", ["(", fn.id]); regex.match(p, fn.id)`, "regex.match: error parsing regexp: missing closing ): `(f`"},
		{"invalid number", `to_number(fn.id) > 3`, `to_number: strconv.ParseFloat: parsing "f": invalid syntax`},
		{"invalid JSON", `json.unmarshal(fn.id) == 3`, `json.unmarshal: unexpected EOF`},
		{"negated", `not to_number(fn.id) == 3; fn.id == "g"`, `to_number: strconv.ParseFloat: parsing "f": invalid syntax`},
		{"in a comprehension", `count({x | x := to_number(fn.id)}) > 0`, `to_number: strconv.ParseFloat: parsing "f": invalid syntax`},
		{"in a template string", `endswith($"{to_number(fn.id)}", "3")`, `to_number: strconv.ParseFloat: parsing "f": invalid syntax`},
		{"in a helper", `acme.number(fn.id) > 3`, `to_number: strconv.ParseFloat: parsing "f": invalid syntax`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := "import data.lib.acme\n\n" + other + expr(`acme.number("1") == 1; `+tt.condition)
			set, said := extend(t, fstest.MapFS{
				"rules/own_a/policy.rego": named("own-a", body),
				"rules/own_b/policy.rego": named("own-b", body),
				"lib/acme.rego":           {Data: []byte("package lib.acme\n\nnumber(x) := to_number(x)\n")},
			})
			if len(said) > 0 {
				t.Fatal(said)
			}
			got := evaluate(t, set, stack(t, known("Active")))
			if len(got.Problems) != 2 {
				t.Fatalf("problems %v, want two", got.Problems)
			}
			for i, p := range got.Problems {
				id := []string{"own-a", "own-b"}[i]
				at := fmt.Sprintf("own/rules/own_%s/policy.rego:%d", id[4:], firstLine+8)
				switch tt.name {
				case "in a helper":
					at = "own/lib/acme.rego:3"
				case "in a template string": // OPA gives no place
					at = fmt.Sprintf("own/rules/own_%s/policy.rego:%d", id[4:], firstLine+2)
				}
				if want := fmt.Sprintf("rule %s failed: %s: eval_builtin_error: %s", id, at, tt.cause); p.Message != want {
					t.Errorf("problem %q, want %q", p.Message, want)
				}
			}
			if diff := cmp.Diff([]string{"own-a: other", "own-b: other"}, own(got.Findings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBuiltinFaults checks the same for built-in rules, which another evaluator evaluates.
func TestBuiltinFaults(t *testing.T) {
	const body = `import data.lib.acme

deny contains {"at": fn.at, "message": "other"} if {
	some fn in input.functions
}

deny contains {"at": fn.at, "message": "found"} if {
	some fn in input.functions
	acme.bad(fn.id)
}
`
	set, err := policy.Compile(fstest.MapFS{
		"rules/own_a/policy.rego": named("own-a", body),
		"rules/own_b/policy.rego": named("own-b", body),
		"lib/acme.rego":           {Data: []byte("package lib.acme\n\nbad(x) if regex.match(concat(\"\", [\"(\", x]), x)\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := evaluate(t, set, stack(t, known("Active")))
	var said []string
	for _, p := range got.Problems {
		said = append(said, p.Message)
	}
	want := []string{
		"rule own-a failed: regex.match in lib.acme.bad does not accept its arguments",
		"rule own-b failed: regex.match in lib.acme.bad does not accept its arguments",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"own-a: other", "own-b: other"}, own(got.Findings)); diff != "" {
		t.Error(diff)
	}
}

// TestAvailableBuiltins checks that the documented functions are rejected, and that a new version of OPA adds none unseen:
// testdata/builtins.txt lists all that rules may call.
func TestAvailableBuiltins(t *testing.T) {
	var names []string
	for _, b := range policy.Capabilities().Builtins {
		names = append(names, b.Name)
	}
	page, err := os.ReadFile("../../docs/custom-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	rejected := 0
	for line := range strings.Lines(string(page)) {
		if !strings.Contains(line, "| rejected: ") {
			continue
		}
		for _, found := range regexp.MustCompile("`([a-z0-9_.]+?)(\\.\\*)?`").FindAllStringSubmatch(line, -1) {
			for _, name := range names {
				if name == found[1] || found[2] != "" && strings.HasPrefix(name, found[1]+".") {
					t.Errorf("%s is available, but documented as rejected", name)
				}
			}
			if found[1] != "input.today" {
				rejected++
			}
		}
	}
	if rejected < 20 {
		t.Errorf("only %d functions are documented as rejected", rejected)
	}
	slices.Sort(names)
	text := strings.Join(names, "\n") + "\n"
	const golden = "testdata/builtins.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("a function that depends on more than its arguments must not be available: %s", diff)
	}
}
