package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"lintel/internal/finding"
)

// Text is the human-readable format.
const Text Format = "text"

// writeText writes the findings with their excerpts and remediation, the undetermined checks, the fixes, the problems
// and a summary line.
func writeText(w io.Writer, r finding.Report, opt Options) error {
	t := text{opt: opt, report: r, style: style(opt.Color), rules: map[string]finding.Rule{}}
	for _, rule := range r.Rules {
		t.rules[rule.ID] = rule
	}
	shown := active(r)
	t.quiet = len(r.Findings) - len(shown)
	groups, written := t.grouped(shown), map[series]bool{}
	for _, f := range shown {
		s := seriesOf(f)
		switch {
		case groups[s] == nil:
			t.finding(f)
		case !written[s]:
			written[s] = true
			t.group(groups[s]) // at the place of its first finding
		}
	}
	if opt.Undecided {
		t.undecided()
	}
	t.fixes()
	t.problems()
	t.gaps()
	t.summary()
	_, err := w.Write(t.out.Bytes())
	return err
}

type text struct {
	out    bytes.Buffer
	opt    Options
	report finding.Report
	style  styles
	rules  map[string]finding.Rule
	quiet  int // findings that are suppressed
}

func (t *text) line(parts ...string) {
	for _, part := range parts {
		t.out.WriteString(part)
	}
	t.out.WriteByte('\n')
}

func (t *text) finding(f finding.Finding) {
	at := t.opt.place(t.report, f.Range)
	rule := t.rules[f.Rule]
	t.line(t.style.severity(f.Severity), " ", t.style.bold(f.Rule), "  ",
		fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column))
	t.line("  ", printable(f.Message))
	for _, shown := range excerpt(at, f.Secret, t.opt.mask, t.style) {
		t.line("  ", shown)
	}
	t.detail("when", f.When.String())
	t.also(f)
	construct := f.Construct
	if f.Source != "" {
		construct += " (" + f.Source + ")"
	}
	t.detail("construct", construct)
	for _, call := range f.Via {
		if call == f.Range {
			continue // shown as the location of the finding
		}
		p := t.opt.place(t.report, call)
		t.detail("call", fmt.Sprintf("%s:%d", p.file, p.line))
	}
	for _, at := range usesOf(f) {
		p := t.opt.place(t.report, at)
		t.detail("used", fmt.Sprintf("%s:%d", p.file, p.line))
	}
	for _, related := range f.Related {
		if related.Range.Contains(f.Range) {
			continue // contains the excerpt
		}
		p := t.opt.place(t.report, related.Range)
		t.detail("see", fmt.Sprintf("%s:%d, %s", p.file, p.line, related.Message))
	}
	t.detail("why", rule.Why())
	t.detail("fix", rule.HowToFix())
	t.line()
}

// also writes the other resources of a finding: by their messages where they have a fault of their own, else by their
// names.
func (t *text) also(f finding.Finding) {
	facts := f.Facts()[1:]
	var names []string
	for _, i := range f.Instances {
		if i.Resource != f.Resource && !slices.Contains(names, i.Resource) && !slices.Contains(facts, i.Message) {
			names = append(names, i.Resource)
		}
	}
	if len(names) > 0 {
		t.detail("also", listed(names))
	}
	for i, message := range facts {
		if i == maxListed {
			t.detail("also", fmt.Sprintf("%d more", len(facts)-i))
			break
		}
		t.detail("also", message)
	}
}

// maxListed is the number of resources that a line lists.
const maxListed = 5

func listed(names []string) string {
	if len(names) <= maxListed {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:maxListed], ", "), len(names)-maxListed)
}

func (t *text) detail(name, value string) {
	if value != "" {
		t.line("  ", t.style.dim(name+":"), " ", printable(value))
	}
}

func (t *text) undecided() {
	for _, u := range t.report.Undecided {
		at := t.opt.place(t.report, u.Range)
		t.line(t.style.dim("undetermined"), " ", t.style.bold(u.Rule), "  ", fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column))
		t.line("  ", printable(fmt.Sprintf("%s of %s cannot be determined: %s", orSelf(u.Attribute), u.Resource, u.Cause)))
		t.line()
	}
}

func orSelf(attribute string) string {
	if attribute == "" {
		return "existence"
	}
	return attribute
}

// fixes lists the applied fixes and those that were not applied.
func (t *text) fixes() {
	for _, f := range t.report.Fixed {
		t.line(t.style.good("fixed"), " ", t.style.bold(f.Finding.Rule), "  ", printable(t.opt.path(f.Finding.Range.Path)))
		t.line("  ", printable(f.Finding.Resource+": "+f.Title))
		t.line()
	}
	for _, f := range t.report.Unfixed {
		t.line(t.style.dim("not fixed"), " ", t.style.bold(f.Finding.Rule), "  ", printable(t.opt.path(f.Finding.Range.Path)))
		reason := f.Reason
		if f.Unsafe {
			reason = "unsafe (--unsafe-fixes): " + reason
		}
		t.line("  ", printable(f.Finding.Resource+": "+reason))
		t.line()
	}
}

func (t *text) problems() {
	for _, p := range t.report.Problems {
		word := t.style.problem("not checked")
		if p.Known {
			word = t.style.dim("not checked, as before the change")
		}
		t.line(word, "  ", t.opt.place(t.report, p.Range).shown(p.Range))
		t.line("  ", printable(p.Message))
		t.line()
	}
}

// gaps writes what lintel cannot see.
func (t *text) gaps() {
	for _, g := range t.report.Gaps {
		word := t.style.dim("gap")
		switch {
		case g.Known:
			word = t.style.dim("gap, as before the change")
		case g.Fails:
			word = t.style.problem("gap")
		}
		t.line(word, " ", t.style.bold(string(g.Cause)), "  ", t.opt.place(t.report, g.Range).shown(g.Range))
		t.line("  ", printable(g.Message))
		t.line()
	}
	if line := gapsLine(t.report); line != "" {
		t.line(line)
	}
}

// summary writes the notes and the summary line.
func (t *text) summary() {
	r := t.report
	for _, note := range t.opt.notes(r) {
		t.line(t.style.dim("note:"), " ", printable(note))
	}
	if r.Units == 0 {
		t.line("0 templates found", t.elapsed())
		return
	}
	var line strings.Builder
	fmt.Fprintf(&line, "%s in %s, %s%s.", t.findings(), count(r.Functions, "function"), count(r.Templates, "file"), t.elapsed())
	for _, part := range []struct {
		n    int
		text string
	}{
		{len(r.Fixed), "fixed"},
		{t.fixable(), "fixable with --fix"},
		{t.quiet, "suppressed"},
	} {
		if part.n > 0 {
			fmt.Fprintf(&line, " %d %s.", part.n, part.text)
		}
	}
	t.line(line.String(), t.undeterminedCount(), t.problemCount())
}

func (t *text) findings() string {
	shown := active(t.report)
	if len(shown) == 0 {
		return "No findings"
	}
	return fmt.Sprintf("%s (%s)", count(len(shown), "finding"), bySeverity(shown))
}

// fixable counts the findings whose rules declare a safe fix. It does not read the templates, so --fix may still refuse
// one. After --fix it is 0: the report lists what was fixed and what was not.
func (t *text) fixable() int {
	if len(t.report.Fixed)+len(t.report.Unfixed) > 0 {
		return 0
	}
	n, safe := 0, map[string]bool{}
	for _, f := range active(t.report) {
		if f.ThirdParty {
			continue
		}
		if _, ok := safe[f.Rule]; !ok {
			safe[f.Rule] = t.rules[f.Rule].HasSafeFix()
		}
		if safe[f.Rule] {
			n++
		}
	}
	return n
}

func (t *text) undeterminedCount() string {
	if len(t.report.Undecided) == 0 {
		return ""
	}
	hint := " (--undetermined)"
	if t.opt.Undecided {
		hint = ""
	}
	return fmt.Sprintf(" %s undetermined%s.", count(len(t.report.Undecided), "check"), hint)
}

func (t *text) problemCount() string {
	if len(t.report.Problems) == 0 {
		return ""
	}
	return fmt.Sprintf(" %d not checked.", len(t.report.Problems))
}

func (t *text) elapsed() string {
	if t.opt.Elapsed == 0 {
		return ""
	}
	return fmt.Sprintf(", %d ms", max(1, t.opt.Elapsed.Round(time.Millisecond).Milliseconds()))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
