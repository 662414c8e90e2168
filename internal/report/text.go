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

// writeText writes the findings with their excerpts and remediation, the undetermined checks, the fixes, the problems,
// a table where there are many findings, and a summary line.
func writeText(w io.Writer, r finding.Report, opt Options) error { return newText(r, opt).write(w) }

// IsText reports whether a format is for people: text, concise or full.
func (f Format) IsText() bool { return f == Text || f == Concise || f == Full }

type text struct {
	out    bytes.Buffer
	opt    Options
	report finding.Report
	style  styles
	rules  map[string]finding.Rule
	safe   map[string]bool // rules with a safe fix
	shown  []finding.Finding
	quiet  int // findings that are suppressed

	single       bool // every finding is shown by itself
	conciseLines bool // one line for each finding
}

func newText(r finding.Report, opt Options) *text {
	t := &text{opt: opt, report: r, style: style(opt.Color), rules: rulesByID(r), safe: map[string]bool{}}
	for _, rule := range r.Rules {
		t.safe[rule.ID] = rule.HasSafeFix()
	}
	t.shown = active(r)
	t.quiet = len(r.Findings) - len(t.shown)
	return t
}

func (t *text) write(w io.Writer) error {
	switch {
	case t.opt.Statistics:
		t.table(0)
	case t.conciseLines:
		for _, f := range t.shown {
			t.concise(f)
		}
	case t.single:
		for _, f := range t.shown {
			t.finding(f)
		}
	default:
		t.findings()
	}
	if t.opt.Undecided {
		t.undecided()
	}
	t.access()
	t.fixes()
	t.problems()
	t.gaps()
	if !t.opt.Quiet {
		if len(t.shown) > fewFindings && !t.opt.Statistics {
			t.table(maxRows)
		}
		t.summary()
	}
	_, err := w.Write(t.out.Bytes())
	return err
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
		fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column), t.mark(f))
	t.paragraph(f.Message)
	for _, shown := range excerpt(at, f.Secret, t.opt.mask, t.style, t.opt.Width) {
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
	t.see(f)
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

// mark returns the mark of a finding that --fix can fix.
func (t *text) mark(f finding.Finding) string {
	if !t.isFixable(f) {
		return ""
	}
	return "  " + t.style.good("[fixable]")
}

func (t *text) undecided() {
	for _, u := range t.report.Undecided {
		at := t.opt.place(t.report, u.Range)
		name, rules := u.Rules[0], ""
		if len(u.Rules) > 1 {
			name, rules = count(len(u.Rules), "rule"), "; rules: "+strings.Join(u.Rules, ", ")
		}
		t.item(t.style.dim("undetermined"), name, fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column),
			fmt.Sprintf("%s of %s cannot be determined: %s%s", orSelf(u.Attribute), u.Resource, u.Cause, rules))
	}
	for _, u := range t.report.Unread {
		at := t.opt.place(t.report, u.Range)
		t.item(t.style.dim("undetermined"), "code", fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column),
			fmt.Sprintf("the code of %s is %s: %s", u.Resource, extentOf(u), u.Cause))
	}
}

// extentOf returns how much of the code of a function is read.
func extentOf(u finding.Unread) string {
	if u.Partly {
		return "read in part"
	}
	return "not read"
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
		t.item(t.style.good("fixed"), f.Finding.Rule, printable(t.opt.path(f.Finding.Range.Path)), f.Finding.Resource+": "+f.Title)
	}
	for _, f := range t.report.Unfixed {
		reason := f.Reason
		if f.Unsafe {
			reason = "unsafe (--unsafe-fixes): " + reason
		}
		t.item(t.style.dim("not fixed"), f.Finding.Rule, printable(t.opt.path(f.Finding.Range.Path)), f.Finding.Resource+": "+reason)
	}
}

func (t *text) problems() {
	for _, p := range t.report.Problems {
		word := t.style.problem("not checked")
		if p.Known {
			word = t.style.dim("not checked, as before the change")
		}
		t.item(word, "", t.opt.place(t.report, p.Range).shown(p.Range), p.Message)
	}
}

// summary writes the notes and the summary line.
func (t *text) summary() {
	r := t.report
	for _, note := range t.opt.notes(r) {
		t.wrapped(t.style.dim("note:")+" ", len("note: "), note)
	}
	if r.Units+r.Unreached == 0 {
		t.line("0 templates found", t.elapsed())
		return
	}
	var line strings.Builder
	fmt.Fprintf(&line, "%s in %s, %s%s.", t.total(), count(r.Functions, "function"), count(r.Templates, "file"), t.elapsed())
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
	t.wrapped("", 0, line.String()+t.undeterminedCount()+t.problemCount())
}

func (t *text) total() string {
	switch {
	case len(t.shown) == 0 && t.opt.hidden > 0:
		return "No findings of severity " + t.opt.Least.String() + " or higher"
	case len(t.shown) == 0:
		return "No findings"
	}
	return fmt.Sprintf("%s (%s)", count(len(t.shown), "finding"), bySeverity(t.shown))
}

// fixable counts the findings that --fix can fix.
func (t *text) fixable() int {
	n := 0
	for _, f := range t.shown {
		if t.isFixable(f) {
			n++
		}
	}
	return n
}

// isFixable reports whether the rule of a finding declares a safe fix. It does not read the templates, so --fix may still
// refuse one. After --fix it is false: the report lists what was fixed and what was not.
func (t *text) isFixable(f finding.Finding) bool {
	return t.safe[f.Rule] && !f.ThirdParty && len(t.report.Fixed)+len(t.report.Unfixed) == 0
}

func (t *text) undeterminedCount() string {
	values, checks := len(t.report.Undecided), t.report.Undetermined()
	if checks == 0 {
		return ""
	}
	by, hint := "", " (--undetermined)"
	if values < checks {
		by = " by " + count(values, "unknown value")
	}
	if t.opt.Undecided {
		hint = ""
	}
	return fmt.Sprintf(" %s undetermined%s%s.", count(checks, "check"), by, hint)
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
