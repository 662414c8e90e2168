// Package parsers finds the units of a tree and reads each with the reader of its format.
package parsers

import (
	"context"
	"io/fs"

	"lintel/internal/deployment"
	"lintel/parsers/cloudformation"
	"lintel/parsers/plan"
	"lintel/parsers/terraform"
)

// Parse reads a unit. The result's problems name what could not be read; the stack is linked
// and never nil.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	switch u.Kind {
	case deployment.TerraformModule:
		return terraform.Parse(ctx, fsys, u, opt)
	case deployment.Template:
		return cloudformation.Parse(ctx, fsys, u, opt)
	case deployment.Plan:
		return plan.Parse(ctx, fsys, u, opt)
	}
	panic("parsers: a unit without a kind")
}
