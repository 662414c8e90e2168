package source

import (
	"bytes"
	"strings"
)

// commentLength returns the length of the comment of JSON with comments (// or /*) that a text begins with; 0: none.
func commentLength(text []byte) int {
	var end int
	switch {
	case bytes.HasPrefix(text, []byte("//")):
		end = bytes.IndexAny(text, "\r\n")
	case bytes.HasPrefix(text, []byte("/*")):
		if end = bytes.Index(text[2:], []byte("*/")); end >= 0 {
			end += len("/*") + len("*/")
		}
	default:
		return 0
	}
	if end < 0 {
		return len(text)
	}
	return end
}

// BlankComments returns JSON with spaces in place of its comments, so that no offset changes, and the extent of the first
// one. JSON allows none, but tools have variants that do. A text without comments is returned as it is.
func BlankComments(text []byte) (blank []byte, first Range, has bool) {
	if !bytes.Contains(text, []byte("//")) && !bytes.Contains(text, []byte("/*")) {
		return text, Range{}, false
	}
	blank = text
	before := byte(' ')
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case startsQuote(c, before):
			i = quoteEnd(text, i)
			before = c
			continue
		case c == '/' && strings.IndexByte(" \t\r\n{}[],\"'\ufeff", before) >= 0:
			n := commentLength(text[i:])
			if n == 0 {
				break
			}
			if !has {
				blank, first, has = bytes.Clone(text), Range{Start: i, End: i + n}, true
			}
			fillBlank(blank[i : i+n])
			i += n
			before = ' '
			continue
		}
		before = text[i]
		i++
	}
	return blank, first, has
}

// startsQuote reports whether a character begins a string after another one.
func startsQuote(c, before byte) bool {
	return c == '"' || c == '\'' && strings.IndexByte(" \t\r\n{[,:", before) >= 0
}

// fillBlank replaces everything but line ends by spaces.
func fillBlank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// quoteEnd returns the offset after the string that begins at an offset.
func quoteEnd(text []byte, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[start]:
			return i + 1
		}
	}
	return len(text)
}
