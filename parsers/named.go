package parsers

import (
	"context"
	"io/fs"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/parsers/cloudformation"
	"lintel/parsers/plan"
)

// Named returns the units whose roots are known from an earlier Find, without a look at the rest of the
// tree. One that is no longer a unit is a problem.
func Named(fsys fs.FS, roots []string) ([]deployment.Unit, []finding.Problem) {
	limit, stop := newLimit(context.Background())
	defer stop()
	f := newFinder(limit, fsys)
	var units []deployment.Unit
	for _, root := range roots {
		if info, err := fs.Stat(fsys, root); err == nil && info.IsDir() {
			if !f.hasSources(root) {
				f.problem(root, "it is no longer a Terraform module")
				continue
			}
			units = append(units, f.readings(root)...)
			continue
		}
		start, err := f.start(root)
		switch {
		case err != nil:
			f.unreadable(root, err)
		case cloudformation.Looks(start):
			units = append(units, f.templateUnits(deployment.Unit{Kind: deployment.Template, Root: root})...)
		case plan.Looks(start):
			units = append(units, deployment.Unit{Kind: deployment.Plan, Root: root})
		default:
			f.problem(root, "it is no longer a template")
		}
	}
	return units, append(f.problems, f.overtime()...)
}
