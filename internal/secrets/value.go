package secrets

import (
	"slices"
	"strings"
	"unicode"
)

// Minimum lengths; shorter values are placeholders or words.
const (
	minimal      = 6 // of a password
	minimalToken = 8 // of what only looks like chance
)

// leastEntropy is how much chance a text has at least that is called random, in bits per
// character. Eight different characters have 3.
const leastEntropy = 2.75

// Plausible reports whether the value of a setting with the name of a secret can be the secret.
// Of a password it is enough that it is nothing else; what a key or token is has to look random,
// because such settings often hold names.
func Plausible(name, value string) bool {
	if len(value) < minimal || Placeholder(value) || Encrypted(value) {
		return false
	}
	if isPassword(name) && passphrase(value) {
		return true
	}
	if harmless(value) {
		return false
	}
	if isPassword(name) {
		return !saysSecret(value)
	}
	return random(value)
}

// phrase matches passphrases: several words in small letters, as password managers generate them.
var phrase = lazily(`^[a-z]{3,12}(?: [a-z]{3,12}){2,7}$`) //nolint:gochecknoglobals // compiled once

// prose are words of sentences, which generated passphrases rarely have.
const prose = " the and for from with this that not see use used must are was has have will your our set here by of in to is a an "

// passphrase reports whether a text consists of words that do not form a sentence.
func passphrase(text string) bool {
	return strings.Contains(text, " ") && phrase().MatchString(text) &&
		!slices.ContainsFunc(strings.Fields(text), func(word string) bool { return among(prose, word) || saysPassword(word) || namesSecret(word) })
}

// random reports whether the characters look like chance: letters and digits mixed, many different
// ones, and not words.
func random(text string) bool {
	return len(text) >= minimalToken && strings.ContainsFunc(text, unicode.IsLetter) &&
		strings.ContainsFunc(text, unicode.IsDigit) && entropy(text) >= leastEntropy && !words().MatchString(text)
}

// words are words and numbers with separators between them: names, dates, versions.
var words = lazily(`^[A-Za-z]*\d{0,4}(?:[-_./:,+ ][A-Za-z]*\d{0,4})*$`) //nolint:gochecknoglobals // compiled once

// saysSecret reports whether a value is the name of a secret: words, one of which says so.
func saysSecret(value string) bool {
	return words().MatchString(value) && strings.ContainsAny(value, "-_./:") && Named(value)
}

// innocent are forms of what is not secret, though it may look like chance.
var innocent = lazily(`(?:` + strings.Join([]string{ //nolint:gochecknoglobals // never written
	`^\s|\s$|\s\S+\s`,           // sentences
	`^(?:/|\./|~|[A-Za-z]:\\)`,  // paths and names of parameters
	`^(?i)arn:`,                 // ARNs
	`^amzn1\.`,                  // ids of Alexa skills
	`^(?i)[a-z][a-z0-9+.-]*://`, // URLs
	`^(?i)\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$`,                       // UUIDs
	`^(?i)(?:sha\d+[:-])?(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$`, // SHAs
	`^(?i)sha(?:256|384|512)[:-]`,                                                   // SHAs in other letters
	`^[+-]?[\d.,:]+[a-z%]{0,3}$`,                                                    // numbers, times, durations
	`^(?i)(?:true|false|null|none|yes|no|on|off|enabled|disabled)$`,
	`^(?i)[a-z]{2}(?:-[a-z]+)+-\d(?:[_a-z].*)?$`, // regions, user pools
	`^(?i)(?:subnet|sg|vpc|ami|eni|i|vol|snap|igw|rtb|eipalloc|fs|fsap|acl|lt|asg|tgw|nat|vpce|key|layer|ou|r)-[0-9a-f]{8,17}$`, // ids of AWS
	`^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$`,              // addresses
	`^(?i)(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$`,    // hosts, files
	`\{\{.*\}\}|\$\{|<[^>]*>|^%.*%$|^\$[A-Za-z_(]`, // references and templates
	`^(?i)(?:process\.env|os\.environ|os\.getenv|env|secrets?|ssm|vault|ref|file|kms|alias|data|base64|urn|s3|projects)[.:(/[]`,
	`^(?i)(?:AES|RSA|RS|HS|ES|PS|SHA|MD|HMAC|EC|ED|ECC|SYMMETRIC|TLS)[-_A-Z]*\d{2,}(?:[-_][-_A-Z0-9]*|[A-Z]{0,9})$`, // algorithms
	`[()]`, // code
}, `)|(?:`) + `)`)

func harmless(value string) bool { return innocent().MatchString(value) }

// stands are words that stand for a secret in documentation, tests and templates.
var stands = lazily(`(?i)change.?(?:me|it|this)|replace|example|placeholder|your[-_ .]?|dummy|fixme|insert|sample|redacted|not.?set|(?:^|[^a-z])(?:test|mock|fake|foo|bar|demo|tbd|todo)(?:$|[^a-z])|^(?:test|mock|fake|dummy)|localstack|put.?here|secret.?here|goes.?here|to.?be.?(?:set|filled|replaced|updated)|set.?by|update.?me|fill.?(?:me|in)|my.?(?:secret|password|token|api.?key)|some.?(?:secret|password|token|value)|default|unknown|undefined|managed|generated|rotate|\*{3}|x{4}|0{5}|1{5}|12345|abcdef|qwerty|\.\.\.|…`) //nolint:gochecknoglobals // compiled once

// Placeholder reports whether a text stands for a secret and is none.
func Placeholder(text string) bool {
	return stands().MatchString(text) || uniform(text) || strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") ||
		strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]")
}

// standsInToken matches the words that stand for a token within its form. They are so long that a
// random token does not contain them by chance.
var standsInToken = lazily(`(?i)change.?(?:me|it|this)|replace|example|placeholder|your[-_ ]|dummy|fixme|insert|sample|redacted|[-_](?:test|mock|fake|foo|bar|demo)[-_]|^(?:test|mock|fake|dummy)|localstack|put.?here|secret.?here|goes.?here|update.?me|default|undefined|generated|\*{3}|x{5}|0{6}|1{6}|123456|abcdef|qwerty|\.\.\.|…`) //nolint:gochecknoglobals // compiled once

// placeholderToken reports whether a text with the form of a token stands for one and is none.
func placeholderToken(text string) bool { return standsInToken().MatchString(text) || uniform(text) }

// uniform reports whether a text is one character over and over.
func uniform(text string) bool {
	return text == "" || strings.Trim(text, text[:1]) == ""
}
