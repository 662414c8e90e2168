package ruletest_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/policy"
	"lintel/internal/ruletest"
)

const (
	id  = "acme-long-timeout"
	dir = "rules/acme_long_timeout"
)

// scaffold returns a new rule of lintel rule new as a file system.
func scaffold(t *testing.T) fstest.MapFS {
	t.Helper()
	root := t.TempDir()
	if _, err := ruletest.New(filepath.Join(root, "rules"), id); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(os.DirFS(root), name)
		files[name] = &fstest.MapFile{Data: content, Mode: 0o644}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// terraform returns a template with a function whose timeout is on line 4.
func terraform(timeout, more string) string {
	return "resource \"aws_lambda_function\" \"api\" {\n  function_name = \"api\"\n  role          = \"arn:aws:iam::111122223333:role/api\"\n" +
		"  timeout       = " + timeout + "\n" + more + "}\n"
}

// inYAML is a function in CloudFormation on one line.
const inYAML = "{Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, S3Key: k}, Handler: h, Role: r, Runtime: python3.13, Timeout: 900}}"

// change is an edit of the new rule.
type change struct {
	old, new string            // in the policy
	files    map[string]string // files to write below the directory of the rule; "-": to remove
	formats  []string          // nil: all
}

func (c change) apply(t *testing.T) fstest.MapFS {
	t.Helper()
	files := scaffold(t)
	if c.old != "" {
		text := string(files[dir+"/policy.rego"].Data)
		if !strings.Contains(text, c.old) {
			t.Fatalf("the policy does not contain %q", c.old)
		}
		files[dir+"/policy.rego"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, c.old, c.new))}
	}
	for name, text := range c.files {
		files[dir+"/"+name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
		if text == "-" {
			delete(files, dir+"/"+name)
		}
	}
	return files
}

func tester(t *testing.T, fsys fs.FS) ruletest.Tester {
	t.Helper()
	set, err := policy.Compile(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return ruletest.Tester{Set: set, Today: ruletest.Today()}
}

func texts(failures []ruletest.Failure) []string {
	var all []string
	for _, f := range failures {
		all = append(all, f.String())
	}
	return all
}

// mustSay compares failures with their expected prefixes, one to one.
func mustSay(t *testing.T, failures []ruletest.Failure, want []string) {
	t.Helper()
	got := texts(failures)
	same := len(got) == len(want)
	for i := range min(len(got), len(want)) {
		same = same && strings.HasPrefix(got[i], want[i])
	}
	if !same {
		t.Errorf("unexpected failures:\n%s", cmp.Diff(want, got))
	}
}

// bySeconds is the declaration of a fix, indented as in METADATA.
const bySeconds = "#   fix:\n#     title: End it after ten minutes\n#     set: 600\n#   remediation"

// TestRule checks each failure about templates and fixes.
func TestRule(t *testing.T) {
	all := []string{ruletest.Terraform, ruletest.CloudFormation, ruletest.SAM}
	const found = `# want "may run for 900 seconds"`
	for _, tt := range []struct {
		name string
		change
		want []string
	}{
		{"nothing is wrong", change{}, nil},
		{
			"no templates",
			change{files: map[string]string{"testdata/bad.tf": "-", "testdata/ok.tf": "-", "testdata/bad.yaml": "-", "testdata/ok.yaml": "-", "testdata/bad.sam.yaml": "-", "testdata/ok.sam.yaml": "-"}},
			[]string{"policy.rego:1: cannot read the templates: open rules/acme_long_timeout/testdata", "policy.rego:1: the rule has no finding in its templates"},
		},
		{
			"a finding without a comment",
			change{files: map[string]string{"testdata/more.tf": terraform("901", "")}},
			[]string{`testdata/more.tf:4: unexpected finding: "aws_lambda_function.api TODO may run for 901 seconds"`},
		},
		{
			"a comment without a finding",
			change{files: map[string]string{"testdata/more.tf": terraform("30 "+found, "")}},
			[]string{`testdata/more.tf:4: missing finding: "may run for 900 seconds"`},
		},
		{
			"another message",
			change{files: map[string]string{"testdata/more.tf": terraform("901 "+found, "")}},
			[]string{"testdata/more.tf:4: missing finding", "testdata/more.tf:4: unexpected finding"},
		},
		{
			"one finding, two comments",
			change{files: map[string]string{"testdata/more.tf": terraform("900 "+found+` "may run"`, "")}},
			[]string{`testdata/more.tf:4: missing finding: "may run"`},
		},
		{
			"two findings on a line",
			change{files: map[string]string{
				"testdata/more.yaml": `Resources: {A: ` + inYAML + `, B: ` + inYAML + `} # want "may run" "may run"` + "\n",
			}},
			nil,
		},
		{
			"a comment on the line above",
			change{files: map[string]string{"testdata/more.tf": strings.ReplaceAll(terraform("900", ""), "  timeout", "  # want+1 \"900\"\n  timeout")}},
			nil,
		},
		{
			"a comment without quotes",
			change{files: map[string]string{"testdata/more.tf": terraform("30 # want 900", "")}},
			[]string{"testdata/more.tf:4: want requires regular expressions in quotes"},
		},
		{
			"a comment that is no regular expression",
			change{files: map[string]string{"testdata/more.tf": terraform(`30 # want "("`, "")}},
			[]string{`testdata/more.tf:4: want "(": error parsing regexp`},
		},
		{
			"a template that does not parse",
			change{files: map[string]string{"testdata/more.tf": "resource {\n"}},
			[]string{"testdata/more.tf:1: could not be checked: "},
		},
		{
			"a file that is no template",
			change{files: map[string]string{"testdata/more.txt": "text\n"}},
			[]string{"testdata/more.txt:1: not a template"},
		},
		{
			"no template with a finding in a format",
			change{files: map[string]string{"testdata/bad.yaml": "-"}},
			[]string{"policy.rego:1: a template with a finding in CloudFormation"},
		},
		{
			"no template without a finding in a format",
			change{files: map[string]string{"testdata/ok.sam.yaml": "-"}},
			[]string{"policy.rego:1: a template without a finding in SAM"},
		},
		{
			"an unsupported format",
			change{formats: append(slices.Clone(all), "Pulumi")},
			[]string{
				"policy.rego:1: a template with a finding in Pulumi", "policy.rego:1: a template without a finding in Pulumi",
				`policy.rego:1: custom.formats names "Pulumi"; it must be Terraform, CloudFormation or SAM`,
			},
		},
		{
			"an unknown value is treated as a violation",
			change{old: "fn.timeout.value > 600", new: "not fn.timeout.value == 30"},
			slices.Concat(
				blurred("bad.sam.yaml"), blurred("bad.tf"), blurred("bad.yaml"),
			),
		},
		{
			"a fix that changes nothing",
			change{old: "#   remediation", new: bySeconds, files: map[string]string{"fix/main.tf": terraform("30", ""), "fix/main.tf.fixed": terraform("30", "")}},
			[]string{"fix/main.tf:1: the fix changes nothing"},
		},
		{
			"a fix without what comes out",
			change{old: "#   remediation", new: bySeconds, files: map[string]string{"fix/main.tf": terraform("900", "")}},
			[]string{"fix/main.tf:1: there is no main.tf.fixed beside it"},
		},
		{
			"a fix of which something else comes out",
			change{old: "#   remediation", new: bySeconds, files: map[string]string{"fix/main.tf": terraform("900", ""), "fix/main.tf.fixed": terraform("60", "")}},
			[]string{`fix/main.tf:4: what comes out is not main.tf.fixed: "  timeout       = 600"`},
		},
		{
			"a fix",
			change{old: "#   remediation", new: bySeconds, files: map[string]string{"fix/main.tf": terraform("900", ""), "fix/main.tf.fixed": terraform("600", "")}},
			nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := tt.apply(t)
			if tt.formats == nil {
				tt.formats = all
			}
			result := tester(t, fsys).Rule(t.Context(), id, fsys, dir, tt.formats)
			mustSay(t, result.Failures, tt.want)
		})
	}
}

// blurred returns the failures of a template whose finding remains when all values are unknown, with and without list
// items.
func blurred(name string) []string {
	const said = "testdata/%s:1: with all values unknown (list items kept: %t) the rule still reports "
	return []string{fmt.Sprintf(said, name, false), fmt.Sprintf(said, name, true)}
}

func TestFixCoverage(t *testing.T) {
	formats := []string{ruletest.Terraform, ruletest.CloudFormation, ruletest.SAM}
	whole := map[string]string{}
	for _, name := range []string{"main.tf", "template.yaml", "template.json", "sam.yaml"} {
		whole["fix/"+name], whole["fix/"+name+ruletest.Fixed] = "x", "y"
	}
	without := func(name string) map[string]string {
		some := maps.Clone(whole)
		some["fix/"+name], some["fix/"+name+ruletest.Fixed] = "-", "-"
		return some
	}
	for _, tt := range []struct {
		name    string
		files   map[string]string
		formats []string
		hasFix  bool
		want    []string
	}{
		{"no fix", nil, formats, false, nil},
		{"all formats", whole, formats, true, nil},
		{"files without a fix", whole, formats, false, []string{"policy.rego:1: the directory fix has files, but METADATA declares no custom.fix"}},
		{"a fix without files", nil, formats[:1], true, []string{"policy.rego:1: the rule has a fix, so its directory fix needs a file that ends with .tf"}},
		{"no YAML", without("template.yaml"), formats, true, []string{"policy.rego:1: the rule has a fix, so its directory fix needs a file that ends with template.yaml"}},
		{"no JSON", without("template.json"), formats, true, []string{"policy.rego:1: the rule has a fix, so its directory fix needs a file that ends with .json"}},
		{"no SAM", without("sam.yaml"), formats, true, []string{"policy.rego:1: the rule has a fix, so its directory fix needs a file that ends with sam.yaml"}},
		{"no SAM, and not about it", without("sam.yaml"), formats[:2], true, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mustSay(t, ruletest.FixCoverage(change{files: tt.files}.apply(t), dir, tt.formats, tt.hasFix), tt.want)
		})
	}
}

// TestOneUnknown checks each failure about a single unknown attribute, and each exception.
func TestOneUnknown(t *testing.T) {
	const exempt = "fn.timeout.value > 600\n\tnot fn.runtime.value == \"python3.13\""
	exempted := map[string]string{"testdata/exempt.tf": terraform("900", "  runtime = \"python3.13\"\n")}
	with := func(exceptions string) map[string]string {
		files := maps.Clone(exempted)
		files[ruletest.ExceptionsFile] = exceptions
		return files
	}
	guilty := []string{
		`testdata/bad.sam.yaml:1: when /functions/0/runtime is unknown, the rule reports "Api TODO may run for 900 seconds"`,
		`testdata/bad.tf:1: when /functions/0/runtime is unknown, the rule reports `,
		`testdata/bad.yaml:1: when /functions/0/runtime is unknown, the rule reports `,
		`testdata/exempt.tf:1: when /functions/0/runtime is unknown, the rule reports `,
	}
	for _, tt := range []struct {
		name string
		change
		want []string
	}{
		{"nothing is wrong", change{}, nil},
		{"an exemption that takes ignorance for guilt", change{old: "fn.timeout.value > 600", new: exempt, files: exempted}, guilty},
		{"an exception for it", change{old: "fn.timeout.value > 600", new: exempt, files: with(`{"facts": {"/runtime$": "why"}}`)}, nil},
		{"an exception for something else", change{old: "fn.timeout.value > 600", new: exempt, files: with(`{"facts": {"/handler$": "why"}}`)}, guilty},
		{
			"a message with a hole",
			change{
				old: "TODO may run for {fn.timeout.value} seconds", new: "{fn.runtime.value} may run for {fn.timeout.value} seconds",
				files: map[string]string{"testdata/bad.sam.yaml": "-", "testdata/bad.yaml": "-", "testdata/bad.tf": terraform("900 # want \"900\"", "  runtime = \"python3.13\"\n")},
			},
			[]string{"testdata/bad.tf:1: when /functions/0/runtime is unknown, the message has a missing value: "},
		},
		{
			"an exemption by what a reference points to",
			change{
				old: "fn.timeout.value > 600", new: "fn.timeout.value > 600\n\tnot fn.role.targets[0] == 0",
				files: map[string]string{
					"testdata/bad.sam.yaml": "-", "testdata/ok.sam.yaml": "-",
					"testdata/role.tf": strings.ReplaceAll(terraform("900", ""), `"arn:aws:iam::111122223333:role/api"`, "aws_iam_role.api.arn") + "\nresource \"aws_iam_role\" \"api\" {\n  assume_role_policy = \"{}\"\n}\n",
				},
			},
			[]string{"testdata/role.tf:1: when /functions/0/role is unknown, the rule reports "},
		},
		{"exceptions that are no JSON", change{files: with("{")}, []string{"exceptions.json:1: unexpected end of JSON input"}},
		{"exceptions that are no regular expression", change{files: with(`{"facts": {"(": "why"}}`)}, []string{"exceptions.json:1: error parsing regexp"}},
		{"a rule to yield to that is not there", change{old: "#   practices: []", new: "#   practices: []\n#   yields_to: [nobody]"}, slices.Repeat([]string{"testdata/"}, 6)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := tt.apply(t)
			mustSay(t, tester(t, fsys).OneUnknown(t.Context(), id, fsys, dir), tt.want)
		})
	}
}

// TestOwn checks the test of a rule that is not compiled yet, and its errors.
func TestOwn(t *testing.T) {
	for _, tt := range []struct {
		name string
		change
		err  string
		want []string
	}{
		{"nothing is wrong", change{}, "", nil},
		{"a Rego test that fails", change{files: map[string]string{"policy_test.rego": "package rules.acme_long_timeout_test\n\ntest_nothing if false\n"}}, "", []string{"policy_test.rego:3: test_nothing failed"}},
		{"a fix without files", change{old: "#   remediation", new: bySeconds}, "", slices.Repeat([]string{"policy.rego:1: the rule has a fix"}, 4)},
		{"no policy", change{files: map[string]string{"policy.rego": "-"}}, "there is no rule acme-long-timeout", nil},
		{"a policy that does not parse", change{old: "deny contains", new: "deny contains contains"}, "rego_parse_error", nil},
		{"a policy that does not compile", change{old: "fn.timeout.value > 600", new: "fn.nothing.value > 600"}, "rego_type_error", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			result, err := ruletest.Own(t.Context(), tt.apply(t), id)
			switch {
			case tt.err == "" && err != nil:
				t.Fatal(err)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("got %v, want %s", err, tt.err)
			}
			mustSay(t, result.Failures, tt.want)
		})
	}
}

func TestNewRefuses(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"", "Acme", "acme_tag", "acme--tag", "-acme", "acme-", "../acme", "1acme"} {
		if _, err := ruletest.New(root, name); err == nil || !strings.Contains(err.Error(), "is not a rule id") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := ruletest.New(root, "acme-tag"); err != nil {
		t.Fatal(err)
	}
	if _, err := ruletest.New(root, "acme-tag"); err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("a second time: %v", err)
	}
}
