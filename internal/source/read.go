package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// MaxFileBytes is the size above which a file is not read unless the file tree has another limit. CloudFormation itself refuses
// templates above 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const MaxFileBytes = 4 << 20

var (
	errNotRegular = errors.New("not read: not a regular file")
	errEscapes    = errors.New("not read: the path escapes the repository or is not valid")
)

// TooLargeError is the error for a file that exceeds the limit, which it has in bytes.
type TooLargeError int64

func (e TooLargeError) Error() string {
	return fmt.Sprintf("not read: exceeds the limit of %d MiB (--max-file-size)", int64(e)>>20)
}

// Limited is a file tree with another limit for the size of a file.
type Limited struct {
	fs.FS
	Bytes int64
}

// MaxFileBytes returns the limit.
func (l Limited) MaxFileBytes() int64 { return l.Bytes }

// ReadDir lists a directory.
func (l Limited) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(l.FS, name) }

// Stat describes a file.
func (l Limited) Stat(name string) (fs.FileInfo, error) { return fs.Stat(l.FS, name) }

// ReadFile reads a file.
func (l Limited) ReadFile(name string) ([]byte, error) { return fs.ReadFile(l.FS, name) }

// LimitOf returns the size above which a file of a tree is not read.
func LimitOf(fsys fs.FS) int64 {
	if limited, ok := fsys.(interface{ MaxFileBytes() int64 }); ok {
		return limited.MaxFileBytes()
	}
	return MaxFileBytes
}

// ReadFile reads a regular file that does not exceed the limit of its tree.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if limit := LimitOf(fsys); info.Size() > limit {
		return nil, TooLargeError(limit)
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
	limit := LimitOf(fsys)
	content, err = io.ReadAll(io.LimitReader(file, limit+1))
	if int64(len(content)) > limit {
		return content[:limit], false, err
	}
	return content, true, err
}

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
	if errors.Is(err, fs.ErrInvalid) {
		return errEscapes
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("not read: %w", pathError.Err)
	}
	return err
}
