package workspace

import (
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/deployment"
	"lintel/parsers"
)

// repository returns the repository of the plan's tree. reuse is that of [parsers.Setting].
func (p *Plan) repository(ctx context.Context, reuse bool) *parsers.Repository {
	return p.repositoryIn(ctx, p.files, p.ofUnits, reuse, func(ctx context.Context) parsers.Found {
		switch {
		case !p.search.Widen && slices.Contains(p.search.Paths, "."):
			return p.found
		case p.isChecking.Load():
			return parsers.Whole(ctx, p.files, p.resolver.search)
		}
		return parsers.Whole(ctx, p.files, nil)
	})
}

// repositoryIn returns the units of a tree that those of a run may refer to. of are the groups of those that are known.
func (p *Plan) repositoryIn(ctx context.Context, files fs.FS, of map[deployment.Unit]*group, reuse bool, find func(ctx context.Context) parsers.Found) *parsers.Repository {
	stacks := map[string]string{}
	for _, g := range slices.Backward(p.order()) { // the first configuration that names a stack counts
		maps.Copy(stacks, g.conf.Stacks)
	}
	return parsers.NewRepository(ctx, files, parsers.Setting{
		Find: find, Stacks: stacks, Reuse: reuse,
		Options: func(u deployment.Unit) deployment.Options {
			if g := of[u]; g != nil {
				return g.request.Values
			}
			return p.resolver.set.Values
		},
	})
}
