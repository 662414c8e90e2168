package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"lintel/internal/source"
)

// Tree is the tree of a commit or the index as a file system. It is safe for concurrent use. Directories below
// .terraform, which Terraform creates and which are not committed, are read from aside. Checked-out submodules are part
// of the tree at the commit that it names; others are empty.
type Tree struct {
	nodes   map[string]*node
	aside   fs.FS      // file system with the directories below .terraform; nil: none
	objects []*objects // of the repository and its submodules
	later   fs.FS      // file system that has the nodes that are the same, see Changed; nil: none
}

// node is a file, a symlink or a directory.
type node struct {
	name     string
	mode     fs.FileMode
	object   string
	from     *objects  // repository that contains the object
	size     int64     // -1: not requested yet
	children []string  // names, sorted
	same     time.Time // when the file at this path in Tree.later was changed last, which has the same content; zero: none
}

// Tracked returns the paths of the files and submodules in the index of the repository, and those of them that a sparse checkout
// leaves out.
func (r *Repository) Tracked(ctx context.Context) (paths, sparse []string, err error) {
	out, err := r.run(ctx, "ls-files", "--cached", "-t", "-z")
	if err != nil {
		return nil, nil, err
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		tag, name, _ := strings.Cut(line, " ")
		if paths = append(paths, name); tag == "S" { // the bit skip-worktree
			sparse = append(sparse, name)
		}
	}
	return paths, sparse, nil
}

// Has reports whether the tree itself has a path, and not only the file system that directories below .terraform are read from.
func (t *Tree) Has(name string) bool { return t.nodes[name] != nil }

// Files returns the paths of the files and submodules in the tree, sorted.
func (t *Tree) Files() []string {
	var all []string
	for p, n := range t.nodes {
		if !n.mode.IsDir() || n.object != "" {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return all
}

// Submodules returns the commits of the submodules in the tree, by their paths.
func (t *Tree) Submodules() map[string]string {
	all := map[string]string{}
	for p, n := range t.nodes { // any order: it fills a map
		if n.mode.IsDir() && n.object != "" {
			all[p] = n.object
		}
	}
	return all
}

// Commit returns the tree of a commit.
func (r *Repository) Commit(ctx context.Context, commit string, aside fs.FS) (*Tree, error) {
	out, err := r.list(ctx, commit)
	if err != nil {
		return nil, err
	}
	return r.tree(ctx, out, aside, treeFields)
}

// Head returns the tree of HEAD; it is empty if there is no commit yet.
func (r *Repository) Head(ctx context.Context, aside fs.FS) (*Tree, error) {
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return r.tree(ctx, nil, aside, treeFields)
	}
	return r.Commit(ctx, "HEAD", aside)
}

// list lists a commit, with sizes unless the clone has not all of its objects.
func (r *Repository) list(ctx context.Context, commit string) ([]byte, error) {
	out, err := r.run(ctx, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
	if err != nil {
		out, err = r.run(ctx, "ls-tree", "-r", "-z", "--full-tree", commit)
	}
	return out, err
}

// treeFields parses the fields of a line of list: mode, type, object and optional size.
func treeFields(fields []string) (mode, object, size string) {
	if len(fields) > numFields {
		size = fields[numFields]
	}
	return fields[0], fields[2], size
}

// numFields is the minimum number of fields before the name.
const numFields = 3

// errUnmerged is the error for an index with merge conflicts.
var errUnmerged = errors.New("the index contains unmerged files; resolve the conflicts and run git add")

// Index returns the tree of the next commit.
func (r *Repository) Index(ctx context.Context, aside fs.FS) (*Tree, error) {
	out, err := r.run(ctx, "ls-files", "--cached", "--stage", "-z")
	if err != nil {
		return nil, err
	}
	return r.index(ctx, out, aside)
}

// index returns the tree of a listing of the index.
func (r *Repository) index(ctx context.Context, listing []byte, aside fs.FS) (*Tree, error) {
	unmerged := false
	tree, err := r.tree(ctx, listing, aside, func(fields []string) (mode, object, size string) { // mode object stage
		unmerged = unmerged || fields[2] != "0"
		return fields[0], fields[1], "-"
	})
	if unmerged {
		return nil, errUnmerged
	}
	return tree, err
}

func (r *Repository) tree(ctx context.Context, listing []byte, aside fs.FS, read func(fields []string) (mode, object, size string)) (*Tree, error) {
	t := &Tree{nodes: map[string]*node{}, aside: aside}
	t.nodes["."] = &node{name: ".", mode: fs.ModeDir}
	if err := t.fill(ctx, r, ".", listing, read); err != nil {
		return nil, err
	}
	for _, n := range t.nodes { // any order: each is sorted by itself
		slices.Sort(n.children)
	}
	return t, nil
}

// fill adds the files in a listing of a repository below a directory.
func (t *Tree) fill(ctx context.Context, r *Repository, folder string, listing []byte, read func(fields []string) (mode, object, size string)) error {
	from := &objects{repository: r, ctx: ctx}
	t.objects = append(t.objects, from)
	var submodules []*node
	var paths []string // paths of the submodules
	for line := range strings.SplitSeq(string(listing), "\x00") {
		if line == "" {
			continue
		}
		head, name, ok := strings.Cut(line, "\t")
		fields := strings.Fields(head)
		if !ok || len(fields) < numFields {
			return fmt.Errorf("unexpected output of git: %q", line)
		}
		mode, object, size := read(fields)
		name = path.Join(folder, name)
		added := &node{name: path.Base(name), object: object, from: from, size: -1}
		if length, err := strconv.ParseInt(size, 10, 64); err == nil {
			added.size = length
		}
		switch mode {
		case "120000":
			added.mode = fs.ModeSymlink
		case "160000":
			added.mode = fs.ModeDir
			submodules = append(submodules, added)
			paths = append(paths, name)
		}
		// A name that is not UTF-8 is kept: opening it is an error, which is better than ignoring it.
		if fs.ValidPath(strings.ToValidUTF8(name, "_")) {
			t.add(name, added)
		}
	}
	for i, submodule := range submodules {
		t.submodule(ctx, r, folder, paths[i], submodule.object)
	}
	return nil
}

// add adds a node and its parent directories.
func (t *Tree) add(name string, n *node) {
	for ; t.nodes[name] == nil; name = path.Dir(name) {
		t.nodes[name] = n
		parent := path.Dir(name)
		if folder := t.nodes[parent]; folder != nil {
			folder.children = append(folder.children, path.Base(name))
			return
		}
		n = &node{name: path.Base(parent), mode: fs.ModeDir, children: []string{path.Base(name)}}
	}
}

// maxLinks is the number of symlinks after which a path is a cycle.
const maxLinks = 40

// find resolves the symlinks of a path.
func (t *Tree) find(name string) (*node, error) {
	resolved, rest := ".", strings.Split(name, "/")
	for links := 0; len(rest) > 0; {
		next := path.Join(resolved, rest[0])
		n := t.nodes[next]
		if n == nil {
			return nil, fs.ErrNotExist
		}
		rest = rest[1:]
		if n.mode&fs.ModeSymlink == 0 {
			resolved = next
			continue
		}
		if links++; links > maxLinks {
			return nil, errors.New("too many links")
		}
		target, _, err := n.from.read(n.object)
		if err != nil {
			return nil, err
		}
		to := path.Join(resolved, string(target))
		if path.IsAbs(string(target)) || !fs.ValidPath(to) {
			return nil, errors.New("path escapes from parent")
		}
		resolved, rest = ".", append(strings.Split(to, "/"), rest...)
	}
	return t.nodes[resolved], nil
}

// Open opens a file or directory.
func (t *Tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	n, err := t.find(name)
	if errors.Is(err, fs.ErrNotExist) && t.aside != nil && slices.Contains(strings.Split(name, "/"), ".terraform") {
		return t.aside.Open(name)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if same := t.openLater(name, n); same != nil {
		return same, nil
	}
	opened := &file{tree: t, node: n, path: name}
	if n.mode.IsDir() {
		return opened, nil
	}
	content, size, err := n.from.read(n.object)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	opened.size = size
	opened.content = bytes.NewReader(content)
	if size > int64(len(content)) {
		opened.rest = &rest{objects: n.from, object: n.object, skip: int64(len(content))}
	}
	return opened, nil
}

// Stat describes a path. It reads the object only if its size is unknown.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	if n, err := t.find(name); err == nil && (n.size >= 0 || n.mode.IsDir()) {
		return info{n, n.size}, nil
	}
	opened, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer opened.Close() //nolint:errcheck // opened for reading only
	return opened.Stat()
}

// file is an open file or directory.
type file struct {
	content *bytes.Reader // the start of a file; nil: a directory
	rest    *rest         // what follows content; nil: nothing
	size    int64         // of a file
	tree    *Tree
	node    *node
	path    string
	next    int // index of the next child of a directory
}

func (f *file) Close() error {
	if f.rest == nil {
		return nil
	}
	return f.rest.close()
}

func (f *file) Stat() (fs.FileInfo, error) { return info{f.node, f.size}, nil }

func (f *file) Read(b []byte) (int, error) {
	if f.content == nil {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: errors.New("is a directory")}
	}
	n, err := f.content.Read(b)
	if errors.Is(err, io.EOF) && f.rest != nil {
		return f.rest.Read(b)
	}
	return n, err
}

// rest is the part of a large blob that is not kept in memory. A git process of its own writes the blob on the first
// read.
type rest struct {
	*objects
	object string
	skip   int64 // bytes that were read before

	out io.Reader
	cmd *exec.Cmd
	end context.CancelFunc
}

func (r *rest) Read(b []byte) (int, error) {
	if r.cmd == nil {
		ctx, end := context.WithCancel(r.ctx)
		cmd := r.repository.command(ctx, "cat-file", "blob", r.object)
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			end()
			return 0, fmt.Errorf("start git: %w", err)
		}
		r.out, r.cmd, r.end = out, cmd, end
		if _, err := io.CopyN(io.Discard, out, r.skip); err != nil {
			return 0, err
		}
	}
	return r.out.Read(b)
}

func (r *rest) close() error {
	if r.cmd != nil {
		r.end()
		_ = r.cmd.Wait() // it ends before it has written everything
		r.cmd = nil
	}
	return nil
}

// ReadDir returns the next n entries of a directory.
func (f *file) ReadDir(n int) ([]fs.DirEntry, error) {
	if !f.node.mode.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: f.path, Err: errors.New("not a directory")}
	}
	rest := f.node.children[f.next:]
	if n > 0 && len(rest) == 0 {
		return nil, io.EOF
	}
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	f.next += len(rest)
	folder, err := f.tree.folder(f.path)
	if err != nil {
		return nil, err
	}
	entries := make([]fs.DirEntry, len(rest))
	for i, child := range rest {
		p := path.Join(folder, child)
		entries[i] = entry{f.tree, f.tree.nodes[p], p}
	}
	return entries, nil
}

// entry is a directory entry. Its size is determined on demand.
type entry struct {
	tree *Tree
	node *node
	path string
}

func (e entry) Name() string      { return e.node.name }
func (e entry) IsDir() bool       { return e.node.mode.IsDir() }
func (e entry) Type() fs.FileMode { return e.node.mode.Type() }

func (e entry) Info() (fs.FileInfo, error) {
	if e.node.size >= 0 || !e.node.mode.IsRegular() {
		return info{e.node, e.node.size}, nil
	}
	return e.tree.Stat(e.path)
}

// folder returns the path of a directory without symlinks.
func (t *Tree) folder(name string) (string, error) {
	n, err := t.find(name)
	if err != nil || t.nodes[name] == n {
		return name, err
	}
	for p, other := range t.nodes { // any order: one has the node
		if other == n {
			return p, nil
		}
	}
	return "", fs.ErrNotExist
}

// info describes a node.
type info struct {
	*node
	length int64
}

func (i info) Name() string      { return i.name }
func (i info) Size() int64       { return max(0, i.length) }
func (i info) Mode() fs.FileMode { return i.mode | 0o444 }
func (info) ModTime() time.Time  { return time.Time{} }
func (i info) IsDir() bool       { return i.mode.IsDir() }
func (info) Sys() any            { return nil }

// objects reads blobs with one git process, which starts on first use.
type objects struct {
	repository *Repository
	ctx        context.Context //nolint:containedctx // the process ends with the run

	mu    sync.Mutex
	ask   io.WriteCloser
	reply *bufio.Reader
	cmd   *exec.Cmd
}

func (o *objects) start() error {
	if o.cmd != nil {
		return nil
	}
	cmd := o.repository.command(o.ctx, "cat-file", "--batch")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start git: %w", err)
	}
	o.cmd, o.ask, o.reply = cmd, in, bufio.NewReaderSize(out, 1<<16)
	return nil
}

// errMissing is the error for a missing object of a partial clone.
var errMissing = errors.New("the content is not in this clone; fetch it with: git fetch --refetch --no-filter")

// read returns the content of a blob up to source.MaxFileBytes, and its size.
func (o *objects) read(object string) ([]byte, int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.start(); err != nil {
		return nil, 0, err
	}
	if _, err := io.WriteString(o.ask, object+"\n"); err != nil {
		return nil, 0, fmt.Errorf("request an object from git: %w", err)
	}
	line, err := o.reply.ReadString('\n')
	if err != nil { // git ends when it may not fetch an object; the next read starts a new process
		_ = o.ask.Close()
		_ = o.cmd.Wait()
		o.cmd = nil
		return nil, 0, errMissing
	}
	fields := strings.Fields(line) // object type size
	if len(fields) != numFields {
		return nil, 0, errMissing
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return nil, 0, fmt.Errorf("unexpected answer of git: %q", line)
	}
	content := make([]byte, min(size, source.MaxFileBytes))
	if _, err := io.ReadFull(o.reply, content); err != nil {
		return nil, 0, err
	}
	_, err = io.CopyN(io.Discard, o.reply, size-int64(len(content))+1) // the rest of the object and a line break
	return content, size, err
}

// Close ends the git processes.
func (t *Tree) Close() error {
	var failures []error
	for _, o := range t.objects {
		failures = append(failures, o.close())
	}
	return errors.Join(failures...)
}

func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cmd == nil {
		return nil
	}
	_ = o.ask.Close()
	return o.cmd.Wait()
}
