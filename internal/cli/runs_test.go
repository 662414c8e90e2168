package cli_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/report"
)

// fewRuns is how many runs TestSameEveryRun compares. make harden-runs sets HARDEN_RUNS.
const fewRuns = 3

// TestSameEveryRun checks that every command prints the same bytes, in every format, whatever the order of maps (Go changes it
// in each run), the order in which files and arguments come, the number of processors, and the working directory. The
// inputs in testdata/runs have what depends on an order most easily: reference cycles, crossed loop variables, limits,
// nested stacks, modules, hooks, duplicate keys and a custom rule that fails.
func TestSameEveryRun(t *testing.T) {
	t.Parallel()
	runs := fewRuns
	if text := os.Getenv("HARDEN_RUNS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		runs = n
	}
	files := map[string]string{}
	for _, dir := range []string{"runs", "runs-limits", "runs-policies", "corpus", "converge", "plan", "cdk"} {
		gather(t, filepath.Join("../../testdata", dir), dir, files)
	}
	if runs > fewRuns {
		templates, err := filepath.Glob("../../policies/rules/*/testdata")
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range templates {
			gather(t, dir, filepath.Join("rules", filepath.Base(filepath.Dir(dir))), files)
		}
	}
	first, differed := outputsOf(t, files, 0, runs > fewRuns), 0
	if len(first["json"]) < 50_000 {
		t.Fatalf("the report has only %d bytes", len(first["json"]))
	}
	for run := 1; run < runs; run++ {
		if diff := cmp.Diff(first, outputsOf(t, files, run, runs > fewRuns)); diff != "" {
			differed++
			t.Errorf("run %d: %.4000s", run, diff)
		}
	}
	t.Logf("%d runs of %d files, %d differed", runs, len(files), differed)
}

// gather adds the files of a directory.
func gather(t *testing.T, from, to string, files map[string]string) {
	t.Helper()
	for name, text := range contents(t, from) {
		files[filepath.Join(to, name)] = text
	}
}

// outputsOf returns the outputs of the commands in one run, by format or command.
func outputsOf(t *testing.T, files map[string]string, run int, harden bool) map[string]string {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(run), 1))
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 1+run%7))
	names := slices.Sorted(maps.Keys(files))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		plant(t, filepath.Join(dir, name), files[name])
	}
	var paths []string
	for _, name := range names {
		if top, _, _ := strings.Cut(name, string(filepath.Separator)); !slices.Contains(paths, top) && top != "runs-policies" {
			paths = append(paths, top)
		}
	}
	procs := 1 + run%8
	check := []string{"check", "--profile", "all", "--undetermined", "--today", "2026-11-24", "--policies", "runs-policies"}
	for _, format := range report.Formats() {
		check = append(check, "--output", fmt.Sprintf("%s=.out-%s", format, format))
	}
	all := map[string]string{"stdout": command(t, dir, procs, append(check, paths...)...)}
	for _, format := range report.Formats() {
		text, err := os.ReadFile(filepath.Join(dir, ".out-"+string(format)))
		if err != nil {
			t.Fatal(err)
		}
		all[string(format)] = untimed(string(text))
	}
	for _, unit := range []string{"runs/cycles", "runs/crossed", "runs/hooks/template.yaml"} {
		all["model "+unit] = command(t, dir, procs, "model", unit)
	}
	all["access text"] = command(t, dir, procs, append([]string{"access"}, paths...)...)
	paths = slices.DeleteFunc(paths, func(name string) bool { return name == "runs-limits" }) // takes seconds
	for _, format := range []string{"json", "mermaid", "dot"} {
		all["access "+format] = command(t, dir, procs, append([]string{"access", "--format", format}, paths...)...)
	}
	if !harden {
		return all
	}
	all["diff"] = command(t, dir, procs, append([]string{"check", "--fix", "--diff", "--unsafe-fixes", "--today", "2026-11-24"}, paths...)...)
	all["migrate"] = command(t, dir, procs, append([]string{"migrate"}, paths...)...)
	command(t, dir, procs, append([]string{"baseline", "--today", "2026-11-24", "--output", ".out-baseline"}, paths...)...)
	text, err := os.ReadFile(filepath.Join(dir, ".out-baseline"))
	if err != nil {
		t.Fatal(err)
	}
	all["baseline"] = string(text)
	return all
}

// command runs lintel in a directory with a number of processors and returns what it prints.
func command(t *testing.T, dir string, procs int, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "lintel", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", procs))
	out, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatalf("%v: %s", err, out)
	}
	return untimed(string(out))
}

// untimed removes how long a run took.
func untimed(text string) string {
	return regexp.MustCompile(`\d+ ms\b|"duration_ms": \d+|time="[0-9.]+"`).ReplaceAllString(text, "")
}

// contents returns the files of a directory without temporary files. The duration in a report is left out.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if strings.HasPrefix(entry.Name(), ".lintel-") && !strings.HasSuffix(name, ".json") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return err
		}
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = regexp.MustCompile(`"duration_ms": \d+`).ReplaceAllString(string(text), "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
