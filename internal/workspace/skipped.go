package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// ErrNoRepository is the error of Settings.Tracked for a tree that is in no repository.
var ErrNoRepository = errors.New("there is no git repository")

// addSkipped adds the gaps of what the search left out although it belongs to the repository. It asks for the paths of
// the repository only if something was left out.
func (p *Plan) addSkipped(ctx context.Context, skipped parsers.Skipped) error {
	if p.resolver.set.Tracked == nil || !skipped.Any() {
		return nil
	}
	var tracked []string
	var err error
	if skipped.AnyTracked() {
		tracked, err = p.resolver.set.Tracked(ctx)
	}
	var gaps []finding.Gap
	switch {
	case errors.Is(err, ErrNoRepository):
		if n := len(skipped.Dirs); n > 0 {
			p.resolver.note(fmt.Sprintf("directories of third-party and generated code that were not searched: %d, such as %s", n, p.resolver.show(skipped.Dirs[0])))
		}
		gaps = parsers.SkippedGaps(ctx, p.files, parsers.Skipped{Changed: skipped.Changed}, nil)
	case err != nil:
		gaps = parsers.UnknownGaps(skipped, err)
	default:
		gaps = parsers.SkippedGaps(ctx, p.files, skipped, tracked)
	}
	of, err := p.resolver.sortGaps(ctx, gaps)
	if err != nil {
		return err
	}
	maps.Copy(p.ofGaps, of)
	p.gaps = append(p.gaps, gaps...)
	return nil
}

// withoutRead removes the gaps of files in skipped directories that a unit reads, such as downloaded modules.
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
	return slices.DeleteFunc(gaps, func(g finding.Gap) bool {
		isWhole := g.Range.End == 0 // a gap at a place of a file is about that place
		return g.Cause == finding.GapSkipped && isWhole && slices.ContainsFunc(read, func(name string) bool { return source.Holds(g.Range.Path, name) })
	})
}
