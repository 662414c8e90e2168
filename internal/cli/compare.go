package cli

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/compare"
)

// compareFlags say which findings count: those that a baseline or another commit does not have.
type compareFlags struct {
	baseline string
	against  string
	staged   bool
	trust    bool
}

func (f *compareFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.baseline, "baseline", "", "`FILE` of lintel baseline; findings in it do not count")
	cmd.Flags().StringVar(&f.against, "against", "", "report only what the commit at which HEAD left `REF` does not have, by its configuration")
	cmd.Flags().BoolVar(&f.staged, "staged", false, "check what is staged in git, not the files as they are; without paths: what the commit changes")
	cmd.Flags().BoolVar(&f.trust, "trust-config", false, "with --against: let the change loosen .lintel.yaml and its baseline")
}

// open reads what the flags name. named: the command line has paths.
func (f *compareFlags) open(ctx context.Context, in *input, named bool) (*compare.Comparison, error) {
	if f.trust && f.against == "" {
		return nil, errors.New("--trust-config says what --against may take from the change; give it together with --against")
	}
	opt := compare.Options{Baseline: f.baseline, Against: f.against, Staged: f.staged, Trust: f.trust}
	if inside := boundary.Rel(in.where.root, resolve(in.where.cwd, f.baseline)); f.baseline != "" && fs.ValidPath(inside) {
		opt.Inside = inside
	}
	return compare.Open(ctx, opt, compare.Source{
		Root: in.where.root, Cwd: in.where.cwd, Work: in.files, VarFiles: in.settings.Values.VarFiles, Paths: in.where.paths, Named: named,
	})
}
