package lsp

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/unit"
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

// mended checks the units of a document again, with the texts of the editor, and mends what is wanted. The
// edits are those after which another check finds that they help.
func (s *server) mended(ctx context.Context, q question, opt fix.Options) (map[string]rewrite, error) {
	files, done := q.files()
	defer done()
	changes := map[string]rewrite{}
	for _, part := range q.byConfiguration() {
		checker, req := s.request(q.snapshot, q.latest.units[part[0]].rules, q.latest.units[part[0]].conf, files)
		parts, err := checker.Parts(ctx, req, part)
		if err != nil {
			return nil, err
		}
		result, err := fix.Mend(ctx, files, checker.Whole(req, parts), opt, again(checker, req))
		if err != nil {
			return nil, err
		}
		for _, name := range slices.Sorted(maps.Keys(result.Files)) {
			before, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, err
			}
			if _, taken := changes[name]; !taken { // what two configurations want is done one after the other
				changes[name] = rewrite{newText(before), difference(before, result.Files[name])}
			}
		}
	}
	return changes, nil
}

func again(checker *check.Checker, req check.Request) fix.Check {
	return func(ctx context.Context, tree fs.FS, roots []string) (finding.Report, error) {
		req := req
		req.FS = tree
		return checker.Again(ctx, req, roots)
	}
}

// byConfiguration are the units of the document, those with the same configuration together.
func (q question) byConfiguration() [][]unit.Unit {
	var all [][]unit.Unit
	for _, u := range q.units() {
		i := slices.IndexFunc(all, func(part []unit.Unit) bool {
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

// difference is what turns a text into another: the lines that differ, those that are close to each other
// as one.
func difference(before, after []byte) []edited {
	a, b := slices.Collect(bytes.Lines(before)), slices.Collect(bytes.Lines(after))
	var edits []edited
	offset := 0
	for len(a) > 0 || len(b) > 0 {
		if len(a) > 0 && len(b) > 0 && bytes.Equal(a[0], b[0]) {
			offset += len(a[0])
			a, b = a[1:], b[1:]
			continue
		}
		n, m := resume(a, b)
		gone, come := bytes.Join(a[:n], nil), bytes.Join(b[:m], nil)
		edits = append(edits, edited{span{offset, offset + len(gone)}, string(come)})
		offset += len(gone)
		a, b = a[n:], b[m:]
	}
	return edits
}

// resume returns after how many lines of each two texts go on alike: the fewest.
func resume(a, b [][]byte) (n, m int) {
	const enough = 3 // lines that are equal by chance are fewer
	for sum := 1; sum < len(a)+len(b); sum++ {
		for n := max(0, sum-len(b)); n <= min(sum, len(a)); n++ {
			if alike(a[n:], b[sum-n:], enough) {
				return n, sum - n
			}
		}
		if sum > maxResume {
			break
		}
	}
	return len(a), len(b)
}

// maxResume is how far resume looks, in lines: it takes time that grows with the square.
const maxResume = 500

func alike(a, b [][]byte, n int) bool {
	if len(a) < n && len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range min(n, len(a)) {
		if i >= len(b) || !bytes.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}
