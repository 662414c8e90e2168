package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// MaxFileBytes is the size above which a file is not read. CloudFormation itself refuses
// templates above 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const MaxFileBytes = 4 << 20

var (
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = fmt.Errorf("exceeds the limit of %d MiB", MaxFileBytes>>20)
)

// ReadFile reads a regular file of at most MaxFileBytes.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	content, err := read(func() (fs.FileInfo, error) { return fs.Stat(fsys, name) }, func() (fs.File, error) { return fsys.Open(name) })
	if err != nil {
		return nil, fmt.Errorf("not read: %w", err)
	}
	return content, nil
}

// ReadPath reads a regular file of at most MaxFileBytes that the user names; it may be outside of the repository.
func ReadPath(name string) ([]byte, error) {
	return read(func() (fs.FileInfo, error) { return os.Stat(name) }, func() (fs.File, error) {
		return os.OpenFile(name, os.O_RDONLY|nonBlocking, 0) //nolint:gosec // the user chooses the file
	})
}

// read reads a regular file of at most MaxFileBytes. It checks the file before it opens it, because the open call waits for a writer
// if it is a named pipe, and again afterwards, because it may have been replaced. The error does not contain the path.
func read(stat func() (fs.FileInfo, error), open func() (fs.File, error)) ([]byte, error) {
	if err := isReadable(stat()); err != nil {
		return nil, err
	}
	file, err := open()
	if err != nil {
		return nil, reason(err)
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	info, err := file.Stat()
	if err := isReadable(info, err); err != nil {
		return nil, err
	}
	var content bytes.Buffer
	content.Grow(int(info.Size()) + bytes.MinRead)
	n, err := content.ReadFrom(io.LimitReader(file, MaxFileBytes+1))
	switch {
	case err != nil:
		return nil, reason(err)
	case n > MaxFileBytes: // it grows while it is read
		return nil, errTooLarge
	}
	return content.Bytes(), nil
}

func isReadable(info fs.FileInfo, err error) error {
	switch {
	case err != nil:
		return reason(err)
	case !info.Mode().IsRegular():
		return errNotRegular
	case info.Size() > MaxFileBytes:
		return errTooLarge
	}
	return nil
}

// reason removes the operation and the path from a file system error, because the location of a problem contains the
// file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
