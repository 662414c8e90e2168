package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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

// Start returns the content of a regular file up to the limit, and whether it is whole.
func Start(fsys fs.FS, name string) (content []byte, isWhole bool, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer file.Close() //nolint:errcheck // only read
	content, err = io.ReadAll(io.LimitReader(file, MaxFileBytes+1))
	if len(content) > MaxFileBytes {
		return content[:MaxFileBytes], false, err
	}
	return content, true, err
}

// ErrTooLarge is the error for a file that exceeds the limit.
func ErrTooLarge() error { return errTooLarge }

// Words reads a file of any size and returns which of some words it contains, also in the encodings and escapes that
// UTF8 and Unescaped know. It keeps only a part of the file in memory.
func Words(fsys fs.FS, name string, words []string) (map[string]bool, error) {
	const part, overlap = 1 << 20, 1 << 10 // the overlap is longer than a word in any encoding
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	found := map[string]bool{}
	buffer := make([]byte, 0, part+overlap)
	for {
		n, err := io.ReadFull(file, buffer[len(buffer):len(buffer)+part])
		buffer = buffer[:len(buffer)+n]
		text := Unescaped(bytes.ReplaceAll(buffer, []byte{0}, nil)) // UTF-16 and UTF-32 of ASCII
		for _, word := range words {
			found[word] = found[word] || bytes.Contains(text, []byte(word))
		}
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = nil
			}
			return found, err
		}
		buffer = append(buffer[:0], buffer[len(buffer)-overlap:]...)
	}
}

// reason removes the operation and the path from a file system error, because the location of a problem contains the
// file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("not read: %w", pathError.Err)
	}
	return err
}
