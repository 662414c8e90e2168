package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"time"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// JSON is the complete, machine-readable format.
const JSON Format = "json"

// jsonVersion is the version of the JSON format. It changes when a field is removed or changes its meaning. The schema
// is docs/report.schema.json.
const jsonVersion = 1

type jsonReport struct {
	Version    int              `json:"version"`
	Findings   []jsonFinding    `json:"findings"`
	Suppressed []jsonSuppressed `json:"suppressed"`
	Known      []jsonFinding    `json:"known"`
	Undecided  []jsonUndecided  `json:"undecided"`
	Unread     []jsonUnread     `json:"unread,omitempty"`
	Problems   []jsonProblem    `json:"problems"`
	Gaps       []jsonGap        `json:"gaps"`
	Successful bool             `json:"successful"`
	Access     []jsonAccess     `json:"access,omitempty"`
	Fixed      []jsonFixed      `json:"fixed,omitempty"`
	Unfixed    []jsonUnfixed    `json:"unfixed,omitempty"`
	Notes      []string         `json:"notes,omitempty"`
	Configs    []string         `json:"configs,omitempty"`
}

type jsonFixed struct {
	Rule        string `json:"rule"`
	File        string `json:"file"`
	Resource    string `json:"resource"`
	Attribute   string `json:"attribute"`
	Fingerprint string `json:"fingerprint"`
	Fix         string `json:"fix"`
}

type jsonUnfixed struct {
	Fingerprint string `json:"fingerprint"`
	Reason      string `json:"reason"`
	Unsafe      bool   `json:"unsafe"`
}

type jsonFinding struct {
	Rule        string           `json:"rule"`
	Severity    finding.Severity `json:"severity"`
	Message     string           `json:"message"`
	File        string           `json:"file"`
	Start       jsonPosition     `json:"start"`
	End         jsonPosition     `json:"end"`
	Resource    string           `json:"resource"`
	Attribute   string           `json:"attribute"`
	When        string           `json:"when"`
	Via         []jsonLine       `json:"via"`
	Used        *jsonLine        `json:"used,omitempty"`
	Through     *jsonLine        `json:"through,omitempty"`
	Related     []jsonRelated    `json:"related,omitempty"`
	Path        []jsonRelated    `json:"path,omitempty"`
	Construct   string           `json:"construct,omitempty"`
	Source      string           `json:"source,omitempty"`
	Instances   []string         `json:"instances"`
	Details     []jsonInstance   `json:"details,omitempty"`
	Fingerprint string           `json:"fingerprint"`
}

type jsonInstance struct {
	Resource  string     `json:"resource"`
	Message   string     `json:"message"`
	When      string     `json:"when"`
	Used      *jsonLine  `json:"used,omitempty"`
	Via       []jsonLine `json:"via"`
	Construct string     `json:"construct,omitempty"`
}

type jsonSuppressed struct {
	jsonFinding
	Reason string `json:"reason"`
	Until  string `json:"until"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonLine struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

type jsonRelated struct {
	jsonLine
	Message string `json:"message"`
}

type jsonUndecided struct {
	Rules     []string `json:"rules"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Resource  string   `json:"resource"`
	Attribute string   `json:"attribute"`
	Cause     string   `json:"cause"`
}

type jsonUnread struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Resource string `json:"resource"`
	Partly   bool   `json:"partly"`
	Cause    string `json:"cause"`
}

type jsonProblem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Known   bool   `json:"known,omitempty"`
}

type jsonGap struct {
	File    string           `json:"file"`
	Line    int              `json:"line"`
	Cause   finding.GapCause `json:"cause"`
	Message string           `json:"message"`
	Fails   bool             `json:"fails"`
	Known   bool             `json:"known,omitempty"`
}

// unread returns the functions whose code is not read, if they are asked for.
func (o Options) unread(r finding.Report) []jsonUnread {
	var all []jsonUnread
	for _, u := range r.Unread {
		if at := o.place(r, u.Range); o.Undecided {
			all = append(all, jsonUnread{File: at.file, Line: at.line, Resource: u.Resource, Partly: u.Partly, Cause: u.Cause})
		}
	}
	return all
}

func writeJSON(w io.Writer, r finding.Report, opt Options) error {
	out := jsonReport{
		Version:  jsonVersion,
		Findings: []jsonFinding{}, Suppressed: []jsonSuppressed{}, Known: []jsonFinding{},
		Undecided: make([]jsonUndecided, 0, len(r.Undecided)), Problems: make([]jsonProblem, 0, len(r.Problems)),
		Gaps: make([]jsonGap, 0, len(r.Gaps)), Successful: isSuccessful(r), Notes: opt.notes(r), Access: opt.jsonAccess(r),
	}
	for _, name := range r.Configs {
		out.Configs = append(out.Configs, opt.path(name))
	}
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			continue
		}
		shown := opt.jsonFinding(r, f)
		if f.Suppressed.Kind == finding.InBaseline {
			out.Known = append(out.Known, shown)
			continue
		}
		until := ""
		if !f.Suppressed.Until.IsZero() {
			until = f.Suppressed.Until.Format(time.DateOnly)
		}
		out.Suppressed = append(out.Suppressed, jsonSuppressed{shown, f.Suppressed.Reason, until})
	}
	for _, u := range r.Undecided {
		at := opt.place(r, u.Range)
		out.Undecided = append(out.Undecided, jsonUndecided{Rules: u.Rules, File: at.file, Line: at.line, Resource: u.Resource, Attribute: u.Attribute, Cause: u.Cause})
	}
	out.Unread = opt.unread(r)
	for _, p := range r.Problems {
		at := opt.place(r, p.Range)
		out.Problems = append(out.Problems, jsonProblem{File: at.file, Line: at.line, Message: p.Message, Known: p.Known})
	}
	for _, g := range r.Gaps {
		at := opt.place(r, g.Range)
		out.Gaps = append(out.Gaps, jsonGap{at.file, at.line, g.Cause, g.Message, g.Fails, g.Known})
	}
	for _, f := range r.Fixed {
		out.Fixed = append(out.Fixed, jsonFixed{
			Rule: f.Finding.Rule, File: opt.path(f.Finding.Range.Path), Resource: f.Finding.Resource, Attribute: f.Finding.Attribute,
			Fingerprint: f.Finding.Fingerprint, Fix: f.Title,
		})
	}
	for _, f := range r.Unfixed {
		out.Unfixed = append(out.Unfixed, jsonUnfixed{f.Finding.Fingerprint, f.Reason, f.Unsafe})
	}
	return opt.streamJSON(w, r, out)
}

// streamJSON writes a report without findings with those of r that are not suppressed, each by itself: the text of all takes
// a hundred megabytes in large trees.
func (opt Options) streamJSON(w io.Writer, r finding.Report, out jsonReport) error {
	var rest bytes.Buffer
	if err := indented(&rest, out); err != nil {
		return err
	}
	before, after, _ := bytes.Cut(rest.Bytes(), []byte("[]")) // the findings are the first list
	lines := bufio.NewWriter(w)
	lines.Write(before) //nolint:errcheck // Flush returns it
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("    ", "  ")
	opening, closing := "[", "[]"
	for _, f := range r.Findings {
		if f.Suppressed != nil {
			continue
		}
		text.Reset()
		if err := encoder.Encode(opt.jsonFinding(r, f)); err != nil {
			return err
		}
		lines.WriteString(opening + "\n    ")                     //nolint:errcheck // Flush returns it
		lines.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n"))) //nolint:errcheck // Flush returns it
		opening, closing = ",", "\n  ]"
	}
	lines.WriteString(closing) //nolint:errcheck // Flush returns it
	lines.Write(after)         //nolint:errcheck // Flush returns it
	return lines.Flush()
}

func (opt Options) jsonFinding(r finding.Report, f finding.Finding) jsonFinding {
	at := opt.place(r, f.Range)
	var related, steps []jsonRelated
	for _, other := range f.Related {
		p := opt.place(r, other.Range)
		one := jsonRelated{jsonLine{File: p.file, Line: p.line}, other.Message}
		if other.Step > 0 {
			steps = append(steps, one)
			continue
		}
		related = append(related, one)
	}
	return jsonFinding{
		Rule: f.Rule, Severity: f.Severity, Message: f.Message, File: at.file,
		Start:    jsonPosition{Line: at.line, Column: at.column},
		End:      jsonPosition{Line: at.endLine, Column: at.endColumn},
		Resource: f.Resource, Attribute: f.Attribute, When: f.When.String(), Related: related, Path: steps, Construct: f.Construct, Source: f.Source,
		Via: opt.jsonLines(r, f.Via), Used: opt.jsonLine(r, f.Used), Through: opt.jsonLine(r, f.Through),
		Instances: f.Names(), Details: opt.jsonInstances(r, f), Fingerprint: f.Fingerprint,
	}
}

// jsonInstances returns the instances of a finding that has several.
func (opt Options) jsonInstances(r finding.Report, f finding.Finding) []jsonInstance {
	if len(f.Instances) < 2 { //nolint:mnd // several
		return nil
	}
	all := make([]jsonInstance, len(f.Instances))
	for j, i := range f.Instances {
		all[j] = jsonInstance{i.Resource, i.Message, i.When.String(), opt.jsonLine(r, i.Used), opt.jsonLines(r, i.Via), i.Construct}
	}
	return all
}

// jsonLine returns the line of a place; nil: there is no place.
func (opt Options) jsonLine(r finding.Report, at source.Range) *jsonLine {
	if at.IsZero() {
		return nil
	}
	p := opt.place(r, at)
	return &jsonLine{File: p.file, Line: p.line}
}

func (opt Options) jsonLines(r finding.Report, all []source.Range) []jsonLine {
	lines := make([]jsonLine, 0, len(all))
	for _, at := range all {
		lines = append(lines, *opt.jsonLine(r, at))
	}
	return lines
}
