package config

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// Value is the value of a variable or parameter, and the place of its name.
type Value struct {
	Text string
	At   source.Range
	File *source.File
}

// values parses a mapping of names to values. text formats values other than scalars; false: they are not possible.
func (p *parser) values(v *yaml.Node, text func(*yaml.Node) (string, bool)) (map[string]Value, error) {
	if v.Kind != yaml.MappingNode {
		return nil, p.errorf(v, "must be a mapping of names to values")
	}
	if err := p.unique(v); err != nil {
		return nil, err
	}
	all := map[string]Value{}
	for i := 0; i+1 < len(v.Content); i += 2 {
		key, value := v.Content[i], v.Content[i+1]
		written, ok := value.Value, value.Kind == yaml.ScalarNode && value.Tag != "!!null"
		if value.Kind != yaml.ScalarNode {
			written, ok = text(value)
		}
		if !ok || key.Kind != yaml.ScalarNode || key.Value == "" {
			return nil, p.errorf(key, "the value of %q is not possible here", key.Value)
		}
		start := p.config.File.OffsetRunes(key.Line, key.Column)
		all[key.Value] = Value{
			Text: written, File: p.config.File,
			At: source.Range{Path: p.config.File.Path, Start: start, End: start + len(key.Value)},
		}
	}
	return all, nil
}

// structured returns a list or mapping as JSON, which Terraform reads as an expression.
func structured(v *yaml.Node) (string, bool) {
	var value any
	if v.Decode(&value) != nil {
		return "", false
	}
	text, err := json.Marshal(value)
	return string(text), err == nil
}

// commaSeparated returns a list of scalars as CloudFormation takes them.
func commaSeparated(v *yaml.Node) (string, bool) {
	var items []string
	for _, item := range v.Content {
		if item.Kind != yaml.ScalarNode {
			return "", false
		}
		items = append(items, item.Value)
	}
	return strings.Join(items, ","), v.Kind == yaml.SequenceNode
}

// varFile validates the path of a file of variables.
func (p *parser) varFile(v *yaml.Node) error {
	if v.Kind != yaml.ScalarNode || v.Value == "" || path.IsAbs(v.Value) || strings.ContainsAny(v.Value, `\:`) {
		return p.errorf(v, "%q must be the path of a file in the repository, relative to the directory of this file", v.Value)
	}
	p.varFiles = append(p.varFiles, v)
	return nil
}

// readStacks validates the paths of stacks; locate reads them.
func (p *parser) readStacks(v *yaml.Node) error {
	p.stacks = v
	_, err := p.stacksIn(v, "")
	return err
}

// stacksIn reads where the templates of stacks are, relative to a directory; empty: unknown yet.
func (p *parser) stacksIn(v *yaml.Node, dir string) (map[string]string, error) {
	if v.Kind != yaml.MappingNode {
		return nil, p.errorf(v, "must be a mapping of the names of stacks to templates or their directories")
	}
	if err := p.unique(v); err != nil {
		return nil, err
	}
	stacks := map[string]string{}
	for i := 0; i+1 < len(v.Content); i += 2 {
		name, at := v.Content[i], v.Content[i+1]
		if at.Kind != yaml.ScalarNode || at.Value == "" || path.IsAbs(at.Value) || strings.ContainsAny(at.Value, `\:`) || dir != "" && !fs.ValidPath(path.Join(dir, at.Value)) {
			return nil, p.errorf(at, "%q must be the path of a template or directory in the repository, relative to the directory of this file", at.Value)
		}
		stacks[name.Value] = path.Join(dir, at.Value)
	}
	return stacks, nil
}

// locate makes the paths of stacks and of files of variables relative to the root of the file system. dir is the directory of the
// configuration.
func (p *parser) locate(fsys fs.FS, dir string) error {
	if p.stacks != nil {
		var err error
		if p.config.Stacks, err = p.stacksIn(p.stacks, dir); err != nil {
			return err
		}
	}
	p.config.VarFiles = nil
	for _, v := range p.varFiles {
		name, err := inTree(dir, v.Value)
		switch {
		case err != nil:
			return p.errorf(v, "var-files: %s %v", v.Value, err)
		case source.IsMissing(fsys, name):
			return p.errorf(v, "var-files: %s does not exist", v.Value)
		}
		p.config.VarFiles = append(p.config.VarFiles, name)
	}
	return nil
}

// textOf parses a text.
func (p *parser) textOf(v *yaml.Node) (string, error) {
	if v.Kind != yaml.ScalarNode || v.Value == "" || v.Tag != "!!str" {
		return "", p.errorf(v, "%q must be a text", v.Value)
	}
	return v.Value, nil
}
