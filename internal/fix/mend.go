package fix

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Check checks those units of the report to mend that have one of the edited files, as the report was made. The
// tree is the one with the edits.
type Check func(ctx context.Context, tree fs.FS, edited []string) (finding.Report, error)

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

// maxRounds is how often edits are made on top of others. Each round but the last mends something.
const maxRounds = 50

// Mend edits the files of a tree until no wanted finding of the report can be mended any more. An edit is kept
// only if the finding that it is for is gone then, and there is neither a new finding nor a new problem. The
// tree itself stays as it is. The error is that of a check that could not take place.
func Mend(ctx context.Context, fsys fs.FS, report finding.Report, opt Options, check Check) (Result, error) {
	m := &mender{ctx: ctx, fsys: fsys, opt: opt, check: check, rules: map[string]finding.Rule{}, given: map[string]bool{}, tried: map[string]bool{}}
	m.Files, m.findings, m.problems = map[string][]byte{}, report.Findings, report.Problems
	for _, rule := range report.Rules {
		m.rules[rule.ID] = rule
	}
	for range maxRounds {
		if err := ctx.Err(); err != nil {
			return m.Result, err
		}
		batch := m.proposals()
		if len(batch) == 0 {
			break
		}
		if err := m.try(batch); err != nil {
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
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%s\x00%v", f.Rule, f.Unit, f.Resource, f.Node.Path, f.Message, f.Instances)
}

// proposals are fixes of the findings there are whose edits do not touch each other.
func (m *mender) proposals() []proposal {
	tree := source.Overlay(m.fsys, m.Files)
	var batch []proposal
	for _, f := range m.findings {
		if f.Suppressed != nil || m.given[nameOf(f)] || m.opt.Wanted != nil && !m.opt.Wanted(f) {
			continue
		}
		fix, err := Propose(tree, m.rules[f.Rule], f)
		switch {
		case err != nil:
			m.withhold(f, err.Error(), false)
			continue
		case fix.Unsafe != "" && !m.opt.Unsafe:
			m.withhold(f, fix.Unsafe, true)
			continue
		}
		if i := slices.IndexFunc(batch, func(p proposal) bool { return slices.Equal(p.fix.Edits, fix.Edits) }); i >= 0 {
			batch[i].about = append(batch[i].about, f)
			continue
		}
		if !slices.ContainsFunc(batch, func(p proposal) bool { return touch(p.fix.Edits, fix.Edits) }) {
			batch = append(batch, proposal{fix, []finding.Finding{f}})
		}
	}
	return batch
}

// again forgets which edits were of no use: what is mended since may have changed that.
func (m *mender) again() {
	m.Withheld = slices.DeleteFunc(m.Withheld, func(w Withheld) bool {
		tried := m.tried[nameOf(w.Finding)]
		if tried {
			delete(m.given, nameOf(w.Finding))
		}
		return tried
	})
	clear(m.tried)
}

func (m *mender) withhold(f finding.Finding, reason string, unsafe bool) {
	m.given[nameOf(f)] = true
	m.Withheld = append(m.Withheld, Withheld{f, reason, unsafe})
}

// touch reports whether edits overlap or stand at the same place.
func touch(a, b []Edit) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Range.Path == y.Range.Path && x.Range.Start <= y.Range.End && y.Range.Start <= x.Range.End {
				return true
			}
		}
	}
	return false
}

// try makes a batch of fixes. Where one of them does harm, or no good, each half is tried on its own.
func (m *mender) try(batch []proposal) error {
	edited := m.apply(batch)
	part, err := m.check(m.ctx, source.Overlay(m.fsys, edited), touched(batch))
	if err != nil {
		return err
	}
	after := m.instead(part)
	reason := m.judge(batch, after, part.Problems)
	if reason == "" {
		m.Files, m.findings = edited, after
		m.again()
		for _, p := range batch {
			for _, f := range p.about {
				m.Mended = append(m.Mended, Mended{f, p.fix.Title})
			}
		}
		return nil
	}
	if len(batch) == 1 {
		for _, f := range batch[0].about {
			m.tried[nameOf(f)] = true
			m.withhold(f, reason, false)
		}
		return nil
	}
	half := len(batch) / 2 //nolint:mnd // halves
	before := len(m.Mended)
	if err := m.try(batch[:half]); err != nil {
		return err
	}
	if len(m.Mended) > before {
		return nil // places have moved: the rest is proposed again
	}
	return m.try(batch[half:])
}

// touched are the files that a batch edits.
func touched(batch []proposal) []string {
	var edits []Edit
	for _, p := range batch {
		edits = append(edits, p.fix.Edits...)
	}
	return paths(edits)
}

// instead are the findings there are when some of the units have been checked again.
func (m *mender) instead(part finding.Report) []finding.Finding {
	again := map[string]bool{}
	for _, checked := range part.Checked {
		again[checked.Root] = true
	}
	whole := slices.DeleteFunc(slices.Clone(m.findings), func(f finding.Finding) bool { return again[f.Unit] })
	whole = append(whole, part.Findings...)
	finding.Sort(whole)
	return whole
}

// apply makes the edits on top of those that are made already.
func (m *mender) apply(batch []proposal) map[string][]byte {
	var edits []Edit
	for _, p := range batch {
		edits = append(edits, p.fix.Edits...)
	}
	edited := make(map[string][]byte, len(m.Files))
	for name, content := range m.Files {
		edited[name] = content
	}
	for _, name := range paths(edits) {
		content, ok := m.Files[name]
		if !ok {
			content, _ = fs.ReadFile(m.fsys, name) // Propose has read it
		}
		edited[name] = Apply(content, of(name, edits))
	}
	return edited
}

// judge says why the edits of a batch are not kept; empty: they are.
func (m *mender) judge(batch []proposal, after []finding.Finding, problems []finding.Problem) string {
	left := map[string]int{}
	for _, f := range after {
		if f.Suppressed == nil {
			left[nameOf(f)]++
		}
	}
	before := map[string]int{}
	for _, f := range m.findings {
		if f.Suppressed == nil {
			before[nameOf(f)]++
		}
	}
	for _, p := range batch {
		for _, f := range p.about {
			if name := nameOf(f); left[name] >= before[name] {
				return "the edit would not help: " + f.Rule + " would still find it"
			}
		}
	}
	for _, f := range after {
		if name := nameOf(f); f.Suppressed == nil && left[name] > before[name] {
			return fmt.Sprintf("the edit would make %s find something: %s", f.Rule, f.Message)
		}
	}
	if p, isNew := newProblem(m.problems, problems); isNew {
		return "after the edit not everything could be checked: " + p.Message
	}
	return ""
}

// newProblem returns a problem that was not there before.
func newProblem(before, after []finding.Problem) (finding.Problem, bool) {
	count := map[string]int{}
	for _, p := range before {
		count[p.Range.Path+"\x00"+p.Message]++
	}
	for _, p := range after {
		key := p.Range.Path + "\x00" + p.Message
		if count[key]--; count[key] < 0 {
			return p, true
		}
	}
	return finding.Problem{}, false
}
