package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"lintel/internal/secrets"
	"lintel/internal/source"
)

// maxShown is the number of columns of a source line that are shown. Generated templates often consist of one line of
// many thousand columns.
const maxShown = 120

// excerpt returns the source line of a location and the line that underlines it, or nothing if the text is unavailable.
// Of a secret it shows only the first characters, without the rest of the line, which may contain another secret. Other
// secrets of the unit are masked. It shows nothing of a long JSON line, as in plans.
// A width limits the columns of the lines; 0: only maxShown does.
func excerpt(at place, secret bool, mask *secrets.Mask, style styles, width int) []string {
	if at.text == nil {
		return nil
	}
	before, marked, after := parts(at)
	switch {
	case secret && !isReference(at.text.Path, marked):
		before, marked, after = masked(before, marked)
	case len(before)+len(marked)+len(after) > maxShown && source.SyntaxOf(at.text.Path).IsJSON():
		before, after = "…", "…"
	}
	number := strconv.Itoa(at.line)
	limits := widthOf(width - len(number) - len("   | "))
	before, marked, after = maskedParts(mask, before, marked, after)
	before, marked, after = limits.window(before, marked, after)
	shownBefore, shownMarked := expand(before), expand(marked)
	margin := strings.Repeat(" ", len(number))
	carets := strings.Repeat("^", max(1, uniseg.StringWidth(shownMarked)))
	return []string{
		style.dim(number+" |") + " " + shownBefore + shownMarked + expand(after),
		style.dim(margin+" |") + " " + strings.Repeat(" ", uniseg.StringWidth(shownBefore)) + style.mark(carets),
	}
}

// maxMasked is how much text before, at and after a location is masked, in bytes: more than is shown of it, so that no
// secret is cut before it is recognized. To mask the whole line for each finding in it takes time quadratic in its length.
const maxMasked = 4 << 10

// parts returns the marked part of the line of a location and the text around it.
func parts(at place) (before, marked, after string) {
	from, to := at.text.LineBounds(at.line)
	start, end := min(from+at.column-1, to), to
	if at.endLine == at.line {
		end = max(start, min(from+at.endColumn-1, to))
	}
	text := func(start, end int) string { return at.text.Text(source.Range{Start: start, End: end}) }
	const around = maxMasked + utf8.UTFMax // of which the first and last characters may be incomplete
	before, marked, after = text(max(from, start-around), start), text(start, end), text(end, min(to, end+around))
	if len(before) > maxMasked {
		before = fromRune(before, len(before)-maxMasked)
	}
	if len(marked) > maxMasked {
		marked, after = toRune(marked, maxMasked), ""
	}
	if len(after) > maxMasked {
		after = toRune(after, maxMasked)
	}
	return before, marked, after
}

// maskedParts masks three parts of a line as one text: a secret may span two of them.
func maskedParts(mask *secrets.Mask, before, marked, after string) (string, string, string) {
	shown := []rune(mask.Text(before + marked + after)) // as many characters as before
	i := utf8.RuneCountInString(before)
	j := i + utf8.RuneCountInString(marked)
	if j > len(shown) {
		return before, "", "" // invalid UTF-8 across the parts
	}
	return string(shown[:i]), string(shown[i:j]), string(shown[j:])
}

// isReference reports whether a text only names where a value comes from and contains no part of the value.
func isReference(path, text string) bool {
	return reference.MatchString(text) || source.SyntaxOf(path).IsNativeHCL() && traversal.MatchString(text)
}

// traversal matches a reference in Terraform, such as var.name: a literal has quotes.
var traversal = regexp.MustCompile(`^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\[[\w.]*\])+$`)

// reference matches single templates in Terraform, and intrinsic functions and dynamic references in CloudFormation.
var reference = regexp.MustCompile(`^(` + strings.Join([]string{
	`"\$\{[A-Za-z_][\w.-]*\}"`,
	`!(Ref|GetAtt|ImportValue)\s+["']?[\w:.-]+["']?`,
	`!Sub\s+["']?\$\{[\w:.]+\}["']?`,
	`\{?\s*["']?(Ref|Fn::GetAtt|Fn::ImportValue)["']?\s*:\s*["'\w:., \[\]-]+\}?`,
	`["']?\{\{resolve:[^{}"']*\}\}["']?`,
}, "|") + `)$`)

// maxSecret is the number of characters of a secret that are shown: enough to find it, too few to use it.
const maxSecret = 4

// masked splits a line with a secret into the name before the secret, its first characters and the masked rest.
func masked(before, marked string) (name, hidden, rest string) {
	if i := strings.LastIndexAny(before, ",{("); i >= 0 {
		before = strings.Repeat(" ", uniseg.StringWidth(expand(before[:i+1]))) + before[i+1:]
	}
	var out strings.Builder
	shown := 0
	for _, r := range marked {
		letter := r != '"' && r != '\'' && r != ' '
		switch {
		case !letter || shown < maxSecret:
			out.WriteRune(r)
		default:
			out.WriteRune('*')
		}
		if letter {
			shown++
		}
	}
	return before, out.String(), ""
}

// limits are the numbers of bytes of a line that are shown.
type limits struct{ line, marked, around int }

// widthOf returns the limits for a number of columns. Without one the context adds to the marked part; with one, everything
// fits into the columns.
func widthOf(columns int) limits {
	const third, quarter, half = 3, 4, 2
	if columns <= 0 || columns > 2*maxShown {
		return limits{maxShown, maxShown, maxShown / third}
	}
	columns = max(columns, minWrapped)
	return limits{columns, columns / half, columns/quarter - len("…")}
}

// window shortens a long line to the text around the marked part.
func (l limits) window(before, marked, after string) (string, string, string) {
	if len(before)+len(marked)+len(after) <= l.line {
		return before, marked, after
	}
	if len(before) > l.around {
		before = "…" + fromRune(before, len(before)-l.around)
	}
	if len(marked) > l.marked {
		marked = toRune(marked, l.marked) + "…"
	}
	if len(after) > l.around {
		after = toRune(after, l.around) + "…"
	}
	return before, marked, after
}

// fromRune and toRune cut a string at a byte offset without splitting a character.
func fromRune(s string, at int) string {
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

func toRune(s string, at int) string {
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	return s[:at]
}

// expand replaces tabs with two spaces and unsafe characters, so that the width of the text can be counted.
func expand(s string) string {
	return printable(strings.ReplaceAll(s, "\t", "  "))
}

// printable makes text from templates and file names safe for a terminal: it replaces control characters, which could
// move the cursor or change colors, and characters that reverse the reading direction.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || isBidi(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// isBidi reports whether a code point changes the direction of text (Unicode Annex 9).
func isBidi(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}
