package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// Tracked are the paths of a tree that version control tracks.
type Tracked struct {
	Paths  []string
	Sparse []string // those of them that are not in the tree because it is a sparse checkout
}

// ErrNoRepository is the error of Settings.Tracked for a tree that is in no repository.
var ErrNoRepository = errors.New("there is no git repository")

// addSkipped adds the gaps of what the search left out although it belongs to the repository.
func (p *Plan) addSkipped(ctx context.Context, skipped parsers.Skipped) error {
	gaps := p.nameGaps(ctx)
	if p.resolver.set.Tracked != nil && skipped.Any() {
		gaps = append(gaps, p.skippedGaps(ctx, skipped)...)
	}
	if p.resolver.set.Tracked != nil && parsers.MayBeSparse(p.files) {
		if tracked, err := p.resolver.set.Tracked(ctx); err == nil {
			gaps = append(gaps, parsers.SparseGaps(p.files, slices.DeleteFunc(tracked.Sparse, func(name string) bool { return !p.isAsked(name) }))...)
		}
	}
	of, err := p.resolver.sortGaps(ctx, gaps)
	if err != nil {
		return err
	}
	maps.Copy(p.ofGaps, of)
	p.gaps = append(p.gaps, gaps...)
	return nil
}

// nameGaps returns the gaps of changed files below the paths of the search that it does not look into because of their names.
func (p *Plan) nameGaps(ctx context.Context) []finding.Gap {
	changed, err := p.changed(ctx)
	if err != nil {
		return nil // narrow checks everything then
	}
	return parsers.NameGaps(ctx, p.files, slices.DeleteFunc(changed, func(name string) bool {
		return !p.isAsked(name) || slices.Contains(p.search.Paths, name) && !p.search.Widen
	}))
}

// skippedGaps asks for the paths of the repository only if something was left out that can be in it.
func (p *Plan) skippedGaps(ctx context.Context, skipped parsers.Skipped) []finding.Gap {
	var tracked Tracked
	var err error
	if skipped.AnyTracked() {
		tracked, err = p.resolver.set.Tracked(ctx)
	}
	switch {
	case errors.Is(err, ErrNoRepository):
		if n := len(skipped.Dirs); n > 0 {
			p.resolver.note(fmt.Sprintf("directories of third-party and generated code that were not searched: %d, such as %s", n, p.resolver.show(skipped.Dirs[0])))
		}
		return parsers.SkippedGaps(ctx, p.files, parsers.Skipped{Changed: skipped.Changed}, nil)
	case err != nil:
		return parsers.UnknownGaps(skipped, err)
	}
	return parsers.SkippedGaps(ctx, p.files, skipped, tracked.Paths)
}

// downloads is the directory of a root module that "terraform init" writes modules to.
const downloads = ".terraform/modules/"

// withoutRead removes the gaps of files in skipped directories that a unit reads. Of a module that "terraform init" downloads, the gap
// remains: a change can edit the copy that git tracks.
func withoutRead(gaps []finding.Gap, parts []finding.Report) []finding.Gap {
	if !slices.ContainsFunc(gaps, func(g finding.Gap) bool { return g.Cause == finding.GapSkipped }) {
		return gaps
	}
	var read []string
	for _, part := range parts {
		for _, checked := range part.Checked {
			read = append(read, checked.Files...)
		}
	}
	var left []finding.Gap
	for _, g := range gaps {
		isWhole := g.Range.End == 0 // a gap at a place of a file is about that place
		isRead := g.Cause == finding.GapSkipped && isWhole && slices.ContainsFunc(read, func(name string) bool { return source.Holds(g.Range.Path, name) })
		switch {
		case !isRead:
			left = append(left, g)
		case strings.Contains(g.Range.Path, downloads):
			g.Message = `the module was checked as git tracks it; it can differ from what "terraform init" downloads`
			left = append(left, g)
		}
	}
	return left
}
