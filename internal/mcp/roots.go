package mcp

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/boundary"
	"lintel/internal/source"
)

// target selects what a call reads.
type target struct {
	Paths []string `json:"paths,omitempty" jsonschema:"files or directories, absolute or relative to a root; default: every root"`
	Text  *string  `json:"text,omitempty" jsonschema:"text of one template, read instead of the file on disk; requires file"`
	File  string   `json:"file,omitempty" jsonschema:"path of the file that text is for, such as template.yaml or infra/main.tf; its name decides the language"`
}

// tree is a root with the paths to check.
type tree struct {
	dir   string // absolute path; empty: text alone
	files fs.FS
	paths []string // in the tree
	show  func(path string) string
	close func()
}

// askRoots is the name of the request for the roots of the client.
const askRoots = "roots"

var (
	errNoRoots = errors.New("no directory can be read: the client provides no roots; start the server with directories, such as \"lintel mcp .\", or pass a text")
	errWide    = errors.New("a root is a home directory or the root of the disk; pass paths")
	errTarget  = errors.New("pass either paths, or text and file")
)

// roots returns the directories that a call may read. If the client has to be asked for them first, it returns the request
// instead; the SDK calls the tool again with the response. Newer versions of the protocol allow no other way.
func (s *server) roots(req *sdk.CallToolRequest) (roots []string, ask *sdk.CallToolResult) {
	if !hasRoots(req.Session) {
		return s.opt.Roots, nil
	}
	response, ok := req.Params.InputResponses[askRoots].(*sdk.ListRootsResult) //nolint:staticcheck // deprecated, and the only statement of a client about directories
	if !ok {
		return nil, &sdk.CallToolResult{InputRequests: sdk.InputRequestMap{askRoots: &sdk.ListRootsParams{}}} //nolint:staticcheck // as above
	}
	if len(response.Roots) == 0 { // some clients declare the feature and have none
		return s.opt.Roots, nil
	}
	for _, root := range response.Roots {
		if dir, ok := boundary.PathOfURI(root.URI, runtime.GOOS == "windows"); ok {
			roots = append(roots, s.limited(filepath.Clean(dir))...)
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots), nil
}

// hasRoots reports whether a client has roots.
func hasRoots(session *sdk.ServerSession) bool {
	params := session.InitializeParams()
	return params != nil && params.Capabilities != nil && params.Capabilities.RootsV2 != nil //nolint:staticcheck // see roots
}

// limited returns the parts of a root of the client that Options.Roots contain.
func (s *server) limited(root string) []string {
	if s.opt.Roots == nil {
		return []string{root}
	}
	var parts []string
	for _, limit := range s.opt.Roots {
		switch {
		case boundary.Contains(limit, root), boundary.Contains(limit, resolved(root)):
			parts = append(parts, root)
		case boundary.Contains(root, limit), boundary.Contains(resolved(root), limit):
			parts = append(parts, limit)
		}
	}
	return parts
}

// resolved resolves the symlinks of a directory that the client or the user names.
func resolved(dir string) string {
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		return target
	}
	return dir
}

// open opens the roots that contain the target of a call. The caller closes each tree.
func (t target) open(roots []string) ([]tree, error) {
	if t.Text != nil || t.File != "" {
		return t.openText(roots)
	}
	if len(roots) == 0 {
		return nil, errNoRoots
	}
	byRoot, err := t.byRoot(roots)
	if err != nil {
		return nil, err
	}
	var trees []tree
	for _, root := range roots {
		if byRoot[root] == nil {
			continue
		}
		one, err := openRoot(root, byRoot[root], len(roots) > 1)
		if err != nil {
			closeAll(trees)
			return nil, err
		}
		trees = append(trees, one)
	}
	return trees, nil
}

// byRoot returns the paths to read in each root.
func (t target) byRoot(roots []string) (map[string][]string, error) {
	paths := map[string][]string{}
	for _, p := range t.Paths {
		root, rel, err := find(roots, p)
		if err != nil {
			return nil, err
		}
		paths[root] = append(paths[root], rel)
	}
	if len(t.Paths) > 0 {
		return paths, nil
	}
	for _, root := range roots {
		if isWide(root) {
			return nil, errWide
		}
		paths[root] = []string{"."}
	}
	return paths, nil
}

// openText opens the root that contains the file of a text, with the text in its place. Without roots, the text is alone.
func (t target) openText(roots []string) ([]tree, error) {
	if t.Text == nil || t.File == "" || len(t.Paths) > 0 {
		return nil, errTarget
	}
	if len(*t.Text) > source.MaxFileBytes {
		return nil, source.TooLargeError(source.MaxFileBytes)
	}
	texts := func(name string) map[string][]byte { return map[string][]byte{name: []byte(*t.Text)} }
	if len(roots) == 0 {
		name := path.Clean(filepath.ToSlash(t.File))
		if !fs.ValidPath(name) || name == "." {
			return nil, errNoRoots
		}
		return []tree{{files: source.NewOverlay(nothing{}, texts(name)), paths: []string{name}, show: same, close: func() {}}}, nil
	}
	root, rel, err := find(roots, t.File)
	if err != nil {
		return nil, err
	}
	one, err := openRoot(root, []string{rel}, len(roots) > 1)
	if err != nil {
		return nil, err
	}
	if info, err := fs.Stat(one.files, rel); err == nil && !info.Mode().IsRegular() {
		one.close()
		return nil, fmt.Errorf("%s is not a regular file", t.File)
	}
	one.files = source.NewOverlay(one.files, texts(rel))
	return []tree{one}, nil
}

// openRoot opens a root. The tree opens nothing outside of it, whatever symlinks it contains. With several roots, messages
// contain absolute paths.
func openRoot(dir string, paths []string, absolute bool) (tree, error) {
	root, err := source.OpenRoot(dir)
	if err != nil {
		return tree{}, fmt.Errorf("open the root %s: %w", dir, errors.Unwrap(err))
	}
	one := tree{dir: dir, files: root, paths: paths, show: same, close: func() { _ = root.Close() }} // opened for reading only
	if absolute {
		one.show = func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	}
	return one, nil
}

func same(name string) string { return name }

func closeAll(trees []tree) {
	for _, t := range trees {
		t.close()
	}
}

// find returns the root that contains a path, and the path in it. It compares names and follows no symlink: the tree of the
// root refuses those that leave it.
func find(roots []string, p string) (root, rel string, err error) {
	if filepath.IsAbs(p) {
		return findAbsolute(roots, p)
	}
	rel = path.Clean(filepath.ToSlash(p))
	if !fs.ValidPath(rel) {
		return "", "", outside(p)
	}
	if len(roots) == 1 {
		return roots[0], rel, nil
	}
	for _, candidate := range roots {
		if !exists(candidate, rel) {
			continue
		}
		if root != "" {
			return "", "", fmt.Errorf("%s exists in the roots %s and %s; pass an absolute path", p, root, candidate)
		}
		root = candidate
	}
	if root == "" {
		return "", "", fmt.Errorf("%s exists in none of the roots; pass an absolute path", p)
	}
	return root, rel, nil
}

// findAbsolute returns the innermost root that contains an absolute path.
func findAbsolute(roots []string, p string) (root, rel string, err error) {
	p = filepath.Clean(p)
	for _, candidate := range slices.SortedFunc(slices.Values(roots), func(a, b string) int { return cmp.Compare(len(b), len(a)) }) {
		for _, dir := range []string{candidate, resolved(candidate)} {
			if rel := boundary.Rel(dir, p); boundary.Contains(dir, p) && fs.ValidPath(rel) {
				return candidate, rel, nil
			}
		}
	}
	return "", "", outside(p)
}

func outside(p string) error {
	return fmt.Errorf("%s is outside of the roots of the client; lintel reads only files below them", p)
}

// exists reports whether a root contains a path.
func exists(dir, rel string) bool {
	root, err := source.OpenRoot(dir)
	if err != nil {
		return false
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	_, err = fs.Stat(root, rel)
	return err == nil
}

// isWide reports whether a root is too wide to be searched as a whole.
func isWide(root string) bool {
	home, err := os.UserHomeDir()
	return root == filepath.Dir(root) || err == nil && strings.TrimSuffix(root, string(filepath.Separator)) == filepath.Clean(home)
}

// nothing is an empty file system.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
