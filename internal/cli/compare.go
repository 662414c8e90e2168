package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/baseline"
	"lintel/internal/boundary"
	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/git"
)

// compareFlags say which findings count: those that a baseline or another commit does not have.
type compareFlags struct {
	baseline string
	against  string
	staged   bool
	trust    bool
}

func (f *compareFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.baseline, "baseline", "", "`FILE` of lintel baseline; findings in it do not count")
	cmd.Flags().StringVar(&f.against, "against", "", "report only what the commit at which HEAD left `REF` does not have, by its configuration")
	cmd.Flags().BoolVar(&f.staged, "staged", false, "check what is staged in git, not the files as they are; without paths: what the commit changes")
	cmd.Flags().BoolVar(&f.trust, "trust-config", false, "with --against: let the change loosen .lintel.yaml and its baseline")
}

// comparison is a run with what it is compared with.
type comparison struct {
	flags compareFlags
	where location
	base  fs.FS // nil: not against a commit
	trees []*git.Tree
	notes []string

	known     baseline.Baseline
	knownName string // the baseline's path as it was typed; empty: none
}

// open reads what the flags name and makes the request judge the index if it is asked to.
func (f *compareFlags) open(ctx context.Context, req *check.Request, where location, paths []string) (*comparison, error) {
	c := &comparison{flags: *f, where: where}
	if f.trust && f.against == "" {
		return nil, errors.New("--trust-config says what --against may take from the change; give it together with --against")
	}
	if f.against != "" || f.staged {
		if err := c.readTrees(ctx, req, paths); err != nil {
			c.close()
			return nil, err
		}
	}
	if f.baseline != "" {
		if err := c.readBaseline(req.FS); err != nil {
			c.close()
			return nil, err
		}
	}
	return c, nil
}

// readTrees reads the base and the index out of git.
func (c *comparison) readTrees(ctx context.Context, req *check.Request, paths []string) error {
	repository, err := git.Open(c.where.root, c.where.cwd)
	if err != nil {
		return err
	}
	work := req.FS
	if c.flags.against != "" {
		commit, err := repository.MergeBase(ctx, c.flags.against)
		if err != nil {
			return fmt.Errorf("--against %s: %w", c.flags.against, err)
		}
		tree, err := repository.Commit(ctx, commit, work)
		if err != nil {
			return fmt.Errorf("--against %s: %w", c.flags.against, err)
		}
		c.base, c.trees = withFiles{tree, work, req.Values.VarFiles}, append(c.trees, tree)
	}
	if !c.flags.staged {
		return nil
	}
	tree, err := repository.Index(ctx, work)
	if err != nil {
		return fmt.Errorf("--staged: %w", err)
	}
	c.trees = append(c.trees, tree)
	changed, err := repository.Staged(ctx)
	if err != nil {
		return fmt.Errorf("--staged: %w", err)
	}
	req.FS = withFiles{tree, work, req.Values.VarFiles}
	if slices.ContainsFunc(changed, func(p string) bool { return slices.Contains(req.Values.VarFiles, p) }) {
		return nil // values for every unit: all that is named is looked at
	}
	req.Widen, req.Paths = true, staged(tree, changed, req.Paths, len(paths) > 0)
	return nil
}

// staged returns the files to look at: the named ones, of named folders those that are changed, and
// whatever is deleted, which a hook cannot name.
func staged(tree fs.FS, changed, paths []string, named bool) []string {
	if !named {
		return changed
	}
	files := slices.DeleteFunc(slices.Clone(changed), func(p string) bool { return !isGone(tree, p) })
	for _, p := range paths {
		info, err := fs.Stat(tree, p)
		if err != nil || !info.IsDir() {
			files = append(files, p)
			continue
		}
		for _, file := range changed {
			if p == "." || strings.HasPrefix(file, p+"/") {
				files = append(files, file)
			}
		}
	}
	return files
}

// readBaseline reads the baseline: of the base if there is one, so that a change cannot add to it.
func (c *comparison) readBaseline(fsys fs.FS) error {
	c.knownName = c.flags.baseline
	inside := boundary.Rel(c.where.root, resolve(c.where.cwd, c.flags.baseline))
	if fs.ValidPath(inside) && c.base != nil && !c.flags.trust {
		return c.baselineBefore(fsys, inside)
	}
	var content []byte
	var err error
	if fs.ValidPath(inside) && c.flags.staged {
		content, err = fs.ReadFile(fsys, inside)
	} else {
		content, err = os.ReadFile(c.flags.baseline)
	}
	return c.parseBaseline(content, err)
}

// baselineBefore reads the baseline as it was before the change.
func (c *comparison) baselineBefore(fsys fs.FS, name string) error {
	content, err := fs.ReadFile(c.base, name)
	if now, nowErr := fs.ReadFile(fsys, name); !bytes.Equal(now, content) || (nowErr == nil) != (err == nil) {
		c.notes = append(c.notes, c.flags.baseline+" is changed; the one before the change is used (--trust-config uses the new one)")
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the change adds it
	}
	err = c.parseBaseline(content, err)
	if _, ok := errors.AsType[*baseline.VersionError](err); ok {
		return fmt.Errorf("%w (this is the baseline before the change; --trust-config uses the one after it)", err)
	}
	return err
}

// parseBaseline parses what was read, unless it could not be read.
func (c *comparison) parseBaseline(content []byte, err error) error {
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return fmt.Errorf("--baseline %s: %w; lintel baseline writes one", c.flags.baseline, err)
	}
	c.known, err = baseline.Parse(c.flags.baseline, content)
	return err
}

// run checks, and takes away what is not new.
func (c *comparison) run(ctx context.Context, checker *check.Checker, req check.Request, ran func(rule string) bool) (finding.Report, error) {
	found, err := checker.Run(ctx, req)
	if err != nil {
		return found, errInterrupted
	}
	if c.base != nil {
		before, err := checker.Run(ctx, c.before(req, found))
		if err != nil {
			return found, errInterrupted
		}
		if n := len(before.Problems); n > 0 {
			c.notes = append(c.notes, fmt.Sprintf("%d of the places before the change could not be checked; findings there count as new", n))
		}
		// What was suppressed before and is not now is new.
		before.Findings = slices.DeleteFunc(before.Findings, func(f finding.Finding) bool { return f.Suppressed != nil })
		found.Findings = baseline.Subtract(found.Findings, before.Findings, func(root string) bool { return isGone(req.FS, root) })
	}
	if c.knownName != "" {
		stale := c.known.Apply(found.Findings, scopeOf(found, req, ran))
		if len(stale) > 0 {
			c.notes = append(c.notes, fmt.Sprintf("%s has %d that nothing matches any more, the first: %s in %s; lintel baseline removes them",
				c.knownName, len(stale), stale[0].Rule, stale[0].Resource))
		}
	}
	found.Notes = append(found.Notes, c.notes...)
	return found, nil
}

// before is the request for the same units before the change. Of what is new, the nearest folder
// that was there is looked at: it may have had another name.
func (c *comparison) before(req check.Request, now finding.Report) check.Request {
	req.FS, req.Widen, req.Progress, req.Paths = c.base, false, nil, nil
	seen := map[string]bool{}
	for _, checked := range now.Checked {
		root := checked.Root
		for root != "." && isGone(c.base, root) {
			root = path.Dir(root)
		}
		if !seen[root] {
			seen[root] = true
			req.Paths = append(req.Paths, root)
		}
	}
	return req
}

func isGone(fsys fs.FS, root string) bool {
	_, err := fs.Stat(fsys, root)
	return errors.Is(err, fs.ErrNotExist)
}

// scopeOf is what a run could have found: in the units that it has checked as a whole, and in those
// below its paths that are gone, by the rules that ran.
func scopeOf(found finding.Report, req check.Request, ran func(rule string) bool) baseline.Scope {
	whole := map[string]bool{}
	for _, checked := range found.Checked {
		whole[checked.Root] = checked.Whole
	}
	below := func(root string) bool {
		for _, p := range req.Paths {
			if p == "." || p == root || strings.HasPrefix(root, p+"/") {
				return true
			}
		}
		return false
	}
	return baseline.Scope{Rule: ran, Unit: func(root string) bool {
		return whole[root] || below(root) && isGone(req.FS, root)
	}}
}

// enabled tells whether a rule ran, or is no longer there.
func enabled(rules []finding.Rule, selection check.Selection) func(string) bool {
	off := map[string]bool{}
	for _, rule := range rules {
		off[rule.ID] = !selection.Enabled(rule)
	}
	return func(id string) bool { return !off[id] }
}

func (c *comparison) close() {
	if c == nil {
		return
	}
	for _, tree := range c.trees {
		_ = tree.Close()
	}
}
