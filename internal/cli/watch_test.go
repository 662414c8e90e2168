//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lintel/internal/cli"
)

// screen collects the output of a program that runs.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer

	seen int // reports that shows has returned or passed over
}

// Write adds text.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// shows waits for a complete report that contains one text and not the other. A slow machine can report an unfinished change before.
func (s *screen) shows(want, not string) bool {
	const end = "waiting for changes"
	for range 400 {
		time.Sleep(50 * time.Millisecond)
		s.mu.Lock()
		reports := strings.SplitAfter(s.text.String(), end)
		s.mu.Unlock()
		for _, report := range reports[s.seen : len(reports)-1] {
			s.seen++
			if strings.Contains(report, want) && !strings.Contains(report, not) {
				return true
			}
		}
	}
	return false
}

// TestWatch changes files while check --watch runs, and interrupts it.
func TestWatch(t *testing.T) {
	lintel, err := exec.LookPath("lintel")
	if err != nil {
		t.Fatal(err)
	}
	dir, outside := t.TempDir(), t.TempDir()
	good := strings.Replace(killedTemplate, "AuthType: NONE", "AuthType: AWS_IAM", 1)
	plant(t, filepath.Join(dir, "a.yaml"), killedTemplate)
	plant(t, filepath.Join(outside, "parameters.json"), "[]")
	var out screen
	cmd := exec.CommandContext(t.Context(), lintel, "check", "--watch", "--format", "concise", "--param-file", filepath.Join(outside, "parameters.json"))
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	for _, step := range []struct {
		name, file, text string
		want, not        string
	}{
		{"first check", "", "", "function-url-auth-none", "\x1b"},
		{"fixed", "a.yaml", good, "No findings", "function-url-auth-none"},
		{"new file in a new directory", "b/c/b.yaml", killedTemplate, filepath.Join("b", "c", "b.yaml"), "No findings"},
		{"configuration", ".lintel.yaml", "skip: [function-url-auth-none]\n", "No findings", "function-url-auth-none"},
		{"malformed configuration", ".lintel.yaml", "skip: [", "lintel: ", "No findings"},
		{"repaired", ".lintel.yaml", "{}\n", "function-url-auth-none", "No findings"},
		{"file outside of the root", filepath.Join(outside, "parameters.json"), "{", "parameters.json", "function-url-auth-none"},
	} {
		if step.file != "" {
			name := step.file
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, name)
			}
			plant(t, name, step.text)
		}
		if !out.shows(step.want, step.not) {
			t.Fatalf("%s: no report contains %q and not %q: %s", step.name, step.want, step.not, out.text.String())
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var failure *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &failure) || failure.ExitCode() != cli.ExitInterrupted {
		t.Errorf("the interrupted watch ends with %v: %s", err, out.text.String())
	}
}
