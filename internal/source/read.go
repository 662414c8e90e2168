package source

import (
	"bytes"
	"cmp"
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
	content, err := read(LimitOf(fsys, name), func() (fs.FileInfo, error) { return fs.Stat(fsys, name) }, func() (fs.File, error) { return fsys.Open(name) })
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
	return read(MaxFileBytes, func() (fs.FileInfo, error) { return os.Stat(name) }, func() (fs.File, error) {
		return os.OpenFile(name, os.O_RDONLY|nonBlocking, 0) //nolint:gosec // the user chooses the file
	})
}

// read reads a regular file of at most limit bytes. It checks the file before it opens it, because the open call waits for
// a writer if it is a named pipe, and again afterwards, because it may have been replaced. The error does not contain the
// path.
func read(limit int64, stat func() (fs.FileInfo, error), open func() (fs.File, error)) ([]byte, error) {
	info, err := stat()
	if err := isReadable(info, err); err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, TooLargeError(limit)
	}
	file, err := open()
	if err != nil {
		return nil, reason(err)
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	info, err = file.Stat()
	if err := isReadable(info, err); err != nil {
		return nil, err
	}
	content, err := readUpTo(file, limit+1)
	switch {
	case err != nil:
		return nil, reason(err)
	case int64(len(content)) > limit: // it grows while it is read
		return nil, TooLargeError(limit)
	}
	return content, nil
}

// isReadable returns an error if a file is not a regular one.
func isReadable(info fs.FileInfo, err error) error {
	switch {
	case err != nil:
		return reason(err)
	case !info.Mode().IsRegular():
		return errNotRegular
	}
	return nil
}

// opened opens a regular file.
func opened(fsys fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(fsys, name)
	if err := isReadable(info, err); err != nil {
		return nil, err
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil && info.Mode().IsRegular() {
		return file, nil
	}
	return nil, errors.Join(cmp.Or(err, errNotRegular), file.Close())
}

// Start returns the content of a regular file up to the limit, and whether it is whole.
func Start(fsys fs.FS, name string) (content []byte, isWhole bool, err error) {
	file, err := opened(fsys, name)
	if err != nil {
		return nil, false, err
	}
	defer file.Close() //nolint:errcheck // only read
	limit := LimitOf(fsys, name)
	content, err = readUpTo(file, limit+1)
	if int64(len(content)) > limit {
		return content[:limit], false, err
	}
	return content, true, err
}

// readUpTo reads at most limit bytes of a file. The size that the system reports is only a hint: the file may grow.
func readUpTo(file fs.File, limit int64) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	content.Grow(int(min(max(info.Size(), 0), limit)) + bytes.MinRead)
	_, err = content.ReadFrom(io.LimitReader(file, limit))
	return content.Bytes(), err
}

// Words reads a file of any size and returns which of some words it contains, also in the encodings and escapes that
// UTF8 and Unescaped know. It keeps only a part of the file in memory.
func Words(fsys fs.FS, name string, words []string) (map[string]bool, error) {
	const part, overlap = 1 << 20, 1 << 10 // the overlap is longer than a word in any encoding
	file, err := opened(fsys, name)
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
	old, err := opened(a, name)
	if err != nil {
		return false
	}
	defer old.Close() //nolint:errcheck // only read
	text, err := opened(b, name)
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
