package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/watch"
	"lintel/internal/workspace"
)

// ExitInterrupted ends --watch. It is the exit code of a program that SIGINT ended, because an interrupted watch is no check that
// passed.
const ExitInterrupted = 130

// validWatch returns an error for a flag that does not work with --watch.
func (f *checkFlags) validWatch(outputs []output) error {
	switch {
	case f.fixes.fix || f.fixes.ignore != "":
		return errors.New("--watch only reports; --fix and --add-ignore edit files; use one of them")
	case f.stdinName != "":
		return errors.New("--watch checks files; it does not work with the standard input")
	case f.compare.staged:
		return errors.New("--watch checks the working tree, and --staged the index; use one of them")
	case len(outputs) > 1:
		return errors.New("--watch prints each report; it does not write files with --output")
	}
	return nil
}

// watch checks again after each change below the root of the paths, until the context ends.
func (a *app) watch(cmd *cobra.Command, flags checkFlags, paths []string) (err error) {
	outputs, _, err := flags.outputs(a)
	if err == nil {
		err = flags.validWatch(outputs)
	}
	if err != nil {
		return err
	}
	watcher, err := flags.watcher(paths) // before the check, so that a change during it counts
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, watcher.Close()) }()
	for first := true; ; first = false {
		if outputs[0].format.IsText() {
			a.clear()
		}
		if err := a.check(cmd, flags, paths); err != nil && first && cmd.Context().Err() == nil {
			return err
		} else if err := a.wait(cmd.Context(), watcher, err); err != nil || a.exit == ExitInterrupted {
			return err
		}
	}
}

// wait prints the error of a check and waits for the next change. At the end of ctx it sets the exit code.
func (a *app) wait(ctx context.Context, watcher *watch.Watcher, failure error) error {
	if ctx.Err() == nil {
		if failure != nil {
			fmt.Fprintf(a.errs, "lintel: %v\n", failure) //nolint:errcheck // the next change is another try
		}
		fmt.Fprintln(a.errs, "lintel: waiting for changes; Ctrl-C ends") //nolint:errcheck // only informs
	}
	err := watcher.Wait(ctx)
	if errors.Is(err, context.Canceled) {
		a.exit = ExitInterrupted
		return nil
	}
	return err
}

// watcher returns a watcher of everything that a check reads.
func (f *checkFlags) watcher(paths []string) (*watch.Watcher, error) {
	where, err := locate(paths)
	if err != nil {
		return nil, err
	}
	watcher, err := watch.New(workspace.Skips)
	if err != nil {
		return nil, err
	}
	if err := f.addTo(watcher, where); err != nil {
		return nil, errors.Join(err, watcher.Close())
	}
	return watcher, nil
}

// addTo adds the root of the paths, and the files and directories of flags outside of it.
func (f *checkFlags) addTo(watcher *watch.Watcher, where location) error {
	if err := watcher.Add(where.root); err != nil {
		return err
	}
	for _, name := range slices.Concat([]string{f.tree.config, f.compare.baseline}, f.tree.paramFile) {
		if absolute := resolve(where.cwd, name); name != "" && !boundary.Contains(where.root, absolute) {
			if err := watcher.AddFile(absolute); err != nil {
				return err
			}
		}
	}
	for _, dir := range f.policies.dirs {
		if absolute := resolve(where.cwd, dir); !boundary.Contains(where.root, absolute) {
			if err := watcher.Add(absolute); err != nil {
				return err
			}
		}
	}
	return nil
}
