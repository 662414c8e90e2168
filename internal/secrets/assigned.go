package secrets

import (
	"slices"
	"strings"
)

// hints are parts of all names of secrets, in lower case: most names have none, and Named is slow.
var hints = []string{"pass", "pwd", "secret", "token", "key", "cred", "auth"} //nolint:gochecknoglobals // a table, never written

// Written returns the secrets that the text of a file assigns to names of secrets, in any of the formats that lintel
// reads, the texts that it declares sensitive by a function, and the lines of its private keys.
func Written(text string) []string {
	var all []string
	for _, s := range assigned(text, true) {
		all = append(all, text[s.start:s.end])
	}
	for rest := text; ; {
		i := strings.Index(rest, "sensitive(\"")
		if i < 0 {
			break
		}
		rest = rest[i+len("sensitive(\""):]
		if end := strings.IndexAny(rest, "\"\n"); end > 0 {
			all = append(all, rest[:end])
		}
	}
	return append(all, keyLines(text)...)
}

// keyLines returns the private keys in PEM that a text contains.
func keyLines(text string) []string {
	var all []string
	for rest := text; ; {
		i := strings.Index(rest, "PRIVATE KEY-----")
		if i < 0 {
			return all
		}
		rest = rest[i+len("PRIVATE KEY-----"):]
		end := strings.Index(rest, "-----END")
		if end < 0 {
			return all
		}
		all = append(all, rest[:end])
		rest = rest[end+len("-----END"):]
		if i := strings.Index(rest, "-----"); i >= 0 {
			rest = rest[i:]
		}
	}
}

// assigned returns the values that a text assigns to names of secrets. In a file, values without quotes count; in any
// other text only where they are alone on a line with their names, because prose contains colons.
func assigned(text string, file bool) []span {
	if !strings.ContainsAny(text, ":=") {
		return nil
	}
	s := scanner{text: text, file: file, margin: span{end: -1}, ends: span{end: -1}}
	for i := range len(text) {
		switch text[i] {
		case '\n':
			s.line, s.isResolving = i+1, false
		case ':', '=':
			s.separator(i)
		case '{':
			s.header(i)
			s.isResolving = s.isResolving || strings.HasPrefix(text[i:], "{{resolve")
		case '}':
			s.isResolving = s.isResolving && !strings.HasPrefix(text[i:], "}}")
		}
	}
	return s.found
}

// scanner finds assignments in a text. All formats write a name, a colon or an equals sign and a value.
type scanner struct {
	text  string
	file  bool
	line  int // start of the line
	found []span

	isResolving bool // within a dynamic reference: {{resolve:secretsmanager:NAME:…}}
	margin      span // white space at the start of the line
	ends        span // offsets that have the same end of a line, which is the last
	bareAt      span // last value without quotes, with the white space behind it
	judged      int  // end of the values that were judged
	again       int  // length of the values that were judged although they are part of another, in bytes

	parent string // name of the entry, variable or parameter that the next value belongs to
	indent int    // of the line with parent
}

// Keys whose value is a name of the value beside it, and keys of such values, in lower case.
const (
	nameKeys  = " name key parametername parameterkey "
	valueKeys = " value default parametervalue defaultvalue values "
)

// separator looks at the assignment with a separator at an offset.
func (s *scanner) separator(i int) {
	name := s.nameBefore(i)
	if name == "" || i+1 < len(s.text) && strings.IndexByte("=:>~/", s.text[i+1]) >= 0 || s.isResolving {
		return
	}
	key := ""
	if len(name) <= maximalKey {
		key = strings.ToLower(name)
	}
	isName, isValue := among(nameKeys, key), among(valueKeys, key)
	if !isName && !isValue && !hasHint(name) { // as most
		if next := s.skip(i+1, " \t\r\\"); next == len(s.text) || strings.IndexByte("\n{[", s.text[next]) >= 0 {
			s.enter(name)
		}
		return
	}
	s.assignment(name, s.valueAfter(i+1), isName, isValue)
}

// assignment looks at a name with its value. isName and isValue report whether the name is one of nameKeys or valueKeys.
func (s *scanner) assignment(name string, value span, isName, isValue bool) {
	text := s.text[value.start:value.end]
	switch {
	case text == "" || text[0] == '{' || text[0] == '[':
		s.enter(name)
	case isName && s.isNamed(text):
		s.parent, s.indent = text, s.indentation()
	case isValue && s.parent != "":
		s.judge(s.parent, value)
	default:
		s.judge(name, value)
	}
}

// maximalKey is the length of the longest of nameKeys and valueKeys, in bytes.
const maximalKey = 14

// enter notes the name of an entry whose value follows in its block.
func (s *scanner) enter(name string) {
	if s.parent == "" || s.indentation() <= s.indent || hasHint(name) && s.isNamed(name) {
		s.parent, s.indent = name, s.indentation()
	}
}

// hasHint reports whether a name can be that of a secret.
func hasHint(name string) bool {
	for i := 0; i+3 <= len(name); i++ {
		switch name[i] | 0x20 {
		case 'p', 's', 't', 'k', 'c', 'a':
			if slices.ContainsFunc(hints, func(hint string) bool {
				return len(name) >= i+len(hint) && strings.EqualFold(name[i:i+len(hint)], hint)
			}) {
				return true
			}
		}
	}
	return false
}

// header looks at a block of HCL: variable "db_password" {.
func (s *scanner) header(i int) {
	label, ok := strings.CutPrefix(s.text[s.line+s.indentation():i], "variable ")
	if ok {
		s.parent, s.indent = strings.Trim(label, "\" "), s.indentation()
	}
}

func (s *scanner) indentation() int {
	if s.margin.start != s.line || s.margin.end < s.line {
		s.margin = span{s.line, s.skip(s.line, " \t")}
	}
	return s.margin.end - s.line
}

func (*scanner) isNamed(name string) bool {
	return len(name) < maximalName && hasHint(name) && Named(name)
}

// maximalName is the length of the longest name of a secret, in bytes.
const maximalName = 128

// maximalAgain is the length of the values that are judged although they are part of another, in bytes: as in key=key=key.
const maximalAgain = 1 << 20

// judge notes a value if it is a secret by its name.
func (s *scanner) judge(name string, value span) {
	text := s.text[value.start:value.end]
	if !s.isNamed(name) {
		return
	}
	if value.start < s.judged {
		if s.again += len(text); s.again > maximalAgain {
			return
		}
	}
	s.judged = max(s.judged, value.end)
	if strings.Contains(text, "${") {
		return
	}
	if strings.IndexByte("!*&", text[0]) >= 0 || value.start > 0 && strings.IndexByte("'\"", s.text[value.start-1]) < 0 && reference().MatchString(text) {
		return // a tag, an alias or a reference is no text
	}
	if Plausible(name, text) || forSecretKey(name) && SecretAccessKey(text) {
		s.found = append(s.found, value)
	}
}

// nameBefore returns the name that ends before an offset, without quotes.
func (s *scanner) nameBefore(i int) string {
	end := i
	for end > s.line && strings.IndexByte(" \t\"'\\])", s.text[end-1]) >= 0 {
		end--
	}
	start := end
	for start > s.line && isNameByte(s.text[start-1]) {
		start--
	}
	return s.text[start:end]
}

func isNameByte(c byte) bool { return kindOf(c) != 0 && c != '+' || c == '_' || c == '-' || c == '.' }

// valueAfter returns the value that begins after an offset: a text in quotes, a block, or the rest of the line.
func (s *scanner) valueAfter(i int) span {
	i = s.skip(i, " \t\\")
	if i >= len(s.text) {
		return span{i, i}
	}
	switch c := s.text[i]; {
	case c == '"' || c == '\'':
		return s.quoted(i)
	case (c == '|' || c == '>' || strings.HasPrefix(s.text[i:], "<<")) && s.file:
		return s.block(i)
	}
	return s.bare(i)
}

// quoted returns the text in the quotes that begin at an offset. Quotes behind a backslash are in a text themselves, and
// end with another backslash.
func (s *scanner) quoted(i int) span {
	start, quote, escaped := i+1, s.text[i], s.text[i-1] == '\\'
	for i = start; i < len(s.text) && s.text[i] != '\n'; i++ {
		if s.text[i] == quote || escaped && s.text[i] == '\\' {
			return span{start, i}
		}
		if s.text[i] == '\\' {
			i++
		}
	}
	return span{start, start}
}

func (s *scanner) skip(i int, bytes string) int {
	for i < len(s.text) && strings.IndexByte(bytes, s.text[i]) >= 0 {
		i++
	}
	return i
}

// block returns the first line of a block of text after its indicator: a scalar of YAML or a heredoc.
func (s *scanner) block(i int) span {
	start := s.skip(s.lineEnd(i)+1, " \t")
	if start > len(s.text) {
		return span{i, i}
	}
	end := s.lineEnd(start)
	return span{start, start + len(strings.TrimRight(s.text[start:end], " \r"))}
}

// lineEnd returns the end of the line at an offset.
func (s *scanner) lineEnd(i int) int {
	if i < s.ends.start || i > s.ends.end {
		s.ends = span{i, len(s.text)}
		if i < len(s.text) {
			if length := strings.IndexByte(s.text[i:], '\n'); length >= 0 {
				s.ends.end = i + length
			}
		}
	}
	return s.ends.end
}

// bare returns a value without quotes.
func (s *scanner) bare(start int) span {
	if start < s.bareAt.start || start >= s.bareAt.end { // else it ends where the one ends that it is part of
		s.bareAt = span{start, start}
		for end := &s.bareAt.end; *end < len(s.text) && strings.IndexByte("\n\r,}", s.text[*end]) < 0 && !strings.HasPrefix(s.text[*end:], " #"); {
			*end++
		}
	}
	end := s.bareAt.end
	text := strings.TrimRight(s.text[start:end], " \t;")
	if !s.file && (!s.startsLine(start) || strings.Contains(text, " ")) {
		return span{start, start + min(len(text), 1)}
	}
	return span{start, start + len(text)}
}

// reference matches references of Terraform.
var reference = lazily(`^(?:var|local|module|data|each|count|self|path|terraform|ephemeral|[a-z][a-z0-9]*_[a-z0-9_]+)[.\[]`) //nolint:gochecknoglobals // compiled once

// maximalStart is the length of what may precede a value on its line, in bytes.
const maximalStart = 1 << 10

// startsLine reports whether nothing but the name, white space and the signs of comments and diffs precedes a value.
func (s *scanner) startsLine(start int) bool {
	return start-s.line <= maximalStart && len(strings.Fields(strings.Trim(s.text[s.line:start], " \t+-#/|*:=0123456789"))) <= 1
}

// Unique returns texts without duplicates, the longest first, because one may contain another.
func Unique(texts []string) []string {
	sorted := slices.Clone(texts)
	slices.SortFunc(sorted, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(sorted)
}
