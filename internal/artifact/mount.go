package artifact

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"lintel/internal/source"
)

// rootMark follows the digest in the root of an artifact, so that it is no path of the store.
const rootMark = "!"

func rootOf(digest string) string { return PathOf(digest) + rootMark }

// RootOf returns the root of the artifact that a path of a mounted tree leads into, and "" if it leads into none.
func RootOf(name string) string {
	if digest, _, ok := split(name); ok {
		return rootOf(digest)
	}
	return ""
}

// split splits a path that leads into an artifact.
func split(name string) (digest, inner string, ok bool) {
	rest, ok := strings.CutPrefix(name, Dir+"/")
	if !ok {
		return "", "", false
	}
	root, inner, isBelow := strings.Cut(rest, "/")
	digest, ok = strings.CutSuffix(root, rootMark)
	if !isBelow {
		inner = "."
	}
	return digest, inner, ok && isDigest(digest)
}

// Check returns an error if a pinned artifact cannot be read in a mounted tree.
func Check(mounted fs.FS, ref Reference) error {
	_, err := fs.Stat(mounted, ref.Root())
	if pathError, ok := err.(*fs.PathError); ok { //nolint:errorlint // that of the tree itself
		return pathError.Err
	}
	return err
}

// Cache keeps artifacts unpacked between checks. It is safe for concurrent use.
type Cache struct {
	mu   sync.Mutex
	last map[key]*unpacked // those of the last check
}

// key identifies an artifact, as the store of one tree or those of both trees of a check have it.
type key struct {
	digest string
	both   bool
}

// unpacked is an artifact.
type unpacked struct {
	parts map[string]stamp // blobs in the store, by digest
	tree  fs.FS
	bytes int64
	err   error
}

// stamp identifies a version of a file of the store.
type stamp struct {
	size     int64
	modified time.Time
}

// Mounts are the artifacts of a check. They are safe for concurrent use.
type Mounts struct {
	cache  *Cache
	before map[key]*unpacked
	known  map[key]*unpacked
	bytes  int64 // of all
}

// Mounts returns the artifacts of a new check.
func (c *Cache) Mounts() *Mounts {
	c.mu.Lock()
	defer c.mu.Unlock()
	ms := &Mounts{cache: c, before: c.last, known: map[key]*unpacked{}}
	c.last = ms.known
	return ms
}

// Over returns a tree in which the root of an artifact is a directory with its content. The artifact is read from the store
// of the tree when it is first used, and its digest is verified.
func (ms *Mounts) Over(files fs.FS) fs.FS { return mount{FS: files, of: ms, stores: []fs.FS{files}} }

// OverBoth is Over with the artifacts of two trees: the digest determines the content, wherever it is stored.
func (ms *Mounts) OverBoth(files, other fs.FS) fs.FS {
	return mount{FS: files, of: ms, stores: []fs.FS{files, other}}
}

// mount is a tree with artifacts.
type mount struct {
	fs.FS
	of     *Mounts
	stores []fs.FS
}

// at returns the tree that contains a path and the path in it.
func (m mount) at(op, name string) (fs.FS, string, error) {
	digest, inner, ok := split(name)
	if !ok {
		return m.FS, name, nil
	}
	found := m.of.get(m, digest)
	if found.err != nil {
		return nil, "", &fs.PathError{Op: op, Path: name, Err: found.err}
	}
	return found.tree, inner, nil
}

// get returns an artifact.
func (ms *Mounts) get(m mount, digest string) *unpacked {
	ms.cache.mu.Lock()
	defer ms.cache.mu.Unlock()
	k := key{digest, len(m.stores) > 1}
	if found := ms.known[k]; found != nil {
		return found
	}
	if other := ms.known[key{digest, !k.both}]; other != nil && other.err == nil && m.has(other.parts) {
		ms.known[k] = other
		return other
	}
	left := max(maxUnpacked-ms.bytes, 0)
	found := ms.before[k]
	if found == nil || found.err != nil || found.bytes > left || !m.has(found.parts) {
		found = m.load(digest, left)
	}
	ms.bytes += found.bytes
	ms.known[k] = found
	return found
}

// has reports whether the stores contain blobs as they were read.
func (m mount) has(parts map[string]stamp) bool {
	for digest, before := range parts { // any order: all must be the same
		now, ok := m.stampOf(digest)
		if !ok || now.size != before.size || !now.modified.Equal(before.modified) && !now.modified.IsZero() && !before.modified.IsZero() {
			return false
		}
	}
	return true
}

func (m mount) stampOf(digest string) (stamp, bool) {
	for _, store := range m.stores {
		if info, err := fs.Stat(store, PathOf(digest)); err == nil {
			return stamp{info.Size(), info.ModTime()}, true
		}
	}
	return stamp{}, false
}

// read returns a blob of the first store that has it.
func (m mount) read(u *unpacked, digest string) (blob []byte, err error) {
	u.parts[digest], _ = m.stampOf(digest)
	for i, store := range m.stores {
		content, failure := Read(store, digest)
		if failure == nil {
			return content, nil
		}
		if i == 0 {
			err = failure
		}
	}
	return nil, err
}

// load reads an artifact. left are the bytes that it may have.
func (m mount) load(digest string, left int64) *unpacked {
	u := &unpacked{parts: map[string]stamp{}}
	c := content{texts: map[string][]byte{}, left: left}
	switch u.err = m.fill(u, &c, digest); {
	case u.err != nil:
	case len(c.texts) == 0:
		u.err = errNothing
	default:
		u.err = c.check()
	}
	u.bytes = left - max(c.left, 0)
	u.tree = source.NewOverlay(empty{}, c.texts)
	return u
}

// fill reads the content of an artifact: an archive, or the layers of a manifest, each an archive or a file.
func (m mount) fill(u *unpacked, c *content, digest string) error {
	blob, err := m.read(u, digest)
	if err != nil {
		return err
	}
	if isArchive(blob) {
		return c.unpack(blob)
	}
	layers, err := ParseManifest(blob)
	if err != nil {
		return err
	}
	for _, layer := range layers {
		blob, err := m.read(u, layer.Digest)
		switch {
		case err != nil:
			return fmt.Errorf("layer %s: %w", layer.Digest, err)
		case isArchive(blob):
			err = c.unpack(blob)
		case layer.Title != "":
			err = c.add(layer.Title, true, strings.NewReader(string(blob)))
		default:
			err = errFormat
		}
		if err != nil {
			return fmt.Errorf("layer %s: %w", layer.Digest, err)
		}
	}
	return nil
}

// MaxFileBytes returns the limit of the tree.
func (m mount) MaxFileBytes(name string) int64 { return source.LimitOf(m.FS, name) }

// Open opens a file.
func (m mount) Open(name string) (fs.File, error) {
	tree, inner, err := m.at("open", name)
	if err != nil {
		return nil, err
	}
	return tree.Open(inner)
}

// ReadFile reads a file.
func (m mount) ReadFile(name string) ([]byte, error) {
	tree, inner, err := m.at("open", name)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(tree, inner)
}

// ReadDir lists a directory.
func (m mount) ReadDir(name string) ([]fs.DirEntry, error) {
	tree, inner, err := m.at("readdir", name)
	if err != nil {
		return nil, err
	}
	return fs.ReadDir(tree, inner)
}

// Stat describes a path.
func (m mount) Stat(name string) (fs.FileInfo, error) {
	tree, inner, err := m.at("stat", name)
	if err != nil {
		return nil, err
	}
	return fs.Stat(tree, inner)
}

// empty is a tree without files.
type empty struct{}

// Open returns the error for a file that does not exist, except for the root.
func (empty) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: path.Clean(name), Err: fs.ErrNotExist}
}
