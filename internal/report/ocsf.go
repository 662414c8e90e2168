package report

import (
	"io"
	"path"

	"lintel/internal/finding"
)

// OCSF is the Open Cybersecurity Schema Framework, which stores of security events read.
const OCSF Format = "ocsf"

// The version of the schema and the identifiers of the class Compliance Finding, the result of an evaluation of a resource
// (https://schema.ocsf.io/1.5.0/classes/compliance_finding).
const (
	ocsfVersion  = "1.5.0"
	ocsfCategory = 2      // Findings
	ocsfClass    = 2003   // Compliance Finding
	ocsfType     = 200301 // Compliance Finding: Create
	ocsfCreate   = 1      // the activity of an event that reports a finding
	ocsfNew      = 1      // the status of a finding
	ocsfUnknown  = 0      // the status of an evaluation
	ocsfFail     = 3      // likewise
	ocsfRule     = 1      // the type of an analytic
	ocsfFile     = 1      // the type of a regular file
)

type (
	ocsfEvent struct {
		Activity    int              `json:"activity_id"`
		Category    int              `json:"category_uid"`
		Class       int              `json:"class_uid"`
		Type        int              `json:"type_uid"`
		Time        int64            `json:"time"` // milliseconds since 1970
		Severity    int              `json:"severity_id"`
		Status      int              `json:"status_id"`
		Message     string           `json:"message"`
		Metadata    ocsfMetadata     `json:"metadata"`
		Finding     ocsfFinding      `json:"finding_info"`
		Compliance  ocsfCompliance   `json:"compliance"`
		Remediation *ocsfRemediation `json:"remediation,omitempty"`
		Resources   []ocsfResource   `json:"resources,omitempty"`
		Evidences   []ocsfEvidence   `json:"evidences"`
	}
	ocsfMetadata struct {
		Version string      `json:"version"`
		Product ocsfProduct `json:"product"`
	}
	ocsfProduct struct {
		Name    string `json:"name"`
		Vendor  string `json:"vendor_name"`
		Version string `json:"version,omitempty"`
		URL     string `json:"url_string,omitempty"`
	}
	ocsfFinding struct {
		UID      string       `json:"uid"`
		Title    string       `json:"title"`
		Text     string       `json:"desc,omitempty"`
		Types    []string     `json:"types,omitempty"`
		URL      string       `json:"src_url,omitempty"`
		Analytic ocsfAnalytic `json:"analytic"`
	}
	ocsfAnalytic struct {
		UID  string `json:"uid"`
		Name string `json:"name"`
		Type int    `json:"type_id"`
	}
	ocsfCompliance struct {
		Control   string   `json:"control"`
		Standards []string `json:"standards"`
		Status    int      `json:"status_id"`
	}
	ocsfRemediation struct {
		Text       string   `json:"desc"`
		References []string `json:"references,omitempty"`
	}
	ocsfResource struct {
		Name string `json:"name"`
	}
	ocsfEvidence struct {
		Name string   `json:"name"`
		File ocsfPath `json:"file"`
		Data ocsfData `json:"data"`
	}
	ocsfPath struct {
		Name string `json:"name"`
		Path string `json:"path"`
		Type int    `json:"type_id"`
	}
	// ocsfData is the place of a finding, for which a file of OCSF has no attribute. Columns count bytes.
	ocsfData struct {
		Line      int    `json:"line"`
		Column    int    `json:"column"`
		EndLine   int    `json:"end_line"`
		EndColumn int    `json:"end_column"`
		Attribute string `json:"attribute,omitempty"`
	}
)

// ocsfWriter makes the events of a report.
type ocsfWriter struct {
	report finding.Report
	opt    Options
	ids    distinct
}

func writeOCSF(w io.Writer, r finding.Report, opt Options) error {
	events := []ocsfEvent{}
	maker := ocsfWriter{r, opt, distinct{}}
	known := rulesByID(r)
	for _, f := range active(r) {
		events = append(events, maker.finding(f, known[f.Rule]))
	}
	for _, u := range allUnchecked(r) {
		events = append(events, maker.unchecked(u))
	}
	return indented(w, events)
}

// event returns an event about a place, in which the parts that findings and unchecked parts have in common are set.
func (o ocsfWriter) event(at place, rule, uid, title, message string) ocsfEvent {
	return ocsfEvent{
		Activity: ocsfCreate, Category: ocsfCategory, Class: ocsfClass, Type: ocsfType, Time: o.opt.Time.UnixMilli(), Status: ocsfNew,
		Message:    printable(message),
		Metadata:   ocsfMetadata{ocsfVersion, ocsfProduct{"lintel", "lintel", o.opt.Version, o.opt.Home}},
		Finding:    ocsfFinding{UID: o.ids.of(uid), Title: printable(title), Analytic: ocsfAnalytic{rule, rule, ocsfRule}},
		Compliance: ocsfCompliance{Control: rule, Standards: []string{"lintel"}},
		Evidences: []ocsfEvidence{{
			Name: "place", File: ocsfPath{path.Base(at.file), at.file, ocsfFile},
			Data: ocsfData{Line: at.line, Column: at.column, EndLine: at.endLine, EndColumn: at.endColumn},
		}},
	}
}

func (o ocsfWriter) finding(f finding.Finding, rule finding.Rule) ocsfEvent {
	title := rule.Title
	if title == "" {
		title = f.Rule
	}
	e := o.event(fromRoot(o.report, f.Range), f.Rule, fingerprintOf(f), title, factsOf(f))
	e.Severity = map[finding.Severity]int{finding.Info: 1, finding.Low: 2, finding.Medium: 3, finding.High: 4, finding.Critical: 5}[f.Severity]
	e.Compliance.Status = ocsfFail
	e.Finding.Text, e.Finding.URL = printableLines(rule.Why()), o.opt.page(f.Rule)
	if rule.Category != "" {
		e.Finding.Types = []string{rule.Category}
	}
	e.Evidences[0].Data.Attribute = printable(f.Attribute)
	if fix := rule.HowToFix(); fix != "" {
		e.Remediation = &ocsfRemediation{Text: printableLines(fix)}
		for _, ref := range rule.References {
			e.Remediation.References = append(e.Remediation.References, ref.URL)
		}
	}
	names := f.Names()
	if len(names) == 0 && f.Resource != "" {
		names = []string{f.Resource}
	}
	for _, name := range names {
		if name != "" {
			e.Resources = append(e.Resources, ocsfResource{Name: printable(name)})
		}
	}
	return e
}

func (o ocsfWriter) unchecked(u unchecked) ocsfEvent {
	e := o.event(fromRoot(o.report, u.at), u.name, hashOf(u.at.Path, u.message), "Not checked", u.message)
	e.Compliance.Status = ocsfUnknown
	e.Severity = map[level]int{levelNote: 1, levelWarning: 2, levelError: 4}[u.level]
	return e
}
