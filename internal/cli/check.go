package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lintel/internal/boundary"
	"lintel/internal/compare"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// treeFlags are the flags for the files to read and the values of variables and parameters. Several commands share
// them.
type treeFlags struct {
	vars      []string
	varFiles  []string
	params    []string
	paramFile []string
	workspace string
	today     string
	config    string
	maxFile   mebibytes
}

func (f *treeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.vars, "var", nil, "set a Terraform variable, as `NAME=VALUE`; repeatable")
	cmd.Flags().StringArrayVar(&f.varFiles, "var-file", nil, "read Terraform variables from `FILE` (.tfvars or .tfvars.json); repeatable, the last one wins, --var overrides all")
	cmd.Flags().StringArrayVar(&f.params, "param", nil, "set a template parameter, as `NAME=VALUE`; repeatable")
	cmd.Flags().StringArrayVar(&f.paramFile, "param-file", nil, "read template parameters from `FILE`, in the format of the AWS CLI or CodePipeline; --param overrides it")
	cmd.Flags().StringVar(&f.workspace, "workspace", "", "value of terraform.workspace (default: unknown)")
	cmd.Flags().StringVar(&f.config, "config", "", "read the configuration from `FILE` instead of the nearest "+config.Name)
	cmd.Flags().Var(&f.maxFile, "max-file-size", "read files of at most `MIB`; a larger template or plan is a problem (default: the configuration, or 4)")
	cmd.Flags().StringVar(&f.today, "today", "", "compare end-of-support dates and dates in conditions of policies with this date, as `YYYY-MM-DD` (default: today)")
}

// input is the input of a command: a file tree, the search for units in it, and the settings that apply.
type input struct {
	where     location
	workspace *workspace.Workspace
	files     fs.FS
	settings  workspace.Settings
	search    workspace.Search
}

// plan finds the units and reads the configurations and rules that apply to them.
func (in *input) plan(ctx context.Context) (*workspace.Plan, error) {
	return in.workspace.Plan(ctx, in.files, in.settings, in.search)
}

// input opens the file tree that contains the paths of the command line and converts the flags to settings.
func (f *treeFlags) input(paths []string) (*input, error) {
	where, err := locate(paths)
	if err != nil {
		return nil, err
	}
	in := &input{where: where, workspace: workspace.New(), search: workspace.Search{Paths: where.paths, Named: where.paths}}
	set := &in.settings
	set.Show, set.Today, set.Values.Workspace, set.Once = where.show, time.Now(), f.workspace, true
	if set.Rules, err = rules(); err != nil {
		return nil, err
	}
	if f.today != "" {
		if set.Today, err = time.Parse(time.DateOnly, f.today); err != nil {
			return nil, fmt.Errorf("--today is %q; it must be a date such as 2026-11-24", f.today)
		}
	}
	if err := f.values(where, &set.Values); err != nil {
		return nil, err
	}
	if set.Given, err = f.configuration(where); err != nil {
		return nil, err
	}
	set.GivenName, set.Tracked, set.MaxFileBytes = f.config, where.tracked, int64(f.maxFile)
	if in.files, err = openTree(where); err != nil {
		return nil, err
	}
	return in, nil
}

// mebibytes is the size of a file in bytes, which a flag gives in MiB; 0: it is not given.
type mebibytes int64

func (m mebibytes) String() string {
	if m == 0 {
		return ""
	}
	return strconv.FormatInt(int64(m)>>20, 10) //nolint:mnd // the power of two of a MiB
}

// Type is the kind of the flag that help shows.
func (mebibytes) Type() string { return "int" }

// Set reads the value of a flag.
func (m *mebibytes) Set(text string) error {
	bytes, err := config.ParseSize(text)
	*m = mebibytes(bytes)
	return err
}

// openTree opens the file tree of a run. Nothing closes it: the program ends with the run.
func openTree(where location) (fs.FS, error) {
	root, err := source.OpenRoot(where.root)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", where.root, err)
	}
	return root, nil
}

// values reads the values of variables and parameters from the flags and the files that they name.
func (f *treeFlags) values(where location, values *deployment.Options) (err error) {
	if values.Variables, err = assignments("var", f.vars, map[string]string{}); err != nil {
		return err
	}
	parameters := map[string]string{}
	for _, name := range f.paramFile {
		if err := readParameters(name, parameters); err != nil {
			return fmt.Errorf("--param-file %s: %w", name, err)
		}
	}
	if values.Parameters, err = assignments("param", f.params, parameters); err != nil {
		return err
	}
	for _, name := range f.varFiles {
		path := boundary.Rel(where.root, resolve(where.cwd, name))
		if _, err := os.Stat(name); err != nil {
			return fmt.Errorf("--var-file %s: %w", name, errors.Unwrap(err))
		}
		if strings.HasPrefix(path, "../") {
			return fmt.Errorf("--var-file %s is outside of %s; lintel reads only files inside that directory", name, where.root)
		}
		values.VarFiles = append(values.VarFiles, path)
	}
	return nil
}

// assignments adds the NAME=VALUE pairs of a flag to values.
func assignments(flag string, pairs []string, values map[string]string) (map[string]string, error) {
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok { // the error leaves out the pair, which may contain a secret
			return nil, fmt.Errorf("--%s number %d has no \"=\"; it must be NAME=VALUE", flag, i+1)
		}
		values[name] = value
	}
	return values, nil
}

// checkFlags are the flags of check, unparsed.
type checkFlags struct {
	tree       treeFlags
	profile    string
	only, skip []string
	extend     []string
	practices  []string
	noIgnore   []string
	output     outputFlags
	display    displayFlags
	failOn     string
	gaps       []string
	stdinName  string
	framework  bool
	thirdParty bool
	watch      bool
	compare    compareFlags
	fixes      fixFlags
	policies   policyFlags

	given func(flag string) bool // reports whether the command line contains the flag
}

func (a *app) checkCommand() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Check directories, templates, plans and root modules",
		Long: `Check finds Terraform root modules and plans, CloudFormation and SAM templates and CDK output below the
paths (default: the working directory) and reports the findings of the rules in the profile. The path
of a Terraform file selects its root module.

Exit code 0: no findings, or --exit-zero. 1: findings at or above --fail-on. 2: something could not
be checked, or the command line is invalid. Gaps, parts of a deployment that lintel cannot see, change the
exit code only with --gaps fail.`,
		Example: `  lintel check
  lintel check infra template.yaml --profile strict
  lintel check --rule function-url-auth-none --format json
  lintel check --practice function-roles --practice 3`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			flags.given = cmd.Flags().Changed
			if flags.watch {
				return a.watch(cmd, flags, paths)
			}
			return a.check(cmd, flags, paths)
		},
	}
	flags.tree.register(cmd)
	flags.compare.register(cmd)
	flags.fixes.register(cmd)
	flags.policies.register(cmd)
	f := cmd.Flags()
	flags.registerRules(f)
	f.StringSliceVar(&flags.noIgnore, "no-ignore", nil, "ignore all suppressions of this `RULE`; repeatable")
	flags.output.register(cmd)
	f.StringVar(&flags.failOn, "fail-on", finding.Low.String(), "exit with 1 for findings of this `SEVERITY` or higher: low, medium, high or critical")
	f.StringSliceVar(&flags.gaps, "gaps", nil, "`SETTING` of gaps, parts that lintel cannot see: warn, fail (exit code 2), or CAUSE=warn, CAUSE=fail; repeatable")
	f.StringVar(&flags.stdinName, "stdin-filename", "", "check the text on standard input, the path -, as if it were in `FILE`")
	f.BoolVar(&flags.watch, "watch", false, "check again after each change of a file, until Ctrl-C")
	flags.display.register(f)
	flags.registerCode(f)
	f.SetNormalizeFunc(formerNames)
	return cmd
}

// formerNames keeps the former name of a flag working.
func formerNames(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "undecided" {
		name = "undetermined"
	}
	return pflag.NormalizedName(name)
}

// run is a run of check.
type run struct {
	*input
	against   *compare.Comparison
	plan      *workspace.Plan
	overrides workspace.Overrides
}

// open opens the inputs of the flags and finds the units. The caller closes the comparison.
func (f *checkFlags) open(ctx context.Context, in io.Reader, paths []string) (r run, err error) {
	paths, text, err := f.stdin(in, paths)
	if err != nil {
		return r, err
	}
	if r.input, err = f.tree.input(paths); err != nil {
		return r, err
	}
	r.replace(text)
	if r.against, err = f.compare.open(ctx, r.input, len(paths) > 0); err != nil {
		return r, err
	}
	defer func() {
		if err != nil {
			r.against.Close()
		}
	}()
	r.take()
	if err = f.policies.settings(r.input, f.compare.staged); err != nil {
		return r, err
	}
	if r.plan, err = r.input.plan(ctx); err != nil {
		return r, err
	}
	r.overrides, err = f.overrides(r.plan.Rules())
	return r, err
}

// take makes the trees of the comparison those of the run.
func (r run) take() {
	r.files, r.settings.Base = r.against.Files, r.against.Base
	if r.against.Tracked != nil {
		r.settings.Tracked = r.against.Tracked
	}
	r.search.Paths, r.search.Widen = r.against.Paths, r.against.Widen
}

// outputs converts the flags of the output and checks them against those of fixes.
func (f *checkFlags) outputs(a *app) ([]output, report.Options, error) {
	outputs, err := f.output.outputs()
	if err != nil {
		return nil, report.Options{}, err
	}
	display, err := f.display.options(a, outputs[0])
	if err == nil {
		err = errors.Join(f.fixes.valid(f.compare, outputs[0].format), f.validIgnore())
	}
	return outputs, display, err
}

func (a *app) check(cmd *cobra.Command, flags checkFlags, paths []string) error {
	start := time.Now()
	outputs, display, err := flags.outputs(a)
	if err != nil {
		return err
	}
	a.memory.watch(a.errs, nil)
	r, err := flags.open(cmd.Context(), a.in, paths)
	if err != nil {
		return err
	}
	defer r.against.Close()
	found, err := a.run(cmd.Context(), flags, outputs, r)
	if err != nil {
		return err
	}
	if len(paths) > 0 {
		r.nothingToCheck(&found)
	}
	a.exit = exitCode(found)
	if a.exit == ExitFindings && flags.display.exitZero {
		a.exit = ExitClean
	}
	nothing := flags.compare.staged && found.Units == 0 && len(found.Problems)+len(found.Gaps) == 0 // nothing that lintel checks is staged
	if flags.fixes.diff || nothing && outputs[0].format.IsText() {
		outputs = outputs[1:]
	}
	display.Access = flags.compare.access
	display.Path, display.Time, display.Elapsed = r.where.show, r.settings.Today, time.Since(start)
	return a.write(outputs, found, display)
}

// run checks the units and, with --fix, applies fixes.
func (a *app) run(ctx context.Context, flags checkFlags, outputs []output, r run) (finding.Report, error) {
	a.memory.watch(a.errs, r.plan.Suspect)
	r.plan.Prepare(r.overrides, workspace.Change{})
	progress := a.startProgress()
	outcome, err := r.plan.Check(ctx, progress.report)
	progress.stop()
	var found finding.Report
	if err == nil {
		found, outcome, err = r.against.New(ctx, outcome)
	}
	if err == nil {
		err = r.addAccess(ctx, flags.compare.access || hasAccess(outputs), &found)
	}
	a.learn(found.Hidden)
	switch {
	case err != nil:
	case flags.fixes.fix:
		found, err = a.applyFixes(ctx, flags.fixes, r, outcome, found)
	case flags.fixes.ignore != "":
		found, err = a.addIgnores(ctx, flags.fixes, r, outcome, found)
	default:
		err = suggest(ctx, outputs, r, outcome, &found)
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	return found, err
}

// nothingToCheck adds a problem for each path that the user names, if nothing below any of them can be checked. Files
// that are staged need not be a part of anything.
func (r run) nothingToCheck(found *finding.Report) {
	if found.Units+found.Unreached > 0 || r.search.Widen {
		return
	}
	for _, p := range r.where.paths {
		if slices.ContainsFunc(found.Problems, func(known finding.Problem) bool { return known.Range.Path == p }) {
			continue
		}
		found.Problems = append(found.Problems, workspace.NothingToCheck(r.files, p))
	}
}

func exitCode(r finding.Report) int {
	if r.Incomplete() {
		return ExitIncomplete
	}
	for _, f := range r.Findings {
		if f.Fails && f.Suppressed == nil {
			return ExitFindings
		}
	}
	return ExitClean
}
