package cli_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pictureStyle replaces the style of the page in a picture: the colors of its light theme on a white background, because a
// picture in Markdown does not know the theme of the page around it.
const pictureStyle = `<style>
svg { font: 13px system-ui, sans-serif } text { fill: #1b1b1f } rect { fill: #f4f4f6; stroke: #bbb } rect.limited { stroke: #1b6b3a } rect.background { fill: #fff; stroke: none }
path { fill: none; stroke: #1b6b3a; stroke-width: 1.3; opacity: .75 } marker path { fill: #1b1b1f; stroke: none; opacity: .7 } path.can { stroke: #1b1b1f }
path.public, rect.public { stroke: #b3261e; stroke-width: 2 } path.cross-account, rect.cross-account { stroke: #8a5300; stroke-width: 2 }
path.unknown, rect.unknown { stroke: #50606b; stroke-dasharray: 4 3 }
</style>
<rect class="background" width="100%" height="100%"/>
`

// TestAccessPicture checks that the picture in docs/access.md is the drawing that lintel access makes of the example. -update
// (make screenshot) draws it again.
func TestAccessPicture(t *testing.T) {
	picture, err := filepath.Abs("../../docs/access.svg")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../testdata/corpus/orders/sam")
	page := run(t, "access", "template.yaml", "--format", "html")
	_, drawing, found := strings.Cut(page, "<figure>")
	drawing, _, closed := strings.Cut(drawing, "</figure>")
	start, content, isSVG := strings.Cut(drawing, "\n")
	if !found || !closed || !isSVG {
		t.Fatalf("the page has no drawing:\n%s", page)
	}
	start = strings.Replace(start, "; the table below has the same content", "", 1)
	got := start + "\n<!-- Drawn by lintel access; written by make screenshot; do not edit. -->\n" + pictureStyle + content + "\n"
	if err := xml.Unmarshal([]byte(got), new(struct{})); err != nil {
		t.Fatalf("the picture is not well-formed: %v", err)
	}
	if *updateScreenshot {
		if err := os.WriteFile(picture, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/access.svg is out of date; run make screenshot (-file +output):\n%s", diff)
	}
}
