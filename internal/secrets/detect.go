package secrets

import (
	_ "embed"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed detectors.txt
var detectorsText string

// detector matches a kind of token.
type detector struct {
	id       string
	entropy  float64 // minimum entropy of the secret, in bits per character; 0: any
	group    int     // group of the expression with the secret; 0: the first, or the whole match
	named    bool    // the form includes the name of the setting
	keywords []string
	form     func() *regexp.Regexp // compiled when a keyword occurs
	within   func() *regexp.Regexp // form, with any character but a letter or a digit behind it
}

// detectors parses the forms on first use, because most runs need none.
var detectors = sync.OnceValue(func() []detector { //nolint:gochecknoglobals // a cache of an embedded table
	var all []detector
	for line := range strings.Lines(detectorsText) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 6 { //nolint:mnd // the columns, as the header names them
			entropy, _ := strconv.ParseFloat(f[1], 64) // a test validates the file
			group, _ := strconv.Atoi(f[2])
			all = append(all, detector{
				id: f[0], entropy: entropy, group: group, named: f[3] == "named", keywords: strings.Fields(f[4]),
				form:   sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(f[5]) }),
				within: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(strings.TrimSuffix(f[5], behind) + anyBehind(f[5])) }),
			})
		}
	}
	return all
})

// behind is the end of the forms of gitleaks: what follows on a token in code.
const behind = "(?:[\\x60'\"\\s;]|\\\\[nr]|$)"

// anyBehind returns what may follow on a token in a name, a path or a sentence, for a form with what follows in code.
func anyBehind(form string) string {
	if strings.HasSuffix(form, behind) {
		return `(?:[^A-Za-z0-9]|$)`
	}
	return ""
}

// token returns the id of the detector that matches a text.
func token(name, text string) string {
	asSetting := name + ` = "` + text + `"`
	for _, d := range keywords().in(strings.ToLower(asSetting)) {
		for _, match := range d.form().FindAllStringSubmatch(asSetting, -1) {
			if d.is(d.secret(match)) {
				return d.id
			}
		}
	}
	return ""
}

// freeOfCharge is the length of the texts whose search takes no time worth counting, in bytes: AWS accepts 4 KiB of environment variables.
const freeOfCharge = 4 << 10

// Cost returns how many bytes InText and its like read with regular expressions to search a long text, and 0 for a short one.
func Cost(text string) int {
	if len(text) <= freeOfCharge {
		return 0
	}
	return len(text) * (1 + len(keywords().in(strings.ToLower(text))))
}

// secret returns the part of a match that is the secret itself.
func (d *detector) secret(match []string) string {
	if d.group > 0 && d.group < len(match) {
		return match[d.group]
	}
	for _, group := range match[1:] {
		if group != "" {
			return group
		}
	}
	return match[0]
}

// is reports whether a text of the form can be a secret. A form with the name of a service is weak, so the characters
// must also look random.
func (d *detector) is(secret string) bool {
	if placeholderToken(secret) || entropy(secret) <= d.entropy {
		return false
	}
	return !d.named || !Placeholder(secret) && random(secret) && !harmless(secret)
}

// entropy returns the Shannon entropy, in bits per character.
func entropy(text string) float64 {
	if text == "" {
		return 0
	}
	counts := map[rune]int{}
	total := 0
	for _, r := range text {
		counts[r]++
		total++
	}
	var sum float64
	for _, n := range slices.Sorted(maps.Values(counts)) { // the sum of floating-point numbers depends on their order
		p := float64(n) / float64(total)
		sum -= p * math.Log2(p)
	}
	return sum
}
