package report

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// sarifResults makes the results of a report.
type sarifResults struct {
	report    finding.Report
	opt       Options
	index     map[string]int // of the rules, by id
	hashes    hasher
	suggested map[string]finding.Suggestion // by fingerprint
	secrets   secretRanges
}

// of returns the result of a finding.
func (s sarifResults) of(f finding.Finding) sarifResult {
	r := s.report
	at := sarifPlace(r, f.Range)
	at.Physical.Context, at.Logical = s.context(f), sarifLogicals(f)
	message := factsOf(f)
	if f.Source != "" {
		message += " (construct at " + f.Source + ")"
	}
	if when := f.When.String(); when != "" {
		message += " (when " + when + ")"
	}
	out := sarifResult{
		RuleID: f.Rule, RuleIndex: -1, Level: sarifLevel(f.Severity), Message: sarifMessage(message), Locations: []sarifLocation{at},
		Fingerprints: map[string]string{fmt.Sprintf("lintel/v%d", finding.FingerprintVersion): fingerprintOf(f)},
	}
	if i, ok := s.index[f.Rule]; ok {
		out.RuleIndex = i
	}
	if hash := s.lineHash(f); hash != "" {
		out.Fingerprints["primaryLocationLineHash"] = hash
	}
	if suggestion, ok := s.suggested[f.Fingerprint]; ok && f.Suppressed == nil && s.opt.isShowable(suggestion) {
		out.Fixes = []sarifFix{sarifFixOf(r, suggestion)}
	}
	for _, related := range places(f) {
		out.relate(r, related.Range, related.Message)
	}
	out.CodeFlows = sarifFlows(r, f)
	if f.Suppressed != nil {
		out.Suppressions = []sarifSuppression{sarifSuppressionOf(r, *f.Suppressed)}
	}
	return out
}

// sarifLogicals returns the resources and the CDK constructs of a finding.
func sarifLogicals(f finding.Finding) []sarifLogical {
	all := []sarifLogical{}
	for _, name := range append([]string{f.Resource}, f.Names()...) {
		if name != "" && (len(all) == 0 || name != f.Resource) {
			all = append(all, sarifLogical{Name: printable(name), Kind: "resource"})
		}
	}
	for _, construct := range constructsOf(f) {
		all = append(all, sarifLogical{Name: printable(construct), Kind: "construct"})
	}
	return all
}

// constructsOf returns the CDK constructs of a finding and its instances.
func constructsOf(f finding.Finding) []string {
	var all []string
	for _, i := range append([]finding.Instance{{Construct: f.Construct}}, f.Instances...) {
		if i.Construct != "" && !slices.Contains(all, i.Construct) {
			all = append(all, i.Construct)
		}
	}
	return all
}

// sarifFlows returns the path that a finding reports.
func sarifFlows(r finding.Report, f finding.Finding) []sarifCodeFlow {
	var steps []sarifStep
	for _, step := range stepsOf(f) {
		at := sarifPlace(r, step.Range)
		at.Message = &sarifPlainText{printable(step.Message)}
		steps = append(steps, sarifStep{at})
	}
	if len(steps) == 0 {
		return nil
	}
	return []sarifCodeFlow{{Threads: []sarifThread{{Locations: steps}}}}
}

func (s *sarifResult) relate(r finding.Report, at source.Range, what string) {
	location := sarifPlace(r, at)
	id := len(s.Related) + 1
	location.ID, location.Message = &id, &sarifPlainText{printable(what)}
	s.Related = append(s.Related, location)
}

func sarifSuppressionOf(r finding.Report, by finding.Suppression) sarifSuppression {
	out := sarifSuppression{Kind: "external", Status: "accepted", Justification: printable(by.Reason)}
	if by.Kind == finding.InComment || by.Kind == finding.InMetadata {
		out.Kind = "inSource"
	}
	if !by.Range.IsZero() {
		at := sarifPlace(r, by.Range)
		out.Location = &at
	}
	return out
}

// sarifPlace returns a location. If the text is unavailable, it is the whole file.
func sarifPlace(r finding.Report, at source.Range) sarifLocation {
	location := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{URI: uriOf(fromRoot(r, at).file), BaseID: sourceRoot}}}
	file, ok := r.Files[at.Path]
	if !ok {
		return location
	}
	startLine, start := file.PositionUTF16(at.Start)
	endLine, end := file.PositionUTF16(max(at.Start, at.End))
	location.Physical.Region = &sarifRegion{StartLine: startLine + 1, StartColumn: start + 1, EndLine: endLine + 1, EndColumn: end + 1}
	return location
}

// uriOf returns a path as a relative reference (RFC 3986, section 4.2), in which a colon in the first segment would end
// a scheme.
func uriOf(path string) string {
	reference := url.URL{Path: path}
	return strings.ReplaceAll(strings.TrimPrefix(reference.String(), "./"), ":", "%3A")
}

// secretRanges are the places of secrets, by file, in the order of their starts.
type secretRanges map[string][]source.Range

func secretsOf(r finding.Report) secretRanges {
	all := secretRanges{}
	for _, f := range r.Findings {
		if f.Secret {
			all[f.Range.Path] = append(all[f.Range.Path], f.Range)
		}
	}
	for _, ranges := range all { // any order: each is sorted in itself
		slices.SortFunc(ranges, source.Range.Compare)
	}
	return all
}

// touch reports whether a secret is in a part of a file.
func (s secretRanges) touch(path string, start, end int) bool {
	ranges := s[path]
	i, _ := slices.BinarySearchFunc(ranges, end, func(r source.Range, end int) int { return cmp.Compare(r.Start, end) })
	return i > 0 && ranges[i-1].End > start // secrets do not overlap each other
}

// context returns the line that contains a finding, with its text; nil: the line has a secret, or the finding covers it all.
func (s sarifResults) context(f finding.Finding) *sarifRegion {
	p := fromRoot(s.report, f.Range)
	if p.text == nil {
		return nil
	}
	from, to := p.text.LineBounds(p.line)
	isWhole := p.column == 1 && from+p.endColumn-1 >= to // SARIF requires more context than the region
	if p.endLine > p.line || isWhole || f.Secret || s.secrets.touch(f.Range.Path, from, to) {
		return nil
	}
	before, marked, after := parts(p)
	if len(before)+len(marked)+len(after) > maxShown && source.SyntaxOf(p.text.Path).IsJSON() {
		before, after = "…", "…"
	}
	before, marked, after = maskedParts(s.opt.mask, before, marked, after)
	before, marked, after = widthOf(0).window(before, marked, after)
	text := printable(strings.ReplaceAll(strings.TrimRight(before+marked+after, "\r\n"), "\t", "  "))
	return &sarifRegion{StartLine: p.line, EndLine: p.line, Snippet: &sarifPlainText{text}}
}

// lineHash returns the fingerprint that GitHub computes of the line of a finding; empty: there is none, or the hashed text
// contains a secret, which the hash of a short text could disclose.
func (s sarifResults) lineHash(f finding.Finding) string {
	file := s.report.Files[f.Range.Path]
	if file == nil || f.Secret {
		return ""
	}
	line, _ := file.PositionUTF16(f.Range.Start)
	start := source.LineStart(file.Content, min(f.Range.Start, len(file.Content)))
	end := min(start+maxMasked, source.LineEnd(file.Content, min(start+maxHashedBytes, len(file.Content))))
	if s.secrets.touch(f.Range.Path, start, end) {
		return ""
	}
	if text := strings.ToValidUTF8(string(file.Content[start:end]), ""); s.opt.mask.Text(text) != text {
		return ""
	}
	return s.hashes.of(file, line+1)
}

// maxHashedBytes is the size of text that the hash of a line usually covers; blanks can make it larger.
const maxHashedBytes = 4 * hashedUnits

// sarifFixOf returns the edits of a suggestion, by file.
func sarifFixOf(r finding.Report, suggestion finding.Suggestion) sarifFix {
	fix := sarifFix{Description: sarifPlainText{printable(suggestion.Title)}}
	for _, name := range source.EditedPaths(suggestion.Edits) {
		var change sarifArtifactChange
		for _, edit := range source.EditsOf(name, suggestion.Edits) {
			at := sarifPlace(r, edit.Range)
			change.Artifact = at.Physical.Artifact
			replacement := sarifReplacement{Deleted: *at.Physical.Region}
			if edit.Text != "" {
				replacement.Inserted = &sarifPlainText{edit.Text}
			}
			change.Replacements = append(change.Replacements, replacement)
		}
		fix.Changes = append(fix.Changes, change)
	}
	return fix
}
