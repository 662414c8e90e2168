package parsers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
	"lintel/parsers/plan"
	"lintel/parsers/terraform"
)

// Found is the result of a search.
type Found struct {
	Units    []deployment.Unit // in a fixed order
	Problems []finding.Problem // paths and files that cannot be read
	Gaps     []finding.Gap     // files of other tools whose output is missing
	Unread   []string          // paths that were asked for and are files of no parser
	Skipped  Skipped
	Files    source.Files // those with places in problems and gaps

	parts map[string][]string // modules that modules call, and templates that templates name as their nested stacks
}

// Find returns the units and problems of Search.
func Find(fsys fs.FS, paths []string) ([]deployment.Unit, []finding.Problem) {
	found := Search(fsys, paths)
	return found.Units, found.Problems
}

// Search is SearchWithin without a caller that may end it.
func Search(fsys fs.FS, paths []string) Found {
	return SearchWithin(context.Background(), fsys, paths)
}

// SearchWithin is Search of an index without one.
func SearchWithin(ctx context.Context, fsys fs.FS, paths []string) Found {
	return (*Index)(nil).Search(ctx, fsys, paths)
}

// Search finds the units that paths belong to. A directory stands for everything below it, a file for the unit that it
// is part of. A Terraform module that another found module calls is not a unit of its own: it is checked with the
// arguments of the call. A path that is only a part of the tree brings the root modules elsewhere in the tree that call the
// modules there. The result is incomplete if ctx ends before.
func (t *Index) Search(ctx context.Context, fsys fs.FS, paths []string) Found {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	f.index = t
	f.isWhole = slices.Contains(paths, ".")
	for _, p := range paths {
		f.path(path.Clean(p))
	}
	f.classify()
	f.findGaps()
	units := f.units()
	found := Found{Units: units, Gaps: f.gaps, Unread: f.unread(), Skipped: f.skipped, Files: f.faulty}
	found.Problems, found.parts = slices.Concat(f.problems, f.overtime()), f.parts()
	return found
}

// units returns the units among the candidates.
func (f *finder) units() []deployment.Unit {
	var units []deployment.Unit
	roots := f.roots()
	if !f.isWhole {
		roots = f.outermost(roots)
	}
	roots = f.deployedModules(roots)
	for _, dir := range roots {
		if f.limit.isOver(dir) {
			units = append(units, deployment.Unit{Kind: deployment.TerraformModule, Root: dir})
			continue
		}
		units = append(units, f.moduleUnits(dir)...)
	}
	for _, file := range f.stacks() {
		units = append(units, f.templateUnits(deployment.Unit{Kind: f.templates[file], Root: file})...)
	}
	slices.SortFunc(units, deployment.Unit.Compare)
	return units
}

// parts returns the modules that modules call, after units, and the templates that templates name as their nested stacks.
func (f *finder) parts() map[string][]string {
	parts := maps.Clone(f.nested)
	maps.Copy(parts, f.calls)
	return parts
}

// readings returns the units of a root module: two if Terraform and OpenTofu read different files of it, and Terraform
// can read all modules that it calls then.
func (f *finder) readings(root string) []deployment.Unit {
	units := []deployment.Unit{{Kind: deployment.TerraformModule, Root: root}}
	roles := map[string]terraform.Role{}
	f.follow([]string{root}, roles)
	if !slices.ContainsFunc(slices.Collect(maps.Values(roles)), func(r terraform.Role) bool { return r.Differs }) {
		return units
	}
	other := f.beside(withoutOpenTofu{f.fsys})
	called := map[string]terraform.Role{}
	other.follow([]string{root}, called)
	for _, role := range f.rolesOf(slices.Sorted(maps.Keys(called))) {
		if role.OnlyOpenTofu {
			return units
		}
	}
	return append(units, deployment.Unit{Kind: deployment.TerraformModule, Root: root, Terraform: true})
}

// unread returns the named files that neither belong to a unit nor are a gap.
func (f *finder) unread() []string {
	var all []string
	for _, p := range f.named {
		_, isTemplate := f.templates[p]
		isKnown := isTemplate && f.isTemplate(p) || isInModule(p) && f.modules[path.Dir(p)] ||
			slices.ContainsFunc(f.terragrunt(), func(c terraform.Terragrunt) bool { return c.File == p && c.Module != "" }) ||
			slices.ContainsFunc(f.gaps, func(g finding.Gap) bool { return g.Range.Path == p }) ||
			slices.ContainsFunc(f.problems, func(other finding.Problem) bool { return other.Range.Path == p })
		if !isKnown {
			all = append(all, p)
		}
	}
	return all
}

// finder gathers candidates.
type finder struct {
	fsys      fs.FS
	limit     *limit
	isWhole   bool                       // the candidates are those of the whole tree
	modules   map[string]bool            // directories with Terraform files
	templates map[string]deployment.Kind // files that are a unit of their own
	maybe     []string                   // files whose content tells whether they are a unit
	nested    map[string][]string        // templates that templates name as their nested stacks
	calls     map[string][]string        // modules that modules call; nil: graph was not asked for
	stacksOf  map[string][]string        // templates that templates deploy as nested stacks, directly or through others
	tools     []string                   // files of other tools
	named     []string                   // files that the caller names
	problems  []finding.Problem
	gaps      []finding.Gap
	mu        sync.Mutex // guards skipped and sources: files of tools are read at the same time
	skipped   Skipped
	sources   map[string]bool // whether a directory has Terraform files: it may have thousands of files with values
	index     *Index          // what is known already; nil: nothing
	tree      *finder         // of the whole tree; nil: it was not searched

	configs []terraform.Terragrunt   // nil: not read yet
	passed  map[string]*environments // by the directory of the module; nil: not asked for

	faulty       source.Files // configuration files of the SAM CLI with problems or gaps
	samConfigs   map[string]cloudformation.SAMConfig
	samConfigsIn map[string][]string // by directory

	isUpward bool            // changed files can belong to units above the nearest one, too, whatever their names are
	isRough  bool            // the words of a question are enough to take a unit as one that asks it
	renamed  map[string]bool // words that the change adds to texts or removes from them
	touched  map[string]bool // directories and files that something has changed in or that are gone; nil: not asked
	searched map[string]bool // directories at or above which the nearest unit was looked for
}

func (f *finder) path(p string) {
	info, err := fs.Stat(f.fsys, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.problem(p, "there is no such file or directory")
	case err != nil:
		f.unreadable(p, err)
	case info.IsDir():
		f.folder(p)
	case !info.Mode().IsRegular():
		f.problem(p, "not read: it is not a regular file")
	default:
		f.named = append(f.named, p)
		f.file(p)
		if isUnsearched(p) {
			f.maybe = append(f.maybe, p)
		}
	}
}

func (f *finder) problem(p, message string) { f.problems = append(f.problems, problemAt(p, message)) }

func (f *finder) unreadable(p string, err error) {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	f.problem(p, "not read: "+strings.TrimPrefix(err.Error(), "not read: "))
}

// folder walks what is below a directory.
func (f *finder) folder(root string) {
	short := f.limit.folder(f.fsys, root, func(p string, entry fs.DirEntry, err error) {
		switch {
		case err != nil:
			f.unreadable(p, err)
		case entry.Type().IsRegular():
			f.file(p)
		case entry.Type()&fs.ModeSymlink != 0:
			f.link(p)
		}
	}, func(dir string) {
		if path.Base(dir) != ".git" {
			f.skipped.Dirs = append(f.skipped.Dirs, dir)
		}
	}, func(dir string) { f.skipped.Empty = append(f.skipped.Empty, dir) })
	f.problems = append(f.problems, short...)
}

// overtime returns the problems with limits because of which the search has not seen all of the tree.
func (f *finder) overtime() []finding.Problem {
	var short []finding.Problem
	if f.index != nil {
		short = slices.Clone(f.index.short)
	}
	for _, p := range f.limit.overtime() {
		if !slices.Contains(short, p) {
			short = append(short, p)
		}
	}
	return short
}

// IsThirdParty reports by its base name whether a directory contains third-party or generated code, which is not searched.
func IsThirdParty(name string) bool {
	switch name {
	case ".git", ".terraform", ".terragrunt-cache", "node_modules", ".aws-sam", ".venv", "venv", "__pycache__":
		return true
	}
	return strings.HasPrefix(name, "asset.") // assets below cdk.out
}

// mayBeTemplate reports by its name whether a file may be a template or a plan.
func mayBeTemplate(p string) bool { return source.SyntaxOf(p).MayBeTemplate() }

// isOfAnyKind reports by its name whether a file may be a template or a plan only as a whole: others contain examples of them.
func isOfAnyKind(p string) bool { return !mayBeTemplate(p) || source.SyntaxOf(p) == source.Text }

// isUnsearched reports by its name whether a search does not look into a file to find a template.
func isUnsearched(p string) bool { return !mayBeTemplate(p) && !source.SyntaxOf(p).IsModule() }

// isSource reports by its name whether a file may be a unit, a gap or declare a part of a unit.
func isSource(p string) bool {
	syntax := source.SyntaxOf(p)
	return syntax.IsModule() || syntax.MayBeTemplate() || isTool(p)
}

// isTool reports by its name whether a file may be one of another tool, whose output lintel checks.
func isTool(p string) bool { return source.ToolOf(p) != source.NoTool }

// link judges a symbolic link, which may stand for a template.
func (f *finder) link(p string) {
	info, err := fs.Stat(f.fsys, p)
	switch {
	case err == nil && isSource(p) && info.Mode().IsRegular():
		f.file(p)
	case err != nil && isSource(p):
		f.unreadable(p, err)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		f.skipped.Links = append(f.skipped.Links, p)
	}
}

func (f *finder) file(p string) {
	if isTool(p) {
		f.tools = append(f.tools, p)
	}
	switch {
	case isInModule(p):
		if source.SyntaxOf(p).IsModule() || f.hasSources(path.Dir(p)) {
			f.modules[path.Dir(p)] = true
		}
		if source.SyntaxOf(p) == source.HCLValuesJSON { // the tools of CloudFormation read a file of any name
			f.maybe = append(f.maybe, p)
		}
	case mayBeTemplate(p):
		f.maybe = append(f.maybe, p)
	}
}

// classify looks into the files that may be templates or plans, several at a time.
func (f *finder) classify() {
	f.deployedFiles()
	slices.Sort(f.maybe)
	f.maybe = slices.Compact(f.maybe)
	for i, r := range f.kindsOf(f.maybe) {
		if r.err != nil {
			f.unreadable(f.maybe[i], r.err)
		}
		if r.isPointer {
			f.gaps = append(f.gaps, gapAt(f.maybe[i], `the content of the file is in Git LFS, and was not checked; run "git lfs pull"`))
		}
		if r.is {
			f.templates[f.maybe[i]] = r.kind
			f.nested[f.maybe[i]], f.stacksOf[f.maybe[i]] = r.nested, r.stacks
		}
	}
}

// buffers are for the texts of files that are no units: most files of a repository are none.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }} //nolint:gochecknoglobals // a pool serves all

// kindOf looks into a file.
func (f *finder) kindOf(p string) (found kindOf) {
	defer func() {
		if cause := recover(); cause != nil {
			found = kindOf{err: fmt.Errorf("lintel failed with an internal error (%v); please report it", cause)}
		}
	}()
	buffer, _ := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	isWhole, err := source.Start(f.fsys, p, buffer)
	start := buffer.Bytes()
	defer func() {
		if !found.is { // nothing refers to the text
			buffers.Put(buffer)
		}
	}()
	switch {
	case err != nil:
		return kindOf{err: err}
	case !isWhole && !mayBeTemplate(p):
		return kindOf{}
	case !isWhole:
		return kindOf{err: f.tooLarge(p)}
	case mayBeTemplate(p) && isPointer(start):
		return kindOf{isPointer: true}
	}
	return f.kindIn(p, start)
}

// kindIn looks into the whole content of a file.
func (f *finder) kindIn(p string, content []byte) kindOf {
	isTemplate := cloudformation.Looks(content)
	isPlan := (!isTemplate || isOfAnyKind(p)) && plan.Looks(content) // a template by its name and content is no plan
	switch {
	case !isTemplate && !isPlan && !mayBeTemplate(p):
		return kindOf{} // parsing is what costs
	case isOfAnyKind(p) && !isPlan && !cloudformation.IsWhole(content):
		return kindOf{}
	case isTemplate:
		named, stacks := cloudformation.Nested(f.fsys, p, content)
		return kindOf{kind: deployment.Template, is: true, nested: named, stacks: stacks}
	case isPlan, source.SyntaxOf(p) == source.JSON && plan.LooksAfterText(content):
		return kindOf{kind: deployment.Plan, is: true}
	}
	return kindOf{}
}

// tooLarge returns an error for a file above the limit that has the words of a template or plan anywhere. Other large
// files are data.
func (f *finder) tooLarge(p string) error {
	words := slices.Concat(cloudformation.Words(), plan.Words())
	found, err := source.Words(f.fsys, p, words)
	has := func(word string) bool { return found[word] }
	if err == nil && (cloudformation.HasWords(has) || plan.HasWords(has)) {
		return fmt.Errorf("%w (--max-file-size)", source.TooLargeError(source.LimitOf(f.fsys, p)))
	}
	return err
}

// parallel calls do for 0 to n-1, as many at a time as there are processors.
func parallel(n int, do func(i int)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() error {
			do(i)
			return nil
		})
	}
	_ = group.Wait() // the functions return no errors
}

// isTemplate reports whether a file that looks like a template or plan has one.
func (f *finder) isTemplate(p string) bool {
	content, err := f.start(p)
	return err != nil || f.templates[p] != deployment.Template || cloudformation.IsTemplate(source.NewFile(p, source.UTF8(content)))
}

// start returns as much of a file as a reader would accept.
func (f *finder) start(p string) ([]byte, error) {
	var content bytes.Buffer
	_, err := source.Start(f.fsys, p, &content)
	return content.Bytes(), err
}
