package report

import (
	"encoding/json"
	"io"

	"lintel/internal/finding"
)

// RDJSON is the Reviewdog Diagnostic Format.
const RDJSON Format = "rdjson"

// The messages of the Reviewdog Diagnostic Format. Columns count bytes
// (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf).
type (
	rdjson struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource     struct{ Name string }
	rdDiagnostic struct {
		Message  string      `json:"message"`
		Location rdLocation  `json:"location"`
		Severity string      `json:"severity"`
		Code     rdCode      `json:"code"`
		Related  []rdRelated `json:"relatedLocations,omitempty"`

		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
)

// MarshalJSON returns the source with lower-case keys.
func (s rdSource) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"name": s.Name})
}

func rdPlace(at place) rdLocation {
	location := rdLocation{Path: at.file}
	if at.text != nil {
		location.Range = &rdRange{jsonPosition{at.line, at.column}, jsonPosition{at.endLine, at.endColumn}}
	}
	return location
}

// rdRelatedOf returns the locations that explain a finding: module calls, where it takes effect, and related locations.
func rdRelatedOf(r finding.Report, f finding.Finding) []rdRelated {
	var all []rdRelated
	for _, other := range places(f) {
		all = append(all, rdRelated{printable(other.Message), rdPlace(fromRoot(r, other.Range))})
	}
	return all
}

// rdSuggestionsOf returns the edits of a fix. Each suggestion of a diagnostic is an edit of its file, and reviewdog offers
// them one by one, so a fix of several edits is left out.
func rdSuggestionsOf(r finding.Report, f finding.Finding, s finding.Suggestion) []rdSuggestion {
	if len(s.Edits) != 1 || !inOneFile(s, f) {
		return nil
	}
	at := fromRoot(r, s.Edits[0].Range)
	return []rdSuggestion{{rdRange{jsonPosition{at.line, at.column}, jsonPosition{at.endLine, at.endColumn}}, s.Edits[0].Text}}
}

func writeRDJSON(w io.Writer, r finding.Report, opt Options) error {
	out := rdjson{Source: rdSource{"lintel"}, Diagnostics: []rdDiagnostic{}}
	rules, suggested := rulesByID(r), suggestions(r)
	for _, f := range active(r) {
		code := rdCode{Value: f.Rule, URL: helpOf(rules[f.Rule], opt.page(f.Rule))}
		diagnostic := rdDiagnostic{
			Message: printableLines(explained(f, rules[f.Rule])), Location: rdPlace(fromRoot(r, f.Range)),
			Severity: oneOfThree(f.Severity, "ERROR", "WARNING", "INFO"), Code: code, Related: rdRelatedOf(r, f),
		}
		if suggestion, ok := suggested[f.Fingerprint]; ok && opt.isShowable(suggestion) {
			diagnostic.Suggestions = rdSuggestionsOf(r, f, suggestion)
		}
		out.Diagnostics = append(out.Diagnostics, diagnostic)
	}
	for _, u := range allUnchecked(r) {
		out.Diagnostics = append(out.Diagnostics, rdDiagnostic{
			Message: printable(u.message), Location: rdPlace(fromRoot(r, u.at)), Severity: u.level.of("ERROR", "WARNING", "INFO"), Code: rdCode{Value: u.name},
		})
	}
	return indented(w, out)
}
