package lsp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/source"
)

// fixesOf returns the fixes of those findings of the last check that have one, by fingerprint. Each was tried: editors
// offer no fix that cannot be applied.
func (q question) fixesOf(ctx context.Context, files source.Overlay, fingerprints []string) map[string]fix.Fix {
	proposed, texts := map[string]fix.Fix{}, fix.NewTexts(files)
	for _, f := range q.latest.Report.Findings {
		r := slices.IndexFunc(q.latest.Report.Rules, func(r finding.Rule) bool { return r.ID == f.Rule })
		if r < 0 || !slices.Contains(fingerprints, f.Fingerprint) {
			continue
		}
		if one, err := texts.Propose(q.latest.Report.Rules[r], f); err == nil && !readOnly(files, one) {
			proposed[f.Fingerprint] = one
		}
	}
	if len(proposed) == 0 {
		return nil
	}
	found, err := q.freshly(ctx, files, fingerprints...)
	if err != nil {
		return nil
	}
	works := map[string]bool{}
	try := func(wanted func(fingerprint string) bool) {
		opt := fix.Options{Unsafe: true, Wanted: func(f finding.Finding) bool { return wanted(f.Fingerprint) }}
		result, err := fix.Apply(ctx, files, found, opt, q.latest.Recheck)
		for _, fixed := range result.Fixed {
			works[fixed.Finding.Fingerprint] = err == nil
		}
	}
	try(func(fingerprint string) bool { _, ok := proposed[fingerprint]; return ok })
	for fingerprint := range proposed { // any order: each is tried by itself
		if !works[fingerprint] && len(proposed) > 1 { // another fix may have made this one superfluous
			try(func(other string) bool { return other == fingerprint })
		}
	}
	maps.DeleteFunc(proposed, func(fingerprint string, _ fix.Fix) bool { return !works[fingerprint] })
	return proposed
}

// ownerWrites is the permission of the owner of a file to write it.
const ownerWrites = 0o200

// readOnly reports whether a fix edits a file that cannot be saved.
func readOnly(files source.Overlay, one fix.Fix) bool {
	return slices.ContainsFunc(source.EditedPaths(one.Edits), func(name string) bool {
		info, err := fs.Stat(files.FS, name)
		return err == nil && info.Mode()&ownerWrites == 0
	})
}

// freshly checks the units of the document again, with the unsaved text of the editor, and the units of the other
// instances of the findings with these fingerprints: without them a finding would have another fingerprint.
func (q question) freshly(ctx context.Context, files source.Overlay, fingerprints ...string) (finding.Report, error) {
	var roots []string
	for _, u := range q.units() {
		roots = append(roots, u.Root)
	}
	for _, f := range q.latest.Report.Findings {
		if !slices.Contains(fingerprints, f.Fingerprint) {
			continue
		}
		for _, i := range f.Identities {
			if !slices.Contains(roots, i.Unit) {
				roots = append(roots, i.Unit)
			}
		}
	}
	return q.latest.Recheck(ctx, files, roots)
}

// fixed applies the wanted fixes in the units of the document, and returns the edits that a check accepts.
// fingerprint is that of the only wanted finding; empty: all findings.
func (q question) fixed(ctx context.Context, fingerprint string, opt fix.Options) (map[string]rewrite, error) {
	files, done := q.files()
	defer done()
	found, err := q.freshly(ctx, files, fingerprint)
	if err != nil {
		return nil, err
	}
	result, err := fix.Apply(ctx, files, found, opt, q.latest.Recheck)
	if err != nil {
		return nil, err
	}
	changes := map[string]rewrite{}
	for _, name := range slices.Sorted(maps.Keys(result.Files)) { // the first error counts
		after := result.Files[name]
		before := result.Before[name]
		if now, err := source.ReadFile(files, name); err != nil || !bytes.Equal(now, before) {
			return nil, errors.Join(err, fmt.Errorf("%s changed after it was checked; try again", name))
		}
		changes[name] = rewrite{newText(before), difference(before, after)}
	}
	return changes, nil
}

// difference returns the edits that turn one text into another, in whole lines.
func difference(before, after []byte) []edited {
	var edits []edited
	for _, e := range diff.Lines("", before, after) {
		edits = append(edits, edited{span{e.Range.Start, e.Range.End}, e.Text})
	}
	return edits
}
