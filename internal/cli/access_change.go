package cli

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"lintel/internal/access"
	"lintel/internal/address"
	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/policies"
)

// hasAccess reports whether a format shows the access that a change opens without being asked to.
func hasAccess(outputs []output) bool {
	return slices.ContainsFunc(outputs, func(o output) bool { return o.format == report.Markdown && !o.none })
}

// accessChange collects the graphs of the units that a change reaches, before and after it.
type accessChange struct {
	tables *access.Tables
	show   func(path string) string

	before, now []*access.Unit
	roots       map[string]string   // by path of the unit
	denied      map[string][]string // classes, by path of the unit
	views       []check.View        // after the change, for their files and problems
	unread      []string            // files that could not be read before the change
	hidden      []string
}

// compareAccess reads the units that a change reaches.
func compareAccess(ctx context.Context, plan *workspace.Plan, base fs.FS, show func(path string) string) (*accessChange, error) {
	c := &accessChange{show: show, roots: map[string]string{}, denied: map[string][]string{}}
	var err error
	if c.tables, err = access.ReadTables(policies.Compiled); err != nil {
		return nil, err
	}
	return c, plan.Reached(ctx, base, func(v check.View, before bool) error {
		c.hidden = append(c.hidden, v.Hidden...)
		unit := access.Build(v.Stack, show(v.Unit.Root), access.Options{
			Reading: v.Unit.Reading(), Tables: c.tables, Files: v.Files, Show: show, Trusted: access.Trusted(v.Input), Oldest: address.NewHistory(v.Moves).Oldest,
		})
		if before {
			c.before = append(c.before, unit)
			if len(v.Problems) > 0 {
				c.unread = append(c.unread, show(v.Unit.Root))
			}
			return nil
		}
		c.now = append(c.now, unit)
		c.roots[unit.Path], c.denied[unit.Path] = v.Unit.Root, plan.DenyNew(v.Unit)
		c.views = append(c.views, check.View{Unit: v.Unit, Files: v.Files, Problems: v.Problems, Gaps: v.Gaps})
		return nil
	})
}

// changes returns what the change opens and closes, with what the configuration denies.
func (c *accessChange) changes() []access.Change {
	all := access.Compare(c.before, c.now, c.tables)
	for i := range all {
		all[i].Denied = all[i].Opens && all[i].Certain && slices.Contains(c.denied[all[i].Unit], string(all[i].Class))
	}
	return all
}

// notes returns notes for the user.
func (c *accessChange) notes() []string {
	if len(c.unread) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("root modules and templates that could not be read completely before the change: %d, such as %s; their access may count as new", len(c.unread), c.unread[0])}
}

// file returns the text of a file after the change; nil: unavailable.
func (c *accessChange) file(name string) *source.File {
	for i := range c.views {
		if file := c.views[i].Files[name]; file != nil {
			return file
		}
	}
	return nil
}

// addAccess adds the access that the change opens and closes to a report, if it is wanted, and a finding for each that the
// configuration denies.
func (r run) addAccess(ctx context.Context, wanted bool, found *finding.Report) error {
	base := r.against.AccessBase
	if base == nil || !wanted && !r.plan.DeniesNew() {
		return nil
	}
	c, err := compareAccess(ctx, r.plan, base, func(path string) string { return path })
	if err != nil {
		return err
	}
	inUnit := map[string][]finding.Finding{}
	for _, change := range c.changes() {
		if !wanted && !change.Denied {
			continue
		}
		at := c.place(change, found)
		found.Access = append(found.Access, finding.Access{
			Range: at, Opens: change.Opens, Class: string(change.Class), Functions: change.Functions, Message: change.Message, Denied: change.Denied,
		})
		if change.Denied {
			root := c.roots[change.Unit]
			inUnit[root] = append(inUnit[root], deniedFinding(change, root))
		}
	}
	if len(found.Access) > 0 {
		found.Rules = slices.Concat(found.Rules, finding.AccessRules())
	}
	r.deny(inUnit, found)
	found.Hidden, found.Notes = append(found.Hidden, c.hidden...), append(found.Notes, c.notes()...)
	return nil
}

// place returns the place of a change in a report, which takes over its file. The place of a removed function is in the text
// before the change.
func (c *accessChange) place(change access.Change, found *finding.Report) source.Range {
	file := c.file(change.At.Path)
	if file == nil || change.Class == access.OfItself && !change.Opens {
		return source.Range{Path: change.At.Path}
	}
	if found.Files == nil {
		found.Files = source.Files{}
	}
	if found.Files[file.Path] == nil {
		found.Files[file.Path] = file
	}
	return change.At
}

// deny adds the findings of units to a report.
func (r run) deny(inUnit map[string][]finding.Finding, found *finding.Report) {
	if len(inUnit) == 0 {
		return
	}
	rule := finding.AccessRules()[0]
	for root, all := range inUnit { // any order: the findings are sorted below
		severity, runs := r.plan.Severity(root, rule)
		if !runs {
			continue
		}
		finding.Identify(all, finding.Names{})
		for i := range all {
			all[i].Severity = severity
		}
		found.Findings = append(found.Findings, all...)
	}
	finding.Sort(found.Findings)
}

// deniedFinding returns the finding of a change that the configuration denies. It fails a run at any severity.
func deniedFinding(change access.Change, root string) finding.Finding {
	resource := change.Unit
	if len(change.Functions) > 0 {
		resource = change.Functions[0]
	}
	f := finding.Finding{
		Place: source.Place{Range: change.At, Resource: resource}, Rule: finding.AccessOpened, Unit: root, Key: string(change.Class),
		Message: change.Message, Fails: true,
	}
	f.Instances = []finding.Instance{{Resource: resource, Message: change.Message}}
	return f
}

// accessAgainst writes what a change opens and closes.
func (a *app) accessAgainst(ctx context.Context, flags accessFlags, in *input, named bool) error {
	flags.compare.access = flags.compare.staged // of HEAD, if there is no other base
	trees, err := flags.compare.open(ctx, in, named)
	if err != nil {
		return err
	}
	defer trees.Close()
	r := run{input: in, against: trees}
	r.take()
	if r.plan, err = in.plan(ctx); err != nil {
		return err
	}
	a.memory.watch(a.errs, r.plan.Suspect)
	r.plan.Prepare(workspace.Overrides{}, workspace.Change{})
	c, err := compareAccess(ctx, r.plan, trees.AccessBase, in.where.show)
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	graphs := accessReader{flags: flags, show: in.where.show, files: source.Files{}, hidden: c.hidden, changes: c.changes()}
	if err := graphs.search(r.plan.Unsearched()); err != nil {
		return err
	}
	for _, v := range c.views {
		graphs.unread(v)
	}
	if slices.ContainsFunc(graphs.changes, func(change access.Change) bool { return change.Denied }) {
		a.exit = ExitFindings
	}
	a.learn(c.hidden)
	for _, note := range c.notes() {
		if _, err := fmt.Fprintf(a.errs, "note: %q\n", note); err != nil {
			return err
		}
	}
	return a.writeAccess(&graphs, in.where)
}
