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

// Shape returns the id of the detector that matches a text or part of it, or "". Some forms include the name of the
// setting, which may be empty. The ids are those of gitleaks, and url-password for a password in a URL and
// connection-string. AWS access keys are not included.
func Shape(name, text string) string {
	if len(text) < minimal {
		return ""
	}
	if found := token(name, text); found != "" {
		return found
	}
	if hasPassword(userinfo, text) {
		return "url-password"
	}
	if strings.Contains(text, ";") && isConnection().MatchString(text) && hasPassword(connection, text) {
		return "connection-string"
	}
	return ""
}

// userinfo matches the password of a URL (RFC 3986, section 3.2.1).
var userinfo = lazily(`(?i)\b[a-z][a-z0-9+.-]*://[^/\s:@"'?#]*:([^@/\s"']+)@`) //nolint:gochecknoglobals // compiled once

// connection matches the password of a connection string of keys and values.
var connection = lazily(`(?i)(?:^|;)\s*(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;"'\s]+)`) //nolint:gochecknoglobals // compiled once

// samples are passwords in examples and of databases on developer machines.
const samples = " password passwd passwort secret postgres mysql mongodb rabbitmq minioadmin username "

// isConnection distinguishes a connection string from code: it also contains a server, database or user.
var isConnection = lazily(`(?i)(?:^|;)\s*(?:server|data source|host|endpoint|defaultendpointsprotocol|database|initial catalog|user id|uid|accountname)\s*=[^;"']+;`) //nolint:gochecknoglobals // compiled once

func hasPassword(form func() *regexp.Regexp, text string) bool {
	if !strings.ContainsAny(text, ":=") {
		return false
	}
	for _, match := range form().FindAllStringSubmatch(text, -1) {
		if len(match[1]) >= minimal && !Placeholder(match[1]) && !harmless(match[1]) && !among(samples, strings.ToLower(match[1])) {
			return true
		}
	}
	return false
}

// assignment matches a name and a string in quotes, as in code, JSON and configuration. The quotes of JSON inside a
// string have a backslash.
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
