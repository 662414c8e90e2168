package source

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// Unescaped returns a text in which the escapes of characters in strings are replaced by the characters, in JSON and in
// double quotes of YAML: \x41, \u0041, \U00000041 and line breaks. Like a search for words in a text, it does not tell
// strings from other parts.
func Unescaped(content []byte) []byte {
	at := bytes.IndexByte(content, '\\')
	if at < 0 || !hasEscapes(content[at:]) {
		return content
	}
	out := make([]byte, 0, len(content))
	for at >= 0 && at+1 < len(content) {
		out = append(out, content[:at]...)
		var size int
		if out, size = unescape(out, content[at+1:]); size == 0 {
			out = append(out, content[at])
		}
		content = content[at+1+size:]
		at = bytes.IndexByte(content, '\\')
	}
	return append(out, content...)
}

// hasEscapes reports whether a text that begins with a backslash has an escape that Unescaped replaces. Most texts have
// only \n and \".
func hasEscapes(content []byte) bool {
	var char [utf8.UTFMax]byte
	for at := 0; at >= 0 && at+1 < len(content); at = bytes.IndexByte(content, '\\') {
		_, size := unescape(char[:0], content[at+1:])
		if size > 0 && content[at+1] != '\\' {
			return true
		}
		content = content[at+1+size:]
	}
	return false
}

// unescape appends the character of an escape whose text after the backslash begins at rest. size is the number of
// bytes of rest that belong to it; 0: it is none.
func unescape(out, rest []byte) (with []byte, size int) {
	const base, bits = 16, 32
	digits := 0
	switch rest[0] {
	case 'x':
		digits = len("41")
	case 'u':
		digits = len("0041")
	case 'U':
		digits = len("00000041")
	}
	switch {
	case digits > 0 && len(rest) > digits:
		code, err := strconv.ParseUint(string(rest[1:1+digits]), base, bits)
		if err != nil || code == 0 || code > utf8.MaxRune {
			return out, 0
		}
		return utf8.AppendRune(out, rune(code)), 1 + digits
	case rest[0] == '\n' || rest[0] == '\r':
		return out, len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
	case rest[0] == '\\':
		return append(out, '\\', '\\'), 1
	}
	return out, 0
}
