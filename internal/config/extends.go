package config

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// extendsKey is the key of the file whose settings a configuration takes over.
const extendsKey = "extends"

// maxExtends limits how many files extend each other.
const maxExtends = 8

// layer is one file of a configuration. Its settings are over those of the file that it extends.
type layer struct {
	Config
	own       map[string]bool // keys of the file
	skip, off []string        // rules to skip, by the key skip and by rules
	extended  string          // path of the file that it extends; empty: none
	extendsAt *yaml.Node
}

// finish returns the configuration.
func (l *layer) finish() Config {
	l.Skip = slices.Concat(l.skip, l.off)
	return l.Config
}

// extends parses the path of another configuration.
func (p *parser) extends(v *yaml.Node) error {
	if v.Kind != yaml.ScalarNode || v.Value == "" || path.IsAbs(v.Value) || strings.ContainsAny(v.Value, `\:`) {
		return p.errorf(v, "%q must be the path of a file in the repository, relative to the directory of this file", v.Value)
	}
	p.config.extended, p.config.extendsAt = path.Clean(v.Value), v
	return nil
}

// LoadIn parses a configuration whose paths are relative to a directory of a file system, with the files that it extends.
func LoadIn(fsys fs.FS, dir, shown string, file *source.File, rules finding.IDs) (Config, error) {
	p, err := parse(shown, file, rules)
	if err != nil {
		return p.config.finish(), err
	}
	if err := p.whole(fsys, dir, []string{file.Path}); err != nil {
		return Config{File: file}, err
	}
	return p.config.finish(), nil
}

// whole adds the settings of the files that the configuration extends. Its paths are relative to dir; chain are the paths of
// the files up to this one.
func (p *parser) whole(fsys fs.FS, dir string, chain []string) error {
	if err := p.locate(fsys, dir); err != nil {
		return err
	}
	c := &p.config
	if c.extended == "" {
		return nil
	}
	name := path.Join(dir, c.extended)
	switch {
	case !fs.ValidPath(name):
		return p.errorf(c.extendsAt, "extends: %s is outside of the repository", c.extended)
	case slices.Contains(chain, name):
		return p.errorf(c.extendsAt, "extends: the files form a cycle: %s", strings.Join(append(chain, name), ", "))
	case len(chain) > maxExtends:
		return p.errorf(c.extendsAt, "extends: more than %d files extend each other", maxExtends)
	}
	content, err := source.ReadText(fsys, name)
	if err != nil {
		return p.errorf(c.extendsAt, "extends: %s: %v", c.extended, err)
	}
	parent, err := parse(path.Join(path.Dir(p.name), c.extended), source.NewFile(name, content), p.rules)
	if err != nil {
		return err
	}
	if err := parent.whole(fsys, path.Dir(name), append(chain, name)); err != nil {
		return err
	}
	c.over(parent.config)
	return nil
}

// over puts the settings over those of another file. A key replaces that of the other file; mappings are merged.
// Suppressions are not taken over: their patterns, and the reports about unused ones, belong to a directory.
func (l *layer) over(parent layer) {
	l.Extended = append([]*source.File{parent.File}, parent.Extended...)
	inherit := map[string]func(){
		"profile":          func() { l.Profile = parent.Profile },
		"fail-on":          func() { l.FailOn = parent.FailOn },
		"skip":             func() { l.skip = parent.skip },
		"no-ignore":        func() { l.NoIgnore = parent.NoIgnore },
		"max-ignore-days":  func() { l.MaxIgnoreDays = parent.MaxIgnoreDays },
		"trusted-accounts": func() { l.TrustedAccounts = parent.TrustedAccounts },
		"third-party":      func() { l.NoThirdParty = parent.NoThirdParty },
		"var-files":        func() { l.VarFiles = parent.VarFiles },
		"access":           func() { l.DenyNew = parent.DenyNew },
		"workspace":        func() { l.Workspace = parent.Workspace },
		sizeKey:            func() { l.MaxFileBytes = parent.MaxFileBytes },
	}
	for key, take := range inherit { // any order: each sets another member
		if !l.own[key] {
			take()
		}
	}
	l.Gaps, l.Vars, l.Params = merged(parent.Gaps, l.Gaps), merged(parent.Vars, l.Vars), merged(parent.Params, l.Params)
	l.Stacks = merged(parent.Stacks, l.Stacks)
	own := l.Severities
	l.Severities = merged(parent.Severities, own)
	for _, id := range l.off {
		delete(l.Severities, id)
	}
	for _, id := range parent.off {
		if _, hasSeverity := own[id]; !hasSeverity && !slices.Contains(l.off, id) {
			l.off = append(l.off, id)
		}
	}
}

// merged returns the entries of both maps; those of own count.
func merged[K comparable, V any](parent, own map[K]V) map[K]V {
	if len(parent) == 0 {
		return own
	}
	all := maps.Clone(parent)
	maps.Copy(all, own)
	return all
}

// Files returns the file of the configuration and those that it extends.
func (c Config) Files() []*source.File {
	if c.File == nil {
		return nil
	}
	return append([]*source.File{c.File}, c.Extended...)
}

// Text returns the paths and texts of the configuration and of the files that it extends. Configurations with the same text
// have the same settings.
func (c Config) Text() string {
	var text strings.Builder
	for _, file := range c.Files() {
		fmt.Fprintf(&text, "%q\n%s\x00", file.Path, file.Content)
	}
	return text.String()
}

// valueOf returns the value of a key in the text of a configuration in a directory, or in the nearest of the files that it
// extends, and the directory of the file with it. It is called before the rules are known and ignores errors, which Load
// reports.
func valueOf(fsys fs.FS, dir string, content []byte, key string) (value *yaml.Node, in string) {
	for range maxExtends + 1 {
		documents, err := yamltext.DecodeAll(content)
		if err != nil || len(documents) == 0 {
			return nil, ""
		}
		if value := member(documents[0], key); value != nil {
			return value, dir
		}
		extended := member(documents[0], extendsKey)
		var p parser
		if extended == nil || p.extends(extended) != nil {
			return nil, ""
		}
		name := path.Join(dir, p.config.extended)
		if content, err = source.ReadText(fsys, name); err != nil {
			return nil, ""
		}
		dir = path.Dir(name)
	}
	return nil, ""
}

// member returns the value of a key of a mapping, or nil.
func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
