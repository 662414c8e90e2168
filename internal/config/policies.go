package config

import (
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// Policies returns the directories with custom rules in a configuration, relative to the root of the file system. It is
// called before the rules are known and ignores errors, which Load reports. name may be empty.
func Policies(fsys fs.FS, name string) []string {
	if name == "" {
		return nil
	}
	content, err := source.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	folders := PoliciesIn(content)
	for i := range folders {
		folders[i] = path.Join(path.Dir(name), folders[i])
	}
	return folders
}

// PoliciesIn returns the directories with custom rules in the text of a configuration.
func PoliciesIn(content []byte) []string {
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err != nil || len(document.Content) == 0 {
		return nil
	}
	top := document.Content[0]
	for i := 0; top.Kind == yaml.MappingNode && i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != "policies" {
			continue
		}
		var p parser
		if folders, err := p.texts(top.Content[i+1], p.folder); err == nil {
			return folders
		}
	}
	return nil
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
