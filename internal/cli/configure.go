package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/pflag"

	"lintel/internal/boundary"
	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// configuration reads the configuration that the flag names; without the flag it is nil.
func (f *treeFlags) configuration(where location) (*source.File, error) {
	if f.config == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	content, err := readLimited(f.config)
	if err != nil {
		return nil, fmt.Errorf("--config %s: %w", f.config, err)
	}
	return source.NewFile(boundary.Rel(where.root, resolve(where.cwd, f.config)), content), nil
}

// errTooLarge is what is wrong with a file that no person has written.
var errTooLarge = fmt.Errorf("it is larger than %d MiB", source.MaxFileBytes>>20)

// readLimited reads a file that the user names, wherever it is.
func readLimited(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > source.MaxFileBytes {
		return nil, errTooLarge
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(name) //nolint:gosec // the user names it
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return content, err
}

// registerCode adds the flags that say whose code is reported on.
func (f *checkFlags) registerCode(flags *pflag.FlagSet) {
	flags.BoolVar(&f.framework, "framework", false, "report on functions that the CDK made for its own purposes, too")
	flags.BoolVar(&f.thirdParty, "third-party", true, "report on the code of modules that others wrote; --third-party=false leaves it out")
}

var errFailOnInfo = errors.New("--fail-on is \"info\"; findings of severity info never fail: use low, medium, high or critical")

// overrides returns what the flags ask for. A name that none of the rules has is an error.
func (f *checkFlags) overrides(all []finding.Rule) (o workspace.Overrides, err error) {
	if o.Profile, err = oneOf("profile", f.profile, finding.Profiles()); err != nil {
		return o, err
	}
	if !f.given("profile") {
		o.Profile = "" // that of the configuration
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
	if o.NoIgnore, err = ruleIDs(all, f.noIgnore); err != nil {
		return o, err
	}
	if o.Only, err = ruleIDs(all, f.only); err != nil {
		return o, err
	}
	o.Skip, err = ruleIDs(all, f.skip)
	return o, err
}
