package cli_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"lintel/internal/cli"
)

func TestMain(m *testing.M) {
	cli.SetCollector() // as in the program; it also saves a sixth of the time
	testscript.Main(m, map[string]func(){
		"lintel": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the end-to-end tests.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"fill":  fill,
			"exits": exits,
			"says":  says,
		},
	})
}

// fill SIZE FILE appends comment lines to a file until it has at least SIZE bytes.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	const line = "# filler filler filler filler filler filler filler filler\n"
	size := map[string]int{"5MB": 5 << 20}[args[0]]
	if size == 0 {
		ts.Fatalf("fill knows 5MB only")
	}
	text := []byte(ts.ReadFile(args[1]))
	for len(text) < size {
		text = append(text, line...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), text, 0o644))
}

// exits CODE COMMAND... runs a command and holds its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want := args[0]
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = err.Error()[len("exit status "):]
	}
	if got != want {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
}

// says FILE holds the text on standard output, apart from how long it took.
func says(ts *testscript.TestScript, _ bool, args []string) {
	got := regexp.MustCompile(`, \d+ ms\.`).ReplaceAllString(ts.ReadFile("stdout"), ".")
	if diff := cmp.Diff(ts.ReadFile(args[0]), got); diff != "" {
		ts.Fatalf("%s", diff)
	}
}
