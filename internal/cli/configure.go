package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"lintel/internal/boundary"
	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// configuration reads the file of --config. Without the flag it returns nil.
func (f *treeFlags) configuration(where location) (*source.File, error) {
	if f.config == "" {
		return nil, nil //nolint:nilnil // no file is a valid result
	}
	content, err := source.ReadPath(f.config)
	if err != nil {
		return nil, fmt.Errorf("--config %s: %w", f.config, err)
	}
	return source.NewFile(boundary.Rel(where.root, resolve(where.cwd, f.config)), content), nil
}

// registerRules adds the flags that select the rules to run.
func (f *checkFlags) registerRules(flags *pflag.FlagSet) {
	flags.StringVar(&f.profile, "profile", string(finding.Default), "`PROFILE` of rules to run: default, strict or all")
	flags.StringSliceVar(&f.only, "rule", nil, "run only this `RULE`, whatever the profile: an id, a pattern (env-*), a category (secrets/*) or a check of another tool (CKV_AWS_258); repeatable")
	flags.StringSliceVar(&f.extend, "extend-rule", nil, "also run this `RULE`, in addition to the profile; repeatable")
	registerPractices(flags, &f.practices, "run only the rules of this `PRACTICE`, whatever the profile: a number or name; repeatable")
	flags.StringSliceVar(&f.skip, "skip", nil, "skip this `RULE`, written as for --rule; repeatable")
}

// registerCode adds the flags that select findings by the origin of the code.
func (f *checkFlags) registerCode(flags *pflag.FlagSet) {
	flags.BoolVar(&f.framework, "framework", false, "also report on functions that the CDK generates for its own purposes")
	flags.BoolVar(&f.thirdParty, "third-party", true, "report findings in third-party modules; --third-party=false leaves them out")
}

var errFailOnInfo = errors.New("--fail-on is \"info\", but findings of severity info never fail a run; use low, medium, high or critical")

// overrides converts the flags to overrides of the configuration. A rule id that is not in all is an error.
func (f *checkFlags) overrides(all []finding.Rule) (o workspace.Overrides, err error) {
	if o.Profile, err = oneOf("profile", f.profile, finding.Profiles()); err != nil {
		return o, err
	}
	if !f.given("profile") {
		o.Profile = "" // the profile of the configuration applies
	}
	if f.given("fail-on") {
		severity, ok := finding.ParseSeverity(f.failOn)
		switch {
		case ok && severity == finding.Info:
			return o, errFailOnInfo
		case !ok:
			_, err := oneOf("fail-on", f.failOn, finding.Severities()[1:])
			return o, err
		}
		o.FailOn = &severity
	}
	if f.given("third-party") {
		o.ThirdParty = &f.thirdParty
	}
	o.Framework = f.framework
	if o.Gaps, err = config.ParseGaps(f.gaps); err != nil {
		return o, err
	}
	return o, f.selected(all, &o)
}

// selected converts the flags that select rules.
func (f *checkFlags) selected(all []finding.Rule, o *workspace.Overrides) (err error) {
	for _, flag := range []struct {
		words []string
		ids   *[]string
	}{{f.noIgnore, &o.NoIgnore}, {f.only, &o.Only}, {f.extend, &o.Extend}, {f.skip, &o.Skip}} {
		if *flag.ids, err = ruleIDs(all, flag.words); err != nil {
			return err
		}
	}
	practices, err := findPractices(f.practices)
	o.Only = append(o.Only, rulesOf(practices, all)...)
	return err
}
