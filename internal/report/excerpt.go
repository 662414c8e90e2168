package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// maxShown is how many columns of a source line are shown. Templates made by tools are often
// one line of many thousand.
const maxShown = 120

// excerpt returns the source line of a place and the line that underlines it. It is empty when
// the text is not at hand.
func excerpt(at place, style styles) []string {
	if at.text == nil {
		return nil
	}
	line := at.text.Line(at.line)
	start := min(at.column-1, len(line))
	end := len(line)
	if at.endLine == at.line {
		end = min(at.endColumn-1, len(line))
	}
	before, marked, after := line[:start], line[start:max(start, end)], line[max(start, end):]
	before, marked, after = window(before, marked, after)
	shownBefore, shownMarked := expand(before), expand(marked)
	number := strconv.Itoa(at.line)
	margin := strings.Repeat(" ", len(number))
	carets := strings.Repeat("^", max(1, uniseg.StringWidth(shownMarked)))
	return []string{
		style.dim(number+" |") + " " + shownBefore + shownMarked + expand(after),
		style.dim(margin+" |") + " " + strings.Repeat(" ", uniseg.StringWidth(shownBefore)) + style.mark(carets),
	}
}

// window cuts a long line down to what is around the marked part.
func window(before, marked, after string) (string, string, string) {
	const context = maxShown / 3
	if len(before)+len(marked)+len(after) <= maxShown {
		return before, marked, after
	}
	if len(before) > context {
		before = "…" + fromRune(before, len(before)-context)
	}
	if len(marked) > maxShown {
		marked = toRune(marked, maxShown) + "…"
	}
	if len(after) > context {
		after = toRune(after, context) + "…"
	}
	return before, marked, after
}

// fromRune and toRune cut a string at a byte without splitting a character.
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

// expand makes source text safe and of a width that can be counted: tabs become two spaces.
func expand(s string) string {
	return printable(strings.ReplaceAll(s, "\t", "  "))
}

// printable makes text from templates and file names harmless on a terminal: control
// characters, which could move the cursor or recolour what lintel says, and marks that reverse
// the reading direction are shown as a question mark in a box.
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
