package migrate

import (
	"regexp"
	"strings"

	"lintel/internal/annotation"
	"lintel/internal/source"
)

// comment returns the requests of a comment.
func (r Reader) comment(c annotation.Comment) []Request {
	if strings.HasPrefix(c.Text, "lintel:") {
		return nil
	}
	var found []Request
	for i, line := range strings.Split(c.Text, "\n") {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "*#"))
		for _, read := range []func(string) (asks, bool){readSkip, readIgnore, readTerrascan, readTFLint, readSemgrep, readKICS} {
			a, ok := read(line)
			if !ok {
				continue
			}
			for _, q := range a.requests {
				q.At = c.At
				q.whole = a.first && i == 0 && !strings.Contains(c.Text, "\n")
				q.target.about = c.About
				if a.whole {
					q.target.about = c.Whole
				}
				found = append(found, r.placed(q, a.whole))
			}
			break
		}
	}
	return found
}

// placed fills a request of a comment, and sets Why if the comment has no target.
func (r Reader) placed(q Request, whole bool) Request {
	q = r.fill(q)
	switch {
	case q.Why != "" || q.target.about != source.Range{}:
	case whole:
		q.Why = "it stands in no resource"
	default:
		q.Why = "nothing begins there that it could be about"
	}
	return q
}

// asks is the set of requests on a line.
type asks struct {
	requests []Request
	whole    bool // they are about the whole resource that they stand in
	first    bool // nothing stands before them
}

func each(tool string, checks []string, reason string) []Request {
	var all []Request
	for _, check := range checks {
		if check = strings.TrimSpace(check); check != "" {
			all = append(all, Request{Tool: tool, Check: check, Reason: reason})
		}
	}
	return all
}

var (
	skipForm      = regexp.MustCompile(`(?:checkov|bridgecrew|cortex):skip=\s*(\w+(?:,\s*\w+)*)(?::(.*))?`)
	ignoreForm    = regexp.MustCompile(`(?i)(tfsec|trivy):ignore:([\w*.-]+)(\[[^\]]*\])?((?::(?:exp|ws):[^\s:]+)*)`)
	terrascanForm = regexp.MustCompile(`ts:skip=\s*([\w.-]+)(.*)`)
	tflintForm    = regexp.MustCompile(`tflint-ignore(-file)?:\s*([\w, ]+)`)
	semgrepForm   = regexp.MustCompile(`\bnosem(?:grep)?\b(?::\s*([\w.-]+(?:\s*,\s*[\w.-]+)*))?`)
	kicsForm      = regexp.MustCompile(`^kics-scan\s+(ignore-line|ignore-block|ignore\b|disable=\S*|enable=\S*)`)
)

// readSkip reads checkov:skip=ID[,ID]:reason, which applies to the resource that contains it.
func readSkip(line string) (asks, bool) {
	at := skipForm.FindStringSubmatchIndex(line)
	if at == nil {
		return asks{}, false
	}
	m := skipForm.FindStringSubmatch(line)
	return asks{requests: each(checkov, strings.Split(m[1], ","), m[2]), whole: true, first: at[0] == 0}, true
}

// readIgnore reads trivy:ignore:ID and tfsec:ignore:ID with options, several in a row. The rest of the line is the
// reason.
func readIgnore(line string) (asks, bool) {
	all := ignoreForm.FindAllStringSubmatchIndex(line, -1)
	if all == nil {
		return asks{}, false
	}
	a := asks{first: all[0][0] == 0}
	reason := line[all[len(all)-1][1]:]
	for _, m := range ignoreForm.FindAllStringSubmatch(line, -1) {
		q := Request{Tool: trivy, Check: m[2], Reason: reason}
		if strings.EqualFold(m[1], tfsec) {
			q.Tool = tfsec
		}
		if m[3] != "" {
			q.Why = "it holds for a part only, " + m[3]
		}
		options := strings.Split(strings.TrimPrefix(m[4], ":"), ":")
		for i := 0; i+1 < len(options); i += 2 {
			switch strings.ToLower(options[i]) {
			case "exp":
				q.Until = options[i+1]
			case "ws":
				q.Why = "it holds in the workspace " + options[i+1] + " only"
			}
		}
		a.requests = append(a.requests, q)
	}
	return a, true
}

// readTerrascan reads ts:skip=ID reason, which applies to the resource that contains it.
func readTerrascan(line string) (asks, bool) {
	m := terrascanForm.FindStringSubmatch(line)
	if m == nil {
		return asks{}, false
	}
	return asks{requests: each(terrascan, []string{m[1]}, m[2]), whole: true, first: strings.HasPrefix(line, m[0])}, true
}

// readTFLint reads tflint-ignore: ID[, ID] # reason.
func readTFLint(line string) (asks, bool) {
	m := tflintForm.FindStringSubmatch(line)
	if m == nil {
		return asks{}, false
	}
	_, reason, _ := strings.Cut(line, "#")
	a := asks{requests: each(tflint, strings.Split(m[2], ","), reason), first: strings.HasPrefix(line, m[0])}
	for i := range a.requests {
		if m[1] != "" {
			a.requests[i].Why = wholeFile
		}
	}
	return a, true
}

// wholeFile is the reason for which a request for a whole file is not converted.
const wholeFile = "it is about the whole file; ignore in .lintel.yaml can say that"

// readSemgrep reads nosemgrep: ID[, ID].
func readSemgrep(line string) (asks, bool) {
	m := semgrepForm.FindStringSubmatch(line)
	if m == nil {
		return asks{}, false
	}
	a := asks{requests: each(semgrep, strings.Split(m[1], ","), ""), first: strings.HasPrefix(line, m[0])}
	if len(a.requests) == 0 {
		a.requests = []Request{{Tool: semgrep}}
	}
	return a, true
}

// readKICS reads kics-scan, which names no query or applies to a file.
func readKICS(line string) (asks, bool) {
	m := kicsForm.FindStringSubmatch(line)
	if m == nil {
		return asks{}, false
	}
	q := Request{Tool: kics}
	if !strings.HasPrefix(m[1], "ignore-") {
		q.Check, q.Why = m[1], wholeFile
	}
	return asks{requests: []Request{q}}, true
}
