package lsp

import (
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/source"
)

// fixOf proposes how a finding of the last check can be mended. It is false where nothing is proposed.
func (q question) fixOf(files fs.FS, fingerprint string) (fix.Fix, bool) {
	i := slices.IndexFunc(q.latest.whole.Findings, func(f finding.Finding) bool { return f.Fingerprint == fingerprint })
	if i < 0 {
		return fix.Fix{}, false
	}
	f := q.latest.whole.Findings[i]
	r := slices.IndexFunc(q.latest.whole.Rules, func(r finding.Rule) bool { return r.ID == f.Rule })
	if r < 0 {
		return fix.Fix{}, false
	}
	proposed, err := fix.Propose(files, q.latest.whole.Rules[r], f)
	return proposed, err == nil
}

// freshly checks the units of a document again, with the texts of the editor: those with the same configuration
// together. It ends with the first error of do.
func (s *server) freshly(ctx context.Context, q question, do func(files source.Overlay, checker *check.Checker, req check.Request, found finding.Report) error) error {
	files, done := q.files()
	defer done()
	for _, part := range q.byConfiguration() {
		checker, req := s.request(q.snapshot, q.latest.units[part[0]].rules, q.latest.units[part[0]].conf, files)
		parts, err := checker.Parts(ctx, req, part)
		if err != nil {
			return err
		}
		if err := do(files, checker, req, checker.Whole(req, parts)); err != nil {
			return err
		}
	}
	return nil
}

// mended mends what is wanted in the units of a document. The edits are those after which another check finds
// that they help.
func (s *server) mended(ctx context.Context, q question, opt fix.Options) (map[string]rewrite, error) {
	changes := map[string]rewrite{}
	err := s.freshly(ctx, q, func(files source.Overlay, checker *check.Checker, req check.Request, found finding.Report) error {
		result, err := fix.Mend(ctx, files, found, opt, again(checker, req))
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(result.Files)) {
			before, err := fs.ReadFile(files, name)
			if err != nil {
				return err
			}
			if _, taken := changes[name]; !taken { // what two configurations want is done one after the other
				changes[name] = rewrite{newText(before), difference(before, result.Files[name])}
			}
		}
		return nil
	})
	return changes, err
}

func again(checker *check.Checker, req check.Request) fix.Check {
	return func(ctx context.Context, tree fs.FS, roots []string) (finding.Report, error) {
		req := req
		req.FS = tree
		return checker.Again(ctx, req, roots)
	}
}

// byConfiguration are the units of the document, those with the same configuration together.
func (q question) byConfiguration() [][]deployment.Unit {
	var all [][]deployment.Unit
	for _, u := range q.units() {
		i := slices.IndexFunc(all, func(part []deployment.Unit) bool {
			return q.latest.units[part[0]].basis.confName == q.latest.units[u].basis.confName
		})
		if i < 0 {
			all = append(all, nil)
			i = len(all) - 1
		}
		all[i] = append(all[i], u)
	}
	return all
}

// difference is what turns a text into another, in whole lines.
func difference(before, after []byte) []edited {
	var edits []edited
	for _, e := range diff.Lines("", before, after) {
		edits = append(edits, edited{span{e.Range.Start, e.Range.End}, e.Text})
	}
	return edits
}
