package parsers

import (
	"context"
	"io/fs"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
)

// Reach is what a change of files reaches.
type Reach struct {
	IsWhole bool                     // it is unknown: the change can reach every unit
	Units   map[deployment.Unit]bool // units after the change or before it that read something that it changes
	Before  map[deployment.Unit]bool // all units before the change

	now, before *Index
}

// Reach returns what a change reaches. now and before are the trees after and before it, and files the paths that differ. The
// index is that of the tree after the change.
func (t *Index) Reach(ctx context.Context, now, before fs.FS, files []string) Reach {
	renamed := renamedBy(now, before, files)
	r := Reach{Units: map[deployment.Unit]bool{}, Before: map[deployment.Unit]bool{}, now: t}
	after := t.changed(ctx, now, files, renamed)
	r.before = t.in(before, files)
	earlier := r.before.changed(ctx, before, files, renamed)
	r.IsWhole = len(after.Problems)+len(earlier.Problems) > 0
	for _, found := range [][]deployment.Unit{after.Units, earlier.Units} {
		for _, u := range found {
			r.Units[u] = true
		}
	}
	for _, u := range Whole(ctx, before, r.before).Units {
		r.Before[u] = true
	}
	return r
}

// Reading returns the units after the change that read some files or ask for something in them.
func (r Reach) Reading(ctx context.Context, now fs.FS, files []string) []deployment.Unit {
	return r.now.changed(ctx, now, files, nil).Units
}

// SearchBefore is Search in the tree before the change.
func (r Reach) SearchBefore(ctx context.Context, before fs.FS, paths []string) Found {
	return r.before.Search(ctx, before, paths)
}

// changed is SearchChanged without gaps, for all units that certainly ask for what has changed.
func (t *Index) changed(ctx context.Context, fsys fs.FS, files []string, renamed map[string]bool) Found {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	f.index, f.renamed, f.isUpward = t, renamed, true
	units := f.withAskers(f.widen(files))
	return Found{Units: units, Problems: append(f.problems, f.overtime()...)}
}

// renamedBy returns the words that can be names of resources and that the texts of some files have in only one of two trees: whether
// a unit mentions a name matters to the unit that has a resource with it.
func renamedBy(now, before fs.FS, files []string) map[string]bool {
	renamed := map[string]bool{}
	for _, name := range files {
		if !isInModule(name) && !mayBeTemplate(name) {
			continue
		}
		after, earlier := plainNames(now, name), plainNames(before, name)
		for word := range after { // any order: it fills a map
			if !earlier[word] {
				renamed[word] = true
			}
		}
		for word := range earlier { // as above
			if !after[word] {
				renamed[word] = true
			}
		}
	}
	return renamed
}

// plainNames returns the words in a file that can be names of resources.
func plainNames(fsys fs.FS, name string) map[string]bool {
	content, _ := source.ReadText(fsys, name) // a file that is missing has none
	words := map[string]bool{}
	model.Words(content, func(word []byte) { words[string(word)] = true })
	return words
}
