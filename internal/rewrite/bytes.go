package rewrite

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// byteOrderMark begins a text in any encoding of Unicode.
const byteOrderMark = "\ufeff"

// unitBytes is the size of a unit of UTF-16.
const unitBytes = 2

// encoded returns a text in UTF-16.
func encoded(text string, order binary.ByteOrder) string {
	units := utf16.Encode([]rune(text))
	out := make([]byte, unitBytes*len(units))
	for i, u := range units {
		order.PutUint16(out[unitBytes*i:], u)
	}
	return string(out)
}

// lineEnds returns the rewritings of line ends and of what stands around a text.
func lineEnds(endings ...string) []Rewriting {
	return []Rewriting{
		eachText("CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, endings...),
		eachText("byte order mark", func(s string) string { return byteOrderMark + s }, endings...),
		eachText("blank lines before", func(s string) string { return "\n\n\n" + s }, endings...),
		eachText("no line end at the end", func(s string) string { return strings.TrimRight(s, "\n") }, endings...),
		eachText("white space at line ends", func(s string) string { return strings.ReplaceAll(s, "\n", " \n") }, endings...),
	}
}

// wide returns the rewritings in UTF-16, with and without a byte order mark.
func wide(endings ...string) []Rewriting {
	return []Rewriting{
		eachText("UTF-16LE", func(s string) string { return encoded(byteOrderMark+s, binary.LittleEndian) }, endings...),
		eachText("UTF-16BE", func(s string) string { return encoded(byteOrderMark+s, binary.BigEndian) }, endings...),
		eachText("UTF-16LE without a mark", func(s string) string { return encoded(s, binary.LittleEndian) }, endings...),
		eachText("UTF-16BE without a mark", func(s string) string { return encoded(s, binary.BigEndian) }, endings...),
	}
}
