// Package secrets detects secrets: by the form of tokens of known services, or by the name of a secret together with a
// plausible value. Neither a name nor random-looking characters suffice: ARNs, URLs, UUIDs, hashes, paths, references,
// names of secrets and placeholders are not secrets.
package secrets

import (
	"regexp"
	"strings"
	"sync"
)

// Hole replaces a part of a text that is unknown until deployment.
const Hole = "${}"

// Shape returns the id of the detector whose form a text has, or part of it, also in Base64; it is
// empty if there is none. The name of the setting that holds the text is part of some forms. The ids
// are those of gitleaks, and besides url-password for a password in a URL, connection-string and
// basic-auth. AWS access keys are not among them.
func Shape(name, text string) string {
	if len(text) < minimal || Encrypted(text) {
		return ""
	}
	if found := shape(name, text); found != "" {
		return found
	}
	for _, plain := range decoded(text) {
		if found := shape(name, plain); found != "" {
			return found
		}
	}
	return ""
}

// shape is Shape for a text as it is.
func shape(name, text string) string {
	if found := token(name, text); found != "" {
		return found
	}
	switch {
	case hasPassword(userinfo, text):
		return "url-password"
	case hasConnection(text):
		return "connection-string"
	case hasBasicAuth(text):
		return "basic-auth"
	}
	return ""
}

// userinfo matches the password of a URL (RFC 3986, section 3.2.1).
var userinfo = lazily(`(?i)\b[a-z][a-z0-9+.-]*://[^/\s:@"'?#]*:([^@/\s"']+)@`) //nolint:gochecknoglobals // compiled once

func hasPassword(form func() *regexp.Regexp, text string) bool {
	if !strings.ContainsAny(text, ":=") {
		return false
	}
	for _, match := range form().FindAllStringSubmatch(text, -1) {
		if isPasswordValue(match[1]) {
			return true
		}
	}
	return false
}

// samples are passwords of examples and of databases on a developer's machine.
const samples = " password passwd passwort secret postgres mysql mongodb rabbitmq minioadmin username "

// isPasswordValue reports whether the password of a URL or connection string can be a real one.
func isPasswordValue(text string) bool {
	return len(text) >= minimal && !Placeholder(text) && !harmless(text) && !among(samples, strings.ToLower(text))
}

// assignment is a name and a text in quotes, as code, JSON and configuration write them. The quotes
// of JSON in a string of a language have a backslash.
var assignment = lazily(`([A-Za-z_][\w-]{2,60})\\?["']?\]?\s*(?::=|[:=])\s*\\?["']([^"'\s\\]{6,200})\\?["']`) //nolint:gochecknoglobals // compiled once

// assignments returns the names and values of all assignments in a text.
func assignments(text string) [][]string {
	if !strings.ContainsAny(text, `"'`) {
		return nil
	}
	return assignment().FindAllStringSubmatch(text, -1)
}

// Assigned returns the name of the first setting in code or a JSON document whose value is a secret, or "".
func Assigned(text string) string {
	for _, match := range assignments(text) {
		if Named(match[1]) && Plausible(match[1], match[2]) {
			return match[1]
		}
	}
	return ""
}

// lazily compiles an expression on first use, because most runs need none.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
