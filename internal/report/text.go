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

// Text is the format for people.
const Text Format = "text"

// writeText writes for people: each finding with its place, the text it is about, why it
// matters and how to fix it, then what could not be checked, then one line of figures.
func writeText(w io.Writer, r finding.Report, opt Options) error {
	t := text{opt: opt, report: r, style: style(opt.Color), rules: map[string]finding.Rule{}, hidden: hider(r.Hidden)}
	for _, rule := range r.Rules {
		t.rules[rule.ID] = rule
	}
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			t.finding(f)
		} else {
			t.quiet++
		}
	}
	if opt.Undecided {
		t.undecided()
	}
	t.fixes()
	t.problems()
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
	quiet  int               // findings that are suppressed
	hidden *strings.Replacer // for the texts of excerpts
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
	for _, shown := range excerpt(at, f.Secret, t.hidden, t.style) {
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
			continue // it stands there already
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
			continue // it is around what is shown
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

// maxListed is how many resources a line names before it only counts them.
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
		t.line(t.style.dim("undecided"), " ", t.style.bold(u.Rule), "  ", fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column))
		t.line("  ", printable(fmt.Sprintf("%s of %s is not known: %s", orSelf(u.Attribute), u.Resource, u.Cause)))
		t.line()
	}
}

func orSelf(attribute string) string {
	if attribute == "" {
		return "existence"
	}
	return attribute
}

// fixes says what was mended, and what was not although it could be.
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
			reason = "--unsafe-fixes does it: " + reason
		}
		t.line("  ", printable(f.Finding.Resource+": "+reason))
		t.line()
	}
}

func (t *text) problems() {
	for _, p := range t.report.Problems {
		at := t.opt.place(t.report, p.Range)
		where := printable(at.file)
		if at.text != nil && p.Range.End > 0 {
			where = fmt.Sprintf("%s:%d:%d", where, at.line, at.column)
		}
		t.line(t.style.problem("not checked"), "  ", where)
		t.line("  ", printable(p.Message))
		t.line()
	}
}

// summary writes the line of figures.
func (t *text) summary() {
	r := t.report
	for _, note := range t.opt.notes(r) {
		t.line(t.style.dim("note:"), " ", printable(note))
	}
	if r.Units == 0 {
		t.line("0 templates found", t.elapsed())
		return
	}
	t.line(count(r.Templates, "file"), ", ", count(r.Functions, "function"), ": ", t.findings(),
		t.undecidedCount(), t.problemCount(), t.elapsed())
}

func (t *text) findings() string {
	shown := len(t.report.Findings) - t.quiet
	suppressed := ""
	if n := len(t.report.Fixed); n > 0 {
		suppressed = ", " + strconv.Itoa(n) + " fixed"
	}
	if t.quiet > 0 {
		suppressed += ", " + strconv.Itoa(t.quiet) + " suppressed"
	}
	if shown == 0 {
		return "no findings" + suppressed
	}
	return fmt.Sprintf("%s (%s)%s", count(shown, "finding"), bySeverity(active(t.report)), suppressed)
}

func (t *text) undecidedCount() string {
	if len(t.report.Undecided) == 0 {
		return ""
	}
	hint := ""
	if !t.opt.Undecided {
		hint = " (--undecided lists them)"
	}
	return ", " + strconv.Itoa(len(t.report.Undecided)) + " undecided" + hint
}

func (t *text) problemCount() string {
	if len(t.report.Problems) == 0 {
		return ""
	}
	return ", " + strconv.Itoa(len(t.report.Problems)) + " not checked"
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
