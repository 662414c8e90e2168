package unit

import (
	"errors"
	"fmt"
	"io/fs"
)

var (
	errNotRegular = errors.New("not read: it is not a regular file")
	errTooLarge   = fmt.Errorf("not read: it is larger than %d MiB", MaxFileBytes>>20)
)

// reason removes the operation and the path from a file system error, because the place of a
// problem already names the file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("not read: %w", pathError.Err)
	}
	return err
}
