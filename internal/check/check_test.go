package check_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/report"
	"lintel/internal/workspace"
	"lintel/policies"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

const openURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "NONE"
}
`

// shuffled lists directories in a different order each time, because file systems guarantee no order.
type shuffled struct{ fstest.MapFS }

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.MapFS.ReadDir(name)
	rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

// TestSameBytes checks that the output does not depend on the order of files or the number of processors. make harden-runs repeats
// this with all templates.
func TestSameBytes(t *testing.T) {
	fsys := tree(t, 100)
	want := map[report.Format]string{}
	for i := range 8 {
		before := runtime.GOMAXPROCS(1 + i)
		found := runAll(t, shuffled{fsys})
		runtime.GOMAXPROCS(before)
		for _, format := range report.Formats() {
			var got bytes.Buffer
			if err := report.Write(&got, format, found, report.Options{Undecided: true}); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				want[format] = got.String()
			}
			if want[format] != got.String() {
				t.Fatalf("run %d differs in %s: %s", i, format, cmp.Diff(want[format], got.String()))
			}
		}
	}
	for format, text := range want {
		if len(text) < 10_000 {
			t.Errorf("only %d bytes of %s: is anything found?", len(text), format)
		}
	}
}

// denied is a file system with a file without read permission.
type denied struct {
	fstest.MapFS
	name string
}

func (d denied) Open(name string) (fs.File, error) {
	if name == d.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.Open(name)
}

func (d denied) ReadFile(name string) ([]byte, error) {
	if name == d.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.ReadFile(name)
}

func TestUnreadableFiles(t *testing.T) {
	for _, name := range []string{"a/main.tf", "b/template.yaml"} {
		fsys := denied{fstest.MapFS{
			"a/main.tf": {Data: []byte(openURL)}, "b/template.yaml": {Data: []byte("Resources: {A: {Type: AWS::S3::Bucket}}")},
			"c/main.tf": {Data: []byte(openURL)},
		}, name}
		got := runAll(t, fsys)
		if len(got.Problems) != 1 || got.Problems[0].Range.Path != name || !strings.Contains(got.Problems[0].Message, "permission denied") {
			t.Errorf("%s: %v", name, got.Problems)
		}
		if len(got.Findings) == 0 {
			t.Errorf("%s: the rest is not checked", name)
		}
	}
}

// panicking is a file system that panics on one file.
type panicking struct{ fstest.MapFS }

func (p panicking) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "bad" && isParsing() {
		panic("boom")
	}
	return p.MapFS.ReadDir(name)
}

// isParsing reports whether a unit is parsed, and not searched for.
func isParsing() bool {
	pc := make([]uintptr, 40)
	frames := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
	for frame, more := frames.Next(); more; frame, more = frames.Next() {
		if strings.HasSuffix(frame.Function, "terraform.Read") {
			return true
		}
	}
	return false
}

func TestPanicIsAProblemOfItsUnit(t *testing.T) {
	got := runAll(t, panicking{fstest.MapFS{"bad/main.tf": {Data: []byte(openURL)}, "good/main.tf": {Data: []byte(openURL)}}})
	if len(got.Problems) != 1 || got.Problems[0].Range.Path != "bad" || !strings.Contains(got.Problems[0].Message, "boom") {
		t.Errorf("%v", got.Problems)
	}
	if len(got.Findings) != 1 || got.Findings[0].Range.Path != "good/main.tf" {
		t.Errorf("%v", got.Findings)
	}
}

// stuck is a file system that blocks on one file.
type stuck struct{ panicking }

func (s stuck) ReadDir(name string) (entries []fs.DirEntry, err error) {
	defer func() {
		if recover() != nil {
			select {}
		}
	}()
	return s.panicking.ReadDir(name)
}

func TestUnitThatTakesTooLong(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	got, err := workspace.Run(context.Background(),
		stuck{panicking{fstest.MapFS{"bad/main.tf": {Data: []byte(openURL)}, "good/main.tf": {Data: []byte(openURL)}}}},
		workspace.Settings{Rules: set, Bare: true, Today: today, UnitTime: 200 * time.Millisecond}, []string{"."}, workspace.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Problems) != 1 || got.Problems[0].Message != "the unit exceeds the time limit of 200ms; nothing in it was checked" {
		t.Errorf("%v", got.Problems)
	}
	if len(got.Findings) != 1 || got.Findings[0].Range.Path != "good/main.tf" {
		t.Errorf("%v", got.Findings)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Run(ctx, tree(t, 10), workspace.Settings{Rules: set, Bare: true}, []string{"."}, workspace.Overrides{}); err == nil {
		t.Error("a cancelled run has a report")
	}
}

// TestSAMGlobals checks that an insecure value in Globals causes one finding that lists the functions.
func TestSAMGlobals(t *testing.T) {
	got := runAll(t, fstest.MapFS{"t.yaml": {Data: []byte(`Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs18.x
    Handler: app.handler
Resources:
  A: {Type: AWS::Serverless::Function, Properties: {Tracing: Active}}
  B: {Type: AWS::Serverless::Function, Properties: {Tracing: Active}}
`)}})
	found := slices.DeleteFunc(got.Findings, func(f finding.Finding) bool { return f.Rule != "runtime-deprecated" })
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	if diff := cmp.Diff([]string{"A", "B"}, found[0].Names()); diff != "" {
		t.Error(diff)
	}
}

// TestModuleInstances checks that a literal in a module that is called several times is one finding.
func TestModuleInstances(t *testing.T) {
	got := runAll(t, fstest.MapFS{
		"main.tf":   {Data: []byte("module \"a\" {\n  source = \"./m\"\n  count = 3\n}\nmodule \"b\" {\n  source = \"./m\"\n}\n")},
		"m/main.tf": {Data: []byte(openURL)},
	})
	var instances []string
	for _, f := range got.Findings {
		instances = append(instances, strings.Join(f.Names(), " "))
	}
	want := []string{
		"module.a[0].aws_lambda_function_url.u module.a[1].aws_lambda_function_url.u module.a[2].aws_lambda_function_url.u module.b.aws_lambda_function_url.u",
	}
	if diff := cmp.Diff(want, instances); diff != "" {
		t.Error(diff)
	}
}

func TestSelection(t *testing.T) {
	rule := finding.Rule{ID: "a", Profile: finding.Strict}
	for _, tt := range []struct {
		selection check.Selection
		want      bool
	}{
		{check.Selection{}, false},
		{check.Selection{Profile: finding.Strict}, true},
		{check.Selection{Profile: finding.All}, true},
		{check.Selection{Only: []string{"a"}}, true},
		{check.Selection{Profile: finding.All, Only: []string{"b"}}, false},
		{check.Selection{Profile: finding.All, Skip: []string{"a"}}, false},
		{check.Selection{Only: []string{"a"}, Skip: []string{"a"}}, false},
	} {
		t.Run(fmt.Sprint(tt.selection), func(t *testing.T) {
			if got := tt.selection.Enabled(rule); got != tt.want {
				t.Errorf("enabled: %t", got)
			}
		})
	}
}

// greedy is a file system on which the units in work are stopped, as for their memory, when one is read.
type greedy struct {
	fstest.MapFS
	work  *deployment.Work
	times *atomic.Int32 // how often it may happen
}

func (g greedy) Open(name string) (fs.File, error) {
	if name == "bad/main.tf" && isParsing() && g.times.Add(-1) >= 0 {
		g.work.Stop("the check exceeds the limit of memory")
	}
	return g.MapFS.Open(name)
}

func (g greedy) ReadFile(name string) ([]byte, error) {
	file, err := g.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	return io.ReadAll(file)
}

// TestUnitThatNeedsTooMuchMemory stops units while they are checked: each is checked again alone, and one that is stopped
// again is a problem. The others are not affected.
func TestUnitThatNeedsTooMuchMemory(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	for times, want := range map[int32]int{1: 0, 2: 1} {
		var work deployment.Work
		var left atomic.Int32
		left.Store(times)
		files := greedy{fstest.MapFS{"bad/main.tf": {Data: []byte(openURL)}, "good/main.tf": {Data: []byte(openURL)}}, &work, &left}
		got, err := workspace.Run(work.With(t.Context()), files, workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"."}, workspace.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Problems) != want || want == 1 && (got.Problems[0].Range.Path != "bad" || got.Problems[0].Message != "the check exceeds the limit of memory; nothing in it was checked") {
			t.Errorf("stopped %d times: %v", times, got.Problems)
		}
		if len(got.Findings) != 2-want || got.Findings[len(got.Findings)-1].Range.Path != "good/main.tf" {
			t.Errorf("stopped %d times: %v", times, got.Findings)
		}
		for end := time.Now().Add(time.Minute); len(work.Names()) > 0; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("still in work: %v", work.Names())
			}
		}
	}
}

// TestRunThatIsEnded ends a run whose memory stays too large: what was checked before remains, the rest are problems.
func TestRunThatIsEnded(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	var work deployment.Work
	plan, err := workspace.New().Plan(work.With(t.Context()), tree(t, 4), workspace.Settings{Rules: set, Bare: true, Today: today}, workspace.Search{Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	all := plan.Prepare(workspace.Overrides{}, workspace.Change{})
	work.End("the run exceeds the limit of memory")
	outcome, err := plan.Check(work.With(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome.Report.Problems; len(got) != all || !strings.HasPrefix(got[0].Message, "the run exceeds the limit of memory; nothing in it was checked") {
		t.Errorf("%d units: %v", all, got)
	}
}

// TestManySuppressions checks a template with more suppressions than the limit: the others are not applied, and a problem
// says so.
func TestManySuppressions(t *testing.T) {
	text := strings.Repeat("# lintel:ignore a -- b\n", 10_001) + "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}} # lintel:ignore function-url-auth-none -- late\n"
	got := runAll(t, fstest.MapFS{"t.yaml": {Data: []byte(text)}})
	if len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Message, "more than 10000 suppressions") {
		t.Errorf("%v", got.Problems)
	}
	if !slices.ContainsFunc(got.Findings, func(f finding.Finding) bool { return f.Rule == "function-url-auth-none" && f.Suppressed == nil }) {
		t.Error("the suppression beyond the limit is applied")
	}
}
