package source_test

import (
	"testing"

	"lintel/internal/source"
)

func TestPositions(t *testing.T) {
	const text = "a: é😀\tx\r\ne\u0301: y\n"
	f := source.NewFile("t.yaml", []byte(text))
	tests := []struct {
		name                string
		offset              int
		line, column        int
		lspLine, lspChar    int
		yamlLine, yamlRunes int
	}{
		{"start", 0, 1, 1, 0, 0, 1, 1},
		{"before é", 3, 1, 4, 0, 3, 1, 4},
		{"after é, before the emoji", 5, 1, 6, 0, 4, 1, 5},
		{"after the emoji, before the tab", 9, 1, 10, 0, 6, 1, 6},
		{"after the tab", 10, 1, 11, 0, 7, 1, 7},
		{"second line after CRLF", 13, 2, 1, 1, 0, 2, 1},
		{"after a combining accent", 16, 2, 4, 1, 2, 2, 3},
		{"end of file", len(text), 3, 1, 2, 0, 3, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if line, column := f.Position(tt.offset); line != tt.line || column != tt.column {
				t.Errorf("Position(%d) = %d:%d, want %d:%d", tt.offset, line, column, tt.line, tt.column)
			}
			if line, char := f.PositionUTF16(tt.offset); line != tt.lspLine || char != tt.lspChar {
				t.Errorf("PositionUTF16(%d) = %d:%d, want %d:%d", tt.offset, line, char, tt.lspLine, tt.lspChar)
			}
			if got := f.OffsetRunes(tt.yamlLine, tt.yamlRunes); got != tt.offset {
				t.Errorf("OffsetRunes(%d, %d) = %d, want %d", tt.yamlLine, tt.yamlRunes, got, tt.offset)
			}
		})
	}
}

func TestPositionsOutsideTheFileAreClamped(t *testing.T) {
	f := source.NewFile("t", []byte("ab\n"))
	if line, column := f.Position(99); line != 2 || column != 1 {
		t.Errorf("Position(99) = %d:%d, want 2:1", line, column)
	}
	if line, column := f.Position(-1); line != 1 || column != 1 {
		t.Errorf("Position(-1) = %d:%d, want 1:1", line, column)
	}
	if got := f.OffsetRunes(9, 9); got != 3 {
		t.Errorf("OffsetRunes(9, 9) = %d, want 3", got)
	}
	if got := f.Text(source.Range{Start: 1, End: 99}); got != "b\n" {
		t.Errorf("Text = %q, want %q", got, "b\n")
	}
}

func TestLine(t *testing.T) {
	f := source.NewFile("t", []byte("one\r\ntwo\nlast"))
	for i, want := range []string{"", "one", "two", "last", ""} {
		if got := f.Line(i); got != want {
			t.Errorf("Line(%d) = %q, want %q", i, got, want)
		}
	}
}
