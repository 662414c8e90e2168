package source_test

import (
	"strings"
	"testing"

	"lintel/internal/source"
)

// marked returns a text without its mark, and where the mark was.
func marked(tb testing.TB, text string) ([]byte, int) {
	tb.Helper()
	before, after, ok := strings.Cut(text, "^")
	if !ok {
		tb.Fatalf("no mark in %q", text)
	}
	return []byte(before + after), len(before)
}

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text         string // ^ marks the offset
		before, rest string // of its line
		next         string // what follows its line
		indent       string
		first, blank bool
	}{
		{"^", "", "", "", "", true, true},
		{"a\n^", "", "", "", "", true, true},
		{"a\n  b^c\nd", "  b", "c", "d", "  ", false, false},
		{"a\r\n\t ^bc\r\nd", "\t ", "bc", "d", "\t ", true, false},
		{"  ^", "  ", "", "", "  ", true, true},
		{" \t^\r\nx", " \t", "", "x", " \t", true, true},
		{"é = 1^", "é = 1", "", "", "", false, false},
	} {
		content, at := marked(t, tt.text)
		start, end := source.LineStart(content, at), source.LineEnd(content, at)
		if got := string(content[start:at]); got != tt.before {
			t.Errorf("%q: before it %q, want %q", tt.text, got, tt.before)
		}
		if got := string(content[at:end]); got != tt.rest {
			t.Errorf("%q: behind it %q, want %q", tt.text, got, tt.rest)
		}
		if got := string(content[source.NextLine(content, at):]); got != tt.next {
			t.Errorf("%q: next line %q, want %q", tt.text, got, tt.next)
		}
		if got := source.Indent(content, at); got != tt.indent {
			t.Errorf("%q: indentation %q, want %q", tt.text, got, tt.indent)
		}
		if got := source.IsFirstOnLine(content, at); got != tt.first {
			t.Errorf("%q: first on its line: %v", tt.text, got)
		}
		if got := source.IsBlankLine(content, at); got != tt.blank {
			t.Errorf("%q: blank line: %v", tt.text, got)
		}
	}
}

func TestBlanks(t *testing.T) {
	content, at := marked(t, "a, \t^ \t\n b")
	if got := source.SkipBlanks(content, at); got != at+2 {
		t.Errorf("SkipBlanks = %d, want %d", got, at+2)
	}
	if got := source.TrimBlanks(content, at); got != at-2 {
		t.Errorf("TrimBlanks = %d, want %d", got, at-2)
	}
	if got := source.LastOther(content, at); got != 1 {
		t.Errorf("LastOther = %d, want 1", got)
	}
	if got := source.LastOther([]byte(" \n"), 2); got != -1 {
		t.Errorf("LastOther = %d, want -1", got)
	}
	for text, want := range map[string]string{"": "\n", "a": "\n", "a\nb\r\n": "\n", "a\r\nb\n": "\r\n", "\n": "\n"} {
		if got := source.EndOfLine([]byte(text)); got != want {
			t.Errorf("EndOfLine(%q) = %q, want %q", text, got, want)
		}
	}
}
