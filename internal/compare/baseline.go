package compare

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"lintel/internal/baseline"
)

// readBaseline reads the baseline: of the base if there is one, so that a change cannot add to it.
func (c *Comparison) readBaseline() error {
	name, inside := c.opt.Baseline, c.opt.Inside
	ofBase := inside != "" && c.Base != nil && !c.opt.Trust
	var content []byte
	var err error
	switch {
	case ofBase:
		content, err = fs.ReadFile(c.Base.FS, inside)
		if now, nowErr := fs.ReadFile(c.Files, inside); !bytes.Equal(now, content) || (nowErr == nil) != (err == nil) {
			c.notes = append(c.notes, name+" is changed; the one before the change is used (--trust-config uses the new one)")
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the change adds it
		}
	case inside != "" && c.opt.Staged:
		content, err = fs.ReadFile(c.Files, inside)
	default:
		content, err = os.ReadFile(name) //nolint:gosec // the user names it
	}
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return fmt.Errorf("--baseline %s: %w; lintel baseline writes one", name, err)
	}
	c.known, err = baseline.Parse(name, content)
	if _, ok := errors.AsType[*baseline.VersionError](err); ok && ofBase {
		return fmt.Errorf("%w (this is the baseline before the change; --trust-config uses the one after it)", err)
	}
	return err
}
