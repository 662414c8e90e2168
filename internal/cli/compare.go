package cli

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/compare"
)

// compareFlags are the flags that limit a report to new findings: those missing from a baseline or another commit.
type compareFlags struct {
	baseline string
	against  string
	staged   bool
	trust    bool
	access   bool
}

func (f *compareFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.baseline, "baseline", "", "report only findings that are not in this baseline `FILE`")
	cmd.Flags().BoolVar(&f.access, "access", false, "with --against or --staged: also report the access that the change opens and closes")
	cmd.Flags().StringVar(&f.against, "against", "", "report only findings that are new since the merge base of HEAD and `REF`, under the configuration of that commit")
	cmd.Flags().BoolVar(&f.staged, "staged", false, "check the git index instead of the working tree; without paths: only units that the staged changes affect")
	cmd.Flags().BoolVar(&f.trust, "trust-config", false, "with --against: let the change loosen .lintel.yaml and its baseline")
}

// registerTrees adds the flags that select the trees to compare, for a command other than check. against describes that flag.
func (f *compareFlags) registerTrees(cmd *cobra.Command, against string) {
	cmd.Flags().StringVar(&f.against, "against", "", against)
	cmd.Flags().BoolVar(&f.staged, "staged", false, "compare the git index with HEAD, or with the base of --against, instead of the working tree")
	cmd.Flags().BoolVar(&f.trust, "trust-config", false, "with --against: let the change loosen .lintel.yaml")
}

// open reads the inputs of the flags. named is true if the command line contains paths.
func (f *compareFlags) open(ctx context.Context, in *input, named bool) (*compare.Comparison, error) {
	if f.trust && f.against == "" {
		return nil, errors.New("--trust-config requires --against; use both or remove --trust-config")
	}
	if f.access && f.against == "" && !f.staged {
		return nil, errors.New("--access requires --against or --staged; use one of them or remove --access")
	}
	opt := compare.Options{Baseline: f.baseline, Against: f.against, Staged: f.staged, Trust: f.trust, Access: f.access}
	if inside := boundary.Rel(in.where.root, resolve(in.where.cwd, f.baseline)); f.baseline != "" && fs.ValidPath(inside) {
		opt.Inside = inside
	}
	return compare.Open(ctx, opt, compare.Source{
		Root: in.where.root, Cwd: in.where.cwd, Work: in.files, VarFiles: in.settings.Values.VarFiles, Paths: in.where.paths, Named: named,
	})
}
