package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
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

// request builds the request for the paths of the command line.
func (f *treeFlags) request(paths []string) (check.Request, location, error) {
	where, err := locate(paths)
	if err != nil {
		return check.Request{}, location{}, err
	}
	req := check.Request{Paths: where.paths, Today: time.Now(), Values: deployment.Options{Workspace: f.workspace}}
	if f.today != "" {
		if req.Today, err = time.Parse(time.DateOnly, f.today); err != nil {
			return req, where, fmt.Errorf("--today is %q; it must be a date like 2026-11-24", f.today)
		}
	}
	if req.Values.Variables, err = assignments("var", f.vars, map[string]string{}); err != nil {
		return req, where, err
	}
	parameters := map[string]string{}
	for _, name := range f.paramFile {
		if err := readParameters(name, parameters); err != nil {
			return req, where, fmt.Errorf("--param-file %s: %w", name, err)
		}
	}
	if req.Values.Parameters, err = assignments("param", f.params, parameters); err != nil {
		return req, where, err
	}
	for _, name := range f.varFiles {
		path := boundary.Rel(where.root, resolve(where.cwd, name))
		if _, err := os.Stat(name); err != nil {
			return req, where, fmt.Errorf("--var-file %s: %w", name, errors.Unwrap(err))
		}
		if strings.HasPrefix(path, "../") {
			return req, where, fmt.Errorf("--var-file %s is outside of %s, and nothing outside is read", name, where.root)
		}
		req.Values.VarFiles = append(req.Values.VarFiles, path)
	}
	root, err := os.OpenRoot(where.root)
	if err != nil {
		return req, where, fmt.Errorf("open %s: %w", where.root, err)
	}
	req.FS = root.FS()
	return req, where, nil
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
checked, or the command line is wrong.`,
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
	f.StringVar(&flags.color, "color", colorAuto, "colours in text: auto, always or never")
	f.BoolVar(&flags.listUndecided, "undecided", false, "list what could not be decided because a value is not known")
	flags.registerCode(f)
	return cmd
}

var errFailOnInfo = errors.New("--fail-on is \"info\"; findings of severity info never fail: use low, medium, high or critical")

// errands are what a run of check has to do, as flags, configuration and files tell.
type errands struct {
	set       ruleSet
	selection check.Selection
	request   check.Request
	where     location
	against   *comparison
	failOn    finding.Severity
	config    *source.File // nil: there is none
}

func (f *checkFlags) errands(ctx context.Context, paths []string) (e errands, err error) {
	if e.request, e.where, err = f.tree.request(paths); err != nil {
		return e, err
	}
	if e.against, err = f.compare.open(ctx, &e.request, e.where, paths); err != nil {
		return e, err
	}
	if e.set, err = f.policies.load(ctx, e.request.FS, e.where, e.against, &f.tree); err != nil {
		return e, err
	}
	e.against.notes = append(e.against.notes, withoutTests(&e.request, e.where, e.set.folders)...)
	all := e.set.all()
	conf, err := e.against.config(&f.tree, e.request, all, e.set.later)
	if err != nil {
		return e, err
	}
	if e.failOn, err = f.severity(conf); err != nil {
		return e, err
	}
	noIgnore, err := ruleIDs(all, f.noIgnore)
	if err != nil {
		return e, err
	}
	e.request = f.configured(e.request, e.where, conf)
	e.request.NoIgnore = slices.Concat(conf.NoIgnore, noIgnore)
	e.config = conf.File
	e.selection, err = selectRules(all, *f, conf)
	return e, err
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
	e, err := flags.errands(cmd.Context(), paths)
	defer e.against.close()
	if err != nil {
		return err
	}
	found, err := a.run(cmd.Context(), flags, e)
	if err != nil {
		return err
	}
	a.exit = exitCode(found, e.failOn, len(paths) > 0 && !flags.compare.staged)
	nothing := flags.compare.staged && found.Units == 0 && len(found.Problems) == 0 // that lintel knows is committed
	if flags.mend.diff || nothing && outputs[0].format == report.Text {
		outputs = outputs[1:]
	}
	return a.write(outputs, found, report.Options{
		Path: e.where.show, Color: color, Undecided: flags.listUndecided, Elapsed: time.Since(start), Version: version(),
	})
}

// run checks, and mends if it is asked to.
func (a *app) run(ctx context.Context, flags checkFlags, e errands) (finding.Report, error) {
	go watchMemory(a.errs, e.set.Suspect)
	progress := a.startProgress()
	e.request.Progress = progress.report
	found, err := e.against.run(ctx, check.New(e.set.Set, e.selection), e.request, e.set.ran(e.selection))
	progress.stop()
	if err == nil && flags.mend.fix {
		found, err = a.mend(ctx, flags.mend, e, found)
	}
	if err != nil {
		return found, err
	}
	if e.config != nil {
		found.Config = e.config.Path
	}
	e.set.addTo(&found)
	return found, nil
}

// severity is the lowest severity that fails the run.
func (f checkFlags) severity(conf config.Config) (finding.Severity, error) {
	word := f.failOn
	if conf.FailOn != "" && !f.given("fail-on") {
		word = conf.FailOn
	}
	failOn, ok := finding.ParseSeverity(word)
	switch {
	case ok && failOn == finding.Info:
		return failOn, errFailOnInfo
	case !ok:
		_, err := oneOf("fail-on", word, finding.Severities()[1:])
		return failOn, err
	}
	return failOn, nil
}

func exitCode(r finding.Report, failOn finding.Severity, named bool) int {
	if len(r.Problems) > 0 || named && r.Units == 0 {
		return ExitIncomplete
	}
	for _, f := range r.Findings {
		if f.Severity >= failOn && f.Suppressed == nil {
			return ExitFindings
		}
	}
	return ExitClean
}
