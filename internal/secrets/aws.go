package secrets

import "strings"

// The forms of AWS credentials.
const (
	AWSKeyID     = "aws-access-key-id"
	AWSSecretKey = "aws-secret-access-key"
)

// keyID matches the id of an AWS access key: AKIA for a user's, ASIA for a temporary one. The ids of users and roles
// (AIDA, AROA, …) are no credentials.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
var keyID = lazily(`(?:^|[^A-Za-z0-9+_-])((?:AKIA|ASIA)[A-Z0-9]{16})(?:$|[^A-Za-z0-9+/=_-])`) //nolint:gochecknoglobals // compiled once

// AccessKeyID reports whether a text contains the id of an AWS access key.
func AccessKeyID(text string) bool {
	if !strings.Contains(text, "AKIA") && !strings.Contains(text, "ASIA") {
		return false
	}
	for _, match := range keyID().FindAllStringSubmatch(text, -1) {
		if strings.ContainsAny(match[1], "0123456789") && !Placeholder(match[1]) { // words in capitals contain no digits
			return true
		}
	}
	return false
}

const (
	secretKeyLength  = 40
	secretKeyChanges = 19 // minimum number of changes of the kind of character
)

// SecretAccessKey reports whether a text has the form of an AWS secret access key: 40 random characters. Names and
// paths of that length contain words, so they change less often between upper case, lower case and digits; hashes lack
// one of the three.
func SecretAccessKey(text string) bool {
	if len(text) != secretKeyLength || Placeholder(text) {
		return false
	}
	kinds := map[byte]bool{}
	changes, last := 0, byte(0)
	for i := range len(text) {
		kind := kindOf(text[i])
		if kind == 0 {
			return false
		}
		kinds[kind] = true
		if kind != last {
			changes++
		}
		last = kind
	}
	return kinds['A'] && kinds['a'] && kinds['0'] && changes >= secretKeyChanges
}

// kindOf returns A for upper case, a for lower case, / for the symbols of base 64, and 0 for all others.
func kindOf(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return 'A'
	case c >= 'a' && c <= 'z':
		return 'a'
	case c >= '0' && c <= '9':
		return '0'
	case c == '/' || c == '+':
		return '/'
	}
	return 0
}

// keyName matches names of secret keys.
var keyName = lazily(`(?i)secret|access_?key|aws.*(?:key|cred|token)`) //nolint:gochecknoglobals // compiled once

// forSecretKey reports whether the value of a setting with this name is a secret access key, and not its location.
func forSecretKey(name string) bool {
	words := parts(name)
	return len(words) > 0 && !among(kept, words[len(words)-1]) && keyName().MatchString(name)
}
