package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/compare"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/workspace"
)

// treeFlags say what is read and with which values. Several commands share them.
type treeFlags struct {
	vars      []string
	varFiles  []string
	params    []string
	paramFile []string
	workspace string
	today     string
	config    string
}

func (f *treeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.vars, "var", nil, "value of a Terraform variable, as `NAME=VALUE`; repeatable")
	cmd.Flags().StringArrayVar(&f.varFiles, "var-file", nil, "`FILE` with values of Terraform variables, as .tfvars or .tfvars.json; repeatable, the last one counts, --var before all")
	cmd.Flags().StringArrayVar(&f.params, "param", nil, "value of a template parameter, as `NAME=VALUE`; repeatable")
	cmd.Flags().StringArrayVar(&f.paramFile, "param-file", nil, "`FILE` with values of template parameters, as the AWS CLI or CodePipeline reads them; --param before all")
	cmd.Flags().StringVar(&f.workspace, "workspace", "", "value of terraform.workspace (default: not known)")
	cmd.Flags().StringVar(&f.config, "config", "", "`FILE` to take for the configuration, in place of the nearest "+config.Name)
	cmd.Flags().StringVar(&f.today, "today", "", "date to compare end-of-support dates with, as `YYYY-MM-DD` (default: today)")
}

// input is what a command reads: a tree, where the units are in it, and what applies to them.
type input struct {
	where     location
	workspace *workspace.Workspace
	files     fs.FS
	settings  workspace.Settings
	search    workspace.Search
}

// plan finds the units, and reads the configurations and rules that apply to them.
func (in *input) plan(ctx context.Context) (*workspace.Plan, error) {
	return in.workspace.Plan(ctx, in.files, in.settings, in.search)
}

// input opens the tree that contains the paths of the command line, and reads what the flags say.
func (f *treeFlags) input(paths []string) (*input, error) {
	where, err := locate(paths)
	if err != nil {
		return nil, err
	}
	in := &input{where: where, workspace: workspace.New(), search: workspace.Search{Paths: where.paths, Named: where.paths}}
	set := &in.settings
	set.Show, set.Today, set.Values.Workspace = where.show, time.Now(), f.workspace
	if set.Rules, err = rules(); err != nil {
		return nil, err
	}
	if f.today != "" {
		if set.Today, err = time.Parse(time.DateOnly, f.today); err != nil {
			return nil, fmt.Errorf("--today is %q; it must be a date like 2026-11-24", f.today)
		}
	}
	if err := f.values(where, &set.Values); err != nil {
		return nil, err
	}
	if set.Given, err = f.configuration(where); err != nil {
		return nil, err
	}
	set.GivenName = f.config
	in.files, err = openTree(where)
	return in, err
}

// openTree opens the tree of a run. It stays open: the run ends with the program.
func openTree(where location) (fs.FS, error) {
	root, err := os.OpenRoot(where.root)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", where.root, err)
	}
	return root.FS(), nil
}

// values reads the values of variables and parameters.
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
			return fmt.Errorf("--var-file %s is outside of %s, and nothing outside is read", name, where.root)
		}
		values.VarFiles = append(values.VarFiles, path)
	}
	return nil
}

// assignments adds NAME=VALUE pairs of a flag to values.
func assignments(flag string, pairs []string, values map[string]string) (map[string]string, error) {
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok { // what was given may be a secret
			return nil, fmt.Errorf("--%s number %d must be NAME=VALUE; it has no =", flag, i+1)
		}
		values[name] = value
	}
	return values, nil
}

// checkFlags are the flags of check as they were typed.
type checkFlags struct {
	tree          treeFlags
	profile       string
	only, skip    []string
	noIgnore      []string
	output        outputFlags
	failOn        string
	color         string
	gaps          []string
	listUndecided bool
	framework     bool
	thirdParty    bool
	compare       compareFlags
	mend          fixFlags
	policies      policyFlags

	given func(flag string) bool // whether a flag was typed
}

func (a *app) checkCommand() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Check templates: folders, or files that stand for their module",
		Long: `Check finds the Terraform root modules, CloudFormation and SAM templates below the
paths (default: the working directory) and reports what the rules of the profile find.

Exit code 0: nothing found. 1: findings at or above --fail-on. 2: not everything could be
checked, or the command line is wrong. Gaps, parts of a deployment that lintel cannot see,
change the exit code only with --gaps fail.`,
		Example: `  lintel check
  lintel check infra template.yaml --profile strict
  lintel check --rule function-url-auth-none --format json`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			flags.given = cmd.Flags().Changed
			return a.check(cmd, flags, paths)
		},
	}
	flags.tree.register(cmd)
	flags.compare.register(cmd)
	flags.mend.register(cmd)
	flags.policies.register(cmd)
	f := cmd.Flags()
	f.StringVar(&flags.profile, "profile", string(finding.Default), "rules that run: default, strict or all")
	f.StringSliceVar(&flags.only, "rule", nil, "run just this rule, whatever the profile; repeatable")
	f.StringSliceVar(&flags.skip, "skip", nil, "do not run this rule; repeatable")
	f.StringSliceVar(&flags.noIgnore, "no-ignore", nil, "report what this rule finds, whatever comments and configuration ask to ignore; repeatable")
	flags.output.register(cmd)
	f.StringVar(&flags.failOn, "fail-on", finding.Low.String(), "lowest severity that makes the exit code 1: low, medium, high or critical")
	f.StringSliceVar(&flags.gaps, "gaps", nil, "`SETTING` of gaps, parts that lintel cannot see: warn, fail (exit code 2), or CAUSE=warn, CAUSE=fail; repeatable")
	f.StringVar(&flags.color, "color", colorAuto, "colours in text: auto, always or never")
	f.BoolVar(&flags.listUndecided, "undecided", false, "list what could not be decided because a value is not known")
	flags.registerCode(f)
	return cmd
}

// run is one run of check.
type run struct {
	*input
	against   *compare.Comparison
	plan      *workspace.Plan
	overrides workspace.Overrides
}

// open opens what the flags name, and finds the units. The caller closes the comparison.
func (f *checkFlags) open(ctx context.Context, paths []string) (r run, err error) {
	if r.input, err = f.tree.input(paths); err != nil {
		return r, err
	}
	if r.against, err = f.compare.open(ctx, r.input, len(paths) > 0); err != nil {
		return r, err
	}
	defer func() {
		if err != nil {
			r.against.Close()
		}
	}()
	r.files, r.settings.Base = r.against.Files, r.against.Base
	r.search.Paths, r.search.Widen = r.against.Paths, r.against.Widen
	if err = f.policies.settings(r.input, f.compare.staged); err != nil {
		return r, err
	}
	if r.plan, err = r.input.plan(ctx); err != nil {
		return r, err
	}
	r.overrides, err = f.overrides(r.plan.Rules())
	return r, err
}

func (a *app) check(cmd *cobra.Command, flags checkFlags, paths []string) error {
	start := time.Now()
	outputs, err := flags.output.outputs()
	if err != nil {
		return err
	}
	color, err := a.useColor(flags.color)
	if err != nil {
		return err
	}
	if err := flags.mend.valid(flags.compare, outputs[0].format); err != nil {
		return err
	}
	r, err := flags.open(cmd.Context(), paths)
	if err != nil {
		return err
	}
	defer r.against.Close()
	found, err := a.run(cmd.Context(), flags, r)
	if err != nil {
		return err
	}
	if len(paths) > 0 {
		r.nothingToCheck(&found)
	}
	a.exit = exitCode(found)
	nothing := flags.compare.staged && found.Units == 0 && len(found.Problems)+len(found.Gaps) == 0 // that lintel knows is committed
	if flags.mend.diff || nothing && outputs[0].format == report.Text {
		outputs = outputs[1:]
	}
	return a.write(outputs, found, report.Options{
		Path: r.where.show, Color: color, Undecided: flags.listUndecided, Elapsed: time.Since(start), Version: version(),
	})
}

// run checks, and applies fixes with --fix.
func (a *app) run(ctx context.Context, flags checkFlags, r run) (finding.Report, error) {
	go watchMemory(a.errs, r.plan.Suspect)
	r.plan.Prepare(r.overrides, workspace.Change{})
	progress := a.startProgress()
	outcome, err := r.plan.Check(ctx, progress.report)
	progress.stop()
	var found finding.Report
	if err == nil {
		found, err = r.against.New(ctx, outcome)
	}
	if err == nil && flags.mend.fix {
		found, err = a.mend(ctx, flags.mend, r, outcome, found)
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	return found, err
}

// nothingToCheck adds a problem for each path that the user names, if nothing below any of them can be checked. Files
// that are staged need not be a part of anything.
func (r run) nothingToCheck(found *finding.Report) {
	if found.Units > 0 || r.search.Widen {
		return
	}
	for _, p := range r.where.paths {
		if slices.ContainsFunc(found.Problems, func(known finding.Problem) bool { return known.Range.Path == p }) {
			continue
		}
		problem := finding.Problem{Message: "nothing to check: no Terraform module, CloudFormation or SAM template or Terraform plan in JSON"}
		problem.Range.Path = p
		found.Problems = append(found.Problems, problem)
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
