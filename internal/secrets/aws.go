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

// issued matches the ids that AWS issues: Base32 (RFC 4648, section 6) behind the prefix. Ids since 2019
// begin with Q to Z or 2 to 7, because they contain the number of the account; older ones with I or J.
// An id without a digit needs that, or words in capitals would be ids.
var issued = lazily(`^A[KS]IA(?:[IJQ-Z2-7][A-Z2-7]{15}|[A-Z2-7]*[2-7][A-Z2-7]*)$`) //nolint:gochecknoglobals // compiled once

// exampleEnd is the end of the keys in the documentation of AWS.
const exampleEnd = "EXAMPLE"

// AccessKeyID reports whether a text contains the id of an AWS access key. The examples of the
// AWS documentation are not among them.
func AccessKeyID(text string) bool { return anyKeyID(text, isKeyID) }

// isKeyID reports whether an id can be a real one. No filter may reject an id that AWS can issue,
// so words for placeholders count only for ids that are not in Base32.
func isKeyID(id string) bool {
	switch {
	case strings.HasSuffix(id, exampleEnd) || uniform(id[len("AKIA"):]):
		return false
	case issued().MatchString(id):
		return true
	}
	return strings.ContainsAny(id, "0189") && !Placeholder(id)
}

// isPresigned reports whether a text has no other id of a key than a temporary one in a presigned URL. The signature expires with the
// key, and the id is no credential without the key.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
func isPresigned(text string) bool {
	return strings.Contains(text, "://") && strings.Contains(text, "Signature=") && !strings.Contains(text, "AKIA")
}

func anyKeyID(text string, is func(id string) bool) bool {
	if !strings.Contains(text, "AKIA") && !strings.Contains(text, "ASIA") {
		return false
	}
	for _, match := range keyID().FindAllStringSubmatch(text, -1) {
		if is(match[1]) {
			return true
		}
	}
	return false
}

// ExampleKey returns the form of an example key of the AWS documentation in a text; it is empty if
// there is none.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
func ExampleKey(text string) string {
	switch {
	case !strings.Contains(text, exampleEnd):
		return ""
	case anyKeyID(text, func(id string) bool { return strings.HasSuffix(id, exampleEnd) }):
		return AWSKeyID
	case exampleSecret().MatchString(text):
		return AWSSecretKey
	}
	return ""
}

// exampleSecret matches the secret access keys of the AWS documentation, which end with EXAMPLEKEY.
var exampleSecret = lazily(`(?:^|[^A-Za-z0-9+/])[A-Za-z0-9+/]{30}EXAMPLEKEY(?:$|[^A-Za-z0-9+/=])`) //nolint:gochecknoglobals // compiled once

const (
	secretKeyLength  = 40
	secretKeyChanges = 19 // minimum number of changes of the kind of character
)

// SecretAccessKey reports whether a text has the form of an AWS secret access key: 40 random characters. Names and
// paths of that length contain words, so they change less often between upper case, lower case and digits; hashes lack
// one of the three.
func SecretAccessKey(text string) bool {
	if len(text) != secretKeyLength || placeholderToken(text) {
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
