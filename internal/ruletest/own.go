package ruletest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"lintel/internal/policy"
)

// Today returns the date for the tests of built-in rules.
func Today() time.Time { return time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC) }

// Own tests a built-in rule from its source: its templates, its fix, its Rego tests, and its templates with each
// attribute unknown in turn. The other rules run in their compiled form. fsys is the directory policies.
func Own(ctx context.Context, fsys fs.FS, id string) (Result, error) {
	name := strings.ReplaceAll(id, "-", "_")
	folder := path.Join("rules", name)
	text, err := fs.ReadFile(fsys, path.Join(folder, policyFile))
	if err != nil {
		return Result{}, fmt.Errorf("there is no rule %s: %w", id, err)
	}
	formats, err := policy.Formats(path.Join(folder, policyFile), text)
	if err != nil {
		return Result{}, err
	}
	set, err := policy.Compile(fsys, name)
	if err != nil {
		return Result{}, err
	}
	hasFix := len(set.Rules()[0].Fix) > 0
	others, err := policy.Load(fsys)
	if err != nil {
		return Result{}, err
	}
	t := Tester{Set: others.Replace(set), Today: Today()}
	result := t.Rule(ctx, id, fsys, folder, formats)
	result.Failures = append(result.Failures, FixCoverage(fsys, folder, formats, hasFix)...)
	result.Failures = append(result.Failures, t.OneUnknown(ctx, id, fsys, folder)...)
	units := t.Set.Test(ctx, fsys, policy.Folder{FS: fsys, Dir: ".", Shown: "policies"}, name)
	result.Tests = units.Ran
	for _, p := range units.Failed.Problems {
		line := 1
		if file := units.Failed.Files[p.Range.Path]; file != nil {
			line, _ = file.Position(p.Range.Start)
		}
		result.Failures = append(result.Failures, Failure{path.Base(p.Range.Path), line, p.Message})
	}
	return result, nil
}
