package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/access"
	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/policies"
)

// accessFlags are the flags of access.
type accessFlags struct {
	tree     treeFlags
	format   string
	function string
	whoCan   string
	public   bool
	from     string
	pathsTo  string
	compare  compareFlags
	scps     []string
	sessions []string
}

// Formats of access.
const (
	accessText    = "text"
	accessJSON    = "json"
	accessMermaid = "mermaid"
	accessDOT     = "dot"
	accessHTML    = "html"
)

func accessFormats() []string {
	return []string{accessText, accessJSON, accessMermaid, accessDOT, accessHTML}
}

func (a *app) accessCommand() *cobra.Command {
	var flags accessFlags
	cmd := &cobra.Command{
		Use:   "access [PATH...]",
		Short: "Show who can invoke each function and what its execution role allows",
		Long: `Access lists, for each function, the principals, URLs, routes and services that can invoke it, with their
conditions; the statements of its execution role, with sensitive abilities such as reading secrets or
privilege escalation; and what protects it. Public functions come first. Values that are unknown before
deployment are shown as unknown.

Exit code 0: everything was read. 1: with --against, the change opens access that the configuration denies.
2: there are problems, or no units.`,
		Example: `  lintel access
  lintel access infra --function 'orders-*'
  lintel access --who-can secretsmanager:GetSecretValue
  lintel access --paths-to secrets
  lintel access --against origin/main
  lintel access --format html > access.html
  lintel access template.yaml --format dot | dot -Tsvg > access.svg`,
		RunE: func(cmd *cobra.Command, paths []string) error { return a.access(cmd.Context(), flags, paths) },
	}
	flags.tree.register(cmd)
	f := cmd.Flags()
	f.StringVar(&flags.format, "format", accessText, "output format: "+strings.Join(accessFormats(), ", "))
	f.StringVar(&flags.function, "function", "", "show only the functions whose address, logical ID or name matches this `PATTERN` with the wildcards * and ?")
	f.StringVar(&flags.whoCan, "who-can", "", "show only the functions whose role allows, or may allow, this `ACTION`, such as s3:PutObject")
	f.StringVar(&flags.from, "from", "", "show what this `PRINCIPAL` reaches through functions: a principal with wildcards, public, cross-account or a function")
	f.StringVar(&flags.pathsTo, "paths-to", "", "show who reaches this `TARGET` through functions: an action, an ability such as secrets or admin, a resource with wildcards or a function")
	flags.compare.registerTrees(cmd, "show only what has changed since the merge base of HEAD and `REF`: the access that the change opens and closes")
	f.StringArrayVar(&flags.scps, "scp", nil, "evaluate roles and users within the service control policy in this JSON `FILE`; repeat it for further levels of the organization")
	f.StringArrayVar(&flags.sessions, "session-policy", nil, "evaluate roles within the session policy in this JSON `FILE`")
	f.BoolVar(&flags.public, "public", false, "show only the functions that anyone can invoke")
	return cmd
}

// hasPaths reports whether the command shows paths.
func (f *accessFlags) hasPaths() bool { return f.from != "" || f.pathsTo != "" }

// action returns the action that is asked for; empty: none.
func (f *accessFlags) action() string {
	if access.IsAction(f.pathsTo) {
		return f.pathsTo
	}
	return f.whoCan
}

func (f *accessFlags) validPaths() error {
	switch {
	case f.whoCan != "" || f.public || f.function != "":
		return errors.New("--from and --paths-to show paths through all functions; remove --function, --public and --who-can")
	case f.format != accessText && f.format != accessJSON:
		_, err := oneOf("format", f.format, []string{accessText, accessJSON})
		return fmt.Errorf("with --from or --paths-to: %w", err)
	}
	return nil
}

// compares reports whether the command shows what has changed.
func (f *accessFlags) compares() bool {
	return f.compare.against != "" || f.compare.staged || f.compare.trust
}

func (f *accessFlags) validChange() error {
	switch {
	case len(f.scps)+len(f.sessions) > 0:
		return errors.New("--against and --staged compare what the repository declares; remove --scp and --session-policy")
	case f.whoCan != "" || f.public || f.function != "" || f.hasPaths():
		return errors.New("--against and --staged show changes of all functions; remove --function, --public, --who-can, --from and --paths-to")
	case f.format != accessText && f.format != accessJSON:
		_, err := oneOf("format", f.format, []string{accessText, accessJSON})
		return fmt.Errorf("with --against or --staged: %w", err)
	}
	return nil
}

func (f *accessFlags) valid() error {
	if f.compares() {
		return f.validChange()
	}
	if f.hasPaths() {
		return f.validPaths()
	}
	if _, err := oneOf("format", f.format, accessFormats()); err != nil {
		return err
	}
	if service, name, ok := strings.Cut(f.whoCan, ":"); f.whoCan != "" && (!ok || service == "" || name == "" || strings.ContainsAny(f.whoCan, "*? ")) {
		return fmt.Errorf("--who-can is %q; it must be one action without wildcards, such as s3:PutObject", f.whoCan)
	}
	return nil
}

// maxLimits is the number of policies that a user may give. An organization has at most 5 levels below its root.
const maxLimits = 20

// limits reads the policies that the user gives.
func (f *accessFlags) limits() ([]access.Limit, error) {
	if len(f.scps)+len(f.sessions) > maxLimits {
		return nil, fmt.Errorf("--scp and --session-policy exceed the limit of %d files", maxLimits)
	}
	var all []access.Limit
	for i, name := range slices.Concat(f.scps, f.sessions) {
		session := i >= len(f.scps)
		content, err := source.ReadPath(name)
		if err == nil {
			var limit access.Limit
			if limit, err = access.ParseLimit(name, session, content); err == nil {
				all = append(all, limit)
				continue
			}
		}
		flag := "--scp"
		if session {
			flag = "--session-policy"
		}
		return nil, fmt.Errorf("%s %s: %w", flag, name, err)
	}
	return all, nil
}

func (a *app) access(ctx context.Context, flags accessFlags, paths []string) error {
	if err := flags.valid(); err != nil {
		return err
	}
	a.memory.watch(a.errs, nil)
	in, err := flags.tree.input(paths)
	if err != nil {
		return err
	}
	limits, err := flags.limits()
	if err != nil {
		return err
	}
	if flags.compares() {
		return a.accessAgainst(ctx, flags, in, len(paths) > 0)
	}
	plan, err := in.plan(ctx)
	if err != nil {
		return err
	}
	a.memory.watch(a.errs, plan.Suspect)
	plan.Prepare(workspace.Overrides{}, workspace.Change{})
	graphs := accessReader{flags: flags, show: in.where.show, files: source.Files{}, limits: limits}
	if graphs.tables, err = access.ReadTables(policies.Compiled); err != nil {
		return err
	}
	err = plan.Declared(ctx, graphs.search, graphs.view)
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	graphs.nothing(in.where, len(paths) > 0)
	return a.writeAccess(&graphs, in.where)
}

// nothing adds a problem if the user names paths and there is nothing at them.
func (r *accessReader) nothing(where location, named bool) {
	if r.read == 0 && named && len(r.problems) == 0 {
		r.problems = append(r.problems, finding.Problem{
			Range: source.Range{Path: where.paths[0]}, Message: "nothing to read: no Terraform module, CloudFormation or SAM template or Terraform plan in JSON",
		})
	}
}

// accessReader collects the graphs of the units.
type accessReader struct {
	flags  accessFlags
	tables *access.Tables
	limits []access.Limit
	show   func(path string) string

	units    []*access.Unit
	read     int // number of units
	hidden   []string
	problems []finding.Problem
	gaps     []finding.Gap
	files    source.Files

	changes []access.Change // with --against
}

func (r *accessReader) search(problems []finding.Problem, gaps []finding.Gap) error {
	r.problems, r.gaps = append(r.problems, problems...), append(r.gaps, gaps...)
	return nil
}

// unread collects the problems and gaps of a unit.
func (r *accessReader) unread(v check.View) {
	r.problems, r.gaps = append(r.problems, v.Problems...), append(r.gaps, v.Gaps...)
	for _, p := range v.Problems {
		r.keep(v.Files, p.Range.Path)
	}
	for _, g := range v.Gaps {
		r.keep(v.Files, g.Range.Path)
	}
}

func (r *accessReader) view(v check.View) error {
	r.read++
	r.unread(v)
	r.hidden = append(r.hidden, v.Hidden...)
	if len(v.Stack.Functions) == 0 {
		return nil
	}
	unit := access.Build(v.Stack, r.show(v.Unit.Root), access.Options{
		Reading: v.Unit.Reading(), Tables: r.tables, Files: v.Files, Show: r.show, Trusted: access.Trusted(v.Input), Action: r.flags.action(), Limits: r.limits,
	}).Shown(secrets.NewMask(v.Hidden).Text)
	if r.flags.hasPaths() {
		r.units = append(r.units, unit)
		return nil
	}
	unit.Keep(func(f *access.Function) bool {
		return (r.flags.function == "" || f.Match(r.flags.function)) && (!r.flags.public || f.Reach == access.Public) &&
			(f.Allowed == nil || f.Allowed.Certainty != access.No)
	})
	if len(unit.Functions) > 0 {
		r.units = append(r.units, unit)
	}
	return nil
}

// keep keeps a file for the lines of its problems.
func (r *accessReader) keep(files source.Files, path string) {
	if file := files[path]; file != nil {
		r.files[path] = file
	}
}

// accessVersion is the version of the JSON format. It changes when a field is removed or changes its meaning.
const accessVersion = 2

// accessReport is the JSON output of access; its schema is docs/access.schema.json.
type accessReport struct {
	Version  int            `json:"version"`
	Units    []*access.Unit `json:"units"`
	Problems []modelProblem `json:"problems"`
	Gaps     []modelProblem `json:"gaps"`

	Changes []access.Change `json:"changes,omitzero"` // with --against
	Paths   []access.Path   `json:"paths,omitzero"`   // with --from or --paths-to
	More    int             `json:"more_paths,omitempty"`
}

func (a *app) writeAccess(r *accessReader, where location) error {
	mask := a.learn(r.hidden)
	if r.flags.format == accessJSON {
		return a.writeAccessJSON(r, mask)
	}
	if err := a.notChecked(finding.Report{Problems: r.problems, Gaps: r.gaps, Files: r.files}, where); err != nil {
		return err
	}
	var text string
	switch r.flags.format {
	case accessMermaid:
		text = access.Mermaid(r.units)
	case accessDOT:
		text = access.DOT(r.units)
	case accessHTML:
		_, err := io.WriteString(a.raw, access.HTML(r.units)) // the graphs are masked
		return err
	default:
		text = r.text()
	}
	return a.print([]byte(text))
}

// text returns the text format.
func (r *accessReader) text() string {
	switch {
	case r.changes != nil:
		return access.ChangesText(r.changes)
	case r.flags.hasPaths():
		return access.PathsText(access.Paths(r.units, r.question()))
	case len(r.units) == 0:
		return "no functions\n"
	}
	return access.Text(r.units)
}

func (r *accessReader) question() access.Question {
	return access.Question{From: r.flags.from, To: r.flags.pathsTo}
}

func (a *app) writeAccessJSON(r *accessReader, mask *secrets.Mask) error {
	out := accessReport{Version: accessVersion, Units: []*access.Unit{}, Problems: []modelProblem{}, Gaps: []modelProblem{}, Changes: r.changes}
	if r.flags.hasPaths() {
		out.Paths, out.More = access.Paths(r.units, r.question())
	} else {
		for _, u := range r.units {
			out.Units = append(out.Units, u.Joined())
		}
	}
	for i := range out.Changes {
		change := &out.Changes[i]
		change.File, change.Unit, change.Message = mask.Text(change.File), mask.Text(change.Unit), mask.Text(change.Message)
		for j, name := range change.Functions {
			change.Functions[j] = mask.Text(name)
		}
	}
	line := func(at source.Range) int {
		if file := r.files[at.Path]; file != nil {
			line, _ := file.Position(at.Start)
			return line
		}
		return 1
	}
	for _, p := range r.problems {
		out.Problems = append(out.Problems, modelProblem{File: mask.Text(r.show(p.Range.Path)), Line: line(p.Range), Message: mask.Text(p.Message)})
		a.exit = ExitIncomplete
	}
	for _, g := range r.gaps {
		out.Gaps = append(out.Gaps, modelProblem{File: mask.Text(r.show(g.Range.Path)), Line: line(g.Range), Cause: g.Cause, Message: mask.Text(g.Message)})
	}
	encoder := json.NewEncoder(a.raw)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}
