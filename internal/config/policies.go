package config

import (
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// Policies returns the directories with custom rules in a configuration or in the files that it extends, relative to the root
// of the file system. It is called before the rules are known and ignores errors, which Load reports. name may be empty.
func Policies(fsys fs.FS, name string) []string {
	if name == "" {
		return nil
	}
	content, err := source.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	return PoliciesIn(fsys, path.Dir(name), content)
}

// PoliciesIn is Policies for the text of a configuration in a directory.
func PoliciesIn(fsys fs.FS, dir string, content []byte) []string {
	value, in := valueOf(fsys, dir, content, "policies")
	if value == nil {
		return nil
	}
	var p parser
	folders, err := p.texts(value, p.folder)
	if err != nil {
		return nil
	}
	for i := range folders {
		folders[i] = path.Join(in, folders[i])
	}
	return folders
}

// folder validates and cleans the path of a directory. Only the command line may name a directory outside of the
// repository.
func (p *parser) folder(v *yaml.Node) error {
	if v.Kind == yaml.ScalarNode && v.Value != "" && fs.ValidPath(path.Clean(v.Value)) {
		v.Value = path.Clean(v.Value)
		return nil
	}
	return p.errorf(v, "%q must be a directory in the repository, relative to its root; use --policies for other directories", v.Value)
}
