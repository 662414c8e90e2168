package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"unicode/utf16"
)

// byteOrderMark may begin a text in UTF-8. Readers ignore it (RFC 8259, section 8.1; YAML 1.2, section 5.2).
const byteOrderMark = "\ufeff"

// unitBytes is the size of a unit of UTF-16.
const unitBytes = 2

// errWide is the error for a text that the tools of its language do not read either.
var errWide = errors.New("not read: it is encoded in UTF-16 or UTF-32; save it as UTF-8")

// WithoutMark returns a text without the byte order mark at its start.
func WithoutMark(content []byte) []byte { return bytes.TrimPrefix(content, []byte(byteOrderMark)) }

// BlankMark returns a text with spaces in place of the byte order mark at its start, for readers that refuse the mark:
// no offset changes.
func BlankMark(content []byte) []byte {
	if !bytes.HasPrefix(content, []byte(byteOrderMark)) {
		return content
	}
	blank := bytes.Clone(content)
	copy(blank, "   ")
	return blank
}

// ReadText reads a text in UTF-8. Another encoding of Unicode is an error.
func ReadText(fsys fs.FS, name string) ([]byte, error) {
	content, err := ReadFile(fsys, name)
	if err == nil && isWide(content) {
		return nil, errWide
	}
	return content, err
}

// wideBytes is the size of a unit of UTF-32.
const wideBytes = 4

// UTF8 returns a text in UTF-8 that is in UTF-16 with or without a byte order mark, as PowerShell 5 writes the output of
// programs, or in UTF-32. Every other text is returned as it is.
func UTF8(content []byte) []byte {
	if order, isUTF32 := wideOrderOf(content); isUTF32 {
		runes := make([]rune, len(content)/wideBytes)
		for i := range runes {
			runes[i] = rune(order.Uint32(content[wideBytes*i:])) //nolint:gosec // an invalid one becomes the replacement character
		}
		return WithoutMark([]byte(string(runes)))
	}
	order, isUTF16 := orderOf(content)
	if !isUTF16 {
		return content
	}
	units := make([]uint16, len(content)/unitBytes)
	for i := range units {
		units[i] = order.Uint16(content[unitBytes*i:])
	}
	return WithoutMark([]byte(string(utf16.Decode(units))))
}

// isWide reports whether a text is in UTF-16 or UTF-32.
func isWide(content []byte) bool {
	_, isUTF16 := orderOf(content)
	_, isUTF32 := wideOrderOf(content)
	return isUTF16 || isUTF32
}

// wideOrderOf returns the byte order of a text in UTF-32: that of its mark, or the side of the zero bytes in its first
// character, which is an ASCII character.
func wideOrderOf(content []byte) (binary.ByteOrder, bool) {
	if len(content) < wideBytes {
		return nil, false
	}
	switch start := content[:wideBytes]; {
	case bytes.Equal(start, []byte("\xff\xfe\x00\x00")), start[0] != 0 && bytes.Equal(start[1:], []byte{0, 0, 0}):
		return binary.LittleEndian, true
	case bytes.Equal(start, []byte("\x00\x00\xfe\xff")), start[3] != 0 && bytes.Equal(start[:3], []byte{0, 0, 0}):
		return binary.BigEndian, true
	}
	return nil, false
}

// orderOf returns the byte order of a text in UTF-16: that of its mark, or the side of a zero byte in its first
// character, which is an ASCII character in every language that lintel reads (RFC 4627, section 3).
func orderOf(content []byte) (binary.ByteOrder, bool) {
	switch {
	case len(content) < unitBytes:
		return nil, false
	case bytes.HasPrefix(content, []byte("\xff\xfe")), content[0] != 0 && content[1] == 0:
		return binary.LittleEndian, true
	case bytes.HasPrefix(content, []byte("\xfe\xff")), content[0] == 0 && content[1] != 0:
		return binary.BigEndian, true
	}
	return nil, false
}
