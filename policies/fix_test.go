package policies_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"lintel/internal/finding"
	"lintel/internal/ruletest"
)

var update = flag.Bool("update", false, "write the .fixed files of rules anew; read what comes out")

// TestFixes checks that each fix has a fixture in each format of the rule, and that fixing and formatting commute. With
// -update it writes the expected results.
func TestFixes(t *testing.T) {
	for _, rule := range compiled(t).Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			for _, failure := range ruletest.FixCoverage(os.DirFS("."), folder(rule.ID), formats(t, rule.ID), len(rule.Fix) > 0) {
				t.Errorf("%s/%s", folder(rule.ID), failure)
			}
			for _, name := range ruletest.Fixtures(os.DirFS("."), folder(rule.ID)) {
				t.Run(name, func(t *testing.T) { fixed(t, rule.ID, name) })
			}
		})
	}
}

func fixed(t *testing.T, id, name string) {
	t.Helper()
	file := path.Join(folder(id), ruletest.FixDir, name)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file+ruletest.Fixed, applied(t, id, name, before), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if path.Ext(name) != ".tf" {
		return
	}
	after, err := os.ReadFile(file + ruletest.Fixed) // TestRules checks that it is what the fix writes
	if err != nil {
		t.Fatal(err)
	}
	laidOut, got := hclwrite.Format(before), after
	if !bytes.Equal(laidOut, before) {
		got = applied(t, id, name, laidOut)
	}
	if diff := cmp.Diff(string(hclwrite.Format(after)), string(got)); diff != "" {
		t.Errorf("fixing and laying out do not commute:\n%s", diff)
	}
}

func applied(t *testing.T, id, name string, before []byte) []byte {
	t.Helper()
	tester := ruletest.Tester{Set: compiled(t), Today: today}
	code, err := ruletest.Code(os.DirFS("."), folder(id))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	after, stays, err := tester.Apply(context.Background(), id, name, before, code)
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range stays {
		t.Log(why)
	}
	return after
}

// TestFixesOfTemplates checks with all templates of all rules that a second run of the fixes changes nothing.
func TestFixesOfTemplates(t *testing.T) {
	for _, rule := range compiled(t).Rules() {
		if len(rule.Fix) == 0 {
			continue
		}
		for _, c := range templates(t, rule.ID) {
			if len(c.Files) != 1 {
				continue
			}
			file := slices.Collect(maps.Keys(c.Files))[0]
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				after := applied(t, rule.ID, path.Base(file), c.Files[file].Data)
				if bytes.Equal(after, c.Files[file].Data) {
					return
				}
				if string(applied(t, rule.ID, path.Base(file), after)) != string(after) {
					t.Errorf("fixing twice is not fixing once:\n%s", after)
				}
			})
		}
	}
}

// verdictRow is a row of the table of fixes in docs/fixes.md.
var verdictRow = regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\| (safe|unsafe|conditional) \\|")

// TestVerdicts checks that docs/fixes.md lists each fix, and classifies it as the rule does.
func TestVerdicts(t *testing.T) {
	page, err := os.ReadFile("../docs/fixes.md")
	if err != nil {
		t.Fatal(err)
	}
	got, want := map[string]string{}, map[string]string{}
	for _, row := range verdictRow.FindAllStringSubmatch(string(page), -1) {
		got[row[1]] = row[2]
	}
	for _, rule := range compiled(t).Rules() {
		if len(rule.Fix) == 0 {
			continue
		}
		declared, err := finding.ParseFix(rule.Fix)
		if err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(path.Join(folder(rule.ID), "policy.rego"))
		if err != nil {
			t.Fatal(err)
		}
		mayBeUnsafe := bytes.Contains(source, []byte(`"unsafe":`)) ||
			slices.ContainsFunc(declared.Steps, func(s finding.Step) bool { return s.Unsafe != "" })
		if mayBeUnsafe != (declared.SafeIf != "") {
			t.Errorf("%s: safe_if is required exactly if the fix is unsafe for some findings", rule.ID)
		}
		switch {
		case declared.Unsafe != "":
			want[rule.ID] = "unsafe"
		case mayBeUnsafe:
			want[rule.ID] = "conditional"
		default:
			want[rule.ID] = "safe"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPlannedFixes checks that each rule whose fix docs/catalogue.json plans has one, or that its row gives the reason.
func TestPlannedFixes(t *testing.T) {
	content, err := os.ReadFile("../docs/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct {
		Rules []struct {
			ID, Departs string
			Fix         bool
		}
	}
	if err := json.Unmarshal(content, &catalogue); err != nil {
		t.Fatal(err)
	}
	isFixed := map[string]bool{}
	for _, rule := range compiled(t).Rules() {
		isFixed[rule.ID] = len(rule.Fix) > 0
	}
	planned := 0
	for _, row := range catalogue.Rules {
		hasFix, isRule := isFixed[row.ID]
		if !row.Fix || !isRule {
			continue
		}
		planned++
		if isReason := strings.Contains(row.Departs, "No fix"); hasFix == isReason {
			t.Errorf("%s: it has a fix (%v) and a reason for none (%v)", row.ID, hasFix, isReason)
		}
	}
	if planned == 0 {
		t.Error("docs/catalogue.json plans no fix: the test shows nothing")
	}
}
