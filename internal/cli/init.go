package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lintel/internal/git"
	"lintel/internal/setup"
)

// initFlags say what init writes.
type initFlags struct {
	config, hook, github, gitlab bool
	all, yes                     bool
	source                       string
}

func (a *app) initCommand() *cobra.Command {
	var flags initFlags
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write configuration, hook and pipeline into a repository",
		Long: `Init writes at the root of the repository that DIR (default: the working directory) is in:
.lintel.yaml, a hook for pre-commit, and a workflow for GitHub or a job for GitLab. On a
terminal it asks for each; flags say it without questions.

A file that is there is never changed; what to add to it is printed. Without --source the
hook runs the lintel that is on the path. A pipeline builds lintel from the source that
--source names.

Exit code 0: everything is in place. 1: something is left to be added by hand. 2: something
could not be written, or the command line is wrong.`,
		Example: `  lintel init --config --hook
  lintel init --all --source https://github.com/OWNER/lintel@COMMIT`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.init(cmd.Context(), flags, slices.Concat(args, []string{"."})[0])
		},
	}
	f := cmd.Flags()
	f.BoolVar(&flags.config, "config", false, "write .lintel.yaml")
	f.BoolVar(&flags.hook, "hook", false, "write .pre-commit-config.yaml")
	f.BoolVar(&flags.github, "github", false, "write .github/workflows/lintel.yml")
	f.BoolVar(&flags.gitlab, "gitlab", false, "write .gitlab-ci.yml")
	f.BoolVar(&flags.all, "all", false, "write configuration, hook, and the pipeline of the host that the repository is at")
	f.BoolVar(&flags.yes, "yes", false, "write what a terminal would be asked for, without asking")
	f.StringVar(&flags.source, "source", "", "where lintel comes from, as `URL@COMMIT` (default of the commit: the one this lintel is built of)")
	return cmd
}

var (
	errInitFlags = errors.New("this is no terminal to ask on: say what to write with --config, --hook, --github, --gitlab, --all or --yes")
	errNoHost    = errors.New("--all does not see where the repository is hosted: say --github or --gitlab, or --config --hook without a pipeline")
)

func (a *app) init(ctx context.Context, flags initFlags, dir string) error {
	where, err := repositoryOf(dir)
	if err != nil {
		return err
	}
	src, err := flags.parseSource()
	if err != nil {
		return err
	}
	host := hostOf(ctx, where)
	kinds, err := flags.kinds(host)
	if err != nil {
		return err
	}
	asks := asking{a, bufio.NewReader(a.in), len(kinds) == 0 && !flags.yes}
	if len(kinds) == 0 {
		if kinds, err = asks.propose(host, &src); err != nil {
			return err
		}
	}
	all := make([]setup.File, len(kinds))
	for i, kind := range kinds { // all or nothing, as far as the command line goes
		if all[i], err = setup.Make(kind, src); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(where)
	if err != nil {
		return fmt.Errorf("open %s: %w", where, err)
	}
	defer root.Close() //nolint:errcheck // nothing was written through the folder itself
	for _, f := range all {
		if err := asks.put(root, f); err != nil {
			return err
		}
	}
	return nil
}

// parseSource reads --source. A lintel with changes of its own is no commit.
func (f initFlags) parseSource() (setup.Source, error) {
	if f.source == "" {
		return setup.Source{}, nil
	}
	own := buildInfo()
	if own.Modified {
		own.Revision = ""
	}
	src, err := setup.ParseSource(f.source, own.Revision)
	if err != nil {
		return src, fmt.Errorf("--source: %w", err)
	}
	return src, nil
}

// kinds are what the flags name.
func (f initFlags) kinds(host setup.Kind) ([]setup.Kind, error) {
	var kinds []setup.Kind
	for _, named := range []struct {
		set  bool
		kind setup.Kind
	}{{f.config || f.all, setup.Config}, {f.hook || f.all, setup.Hook}, {f.github, setup.GitHub}, {f.gitlab, setup.GitLab}} {
		if named.set {
			kinds = append(kinds, named.kind)
		}
	}
	if f.all && !f.github && !f.gitlab {
		if host == "" {
			return nil, errNoHost
		}
		kinds = append(kinds, host)
	}
	return kinds, nil
}

// asking is a run of init that asks, or does not.
type asking struct {
	*app
	answers *bufio.Reader
	asks    bool
}

// propose is what init writes when nothing is named. It may learn where lintel comes from.
func (a asking) propose(host setup.Kind, src *setup.Source) ([]setup.Kind, error) {
	in, isFile := a.in.(*os.File)
	if a.asks && (!isFile || !term.IsTerminal(int(in.Fd()))) {
		return nil, errInitFlags
	}
	kinds := []setup.Kind{setup.Config, setup.Hook}
	if host == "" {
		return kinds, nil
	}
	if *src == (setup.Source{}) && !a.asks {
		_, err := fmt.Fprintln(a.errs, "no pipeline is written: it builds lintel from source; give --source URL@COMMIT")
		return kinds, err
	}
	if *src == (setup.Source{}) {
		var err error
		text := a.ask(fmt.Sprintf("A pipeline (%s) builds lintel from source. Its URL@COMMIT (empty: no pipeline): ", host), "")
		if *src, err = (initFlags{source: text}).parseSource(); err != nil {
			return nil, err
		}
	}
	if *src != (setup.Source{}) {
		kinds = append(kinds, host)
	}
	return kinds, nil
}

// ask asks for a line. Where the answers end, silence is the answer.
func (a asking) ask(question, silence string) string {
	fmt.Fprint(a.out, question) //nolint:errcheck // the answer will be missing, too
	line, err := a.answers.ReadString('\n')
	if err != nil {
		return silence
	}
	return strings.TrimSpace(line)
}

// wants tells whether a file that is not there is to be written.
func (a asking) wants(f setup.File) bool {
	if !a.asks {
		return true
	}
	answer := strings.ToLower(a.ask(fmt.Sprintf("Write %s? [Y/n] ", f.Name), "n"))
	return answer == "" || answer == "y" || answer == "yes"
}

// put writes a file if it is wanted, and says what became of it.
func (a asking) put(root *os.Root, f setup.File) error {
	state, err := setup.Find(root, f)
	if err != nil {
		return err
	}
	if state == setup.Written {
		if !a.wants(f) {
			return nil
		}
		if state, err = setup.Write(root, f); err != nil {
			return err
		}
	}
	switch state {
	case setup.Written:
		_, err = fmt.Fprintf(a.out, "%s: written\n", f.Name)
		if err == nil && f.Kind == setup.Hook {
			_, err = fmt.Fprintln(a.out, "  pre-commit install makes git use it")
		}
	case setup.Present:
		_, err = fmt.Fprintf(a.out, "%s: it is there already and left alone\n", f.Name)
	case setup.Open:
		a.exit = ExitFindings
		_, err = fmt.Fprintf(a.out, "%s: it is there already and left alone; add to it:\n\n%s\n", f.Name, f.Snippet)
	}
	return err
}

// repositoryOf returns the root of the repository that a folder is in; without one, the folder.
func repositoryOf(dir string) (string, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is no folder", dir)
	}
	where, err := locate([]string{dir})
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(filepath.Join(where.root, ".git")); err == nil {
		return where.root, nil
	}
	return filepath.Join(where.root, filepath.FromSlash(where.paths[0])), nil
}

// hostOf tells where a repository is hosted, by what is in it and by where it was cloned from.
func hostOf(ctx context.Context, root string) setup.Kind {
	if _, err := os.Lstat(filepath.Join(root, ".gitlab-ci.yml")); err == nil {
		return setup.GitLab
	}
	if _, err := os.Lstat(filepath.Join(root, ".github")); err == nil {
		return setup.GitHub
	}
	repository, err := git.Open(root, root)
	if err != nil {
		return ""
	}
	remote := repository.Remote(ctx)
	switch {
	case strings.Contains(remote, "github"):
		return setup.GitHub
	case strings.Contains(remote, "gitlab"):
		return setup.GitLab
	}
	return ""
}
