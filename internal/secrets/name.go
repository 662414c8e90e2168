package secrets

import (
	"slices"
	"strings"
)

// camel matches word boundaries in camel case.
var camel = lazily(`([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])`) //nolint:gochecknoglobals // compiled once

// parts returns the words of a name in lower case: dbPassword, DB_PASSWORD and db-password give db and password.
func parts(name string) []string {
	name = camel().ReplaceAllString(name, "$1$3 $2$4")
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for i, word := range words {
		if letters := strings.TrimRight(word, "0123456789"); len(letters) > len("s3") {
			words[i] = letters // password2
		}
	}
	return words
}

// Words in names of secrets.
const (
	passwords = " password passwd passwort pwd passphrase "
	alone     = " secret secrets token tokens apikey apikeys apitoken credential credentials secretkey accesskey" +
		" privatekey authtoken accesstoken clientsecret jwtsecret "
	keys = " api private secret access encryption signing auth master license session cookie hmac jwt webhook account storage "
)

// kept are final words of names that are not secrets: a location, a kind, a lifetime.
const kept = " arn arns name names id ids path paths url urls uri uris route routes page link file files filename dir folder location" +
	" param params parameter parameters ttl age expiry expires expiration lifetime duration timeout seconds minutes hours days" +
	" header headers table bucket endpoint host port domain region type kind algorithm alg issuer iss audience aud scope scopes" +
	" length size min max count limit policy prefix suffix ref reference version enabled disabled enable disable mode" +
	" provider user username login email method strategy required hash digest field attribute claim column cookie queue topic" +
	" store manager cache source rotation service class format kid alias aliases label title description template env variable var" +
	" usage use uses validity pool group role state status index offset pattern regex separator placeholder hint" +
	" function lambda handler layer extension bytes rounds public "

// stages are final words of names that denote a stage or one of several versions.
const stages = " dev test qa staging stage prod production live sandbox v1 v2 1 2 3 old new primary secondary current next "

// among reports whether a list contains a word.
func among(list, word string) bool { return strings.Contains(list, " "+word+" ") }

// Named reports whether the value of a setting with this name is a secret, and not its location or lifetime.
func Named(name string) bool {
	words := parts(name)
	for len(words) > 1 && among(stages, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || among(kept, words[len(words)-1]) {
		return false
	}
	return slices.ContainsFunc(words, saysPassword) ||
		slices.ContainsFunc(words, namesSecret) || endsWithKey(words)
}

// fused matches words that end with the word for a secret, without a separator: githubtoken,
// dbpassword. The words for a password that others end with, such as compass, have a list of starts.
var fused = lazily(`^[a-z0-9]+(?:tokens?|secrets?|credentials?|(?:api|secret|access|private|encryption|signing|master|auth|license)keys?)$`) //nolint:gochecknoglobals // compiled once

// fusedPassword is fused for passwords.
var fusedPassword = lazily(`^[a-z0-9]+(?:password|passwd|passwort|passphrase)$|^(?:admin|amqp|app|db|ftp|jdbc|ldap|mail|mongo|mysql|pg|postgres|rabbitmq|redis|root|sftp|smtp|sql|user)(?:pass|pwd)$`) //nolint:gochecknoglobals // compiled once

// saysPassword reports whether a word says password.
func saysPassword(word string) bool {
	return among(passwords, word) || strings.Contains(word, "p") && fusedPassword().MatchString(word)
}

// namesSecret reports whether a word says secret, token or kind of key.
func namesSecret(word string) bool { return among(alone, word) || fused().MatchString(word) }

// endsWithKey reports whether a name ends with a kind of key, with auth or with pass.
func endsWithKey(words []string) bool {
	if len(words) < 2 || slices.Contains(words, "public") { //nolint:mnd // a kind and "key"
		return false
	}
	last, before := words[len(words)-1], words[len(words)-2]
	return last == "key" && among(keys, before) || last == "auth" || last == "pass"
}

// isPassword reports whether a name contains a word for password, which never denotes a name or location.
func isPassword(name string) bool { return slices.ContainsFunc(parts(name), saysPassword) }
