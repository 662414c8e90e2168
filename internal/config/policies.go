package config

import (
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// Policies returns the folders with custom rules that a configuration names, relative to the root of the file
// system. It is read before the rules are known; what is wrong with the file, Load says. name is empty when there
// is none.
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

// PoliciesIn returns the folders with custom rules that the text of a configuration names.
func PoliciesIn(content []byte) []string {
	documents, err := yamltext.DecodeAll(content)
	if err != nil || len(documents) == 0 {
		return nil
	}
	top := documents[0]
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

// folder checks and cleans the path of a folder. One that leads out of the repository is nobody's but the
// caller's to name.
func (p *parser) folder(v *yaml.Node) error {
	if v.Kind == yaml.ScalarNode && v.Value != "" && fs.ValidPath(path.Clean(v.Value)) {
		v.Value = path.Clean(v.Value)
		return nil
	}
	return p.errorf(v, "%q must be a folder in the repository, relative to its root; for others there is --policies", v.Value)
}
