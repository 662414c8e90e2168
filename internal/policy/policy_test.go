package policy_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/tree"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

const header = `# METADATA
# title: A title
# description: A reason.
# related_resources:
#   - ref: https://example.com/
#     description: A page
# custom:
#   id: a-rule
#   severity: low
#   category: test
#   profile: default
#   since: v0.1.0
#   remediation: A fix.
package rules.a_rule

`

func folder(body string, more ...string) fstest.MapFS {
	fsys := fstest.MapFS{"rules/a_rule/policy.rego": {Data: []byte(header + body)}}
	for i := 0; i < len(more); i += 2 {
		fsys[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return fsys
}

// stack is a function at the bytes 10 to 20, whose role points to the role at 30 to 40.
func stack(t *testing.T, mode tree.Tree) *model.Stack {
	t.Helper()
	at := func(start int) source.Range { return source.Range{Path: "f", Start: start, End: start + 10} }
	var s model.Stack
	s.Add(model.Terraform, model.Resource{Block: model.NewBlock(at(10)), ID: "f", Type: "aws_lambda_function"}, tree.Tree{
		State: tree.StateKnown, IsMap: true, Range: at(10), Fields: []tree.Field{
			{Key: "tracing_config", Tree: tree.Tree{State: tree.StateKnown, IsMap: true, Range: at(50), Fields: []tree.Field{{Key: "mode", Tree: mode}}}},
			{Key: "role", Tree: tree.Tree{State: tree.StateUnknown, Range: at(20), Refs: []string{"r"}}},
		},
	})
	s.Add(model.Terraform, model.Resource{Block: model.NewBlock(at(30)), ID: "r", Type: "aws_iam_role"}, tree.Tree{State: tree.StateKnown, IsMap: true})
	s.Link()
	return &s
}

func known(v string) tree.Tree {
	return tree.Tree{State: tree.StateKnown, Scalar: v, Range: source.Range{Path: "f", Start: 60, End: 70}}
}

const tracing = `deny contains {"at": fn.tracing.mode.at, "message": $"{fn.id} traces nothing"} if {
	some fn in input.functions
	fn.tracing.mode.value != "Active"
}
`

func evaluate(t *testing.T, set *policy.Set, s *model.Stack) policy.Judgement {
	t.Helper()
	return set.Evaluate(context.Background(), s, "unit", model.Facts{Today: today}, everything)
}

func everything(finding.Rule) bool { return true }

func compile(t *testing.T, fsys fstest.MapFS) *policy.Set {
	t.Helper()
	set, err := policy.Compile(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// reload sends a set through its compiled form.
func reload(t *testing.T, set *policy.Set) *policy.Set {
	t.Helper()
	loaded, err := policy.Load(marshal(t, set))
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// marshal returns the compiled form of a set as a file system.
func marshal(tb testing.TB, set *policy.Set) fstest.MapFS {
	tb.Helper()
	files, err := set.Marshal()
	if err != nil {
		tb.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: content}
	}
	return fsys
}

func TestThreeStates(t *testing.T) {
	set := compile(t, folder(tracing))
	for _, tt := range []struct {
		name      string
		mode      tree.Tree
		findings  int
		undecided int
	}{
		{"known and wrong", known("PassThrough"), 1, 0},
		{"known and right", known("Active"), 0, 0},
		{"absent, so the default is wrong", tree.Tree{}, 1, 0},
		{"unknown", tree.Unknown(source.Range{Path: "f", Start: 60, End: 70}, "var.mode has no value"), 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for form, set := range map[string]*policy.Set{"from text": set, "from the compiled form": reload(t, set)} {
				got := evaluate(t, set, stack(t, tt.mode))
				if len(got.Findings) != tt.findings || len(got.Undecided) != tt.undecided || len(got.Problems) != 0 {
					t.Errorf("%s: %+v", form, got)
				}
			}
		})
	}
}

func TestSensitiveValuesStayOutOfMessages(t *testing.T) {
	const body = `deny contains {"at": fn.tracing.mode.at, "message": $"{fn.id} has {fn.tracing.mode.value}"} if {
	some fn in input.functions
	fn.tracing.mode.value != "Active"
}
`
	hidden := known("hunter2")
	hidden.Sensitive = true
	got := evaluate(t, compile(t, folder(body)), stack(t, hidden))
	if len(got.Findings) != 1 || got.Findings[0].Message != "f has (sensitive)" || !got.Findings[0].Secret {
		t.Errorf("%+v", got.Findings)
	}
}

func TestFindingKnowsItsPlace(t *testing.T) {
	got := evaluate(t, reload(t, compile(t, folder(tracing))), stack(t, known("PassThrough")))
	want := []finding.Finding{{
		Place: source.Place{Range: source.Range{Path: "f", Start: 60, End: 70}, Resource: "f", Attribute: "tracing/mode"},
		Rule:  "a-rule", Severity: finding.Low, Message: "f traces nothing",
		Node: finding.Node{Collection: "functions", Path: "tracing/mode", Written: true},
	}}
	if diff := cmp.Diff(want, got.Findings); diff != "" {
		t.Error(diff)
	}
}

// TestLanguage sends the constructs that rules use through the compiled form.
func TestLanguage(t *testing.T) {
	const body = `import data.lib.words

deny contains {"at": fn.at, "message": $"{fn.id} {concat(",", sort(names))} {levels} {words.shout("x")}"} if {
	some fn in input.functions
	some i in fn.role.targets
	role := input.roles[i]
	names := {n | some x in [fn.id, role.id]; n := x}
	levels := {k: v | some k, v in {"a": 1, "b": null}}
	lists := [x | some x in [1, 2.5]; x > 2]
	count(lists) == 1
	every n in names { n != "nobody" }
	not hidden(fn)
	data.table.answer == 42
	startswith(input.today, "2026-")
	grade(fn) == "good"
}

hidden(fn) if fn.generated

default grade(_) := "bad"

grade(fn) := "good" if fn.id == "f"
else := "unclear" if fn.id == "g"
`
	const lib = `package lib.words

shout(s) := upper(s)
`
	text := folder(body, "lib/words.rego", lib, "data/table.json", `{"table": {"answer": 42}}`)
	set := compile(t, text)
	files := marshal(t, set)
	files["data/table.json"] = text["data/table.json"]
	loaded, err := policy.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	for form, set := range map[string]*policy.Set{"from text": set, "from the compiled form": loaded} {
		got := evaluate(t, set, stack(t, known("Active")))
		if len(got.Findings) != 1 || len(got.Problems) != 0 {
			t.Fatalf("%s: %+v", form, got)
		}
		if want := `f f,r {"a": 1, "b": null} X`; got.Findings[0].Message != want {
			t.Errorf("%s: message %q, want %q", form, got.Findings[0].Message, want)
		}
	}
}

func TestRefusedAtLoad(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"misspelt attribute", strings.ReplaceAll(tracing, "mode.value", "mod.value"), "undefined ref"},
		{"misspelt state", strings.ReplaceAll(tracing, `.value != "Active"`, ".absnt"), "undefined ref"},
		{"unknown collection", strings.ReplaceAll(tracing, "input.functions", "input.function"), "undefined ref"},
		{"wrong type", strings.ReplaceAll(tracing, `fn.tracing.mode.value != "Active"`, `fn.timeout.value == "3"`), "match error"},
		{"result is a string", `deny contains "x" if count(input.functions) > 0`, "deny has the type"},
		{"result without a place", `deny contains {"message": "x"} if count(input.functions) > 0`, "deny has the type"},
		{"node as place", strings.ReplaceAll(tracing, "mode.at", "mode"), "deny has the type"},
		{"extra key", strings.ReplaceAll(tracing, `"at":`, `"x": 1, "at":`), "deny has the type"},
		{"no deny", "allow := true", "does not define deny"},
		{"network", tracing + "\nx := http.send({})", "undefined function http.send"},
		{"clock", tracing + "\nx := time.now_ns()", "undefined function time.now_ns"},
		{"unused variable", strings.ReplaceAll(tracing, "some fn in input.functions", "some fn in input.functions\n\tx := 1"), "assigned var x unused"},
		{"broken", "deny contains {", "rego_parse_error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := policy.Compile(folder(tt.body))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestMetadataIsChecked(t *testing.T) {
	for _, tt := range []struct{ name, old, replacement, want string }{
		{"no metadata", header, "package rules.a_rule\n", "METADATA is missing"},
		{"severity", "severity: low", "severity: grave", `custom.severity is "grave"`},
		{"profile", "profile: default", "profile: loose", `custom.profile is "loose"`},
		{"id", "id: a-rule", "id: another", `custom.id is "another"`},
		{"package", "package rules.a_rule", "package rules.b_rule", ""},
		{"title", "# title: A title\n", "", "no title"},
		{"remediation", "#   remediation: A fix.\n", "", "no custom.remediation"},
		{"known only", "#   since:", "#   known_only: 3\n#   since:", "custom.known_only must be true or false"},
		{"practices", "#   since:", "#   practices: [3a, 16a]\n#   since:", `custom.practices: "16a" is no sentence of a practice`},
		{"unknown field", "#   since:", "#   colour: red\n#   since:", "custom.colour"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(header+tracing, tt.old, tt.replacement, 1)
			_, err := policy.Compile(fstest.MapFS{"rules/a_rule/policy.rego": {Data: []byte(text)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestTakenIDs(t *testing.T) {
	other := strings.NewReplacer("a-rule", "b-rule", "a_rule", "b_rule", "#   since:", "#   aliases: [a-rule]\n#   since:").Replace(header + tracing)
	_, err := policy.Compile(folder(tracing, "rules/b_rule/policy.rego", other))
	if err == nil || !strings.Contains(err.Error(), "the id a-rule is already used by a_rule") {
		t.Errorf("error %v", err)
	}
}

// TestFailedRuleIsAProblem lets one rule fail while evaluating; the other still finds.
func TestFailedRuleIsAProblem(t *testing.T) {
	failing := strings.NewReplacer("a-rule", "b-rule", "a_rule", "b_rule").Replace(header) + `deny contains {"at": fn.at, "message": message} if {
	some fn in input.functions
	message := concat("", [name(fn)])
}

name(fn) := fn.id

name(fn) := fn.type
`
	got := evaluate(t, compile(t, folder(tracing, "rules/b_rule/policy.rego", failing)), stack(t, known("PassThrough")))
	if len(got.Findings) != 1 || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Message, "rule b-rule failed: a rule or a key has two different values") {
		t.Errorf("%+v", got)
	}
	if got.Problems[0].Range.Path != "unit" {
		t.Errorf("the problem is at %q, not at the unit", got.Problems[0].Range.Path)
	}
}

// TestRulesWithoutMaterialDoNotRun gives a rule a stack in which its collection is empty.
func TestRulesWithoutMaterialDoNotRun(t *testing.T) {
	failing := `deny contains {"at": url.at, "message": m} if {
	some url in input.function_urls
	m := concat("", [name(url)])
}

name(x) := x.id

name(x) := x.type
`
	set := compile(t, folder(failing))
	if got := evaluate(t, set, stack(t, known("Active"))); len(got.Problems) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestEmptySetIsNoNeed holds that a rule that asks whether something is in a set runs when what the set is made
// of is not there.
func TestEmptySetIsNoNeed(t *testing.T) {
	const body = `deny contains {"at": fn.at, "message": "found"} if {
	some fn in input.functions
	not fn.id in public
}

public contains url.id if some url in input.function_urls
`
	if got := evaluate(t, compile(t, folder(body)), stack(t, known("Active"))); len(got.Findings) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestDamagedCompiledForm(t *testing.T) {
	files := marshal(t, compile(t, folder(tracing)))
	const name = "rules/a_rule/policy.compiled"
	whole := files[name].Data
	for cut := range whole {
		files[name] = &fstest.MapFile{Data: whole[:cut]}
		set, err := policy.Load(files)
		if err == nil {
			evaluate(t, set, stack(t, known("PassThrough"))) // must not panic
		}
	}
}

// TestCompiledFormOfOneRule holds that another rule, before or after it, changes nothing in the
// compiled form of a rule.
func TestCompiledFormOfOneRule(t *testing.T) {
	const name = "rules/a_rule/policy.compiled"
	alone := marshal(t, compile(t, folder(tracing)))
	for _, other := range []string{"a_another", "z_another"} {
		fsys := folder(tracing)
		text := strings.NewReplacer("a-rule", strings.ReplaceAll(other, "_", "-"), "a_rule", other).Replace(header + tracing)
		fsys["rules/"+other+"/policy.rego"] = &fstest.MapFile{Data: []byte(text)}
		if diff := cmp.Diff(string(alone[name].Data), string(marshal(t, compile(t, fsys))[name].Data)); diff != "" {
			t.Errorf("with %s beside it:\n%s", other, diff)
		}
	}
}

// TestUndecided asks rules about a function whose tracing mode is unknown: a rule is undecided only if the mode decides.
func TestUndecided(t *testing.T) {
	const bad = `{"bad" | fn.tracing.mode.value == "bad"}`
	for _, tt := range []struct{ condition, want string }{
		{`fn.tracing.mode.value == "bad"`, "undecided"},
		{`fn.tracing.mode.value == "bad"; fn.id == "g"`, "none"},
		{`count([fn.tracing.mode]) == 2`, "none"},
		{`count([fn.tracing.mode]) == 1`, "found"},
		{`count({fn.tracing.mode.value, "bad"}) == 3`, "none"},
		{`count({fn.tracing.mode.value, "bad"}) == 2`, "undecided"},
		{`count(` + bad + `) > 1`, "none"},
		{`count(` + bad + `) > 0`, "undecided"},
		{`count({"a"} | ` + bad + `) > 0`, "found"},
		{`"c" in ({"a"} | ` + bad + `)`, "none"},
		{`"a" in ({"a"} | ` + bad + `)`, "found"},
		{`"bad" in ({"a"} | ` + bad + `)`, "undecided"},
		{`"a" in ({"a", "bad"} - ` + bad + `)`, "found"},
		{`"bad" in ({"a", "bad"} - ` + bad + `)`, "found"},
		{`"a" in ({"a", "bad"} & ` + bad + `)`, "none"},
		{`"bad" in ({"a", "bad"} & ` + bad + `)`, "undecided"},
		{`object.get({"mode": fn.tracing.mode, "name": "a"}, "name", "b") == "b"`, "none"},
		{`object.get({"mode": fn.tracing.mode}, "name", "b") == "b"`, "found"},
		{`fn.tracing.mode.value == "bad"; every x in ["a", "b"] { x == "c" }`, "none"},
		{`fn.tracing.mode.value == "bad"; every x in ["a", "b"] { x != "c" }`, "undecided"},
		{`some x in ` + bad + `; every y in ["a", "b"] { y == x }`, "none"},
		{`traces(fn.tracing)`, "undecided"},
		{`stage(fn.tracing.mode.value) == "late"`, "undecided"},
		{`table.list[fn.tracing.mode.value].start == "2"`, "undecided"},
		{`some x in gathered["f"]; x == "bad"`, "undecided"},
		{`some x in gathered["f"]; x == "good"`, "found"},
		{`some user in users; stage(user.mode.value) == "late"`, "undecided"},
	} {
		set, err := policy.Compile(folder(`
import data.table

traces(tracing) if tracing.mode.value == "bad"

stage(mode) := "early" if {
	reached(table.list[mode].start)
} else := "late" if {
	reached(table.list[mode].end)
}

# One element of a set depends on the mode, and another does not.
gathered[fn.id] contains "bad" if {
	some fn in input.functions
	fn.tracing.mode.value == "bad"
}

gathered[fn.id] contains "good" if some fn in input.functions

users contains {"id": fn.id, "mode": fn.tracing.mode} if some fn in input.functions

reached(d) if {
	d != null
	d <= "2"
}

deny contains {"at": fn.at, "message": "bad"} if {
	some fn in input.functions
	`+tt.condition+`
}
`, "data/table.json", `{"table": {"list": {"a": {"start": "1", "end": null}, "b": {"start": "2", "end": null}, "bad": {"start": "3", "end": "2"}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		got := set.Evaluate(t.Context(), stack(t, tree.Unknown(source.Range{Path: "f", Start: 60, End: 70}, "var.mode has no value")), "unit",
			model.Facts{Today: today}, func(finding.Rule) bool { return true })
		is := "none"
		switch {
		case len(got.Findings) > 0:
			is = "found"
		case len(got.Undecided) > 0:
			is = "undecided"
		}
		if is != tt.want {
			t.Errorf("%s: %s, want %s", tt.condition, is, tt.want)
		}
	}
}
