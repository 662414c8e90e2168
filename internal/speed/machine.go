package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// machine runs programs and measures them.
type machine struct {
	ctx    context.Context //nolint:containedctx // ends all programs
	dir    string          // temporary directory for inputs
	lintel string          // program
	tree   string          // directory of the user; empty: none
	env    []string
	rounds int
}

// result is what a program needed.
type result struct {
	cpu, wall time.Duration
	peak      float64 // memory, in MB
	exit      int     // code
}

// in returns a machine with another environment variable.
func (m *machine) in(env string) *machine {
	other := *m
	other.env = append(slices.Clone(m.env), env)
	return &other
}

// write writes an input to a new directory.
func (m *machine) write(name string, files map[string]string) (dir string, err error) {
	dir = filepath.Join(m.dir, name)
	for name, text := range files { // any order: the files are independent
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// check runs lintel check with all rules. Only in the directory of the user may there be something that cannot be checked: it takes
// no time, so a figure about the rest would be wrong.
func (m *machine) check(dir string, args ...string) (result, error) {
	r, err := m.start(dir, append([]string{"check", "--profile", "all", "--format", "json"}, args...)...)
	if err == nil && r.exit == incomplete && dir != m.tree {
		return r, fmt.Errorf("%s was not checked completely", filepath.Base(dir))
	}
	return r, err
}

// incomplete is the exit code of lintel if it could not check everything.
const incomplete = 2

// start runs lintel. Findings and templates that cannot be checked are no error.
func (m *machine) start(dir string, args ...string) (result, error) {
	return m.measure(exec.CommandContext(m.ctx, m.lintel, args...), dir)
}

// self runs this program.
func (m *machine) self(dir string, args ...string) (result, error) {
	program, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	return m.measure(exec.CommandContext(m.ctx, program, args...), dir)
}

func (m *machine) measure(cmd *exec.Cmd, dir string) (result, error) {
	var errs bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &errs
	cmd.Env = append(os.Environ(), m.env...)
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() > incomplete || exit.ExitCode() < 0) {
		return result{}, fmt.Errorf("%w: %s", err, errs.String())
	}
	r := result{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: took, exit: cmd.ProcessState.ExitCode()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = float64(usage.Maxrss) / 1000 // Linux counts in kB
		if runtime.GOOS == "darwin" {
			r.peak /= 1000 // and macOS in bytes
		}
	}
	return r, nil
}

func (m *machine) git(dir string, args ...string) error {
	cmd := exec.CommandContext(m.ctx, "git", append([]string{"-c", "user.name=speed", "-c", "user.email=speed@example.com"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w\n%s", args[0], err, out)
	}
	return nil
}

// ratio runs two works in turn and returns the median of the ratios of their CPU times.
func ratio(rounds int, work, base func() (result, error)) ([]float64, string, error) {
	var ratios []float64
	var works, bases []time.Duration
	for i := range rounds + 1 {
		b, err := base()
		if err != nil {
			return nil, "", err
		}
		w, err := work()
		if err != nil {
			return nil, "", err
		}
		if i == 0 { // the first run reads the files from the disk
			continue
		}
		ratios = append(ratios, w.cpu.Seconds()/b.cpu.Seconds())
		works, bases = append(works, w.cpu), append(bases, b.cpu)
	}
	return []float64{median(ratios)}, fmt.Sprintf("%.1f / %.1f ms of CPU time, %d pairs", milliseconds(median(works)), milliseconds(median(bases)), rounds), nil
}

func median[T cmp.Ordered](values []T) T {
	return percentile(values, 50)
}

func percentile[T cmp.Ordered](values []T, percent int) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)*percent/100]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// cpuTime returns the CPU time that this process has used.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// parse reads and parses the templates below a directory, as a program could that does nothing else: Terraform with hcl,
// and YAML and JSON with "Resources" or a transform with yaml.
func parse(dir string) error {
	paths, err := templatesIn(dir)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	next := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for path := range next {
				parseFile(path)
			}
		})
	}
	for _, path := range paths {
		next <- path
	}
	close(next)
	group.Wait()
	return nil
}

// templatesIn returns the files below a directory that can be templates by their names.
func templatesIn(dir string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != dir) {
			return filepath.SkipDir
		}
		if syntax := source.SyntaxOf(path); err == nil && (syntax == source.HCL || syntax == source.YAML || syntax == source.JSON) {
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

// parseFile parses a file. Faults are not reported: it is only about the time.
func parseFile(path string) {
	content, err := os.ReadFile(path)
	if err != nil {
		return
	}
	if source.SyntaxOf(path) == source.HCL {
		_, _ = hclsyntax.ParseConfig(content, path, hcl.InitialPos)
		return
	}
	if bytes.Contains(content, []byte("Resources")) && bytes.Contains(content, []byte("AWS::")) {
		var document yaml.Node
		_ = yaml.NewDecoder(bytes.NewReader(content)).Decode(&document)
	}
}

// loop works on all processors without sharing anything.
func loop() error {
	const work = 400_000_000
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	sums := make([]uint64, 64*workers)
	for w := range workers {
		group.Go(func() {
			sum := uint64(1)
			for range work / workers {
				sum = sum*6364136223846793005 + 1442695040888963407
			}
			sums[64*w] = sum
		})
	}
	group.Wait()
	return nil
}
