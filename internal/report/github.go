package report

import (
	"fmt"
	"io"
	"strings"

	"lintel/internal/finding"
)

// GitHub is the format of GitHub workflow commands.
const GitHub Format = "github"

// writeGitHub writes workflow commands, which GitHub shows as annotations
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
func writeGitHub(w io.Writer, r finding.Report, opt Options) error {
	var out strings.Builder
	rules := rulesByID(r)
	found := active(r)
	for _, f := range found {
		at := fromRoot(r, f.Range)
		fmt.Fprintf(&out, "::%s %s,title=%s::%s\n", oneOfThree(f.Severity, "error", "warning", "notice"),
			gitHubPlace(at), gitHubProperty(f.Rule), gitHubData(explained(f, rules[f.Rule])))
	}
	for _, u := range allUnchecked(r) {
		fmt.Fprintf(&out, "::%s %s,title=%s::%s\n", u.level.of("error", "warning", "notice"), gitHubPlace(fromRoot(r, u.at)), u.name, gitHubData(u.message))
	}
	gaps := ""
	if line := gapsLine(r); line != "" {
		gaps = ", " + line
	}
	fmt.Fprintf(&out, "lintel: %s, %d not checked%s\n", count(len(found), "finding"), len(r.Problems), gaps)
	_, err := io.WriteString(w, out.String())
	return err
}

// gitHubPlace returns the properties of a location. GitHub supports columns only within one line.
func gitHubPlace(at place) string {
	properties := fmt.Sprintf("file=%s,line=%d,endLine=%d", gitHubProperty(at.file), at.line, at.endLine)
	if at.line == at.endLine && at.endColumn > at.column {
		properties += fmt.Sprintf(",col=%d,endColumn=%d", at.column, at.endColumn)
	}
	return properties
}

// gitHubData escapes the data of a command, so that line breaks do not start another command.
func gitHubData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printableLines(text))
}

// gitHubProperty escapes the value of a property.
func gitHubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(gitHubData(text))
}
