package fix

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Check checks the units with the given roots again, with the settings of the report. tree contains the edits.
type Check func(ctx context.Context, tree fs.FS, roots []string) (finding.Report, error)

// Options configures Apply.
type Options struct {
	Unsafe bool                       // also apply unsafe fixes
	Text   int                        // limit of the text that is checked again for the edits of units that share files, in bytes; 0: MaxText
	Wanted func(finding.Finding) bool // selects the findings to fix; nil: all
}

// Result is the outcome of Apply.
type Result struct {
	Files    map[string][]byte // new contents of the edited files
	Before   map[string][]byte // the contents that were checked, of the same files
	Fixed    []Fixed           // in the order of the report
	Withheld []Withheld        // the findings that remain, also those of rules without a fix
}

// Fixed is a finding that the edits remove.
type Fixed struct {
	Finding finding.Finding
	Title   string
	Edits   []source.Edit // of the texts that were checked; nil: they build on other edits
}

// Withheld is a finding that is not fixed.
type Withheld struct {
	Finding finding.Finding
	Reason  string
	Unsafe  bool // Options.Unsafe would allow the fix
}

// maxRounds limits how often edits are made on top of others. Real files need two or three rounds.
const maxRounds = 50

// MaxText is the usual Options.Text. An edit that is refused takes some checks, and thousands can be refused.
const MaxText = 16 << 20

// Apply edits the files of a tree until no wanted finding of the report can be fixed. It keeps an edit only if a
// check afterwards finds that its finding is gone and that there is no new finding and no new problem. Edits are
// made of the texts that were checked, whatever the tree contains now; the tree is not written. The error is that
// of a failed check.
func Apply(ctx context.Context, fsys fs.FS, report finding.Report, opt Options, check Check) (Result, error) {
	m := &fixer{
		ctx: ctx, fsys: checkedFS{fsys, report.Files}, opt: opt, check: check, rules: map[string]finding.Rule{},
		findings: report.Findings, problems: report.Problems, checked: report.Checked,
		given: map[string]bool{}, tried: map[string]bool{}, spent: map[string]int{},
	}
	m.Files, m.Before = map[string][]byte{}, map[string][]byte{}
	for _, rule := range report.Rules {
		m.rules[rule.ID] = rule
	}
	fixedBefore := 0 // the number of fixed findings when the refused edits were last forgotten
	for round := 0; ; round++ {
		batch := m.proposals()
		if len(batch) > 0 && round == maxRounds {
			for _, p := range batch {
				m.withhold(p.about[0], fmt.Sprintf("the fixes exceed the limit of %d rounds of edits; run the command again", maxRounds), false)
			}
			break
		}
		if len(batch) == 0 {
			if len(m.Fixed) == fixedBefore {
				break
			}
			fixedBefore = len(m.Fixed)
			m.forget()
			continue
		}
		if err := m.round(batch); err != nil {
			return m.Result, err
		}
	}
	slices.SortStableFunc(m.Fixed, func(a, b Fixed) int { return a.Finding.Range.Compare(b.Finding.Range) })
	slices.SortStableFunc(m.Withheld, func(a, b Withheld) int { return a.Finding.Range.Compare(b.Finding.Range) })
	return m.Result, nil
}

type fixer struct {
	Result
	ctx   context.Context //nolint:containedctx // it lives as long as one call of Apply
	fsys  checkedFS
	opt   Options
	check Check
	rules map[string]finding.Rule

	findings []finding.Finding // after the edits so far
	problems []finding.Problem // before all edits
	checked  []finding.Checked

	given map[string]bool // the withheld findings, by name
	tried map[string]bool // those of them whose edits were refused after a check
	spent map[string]int  // the text that was checked again for the edits of a unit, in bytes
}

// proposal is a fix that is not applied yet.
type proposal struct {
	fix   Fix
	about []finding.Finding // the findings that have this fix
}

// nameOf identifies a finding through all rounds. It contains no places, because edits move them.
func nameOf(f finding.Finding) string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%s\x00%v", f.Rule, f.Unit, f.Resource, f.Node.Path, f.Message, f.Names())
}

// proposals returns fixes of the remaining findings whose edits do not touch each other. The others follow in the
// next round.
func (m *fixer) proposals() []proposal {
	texts := NewTexts(source.NewOverlay(m.fsys, m.Files))
	b := newBatch()
	for _, f := range m.findings {
		if f.Suppressed != nil || m.given[nameOf(f)] || m.opt.Wanted != nil && !m.opt.Wanted(f) {
			continue
		}
		fix, err := texts.Propose(m.rules[f.Rule], f)
		if err == nil {
			err = m.unchecked(fix)
		}
		switch {
		case err != nil:
			m.withhold(f, err.Error(), false)
		case fix.Unsafe != "" && !m.opt.Unsafe:
			m.withhold(f, fix.Unsafe, true)
		default:
			b.add(fix, f)
		}
	}
	return b.all
}

// unchecked refuses a fix that edits a file which the check did not read.
func (m *fixer) unchecked(fix Fix) error {
	for _, name := range source.EditedPaths(fix.Edits) {
		if m.fsys.files[name] == nil {
			return refusef("%s was not checked", name)
		}
	}
	return nil
}

// removes reports whether an edit removes text without a replacement.
func removes(edits []source.Edit) bool {
	return slices.ContainsFunc(edits, func(e source.Edit) bool { return e.Text == "" && e.Range.Start < e.Range.End })
}

func (m *fixer) withhold(f finding.Finding, reason string, unsafe bool) {
	m.given[nameOf(f)] = true
	m.Withheld = append(m.Withheld, Withheld{f, reason, unsafe})
}

// forget gives refused edits another try: fixes applied since may have changed the outcome.
func (m *fixer) forget() {
	m.Withheld = slices.DeleteFunc(m.Withheld, func(w Withheld) bool {
		tried := m.tried[nameOf(w.Finding)]
		if tried {
			delete(m.given, nameOf(w.Finding))
		}
		return tried
	})
	clear(m.tried)
}

// round applies the proposals that pass a check. Islands are independent of each other, so each check tries one batch
// of every island: all of its proposals or, if one of them is refused, one half after the other.
func (m *fixer) round(batch []proposal) error {
	islands := m.islands(batch)
	for {
		edited := maps.Clone(m.Files)
		var roots []string
		for _, is := range islands {
			if len(is.waiting) > 0 && m.spend(is) {
				maps.Copy(edited, m.apply(is.waiting[len(is.waiting)-1]))
				roots = append(roots, is.roots...)
			}
		}
		if len(roots) == 0 {
			return nil
		}
		slices.Sort(roots)
		after, err := m.check(m.ctx, source.NewOverlay(m.fsys, edited), roots)
		if err != nil {
			return err
		}
		m.settleAll(islands, edited, after)
	}
}

// settleAll settles each island, and replaces the findings of those whose batch is kept.
func (m *fixer) settleAll(islands []*island, edited map[string][]byte, after finding.Report) {
	before, left := findingsOf(islands, m.findings), findingsOf(islands, after.Findings)
	kept := map[string]bool{} // units
	var found []finding.Finding
	for _, is := range islands {
		own := after
		own.Findings = left[is]
		if m.settle(is, before[is], edited, own) {
			for _, f := range slices.Concat(before[is], left[is]) {
				kept[f.Unit] = true
			}
			found = append(found, left[is]...)
		}
	}
	for _, f := range m.findings {
		if !kept[f.Unit] {
			found = append(found, f)
		}
	}
	finding.Sort(found)
	m.findings = found
}

// settle keeps the batch that was tried on an island if the check accepts it, and reports whether it does. before are the findings
// of the island, and after has those that are left.
func (m *fixer) settle(is *island, before []finding.Finding, edited map[string][]byte, after finding.Report) (isKept bool) {
	if len(is.waiting) == 0 {
		return false
	}
	last := len(is.waiting) - 1
	batch := is.waiting[last]
	is.waiting = is.waiting[:last]
	reason, unsafe := m.judge(is, batch, before, after)
	switch {
	case reason == "":
		for _, p := range batch {
			edits := p.fix.Edits
			if slices.ContainsFunc(source.EditedPaths(edits), func(name string) bool { return m.Files[name] != nil }) {
				edits = nil
			}
			for _, f := range p.about {
				m.Fixed = append(m.Fixed, Fixed{f, p.fix.Title, edits})
			}
		}
		for _, name := range source.EditedPaths(editsOf(batch)) {
			m.Files[name], m.Before[name] = edited[name], m.fsys.files[name].Content
		}
		is.waiting = nil // the edits move places, so the rest is proposed again
		return true
	case len(batch) == 1:
		for _, f := range batch[0].about {
			m.tried[nameOf(f)] = true
			m.withhold(f, reason, unsafe)
		}
	default:
		calm, suspects := divide(batch, before, after.Findings)
		is.waiting = append(is.waiting, suspects, calm)
	}
	return false
}

// editsOf returns the edits of a batch.
func editsOf(batch []proposal) []source.Edit {
	var edits []source.Edit
	for _, p := range batch {
		edits = append(edits, p.fix.Edits...)
	}
	return edits
}

// apply returns the files after the edits of a batch, on top of the edits so far.
func (m *fixer) apply(batch []proposal) map[string][]byte {
	edits := editsOf(batch)
	edited := map[string][]byte{}
	for _, name := range source.EditedPaths(edits) {
		content, ok := m.Files[name]
		if !ok {
			content, _ = source.ReadFile(m.fsys, name) // Propose has read it
		}
		edited[name] = source.Apply(content, source.EditsOf(name, edits))
	}
	return edited
}

// judge returns why the edits of a batch are refused, empty if they are kept, and whether Options.Unsafe would allow
// them.
func (m *fixer) judge(is *island, batch []proposal, found []finding.Finding, after finding.Report) (reason string, unsafe bool) {
	before, left := count(found), count(after.Findings)
	if f, isLeft := firstLeft(batch, before, left); isLeft {
		return "the edit does not help: " + f.Rule + " still reports it", false
	}
	for _, f := range after.Findings {
		if name := nameOf(f); f.Suppressed == nil && left[name] > before[name] {
			return fmt.Sprintf("the edit causes a finding of %s: %s", f.Rule, f.Message), false
		}
	}
	if p, isNew := is.newProblem(m.problems, after.Problems); isNew {
		return "the edit causes a problem: " + p.Message, false
	}
	for _, w := range m.Withheld { // a value that several resources share
		if !w.Unsafe || !is.has(w.Finding) {
			continue
		}
		if name := nameOf(w.Finding); left[name] < before[name] && changes(batch, w.Finding) {
			return fmt.Sprintf("the edit also changes %s, which is unsafe: %s", w.Finding.Resource, w.Reason), true
		}
	}
	return "", false
}

// firstLeft returns the first finding of a batch that is reported as often as before. before and left are the numbers
// of findings by nameOf.
func firstLeft(batch []proposal, before, left map[string]int) (finding.Finding, bool) {
	for _, p := range batch {
		for _, f := range p.about {
			if name := nameOf(f); left[name] >= before[name] {
				return f, true
			}
		}
	}
	return finding.Finding{}, false
}

// changes reports whether a batch fixes findings of the rule of a finding.
func changes(batch []proposal, f finding.Finding) bool {
	return slices.ContainsFunc(batch, func(p proposal) bool { return p.about[0].Rule == f.Rule })
}
