// Package compare separates new findings from known ones, which are in a baseline or in the tree before a change. It
// also selects the tree to check: the working tree or the git index.
package compare

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"lintel/internal/baseline"
	"lintel/internal/finding"
	"lintel/internal/git"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// Options are the flags for the comparison.
type Options struct {
	Baseline string // file name of the baseline on the command line; empty: none
	Inside   string // path of the baseline in the tree; empty: outside of the tree
	Against  string // revision; the base is its merge base with HEAD; empty: none
	Staged   bool   // check the git index instead of the working tree
	Access   bool   // with Staged: read HEAD, to compare access with it
	Trust    bool   // with Against: use the configurations, rules and baseline of the change
}

// Source describes the input of the command line.
type Source struct {
	Root, Cwd string   // absolute paths of the tree and the working directory
	Work      fs.FS    // working tree
	VarFiles  []string // Terraform variable files, which need not be in git; paths in the tree
	Paths     []string // paths in the tree
	Named     bool     // the command line contains paths
}

// Comparison is a tree to check with the base and the baseline to compare findings with.
type Comparison struct {
	Files fs.FS           // tree to check
	Base  *workspace.Base // tree before the change; nil: no comparison with a tree
	Paths []string        // paths to check

	// AccessBase is the tree to compare access with: the base, or HEAD; nil: none.
	AccessBase fs.FS

	Widen bool // Paths are changed files, see workspace.Search

	// Tracked returns the paths of the index, if that is the tree to check; nil: it is not.
	Tracked func(ctx context.Context) (workspace.Tracked, error)

	isCommitted func(name string) bool // whether the base has a path in git; nil: all of Base is

	// submodules returns the commits of the submodules in the base and in the index, by their paths.
	submodules func(ctx context.Context) (before, now map[string]string, err error)

	opt    Options
	trees  []*git.Tree
	known  baseline.Baseline
	notes  []string
	before *finding.Report // report on the base; nil: not checked yet
}

// Open reads the trees and the baseline of the options. The caller closes the comparison.
func Open(ctx context.Context, opt Options, src Source) (*Comparison, error) {
	c := &Comparison{opt: opt, Files: src.Work, Paths: src.Paths}
	err := c.read(ctx, src)
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (c *Comparison) read(ctx context.Context, src Source) error {
	if c.opt.Against != "" || c.opt.Staged {
		if err := c.readTrees(ctx, src); err != nil {
			return err
		}
	}
	if c.opt.Baseline != "" {
		return c.readBaseline()
	}
	return nil
}

// readTrees reads the base and the index from git.
func (c *Comparison) readTrees(ctx context.Context, src Source) error {
	repository, err := git.Open(src.Root, src.Cwd)
	if err != nil {
		return err
	}
	if c.opt.Against != "" {
		if err := c.readBase(ctx, repository, src); err != nil {
			return fmt.Errorf("--against %s: %w", c.opt.Against, err)
		}
	}
	if !c.opt.Staged {
		return nil
	}
	if c.opt.Access && c.AccessBase == nil {
		if err := c.readHead(ctx, repository, src); err != nil {
			return err
		}
	}
	tree, err := repository.Index(ctx, src.Work)
	if err != nil {
		return fmt.Errorf("--staged: %w", err)
	}
	c.trees = append(c.trees, tree)
	changed, err := repository.Staged(ctx)
	if err != nil {
		return fmt.Errorf("--staged: %w", err)
	}
	c.Files = withFiles{tree, src.Work, src.VarFiles}
	c.Tracked = func(context.Context) (workspace.Tracked, error) { return workspace.Tracked{Paths: tree.Files()}, nil }
	if slices.ContainsFunc(changed, func(p string) bool { return slices.Contains(src.VarFiles, p) }) {
		return nil // variable files can affect every unit, so all paths are checked
	}
	c.Widen, c.Paths = true, staged(tree, changed, src.Paths, src.Named)
	return nil
}

// readBase reads the merge base.
func (c *Comparison) readBase(ctx context.Context, repository *git.Repository, src Source) error {
	commit, err := repository.MergeBase(ctx, c.opt.Against)
	if err != nil {
		return err
	}
	tree, err := repository.Commit(ctx, commit, src.Work)
	if err != nil {
		return err
	}
	c.trees = append(c.trees, tree)
	c.Base = &workspace.Base{FS: withFiles{tree, src.Work, src.VarFiles}, Trust: c.opt.Trust}
	if !c.opt.Staged { // with it, the paths are changed files already
		c.Base.Changed = func(ctx context.Context) ([]string, error) { return tree.Changed(ctx, src.Work, workspace.Skips) }
	}
	c.AccessBase = c.Base.FS
	c.isCommitted = tree.Has
	c.submodules = submodules(repository, tree)
	return nil
}

// submodules returns a function that returns the commits of the submodules in a tree and in the index.
func submodules(repository *git.Repository, tree *git.Tree) func(ctx context.Context) (before, now map[string]string, err error) {
	return func(ctx context.Context) (before, now map[string]string, err error) {
		index, err := repository.Index(ctx, nil)
		if err != nil {
			return nil, nil, err
		}
		defer index.Close() //nolint:errcheck // only read
		return tree.Submodules(), index.Submodules(), nil
	}
}

// readHead reads the tree of HEAD for the comparison of access. Without a commit it is empty.
func (c *Comparison) readHead(ctx context.Context, repository *git.Repository, src Source) error {
	tree, err := repository.Head(ctx, src.Work)
	if err != nil {
		return fmt.Errorf("--staged --access: %w", err)
	}
	c.trees = append(c.trees, tree)
	c.AccessBase = withFiles{tree, src.Work, src.VarFiles}
	return nil
}

// staged returns the paths to check: named files, changed files in named directories, and deleted files, which a hook
// cannot name.
func staged(tree fs.FS, changed, paths []string, named bool) []string {
	if !named {
		return changed
	}
	files := slices.DeleteFunc(slices.Clone(changed), func(p string) bool { return !source.IsMissing(tree, p) })
	for _, p := range paths {
		info, err := fs.Stat(tree, p)
		if err != nil || !info.IsDir() {
			files = append(files, p)
			continue
		}
		for _, file := range changed {
			if source.Holds(p, file) {
				files = append(files, file)
			}
		}
	}
	return files
}

// New returns the report of an outcome with only the new findings: it leaves out those of the base and suppresses those
// in the baseline. It also returns the outcome with all units that new findings may be about. The error is that of ctx
// or of an invalid configuration.
func (c *Comparison) New(ctx context.Context, o *workspace.Outcome) (finding.Report, *workspace.Outcome, error) {
	for {
		found, err := c.newIn(ctx, o)
		if err != nil {
			return found, o, err
		}
		wider, err := o.Sharing(ctx, found.Findings)
		if wider == nil || err != nil {
			return found, o, err
		}
		o = wider
	}
}

// newIn is New for the units of an outcome.
func (c *Comparison) newIn(ctx context.Context, o *workspace.Outcome) (finding.Report, error) {
	found := o.Report
	found.Notes = slices.Concat(found.Notes, c.notes)
	if c.Base != nil {
		before, err := o.Before(ctx, append(c.pathsBefore(found.Checked), c.searchedBefore(found)...))
		if err != nil {
			return found, err
		}
		c.markKnown(ctx, &found, before)
		if n := len(before.Problems); n > 0 {
			found.Notes = append(found.Notes, fmt.Sprintf("locations that could not be checked before the change: %d; findings there count as new", n))
		}
		// A finding that was suppressed before the change and is not suppressed now is new.
		before.Findings = slices.DeleteFunc(before.Findings, func(f finding.Finding) bool { return f.Suppressed != nil })
		c.before = &before
	}
	var stale []baseline.Entry
	found.Findings, stale = c.compared(found.Findings, Scope(o))
	if len(stale) > 0 {
		found.Notes = append(found.Notes, fmt.Sprintf("%s: entries without a matching finding: %d, such as %s in %s; \"lintel baseline\" removes them",
			c.opt.Baseline, len(stale), stale[0].Rule, stale[0].Resource))
	}
	return found, nil
}

// compared removes findings of the base and suppresses those in the baseline. It returns the entries of the baseline in
// the scope that match no finding.
func (c *Comparison) compared(found []finding.Finding, scope baseline.Scope) ([]finding.Finding, []baseline.Entry) {
	if c.before == nil && len(c.known.Entries) == 0 {
		return found, nil
	}
	found = slices.Clone(found)
	if c.before != nil {
		found = baseline.Subtract(found, c.before.Findings, func(root string) bool { return source.IsMissing(c.Files, root) })
	}
	return found, c.known.Apply(found, scope)
}

// Recheck returns a function that checks units of an outcome in an edited tree and compares the findings like New,
// which must be called first.
func (c *Comparison) Recheck(o *workspace.Outcome) func(ctx context.Context, files fs.FS, roots []string) (finding.Report, error) {
	return func(ctx context.Context, files fs.FS, roots []string) (finding.Report, error) {
		found, err := o.Recheck(ctx, files, roots)
		if err == nil {
			found.Findings, _ = c.compared(found.Findings, func(string, string) bool { return false })
		}
		return found, err
	}
}

// pathsBefore returns the paths of the units before the change. For a new unit it is the nearest directory that
// existed, because the unit may have been renamed.
func (c *Comparison) pathsBefore(now []finding.Checked) []string {
	var paths []string
	seen := map[string]bool{}
	for _, checked := range now {
		root := checked.Root
		for root != "." && source.IsMissing(c.Base.FS, root) {
			root = path.Dir(root)
		}
		if !seen[root] {
			seen[root] = true
			paths = append(paths, root)
		}
	}
	return paths
}

// searchedBefore returns the files with problems and gaps of the search that were there before the change.
func (c *Comparison) searchedBefore(found finding.Report) []string {
	read := map[string]bool{}
	for _, checked := range found.Checked {
		read[checked.Root] = true
		for _, name := range checked.Files {
			read[name] = true
		}
	}
	var paths []string
	add := func(name string) {
		info, err := fs.Stat(c.Base.FS, name)
		if !read[name] && err == nil && info.Mode().IsRegular() {
			read[name] = true
			paths = append(paths, name)
		}
	}
	for _, p := range found.Problems {
		add(p.Range.Path)
	}
	for _, g := range found.Gaps {
		if g.Cause != finding.GapSkipped {
			add(g.Range.Path)
		}
	}
	return paths
}

// Scope returns what a check can find: findings of the rules that ran, in completely checked units and in deleted units
// below its paths.
func Scope(o *workspace.Outcome) baseline.Scope {
	whole := map[string]bool{}
	for _, checked := range o.Report.Checked {
		is, again := whole[checked.Root]
		whole[checked.Root] = checked.Whole && (is || !again) // several units may have one root
	}
	below := func(root string) bool {
		return slices.ContainsFunc(o.Paths(), func(p string) bool { return source.Holds(p, root) })
	}
	return func(root, rule string) bool {
		return (whole[root] || below(root) && source.IsMissing(o.Files(), root)) && o.Ran(root, rule)
	}
}

// Close closes the trees.
func (c *Comparison) Close() {
	for _, tree := range c.trees {
		_ = tree.Close() // opened for reading only
	}
}
