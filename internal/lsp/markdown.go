package lsp

import (
	"fmt"
	"strings"
	"unicode"
)

// maxShown is how much of a value is shown, in characters.
const maxShown = 200

// inCode shows a text as code, whatever is in it.
func inCode(text string) string {
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

// plain makes a text plain in Markdown: no markup, no HTML, no link.
func plain(text string) string {
	var out strings.Builder
	for _, r := range oneLine(text) {
		if r < unicode.MaxASCII && unicode.In(r, unicode.Punct, unicode.Symbol) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// oneLine is a text on one line, without what is not to be seen, and not too long.
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

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
