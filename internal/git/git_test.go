package git_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/git"
	"lintel/internal/source"
)

// repo is a git repository for a test.
type repo struct {
	*testing.T
	dir string
}

// newRepo creates an empty repository with its own configuration.
func newRepo(t *testing.T) repo {
	t.Helper()
	config := filepath.Join(t.TempDir(), "gitconfig")
	t.Setenv("GIT_CONFIG_GLOBAL", config)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := repo{t, dir}
	r.write(map[string]string{config: "[user]\n\tname = A\n\temail = a@example.com\n[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n"})
	r.git("init", "-q")
	return r
}

// git runs git in the repository and returns its output.
func (r repo) git(args ...string) string {
	r.Helper()
	cmd := exec.CommandContext(r.Context(), "git", args...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// write writes files, by absolute path or path in the repository.
func (r repo) write(files map[string]string) {
	r.Helper()
	for name, content := range files {
		if !filepath.IsAbs(name) {
			name = filepath.Join(r.dir, name)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			r.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			r.Fatal(err)
		}
	}
}

func (r repo) commit(files map[string]string) string {
	r.Helper()
	r.write(files)
	r.git("add", "-A")
	r.git("commit", "-qm", "x")
	return r.git("rev-parse", "HEAD")
}

func (r repo) open() *git.Repository {
	r.Helper()
	opened, err := git.Open(r.dir, r.dir)
	if err != nil {
		r.Fatal(err)
	}
	return opened
}

// in returns the repository with another directory.
func (r repo) in(dir string) repo { return repo{r.T, dir} }

// tree returns the tree of a commit, or of the index for an empty commit.
func (r repo) tree(commit string, aside fs.FS) *git.Tree {
	r.Helper()
	var tree *git.Tree
	var err error
	if commit == "" {
		tree, err = r.open().Index(context.Background(), aside) // closed after the context of the test has ended
	} else {
		tree, err = r.open().Commit(context.Background(), commit, aside)
	}
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() {
		if err := tree.Close(); err != nil {
			r.Error(err)
		}
	})
	return tree
}

// content reads every file of a tree.
func content(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, p)
		all[p] = string(text)
		if err != nil {
			all[p] = "error: " + err.Error()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTree checks the file systems of a commit and the index with testing/fstest.
func TestTree(t *testing.T) {
	r := newRepo(t)
	files := map[string]string{"main.tf": "a", "modules/url/main.tf": "b", "modules/url/é 😀.tf": "c", "x/y/z.yaml": ""}
	commit := r.commit(files)
	r.write(map[string]string{"main.tf": "changed", "untracked.tf": "new"})
	for _, tree := range []*git.Tree{r.tree(commit, nil), r.tree("", nil)} {
		if diff := cmp.Diff(files, content(t, tree)); diff != "" {
			t.Error(diff)
		}
		if err := fstest.TestFS(tree, "main.tf", "modules/url/main.tf", "x/y/z.yaml"); err != nil {
			t.Error(err)
		}
	}
	r.git("add", "-A")
	if got := content(t, r.tree("", nil))["main.tf"]; got != "changed" {
		t.Errorf("the index has %q", got)
	}
}

// TestNames checks file names that break parsers of git output by line, word or pattern.
func TestNames(t *testing.T) {
	r := newRepo(t)
	files := map[string]string{
		"new\nline.tf": "1", `quote".tf`: "2", "tab\t.tf": "3", "é/ü.tf": "4", "-rf": "5", "--help/main.tf": "6",
		"a b/  c.tf": "7", "*.tf": "8", ":(top)x.tf": "9", `back\slash.tf`: "10", "$(id).tf": "11", "%0a.tf": "12",
	}
	r.commit(map[string]string{"README": ""})
	r.write(files)
	r.git("add", "-A")
	staged, err := r.open().Staged(t.Context())
	if err != nil || len(staged) != len(files) {
		t.Errorf("%v %q", err, staged)
	}
	for _, p := range staged {
		if _, ok := files[p]; !ok {
			t.Errorf("%q is staged", p)
		}
	}
	commit := r.commit(nil)
	files["README"] = ""
	for _, tree := range []*git.Tree{r.tree(commit, nil), r.tree("", nil)} {
		if diff := cmp.Diff(files, content(t, tree)); diff != "" {
			t.Error(diff)
		}
	}
}

// TestNameThatIsNoText checks that a file name that is not UTF-8, which Go file systems cannot open, is reported as
// unreadable.
func TestNameThatIsNoText(t *testing.T) {
	r := newRepo(t)
	commit := r.commit(map[string]string{"main\xff.tf": "a"})
	entries, err := fs.ReadDir(r.tree(commit, nil), ".")
	if err != nil || len(entries) != 1 || entries[0].Name() != "main\xff.tf" {
		t.Fatal(entries, err)
	}
	if _, err := fs.ReadFile(r.tree(commit, nil), "main\xff.tf"); !errors.Is(err, fs.ErrInvalid) {
		t.Error(err)
	}
}

// TestLinks checks that symlinks resolve within the tree but not out of it.
func TestLinks(t *testing.T) {
	r := newRepo(t)
	for name, target := range map[string]string{
		"link.tf": "real/main.tf", "folder": "real", "deep/up.tf": "../real/main.tf", "chain.tf": "link.tf",
		"out.tf": "../outside.tf", "passwd.yaml": "/etc/passwd", "sneaky.tf": "real/../../outside.tf",
		"circle.tf": "circle.tf", "nowhere.tf": "gone.tf", "through.tf": "folder/main.tf",
	} {
		r.write(map[string]string{"deep/x": ""})
		if err := os.Symlink(target, filepath.Join(r.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	commit := r.commit(map[string]string{"real/main.tf": "a"})
	tree := r.tree(commit, nil)
	for name, want := range map[string]string{
		"link.tf": "", "folder/main.tf": "", "deep/up.tf": "", "chain.tf": "", "through.tf": "",
		"out.tf": "escapes", "passwd.yaml": "escapes", "sneaky.tf": "escapes", "circle.tf": "too many links", "nowhere.tf": "not exist",
	} {
		text, err := fs.ReadFile(tree, name)
		switch {
		case want == "" && (err != nil || string(text) != "a"):
			t.Errorf("%s: %q, %v", name, text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %q, %v, want %s", name, text, err, want)
		}
	}
	entries, err := fs.ReadDir(tree, "folder")
	if err != nil || len(entries) != 1 || entries[0].Name() != "main.tf" {
		t.Errorf("%v %v", entries, err)
	}
}

// TestHugeBlob checks that blobs above the size limit are not read as files, and that their end can be searched.
func TestHugeBlob(t *testing.T) {
	r := newRepo(t)
	commit := r.commit(map[string]string{"huge.tf": strings.Repeat("x", 9<<20) + "end", "main.tf": "a"})
	for name, tree := range map[string]*git.Tree{"commit": r.tree(commit, nil), "index": r.tree("", nil)} {
		if _, err := source.ReadFile(tree, "huge.tf"); err == nil || !strings.Contains(err.Error(), "exceeds the limit") {
			t.Errorf("%s: %v", name, err)
		}
		var start bytes.Buffer
		if isWhole, err := source.Start(tree, "huge.tf", &start); err != nil || isWhole || start.Len() != source.MaxFileBytes {
			t.Errorf("%s: %d bytes, %t, %v", name, start.Len(), isWhole, err)
		}
		if has, err := source.Words(tree, "huge.tf", []string{"xend", "none"}); err != nil || !has["xend"] || has["none"] {
			t.Errorf("%s: %v, %v", name, has, err)
		}
		larger := source.Limited{FS: tree, Bytes: 16 << 20}
		if text, err := source.ReadFile(larger, "huge.tf"); err != nil || len(text) != 9<<20+3 || !strings.HasSuffix(string(text), "xend") {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		if !source.IsSameText(tree, tree, "huge.tf") {
			t.Errorf("%s: not the same", name)
		}
		if text, err := source.ReadFile(tree, "main.tf"); err != nil || string(text) != "a" {
			t.Errorf("%s: what comes after it is %q, %v", name, text, err)
		}
	}
}

// TestAside checks that uncommitted files of terraform init are read from the working tree.
func TestAside(t *testing.T) {
	r := newRepo(t)
	commit := r.commit(map[string]string{"a/main.tf": "a"})
	aside := fstest.MapFS{"a/.terraform/modules/modules.json": {Data: []byte("{}")}, "a/other.tf": {Data: []byte("b")}}
	tree := r.tree(commit, aside)
	if text, err := fs.ReadFile(tree, "a/.terraform/modules/modules.json"); err != nil || string(text) != "{}" {
		t.Errorf("%q %v", text, err)
	}
	if _, err := fs.ReadFile(tree, "a/other.tf"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not committed is read: %v", err)
	}
}

// TestStaged checks the list of staged changes.
func TestStaged(t *testing.T) {
	r := newRepo(t)
	r.write(map[string]string{"first.tf": "a"})
	r.git("add", "-A")
	staged := func() []string {
		t.Helper()
		all, err := r.open().Staged(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if diff := cmp.Diff([]string{"first.tf"}, staged()); diff != "" {
		t.Errorf("before the first commit: %s", diff)
	}
	r.commit(map[string]string{"old.tf": "a rather long text to be recognised", "gone.tf": "b", "same.tf": "c"})
	if got := staged(); len(got) != 0 {
		t.Errorf("nothing is staged, and it says %q", got)
	}
	r.git("mv", "old.tf", "new.tf")
	r.git("rm", "-q", "gone.tf")
	r.write(map[string]string{"same.tf": "not staged", "later.tf": "intended"})
	r.git("add", "-N", "later.tf")
	if diff := cmp.Diff([]string{"gone.tf", "new.tf", "old.tf"}, staged()); diff != "" {
		t.Errorf("a rename, a removal: %s", diff)
	}
}

// TestUnmerged checks the error for an index with merge conflicts.
func TestUnmerged(t *testing.T) {
	r := newRepo(t)
	r.commit(map[string]string{"main.tf": "a"})
	r.git("checkout", "-qb", "other")
	r.commit(map[string]string{"main.tf": "b"})
	r.git("checkout", "-q", "main")
	r.commit(map[string]string{"main.tf": "c"})
	cmd := exec.CommandContext(t.Context(), "git", "merge", "-q", "other")
	cmd.Dir = r.dir
	if err := cmd.Run(); err == nil {
		t.Fatal("there is no conflict")
	}
	if _, err := r.open().Index(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "unmerged files") {
		t.Error(err)
	}
}

// TestMergeBase checks the merge base and the errors with the command to run.
func TestMergeBase(t *testing.T) {
	r := newRepo(t)
	if _, err := r.open().MergeBase(t.Context(), "main"); err == nil || !strings.Contains(err.Error(), "no commit to compare") {
		t.Errorf("without a commit: %v", err)
	}
	base := r.commit(map[string]string{"main.tf": "a"})
	r.git("checkout", "-qb", "feature")
	r.commit(map[string]string{"new.tf": "b"})
	r.git("checkout", "-q", "main")
	r.commit(map[string]string{"main.tf": "moved on"})
	r.git("checkout", "-q", "--detach", "feature")
	for _, ref := range []string{"main", "refs/heads/main", base, base[:10]} {
		if got, err := r.open().MergeBase(t.Context(), ref); err != nil || got != base {
			t.Errorf("%s with a detached HEAD: %s, %v", ref, got, err)
		}
	}
	r.git("tag", "feature", "feature") // both names have one commit
	r.git("tag", "-a", "-m", "x", "main", "feature")
	r.git("update-ref", "refs/remotes/origin/main", "main^{commit}")
	r.git("tag", "origin/main", base)
	for _, ref := range []string{"main", "origin/main"} {
		if _, err := r.open().MergeBase(t.Context(), ref); err == nil || !strings.Contains(err.Error(), "it is the name of refs/") {
			t.Errorf("%s, which is also a tag: %v", ref, err)
		}
	}
	if _, err := r.open().MergeBase(t.Context(), "feature"); err != nil {
		t.Error(err)
	}
	r.git("tag", "-d", "main", "origin/main")
	r.git("update-ref", "-d", "refs/remotes/origin/main")
	r.git("checkout", "-q", "--orphan", "island")
	r.commit(map[string]string{"x": "y"})
	for ref, want := range map[string]string{
		"main": "no common commit", "origin/main": "git fetch origin main:refs/remotes/origin/main", "nothing": "git fetch origin nothing",
		"": "is not the name", "-x": "is not the name", "--upload-pack=x": "is not the name", "a b": "there is no commit a b",
	} {
		if _, err := r.open().MergeBase(t.Context(), ref); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", ref, err, want)
		}
	}
}

// TestNoRepository checks the error for a directory without a repository.
func TestNoRepository(t *testing.T) {
	newRepo(t)
	r := repo{t, t.TempDir()}
	if _, err := r.open().MergeBase(t.Context(), "main"); err == nil || !strings.Contains(err.Error(), "git repository cannot be read") {
		t.Error(err)
	}
}

// TestShallow checks that following the error messages in a shallow clone gives a merge base.
func TestShallow(t *testing.T) {
	r := newRepo(t)
	base := r.commit(map[string]string{"main.tf": "a"})
	r.git("checkout", "-qb", "feature")
	r.commit(map[string]string{"new.tf": "b"})
	r.commit(map[string]string{"new.tf": "c"})
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, r.dir+"/.clone")
	clone := r.in(r.dir + "/.clone")
	for _, step := range []struct{ want, then string }{
		{"fetch it with: git fetch origin main:refs/remotes/origin/main", "fetch -q origin main:refs/remotes/origin/main"},
		{"fetch the history with git fetch --unshallow", "fetch -q --unshallow"},
	} {
		_, err := clone.open().MergeBase(t.Context(), "origin/main")
		if err == nil || !strings.Contains(err.Error(), step.want) {
			t.Fatalf("%v, want %s", err, step.want)
		}
		clone.git(strings.Fields(step.then)...)
	}
	if got, err := clone.open().MergeBase(t.Context(), "origin/main"); err != nil || got != base {
		t.Errorf("%s, %v", got, err)
	}
}

// TestPartialClone checks that a missing object is an error and is not fetched.
func TestPartialClone(t *testing.T) {
	r := newRepo(t)
	commit := r.commit(map[string]string{"main.tf": "a", "sub/main.tf": "b"})
	r.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://"+r.dir, r.dir+"/.clone")
	clone := r.in(r.dir + "/.clone")
	clone.git("config", "protocol.file.allow", "always")
	clone.git("config", "remote.origin.uploadpack", "touch "+r.dir+"/fetched; git-upload-pack")
	tree, err := clone.open().Commit(t.Context(), commit, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close() //nolint:errcheck // opened for reading only
	if _, err := fs.ReadFile(tree, "main.tf"); err == nil || !strings.Contains(err.Error(), "not in this clone") {
		t.Error(err)
	}
	if _, err := os.Stat(r.dir + "/fetched"); err == nil {
		t.Error("something was fetched")
	}
}

// TestWhereRepositoriesAre checks working trees whose .git is a file or a symlink, and sparse ones.
func TestWhereRepositoriesAre(t *testing.T) {
	r := newRepo(t)
	files := map[string]string{"a/main.tf": "a", "b/main.tf": "b"}
	r.commit(files)
	r.git("worktree", "add", "-q", "--detach", r.dir+"/../worktree")
	r.git("clone", "-q", "--no-checkout", r.dir, r.dir+"/../sparse")
	sparse := r.in(filepath.Clean(r.dir + "/../sparse"))
	sparse.git("sparse-checkout", "set", "--cone", "--sparse-index", "a")
	sparse.git("checkout", "-q", "main")
	if _, err := os.Stat(sparse.dir + "/b/main.tf"); err == nil {
		t.Fatal("the checkout is not sparse")
	}
	r.git("clone", "-q", "--separate-git-dir", r.dir+"/../separate.git", r.dir, r.dir+"/../separate")
	for _, name := range []string{"worktree", "sparse", "separate"} {
		other := r.in(filepath.Clean(r.dir + "/../" + name))
		if diff := cmp.Diff(files, content(t, other.tree("HEAD", nil))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(files, content(t, other.tree("", nil))); diff != "" {
			t.Errorf("the index of %s: %s", name, diff)
		}
	}
}

// TestSubmodules checks that a submodule is read at the commit in the tree, whatever is checked out.
func TestSubmodules(t *testing.T) {
	lib := newRepo(t)
	lib.commit(map[string]string{"url/main.tf": "old"})
	r := lib.in(t.TempDir())
	r.git("init", "-q")
	r.git("submodule", "--quiet", "add", lib.dir, "modules/lib")
	before := r.commit(map[string]string{"main.tf": "a"})
	checkout := r.in(filepath.Join(r.dir, "modules/lib"))
	checkout.commit(map[string]string{"url/main.tf": "new"})
	r.git("add", "modules/lib")
	staged, err := r.open().Staged(t.Context())
	if diff := cmp.Diff([]string{"modules/lib"}, staged); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for commit, want := range map[string]string{before: "old", "": "new"} {
		if got := content(t, r.tree(commit, nil))["modules/lib/url/main.tf"]; got != want {
			t.Errorf("%q: %q, want %q", commit, got, want)
		}
	}
	r.git("clone", "-q", r.dir, r.dir+"/../cloned") // without the submodule
	clone := r.in(filepath.Clean(r.dir + "/../cloned"))
	entries, err := fs.ReadDir(clone.tree("", nil), "modules/lib")
	if err != nil || len(entries) != 0 {
		t.Errorf("%v, %v", entries, err)
	}
	if err := os.RemoveAll(checkout.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(lib.dir, checkout.dir); err != nil {
		t.Fatal(err)
	}
	if entries, err := fs.ReadDir(r.tree(before, nil), "modules/lib"); err != nil || len(entries) != 0 {
		t.Errorf("a link in the place of a submodule is followed: %v, %v", entries, err)
	}
}

// TestAutoCRLF checks that files have the committed line endings.
func TestAutoCRLF(t *testing.T) {
	r := newRepo(t)
	r.git("config", "core.autocrlf", "true")
	commit := r.commit(map[string]string{"main.tf": "a\r\nb\r\n"})
	for _, tree := range []*git.Tree{r.tree(commit, nil), r.tree("", nil)} {
		if got := content(t, tree)["main.tf"]; got != "a\nb\n" {
			t.Errorf("%q", got)
		}
	}
}

// TestNothingIsRun checks that no program in the configuration, attributes and hooks of a repository is run.
func TestNothingIsRun(t *testing.T) {
	r := newRepo(t)
	r.commit(map[string]string{"main.tf": "a", ".gitattributes": "* filter=evil diff=evil merge=evil\n", "other.tf": "b"})
	r.git("checkout", "-qb", "feature")
	r.write(map[string]string{"main.tf": "changed", "new.tf": "b"})
	r.git("add", "-A")
	proof := filepath.Join(r.dir, ".git", "ran")
	evil := filepath.Join(r.dir, ".git", "evil.sh")
	r.write(map[string]string{evil: "#!/bin/sh\necho \"$0 $*\" >>" + proof + "\ncat\n"})
	hooks, err := filepath.Glob(filepath.Join(r.dir, ".git/hooks/*.sample"))
	if err != nil || len(hooks) == 0 {
		t.Fatal(hooks, err)
	}
	for _, hook := range append(hooks, r.dir+"/.git/hooks/post-index-change.sample", r.dir+"/.git/hooks/reference-transaction.sample") {
		r.write(map[string]string{strings.TrimSuffix(hook, ".sample"): "#!/bin/sh\nexec " + evil + " hook\n"})
		r.executable(strings.TrimSuffix(hook, ".sample"))
	}
	r.executable(evil)
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
		"filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "diff.external",
		"merge.evil.driver", "pager.ls-tree", "pager.cat-file", "pager.diff-index", "alias.ls-tree", "alias.cat-file", "alias.diff-index",
		"gpg.program", "credential.helper", "remote.origin.uploadpack", "uploadpack.packObjectsHook", "sequence.editor", "interactive.diffFilter",
	} {
		value := evil
		if strings.HasPrefix(key, "alias.") {
			value = "!" + evil
		}
		r.git("config", key, value)
	}
	r.git("config", "core.hooksPath", ".git/hooks")
	r.git("config", "filter.evil.required", "true")
	r.git("config", "core.untrackedCache", "true")
	r.git("config", "log.showSignature", "true")
	r.git("config", "protocol.allow", "always")
	r.git("config", "protocol.ext.allow", "always")
	r.git("config", "remote.origin.url", "ext::"+evil)
	r.git("config", "remote.origin.promisor", "true")
	r.git("config", "remote.origin.partialCloneFilter", "blob:none")
	r.git("config", "extensions.partialClone", "origin")
	r.git("config", "core.repositoryFormatVersion", "1")
	if err := os.Remove(proof); err != nil && !errors.Is(err, fs.ErrNotExist) { // created by the commands of the test itself
		t.Fatal(err)
	}
	r.loseObject("other.tf")

	exercise(t, r)
	if ran, err := os.ReadFile(proof); err == nil {
		t.Errorf("the repository has run:\n%s", ran)
	}
}

// loseObject removes the object of a file from the repository, so that git would fetch it.
func (r repo) loseObject(path string) {
	r.Helper()
	cmd := exec.CommandContext(r.Context(), "git", "-c", "core.fsmonitor=false", "-c", "alias.x=x", "ls-files", "-s", path)
	cmd.Dir = r.dir
	out, err := cmd.Output()
	if err != nil {
		r.Fatal(err)
	}
	object := strings.Fields(string(out))[1]
	if err := os.Remove(filepath.Join(r.dir, ".git/objects", object[:2], object[2:])); err != nil {
		r.Fatal(err)
	}
}

func (r repo) executable(name string) {
	r.Helper()
	if err := os.Chmod(name, 0o700); err != nil { //nolint:gosec // a hook must be executable
		r.Fatal(err)
	}
}

// exercise calls all functions of the package.
func exercise(t *testing.T, r repo) {
	t.Helper()
	ctx := context.Background()
	opened := r.open()
	base, err := opened.MergeBase(ctx, "main")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := opened.Staged(ctx); err != nil {
		t.Error(err)
	}
	tree, err := opened.Commit(ctx, base, nil)
	if err != nil {
		t.Fatal(err)
	}
	index, err := opened.Index(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range []*git.Tree{tree, index} {
		got := content(t, tree)
		if got["main.tf"] == "" || !strings.Contains(got["other.tf"], "not in this clone") {
			t.Errorf("%q", got)
		}
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestFolderThatLooksLikeARepository checks that a committed bare repository is not used as a repository.
func TestFolderThatLooksLikeARepository(t *testing.T) {
	outer := newRepo(t)
	outer.commit(map[string]string{"main.tf": "a"})
	inner := outer.in(filepath.Join(outer.dir, "inner"))
	outer.git("init", "-q", "--bare", "inner")
	outer.write(map[string]string{"broken/.git/config": ""})
	for _, r := range []repo{inner, outer.in(filepath.Join(outer.dir, "broken"))} {
		if _, err := r.open().MergeBase(t.Context(), "HEAD"); err == nil || !strings.Contains(err.Error(), "git repository cannot be read") {
			t.Errorf("%s: %v", r.dir, err)
		}
	}
}

// TestHookEnvironment checks that the index in the environment of a hook is used, as in commit --all or commit FILE.
func TestHookEnvironment(t *testing.T) {
	r := newRepo(t)
	r.commit(map[string]string{"main.tf": "a", "sub/x": ""})
	r.write(map[string]string{"main.tf": "b"})
	r.git("add", "-A")
	if err := os.Rename(r.dir+"/.git/index", r.dir+"/.git/next-index"); err != nil {
		t.Fatal(err)
	}
	r.git("read-tree", "HEAD")
	t.Setenv("GIT_DIR", ".git")
	t.Setenv("GIT_INDEX_FILE", ".git/next-index")
	t.Setenv("GIT_EXTERNAL_DIFF", "false")
	t.Setenv("GIT_CONFIG_PARAMETERS", "nonsense")
	if got := content(t, r.tree("", nil))["main.tf"]; got != "b" {
		t.Errorf("the index of the hook has %q", got)
	}
	staged, err := r.open().Staged(t.Context())
	if diff := cmp.Diff([]string{"main.tf"}, staged); err != nil || diff != "" {
		t.Error(err, diff)
	}
	other, err := git.Open(r.dir, t.TempDir()) // the variables refer to another repository
	if err != nil {
		t.Fatal(err)
	}
	if staged, err := other.Staged(t.Context()); err != nil || len(staged) != 0 {
		t.Error(staged, err)
	}
}

func TestRefs(t *testing.T) {
	r := newRepo(t)
	if got, err := r.open().Refs(t.Context()); len(got) != 0 || err != nil {
		t.Errorf("a repository without a commit: %v, %v", got, err)
	}
	head := r.commit(map[string]string{"a": "a"})
	r.git("branch", "feature/a%b")
	r.git("tag", "v1")
	r.git("update-ref", "refs/remotes/origin/main", head)
	got, err := r.open().Refs(t.Context())
	slices.Sort(got)
	if diff := cmp.Diff([]string{"feature/a%b", "main", "origin/main", "v1"}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
