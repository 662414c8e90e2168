//go:build linux && amd64

package cli_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const killedTemplate = `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: api.zip}
      Handler: api.handler
      Role: arn:aws:iam::123456789012:role/api
      Runtime: python3.13
  Url:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Api.Arn # checkov:skip=CKV_AWS_258:public on purpose
      AuthType: NONE
`

// TestKilledWrites kills every command that writes at each of its system calls that change a directory, a file or its
// attributes, one run for each. Every file must have its old or its new content, the same command must then reach the final
// state, and nothing may read what is left behind as a template.
func TestKilledWrites(t *testing.T) {
	lintel, err := exec.LookPath("lintel")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		args  []string
		files map[string]string
	}{
		{"fix", []string{"check", "--fix", "--unsafe-fixes"}, map[string]string{"a.yaml": killedTemplate, "b/b.yaml": killedTemplate}},
		{"migrate", []string{"migrate", "--write"}, map[string]string{"a.yaml": killedTemplate}},
		{"new baseline", []string{"baseline"}, map[string]string{"a.yaml": killedTemplate}},
		{"baseline", []string{"baseline"}, map[string]string{"a.yaml": killedTemplate, ".lintel-baseline.json": "{\n  \"version\": 2,\n  \"findings\": []\n}\n"}},
		{"report", []string{"check", "--output", "json=report.txt"}, map[string]string{"a.yaml": killedTemplate, "report.txt": "old"}},
		{"init", []string{"init", "--config", "--hook"}, map[string]string{"a.yaml": killedTemplate}},
		{"rule", []string{"rule", "new", "acme-rule"}, map[string]string{"a.yaml": killedTemplate}},
		{"bundle", []string{"bundle"}, map[string]string{"a.yaml": killedTemplate}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			plant := func() string {
				dir := t.TempDir()
				for name, text := range tt.files {
					plant(t, filepath.Join(dir, name), text)
				}
				return dir
			}
			old := plant()
			final := plant()
			total := killAt(t, lintel, final, tt.args, 0)
			after := contents(t, final)
			if total < 4 || cmp.Equal(contents(t, old), after) {
				t.Fatalf("%d system calls that write, and the files are %v", total, after)
			}
			for n := 1; n <= total; n++ {
				dir := plant()
				killAt(t, lintel, dir, tt.args, n)
				checkKilled(t, fmt.Sprintf("killed at call %d of %d", n, total), contents(t, dir), contents(t, old), after)
				if len(leftovers(t, dir)) > 0 && !slices.Equal(unitsOf(t, lintel, dir), unitsOf(t, lintel, without(t, dir))) {
					t.Errorf("killed at call %d: %v is a template", n, leftovers(t, dir))
				}
				killAt(t, lintel, dir, tt.args, 0)
				if diff := cmp.Diff(after, contents(t, dir)); diff != "" && tt.name != "rule" {
					t.Errorf("killed at call %d, then run again: %s", n, diff)
				}
			}
			t.Logf("%d interrupted runs", total)
		})
	}
}

// checkKilled checks that every file has its old or its new content. The files of a new rule come together.
func checkKilled(t *testing.T, when string, got, old, after map[string]string) {
	t.Helper()
	for name, text := range got {
		if text != old[name] && text != after[name] {
			t.Errorf("%s: %s contains %d bytes, neither the old nor the new content: %.200q", when, name, len(text), text)
		}
	}
	rule := 0
	for name := range after {
		if _, ok := got[name]; !ok {
			if _, ok := old[name]; ok {
				t.Errorf("%s: %s is lost", when, name)
			}
			rule++
		}
	}
	if strings.Contains(strings.Join(slices.Collect(maps.Keys(after)), " "), "policy.rego") && rule != 0 && rule != len(after)-len(old) {
		t.Errorf("%s: %d of %d files of the rule are missing", when, rule, len(after)-len(old))
	}
}

// leftovers returns the temporary files that a killed run leaves.
func leftovers(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{".lintel-*", "*/.lintel-*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, ".json") })
}

// without returns a copy of a directory without the temporary files.
func without(t *testing.T, dir string) string {
	t.Helper()
	bare := filepath.Join(t.TempDir(), filepath.Base(dir))
	if err := os.CopyFS(bare, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range leftovers(t, bare) {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	return bare
}

// unitsOf returns the lines about units in the JSON report on a directory.
func unitsOf(t *testing.T, lintel, dir string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), lintel, "check", "--format", "json")
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("%v: %s", err, out)
	}
	return regexp.MustCompile(`"(unit|file|files|rule)": .*`).FindAllString(string(out), -1)
}

// killAt runs a command in a directory and kills it at its n-th system call that writes, before the call; 0: never. It returns
// the number of such calls.
func killAt(t *testing.T, lintel, dir string, args []string, n int) (calls int) {
	t.Helper()
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // ptrace requires one thread; it ends with the goroutine
		var err error
		calls, err = traced(lintel, dir, args, n)
		done <- err
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return calls
}

// systemCallStop is the signal of a stop at a system call (PTRACE_O_TRACESYSGOOD).
const systemCallStop = syscall.SIGTRAP | 0x80

// traced is killAt on the thread of the caller.
func traced(lintel, dir string, args []string, n int) (calls int, err error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer null.Close() //nolint:errcheck // nothing is written
	files := []uintptr{null.Fd(), null.Fd(), null.Fd()}
	pid, err := syscall.ForkExec(lintel, append([]string{"lintel"}, args...), &syscall.ProcAttr{
		Dir: dir, Env: os.Environ(), Files: files,
		Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if err != nil {
		return 0, err
	}
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, syscall.WALL, nil); err != nil {
		return 0, err
	}
	const exitKill = 0x100000
	if err := syscall.PtraceSetOptions(pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE|exitKill); err != nil {
		return 0, err
	}
	inside := map[int]bool{} // threads in a system call
	for thread, signal := pid, 0; ; {
		if err := syscall.PtraceSyscall(thread, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return calls, err
		}
		if thread, err = syscall.Wait4(-pid, &status, syscall.WALL, nil); err != nil {
			return calls, fmt.Errorf("wait: %w", err)
		}
		signal = 0
		switch {
		case thread == pid && (status.Exited() || status.Signaled()):
			return calls, nil
		case !status.Stopped():
		case status.StopSignal() == systemCallStop:
			if inside[thread] = !inside[thread]; inside[thread] && writes(thread, dir) {
				if calls++; calls == n {
					if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
						return calls, err
					}
				}
			}
		case status.StopSignal() != syscall.SIGTRAP && status.StopSignal() != syscall.SIGSTOP:
			signal = int(status.StopSignal())
		}
	}
}

// writes reports whether a thread is about to change a file of a directory. Paths are not inspected: the program changes no
// other files.
func writes(thread int, dir string) bool {
	var regs syscall.PtraceRegs
	if err := syscall.PtraceGetRegs(thread, &regs); err != nil {
		return false
	}
	const renameat2 = 316
	switch regs.Orig_rax {
	case syscall.SYS_OPENAT:
		return regs.Rdx&(syscall.O_CREAT|syscall.O_TRUNC|syscall.O_WRONLY|syscall.O_RDWR) != 0 && regs.Rdx&syscall.O_DIRECTORY == 0
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64, syscall.SYS_FTRUNCATE, syscall.SYS_FCHMOD, syscall.SYS_FCHOWN, syscall.SYS_FSYNC:
		file, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", thread, regs.Rdi))
		return err == nil && strings.HasPrefix(file, dir)
	case syscall.SYS_RENAME, syscall.SYS_RENAMEAT, renameat2, syscall.SYS_UNLINK, syscall.SYS_UNLINKAT, syscall.SYS_LINK, syscall.SYS_LINKAT,
		syscall.SYS_SYMLINKAT, syscall.SYS_MKDIR, syscall.SYS_MKDIRAT, syscall.SYS_FCHMODAT, syscall.SYS_FCHOWNAT:
		return true
	}
	return false
}
