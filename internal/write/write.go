// Package write writes files so that a process that is killed at any time leaves the old content or the new content, and
// never less. It writes a temporary file in the same directory and renames it. A file keeps its owner and its mode. It
// refuses files that a replacement would harm: read-only files, hard links, and symlinks that lead out of the repository.
package write

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lintel/internal/boundary"
)

// Reasons for which a file is not written.
var (
	ErrChanged   = errors.New("it changed after it was checked; run lintel again")
	ErrReadOnly  = errors.New("it is read-only; make it writable and run lintel again")
	ErrLinked    = errors.New("it has several hard links, of which an atomic replacement would edit only one; edit it by hand, or copy it")
	ErrOutside   = errors.New("it is, or is below, a symlink that leads out of the repository; write to the target itself")
	errIrregular = errors.New("it is not a regular file")
)

const (
	bufferBytes = 1 << 16
	ownerWrites = 0o200 // permission of the owner to write
	readable    = 0o644 // mode of a new file, before the umask
	private     = 0o600 // mode of a temporary file
)

// place is a file in its directory. Its name is resolved: it is no symlink, unless another program makes it one meanwhile.
type place struct {
	dir  *os.Root // the repository, or the directory of the file; no operation leads out of it
	name string
	info fs.FileInfo // nil: the file does not exist
}

// IfSame replaces the content of a file below a directory if it is still before. Of a symlink the target is replaced, which
// must be below the directory, too.
func IfSame(dir, name string, before, after []byte) error {
	resolved, err := filepath.EvalSymlinks(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	to, err := locate(dir, resolved)
	if err != nil {
		return err
	}
	defer to.dir.Close() //nolint:errcheck // nothing is written through the directory handle
	content := func(w io.Writer) error {
		_, err := w.Write(after)
		return err
	}
	return to.swap(content, func() error { return to.still(before) })
}

// File replaces or creates a file at a path that the user chose. It calls ready, unless nil, just before; an error of ready
// leaves the file unchanged. A pipe or a device is written in place. Of a symlink the target is replaced. If the path is in
// a repository, the target must be in it, too.
func File(name string, ready func() error, content func(io.Writer) error) error {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	resolved, err := resolve(absolute)
	if err != nil {
		return err
	}
	within := filepath.Dir(resolved)
	if root, ok := repository(absolute); ok {
		within = root
	}
	info, err := os.Lstat(resolved)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return inPlace(within, resolved, content)
	}
	to, err := locate(within, resolved)
	if err != nil {
		return err
	}
	defer to.dir.Close() //nolint:errcheck // nothing is written through the directory handle
	if ready == nil {
		ready = func() error { return nil }
	}
	return to.swap(content, ready)
}

// Create creates a file in a directory. It is an error that satisfies fs.ErrExist if there is one of this name.
func Create(dir *os.Root, name string, content []byte) error {
	temporary, err := fill(dir, filepath.Dir(name), func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}, func(file *os.File) error { return file.Chmod(readable) })
	if err != nil {
		return err
	}
	err = dir.Link(temporary, name) // unlike a rename, it never replaces a file
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = copied(dir, name, content)
	}
	return errors.Join(err, dir.Remove(temporary))
}

// copied creates a file on a file system without hard links.
func copied(dir *os.Root, name string, content []byte) error {
	file, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, readable)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, dir.Remove(name))
	}
	return nil
}

// resolve resolves the symlinks of a path whose last element may be missing.
func resolve(path string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		return filepath.Join(dir, filepath.Base(path)), err
	}
	return filepath.EvalSymlinks(path)
}

// repository returns the resolved root of the repository that contains an absolute path as it is written.
func repository(path string) (root string, ok bool) {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			resolved, err := filepath.EvalSymlinks(dir)
			return resolved, err == nil
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

// locate finds a file below a directory, by its resolved path.
func locate(within, resolved string) (place, error) {
	within, err := filepath.EvalSymlinks(within)
	if err != nil {
		return place{}, err
	}
	if !boundary.Contains(within, resolved) {
		return place{}, ErrOutside
	}
	dir, err := os.OpenRoot(within)
	if err != nil {
		return place{}, err
	}
	to := place{dir: dir, name: filepath.FromSlash(boundary.Rel(within, resolved))}
	to.info, err = dir.Lstat(to.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return to, nil
	case err != nil:
	case !to.info.Mode().IsRegular():
		err = errIrregular
	case to.info.Mode()&ownerWrites == 0:
		err = ErrReadOnly
	case links(to.info) > 1:
		err = ErrLinked
	}
	if err != nil {
		return place{}, errors.Join(err, dir.Close())
	}
	return to, nil
}

// still returns an error if the content of the file is not before.
func (p place) still(before []byte) error {
	info, err := p.dir.Stat(p.name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(before)) {
		return ErrChanged
	}
	if now, err := p.dir.ReadFile(p.name); err != nil || !bytes.Equal(now, before) {
		return errors.Join(err, ErrChanged)
	}
	return nil
}

// swap replaces the file atomically, or creates it.
func (p place) swap(content func(io.Writer) error, ready func() error) error {
	temporary, err := fill(p.dir, filepath.Dir(p.name), content, p.like)
	if err != nil {
		return err
	}
	if err = ready(); err == nil {
		err = p.dir.Rename(temporary, p.name)
	}
	if err != nil {
		return errors.Join(err, p.dir.Remove(temporary))
	}
	return nil
}

// like gives a new file the mode and the owner of the one that it replaces.
func (p place) like(file *os.File) error {
	if p.info == nil {
		return file.Chmod(readable)
	}
	return errors.Join(keepOwner(file, p.info), file.Chmod(p.info.Mode().Perm())) // a change of the owner clears parts of the mode
}

// fill writes a temporary file, which is on the disk when it returns. Its name has no extension, so that nothing
// reads it as a template or a rule if it stays behind.
func fill(dir *os.Root, in string, content func(io.Writer) error, finish func(*os.File) error) (name string, err error) {
	name = filepath.Join(in, ".lintel-"+rand.Text())
	file, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	if err != nil {
		return "", err
	}
	buffer := bufio.NewWriterSize(file, bufferBytes)
	if err = errors.Join(content(buffer), buffer.Flush()); err == nil {
		err = errors.Join(finish(file), file.Sync())
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, dir.Remove(name))
	}
	return name, nil
}

// inPlace writes to a pipe or a device. One to which a symlink in a repository leads is refused.
func inPlace(within, resolved string, content func(io.Writer) error) error {
	if !boundary.Contains(within, resolved) {
		return ErrOutside
	}
	file, err := os.OpenFile(resolved, os.O_WRONLY|os.O_APPEND, 0) //nolint:gosec // the user chose the file
	if err != nil {
		return err
	}
	return errors.Join(content(file), file.Close())
}
