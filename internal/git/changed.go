package git

import (
	"context"
	"crypto/sha1" //nolint:gosec // the names of objects in git
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Changed returns the paths of the files that differ between the tree and a later one, such as the working tree, sorted: edited, added, removed and
// those of another type. In directories that isSkipped reports by their base names, added files are left out. A link to a
// directory stands for the files in it. From then on the tree reads the files that do not differ from the later one, which
// is faster. Nothing else may use the tree meanwhile. The error is that of ctx, or that there are too many files.
func (t *Tree) Changed(ctx context.Context, later fs.FS, isSkipped func(dir string) bool) ([]string, error) {
	c := &comparison{tree: t, later: later, isSkipped: isSkipped, names: map[string]bool{}}
	for _, files := range []fs.FS{t, later} {
		if err := c.walk(ctx, files, ".", 0); err != nil {
			return nil, err
		}
	}
	names := slices.Sorted(maps.Keys(c.names))
	isSame, modified := make([]bool, len(names)), make([]time.Time, len(names))
	for _, n := range t.nodes { // any order: all are compared again
		n.same = time.Time{}
	}
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(names) && ctx.Err() == nil; i += workers {
				isSame[i], modified[i] = c.isSame(names[i])
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var changed []string
	for i, name := range names {
		if !isSame[i] {
			changed = append(changed, name)
		} else if n := t.nodes[name]; n != nil && n.mode.IsRegular() {
			n.same = modified[i]
		}
	}
	t.later = later
	return changed, nil
}

const (
	maxCompared = 500_000  // files of trees that are compared
	maxFollowed = 4        // links to directories that lead to each other
	maxHashed   = 64 << 20 // bytes of a file that is compared; a larger one counts as changed
)

// errTooMany is the error of Changed for a tree with more files.
var errTooMany = errors.New("there are too many files to compare")

// comparison compares a tree with a later one.
type comparison struct {
	tree      *Tree
	later     fs.FS
	isSkipped func(dir string) bool
	names     map[string]bool // of the files in both
}

// walk collects the names of the files below a directory.
func (c *comparison) walk(ctx context.Context, files fs.FS, root string, links int) error {
	return fs.WalkDir(files, root, func(p string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case len(c.names) > maxCompared:
			return errTooMany
		case entry == nil:
			return nil // the root does not exist
		case entry.IsDir() && err == nil:
			if name := path.Base(p); name == ".git" || files != fs.FS(c.tree) && c.isSkipped(name) {
				return fs.SkipDir
			}
			return nil
		}
		c.names[p] = true
		if entry.Type()&fs.ModeSymlink == 0 || !c.isFolder(p) {
			return nil
		}
		if links == maxFollowed {
			return errTooMany
		}
		return c.linked(ctx, files, p, links+1)
	})
}

// isFolder reports whether a path is a directory in any of the trees.
func (c *comparison) isFolder(name string) bool {
	before, err := fs.Stat(c.tree, name)
	after, errAfter := fs.Stat(c.later, name)
	return err == nil && before.IsDir() || errAfter == nil && after.IsDir()
}

// linked collects the names of the files in a directory that a link leads to. WalkDir does not follow a link at its root.
func (c *comparison) linked(ctx context.Context, files fs.FS, link string, links int) error {
	entries, err := fs.ReadDir(files, link)
	if err != nil {
		return nil //nolint:nilerr // a link out of the tree has no files
	}
	for _, entry := range entries {
		if err := c.walk(ctx, files, path.Join(link, entry.Name()), links); err != nil {
			return err
		}
	}
	return nil
}

// openLater opens a file that is the same in the later tree, unless it was edited since they were compared; nil: it cannot.
func (t *Tree) openLater(name string, n *node) fs.File {
	if n.same.IsZero() || n != t.nodes[name] {
		return nil
	}
	file, err := t.later.Open(name)
	if err != nil {
		return nil
	}
	if info, err := file.Stat(); err == nil && info.ModTime().Equal(n.same) && (n.size < 0 || n.size == info.Size()) {
		return file
	}
	_ = file.Close() // only read
	return nil
}

// isSame reports whether a file certainly is the same in both trees, and when it was changed last in the later one.
func (c *comparison) isSame(name string) (is bool, modified time.Time) {
	n, err := c.tree.find(name)
	info, errAfter := fs.Stat(c.later, name)
	switch {
	case err != nil || errAfter != nil:
		return err != nil && errAfter != nil, time.Time{} // links that lead nowhere
	case n.mode.IsDir() || info.IsDir():
		return n.mode.IsDir() && info.IsDir(), time.Time{} // the files in it have paths of their own
	case !info.Mode().IsRegular(), n.size >= 0 && n.size != info.Size(), info.Size() > maxHashed:
		return false, time.Time{}
	}
	return isObject(c.later, name, info.Size(), n.object), info.ModTime()
}

// isObject reports whether a file is the content of an object.
func isObject(files fs.FS, name string, size int64, object string) bool {
	var sum hash.Hash
	switch hex.DecodedLen(len(object)) {
	case sha1.Size:
		sum = sha1.New() //nolint:gosec // the names of objects in git
	case sha256.Size:
		sum = sha256.New()
	default:
		return false
	}
	file, err := files.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()                                                     //nolint:errcheck // only read
	_, _ = io.WriteString(sum, "blob "+strconv.FormatInt(size, 10)+"\x00") // a hash takes everything
	n, err := io.Copy(sum, io.LimitReader(file, size+1))
	return err == nil && n == size && hex.EncodeToString(sum.Sum(nil)) == object
}
