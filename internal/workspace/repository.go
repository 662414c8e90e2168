package workspace

import (
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/deployment"
	"lintel/parsers"
)

// repository returns the units of a tree that those of a run may refer to. units are those of the run, each with its group.
func (p *Plan) repository(ctx context.Context, files fs.FS, units []deployment.Unit, of map[deployment.Unit]*group) *parsers.Repository {
	stacks := map[string]string{}
	for _, g := range slices.Backward(p.order()) { // the first configuration that names a stack counts
		maps.Copy(stacks, g.conf.Stacks)
	}
	return parsers.NewRepository(ctx, files, parsers.Setting{
		Units: func() []deployment.Unit {
			if !p.search.Widen && slices.Contains(p.search.Paths, ".") {
				return units
			}
			return parsers.AllUnits(ctx, files, nil)
		},
		Stacks: stacks,
		Options: func(u deployment.Unit) deployment.Options {
			if g := of[u]; g != nil {
				return g.request.Values
			}
			return p.resolver.set.Values
		},
	})
}
