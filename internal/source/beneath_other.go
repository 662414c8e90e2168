//go:build !linux

package source

import (
	"errors"
	"os"
)

// openBeneath opens nothing: os.Root does.
func openBeneath(*os.File, string, bool) (*os.File, error) { return nil, errors.ErrUnsupported }
