package plan

import (
	"bytes"

	"lintel/internal/source"
)

// The words of a plan. Each has the version and one of the others.
const (
	wordVersion = `"format_version"`
	wordChanges = `"resource_changes"`
	wordPlanned = `"planned_values"`
)

// Words are the words that plans contain.
func Words() []string { return []string{wordVersion, wordChanges, wordPlanned} }

// HasWords reports whether a text that has some of Words can be a plan.
func HasWords(has func(word string) bool) bool {
	return has(wordVersion) && (has(wordChanges) || has(wordPlanned))
}

// Looks reports from its bytes alone whether a text can be a plan.
func Looks(content []byte) bool {
	content = source.UTF8(content)
	return source.StartsAsJSON(content) && hasWords(content)
}

// LooksAfterText is Looks for a text that has other lines before the plan.
func LooksAfterText(content []byte) bool {
	content = source.UTF8(content)
	start := textBefore(content)
	return start > 0 && hasWords(content[start:])
}

// textBefore returns the length of what precedes a plan: a file that a command writes contains the warnings of Terraform, too,
// and what scripts print. A plan begins with a line of its own and with its version. It is 0 if nothing precedes it.
func textBefore(content []byte) int {
	for from := 0; ; {
		i := bytes.Index(content[from:], []byte(wordVersion))
		if i < 0 {
			return 0
		}
		brace := len(bytes.TrimRight(content[:from+i], " \t\r\n")) - 1
		if brace >= 0 && content[brace] == '{' && (brace == 0 || content[brace-1] == '\n') {
			return brace
		}
		from += i + len(wordVersion)
	}
}

// withoutText returns a text with spaces in place of what precedes the plan in it: no offset changes.
func withoutText(content []byte) []byte {
	start := 0
	if !source.StartsAsJSON(content) {
		start = textBefore(content)
	}
	if start == 0 {
		return source.BlankMark(content)
	}
	blank := bytes.Clone(content)
	for i := range start {
		blank[i] = ' '
	}
	return blank
}

// hasWords reports whether a text has the words of a plan.
func hasWords(content []byte) bool {
	content = source.Unescaped(content)
	return HasWords(func(word string) bool { return bytes.Contains(content, []byte(word)) })
}
