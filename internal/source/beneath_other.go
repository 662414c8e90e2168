//go:build !linux

package source

import (
	"errors"
	"os"
	"syscall"
)

// openBeneath opens nothing: os.Root does.
func openBeneath(syscall.RawConn, string, bool) (*os.File, error) { return nil, errors.ErrUnsupported }
