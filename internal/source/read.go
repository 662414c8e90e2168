package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// MaxFileBytes is the size above which a file is not read unless the file tree has another limit. CloudFormation itself refuses
// templates above 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const MaxFileBytes = 4 << 20

var (
	errNotRegular = errors.New("not a regular file")
	errEscapes    = errors.New("the path escapes the repository or is not valid")
)

// TooLargeError is the error for a file that exceeds the limit, which it has in bytes.
type TooLargeError int64

func (e TooLargeError) Error() string {
	return fmt.Sprintf("exceeds the limit of %d MiB", int64(e)>>20)
}

// Limited is a file tree with another limit for the size of a file.
type Limited struct {
	fs.FS
	Bytes int64
}

// MaxFileBytes returns the limit for a file.
func (l Limited) MaxFileBytes(string) int64 { return l.Bytes }

// ReadDir lists a directory.
func (l Limited) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(l.FS, name) }

// Stat describes a file.
func (l Limited) Stat(name string) (fs.FileInfo, error) { return fs.Stat(l.FS, name) }

// ReadFile reads a file.
func (l Limited) ReadFile(name string) ([]byte, error) { return ReadFile(l, name) }

// LimitOf returns the size above which a file of a tree is not read.
func LimitOf(fsys fs.FS, name string) int64 {
	if limited, ok := fsys.(interface{ MaxFileBytes(name string) int64 }); ok {
		return limited.MaxFileBytes(name)
	}
	return MaxFileBytes
}

// ReadFile reads a regular file that does not exceed the limit of its tree.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	content, err := readFrom(fsys, name)
	if _, isTooLarge := errors.AsType[TooLargeError](err); isTooLarge {
		return nil, fmt.Errorf("not read: %w (--max-file-size)", err)
	}
	if err != nil {
		return nil, fmt.Errorf("not read: %w", err)
	}
	return content, nil
}

// ReadPath reads a regular file of at most MaxFileBytes that the user names; it may be outside of the repository.
func ReadPath(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // to open a device may change it
		return nil, errNotRegular
	}
	file, size, err := regular(os.OpenFile(name, os.O_RDONLY|nonBlocking, 0)) //nolint:gosec // the user chooses the file
	if err != nil {
		return nil, err
	}
	return read(file, size, MaxFileBytes)
}

// readFrom is ReadFile with errors that do not say what failed.
func readFrom(fsys fs.FS, name string) ([]byte, error) {
	file, size, err := regular(fsys.Open(name))
	if err != nil {
		return nil, err
	}
	return read(file, size, LimitOf(fsys, name))
}

// read reads and closes a regular file of at most limit bytes. Its size is only a hint. The error does not contain the path.
func read(file fs.File, size, limit int64) ([]byte, error) {
	defer file.Close() //nolint:errcheck // opened for reading only
	if size > limit {
		return nil, TooLargeError(limit)
	}
	var content bytes.Buffer
	switch err := readUpTo(&content, file, size, limit+1); {
	case err != nil:
		return nil, reason(err)
	case int64(content.Len()) > limit: // it grows while it is read
		return nil, TooLargeError(limit)
	}
	return content.Bytes(), nil
}

// regular returns a file that was opened, without waiting for a writer if it is a named pipe, and its size in bytes. It closes a file
// that is not a regular one. The error does not contain the path.
func regular(file fs.File, err error) (fs.File, int64, error) {
	if err != nil {
		return nil, 0, reason(err)
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		err = reason(err)
	case !info.Mode().IsRegular():
		err = errNotRegular
	default:
		return file, info.Size(), nil
	}
	return nil, 0, errors.Join(err, file.Close())
}

// Start reads a regular file up to the limit into a buffer, and reports whether the content is whole.
func Start(fsys fs.FS, name string, into *bytes.Buffer) (isWhole bool, err error) {
	file, size, err := regular(fsys.Open(name))
	if err != nil {
		return false, err
	}
	defer file.Close() //nolint:errcheck // only read
	limit := LimitOf(fsys, name)
	err = readUpTo(into, file, size, limit+1)
	if int64(into.Len()) > limit {
		into.Truncate(int(limit))
		return false, err
	}
	return true, err
}

// readUpTo reads at most limit bytes of a file. Its size is only a hint: the file may grow.
func readUpTo(content *bytes.Buffer, file fs.File, size, limit int64) error {
	content.Grow(int(min(max(size, 0), limit)) + bytes.MinRead)
	_, err := content.ReadFrom(io.LimitReader(file, limit))
	return err
}

// Words reads a file of any size and returns which of some words it contains, also in the encodings and escapes that
// UTF8 and Unescaped know. It keeps only a part of the file in memory.
func Words(fsys fs.FS, name string, words []string) (map[string]bool, error) {
	const part, overlap = 1 << 20, 1 << 10 // the overlap is longer than a word in any encoding
	file, _, err := regular(fsys.Open(name))
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
			if isEnd(err) {
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
	if errors.Is(err, fs.ErrInvalid) {
		return errEscapes
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}

// maxCompared is the size above which files count as different.
const maxCompared = 256 << 20

// IsSameText reports whether a file can be read in two trees and has the same content in both. It keeps only a part of
// each in memory.
func IsSameText(a, b fs.FS, name string) bool {
	old, _, err := regular(a.Open(name))
	if err != nil {
		return false
	}
	defer old.Close() //nolint:errcheck // only read
	text, _, err := regular(b.Open(name))
	if err != nil {
		return false
	}
	defer text.Close() //nolint:errcheck // only read
	const part = 1 << 16
	partA, partB := make([]byte, part), make([]byte, part)
	for read := 0; read <= maxCompared; read += part {
		n, errA := io.ReadFull(old, partA)
		m, errB := io.ReadFull(text, partB)
		if !bytes.Equal(partA[:n], partB[:m]) {
			return false
		}
		if errA != nil || errB != nil {
			return isEnd(errA) && isEnd(errB)
		}
	}
	return false
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
