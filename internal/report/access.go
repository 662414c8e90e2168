package report

import (
	"fmt"
	"strings"

	"lintel/internal/finding"
)

// access writes what the change opens and closes.
func (t *text) access() {
	if !t.opt.Access {
		return
	}
	for _, a := range t.report.Access {
		word := t.style.dim("closes")
		if a.Opens {
			word = t.style.problem("opens")
		}
		t.item(word, a.Class, t.opt.place(t.report, a.Range).shown(a.Range), a.Message)
	}
}

// jsonAccess is something that the change opens or closes.
type jsonAccess struct {
	Opens     bool     `json:"opens"`
	Class     string   `json:"class"`
	Functions []string `json:"functions"`
	Message   string   `json:"message"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Denied    bool     `json:"denied"`
}

func (opt Options) jsonAccess(r finding.Report) []jsonAccess {
	if !opt.Access {
		return nil
	}
	all := make([]jsonAccess, len(r.Access))
	for i, a := range r.Access {
		at := opt.place(r, a.Range)
		all[i] = jsonAccess{a.Opens, a.Class, append([]string{}, a.Functions...), a.Message, at.file, at.line, a.Denied}
	}
	return all
}

// access writes a section with what the change opens and closes; nothing if that is nothing.
func (m markdown) access(out *strings.Builder, limit int) {
	all := m.report.Access
	if len(all) == 0 {
		return
	}
	opens := 0
	for _, a := range all {
		if a.Opens {
			opens++
		}
	}
	fmt.Fprintf(out, "\n#### Access\n\nThis change opens %d and closes %d.\n", opens, len(all)-opens)
	rows(out, limit, "| change | access | place | what |\n| --- | --- | --- | --- |\n", len(all), func(i int) string {
		a := all[i]
		word := "closes"
		if a.Opens {
			word = "**opens**"
		}
		return fmt.Sprintf("| %s | %s | %s | %s |\n", word, a.Class, m.place(a.Range), markdownText(a.Message))
	})
}

// sarifAccess returns what the change opens as notes, for those who ask for them. Something that the configuration denies is a
// finding already.
func (s sarifResults) sarifAccess() []sarifResult {
	if !s.opt.Access {
		return nil
	}
	var all []sarifResult
	for _, a := range s.report.Access {
		if !a.Opens || a.Denied {
			continue
		}
		out := sarifResult{
			RuleID: finding.AccessOpened, RuleIndex: -1, Level: "note", Message: sarifMessage(a.Message), Locations: []sarifLocation{sarifPlace(s.report, a.Range)},
			Fingerprints: map[string]string{fmt.Sprintf("lintel/v%d", finding.FingerprintVersion): hashOf(append([]string{finding.AccessOpened, a.Class, a.Message}, a.Functions...)...)},
		}
		if i, ok := s.index[finding.AccessOpened]; ok {
			out.RuleIndex = i
		}
		all = append(all, out)
	}
	return all
}
