package secrets

import (
	"cmp"
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
	spans := formed(text)
	if m != nil {
		spans = append(spans, m.known.in(text)...)
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
	if strings.Contains(text, "://") || strings.Contains(text, "-----") || strings.Contains(text, "asic ") {
		return true
	}
	length, digits, letters := 0, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letters++
		case c == '=' || c == ';' || c == '@':
			return len(text) > shortestToken
		case c <= ' ' || c >= utf8.RuneSelf:
			length, digits, letters = 0, 0, 0
			continue
		}
		if length++; length >= shortestToken && letters > 0 && digits > 0 {
			return true
		}
	}
	return letters >= minimalEncoded && length >= minimalEncoded // Base64 can be without digits
}

// tokens returns the tokens of known services in a text.
func tokens(text string) []span {
	var spans []span
	lower := strings.ToLower(text)
	for i := range detectors() {
		d := &detectors()[i]
		if !containsAny(lower, d.keywords) {
			continue
		}
		for _, match := range d.form().FindAllStringSubmatchIndex(text, -1) {
			if s := d.span(match); d.is(text[s.start:s.end]) {
				spans = append(spans, s)
			}
		}
	}
	return append(spans, keyIDs(text)...)
}

// keyIDs returns the ids of AWS access keys in a text.
func keyIDs(text string) []span {
	if !strings.Contains(text, "AKIA") && !strings.Contains(text, "ASIA") {
		return nil
	}
	var spans []span
	for _, match := range keyID().FindAllStringSubmatchIndex(text, -1) {
		if isKeyID(text[match[2]:match[3]]) {
			spans = append(spans, span{match[2], match[3]})
		}
	}
	return spans
}

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
	user  = lazily(`(?i)\b[a-z][a-z0-9+.-]*://([^/\s:@"'?#]{12,})@`)                                   //nolint:gochecknoglobals // compiled once
	query = lazily(`(?:[?&;]|%3[Ff]|%26|&amp;)([A-Za-z][\w.-]*)(?:=|%3[Dd])([^&\s"'<>#;,\\)\]}]{8,})`) //nolint:gochecknoglobals // compiled once
)

// grants are parameters of URLs whose values give access to whoever has the URL.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const grants = " x-amz-signature x-amz-credential x-amz-security-token signature sig sshkey sv-sig code key "

// minimalRef is the length of a parameter ref that is no branch, tag or commit, in bytes.
const minimalRef = 16

// inURLs returns the secrets in the user information and the parameters of URLs.
func inURLs(text string) []span {
	if !strings.ContainsAny(text, "@?&;%") {
		return nil
	}
	var spans []span
	for _, match := range userinfo().FindAllStringSubmatchIndex(text, -1) {
		if password := text[match[2]:match[3]]; !strings.Contains(password, "${") && !among(samples, strings.ToLower(password)) && !uniform(password) {
			spans = append(spans, span{match[2], match[3]})
		}
	}
	for _, match := range user().FindAllStringSubmatchIndex(text, -1) {
		if random(text[match[2]:match[3]]) {
			spans = append(spans, span{match[2], match[3]})
		}
	}
	for _, match := range query().FindAllStringSubmatchIndex(text, -1) {
		name, value := strings.ToLower(text[match[2]:match[3]]), text[match[4]:match[5]]
		if strings.Contains(value, "${") || Placeholder(value) {
			continue
		}
		if among(grants, name) && random(value) || Named(name) || len(value) >= minimalRef && name == "ref" && random(value) && !harmless(value) {
			spans = append(spans, span{match[4], match[5]})
		}
	}
	return spans
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
		for _, match := range c.password().FindAllStringSubmatchIndex(text, -1) {
			if isPasswordValue(text[match[2]:match[3]]) {
				spans = append(spans, span{match[2], match[3]})
			}
		}
	}
	if strings.Contains(text, "asic") {
		for _, match := range basic().FindAllStringSubmatchIndex(text, -1) {
			if hasBasicAuth("Basic " + text[match[2]:match[3]]) {
				spans = append(spans, span{match[2], match[3]})
			}
		}
	}
	return spans
}

// inRuns returns the AWS secret access keys in a text, and what is a secret in Base64.
func inRuns(text string) []span {
	if len(text) < minimalEncoded {
		return nil
	}
	var spans []span
	for _, match := range base64Run().FindAllStringIndex(text, -1) {
		s := span{match[0], match[1]}
		if run := text[s.start:s.end]; len(run) >= minimalEncoded && isSecretRun(run) {
			spans = append(spans, s)
		}
	}
	return spans
}

// isSecretRun reports whether characters of Base64 are an AWS secret access key or contain a secret.
func isSecretRun(run string) bool {
	if SecretAccessKey(run) {
		return true
	}
	for _, plain := range decoded(run) {
		if len(assigned(plain, true))+len(keyIDs(plain)) > 0 || shape("", plain) != "" {
			return true
		}
	}
	return false
}
