package lsp

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPositions(t *testing.T) {
	content := "a\té😀b\r\nü\ry\n\n😀"
	all := newText([]byte(content))
	for _, tt := range []struct {
		before              string
		line                int
		inUTF8, in16, inU32 int
	}{
		{"", 0, 0, 0, 0},
		{"a\t", 0, 2, 2, 2},
		{"a\té", 0, 4, 3, 3},
		{"a\té😀", 0, 8, 5, 4},
		{"a\té😀b", 0, 9, 6, 5},
		{"a\té😀b\r\n", 1, 0, 0, 0},
		{"a\té😀b\r\nü", 1, 2, 1, 1},
		{"a\té😀b\r\nü\r", 2, 0, 0, 0},
		{"a\té😀b\r\nü\ry\n", 3, 0, 0, 0},
		{"a\té😀b\r\nü\ry\n\n", 4, 0, 0, 0},
		{content, 4, 4, 2, 1},
	} {
		for e, character := range map[encoding]int{utf8Units: tt.inUTF8, utf16Units: tt.in16, utf32Units: tt.inU32} {
			want := position{tt.line, character}
			if got := all.position(e, len(tt.before)); got != want {
				t.Errorf("%s: %q ends at %v, not %v", e, tt.before, got, want)
			}
			if got := all.offset(e, want); got != len(tt.before) {
				t.Errorf("%s: %v is at %d, not %d", e, want, got, len(tt.before))
			}
		}
	}
	for _, tt := range []struct {
		e    encoding
		at   position
		want int
	}{
		{utf16Units, position{0, 4}, len("a\té")},    // inside a surrogate pair
		{utf8Units, position{0, 3}, len("a\t")},      // inside é
		{utf16Units, position{0, 99}, len("a\té😀b")}, // after the end of the line
		{utf16Units, position{1, 99}, len("a\té😀b\r\nü")},
		{utf16Units, position{99, 0}, len(content)},
		{utf16Units, position{-1, 5}, 0},
		{utf16Units, position{0, -5}, 0},
	} {
		if got := all.offset(tt.e, tt.at); got != tt.want {
			t.Errorf("%s: %v is at %d, not %d", tt.e, tt.at, got, tt.want)
		}
	}
}

// lines returns the lines of a text as runes, like an editor that does not count bytes.
func lines(content string) [][]rune {
	content = strings.ReplaceAll(content, "\r\n", "\x00")
	content = strings.NewReplacer("\r", "\x01", "\n", "\x02").Replace(content)
	var all [][]rune
	var line []rune
	for _, r := range content {
		switch r {
		case 0:
			line = append(line, '\r', '\n')
		case 1:
			line = append(line, '\r')
		case 2:
			line = append(line, '\n')
		default:
			line = append(line, r)
			continue
		}
		all, line = append(all, line), nil
	}
	return append(all, line)
}

// TestIncrementalEdits checks that a sequence of random incremental edits gives the same text as in the editor.
func TestIncrementalEdits(t *testing.T) {
	pieces := []string{"a", "é", "😀", "\t", "\n", "\r\n", "x = 1\n", "", "日本", "a\u0301"}
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test
		e := []encoding{utf8Units, utf16Units, utf32Units}[seed%3]
		editor := "first\r\nsecond é😀\n"
		server := newText([]byte(editor))
		for range 40 {
			all := lines(editor)
			place := func() (position, int) {
				line := random.IntN(len(all))
				body := strings.TrimRight(string(all[line]), "\r\n")
				runes := []rune(body)
				n := random.IntN(len(runes) + 1)
				before := string(runes[:n])
				character := n
				switch e {
				case utf8Units:
					character = len(before)
				case utf16Units:
					character = len(utf16.Encode(runes[:n]))
				default:
				}
				offset := len(before)
				for _, l := range all[:line] {
					offset += len(string(l))
				}
				return position{line, character}, offset
			}
			from, start := place()
			to, end := place()
			if end < start {
				from, to, start, end = to, from, end, start
			}
			text := pieces[random.IntN(len(pieces))]
			server = server.edited(e, contentChange{Range: &textRange{from, to}, Text: text})
			editor = editor[:start] + text + editor[end:]
			if string(server.content) != editor {
				t.Fatalf("seed %d: %q is not %q", seed, server.content, editor)
			}
			if diff := cmp.Diff(newText([]byte(editor)).lines, server.lines); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// FuzzPositions checks that converting an offset to a position and back gives the same offset.
func FuzzPositions(f *testing.F) {
	f.Add("a\té😀b\r\nü\ry\n\n😀", 5)
	f.Add("\xff\xfe\xf0\x9f", 2)
	f.Add("0000\r\n", 5) // between the two bytes of a line end
	f.Fuzz(func(t *testing.T, content string, offset int) {
		all := newText([]byte(content))
		for _, e := range []encoding{utf8Units, utf16Units, utf32Units} {
			at := all.position(e, offset)
			back := all.offset(e, at)
			if offset >= 0 && offset <= len(content) && back > offset {
				t.Fatalf("%s: %d became %d", e, offset, back)
			}
			if all.position(e, back) != at {
				t.Fatalf("%s: %v became %v", e, at, all.position(e, back))
			}
			if back < len(content) && utf8.ValidString(content) && !utf8.RuneStart(content[back]) {
				t.Fatalf("%s: %d is within a character", e, back)
			}
		}
	})
}

func TestURIs(t *testing.T) {
	for _, tt := range []struct {
		uri     documentURI
		windows bool
		path    string // empty: not a file
		back    documentURI
	}{
		{"file:///home/u/a%20b/m%C3%A4in.tf", false, "/home/u/a b/mäin.tf", "file:///home/u/a%20b/m%C3%A4in.tf"},
		{"file://localhost/a.tf", false, "/a.tf", "file:///a.tf"},
		{"file:///a/../b.tf", false, "/b.tf", "file:///b.tf"},
		{"file:///a%23b%3Fc.tf", false, "/a#b?c.tf", "file:///a%23b%3Fc.tf"},
		{"file:///c%3A/Users/a.tf", true, `C:\Users\a.tf`, "file:///C:/Users/a.tf"},
		{"file:///C:/Users/a.tf", true, `C:\Users\a.tf`, "file:///C:/Users/a.tf"},
		{"file://server/share/a.tf", true, `\\server\share\a.tf`, "file://server/share/a.tf"},
		{"untitled:Untitled-1", false, "", ""},
		{"git:/a.tf?ref", false, "", ""},
		{"file://server/share/a.tf", false, "", ""},
		{"file:///a%00b.tf", false, "", ""},
		{"%zz", false, "", ""},
		{"", false, "", ""},
	} {
		path, ok := pathIn(tt.uri, tt.windows)
		if path != tt.path || ok != (tt.path != "") {
			t.Errorf("%s is %q", tt.uri, path)
		}
		if tt.path != "" && uriIn(path, tt.windows) != tt.back {
			t.Errorf("%s is %s", path, uriIn(path, tt.windows))
		}
	}
}

func TestWithoutMarkup(t *testing.T) {
	if got, want := withoutMarkup("### Who `a`\n\n- **Allow** `s3:*` on \\*\n"), "Who a\n\n- Allow s3:* on *"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

// TestDifference checks that the edits between two texts convert one to the other and do not touch equal lines.
func TestDifference(t *testing.T) {
	words := []string{"a\n", "b\n", "c\n", "\n", "é😀\r\n", "end"}
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // a test
		lines := make([]string, random.IntN(30))
		for i := range lines {
			lines[i] = words[random.IntN(len(words))]
		}
		before := strings.Join(lines, "")
		for range random.IntN(4) {
			at := random.IntN(len(lines) + 1)
			if random.IntN(2) == 0 && at < len(lines) {
				lines = append(lines[:at:at], lines[at+1:]...)
			} else {
				lines = append(lines[:at:at], append([]string{"new" + words[random.IntN(len(words))]}, lines[at:]...)...)
			}
		}
		after := strings.Join(lines, "")
		var got strings.Builder
		end := 0
		for _, e := range difference([]byte(before), []byte(after)) {
			if e.start < end || e.start == end && end > 0 && e.end == e.start {
				t.Fatalf("seed %d: edits touch", seed)
			}
			got.WriteString(before[end:e.start] + e.text)
			end = e.end
		}
		if got.WriteString(before[end:]); got.String() != after {
			t.Fatalf("seed %d: %q became %q, not %q", seed, before, got.String(), after)
		}
	}
	many := strings.Repeat("x\ny\nz\n1\n2\n3\n", 5)
	edits := difference([]byte(many+"old\n"+many+"old\n"+many), []byte(many+"new\n"+many+many))
	want := []edited{{span{len(many), len(many) + 4}, "new\n"}, {span{2*len(many) + 4, 2*len(many) + 8}, ""}}
	if diff := cmp.Diff(want, edits, cmp.AllowUnexported(edited{}, span{})); diff != "" {
		t.Error(diff)
	}
}
