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
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// migrateFlags are the flags of migrate as they were typed.
type migrateFlags struct {
	tree                  treeFlags
	write, remove, unused bool
}

func (a *app) migrateCommand() *cobra.Command {
	var flags migrateFlags
	cmd := &cobra.Command{
		Use:   "migrate [PATH...]",
		Short: "Write what comments and metadata ask of other tools to ignore in lintel's form",
		Long: `Migrate finds what templates ask of checkov, Trivy, tfsec, Terrascan, tflint, Semgrep, cfn_nag,
cfn-lint, cdk-nag and Guard not to report, and writes beside it what it is for lintel: with the
reason and the end that it has. It shows a diff, and what is left as it is and why; nothing is
written without --write. What suppresses nothing that lintel finds is left.

Exit code 0: done. 2: not everything could be read or written.`,
		Example: `  lintel migrate
  lintel migrate --write infra
  lintel migrate | git apply`,
		RunE: func(cmd *cobra.Command, paths []string) error { return a.migrate(cmd.Context(), flags, paths) },
	}
	flags.tree.register(cmd)
	f := cmd.Flags()
	f.BoolVar(&flags.write, "write", false, "write the files, and show no diff")
	f.BoolVar(&flags.remove, "remove", false, "remove what the other tools are asked, where all of it is taken over")
	f.BoolVar(&flags.unused, "unused", false, "take over also what suppresses nothing that lintel finds")
	return cmd
}

// migrated is a file with the requests in it.
type migrated struct {
	file     *source.File
	requests []migrate.Request
	after    migrate.Rewritten
	taken    int // requests that lintel's form is written of
}

func (a *app) migrate(ctx context.Context, flags migrateFlags, paths []string) error {
	in, err := flags.tree.input(paths)
	if err != nil {
		return err
	}
	where, set := in.where, in.settings.Rules
	go watchMemory(a.errs, set.Suspect)
	all, problems := readMigrated(in, finding.IDsOf(set.Rules()))
	if !flags.unused && slices.ContainsFunc(all, (*migrated).changes) {
		if err := ofUse(ctx, in, all); err != nil {
			return err
		}
	}
	for _, m := range all {
		m.finish(flags.remove)
	}
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

// readMigrated reads the files that have requests.
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

// finish makes the final text.
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

// ofUse leaves of the requests those that suppress something: it checks what the files would become.
func ofUse(ctx context.Context, in *input, all []*migrated) error {
	after := map[string][]byte{}
	for _, m := range all {
		after[m.file.Path] = m.after.Content
	}
	set := in.settings
	set.Bare = true
	report, err := workspace.Run(ctx, source.Overlay{FS: in.files, Texts: after}, set, in.where.paths, workspace.Overrides{Profile: finding.All, Framework: true})
	if err != nil {
		return errInterrupted
	}
	partly := map[string]bool{} // folders in which something was not checked
	for _, p := range report.Problems {
		partly[path.Dir(p.Range.Path)] = true
	}
	ignores := map[string][]finding.Ignore{} // by files
	for _, ignore := range report.Ignores {
		ignores[ignore.At.Path] = append(ignores[ignore.At.Path], ignore)
	}
	for _, m := range all {
		if partly[path.Dir(m.file.Path)] {
			continue
		}
		used := m.after.Used(ignores[m.file.Path])
		for i := range m.requests {
			if q := &m.requests[i]; q.Why == "" && len(q.Missing()) > 0 {
				rules := used(q)
				q.Keep(func(id string) bool { return slices.Contains(rules, id) }, "lintel finds nothing there")
			}
		}
	}
	return nil
}

// writeMigrated writes the files that change.
func writeMigrated(where location, all []*migrated) error {
	for _, m := range all {
		if !m.changes() {
			continue
		}
		if err := replaceIfSame(filepath.Join(where.root, filepath.FromSlash(m.file.Path)), m.file.Content, m.after.Content); err != nil {
			return fmt.Errorf("write %s: %w", where.show(m.file.Path), err)
		}
	}
	return nil
}

// showMigrated writes the diff, and on the standard error what was left and the figures.
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
	done := "would be taken over"
	if flags.write {
		done = "taken over"
	}
	_, err := fmt.Fprintf(a.errs, "%d %s in %d files, %d left\n", taken, done, files, strings.Count(left.String(), "\n"))
	return err
}

// onOneLine keeps what templates say from steering the terminal.
func onOneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return '\uFFFD'
		}
		return c
	}, text)
}
