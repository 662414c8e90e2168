package report

import (
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// suggestions returns the suggested fixes of a report, by fingerprint.
func suggestions(r finding.Report) map[string]finding.Suggestion {
	all := map[string]finding.Suggestion{}
	for _, s := range r.Suggested {
		if s.Fingerprint != "" && len(s.Edits) > 0 {
			all[s.Fingerprint] = s
		}
	}
	return all
}

// isShowable reports whether the text of a suggestion can be published as it is: without secrets and control characters.
// A changed text would be a wrong edit.
func (opt Options) isShowable(s finding.Suggestion) bool {
	for _, edit := range s.Edits {
		text := strings.NewReplacer("\r\n", "\n", "\t", " ").Replace(edit.Text)
		if opt.mask.Text(edit.Text) != edit.Text || printableLines(text) != text {
			return false
		}
	}
	return true
}

// inOneFile reports whether all edits are in the file of a finding.
func inOneFile(s finding.Suggestion, f finding.Finding) bool {
	paths := source.EditedPaths(s.Edits)
	return len(paths) == 1 && paths[0] == f.Range.Path
}
