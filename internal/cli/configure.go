package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"lintel/internal/boundary"
	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// readConfig reads the configuration that the flag names, or the nearest one above the paths of the
// command line.
func (f *treeFlags) readConfig(fsys fs.FS, where location, rules finding.IDs) (config.Config, error) {
	if f.config == "" {
		name := config.Find(fsys, where.paths)
		return config.Load(fsys, name, where.show(name), rules)
	}
	content, err := readLimited(f.config)
	if err != nil {
		return config.Config{}, fmt.Errorf("--config %s: %w", f.config, err)
	}
	path := boundary.Rel(where.root, resolve(where.cwd, f.config))
	return config.Parse(f.config, source.NewFile(path, content), rules)
}

// policies are the folders with custom rules that the configuration names, relative to the root of the run.
// What is wrong with the configuration, readConfig says.
func (f *treeFlags) policies(fsys fs.FS, where location) []string {
	if f.config == "" {
		return config.Policies(fsys, config.Find(fsys, where.paths))
	}
	content, err := readLimited(f.config)
	if err != nil {
		return nil
	}
	return config.PoliciesIn(content)
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

// configured puts what a configuration and the flags say about findings into a request.
func (f *checkFlags) configured(req check.Request, where location, conf config.Config) check.Request {
	req = req.Configured(conf)
	req.Framework = f.framework
	if f.given("third-party") {
		req.OwnCode = !f.thirdParty
	}
	if f.tree.config == "" && !req.Widen { // nothing in a file that others share need be of use here
		for _, p := range where.paths {
			req.IgnoreWhole = req.IgnoreWhole || conf.Base == "" || config.Holds(p, conf.Base)
		}
	}
	return req
}

// registerCode adds the flags that say whose code is reported on.
func (f *checkFlags) registerCode(flags *pflag.FlagSet) {
	flags.BoolVar(&f.framework, "framework", false, "report on functions that the CDK made for its own purposes, too")
	flags.BoolVar(&f.thirdParty, "third-party", true, "report on the code of modules that others wrote; --third-party=false leaves it out")
}

// config is the configuration that judges: the one that the caller gives, or with a base the one of
// the base, made stricter by the change but not looser. later are ids of rules that only the change has.
func (c *comparison) config(flags *treeFlags, req check.Request, rules []finding.Rule, later []string) (config.Config, error) {
	ids, more := finding.IDsOf(rules), slices.Clone(rules)
	for _, id := range later {
		more = append(more, finding.Rule{ID: id})
	}
	now, err := flags.readConfig(req.FS, c.where, finding.IDsOf(more))
	if err != nil || c.base == nil || flags.config != "" {
		return now, err
	}
	before := config.Find(c.base, c.where.paths)
	base, err := config.Load(c.base, before, c.where.show(before), ids)
	if err == nil && same(base, now) {
		return now, nil
	}
	name := config.Name
	if now.File != nil {
		name = c.where.show(now.File.Path)
	}
	if c.flags.trust {
		c.notes = append(c.notes, name+" is changed, and its new form is used (--trust-config)")
		return now, nil
	}
	c.notes = append(c.notes, name+" is changed; where it is looser now, the one before the change is used (--trust-config uses the new one)")
	if err != nil {
		c.notes = append(c.notes, "the one before the change is not valid and counts as empty: "+err.Error())
	}
	return config.Strictest(base, now, rules), nil
}

// same reports whether two configurations are one file with one text, or none.
func same(a, b config.Config) bool {
	if a.File == nil || b.File == nil {
		return a.File == b.File
	}
	return a.File.Path == b.File.Path && bytes.Equal(a.File.Content, b.File.Content)
}
