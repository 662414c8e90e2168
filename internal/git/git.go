// Package git reads the trees of commits and of the index from a git repository. It only uses plumbing commands of the
// git program. Nothing that a repository configures is run: no hook, filter, diff driver, file system monitor or pager,
// and nothing is fetched.
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

// Repository is a repository with a working tree.
type Repository struct {
	root string // absolute path of the working tree
	env  []string
}

// Open returns the repository with the working tree at root. Relative paths in the environment are relative to cwd.
func Open(root, cwd string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("git is required for this and was not found in PATH")
	}
	return &Repository{root: root, env: environment(os.Environ(), root, cwd)}, nil
}

// environment returns the environment of git. Of git's own variables it keeps those with the location of the repository
// and the index, which hooks require, and of the user's configuration, which contains safe directories. It removes
// those that make git run or write something. GIT_ALLOW_PROTOCOL takes precedence over the configuration of a
// repository, so that missing objects are never fetched.
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

// isConfiguration reports whether a variable contains configuration or its location; -c on the command line overrides
// it.
func isConfiguration(name string) bool {
	switch name {
	case "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT":
		return true
	}
	return strings.HasPrefix(name, "GIT_CONFIG_KEY_") || strings.HasPrefix(name, "GIT_CONFIG_VALUE_")
}

// command returns a git command in the repository.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	safe := []string{
		"--no-pager", "--literal-pathspecs",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.untrackedCache=false",
		"-c", "core.quotePath=false", "-c", "protocol.allow=never", "-c", "diff.external=", "-c", "submodule.recurse=false",
		"-c", "safe.bareRepository=explicit", // ignore directories that look like a bare repository
	}
	cmd := exec.CommandContext(ctx, "git", append(safe, args...)...) //nolint:gosec // no argument is a command
	cmd.Dir, cmd.Env = r.root, r.env
	return cmd
}

// run returns the output of git. The error contains its error output.
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

// MergeBase returns the merge base of HEAD and ref. Errors contain the command that fetches missing commits.
func (r *Repository) MergeBase(ctx context.Context, ref string) (string, error) {
	if ref == "" || strings.HasPrefix(ref, "-") {
		return "", fmt.Errorf("%q is not the name of a branch, tag or commit", ref)
	}
	if _, err := r.run(ctx, "rev-parse", "--git-dir"); err != nil {
		return "", fmt.Errorf("the git repository cannot be read: %w", err)
	}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return "", errors.New("the repository has no commit to compare with")
	}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}"); err != nil {
		return "", fmt.Errorf("there is no commit %s in this clone; fetch it with: git fetch origin %s", ref, refspec(ref))
	}
	if names := r.named(ctx, ref); len(names) > 0 {
		return "", fmt.Errorf("it is the name of %s; write the full name of one", strings.Join(names, " and of "))
	}
	base, err := r.run(ctx, "merge-base", ref, "HEAD")
	if err == nil {
		return strings.TrimSpace(string(base)), nil
	}
	if shallow, shallowErr := r.run(ctx, "rev-parse", "--is-shallow-repository"); shallowErr == nil && strings.TrimSpace(string(shallow)) == "true" {
		return "", fmt.Errorf("this clone is shallow and does not contain the merge base with %s; fetch the history with git fetch --unshallow, or set fetch-depth: 0 in the checkout step of the pipeline", ref)
	}
	return "", fmt.Errorf("HEAD and %s have no common commit", ref)
}

// named returns the full names of the references that a short name can mean, if their commits differ
// (https://git-scm.com/docs/gitrevisions). Git takes the first one, so a tag could replace the branch that a pipeline compares with.
func (r *Repository) named(ctx context.Context, ref string) []string {
	full := []string{"refs/tags/" + ref, "refs/heads/" + ref, "refs/remotes/" + ref}
	out, _ := r.run(ctx, append([]string{"for-each-ref", "--format=%(refname) %(objectname) %(*objectname)"}, full...)...) // ref was resolved before
	var names []string
	commits := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if fields := strings.Fields(line); slices.Contains(full, fields[0]) {
			names = append(names, fields[0])
			commits[fields[len(fields)-1]] = true
		}
	}
	if len(commits) < 2 { //nolint:mnd // at least two can differ
		return nil
	}
	return names
}

// maxRefs is the number of names that Refs returns.
const maxRefs = 200

// Refs returns the names of branches, remote branches and tags, the newest first.
func (r *Repository) Refs(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, "for-each-ref", fmt.Sprintf("--count=%d", maxRefs), "--sort=-creatordate", "--format=%(refname:lstrip=2)", "refs/heads", "refs/remotes", "refs/tags")
	return strings.Fields(string(out)), err
}

// Staged returns the paths that differ between the index and HEAD, including deleted ones. A changed submodule is one
// path.
func (r *Repository) Staged(ctx context.Context) ([]string, error) {
	args := []string{"diff-index", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ita-invisible-in-index", "--ignore-submodules=dirty", "-z", "HEAD", "--"}
	if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil { // there is no commit yet
		args = []string{"ls-files", "--cached", "-z"}
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(p string) bool { return p == "" }), nil
}

// refspec returns the argument of git fetch for a reference. For a remote-tracking branch it includes the destination,
// because a single-branch clone does not update it otherwise.
func refspec(ref string) string {
	if branch, ok := strings.CutPrefix(ref, "origin/"); ok {
		return branch + ":refs/remotes/origin/" + branch
	}
	return ref
}
