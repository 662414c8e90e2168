package compare

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"lintel/internal/baseline"
	"lintel/internal/source"
)

// readBaseline reads the baseline, from the base if there is one, so that a change cannot add entries.
func (c *Comparison) readBaseline() error {
	ofBase := c.opt.Inside != "" && c.Base != nil && !c.opt.Trust
	content, err := c.baselineText(ofBase)
	if ofBase && errors.Is(err, fs.ErrNotExist) {
		return nil // the change adds it
	}
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return fmt.Errorf("--baseline %s: %w; \"lintel baseline\" writes a baseline", c.opt.Baseline, err)
	}
	c.known, err = baseline.Parse(c.opt.Baseline, content)
	if _, ok := errors.AsType[*baseline.VersionError](err); ok && ofBase {
		return fmt.Errorf("%w (in the baseline before the change; --trust-config uses the new version)", err)
	}
	return err
}

// baselineText returns the text of the baseline. It notes that the change edits the one of the base.
func (c *Comparison) baselineText(ofBase bool) ([]byte, error) {
	switch inside := c.opt.Inside; {
	case ofBase:
		content, err := source.ReadFile(c.Base.FS, inside)
		if now, nowErr := source.ReadFile(c.Files, inside); !bytes.Equal(now, content) || (nowErr == nil) != (err == nil) {
			c.notes = append(c.notes, c.opt.Baseline+" is changed; the version before the change is used (--trust-config uses the new version)")
		}
		return content, err
	case inside != "" && c.opt.Staged:
		return source.ReadFile(c.Files, inside)
	}
	return source.ReadPath(c.opt.Baseline)
}
