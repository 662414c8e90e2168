package source_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lintel/internal/source"
)

// TestPositionsInLongLines checks the columns of every byte of lines with marks against a count from the start of the
// line.
func TestPositionsInLongLines(t *testing.T) {
	long := strings.Repeat("aé😀\xff\t", 700)
	text := "short\n" + long + "\r\n\n" + long
	f := source.NewFile("t.json", []byte(text))
	for line, start := range map[int]int{2: len("short\n"), 4: len("short\n") + len(long) + len("\r\n\n")} {
		runes, units := 1, 0
		for offset := start; offset < start+len(long); {
			if got := f.OffsetRunes(line, runes); got != offset {
				t.Fatalf("OffsetRunes(%d, %d) = %d, want %d", line, runes, got, offset)
			}
			if l, got := f.PositionUTF16(offset); l != line-1 || got != units {
				t.Fatalf("PositionUTF16(%d) = %d:%d, want %d:%d", offset, l, got, line-1, units)
			}
			r, size := utf8.DecodeRuneInString(text[offset:])
			offset += size
			runes++
			units++
			if r > 0xFFFF {
				units++
			}
		}
		if got := f.OffsetRunes(line, runes+9); got < start+len(long) || got > start+len(long)+1 {
			t.Errorf("OffsetRunes(%d, %d) = %d is not the end of the line, %d", line, runes+9, got, start+len(long))
		}
	}
}
