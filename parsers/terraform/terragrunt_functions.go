package terraform

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"lintel/internal/deployment"
)

// repositoryMark is that of an absolute path of a file of the repository. The path starts with a slash, which stands for the
// directory that the repository is in.
type repositoryMark struct{}

func absolute(name string) cty.Value {
	return cty.StringVal(path.Join("/", name)).Mark(repositoryMark{})
}

// functions are those of Terragrunt that lintel evaluates
// (https://terragrunt.gruntwork.io/docs/reference/hcl/functions/). It runs no command, so the results of the others are unknown.
func (f *terragruntFile) functions() map[string]function.Function {
	constant := func(value func() cty.Value) function.Function {
		return terragruntFunction(func([]string) (cty.Value, error) { return value(), nil })
	}
	known := func(why string) func() cty.Value { return func() cty.Value { return unknown(why) } }
	return map[string]function.Function{
		"find_in_parent_folders":      terragruntFunction(f.findInParents),
		"read_terragrunt_config":      f.readConfig(),
		"path_relative_to_include":    terragruntFunction(func(args []string) (cty.Value, error) { return f.relative(args, false), nil }),
		"path_relative_from_include":  terragruntFunction(func(args []string) (cty.Value, error) { return f.relative(args, true), nil }),
		"get_parent_terragrunt_dir":   terragruntFunction(func(args []string) (cty.Value, error) { return absolute(f.parentDir(args)), nil }),
		"get_terragrunt_dir":          constant(func() cty.Value { return absolute(f.dir) }),
		"get_original_terragrunt_dir": constant(func() cty.Value { return absolute(path.Dir(f.unit.name)) }),
		"get_repo_root":               constant(func() cty.Value { return absolute(".") }),
		"get_path_from_repo_root":     constant(func() cty.Value { return cty.StringVal(f.dir) }),
		"get_path_to_repo_root":       constant(func() cty.Value { return cty.StringVal(relativeTo(f.dir, ".")) }),
		"get_aws_account_id": constant(func() cty.Value {
			return examples(unknown("the account is known when Terragrunt runs"), "get_aws_account_id", exampleAccount)
		}),
		"get_env": terragruntFunction(func(args []string) (cty.Value, error) {
			return unknown("the environment variable " + first(args) + " is known when Terragrunt runs"), nil
		}),
		"sops_decrypt_file":                     constant(func() cty.Value { return known("the file is encrypted")().Mark(sensitiveMark{}) }),
		"get_terraform_commands_that_need_vars": constant(known("it is a list of commands")),
	}
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// terragruntFunction is a function of texts. Its result is unknown if one of them is.
func terragruntFunction(f func(args []string) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "arguments", Type: cty.String},
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			texts := make([]string, len(args))
			for i, arg := range args {
				texts[i] = arg.AsString()
			}
			return f(texts)
		},
	})
}

// findInParents is find_in_parent_folders(name, fallback): the first file with the name in a directory above the configuration.
func (f *terragruntFile) findInParents(args []string) (cty.Value, error) {
	names := []string{"terragrunt.hcl", "terragrunt.hcl.json"}
	if len(args) > 0 && args[0] != "" {
		names = args[:1]
	}
	dir := f.dir
	for range maxParentFolders {
		if dir == "." {
			break
		}
		dir = path.Dir(dir)
		for _, name := range names {
			at, ok := inRepository(dir, strings.TrimPrefix(name, "/"))
			if !ok {
				continue
			}
			if _, err := fs.Stat(f.fsys, at); err == nil {
				return absolute(at), nil
			}
		}
	}
	if len(args) > 1 {
		return cty.StringVal(args[1]), nil
	}
	f.unit.note(names[0] + " is in no directory above " + f.dir)
	return unknown(names[0] + " is in no directory of the repository above " + f.dir), nil
}

// inclusionFor returns the file that an include block of the file includes, or the file itself if it is included; nil: there is none.
func (f *terragruntFile) inclusionFor(args []string) *terragruntFile {
	if f.including != nil {
		return f
	}
	for _, i := range f.includes {
		if len(args) == 0 || i.name == args[0] {
			return i.file
		}
	}
	return nil
}

// relative is path_relative_to_include(name), or path_relative_from_include(name).
func (f *terragruntFile) relative(args []string, isFrom bool) cty.Value {
	other := f.inclusionFor(args)
	switch {
	case other == nil:
		return cty.StringVal(".")
	case isFrom:
		return cty.StringVal(relativeTo(f.dir, path.Dir(other.name)))
	}
	return cty.StringVal(relativeTo(path.Dir(other.name), f.dir))
}

// parentDir is get_parent_terragrunt_dir(name).
func (f *terragruntFile) parentDir(args []string) string {
	if other := f.inclusionFor(args); other != nil {
		return path.Dir(other.name)
	}
	return f.dir
}

// relativeTo returns the path from one directory of the repository to another.
func relativeTo(from, to string) string {
	steps := func(dir string) []string {
		if dir == "." {
			return nil
		}
		return strings.Split(dir, "/")
	}
	a, b := steps(from), steps(to)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return path.Join(strings.Repeat("../", len(a)), strings.Join(b, "/"), ".")
}

// readConfig is read_terragrunt_config(path, default).
func (f *terragruntFile) readConfig() function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "path", Type: cty.String}},
		VarParam: anything("default"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			name, ok := inRepository(f.dir, args[0].AsString())
			if !ok {
				f.unit.note(errOutside.Error())
				return unknown(args[0].AsString() + " is outside of the repository"), nil
			}
			if _, err := fs.Stat(f.fsys, name); err != nil {
				if len(args) > 1 {
					return args[1], nil
				}
				f.unit.note("there is no " + name)
				return unknown("there is no " + name), nil
			}
			file, err := f.unit.open(name, path.Dir(name), nil)
			if err != nil {
				f.unit.note(err.Error())
				return unknown(err.Error()), nil
			}
			f.unit.opening = append(f.unit.opening, name) // its local values can read it again
			defer func() { f.unit.opening = f.unit.opening[:len(f.unit.opening)-1] }()
			return file.exposed(), nil
		},
	})
}

// exposed is a configuration as others see it: its local values and inputs. The rest of it is unknown.
func (f *terragruntFile) exposed() cty.Value {
	locals := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(f.config.locals)) { // the evaluation of one decides what is not read first
		locals[name] = f.local(name, f.config.locals[name].nameAt)
	}
	found := map[string]cty.Value{"locals": cty.ObjectVal(locals), "inputs": f.merged().object()}
	for _, name := range []string{"dependency", "terraform", "remote_state", "generate", "dependencies", "iam_role", "feature", "values"} {
		found[name] = unknown(name + " of " + f.name + " is known when Terragrunt runs")
	}
	return cty.ObjectVal(found)
}

// included is the value of include: the configurations of include blocks by name, or that of a bare one.
func (f *terragruntFile) included(names []string) cty.Value {
	values := map[string]cty.Value{}
	for _, i := range f.includes {
		if i.name == "" {
			return i.file.exposed()
		}
		for _, name := range names {
			if name == i.name {
				values[name] = i.file.exposed()
			}
		}
	}
	for _, name := range names {
		if _, ok := values[name]; !ok {
			values[name] = unknown("include." + name + " is not declared")
		}
	}
	return cty.ObjectVal(values)
}

// dependencies is the value of dependency: the outputs of other units by the names of the blocks.
func (f *terragruntFile) dependencies(names []string) cty.Value {
	values := map[string]cty.Value{}
	for _, name := range names {
		values[name] = cty.ObjectVal(map[string]cty.Value{"outputs": f.outputs(name), "inputs": unknown("dependency." + name + ".inputs is known when Terragrunt runs")})
	}
	return cty.ObjectVal(values)
}

// outputs returns the outputs of the unit of a dependency block. Those of a module of the repository refer to its resources.
func (f *terragruntFile) outputs(name string) cty.Value {
	missing := unknown("the outputs of dependency." + name + " are known when Terragrunt runs")
	in, b := f.dependency(name)
	if b == nil {
		return missing
	}
	at, _ := in.attribute(b.body, "config_path")
	if at == cty.NilVal || !isKnownString(at) {
		return missing
	}
	dir, ok := inRepository(f.dir, at.AsString())
	if !ok {
		return missing
	}
	if f.unit.options.Elsewhere == nil {
		return unknown("the outputs of dependency." + name + " in " + dir + " are known when Terragrunt runs")
	}
	config := dir
	if path.Base(dir) != "terragrunt.hcl" {
		config = path.Join(dir, "terragrunt.hcl")
	}
	other := newTerragruntUnit(f.fsys, config, deployment.Options{})
	if other.load() != nil {
		return missing
	}
	module, err := other.module()
	if err != nil {
		return missing
	}
	value, ok := f.unit.options.Lookup(deployment.Key{Kind: deployment.StateOutput, Of: deployment.StateOfModule + module, Name: "outputs"}, b.header)
	if !ok {
		return missing
	}
	return fromTree(value)
}

// dependency returns a dependency block, and the file that has it.
func (f *terragruntFile) dependency(name string) (*terragruntFile, *block) {
	files := []*terragruntFile{f}
	for _, i := range f.includes {
		files = append(files, i.file)
	}
	if f.including != nil {
		files = append(files, f.including)
	}
	for _, in := range files {
		for _, b := range in.body.blocks {
			if b.kind == "dependency" && len(b.labels) == 1 && b.labels[0] == name {
				return in, b
			}
		}
	}
	return nil, nil
}
