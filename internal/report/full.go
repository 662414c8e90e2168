package report

import (
	"io"

	"lintel/internal/finding"
)

// Full is the text format with every finding by itself: none are grouped or shortened.
const Full Format = "full"

func writeFull(w io.Writer, r finding.Report, opt Options) error {
	t := newText(r, opt)
	t.single = true
	return t.write(w)
}
