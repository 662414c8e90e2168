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

// Check checks the units with the given roots, which are some of those of the report to mend, as the report was
// made. The tree is the one with the edits.
type Check func(ctx context.Context, tree fs.FS, roots []string) (finding.Report, error)

// Options say what Mend may do.
type Options struct {
	Unsafe bool                       // make edits after which something may work no more, too
	Wanted func(finding.Finding) bool // which findings are mended; nil: all
}

// Result is what Mend has done.
type Result struct {
	Files    map[string][]byte // new contents of the files that are edited
	Mended   []Mended          // in the order of the report
	Withheld []Withheld        // findings that stay, also those of rules that declare no fix
}

// Mended is a finding that is gone.
type Mended struct {
	Finding finding.Finding
	Title   string
}

// Withheld is a finding that is not mended.
type Withheld struct {
	Finding finding.Finding
	Reason  string
	Unsafe  bool // it could be, if what is not safe were allowed
}

// maxRounds is how often edits are made on top of others. Real files need two or three.
const maxRounds = 50

// Mend edits the files of a tree until no wanted finding of the report can be mended any more. An edit is kept
// only if the finding that it is for is gone then, and there is neither a new finding nor a new problem. The
// tree itself stays as it is. The error is that of a check that could not take place.
func Mend(ctx context.Context, fsys fs.FS, report finding.Report, opt Options, check Check) (Result, error) {
	m := &mender{
		ctx: ctx, fsys: fsys, opt: opt, check: check, rules: map[string]finding.Rule{},
		findings: report.Findings, problems: report.Problems, checked: report.Checked,
		given: map[string]bool{}, tried: map[string]bool{},
	}
	m.Files = map[string][]byte{}
	for _, rule := range report.Rules {
		m.rules[rule.ID] = rule
	}
	known := 0 // how many were mended when the edits of no use were forgotten last
	for round := 0; ; round++ {
		batch := m.proposals()
		if len(batch) > 0 && round == maxRounds {
			for _, p := range batch {
				m.withhold(p.about[0], "there is more to edit than one run does; run it again", false)
			}
			break
		}
		if len(batch) == 0 {
			if len(m.Mended) == known {
				break
			}
			known = len(m.Mended)
			m.forget()
			continue
		}
		if err := m.round(batch); err != nil {
			return m.Result, err
		}
	}
	slices.SortStableFunc(m.Mended, func(a, b Mended) int { return a.Finding.Range.Compare(b.Finding.Range) })
	slices.SortStableFunc(m.Withheld, func(a, b Withheld) int { return a.Finding.Range.Compare(b.Finding.Range) })
	return m.Result, nil
}

type mender struct {
	Result
	ctx   context.Context //nolint:containedctx // it lives as long as one call of Mend
	fsys  fs.FS
	opt   Options
	check Check
	rules map[string]finding.Rule

	findings []finding.Finding // with what is edited so far
	problems []finding.Problem // before all edits
	checked  []finding.Checked

	given map[string]bool // findings that nothing more is done about, by their names
	tried map[string]bool // those of them whose edits were of no use
}

// proposal is a fix that may be made.
type proposal struct {
	fix   Fix
	about []finding.Finding // it is the same for all of these
}

// nameOf names a finding through all rounds: places change, and so do numbers of equal findings.
func nameOf(f finding.Finding) string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%s\x00%v", f.Rule, f.Unit, f.Resource, f.Node.Path, f.Message, f.Names())
}

// proposals are fixes of the findings there are whose edits do not touch each other. The others come in the next
// round.
func (m *mender) proposals() []proposal {
	tree := source.Overlay{FS: m.fsys, Texts: m.Files}
	b := batch{inFile: map[string][]int{}, removing: map[string]bool{}}
	for _, f := range m.findings {
		if f.Suppressed != nil || m.given[nameOf(f)] || m.opt.Wanted != nil && !m.opt.Wanted(f) {
			continue
		}
		fix, err := Propose(tree, m.rules[f.Rule], f)
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

// batch are proposals that can be made at the same time.
type batch struct {
	all      []proposal
	inFile   map[string][]int // indices of those that edit a file
	removing map[string]bool  // resources that something is taken out of
}

// add adds a fix, unless it is in the way of another one.
func (b *batch) add(fix Fix, f finding.Finding) {
	names := source.EditedPaths(fix.Edits)
	for _, name := range names {
		for _, i := range b.inFile[name] {
			if slices.Equal(b.all[i].fix.Edits, fix.Edits) {
				b.all[i].about = append(b.all[i].about, f)
				return
			}
			if source.Touch(b.all[i].fix.Edits, fix.Edits) {
				return
			}
		}
	}
	if removes(fix.Edits) {
		key := f.Range.Path + "\x00" + f.Resource
		if b.removing[key] {
			return // what is left of a list or map is known in the next round
		}
		b.removing[key] = true
	}
	for _, name := range names {
		b.inFile[name] = append(b.inFile[name], len(b.all))
	}
	b.all = append(b.all, proposal{fix, []finding.Finding{f}})
}

// removes reports whether an edit takes something out and puts nothing in its place.
func removes(edits []source.Edit) bool {
	return slices.ContainsFunc(edits, func(e source.Edit) bool { return e.Text == "" && e.Range.Start < e.Range.End })
}

func (m *mender) withhold(f finding.Finding, reason string, unsafe bool) {
	m.given[nameOf(f)] = true
	m.Withheld = append(m.Withheld, Withheld{f, reason, unsafe})
}

// forget forgets which edits were of no use: what is mended since may have changed that.
func (m *mender) forget() {
	m.Withheld = slices.DeleteFunc(m.Withheld, func(w Withheld) bool {
		tried := m.tried[nameOf(w.Finding)]
		if tried {
			delete(m.given, nameOf(w.Finding))
		}
		return tried
	})
	clear(m.tried)
}

// round makes those of the proposals that help. Islands do not know of each other, so one of each is tried at the
// same time: all of its proposals, or where one of them does harm, a half of them after the other.
func (m *mender) round(batch []proposal) error {
	islands := m.islands(batch)
	for {
		edited := maps.Clone(m.Files)
		var roots []string
		for _, is := range islands {
			if len(is.waiting) > 0 {
				maps.Copy(edited, m.apply(is.waiting[len(is.waiting)-1]))
				roots = append(roots, is.roots...)
			}
		}
		if len(roots) == 0 {
			return nil
		}
		slices.Sort(roots)
		after, err := m.check(m.ctx, source.Overlay{FS: m.fsys, Texts: edited}, roots)
		if err != nil {
			return err
		}
		for _, is := range islands {
			m.settle(is, edited, after)
		}
	}
}

// settle keeps what was tried on an island if it helps.
func (m *mender) settle(is *island, edited map[string][]byte, after finding.Report) {
	if len(is.waiting) == 0 {
		return
	}
	last := len(is.waiting) - 1
	batch := is.waiting[last]
	is.waiting = is.waiting[:last]
	reason := m.judge(is, batch, after)
	switch {
	case reason == "":
		for _, name := range touched(batch) {
			m.Files[name] = edited[name]
		}
		m.findings = slices.DeleteFunc(slices.Clone(m.findings), is.has)
		m.findings = append(m.findings, slices.DeleteFunc(slices.Clone(after.Findings), func(f finding.Finding) bool { return !is.has(f) })...)
		finding.Sort(m.findings)
		for _, p := range batch {
			for _, f := range p.about {
				m.Mended = append(m.Mended, Mended{f, p.fix.Title})
			}
		}
		is.waiting = nil // places have moved: the rest is proposed again
	case len(batch) == 1:
		for _, f := range batch[0].about {
			m.tried[nameOf(f)] = true
			m.withhold(f, reason, false)
		}
	default:
		half := len(batch) / 2 //nolint:mnd // halves
		is.waiting = append(is.waiting, batch[half:], batch[:half])
	}
}

// touched are the files that a batch edits.
func touched(batch []proposal) []string {
	var edits []source.Edit
	for _, p := range batch {
		edits = append(edits, p.fix.Edits...)
	}
	return source.EditedPaths(edits)
}

// apply makes the edits of a batch on top of those that are made already.
func (m *mender) apply(batch []proposal) map[string][]byte {
	var edits []source.Edit
	for _, p := range batch {
		edits = append(edits, p.fix.Edits...)
	}
	edited := map[string][]byte{}
	for _, name := range source.EditedPaths(edits) {
		content, ok := m.Files[name]
		if !ok {
			content, _ = fs.ReadFile(m.fsys, name) // Propose has read it
		}
		edited[name] = source.Apply(content, source.EditsOf(name, edits))
	}
	return edited
}

// judge says why the edits of a batch are not kept; empty: they are.
func (m *mender) judge(is *island, batch []proposal, after finding.Report) string {
	before, left := is.count(m.findings), is.count(after.Findings)
	for _, p := range batch {
		for _, f := range p.about {
			if name := nameOf(f); left[name] >= before[name] {
				return "the edit would not help: " + f.Rule + " would still find it"
			}
		}
	}
	for _, f := range after.Findings {
		if name := nameOf(f); is.has(f) && f.Suppressed == nil && left[name] > before[name] {
			return fmt.Sprintf("the edit would make %s find something: %s", f.Rule, f.Message)
		}
	}
	if p, isNew := is.newProblem(m.problems, after.Problems); isNew {
		return "after the edit not everything could be checked: " + p.Message
	}
	return ""
}
