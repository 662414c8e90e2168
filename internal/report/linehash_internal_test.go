package report

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"unicode/utf16"
)

// polynomial computes the hash of a line by its definition.
func polynomial(text string) string {
	units := append(utf16.Encode([]rune(text)), 65535)
	sum := new(big.Int)
	for i := range 100 {
		sum.Mul(sum, big.NewInt(37))
		if i < len(units) {
			sum.Add(sum, big.NewInt(int64(units[i])))
		}
	}
	return sum.Mod(sum, new(big.Int).Lsh(big.NewInt(1), 64)).Text(16)
}

func TestLineHashes(t *testing.T) {
	for _, tt := range []struct {
		text  string
		lines []string // the text from the start of each line, without blanks
	}{
		{"", []string{""}},
		{"a", []string{"a"}},
		{" a\tb\n  c\n", []string{"ab\nc\n", "c\n", ""}},
		{"a\r\nb\rc\n\n", []string{"a\nb\nc\n\n", "b\nc\n\n", "c\n\n", "\n", ""}},
		{"é😀\nx", []string{"é😀\nx", "x"}},
		{strings.Repeat("xy ", 90), []string{strings.Repeat("xy", 90)}},
	} {
		text, lines := tt.text, tt.lines
		got := lineHashes([]byte(text))
		if len(got) != len(lines) {
			t.Errorf("%q: %d lines, not %d", text, len(got), len(lines))
			continue
		}
		for i, line := range lines {
			if want := polynomial(line) + ":1"; got[i] != want {
				t.Errorf("%q line %d: %s, not %s", text, i+1, got[i], want)
			}
		}
	}
	for i, hash := range lineHashes([]byte(strings.Repeat(strings.Repeat("x", 99)+"\n", 3)))[:2] {
		if want := fmt.Sprintf(":%d", i+1); !strings.HasSuffix(hash, want) {
			t.Errorf("equal lines are not numbered: %s, not %s", hash, want)
		}
	}
}
