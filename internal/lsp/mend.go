package lsp

import (
	"context"
	"io/fs"
	"slices"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/source"
)

// fixOf proposes how a finding of the last check can be mended. It is false where nothing is proposed.
func (q question) fixOf(files fs.FS, fingerprint string) (fix.Fix, bool) {
	i := slices.IndexFunc(q.latest.Report.Findings, func(f finding.Finding) bool { return f.Fingerprint == fingerprint })
	if i < 0 {
		return fix.Fix{}, false
	}
	f := q.latest.Report.Findings[i]
	r := slices.IndexFunc(q.latest.Report.Rules, func(r finding.Rule) bool { return r.ID == f.Rule })
	if r < 0 {
		return fix.Fix{}, false
	}
	proposed, err := fix.Propose(files, q.latest.Report.Rules[r], f)
	return proposed, err == nil
}

// freshly checks the units of the document again, with the texts of the editor, and those of the other instances of a
// finding: without them it would have another fingerprint. An empty fingerprint is no finding.
func (q question) freshly(ctx context.Context, files source.Overlay, fingerprint string) (finding.Report, error) {
	var roots []string
	for _, u := range q.units() {
		roots = append(roots, u.Root)
	}
	for _, f := range q.latest.Report.Findings {
		if fingerprint == "" || f.Fingerprint != fingerprint {
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

// mended mends what is wanted in the units of the document. The edits are those after which another check finds
// that they help. fingerprint is that of the only wanted finding, or empty.
func (q question) mended(ctx context.Context, fingerprint string, opt fix.Options) (map[string]rewrite, error) {
	files, done := q.files()
	defer done()
	found, err := q.freshly(ctx, files, fingerprint)
	if err != nil {
		return nil, err
	}
	result, err := fix.Mend(ctx, files, found, opt, q.latest.Recheck)
	if err != nil {
		return nil, err
	}
	changes := map[string]rewrite{}
	for name, after := range result.Files {
		before, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		changes[name] = rewrite{newText(before), difference(before, after)}
	}
	return changes, nil
}

// difference is what turns a text into another, in whole lines.
func difference(before, after []byte) []edited {
	var edits []edited
	for _, e := range diff.Lines("", before, after) {
		edits = append(edits, edited{span{e.Range.Start, e.Range.End}, e.Text})
	}
	return edits
}
