package cli_test

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cli"
)

var updateScreenshot = flag.Bool("update", false, "write docs/screenshot.svg and docs/access.svg")

// TestScreenshot checks that the picture in the README is the output of this program. -update
// (make screenshot) draws it again.
func TestScreenshot(t *testing.T) {
	picture, err := filepath.Abs("../../docs/screenshot.svg")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../docs/example")
	var out, errs bytes.Buffer
	if code := cli.Main([]string{"check", "--color=always", "--today=2026-11-28"}, strings.NewReader(""), &out, &errs); code != cli.ExitFindings {
		t.Fatalf("exit code %d: %s%s", code, out.String(), errs.String())
	}
	// The time is the only part of the output that differs from run to run.
	output := regexp.MustCompile(`\d+ ms`).ReplaceAllString(out.String(), "15 ms")
	got := drawTerminal("lintel check", strings.TrimRight(output, "\n"))
	if *updateScreenshot {
		if err := os.WriteFile(picture, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/screenshot.svg is out of date; run make screenshot (-file +output):\n%s", diff)
	}
}

// Geometry of the picture, in pixels, and the columns at which a line wraps.
const (
	cellWidth    = 7.8
	cellHeight   = 19
	marginX      = 18
	titleHeight  = 36
	wrapColumn   = 112
	marginBottom = 16
)

// span is text in one style; the style is the parameters of an SGR sequence, "" for plain text.
type span struct{ style, text string }

// label is the start of a line that explains a finding.
var label = regexp.MustCompile(`^  \w+:`)

var sgr = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// spans splits a line of terminal output at its SGR sequences.
func spans(line string) []span {
	var all []span
	style, from := "", 0
	for _, at := range append(sgr.FindAllStringSubmatchIndex(line, -1), []int{len(line), len(line), len(line), len(line)}) {
		if at[0] > from {
			all = append(all, span{style, line[from:at[0]]})
		}
		if style = line[at[2]:at[3]]; style == "0" {
			style = ""
		}
		from = at[1]
	}
	return all
}

// wrap breaks a line between words so that no row exceeds wrapColumn, and aligns the other rows with the text of the first.
func wrap(line []span) [][]span {
	indent := strings.Repeat(" ", len("  "))
	if len(line) > 1 && label.MatchString(line[0].text+line[1].text) {
		indent = strings.Repeat(" ", len("  why: "))
	}
	rows := [][]span{nil}
	column := 0
	for _, s := range line {
		for word := range strings.SplitAfterSeq(s.text, " ") {
			if width := utf8.RuneCountInString(strings.TrimRight(word, " ")); column+width > wrapColumn {
				rows = append(rows, []span{{"", indent}})
				column = len(indent)
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], span{s.style, word})
			column += utf8.RuneCountInString(word)
		}
	}
	return rows
}

// drawTerminal returns an SVG picture of a terminal in which a command has printed output.
func drawTerminal(command, output string) []byte {
	rows := [][]span{{{"32", "$ "}, {"1", command}}}
	for line := range strings.Lines(output) {
		rows = append(rows, wrap(spans(strings.TrimRight(line, "\n")))...)
	}
	width := 2*marginX + int(math.Ceil(wrapColumn*cellWidth))
	height := titleHeight + len(rows)*cellHeight + marginBottom
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" xml:space="preserve" role="img" aria-label="Output of lintel check">`+"\n", width, height, width, height)
	b.WriteString(`<!-- Drawn from the output of lintel by make screenshot; do not edit. -->
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6dbe3; white-space: pre; }
.s1 { font-weight: bold; fill: #ffffff; } .s2 { fill: #8b93a1; } .s31 { fill: #ff7b72; } .s1_31 { font-weight: bold; fill: #ff7b72; }
.s33 { fill: #e3b341; } .s34 { fill: #79c0ff; } .s36 { fill: #56d4dd; } .s32 { fill: #7ee787; }
</style>
`)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#161b22"/>`+"\n", width, height)
	for i, color := range []string{"#ff5f56", "#ffbd2e", "#27c93f"} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="18" r="5.5" fill="%s"/>`+"\n", marginX+6+i*18, color)
	}
	for i, row := range rows {
		drawRow(&b, titleHeight+(i+1)*cellHeight-5, row)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// drawRow writes the spans of a row. Each has its own position and length, so that the columns line up
// in every font.
func drawRow(b *bytes.Buffer, y int, row []span) {
	column := 0
	for i := 0; i < len(row); i++ {
		style := row[i].style
		var merged strings.Builder
		merged.WriteString(row[i].text)
		for i+1 < len(row) && row[i+1].style == style {
			i++
			merged.WriteString(row[i].text)
		}
		text := merged.String()
		cells := utf8.RuneCountInString(text)
		trimmed := strings.TrimLeft(text, " ")
		from := column + cells - utf8.RuneCountInString(trimmed)
		trimmed = strings.TrimRight(trimmed, " ")
		column += cells
		if trimmed == "" {
			continue
		}
		class := ""
		if style != "" {
			class = ` class="s` + strings.ReplaceAll(style, ";", "_") + `"`
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n",
			marginX+float64(from)*cellWidth, y, float64(utf8.RuneCountInString(trimmed))*cellWidth, class, html.EscapeString(trimmed))
	}
}
