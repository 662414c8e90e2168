package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
)

// MaxFileBytes is the size above which a file is not read. CloudFormation itself refuses
// templates above 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const MaxFileBytes = 4 << 20

var (
	errNotRegular = errors.New("not read: not a regular file")
	errTooLarge   = fmt.Errorf("not read: exceeds the limit of %d MiB", MaxFileBytes>>20)
)

// ReadFile reads a regular file of at most MaxFileBytes.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if info.Size() > MaxFileBytes {
		return nil, errTooLarge
	}
	content, err := fs.ReadFile(fsys, name)
	return content, reason(err)
}

// reason removes the operation and the path from a file system error, because the location of a problem contains the
// file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("not read: %w", pathError.Err)
	}
	return err
}

// IsSameText reports whether a file can be read in two trees and has the same content in both.
func IsSameText(a, b fs.FS, name string) bool {
	old, err := fs.ReadFile(a, name)
	text, errB := fs.ReadFile(b, name)
	return err == nil && errB == nil && bytes.Equal(old, text)
}
