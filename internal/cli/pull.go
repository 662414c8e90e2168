package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/spf13/cobra"

	"lintel/internal/artifact"
	"lintel/internal/config"
	"lintel/internal/pull"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// pullFlags are the flags of lintel rules pull.
type pullFlags struct {
	check, prune, plainHTTP bool

	tree treeFlags // only the configuration
}

func (a *app) pullCommand() *cobra.Command {
	var flags pullFlags
	cmd := &cobra.Command{
		Use:   "pull [REFERENCE...]",
		Short: "Fetch the rules and configurations that the configurations of the repository extend",
		Long: `Pull fetches each archive (https://…) and OCI artifact (oci://…) that a configuration of the repository
extends into ` + artifact.Dir + `, where all other commands read it. Commit that directory: no other
command opens a connection. The digests of the references are verified.

With a REFERENCE, which may be without a digest, it fetches that one and prints the line to add to
` + config.Name + `. For a private registry, log in with docker login or oras login.`,
		Example: `  lintel rules pull oci://registry.example.com/platform/lambda-rules:v3
  lintel rules pull
  lintel rules pull --check`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.pull(cmd.Context(), flags, args) },
	}
	cmd.Flags().BoolVar(&flags.check, "check", false, "fetch nothing; exit with 1 if an artifact is missing or a file is not used")
	cmd.Flags().BoolVar(&flags.prune, "prune", false, "delete files that no configuration needs")
	cmd.Flags().BoolVar(&flags.plainHTTP, "plain-http", false, "use unencrypted connections to registries on this machine")
	cmd.Flags().StringVar(&flags.tree.config, "config", "", "also fetch what the configuration `FILE` extends")
	return cmd
}

var (
	errPullCheck = errors.New("--check only compares; it does not work with references or --prune")
	errPullPrune = errors.New("--prune looks at the configurations; it does not work with references")
)

func (a *app) pull(ctx context.Context, flags pullFlags, args []string) error {
	switch {
	case flags.check && (flags.prune || len(args) > 0):
		return errPullCheck
	case flags.prune && len(args) > 0:
		return errPullPrune
	}
	where, err := locate(nil)
	if err != nil {
		return err
	}
	files, err := openTree(where)
	if err != nil {
		return err
	}
	client := pull.NewClient(flags.plainHTTP, "lintel")
	if len(args) > 0 {
		return a.pullNamed(ctx, client, where, files, args)
	}
	configurations, err := a.configurations(flags, where, files)
	if err != nil {
		return err
	}
	if flags.check {
		return a.pullCheck(files, configurations)
	}
	number := 0
	err = client.Pull(ctx, where.root, files, configurations, func(ref artifact.Reference, blobs []pull.Blob) error {
		number++
		return a.printFetched(ref, blobs)
	})
	if err != nil {
		return err
	}
	return a.pullEnd(flags, where, files, configurations, number)
}

// configurations reads all configurations of a tree and that of --config.
func (a *app) configurations(flags pullFlags, where location, files fs.FS) ([]pull.Configuration, error) {
	var all []pull.Configuration
	names, problems := workspace.Configurations(files)
	for _, p := range problems {
		a.exit = ExitIncomplete
		if _, err := fmt.Fprintf(a.errs, "not read: %q: %q\n", where.show(p.Range.Path), p.Message); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		content, err := source.ReadText(files, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where.show(name), err)
		}
		all = append(all, pull.Configuration{Dir: path.Dir(name), Shown: where.show(name), Content: content})
	}
	given, err := flags.tree.configuration(where)
	if err == nil && given != nil {
		all = append(all, pull.Configuration{Dir: ".", Shown: flags.tree.config, Content: given.Content})
	}
	return all, err
}

// pullNamed fetches the artifacts of the command line and those that they extend. The configurations do not matter: they may
// have the same references without a digest.
func (a *app) pullNamed(ctx context.Context, client *pull.Client, where location, files fs.FS, args []string) error {
	for _, arg := range args {
		ref, err := a.pullOne(ctx, client, where, arg)
		if err != nil {
			return err
		}
		extending := []pull.Configuration{pull.Extending(ref)}
		if err := client.Pull(ctx, where.root, files, extending, a.printFetched); err != nil {
			return err
		}
		state, err := pull.Look(files, extending)
		if err != nil {
			return err
		}
		if err := pull.Unreadable(files, state.Extended); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(a.out, "extends: %s\n", ref); err != nil {
			return err
		}
	}
	return nil
}

// pullOne fetches an artifact of the command line.
func (a *app) pullOne(ctx context.Context, client *pull.Client, where location, arg string) (artifact.Reference, error) {
	ref, err := artifact.Parse(arg)
	if err != nil {
		return ref, fmt.Errorf("%s %w", arg, err)
	}
	blobs, ref, err := client.Fetch(ctx, ref)
	if err != nil {
		return ref, err
	}
	if err := pull.Store(where.root, blobs); err != nil {
		return ref, err
	}
	return ref, a.printFetched(ref, blobs)
}

func (a *app) printFetched(ref artifact.Reference, blobs []pull.Blob) error {
	bytes := 0
	for _, blob := range blobs {
		bytes += len(blob.Content)
	}
	_, err := fmt.Fprintf(a.errs, "Fetched %s: %d bytes\n", ref, bytes)
	return err
}

// pullEnd checks that all artifacts can be read, and reports or deletes unused files.
func (a *app) pullEnd(flags pullFlags, where location, files fs.FS, configurations []pull.Configuration, fetched int) error {
	state, err := pull.Look(files, configurations)
	if err != nil {
		return err
	}
	if err := pull.Unreadable(files, state.Extended); err != nil {
		return err
	}
	unused := state.Unused
	if flags.prune {
		if err := pull.Prune(where.root, unused); err != nil {
			return err
		}
	}
	for _, digest := range unused {
		note := `Not used: %s ("lintel rules pull --prune" deletes it)`
		if flags.prune {
			note = "Deleted %s"
		}
		if _, err := fmt.Fprintf(a.errs, note+"\n", artifact.PathOf(digest)); err != nil {
			return err
		}
	}
	summary := counted(len(state.Extended), "artifact") + " in " + artifact.Dir
	switch {
	case len(state.Extended) == 0:
		summary = "No configuration extends an archive or an OCI artifact"
	case fetched > 0:
		summary += "; commit .lintel"
	}
	_, err = fmt.Fprintln(a.errs, summary)
	return err
}

// pullCheck prints what is missing and what is not used.
func (a *app) pullCheck(files fs.FS, configurations []pull.Configuration) error {
	state, err := pull.Look(files, configurations)
	if err != nil {
		return err
	}
	for _, missing := range state.Missing {
		if _, err := fmt.Fprintf(a.out, "%s: %v\n", missing.Reference, missing.Err); err != nil {
			return err
		}
	}
	for _, digest := range state.Unused {
		if _, err := fmt.Fprintf(a.out, `%s: no configuration needs it; run "lintel rules pull --prune"`+"\n", artifact.PathOf(digest)); err != nil {
			return err
		}
	}
	if len(state.Missing)+len(state.Unused) > 0 && a.exit == ExitClean {
		a.exit = ExitFindings
	}
	if len(state.Missing) > 0 {
		return nil
	}
	return pull.Unreadable(files, state.Extended)
}
