package secrets

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mask masks the secrets in texts with asterisks. Every text that leaves lintel for a person or a file passes through
// Text. The zero Mask and nil recognize secrets by their form and by the names that they are assigned to only.
type Mask struct{ known known }

// NewMask returns a mask that also recognizes known secrets: the values that templates declare sensitive, and those that
// the rules detect.
func NewMask(texts []string) *Mask {
	m := &Mask{}
	for _, text := range texts {
		m.known.add(text)
	}
	m.known.sort()
	return m
}

// span is a part of a text, in bytes.
type span struct{ start, end int }

// Text returns a text in which each character of a secret is an asterisk. Line breaks remain, so that the lines of a
// file keep their numbers. Masking a masked text changes nothing.
func (m *Mask) Text(text string) string {
	spans := m.spans(text)
	if strings.Contains(text, `\`) {
		spans = append(spans, m.escaped(text)...)
	}
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var out strings.Builder
	done := 0
	for _, s := range spans {
		if s.end <= done {
			continue
		}
		s.start = max(s.start, done)
		out.WriteString(text[done:s.start])
		out.WriteString(asterisks(text[s.start:s.end]))
		done = s.end
	}
	out.WriteString(text[done:])
	return out.String()
}

// Remembering returns Text as a function that masks each text once: reports and models repeat names and messages.
func (m *Mask) Remembering() func(text string) string {
	known := map[string]string{}
	return func(text string) string {
		shown, ok := known[text]
		if !ok {
			shown = m.Text(text)
			known[text] = shown
		}
		return shown
	}
}

func (m *Mask) spans(text string) []span {
	spans := formed(text)
	if m != nil {
		spans = append(spans, m.known.in(text)...)
	}
	return spans
}

// escaped returns the secrets in a text that has backslashes within them: Markdown, JSON and strings of languages escape
// characters so.
func (m *Mask) escaped(text string) []span {
	plain := make([]byte, 0, len(text))
	at := make([]int, 0, len(text)+1) // offsets of the bytes of plain in text
	for i := range len(text) {
		if text[i] != '\\' {
			plain, at = append(plain, text[i]), append(at, i)
		}
	}
	spans := m.spans(string(plain))
	for i, s := range spans {
		spans[i] = span{at[s.start], at[s.end-1] + 1}
	}
	return spans
}

// asterisks returns as many asterisks as a text has characters, and its line breaks.
func asterisks(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return strings.Repeat("*", utf8.RuneCountInString(text))
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return r
		}
		return '*'
	}, text)
}

// formed returns the secrets in a text that are recognizable without further knowledge.
func formed(text string) []span {
	spans := slices.DeleteFunc(assigned(text, false), func(s span) bool { return strings.Trim(text[s.start:s.end], "*") == "" })
	if !mayHaveToken(text) {
		return spans
	}
	spans = append(spans, tokens(text)...)
	spans = append(spans, inURLs(text)...)
	spans = append(spans, inConnections(text)...)
	return append(spans, inRuns(text)...)
}

// shortestToken is the length of the shortest text that has the form of a token, in bytes.
const shortestToken = 12

// mayHaveToken reports whether a text can contain a token or a URL with a secret, and is the check that most texts fail:
// letters with digits or an address, in a run without spaces.
func mayHaveToken(text string) bool {
	if len(text) < shortestToken {
		return false
	}
	if strings.ContainsAny(text, "=;@") || strings.Contains(text, "://") || strings.Contains(text, "-----") || strings.Contains(text, "asic ") {
		return true
	}
	return strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' }) && hasRun(text, shortestToken) || hasRun(text, minimalEncoded)
}

// hasRun reports whether a text has so many characters without a space that at least one is a letter.
func hasRun(text string, minimum int) bool {
	length, letters := 0, 0
	for i := range len(text) {
		if text[i] <= ' ' || text[i] >= utf8.RuneSelf {
			length, letters = 0, 0
			continue
		}
		if kind := kindOf(text[i]); kind == 'A' || kind == 'a' {
			letters++
		}
		if length++; length >= minimum && letters > 0 {
			return true
		}
	}
	return false
}

// tokens returns the tokens of known services in a text.
func tokens(text string) []span {
	var spans []span
	for _, d := range keywords().in(strings.ToLower(text)) {
		for from := 0; from < len(text); {
			match := d.within().FindStringSubmatchIndex(text[from:])
			if match == nil {
				break
			}
			s := d.span(match)
			s = span{from + s.start, from + s.end}
			if d.is(text[s.start:s.end]) {
				if d.id == "jwt" { // its characters also separate: what follows belongs to another one
					s.end += len(text[s.end:]) - len(strings.TrimLeft(text[s.end:], inToken))
				}
				spans = append(spans, s)
			}
			from = max(from+1, s.end)
		}
	}
	return append(spans, keyIDs(text)...)
}

// inToken are the characters of JSON web tokens.
const inToken = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

// keyIDs returns the ids of AWS access keys in a text.
func keyIDs(text string) []span {
	if !strings.Contains(text, "AKIA") && !strings.Contains(text, "ASIA") {
		return nil
	}
	var spans []span
	for _, match := range keyIDWithin().FindAllStringIndex(text, -1) {
		if isKeyID(text[match[0]:match[1]]) && isWord(text, match[0], match[1]) {
			spans = append(spans, span{match[0], match[1]})
		}
	}
	return spans
}

// keyIDWithin matches the id of an AWS access key beside any character: names and paths contain ids, too.
var keyIDWithin = lazily(`(?:AKIA|ASIA)[A-Z0-9]{16}`) //nolint:gochecknoglobals // compiled once

// span returns the part of a match that is the secret itself, as the method secret does.
func (d *detector) span(match []int) span {
	if i := 2 * d.group; i > 0 && i < len(match) && match[i] >= 0 {
		return span{match[i], match[i+1]}
	}
	for i := 2; i+1 < len(match); i += 2 {
		if match[i] >= 0 && match[i] < match[i+1] {
			return span{match[i], match[i+1]}
		}
	}
	return span{match[0], match[1]}
}

// Parts of URLs that are secrets.
var (
	login = lazily(`(?i)(?:/|%2F)[^/\s:@"'?#%]{0,64}(?::|%3A)([^@/\s"'%]{6,})(?:@|%40)`)                     //nolint:gochecknoglobals // compiled once
	user  = lazily(`(?i)\b[a-z][a-z0-9+.-]*://([^/\s:@"'?#]{12,})@`)                                         //nolint:gochecknoglobals // compiled once
	query = lazily(`(?:[?&;]|%3[Ff]|%26|&amp;|u0026)([A-Za-z][\w.-]*)(?:=|%3[Dd])([^&\s"'<>#;,\\)\]}]{8,})`) //nolint:gochecknoglobals // compiled once
)

// grants are parameters of URLs whose values give access to every caller that has the URL.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const grants = " x-amz-signature x-amz-credential x-amz-security-token signature sig sshkey sv-sig code key "

// version matches the tag of a release, which can end with the build or the abbreviated hash of a commit.
var version = lazily(`^v?\d{1,6}(\.\d{1,6}){1,3}([-+.][0-9A-Za-z.+-]{1,20})?$`)

// minimalRef is the length of a parameter ref that is no branch, tag or commit, in bytes.
const minimalRef = 16

// inURLs returns the secrets in the user information and the parameters of URLs.
func inURLs(text string) []span {
	if !strings.ContainsAny(text, "@?&;%") {
		return nil
	}
	spans := inGroup(text, userinfo(), func(password string) bool {
		return !strings.Contains(password, "${") && !among(samples, strings.ToLower(password)) && !uniform(password)
	})
	spans = append(spans, inGroup(text, login(), isPasswordValue)...) // a URL that is cut, cleaned or escaped
	spans = append(spans, inGroup(text, user(), random)...)
	for _, match := range query().FindAllStringSubmatchIndex(text, -1) {
		if isGrant(strings.ToLower(text[match[2]:match[3]]), text[match[4]:match[5]]) {
			spans = append(spans, span{match[4], match[5]})
		}
	}
	return spans
}

// inGroup returns the first groups of all matches that is accepts.
func inGroup(text string, form *regexp.Regexp, is func(string) bool) []span {
	var spans []span
	for _, match := range form.FindAllStringSubmatchIndex(text, -1) {
		if is(text[match[2]:match[3]]) {
			spans = append(spans, span{match[2], match[3]})
		}
	}
	return spans
}

// isGrant reports whether the value of a parameter of a URL is a secret. The name is in lower case.
func isGrant(name, value string) bool {
	switch {
	case strings.Contains(value, "${") || Placeholder(value):
		return false
	case name == "ref":
		return len(value) >= minimalRef && random(value) && !harmless(value) && !version().MatchString(value)
	}
	return among(grants, name) && random(value) || Named(name)
}

// inConnections returns the passwords of the connection strings in a text, and the credentials of basic authentication.
func inConnections(text string) []span {
	var spans []span
	lower := strings.ToLower(text)
	for i := range connections {
		c := &connections[i]
		if !strings.Contains(lower, c.marker) || c.context != nil && !c.context().MatchString(text) {
			continue
		}
		spans = append(spans, inGroup(text, c.password(), isPasswordValue)...)
	}
	if strings.Contains(text, "asic") {
		spans = append(spans, inGroup(text, basic(), func(login string) bool { return hasBasicAuth("Basic " + login) })...)
	}
	return spans
}

// inRuns returns the AWS secret access keys in a text, and what is a secret in Base64.
func inRuns(text string) []span {
	if len(text) < minimalEncoded {
		return nil
	}
	var spans []span
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (kindOf(text[i]) != 0 || text[i] == '-' || text[i] == '_') {
			continue
		}
		if start > 0 && text[start-1] == '%' && i-start > len("20") {
			start += len("20") // of an escaped character
		}
		if run := text[start:i]; len(run) >= minimalEncoded && mixed(run) {
			spans = append(spans, inRun(run, start)...)
		}
		start = i + 1
	}
	return spans
}

// mixed reports whether a text has upper and lower case letters, as every longer text in Base64 has.
func mixed(text string) bool {
	upper := func(r rune) bool { return r >= 'A' && r <= 'Z' }
	lower := func(r rune) bool { return r >= 'a' && r <= 'z' }
	return strings.ContainsFunc(text, upper) && strings.ContainsFunc(text, lower)
}

// inRun returns a run of characters of Base64 at an offset if it is a secret, else the secrets between its characters
// that also separate the parts of names and paths.
func inRun(run string, offset int) []span {
	if isSecretRun(run, maxEncodings) {
		return []span{{offset, offset + len(run)}}
	}
	var spans []span
	for _, separators := range []string{"-_", "/", "-_/"} {
		start := 0
		for i := 0; i <= len(run); i++ {
			if i < len(run) && strings.IndexByte(separators, run[i]) < 0 {
				continue
			}
			if i-start >= minimalEncoded && i-start < len(run) && isSecretRun(run[start:i], maxEncodings) {
				spans = append(spans, span{offset + start, offset + i})
			}
			start = i + 1
		}
	}
	return spans
}

// pair matches a user with a password, as basic authentication encodes them.
var pair = lazily(`^[\w.@-]{1,64}:(\S{8,})$`) //nolint:gochecknoglobals // compiled once

// maxEncodings is how often a secret may be encoded in Base64.
const maxEncodings = 3

// isSecretRun reports whether characters of Base64 are an AWS secret access key or contain a secret, encoded at most
// depth times.
func isSecretRun(run string, depth int) bool {
	if SecretAccessKey(run) {
		return true
	}
	for _, plain := range decoded(run) {
		if depth > 1 && isSecretRun(plain, depth-1) {
			return true
		}
		if len(assigned(plain, true))+len(keyIDs(plain)) > 0 || shape("", plain) != "" {
			return true
		}
		if match := pair().FindStringSubmatch(plain); match != nil && random(match[1]) {
			return true
		}
	}
	return false
}
