package report

import (
	"fmt"
	"strings"

	"lintel/internal/finding"
)

// runsWithRole ends the message of a related location that is a function with the role of a policy.
const runsWithRole = " runs with this role"

// see writes the related locations of a finding. The functions with a role are in the line of the role.
func (t *text) see(f finding.Finding) {
	var lines, functions []string
	afterRole := false
	end := func() {
		switch {
		case len(functions) == 0:
		case afterRole:
			lines[len(lines)-1] += " of " + listed(functions)
		default:
			lines = append(lines, "functions with this role: "+listed(functions))
		}
		functions = nil
	}
	for _, related := range f.Related {
		p := t.opt.place(t.report, related.Range)
		at := fmt.Sprintf("%s:%d", p.file, p.line)
		if related.Step > 0 {
			lines = append(lines, fmt.Sprintf("%d. %s (%s)", related.Step, related.Message, at))
			continue
		}
		if related.Range.Contains(f.Range) {
			continue // contains the excerpt
		}
		if function, ok := strings.CutSuffix(related.Message, runsWithRole); ok {
			functions = append(functions, fmt.Sprintf("%s (%s)", strings.TrimPrefix(function, "the function "), at))
			continue
		}
		end()
		lines = append(lines, at+", "+related.Message)
		afterRole = strings.HasPrefix(related.Message, "the role ")
	}
	end()
	for _, line := range lines {
		t.detail("see", line)
	}
}
