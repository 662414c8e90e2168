// Package words checks texts that people read against the glossary of the project: rules, messages, help and
// documentation.
package words

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed banned.txt
var bannedText string

// term is an entry of the list of banned terms.
type term struct {
	banned  *regexp.Regexp
	instead string
}

// terms parses the list once, on first use.
var terms = sync.OnceValue(func() []term { //nolint:gochecknoglobals // a table, made once
	var all []term
	for line := range strings.Lines(bannedText) {
		banned, instead, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue // a comment; a test checks that all other lines have two columns
		}
		banned = strings.ReplaceAll(banned, " ", `\s+`) // terms can contain line breaks
		all = append(all, term{regexp.MustCompile(`(?i)\b(?:` + banned + `)\b`), instead})
	}
	return all
})

// code matches code spans, which are not prose.
var code = regexp.MustCompile("`[^`]*`")

// Offences returns the banned terms in a text, each with the term to write instead. It skips code spans, and parts of
// identifiers such as policy-admin-star.
func Offences(text string) []string {
	prose := code.ReplaceAllString(text, "``")
	var all []string
	for _, t := range terms() {
		for _, at := range t.banned.FindAllStringIndex(prose, -1) {
			if !joined(prose, at[0], at[1]) {
				all = append(all, fmt.Sprintf("%q: write %s", prose[at[0]:at[1]], t.instead))
			}
		}
	}
	return all
}

// joined reports whether the text between two offsets is part of an identifier with hyphens, dots, slashes or
// underscores.
func joined(text string, start, end int) bool {
	const joints = "-_./:"
	if start > 0 && strings.IndexByte(joints, text[start-1]) >= 0 {
		return true
	}
	if end+1 >= len(text) || strings.IndexByte(joints, text[end]) < 0 {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[end+1:])
	return unicode.IsLetter(after) || unicode.IsDigit(after)
}

// riddle matches a sentence without a concrete subject: What, Whether, That or How.
var riddle = regexp.MustCompile(`(?:^|[.:!]\s+)((?:What|Whether|That|How)\b[^.]*)`)

// Description returns what is wrong with a description: banned terms, and sentences that start with What, Whether, That
// or How.
func Description(text string) []string {
	all := Offences(text)
	for _, found := range riddle.FindAllStringSubmatch(text, -1) {
		all = append(all, fmt.Sprintf("%q: start the sentence with its subject", found[1]))
	}
	return all
}

// Message returns what is wrong with the message of a finding about the resource with an id: banned terms, a full stop
// at the end, a lower-case start that is not an id, a missing id, and values that Rego could not interpolate.
func Message(text, id string) []string {
	all := Offences(strings.ReplaceAll(text, id, "`"+id+"`"))
	if strings.HasSuffix(text, ".") {
		all = append(all, "ends with a full stop")
	}
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsLower(first) && !strings.HasPrefix(text, id) {
		all = append(all, "starts with lower case")
	}
	if !strings.Contains(text, id) {
		all = append(all, "does not contain the resource "+id)
	}
	if strings.Contains(text, "<undefined>") {
		all = append(all, "contains an undefined value")
	}
	return all
}
