package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/policy"
	"lintel/internal/source"
)

// policyFlags are the flags for custom rules.
type policyFlags struct{ dirs []string }

func (f *policyFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.dirs, "policies", nil, "`DIR` with custom rules, in the layout of lintel rule new; repeatable")
}

// settings puts the directories of the flag into the settings: those in the file tree by path, the others as file
// systems.
func (f *policyFlags) settings(in *input, staged bool) error {
	for _, dir := range f.dirs {
		absolute := resolve(in.where.cwd, dir)
		relative := boundary.Rel(in.where.root, absolute)
		if fs.ValidPath(relative) {
			if !slices.Contains(in.settings.Named, relative) {
				in.settings.Named = append(in.settings.Named, relative)
			}
			continue
		}
		root, err := source.OpenRoot(absolute)
		if err != nil {
			if pathError, ok := errors.AsType[*fs.PathError](err); ok {
				err = pathError.Err
			}
			return fmt.Errorf("--policies %s: %w", dir, err)
		}
		folder := policy.Folder{FS: root, Dir: ".", Shown: filepath.ToSlash(relative)}
		if !slices.ContainsFunc(in.settings.Outside, func(other policy.Folder) bool { return other.Shown == folder.Shown }) {
			in.settings.Outside = append(in.settings.Outside, folder)
		}
	}
	return in.hasPolicies(staged)
}

// hasPolicies returns an error if a directory of rules exists neither in the file tree nor, if there is one, in that of
// the base.
func (in *input) hasPolicies(staged bool) error {
	judge := in.files
	source := ""
	switch base := in.settings.Base; {
	case base != nil && !base.Trust:
		judge, source = base.FS, " before the change, nor in it"
	case staged:
		source = " in the index, where --staged looks for it; git add it"
	}
	for _, dir := range in.settings.Named {
		if !isFolder(judge, dir) && !isFolder(in.files, dir) {
			return fmt.Errorf("--policies %s: there is no such directory%s", in.where.show(dir), source)
		}
	}
	return nil
}

func isFolder(files fs.FS, dir string) bool {
	info, err := fs.Stat(files, dir)
	return err == nil && info.IsDir()
}
