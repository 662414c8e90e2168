package lsp

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// The source of all diagnostics, and the code of diagnostics about problems.
const (
	sourceName = "lintel"
	notChecked = "not-checked"
)

// fileDiagnostics are the diagnostics of a file, by its path in the tree.
type fileDiagnostics struct {
	path    string
	message publishDiagnosticsParams
}

// show returns the diagnostics to publish: for files with findings, for open files, and empty lists for files whose
// findings are gone.
func (t *project) show(snap snapshot, whole finding.Report) []fileDiagnostics {
	c := newConverter(snap, whole)
	all := c.diagnostics(whole)
	paths := map[string]bool{}
	for _, files := range []map[string][]diagnostic{all, t.published} {
		for p := range files {
			paths[p] = true
		}
	}
	for p := range snap.open {
		paths[p] = true
	}
	var messages []fileDiagnostics
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		found := c.capped(all[p])
		isPushed := len(found) > 0 && (!snap.client.pulls() || !snap.pullsWorkspace)
		if snap.open[p] == nil && isPushed == t.pushed[p] && reflect.DeepEqual(found, t.published[p]) {
			continue
		}
		if len(found) > 0 {
			t.published[p] = found
		} else {
			delete(t.published, p)
		}
		messages = append(messages, fileDiagnostics{p, publishDiagnosticsParams{URI: c.uri(p), Version: c.version(p), Diagnostics: c.fit(found)}})
	}
	return messages
}

// converter converts findings to diagnostics.
type converter struct {
	snapshot
	files source.Files
	rules map[string]finding.Rule
	texts map[string]text // by path, loaded on demand
}

func newConverter(snap snapshot, whole finding.Report) *converter {
	c := &converter{snapshot: snap, files: whole.Files, rules: map[string]finding.Rule{}, texts: map[string]text{}}
	for _, r := range whole.Rules {
		c.rules[r.ID] = r
	}
	return c
}

func (c *converter) uri(p string) documentURI {
	if doc, ok := c.open[p]; ok {
		return doc.uri
	}
	return uriOf(filepath.Join(c.project.root, filepath.FromSlash(p)))
}

func (c *converter) version(p string) *int {
	if doc, ok := c.open[p]; ok && c.client.TextDocument.PublishDiagnostics.VersionSupport {
		return doc.version
	}
	return nil
}

// text returns the text of a file at the time of the check.
func (c *converter) text(p string) text {
	t, ok := c.texts[p]
	if !ok {
		switch {
		case c.open[p] != nil:
			t = c.open[p].text
		case c.files[p] != nil:
			t = newText(c.files[p].Content)
		default:
			t = newText(nil)
		}
		c.texts[p] = t
	}
	return t
}

func (c *converter) span(r source.Range) textRange {
	return c.text(r.Path).span(c.encoding, r.Start, r.End)
}

func (c *converter) location(r source.Range) location {
	return location{URI: c.uri(r.Path), Range: c.span(r)}
}

// diagnostics returns the diagnostics to publish, by path.
func (c *converter) diagnostics(whole finding.Report) map[string][]diagnostic {
	all := map[string][]diagnostic{}
	for _, f := range whole.Findings {
		if f.Suppressed != nil {
			continue
		}
		d := c.finding(f)
		all[f.Range.Path] = merged(all[f.Range.Path], d)
		for _, at := range c.mirrors(f) {
			all[at.Path] = merged(all[at.Path], c.mirrored(d, f, at))
		}
	}
	c.unchecked(whole, all)
	return all
}

// unchecked adds the problems and gaps of a report.
func (c *converter) unchecked(whole finding.Report, all map[string][]diagnostic) {
	add := func(at source.Range, severity int, code, message string) {
		d := diagnostic{Range: c.span(at), Severity: severity, Code: code, Source: sourceName, Message: message}
		file := c.fileOf(at.Path)
		if file != at.Path {
			d.Message = at.Path + ": " + message
		}
		all[file] = append(all[file], d)
	}
	for _, p := range whole.Problems {
		add(p.Range, severityWarning, notChecked, p.Message)
	}
	for _, g := range whole.Gaps {
		severity := severityInformation
		if g.Fails {
			severity = severityWarning
		}
		add(g.Range, severity, "gap-"+string(g.Cause), g.Message)
	}
}

// mirrors returns locations in other files that show a finding, too: the location in an open module that a call
// argument leads to, and, if the module is not open, the open calls of it.
func (c *converter) mirrors(f finding.Finding) []source.Range {
	places := append(uses(f), f.Through)
	if c.open[f.Range.Path] == nil {
		places = append(places, f.Via...)
	}
	var open []source.Range
	for _, at := range places {
		if at.Path != f.Range.Path && c.open[at.Path] != nil && !slices.Contains(open, at) {
			open = append(open, at)
		}
	}
	return open
}

// mirrored returns a copy of a diagnostic for a related location.
func (c *converter) mirrored(d diagnostic, f finding.Finding, at source.Range) diagnostic {
	d.Range, d.Severity = c.span(at), severityInformation
	d.Data = &diagnosticData{Fingerprint: f.Fingerprint, Mirror: true}
	related := []relatedInformation{{c.location(f.Range), "written here"}}
	for _, r := range d.RelatedInformation {
		if r.Location != c.location(at) {
			related = append(related, r)
		}
	}
	d.RelatedInformation = related
	return d
}

// fileOf returns a file that can show a problem: the file of the problem or, if it concerns a directory, an open file
// in that.
func (c *converter) fileOf(name string) string {
	if c.open[name] != nil || c.files[name] != nil || path.Ext(name) != "" {
		return name
	}
	for _, open := range slices.Sorted(maps.Keys(c.open)) {
		if source.Holds(name, open) {
			return open
		}
	}
	return name
}

// merged adds a diagnostic. It merges equal diagnostics at one location that differ in their module calls.
func merged(all []diagnostic, d diagnostic) []diagnostic {
	for i := range all {
		if all[i].Range == d.Range && all[i].Code == d.Code && all[i].Message == d.Message {
			all[i].RelatedInformation = append(all[i].RelatedInformation, d.RelatedInformation...)
			return all
		}
	}
	return append(all, d)
}

func (c *converter) finding(f finding.Finding) diagnostic {
	d := diagnostic{
		Range: c.span(f.Range), Severity: severityOf(f.Severity), Code: f.Rule, Source: sourceName,
		Message: message(f), Data: &diagnosticData{Fingerprint: f.Fingerprint},
	}
	if page := pageOf(c.rules[f.Rule]); page != "" {
		d.CodeDescription = &codeDescription{Href: page}
	}
	if isDeprecation(f.Rule) {
		d.Tags = []int{tagDeprecated}
	}
	for _, at := range uses(f) {
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{c.location(at), "here it is used"})
	}
	if !f.Through.IsZero() && f.Through != f.Range {
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{c.location(f.Through), "takes effect here"})
	}
	for _, call := range f.Via {
		if call != f.Range {
			d.RelatedInformation = append(d.RelatedInformation, relatedInformation{c.location(call), "called here"})
		}
	}
	for _, r := range f.Related {
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{c.location(r.Range), r.Message})
	}
	return d
}

// uses returns the places where the value of a finding is used, other than its own.
func uses(f finding.Finding) []source.Range {
	var all []source.Range
	for _, i := range append([]finding.Instance{{Used: f.Used}}, f.Instances...) {
		if !i.Used.IsZero() && !slices.Contains(all, i.Used) {
			all = append(all, i.Used)
		}
	}
	return all
}

// pageOf returns the URL of the first reference of a rule.
func pageOf(r finding.Rule) string {
	if len(r.References) == 0 {
		return ""
	}
	return r.References[0].URL
}

// fit removes the properties that a client does not support.
func (c *converter) fit(all []diagnostic) []diagnostic {
	can := c.client.TextDocument.PublishDiagnostics
	fitting := make([]diagnostic, len(all))
	for i, d := range all {
		if !can.RelatedInformation {
			d.RelatedInformation = nil
		}
		if !can.CodeDescriptionSupport {
			d.CodeDescription = nil
		}
		if !can.DataSupport {
			d.Data = nil
		}
		if !slices.Contains(can.TagSupport.ValueSet, tagDeprecated) {
			d.Tags = nil
		}
		fitting[i] = d
	}
	return fitting
}

// message formats a finding for a window that shows only the message.
func message(f finding.Finding) string {
	var out strings.Builder
	facts := f.Facts()
	out.WriteString(strings.Join(facts[:min(len(facts), maxFacts)], "; "))
	if when := f.When.String(); when != "" {
		fmt.Fprintf(&out, ", when %s", when)
	}
	if n := len(f.Names()) - min(len(facts), maxFacts); n > 0 {
		fmt.Fprintf(&out, " (and %d more)", n)
	}
	return out.String()
}

// maxFacts is how many messages of instances a diagnostic shows.
const maxFacts = 5

func severityOf(s finding.Severity) int {
	switch s {
	case finding.Critical, finding.High:
		return severityError
	case finding.Medium:
		return severityWarning
	case finding.Low:
		return severityInformation
	default:
		return severityHint
	}
}

// isDeprecation reports whether a rule flags deprecated code, which editors strike through.
func isDeprecation(rule string) bool { return rule == "runtime-deprecated" }

// capped keeps the most severe diagnostics within the limit of the client settings, and adds one with the number of the
// others.
func (c *converter) capped(all []diagnostic) []diagnostic {
	most := cmp.Or(c.settings.maxDiagnostics, defaultMaxDiagnostics)
	if len(all) <= most {
		return all
	}
	kept := slices.Clone(all)
	slices.SortStableFunc(kept, func(a, b diagnostic) int { return cmp.Compare(a.Severity, b.Severity) })
	kept = kept[:most]
	return append(kept, diagnostic{
		Severity: severityInformation, Code: notChecked, Source: sourceName,
		Message: fmt.Sprintf("%d more findings are not shown; \"lintel check\" lists all", len(all)-most),
	})
}
