package source_test

import (
	"bytes"
	"testing"
	"time"
	"unicode/utf8"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/source"
)

// FuzzText checks that no bytes make the readers of encodings, escapes and lines panic or hang, and that places in a text
// have a line and a column that lead back.
func FuzzText(f *testing.F) {
	f.Add([]byte("a\r\nb\tü\U0001F600\n"), 3)
	f.Add([]byte("\xff\xfea\x00\n\x00"), 1)
	f.Add([]byte("\xef\xbb\xbf{\"\\u0041\": \"\\ud83d\"}"), -1)
	f.Add([]byte("\x00\x00\xfe\xff\x00\x00\x00a"), 100)
	f.Fuzz(func(t *testing.T, content []byte, offset int) {
		cputimetest.Limit(t, 2*time.Second)
		source.Unescaped(content)
		source.StartsAsJSON(content)
		if blank := source.BlankMark(content); len(blank) != len(content) {
			t.Errorf("%d bytes without a mark, %d with it", len(blank), len(content))
		}
		text := source.UTF8(content)
		if utf8.Valid(content) && !bytes.ContainsRune(content, 0) && !bytes.Equal(text, content) {
			t.Errorf("%q is read as %q", content, text)
		}
		file := source.NewFile("f", text)
		line, column := file.Position(offset)
		file.PositionUTF16(offset)
		if offset >= 0 && offset <= len(text) {
			characters := utf8.RuneCount(text[offset-column+1 : offset])
			if back := file.OffsetRunes(line, characters+1); utf8.Valid(text) && (offset == len(text) || utf8.RuneStart(text[offset])) && back != offset {
				t.Errorf("%q: offset %d is line %d, column %d, which is offset %d", text, offset, line, column, back)
			}
		}
		if from, to := file.LineBounds(line); from > to || to > len(text) {
			t.Errorf("line %d is at %d to %d", line, from, to)
		}
	})
}
