package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/migrate"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/internal/write"
)

// migrateFlags are the flags of migrate, unparsed.
type migrateFlags struct {
	tree                  treeFlags
	write, remove, unused bool
}

func (a *app) migrateCommand() *cobra.Command {
	var flags migrateFlags
	cmd := &cobra.Command{
		Use:   "migrate [PATH...]",
		Short: "Convert ignore comments of other scanners",
		Long: `Migrate finds ignore comments and suppression metadata of checkov, Trivy, tfsec, Terrascan, tflint, Semgrep,
cfn_nag, cfn-lint, cdk-nag and Guard and adds the equivalent lintel suppressions, with their reason and
expiry date. It prints a diff, and lists what it does not convert and why. Only --write changes files.
Suppressions without a matching lintel finding are not converted.

Exit code 0: done. 2: something could not be read or written.`,
		Example: `  lintel migrate
  lintel migrate --write infra
  lintel migrate | git apply`,
		RunE: func(cmd *cobra.Command, paths []string) error { return a.migrate(cmd.Context(), flags, paths) },
	}
	flags.tree.register(cmd)
	f := cmd.Flags()
	f.BoolVar(&flags.write, "write", false, "write the files instead of printing a diff")
	f.BoolVar(&flags.remove, "remove", false, "remove the original suppressions that are converted completely")
	f.BoolVar(&flags.unused, "unused", false, "also convert suppressions that match no lintel finding")
	return cmd
}

// migrated is a file that contains suppressions of other scanners.
type migrated struct {
	file     *source.File
	requests []migrate.Request
	after    migrate.Rewritten
	taken    int      // number of converted suppressions
	hidden   []string // secrets of the run that checked the file, as in finding.Report
}

func (a *app) migrate(ctx context.Context, flags migrateFlags, paths []string) error {
	in, err := flags.tree.input(paths)
	if err != nil {
		return err
	}
	where, set := in.where, in.settings.Rules
	a.memory.watch(a.errs, set.Suspect)
	all, problems := readMigrated(in, finding.IDsOf(set.Rules()))
	if !flags.unused && slices.ContainsFunc(all, (*migrated).changes) {
		if err := ofUse(ctx, in, all); err != nil {
			return err
		}
	}
	var hidden []string
	for _, m := range all {
		m.finish(flags.remove)
		hidden = append(hidden, append(m.hidden, secrets.Written(string(m.file.Content))...)...)
	}
	a.learn(hidden)
	for _, p := range problems {
		a.exit = ExitIncomplete
		if _, err := fmt.Fprintf(a.errs, "not read: %q: %q\n", where.show(p.Range.Path), p.Message); err != nil {
			return err
		}
	}
	if flags.write {
		if err := writeMigrated(where, all); err != nil {
			return err
		}
	}
	return a.showMigrated(flags, where, all)
}

// readMigrated reads the files that contain suppressions of other scanners.
func readMigrated(in *input, ids finding.IDs) ([]*migrated, []finding.Problem) {
	reader := migrate.Reader{Peers: migrate.NewPeers(ids), Today: in.settings.Today}
	names, problems := migrate.Files(in.files, in.where.paths)
	var all []*migrated
	for _, name := range names {
		content, err := source.ReadFile(in.files, name)
		if err != nil {
			problems = append(problems, finding.Problem{Range: source.Range{Path: name}, Message: err.Error()})
			continue
		}
		file := source.NewFile(name, content)
		if requests := reader.Read(file); len(requests) > 0 {
			all = append(all, &migrated{file: file, requests: requests, after: migrate.Rewrite(file, requests, false)})
		}
	}
	return all, problems
}

// finish computes the final text.
func (m *migrated) finish(remove bool) {
	for i := range m.requests {
		if q := &m.requests[i]; q.Why == "" && len(q.Missing()) > 0 {
			m.taken++
		}
	}
	migrate.Merge(m.requests)
	m.after = migrate.Rewrite(m.file, m.requests, remove)
}

func (m *migrated) changes() bool { return !bytes.Equal(m.file.Content, m.after.Content) }

// ofUse removes suppressions that match no finding: it checks the files as they would become.
func ofUse(ctx context.Context, in *input, all []*migrated) error {
	after := map[string][]byte{}
	for _, m := range all {
		after[m.file.Path] = m.after.Content
	}
	set := in.settings
	set.Bare = true
	report, err := workspace.Run(ctx, source.NewOverlay(in.files, after), set, in.where.paths, workspace.Overrides{Profile: finding.All, Framework: true})
	if err != nil {
		return errInterrupted
	}
	partly := map[string]bool{} // directories that were not checked completely
	for _, p := range report.Problems {
		partly[path.Dir(p.Range.Path)] = true
	}
	ignores := map[string][]finding.Ignore{} // by file
	for _, ignore := range report.Ignores {
		ignores[ignore.At.Path] = append(ignores[ignore.At.Path], ignore)
	}
	for _, m := range all {
		m.hidden = report.Hidden
		if partly[path.Dir(m.file.Path)] {
			continue
		}
		used := m.after.Used(ignores[m.file.Path])
		for i := range m.requests {
			if q := &m.requests[i]; q.Why == "" && len(q.Missing()) > 0 {
				rules := used(q)
				q.Keep(func(id string) bool { return slices.Contains(rules, id) }, "no matching lintel finding")
			}
		}
	}
	return nil
}

// writeMigrated writes the changed files.
func writeMigrated(where location, all []*migrated) error {
	for _, m := range all {
		if !m.changes() {
			continue
		}
		if err := write.IfSame(where.root, filepath.FromSlash(m.file.Path), m.file.Content, m.after.Content); err != nil {
			return fmt.Errorf("write %s: %w", where.show(m.file.Path), err)
		}
	}
	return nil
}

// showMigrated prints the diff to standard output, and the unconverted suppressions and the summary to standard error.
func (a *app) showMigrated(flags migrateFlags, where location, all []*migrated) error {
	var left strings.Builder
	files, taken := 0, 0
	for _, m := range all {
		for _, q := range m.requests {
			if q.Why != "" {
				line, _ := m.file.Position(q.At.Start)
				fmt.Fprintf(&left, "left: %s:%d: %s: %s\n", onOneLine(where.show(m.file.Path)), line, onOneLine(strings.TrimSpace(q.Tool+" "+q.Check)), onOneLine(q.Why))
			}
		}
		taken += m.taken
		if !m.changes() {
			continue
		}
		files++
		if flags.write {
			continue
		}
		if err := a.print([]byte(diff.Unified(where.show(m.file.Path), m.file.Content, m.after.Content))); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(a.errs, left.String()); err != nil {
		return err
	}
	done := "would be converted"
	if flags.write {
		done = "converted"
	}
	_, err := fmt.Fprintf(a.errs, "%d %s in %d files, %d left\n", taken, done, files, strings.Count(left.String(), "\n"))
	return err
}

// onOneLine replaces line breaks and control characters of template text, which a terminal would interpret.
func onOneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return '\uFFFD'
		}
		return c
	}, text)
}
