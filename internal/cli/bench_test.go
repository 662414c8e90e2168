package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkProcess measures the whole program, cold, on one small template with all rules, in
// turn with its version command. It reports the ratio, which must stay at 4 at most.
func BenchmarkProcess(b *testing.B) {
	dir, program := b.TempDir(), build(b)
	const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.9
      FunctionUrlConfig: {AuthType: NONE}
`
	if err := os.WriteFile(filepath.Join(dir, "template.yaml"), []byte(template), 0o600); err != nil {
		b.Fatal(err)
	}
	run := func(args ...string) time.Duration {
		cmd := exec.CommandContext(b.Context(), program, args...)
		cmd.Dir = dir
		start := time.Now()
		err := cmd.Run()
		took := time.Since(start)
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
			b.Fatal(err)
		}
		return took
	}
	run("version") // the first start reads the program from disk
	var version, check time.Duration
	for b.Loop() {
		version += run("version")
		check += run("check", "--profile", "all", "template.yaml")
	}
	b.ReportMetric(float64(version.Microseconds())/float64(b.N), "µs-version/op")
	b.ReportMetric(float64(check.Microseconds())/float64(b.N), "µs-check/op")
	b.ReportMetric(float64(check)/float64(version), "check/version")
}

// build builds the program.
func build(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "lintel")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "lintel/cmd/lintel").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}
