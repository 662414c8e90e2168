package report

import (
	_ "embed" // the style and the script of the page
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"lintel/internal/finding"
	frame "lintel/internal/page"
)

// HTML is the format of one page that contains everything that it needs.
const HTML Format = "html"

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

// page writes a report as a page, in HTML that is well-formed XML, too.
type page struct {
	*text
	html strings.Builder
}

// writeHTML writes the summary, the table by rule, and an article for each finding, problem and gap. Without JavaScript
// everything is visible; with it the findings can be searched and filtered. The page requests nothing: its content security
// policy allows only the embedded style and script.
func writeHTML(w io.Writer, r finding.Report, opt Options) error {
	opt.Color, opt.Width = false, 0
	p := page{text: newText(r, opt)}
	p.html.WriteString(frame.Head("lintel: "+p.total(), pageStyle, pageScript))
	p.head()
	p.add("<main>\n")
	p.list("findings", "Findings", len(p.shown), func(i int) { p.article(p.shown[i]) })
	unchecked := allUnchecked(r)
	p.list("unchecked", "Not checked", len(unchecked), func(i int) {
		u := unchecked[i]
		p.add("<li><article><h3><code>%s</code> <span class=\"place\">%s</span></h3><p>%s</p></article></li>\n", u.name, p.opt.place(r, u.at).shown(u.at), u.message)
	})
	p.add("</main>\n")
	p.html.WriteString(frame.End(pageScript))
	_, err := io.WriteString(w, p.html.String())
	return err
}

// add writes markup with values, which it escapes.
func (p *page) add(format string, values ...any) {
	for i, value := range values {
		switch value := value.(type) {
		case string:
			values[i] = html.EscapeString(printable(value))
		case finding.Severity:
			values[i] = value.String()
		}
	}
	fmt.Fprintf(&p.html, format, values...)
}

// head writes the title, the summary, the notes, the filter and the table by rule.
func (p *page) head() {
	r := p.report
	p.add("<header>\n<h1>lintel</h1>\n")
	if r.Units+r.Unreached == 0 {
		p.add("<p>No templates found.</p>\n")
	} else {
		p.add("<p>%s in %s, %s.</p>\n", p.total(), count(r.Functions, "function"), count(r.Templates, "file"))
	}
	if p.quiet > 0 {
		p.add("<p>%s suppressed.</p>\n", count(p.quiet, "finding"))
	}
	if line := gapsLine(r); line != "" {
		p.add("<p>%s.</p>\n", line)
	}
	for _, note := range p.opt.notes(r) {
		p.add("<p>%s</p>\n", note)
	}
	p.add("</header>\n")
	rows := p.rows()
	if len(rows) == 0 {
		return
	}
	p.add(`<search id="filter" hidden="hidden">
<label>Search <input id="query" type="search" autocomplete="off"/></label>
<fieldset><legend>Severity</legend>
`)
	for _, word := range slices.Backward(finding.Severities()) {
		p.add("<label><input type=\"checkbox\" name=\"severity\" value=\"%s\" checked=\"checked\"/> %s</label>\n", word, word)
	}
	p.add("</fieldset>\n<p id=\"shown\" role=\"status\"></p>\n</search>\n<details>\n<summary>%s</summary>\n<table>\n", "Findings by severity and rule")
	p.add("<thead><tr><th scope=\"col\">Findings</th><th scope=\"col\">Severity</th><th scope=\"col\">Rule</th><th scope=\"col\">Fixable</th></tr></thead>\n<tbody>\n")
	for _, row := range rows {
		p.add("<tr><td>%d</td><td class=\"%s\">%s</td><td><code>%s</code></td><td>%d</td></tr>\n", row.count, row.severity, row.severity, row.rule, row.fixing)
	}
	p.add("</tbody>\n</table>\n</details>\n")
}

// list writes a section with a heading, unless it is empty.
func (p *page) list(id, title string, n int, item func(i int)) {
	if n == 0 {
		return
	}
	p.add("<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n<ol>\n", id, id, id, title)
	for i := range n {
		item(i)
	}
	p.add("</ol>\n</section>\n")
}

// article writes a finding.
func (p *page) article(f finding.Finding) {
	at := p.opt.place(p.report, f.Range)
	rule := p.rules[f.Rule]
	p.add("<li data-severity=\"%s\"><article>\n<h3><span class=\"severity %s\">%s</span> <code>%s</code> <span class=\"place\">%s</span></h3>\n",
		f.Severity, f.Severity, f.Severity, f.Rule, fmt.Sprintf("%s:%d:%d", at.file, at.line, at.column))
	p.add("<p>%s</p>\n", f.Message)
	if lines := excerpt(at, f.Secret, p.opt.mask, p.style, 0); len(lines) > 0 {
		p.add("<pre tabindex=\"0\">")
		for _, line := range lines {
			p.add("%s\n", line)
		}
		p.add("</pre>\n")
	}
	p.add("<dl>\n")
	p.html.WriteString(p.details(f))
	p.prose("Why", rule.Why())
	p.prose("Fix", rule.HowToFix())
	if p.isFixable(f) {
		p.entry("Fixable", "with lintel check --fix")
	}
	p.add("</dl>\n")
	for _, ref := range rule.References {
		if strings.HasPrefix(ref.URL, "https://") {
			p.add("<p><a href=\"%s\" rel=\"noreferrer\">%s</a></p>\n", ref.URL, ref.Title)
			break
		}
	}
	p.add("</article></li>\n")
}

// details returns the conditions, other resources and related places of a finding.
func (p *page) details(f finding.Finding) string {
	d := page{text: p.text}
	d.entry("When", f.When.String())
	if facts := f.Facts()[1:]; len(facts) > 0 {
		d.entry("Also", strings.Join(facts[:min(len(facts), maxListed)], "; "))
	}
	if names := f.Names(); len(names) > 1 {
		d.entry("Resources", listed(names))
	}
	d.entry("Construct", f.Construct)
	for _, related := range places(f) {
		at := p.opt.place(p.report, related.Range)
		d.entry("See", fmt.Sprintf("%s:%d, %s", at.file, at.line, related.Message))
	}
	return d.html.String()
}

func (p *page) entry(name, value string) {
	if value != "" {
		p.add("<div><dt>%s</dt><dd>%s</dd></div>\n", name, value)
	}
}

// prose writes an entry whose value is a text of a rule, in which backticks mark code.
func (p *page) prose(name, value string) {
	if value == "" {
		return
	}
	p.add("<div><dt>%s</dt><dd>", name)
	parts := strings.Split(value, "`")
	for i, part := range parts {
		switch {
		case i%2 == 0:
			p.add("%s", part)
		case i == len(parts)-1: // a backtick without a second one
			p.add("`%s", part)
		default:
			p.add("<code>%s</code>", part)
		}
	}
	p.add("</dd></div>\n")
}
