package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// rows returns the table. Memory comes first: the system counts the memory of this process for the programs it starts.
func rows() []row {
	return []row{
		{"peak memory for 900 / 7,400 templates", []float64{120, 300}, "%.2f / %.2f MB", memory},
		{"cold check of one small template / lintel version", []float64{2}, "%.2f", smallTemplate},
		{"783 templates / bare parsing", []float64{6}, "%.2f", generatedTree},
		{"templates of the tests of the rules / bare parsing", []float64{8}, "%.2f", ruleTemplates},
		{"LINTEL_SPEED_TREE / bare parsing", []float64{6}, "%.2f", ownTree},
		{"all rules on one function with a role", []float64{0.05}, "%.2f ms", oneFunction},
		{"all rules on 50 functions / one, 3,000 / 1,500", []float64{10, 2.4}, "%.2f, %.2f", manyFunctions},
		{"didSave to diagnostics, 20 files, median / 99th percentile", []float64{15, 40}, "%.2f / %.2f ms", save},
		{"template of 10,000 lines in the editor, median", []float64{60}, "%.2f ms", longTemplate},
		{"template of 1 MB in one line / in many", []float64{1.2}, "%.2f", oneLine},
		{"--against with one changed file in 1,000 units / --staged", []float64{3}, "%.2f", against},
		{"check FILE / --staged in a repository of 15,000 files", []float64{200, 200}, "%.2f / %.2f ms", oneOfMany},
		{"tree with 2 processors / 1, in comparison with a loop", []float64{1.1}, "%.2f", processors},
	}
}

func memory(m *machine) ([]float64, string, error) {
	var peaks []float64
	var pace []string
	for _, n := range []int{900, 7400} {
		rounds := max(1, 2700/n)
		dir, err := m.write(fmt.Sprintf("memory%d", n), patterns(n))
		if err != nil {
			return nil, "", err
		}
		var used []float64
		var times []time.Duration
		for range rounds {
			r, err := m.check(dir)
			if err != nil {
				return nil, "", err
			}
			used, times = append(used, r.peak), append(times, r.cpu)
		}
		peaks = append(peaks, median(used))
		pace = append(pace, fmt.Sprintf("%.2f ms per template", milliseconds(median(times))/float64(n)))
	}
	return peaks, strings.Join(pace, " / "), nil
}

const small = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.9
      FunctionUrlConfig: {AuthType: NONE}
`

func smallTemplate(m *machine) ([]float64, string, error) {
	dir, err := m.write("small", map[string]string{"template.yaml": small})
	if err != nil {
		return nil, "", err
	}
	return ratio(5*m.rounds,
		func() (result, error) { return m.check(dir, "template.yaml") },
		func() (result, error) { return m.start(dir, "version") })
}

func generatedTree(m *machine) ([]float64, string, error) {
	dir, err := m.write("tree", patterns(783))
	if err != nil {
		return nil, "", err
	}
	return m.overParsing(dir)
}

// ruleTemplates compares for copies of the templates that the rules are tested with, because comments in them are long.
func ruleTemplates(m *machine) ([]float64, string, error) {
	dir := filepath.Join(m.dir, "rules")
	found, err := filepath.Glob("policies/rules/*/testdata")
	if err != nil || len(found) == 0 {
		return nil, "", fmt.Errorf("found %d directories of templates; run speed in the root of the repository", len(found))
	}
	for _, from := range found {
		if err := copyTemplates(filepath.Join(dir, filepath.Base(filepath.Dir(from))), from); err != nil {
			return nil, "", err
		}
	}
	return m.overParsing(dir)
}

// copyTemplates copies each template of a rule, a file or a directory, into a directory of its own: together, those of Terraform would
// be one module that declares its resources again and again.
func copyTemplates(to, from string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		own := filepath.Join(to, strings.ReplaceAll(e.Name(), ".", "_"))
		name := filepath.Join(from, e.Name())
		if e.IsDir() {
			if err := os.CopyFS(own, os.DirFS(name)); err != nil {
				return err
			}
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(own, 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(own, e.Name()), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func ownTree(m *machine) ([]float64, string, error) {
	if m.tree == "" {
		return nil, "", nil
	}
	return m.overParsing(m.tree)
}

// overParsing compares a check of a tree with bare parsing of its templates.
func (m *machine) overParsing(dir string) ([]float64, string, error) {
	return ratio(m.rounds,
		func() (result, error) { return m.check(dir) },
		func() (result, error) { return m.self(dir, "parse", dir) })
}

func oneLine(m *machine) ([]float64, string, error) {
	const functions = 4000
	text := strings.Builder{}
	text.WriteString(`{"Resources": {`)
	for i := range functions {
		fmt.Fprintf(&text, `"F%[1]d": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "python3.13", "Handler": "app.handler", `+
			`"Timeout": 30, "MemorySize": 512, "TracingConfig": {"Mode": "Active"}, "Code": {"S3Bucket": "b", "S3Key": "k%[1]d"}, "Role": {"Fn::GetAtt": ["R", "Arn"]}}}, `, i)
	}
	text.WriteString(`"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}}}}}`)
	one, err := m.write("one", map[string]string{"template.json": text.String()})
	if err != nil {
		return nil, "", err
	}
	many, err := m.write("many", map[string]string{"template.json": strings.ReplaceAll(text.String(), ", ", ",\n")})
	if err != nil {
		return nil, "", err
	}
	return ratio(3,
		func() (result, error) { return m.check(one) },
		func() (result, error) { return m.check(many) })
}

func against(m *machine) ([]float64, string, error) {
	dir, err := m.write("against", patterns(1000))
	if err != nil {
		return nil, "", err
	}
	if err := m.stage(dir); err != nil {
		return nil, "", err
	}
	return ratio(m.rounds,
		func() (result, error) { return m.check(dir, "--against", "HEAD") },
		func() (result, error) { return m.check(dir, "--staged") })
}

// changedTemplate is the template that stage changes.
const changedTemplate = "pattern0000/template.yaml"

// stage commits patterns and stages a change of one.
func (m *machine) stage(dir string) error {
	changed := filepath.Join(dir, filepath.FromSlash(changedTemplate))
	text, err := os.ReadFile(changed)
	if err != nil {
		return err
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"commit", "-qm", "Add patterns"}} {
		if err := m.git(dir, args...); err != nil {
			return err
		}
	}
	if err := os.WriteFile(changed, append(text, "# changed\n"...), 0o600); err != nil {
		return err
	}
	return m.git(dir, "add", ".")
}

// oneOfMany checks one template of a large repository: by its name, and because it is staged.
func oneOfMany(m *machine) ([]float64, string, error) {
	const units = 3000 // of five files each
	dir, err := m.write("large", patterns(units))
	if err != nil {
		return nil, "", err
	}
	if err := m.stage(dir); err != nil {
		return nil, "", err
	}
	var medians []float64
	var waits []string
	for _, args := range [][]string{{changedTemplate}, {"--staged"}} {
		var used, waited []time.Duration
		for range m.rounds {
			r, err := m.check(dir, args...)
			if err != nil {
				return nil, "", err
			}
			used, waited = append(used, r.cpu), append(waited, r.wall)
		}
		medians = append(medians, milliseconds(median(used)))
		waits = append(waits, fmt.Sprintf("%.0f", milliseconds(median(waited))))
	}
	return medians, "CPU time; the user waits " + strings.Join(waits, " / ") + " ms here", nil
}

// processors compares what a second processor gains for a tree and for a loop that shares nothing.
func processors(m *machine) ([]float64, string, error) {
	if runtime.NumCPU() < 2 {
		return nil, "", nil
	}
	dir, err := m.write("processors", patterns(783))
	if err != nil {
		return nil, "", err
	}
	var ratios, trees, loops []float64
	for range m.rounds {
		gain := func(work func(env string) (result, error)) (float64, error) {
			one, err := work("GOMAXPROCS=1")
			if err != nil {
				return 0, err
			}
			two, err := work("GOMAXPROCS=2")
			return two.wall.Seconds() / one.wall.Seconds(), err
		}
		tree, err := gain(func(env string) (result, error) { return m.in(env).check(dir) })
		if err != nil {
			return nil, "", err
		}
		loop, err := gain(func(env string) (result, error) { return m.in(env).self(dir, "loop") })
		if err != nil {
			return nil, "", err
		}
		ratios, trees, loops = append(ratios, tree/loop), append(trees, tree), append(loops, loop)
	}
	return []float64{median(ratios)}, fmt.Sprintf("wall time: tree %.2f, loop %.2f", median(trees), median(loops)), nil
}
