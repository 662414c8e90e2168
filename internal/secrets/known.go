package secrets

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
)

// Lengths of known secrets, in bytes.
const (
	minimalKnown = 4       // shorter texts occur everywhere
	minimalWord  = 8       // shorter texts are masked as whole words only, as those of letters alone
	minimalLine  = 12      // of one line of a secret with several
	gram         = 8       // length of the parts of a random secret that are masked
	minimalGrams = 16      // length of a random secret whose parts are masked
	maximalGrams = 1 << 14 // length of the text whose parts are masked
)

// known are secrets in the forms in which a text can contain them.
type known struct {
	texts map[string]struct{}
	grams map[[gram]byte]struct{}
	first map[[minimalKnown]byte][]string // by the first bytes, longest first
	begin [1 << 16 / 8]byte               // bits of the first two bytes of any text or gram
}

// add adds a secret.
func (k *known) add(text string) {
	if k.texts == nil {
		k.texts, k.grams, k.first = map[string]struct{}{}, map[[gram]byte]struct{}{}, map[[minimalKnown]byte][]string{}
	}
	if _, ok := k.texts[text]; ok {
		return
	}
	if trimmed := strings.TrimSpace(text); !ordinary(trimmed) {
		k.forms(trimmed)
	}
	if !strings.Contains(text, "\n") {
		return
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); len(line) >= minimalLine && !ordinary(line) && !words().MatchString(line) {
			k.forms(line)
		}
	}
}

// ordinary reports whether a text is so short or so common that masking it hides other things: a word, a number, a flag.
func ordinary(text string) bool {
	if len(text) < minimalKnown || len(text) < minimalWord && (strings.Trim(text, "0123456789.") == "" || onlyLetters(text)) {
		return true
	}
	return harmlessFlag(text) || among(samples, strings.ToLower(text)) || uniform(text)
}

func onlyLetters(text string) bool {
	return strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz-_ ") == ""
}

// harmlessFlag reports whether a text is a flag or a number, whatever its length.
func harmlessFlag(text string) bool {
	return among(" true false null none enabled disabled default undefined ", strings.ToLower(text))
}

// forms adds a text as functions and formats write it.
func (k *known) forms(text string) {
	quoted, _ := json.Marshal(text) // marshaling a string cannot fail
	for _, form := range []string{
		text, string(quoted[1 : len(quoted)-1]), escaped(text), html.EscapeString(text), url.QueryEscape(text), url.PathEscape(text),
		strings.ToUpper(text), strings.ToLower(text),
	} {
		k.put(form)
	}
	if len(text) < minimalWord {
		return
	}
	k.put(hex.EncodeToString([]byte(text)))
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		k.put(encoding.EncodeToString([]byte(text[:len(text)/3*3]))) // the bytes of the last group depend on what follows
	}
	k.parts(text)
}

// escaped is a text as JSON writes it without escapes for HTML.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text)
}

func (k *known) put(text string) {
	if _, ok := k.texts[text]; ok || len(text) < minimalKnown {
		return
	}
	k.texts[text] = struct{}{}
	key := [minimalKnown]byte([]byte(text[:minimalKnown]))
	k.first[key] = append(k.first[key], text)
	k.note(text)
}

// parts adds the parts of the random words in a secret: functions cut texts, and messages shorten them.
func (k *known) parts(text string) {
	for _, word := range strings.FieldsFunc(text[:min(len(text), maximalGrams)], func(r rune) bool { return kindOf(byte(min(r, 0x7f))) == 0 }) {
		if len(word) < minimalGrams || !random(word) || harmless(word) || camelCase().MatchString(word) {
			continue
		}
		for i := 0; i+gram <= len(word); i++ {
			k.grams[[gram]byte([]byte(word[i:i+gram]))] = struct{}{}
			k.note(word[i:])
		}
	}
}

// camelCase matches names that are put together from words.
var camelCase = lazily(`^[a-z]*(?:[A-Z][a-z]{2,}[0-9]{0,4}|[A-Z][0-9]?)*$`) //nolint:gochecknoglobals // compiled once

func (k *known) note(text string) {
	at := uint(text[0])<<8 | uint(text[1])
	k.begin[at/8] |= 1 << (at % 8)
}

// sort orders the texts so that the longest is found first.
func (k *known) sort() {
	for _, texts := range k.first { // any order: each is sorted by itself
		slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	}
}

// in returns the known secrets in a text.
func (k *known) in(text string) []span {
	if len(k.first) == 0 {
		return nil
	}
	var spans []span
	for i := 0; i+minimalKnown <= len(text); i++ {
		if at := uint(text[i])<<8 | uint(text[i+1]); k.begin[at/8]&(1<<(at%8)) == 0 {
			continue
		}
		if end := k.at(text, i); end > i {
			spans = append(spans, span{i, end}) // a part that begins within the secret may end behind it
		}
	}
	return spans
}

// at returns the end of the known secret that begins at an offset of a text, or the offset.
func (k *known) at(text string, i int) int {
	for _, secret := range k.first[[minimalKnown]byte([]byte(text[i:i+minimalKnown]))] {
		if strings.HasPrefix(text[i:], secret) && (len(secret) >= minimalWord && !onlyLetters(secret) || isWord(text, i, i+len(secret))) {
			return i + len(secret)
		}
	}
	if i+gram <= len(text) {
		if _, ok := k.grams[[gram]byte([]byte(text[i:i+gram]))]; ok {
			return i + gram
		}
	}
	return i
}

// isWord reports whether a part of a text has no letter or digit on either side.
func isWord(text string, start, end int) bool {
	part := func(i int) bool { return i >= 0 && i < len(text) && kindOf(text[i]) != 0 && kindOf(text[i]) != '/' }
	return !part(start-1) && !part(end)
}
