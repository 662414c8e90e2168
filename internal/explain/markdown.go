package explain

import (
	"fmt"
	"strings"
	"unicode"
)

// maxShown is the maximum length of a displayed value, in characters.
const maxShown = 200

// Code formats any text as a code span.
func Code(text string) string {
	text = oneLine(text)
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || text == "" {
		text = " " + text + " "
	}
	return fence + text + fence
}

// Plain escapes a text for Markdown: markup, HTML and links lose their meaning.
func Plain(text string) string {
	var out strings.Builder
	for _, r := range oneLine(text) {
		if r < unicode.MaxASCII && unicode.In(r, unicode.Punct, unicode.Symbol) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// oneLine returns a text on one line, without invisible characters, cut to maxShown.
func oneLine(text string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text))
	if len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return string(runes)
}

// count returns a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
