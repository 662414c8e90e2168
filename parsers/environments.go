package parsers

import (
	"io/fs"
	"path"
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
)

// templateUnits returns the units of a template or plan: itself, and one for each environment of the SAM CLI that passes
// other values than the defaults to a template. Any of them may be deployed.
func (f *finder) templateUnits(u deployment.Unit) []deployment.Unit {
	units := []deployment.Unit{u}
	names := f.samConfigsOf(u.Root)
	if u.Kind != deployment.Template || len(names) == 0 {
		return units
	}
	configs := make([]cloudformation.SAMConfig, len(names))
	for i, name := range names {
		configs[i] = f.samConfig(name)
	}
	found, _ := within(f.limit, u.Root, func() cloudformation.Environments {
		return cloudformation.EnvironmentsOf(f.fsys, u.Root, configs)
	})
	f.problems = append(f.problems, found.Problems...)
	for _, e := range found.Names {
		further := u
		further.Environment = e
		units = append(units, further)
	}
	return units
}

// deployedFiles takes the files that configuration files of the SAM CLI deploy and that no name makes a template.
func (f *finder) deployedFiles() {
	slices.Sort(f.tools) // problems of configuration files are in their order
	for _, p := range f.tools {
		if source.ToolOf(p) != source.SAMCLI || f.limit.isOver(p) {
			continue
		}
		f.maybe = append(f.maybe, slices.DeleteFunc(slices.Clone(f.samConfig(p).Templates()), mayBeTemplate)...)
	}
}

// isDeployed reports whether a configuration file of the SAM CLI deploys a template by itself.
func (f *finder) isDeployed(template string) bool {
	return slices.ContainsFunc(f.samConfigsOf(template), func(config string) bool {
		return slices.Contains(f.samConfig(config).Templates(), template)
	})
}

// samConfigsOf returns the configuration files of the SAM CLI that may deploy a template, sorted: those that the search has
// found, and those in its directory and above it.
func (f *finder) samConfigsOf(template string) []string {
	var all []string
	for _, p := range f.tools {
		if source.ToolOf(p) == source.SAMCLI {
			all = append(all, p)
		}
	}
	for dir := path.Dir(template); !f.isWhole; dir = path.Dir(dir) {
		if _, known := f.samConfigsIn[dir]; !known {
			f.samConfigsIn[dir] = samConfigsIn(f.fsys, dir)
		}
		if all = append(all, f.samConfigsIn[dir]...); dir == "." {
			break
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// samConfigsIn returns the configuration files of the SAM CLI in a directory.
func samConfigsIn(fsys fs.FS, dir string) []string {
	var found []string
	for _, name := range source.SAMConfigs() {
		if info, err := fs.Stat(fsys, path.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			found = append(found, path.Join(dir, name))
		}
	}
	return found
}

// samConfig reads a configuration file of the SAM CLI once.
func (f *finder) samConfig(name string) cloudformation.SAMConfig {
	config, known := f.samConfigs[name]
	if !known {
		config, _ = within(f.limit, name, func() cloudformation.SAMConfig { return cloudformation.ReadSAMConfig(f.fsys, name) })
		f.samConfigs[name] = config
		f.problems, f.gaps = append(f.problems, config.Problems...), append(f.gaps, config.Gaps...)
		if config.File != nil && len(config.Problems)+len(config.Gaps) > 0 {
			f.faulty[name] = config.File
		}
	}
	return config
}
