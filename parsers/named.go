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
// tree. One that is no longer a unit is a problem. known are the units of an earlier search, whose values of root modules are those of
// the units.
func Named(fsys fs.FS, roots []string, known []deployment.Unit) ([]deployment.Unit, []finding.Problem) {
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
			units = append(units, passedAgain(fsys, f.readings(root), known)...)
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

// passedAgain returns the readings of a root module with the values that known units of it have, as far as their files are still there.
func passedAgain(fsys fs.FS, readings, known []deployment.Unit) []deployment.Unit {
	var units []deployment.Unit
	for _, k := range known {
		for _, u := range readings {
			if k.Terraform != u.Terraform || k.Root != u.Root {
				continue
			}
			if k.Environment.File != "" {
				if _, err := fs.Stat(fsys, k.Environment.File); err != nil {
					continue
				}
			}
			u.Environment = k.Environment
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return readings
	}
	return sorted(units)
}
