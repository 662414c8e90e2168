// Package git reads trees out of a git repository: what a commit or the index holds. It uses the
// git program for plumbing only. Nothing that a repository configures is run: no hook, filter,
// diff or file system monitor, no pager, and nothing is fetched.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Repository is a work tree.
type Repository struct {
	root string // absolute path of the top of the work tree
	env  []string
}

// Open returns the repository whose work tree begins at root. cwd is what relative paths in the
// environment are relative to.
func Open(root, cwd string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("the program git is needed for this and was not found")
	}
	return &Repository{root: root, env: environment(os.Environ(), root, cwd)}, nil
}

// environment is what git gets: of git's own variables those that say where the repository and its
// index are, which a hook needs, and where the user's configuration is, which says whose repositories
// are safe; none that make it run or write anything. GIT_ALLOW_PROTOCOL wins over what a repository
// allows itself, so that an object that is not here is never fetched.
func environment(all []string, root, cwd string) []string {
	kept := []string{"GIT_DIR", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
	inside := filepath.Clean(cwd) == root || strings.HasPrefix(cwd, root+string(filepath.Separator))
	var env []string
	ceilings := []string{filepath.Dir(root)}
	for _, pair := range all {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(strings.ToUpper(name), "GIT_") || isConfiguration(name) {
			env = append(env, pair)
			continue
		}
		if name == "GIT_CEILING_DIRECTORIES" {
			ceilings = append(ceilings, value)
			continue
		}
		if !inside || !slices.Contains(kept, name) {
			continue
		}
		if name != "GIT_ALTERNATE_OBJECT_DIRECTORIES" && value != "" && !filepath.IsAbs(value) {
			value = filepath.Join(cwd, value)
		}
		env = append(env, name+"="+value)
	}
	return append(env, "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none", "GIT_CEILING_DIRECTORIES="+strings.Join(ceilings, string(filepath.ListSeparator)),
		"GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", "GIT_WORK_TREE="+root, "LC_ALL=C")
}

// isConfiguration reports whether a variable says where configuration is, or is some: what -c says
// comes after it.
func isConfiguration(name string) bool {
	switch name {
	case "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT":
		return true
	}
	return strings.HasPrefix(name, "GIT_CONFIG_KEY_") || strings.HasPrefix(name, "GIT_CONFIG_VALUE_")
}

// command is a call of git in the repository.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	safe := []string{
		"--no-pager", "--literal-pathspecs",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.untrackedCache=false",
		"-c", "core.quotePath=false", "-c", "protocol.allow=never", "-c", "diff.external=", "-c", "submodule.recurse=false",
		"-c", "safe.bareRepository=explicit", // a folder that looks like a repository is none
	}
	cmd := exec.CommandContext(ctx, "git", append(safe, args...)...) //nolint:gosec // no argument is a command
	cmd.Dir, cmd.Env = r.root, r.env
	return cmd
}

// run returns what git prints. The error is what it complains about.
func (r *Repository) run(ctx context.Context, args ...string) ([]byte, error) {
	var out, errs bytes.Buffer
	cmd := r.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(errs.String()); text != "" {
			return nil, fmt.Errorf("git %s: %s", args[0], text)
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out.Bytes(), nil
}

// MergeBase returns the commit at which HEAD left ref. Errors say what to fetch.
func (r *Repository) MergeBase(ctx context.Context, ref string) (string, error) {
	if ref == "" || strings.HasPrefix(ref, "-") {
		return "", fmt.Errorf("%q is no name of a branch, tag or commit", ref)
	}
	if _, err := r.run(ctx, "rev-parse", "--git-dir"); err != nil {
		return "", fmt.Errorf("this is no git repository that can be read: %w", err)
	}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return "", errors.New("there is no commit yet to compare")
	}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}"); err != nil {
		return "", fmt.Errorf("there is no commit %s here; fetch it first: git fetch origin %s", ref, refspec(ref))
	}
	base, err := r.run(ctx, "merge-base", ref, "HEAD")
	if err == nil {
		return strings.TrimSpace(string(base)), nil
	}
	if shallow, shallowErr := r.run(ctx, "rev-parse", "--is-shallow-repository"); shallowErr == nil && strings.TrimSpace(string(shallow)) == "true" {
		return "", fmt.Errorf("this clone is shallow, and the commit at which HEAD left %s is not in it; get the history first: git fetch --unshallow, or fetch-depth: 0 where a pipeline checks out", ref)
	}
	return "", fmt.Errorf("HEAD and %s have no commit in common", ref)
}

// Staged returns the paths that the index has changed against HEAD, those that it deletes included.
// A submodule at another commit is one path.
func (r *Repository) Staged(ctx context.Context) ([]string, error) {
	args := []string{"diff-index", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ita-invisible-in-index", "--ignore-submodules=dirty", "-z", "HEAD", "--"}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil { // the first commit
		args = []string{"ls-files", "--cached", "-z"}
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(p string) bool { return p == "" }), nil
}

// refspec is what to fetch to have a reference: for one of a remote also where to, because a clone of
// one branch does not follow the others.
func refspec(ref string) string {
	if branch, ok := strings.CutPrefix(ref, "origin/"); ok {
		return branch + ":refs/remotes/origin/" + branch
	}
	return ref
}
