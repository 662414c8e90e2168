package cli

import (
	"io"

	"lintel/internal/secrets"
)

// outlet is a stream for texts. Whatever a command writes to it, in whole lines, passes through secrets.Mask. Reports and
// models are masked before they are encoded and are written to app.raw.
type outlet struct {
	w    io.Writer
	mask *secrets.Mask
}

// Write writes the masked text.
func (o *outlet) Write(text []byte) (int, error) {
	if _, err := io.WriteString(o.w, o.mask.Text(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// learn makes the streams mask the secrets of a report, too.
func (a *app) learn(hidden []string) *secrets.Mask {
	mask := secrets.NewMask(hidden)
	a.out.mask, a.errs.mask = mask, mask
	return mask
}
