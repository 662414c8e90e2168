package secrets

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	minimalEncoded = 16      // characters of Base64 that can contain a secret
	maximalEncoded = 1 << 16 // characters that are decoded; keys and documents are shorter
	minimalCipher  = 100     // characters of a KMS ciphertext with a header and a data key
)

// pemInBase64 is "-----BEGIN" in Base64, without the bits of the last character.
const pemInBase64 = "LS0tLS1CRUdJTi"

// inBase64 are the characters of texts in Base64, also in the alphabet for URLs, with line breaks.
const inBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n \t"

// base64Run matches a text in Base64, also in its alphabet for URLs.
var base64Run = lazily(`[A-Za-z0-9+/_-]+={0,2}`) //nolint:gochecknoglobals // compiled once

// decoded returns the texts that a text contains in Base64: the whole text, or PEM data within it.
// Line breaks in Base64 do not count (RFC 2045, section 6.8).
func decoded(text string) []string {
	if len(text) < minimalEncoded || len(text) > maximalEncoded {
		return nil
	}
	if strings.Trim(text, inBase64) == "" {
		if plain, ok := fromBase64(strings.Join(strings.Fields(text), "")); ok {
			return []string{plain}
		}
		return nil
	}
	i := strings.Index(text, pemInBase64)
	if i < 0 {
		return nil
	}
	if plain, ok := fromBase64(base64Run().FindString(text[i:])); ok {
		return []string{plain}
	}
	return nil
}

// fromBase64 decodes a text in Base64, with or without padding, if the result is readable text.
func fromBase64(run string) (string, bool) {
	run = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(run, "="))
	plain, err := base64.RawStdEncoding.DecodeString(run)
	return string(plain), err == nil && readable(string(plain))
}

// readable reports whether a text has only printable characters and white space.
func readable(text string) bool {
	if text == "" || !utf8.ValidString(text) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) })
}

// cipher matches what KMS encrypts, in Base64. It begins with the bytes 01 02 02 00 78, or 01 01 02 00 78
// where it is older. It is useless without the permission kms:Decrypt.
var cipher = lazily(`^AQ[EI]CAH[A-Za-z0-9+/_-]+={0,2}$`) //nolint:gochecknoglobals // compiled once

// Encrypted reports whether a text is a KMS ciphertext.
func Encrypted(text string) bool {
	return len(text) >= minimalCipher && strings.HasPrefix(text, "AQ") && cipher().MatchString(strings.Join(strings.Fields(text), ""))
}

// basic matches the value of an HTTP Authorization header for basic authentication (RFC 7617, section 2).
var basic = lazily(`(?:^|[\s:"'=])[Bb]asic\s+([A-Za-z0-9+/_-]{8,}={0,2})(?:$|[\s"',;\\])`) //nolint:gochecknoglobals // compiled once

// hasBasicAuth reports whether a text contains a user and a password for basic authentication.
func hasBasicAuth(text string) bool {
	if !strings.Contains(text, "asic") {
		return false
	}
	for _, match := range basic().FindAllStringSubmatch(text, -1) {
		plain, ok := fromBase64(match[1])
		if _, password, found := strings.Cut(plain, ":"); ok && found && isPasswordValue(password) {
			return true
		}
	}
	return false
}
