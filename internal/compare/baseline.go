package compare

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"lintel/internal/baseline"
)

// readBaseline reads the baseline, from the base if there is one, so that a change cannot add entries.
func (c *Comparison) readBaseline() error {
	name, inside := c.opt.Baseline, c.opt.Inside
	ofBase := inside != "" && c.Base != nil && !c.opt.Trust
	var content []byte
	var err error
	switch {
	case ofBase:
		content, err = fs.ReadFile(c.Base.FS, inside)
		if now, nowErr := fs.ReadFile(c.Files, inside); !bytes.Equal(now, content) || (nowErr == nil) != (err == nil) {
			c.notes = append(c.notes, name+" is changed; the version before the change is used (--trust-config uses the new version)")
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the change adds the baseline
		}
	case inside != "" && c.opt.Staged:
		content, err = fs.ReadFile(c.Files, inside)
	default:
		content, err = os.ReadFile(name) //nolint:gosec // the user chooses the file
	}
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return fmt.Errorf("--baseline %s: %w; \"lintel baseline\" writes a baseline", name, err)
	}
	c.known, err = baseline.Parse(name, content)
	if _, ok := errors.AsType[*baseline.VersionError](err); ok && ofBase {
		return fmt.Errorf("%w (in the baseline before the change; --trust-config uses the new version)", err)
	}
	return err
}
