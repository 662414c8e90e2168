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
	"lintel/internal/home"
	"lintel/internal/setup"
)

// initFlags are the flags of init.
type initFlags struct {
	config, hook, github, gitlab bool
	all, yes                     bool
	source                       string
}

func (a *app) initCommand() *cobra.Command {
	var flags initFlags
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set up lintel in a repository: configuration, pre-commit hook and pipeline",
		Long: `Init writes .lintel.yaml, a pre-commit hook, and a GitHub workflow or GitLab job to the root of the
repository that contains DIR (default: the working directory). On a terminal it asks before each
file; the flags answer in advance.

Existing files are never changed; init prints the lines to add to them. Without --source the hook
runs the lintel on PATH. Pipelines build lintel from the repository of --source.

Exit code 0: all files are in place. 1: you must add lines to existing files by hand. 2: a file
could not be written, or the command line is invalid.`,
		Example: `  lintel init --config --hook
  lintel init --all --source https://github.com/OWNER/lintel@COMMIT`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.init(cmd.Context(), flags, slices.Concat(args, []string{"."})[0])
		},
	}
	f := cmd.Flags()
	f.BoolVar(&flags.config, "config", false, "write .lintel.yaml")
	f.BoolVar(&flags.hook, "hook", false, "write .pre-commit-config.yaml")
	f.BoolVar(&flags.github, "github", false, "write .github/workflows/lintel.yml")
	f.BoolVar(&flags.gitlab, "gitlab", false, "write .gitlab-ci.yml")
	f.BoolVar(&flags.all, "all", false, "write the configuration, the hook, and the pipeline for the host of the repository")
	f.BoolVar(&flags.yes, "yes", false, "write all files that a terminal would be asked about, without asking")
	f.StringVar(&flags.source, "source", "", "repository and commit to build lintel from, as `URL@COMMIT` (default for the commit: that of this lintel)")
	return cmd
}

var (
	errInitFlags = errors.New("standard input is not a terminal; choose the files with --config, --hook, --github, --gitlab, --all or --yes")
	errNoHost    = errors.New("--all cannot determine the host of the repository; use --github or --gitlab, or --config --hook for no pipeline")
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
	for i, kind := range kinds { // detect errors before the first file is written
		if all[i], err = setup.Make(kind, src); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(where)
	if err != nil {
		return fmt.Errorf("open %s: %w", where, err)
	}
	defer root.Close() //nolint:errcheck // nothing is written through the directory handle
	for _, f := range all {
		if err := asks.put(root, f); err != nil {
			return err
		}
	}
	return nil
}

// parseSource parses --source. The default is the commit of this lintel at the address of the project. It is none if its build
// contained uncommitted changes.
func (f initFlags) parseSource() (setup.Source, error) {
	own := buildInfo()
	if own.Modified {
		own.Revision = ""
	}
	switch {
	case f.source == "" && (home.URL == "" || own.Revision == ""):
		return setup.Source{}, nil
	case f.source == "":
		f.source = home.URL
	}
	src, err := setup.ParseSource(f.source, own.Revision)
	if err != nil {
		return src, fmt.Errorf("--source: %w", err)
	}
	return src, nil
}

// kinds returns the kinds of files that the flags select.
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

// asking is the state of a run of init, which may ask on a terminal.
type asking struct {
	*app
	answers *bufio.Reader
	asks    bool
}

// propose returns the kinds of files to write when no flag selects any. It may ask for the source of lintel and set
// src.
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
		_, err := fmt.Fprintln(a.errs, "no pipeline written: a pipeline builds lintel from source; give --source URL@COMMIT")
		return kinds, err
	}
	if *src == (setup.Source{}) {
		var err error
		text := a.ask(fmt.Sprintf("The pipeline (%s) builds lintel from source. URL@COMMIT (empty for no pipeline): ", host), "")
		if *src, err = (initFlags{source: text}).parseSource(); err != nil {
			return nil, err
		}
	}
	if *src != (setup.Source{}) {
		kinds = append(kinds, host)
	}
	return kinds, nil
}

// ask prints a question and reads a line. It returns silence for an empty line and at the end of the input.
func (a asking) ask(question, silence string) string {
	fmt.Fprint(a.out, question) //nolint:errcheck // reading the answer fails, too
	line, err := a.answers.ReadString('\n')
	if err != nil {
		return silence
	}
	return strings.TrimSpace(line)
}

// wants reports whether to write a file that does not exist.
func (a asking) wants(f setup.File) bool {
	if !a.asks {
		return true
	}
	answer := strings.ToLower(a.ask(fmt.Sprintf("Write %s? [Y/n] ", f.Name), "n"))
	return answer == "" || answer == "y" || answer == "yes"
}

// put writes a file if it is wanted and prints the result.
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
			_, err = fmt.Fprintln(a.out, "  run \"pre-commit install\" to activate the hook")
		}
	case setup.Present:
		_, err = fmt.Fprintf(a.out, "%s: exists, unchanged\n", f.Name)
	case setup.Open:
		a.exit = ExitFindings
		_, err = fmt.Fprintf(a.out, "%s: exists, unchanged; add to it:\n\n%s\n", f.Name, f.Snippet)
	}
	return err
}

// repositoryOf returns the root of the repository that contains a directory, or the directory if there is no
// repository.
func repositoryOf(dir string) (string, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is not a directory", dir)
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

// hostOf returns the pipeline kind of the host of a repository, from its files and the URL of its remote.
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
