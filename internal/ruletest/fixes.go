package ruletest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// FixDir is the subdirectory of a rule with templates to fix, each with its expected result.
const FixDir = "fix"

// Fixed is the suffix of the file name of an expected result.
const Fixed = ".fixed"

// Fixtures returns the file names of the templates to fix in the directory of a rule. Directories beside them contain the code of
// their functions.
func Fixtures(fsys fs.FS, folder string) []string {
	entries, _ := fs.ReadDir(fsys, path.Join(folder, FixDir))
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() && !strings.HasSuffix(entry.Name(), Fixed) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// FixCoverage returns a failure for each format of the rule, for CloudFormation in each of its two languages,
// that has no fixture of the fix. A rule without a fix must have no fixtures.
func FixCoverage(fsys fs.FS, folder string, formats []string, hasFix bool) []Failure {
	names := Fixtures(fsys, folder)
	if !hasFix {
		if len(names) > 0 {
			return []Failure{{policyFile, 1, "the directory " + FixDir + " has files, but METADATA declares no custom.fix"}}
		}
		return nil
	}
	wanted := map[string][]string{Terraform: {".tf"}, CloudFormation: {"template.yaml", ".json"}, SAM: {"sam.yaml"}}
	var failures []Failure
	for _, format := range formats {
		for _, ending := range wanted[format] {
			if !slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(name, ending) }) {
				failures = append(failures, Failure{policyFile, 1, fmt.Sprintf("the rule has a fix, so its directory %s needs a file that ends with %s", FixDir, ending)})
			}
		}
	}
	return failures
}

// fixes applies the fix of a rule to its fixtures and compares the results.
func (t Tester) fixes(ctx context.Context, id string, fsys fs.FS, folder string) []Failure {
	var failures []Failure
	for _, name := range Fixtures(fsys, folder) {
		file := path.Join(FixDir, name)
		fail := func(line int, format string, args ...any) {
			failures = append(failures, Failure{file, line, fmt.Sprintf(format, args...)})
		}
		before, err := source.ReadFile(fsys, path.Join(folder, file))
		if err != nil {
			fail(1, "%v", err)
			continue
		}
		code, err := Code(fsys, folder)
		if err != nil {
			fail(1, "%v", err)
			continue
		}
		after, stays, err := t.Apply(ctx, id, name, before, code)
		want, missing := source.ReadFile(fsys, path.Join(folder, file+Fixed))
		switch {
		case err != nil:
			fail(1, "%v", err)
		case bytes.Equal(before, after):
			fail(1, "the fix changes nothing: %s", strings.Join(stays, "; "))
		case missing != nil:
			fail(1, "there is no %s beside it with what comes out", name+Fixed)
		case !bytes.Equal(after, want):
			line, got := difference(after, want)
			fail(line, "what comes out is not %s: %q", name+Fixed, got)
		}
		if again, _, err := t.Apply(ctx, id, name, after, code); err == nil && !bytes.Equal(again, after) {
			fail(1, "fixing twice is not fixing once")
		}
	}
	return failures
}

// difference is the first line of a text that is another one in what is wanted.
func difference(got, want []byte) (line int, text string) {
	wanted := strings.Split(string(want), "\n")
	for i, own := range strings.Split(string(got), "\n") {
		if i >= len(wanted) || own != wanted[i] {
			return i + 1, own
		}
	}
	return len(wanted), ""
}

// Code returns the code of the functions of the templates to fix: the files below the directories in FixDir.
func Code(fsys fs.FS, folder string) (fstest.MapFS, error) {
	files, dir := fstest.MapFS{}, path.Join(folder, FixDir)
	err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Dir(name) == dir {
			return err
		}
		content, err := source.ReadFile(fsys, name)
		files[strings.TrimPrefix(name, dir+"/")] = &fstest.MapFile{Data: content, Mode: 0o644}
		return err
	})
	return files, err
}

// Apply returns a text after the fixes of a rule, and the reasons for the findings that remain. The other rules of its
// profile verify the edits. code is the code of the functions of the text; nil: there is none.
func (t Tester) Apply(ctx context.Context, id, name string, before []byte, code fstest.MapFS) (after []byte, stays []string, err error) {
	profile := finding.Default
	for _, r := range t.Set.Rules() {
		if r.ID == id {
			profile = r.Profile
		}
	}
	files := fstest.MapFS{name: &fstest.MapFile{Data: before, Mode: 0o644}}
	maps.Copy(files, code)
	outcome, err := workspace.Once(ctx, files, t.settings(), []string{"."}, workspace.Overrides{Profile: profile})
	if err != nil {
		return nil, nil, err
	}
	opt := fix.Options{Unsafe: true, Wanted: func(f finding.Finding) bool { return f.Rule == id }}
	result, err := fix.Apply(ctx, files, outcome.Report, opt, outcome.Recheck)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range result.Withheld {
		stays = append(stays, w.Finding.Resource+" stays: "+w.Reason)
	}
	if edited, ok := result.Files[name]; ok {
		return edited, stays, nil
	}
	return before, stays, nil
}
