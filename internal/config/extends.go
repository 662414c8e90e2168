package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/artifact"
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
	extended  string          // path of the file that it extends; empty: none, or that of an artifact
	artifact  artifact.Reference
	extendsAt *yaml.Node // nil: it extends no file
}

// finish returns the configuration.
func (l *layer) finish() Config {
	l.Skip = slices.Concat(l.skip, l.off)
	return l.Config
}

// extends parses the path of another configuration, or the reference of an artifact that contains one.
func (p *parser) extends(v *yaml.Node) (err error) {
	if v.Kind == yaml.ScalarNode && artifact.IsRemote(v.Value) {
		if p.config.artifact, err = artifact.ParsePinned(v.Value); err != nil {
			return p.errorf(v, "extends: %s %v", v.Value, err)
		}
		p.config.extendsAt = v
		return nil
	}
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
	if c.extendsAt == nil {
		return nil
	}
	name, err := c.parent(fsys, dir)
	switch {
	case err != nil:
		return p.errorf(c.extendsAt, "extends: %s %v", c.extendsAt.Value, err)
	case slices.Contains(chain, name):
		return p.errorf(c.extendsAt, "extends: the files form a cycle: %s", strings.Join(append(chain, name), ", "))
	case len(chain) > maxExtends:
		return p.errorf(c.extendsAt, "extends: more than %d files extend each other", maxExtends)
	}
	content, err := source.ReadText(fsys, name)
	if err != nil {
		return p.errorf(c.extendsAt, "extends: %s: %v", c.extendsAt.Value, err)
	}
	shown := name
	if c.extended != "" {
		shown = path.Join(path.Dir(p.name), c.extended)
	}
	parent, err := parse(shown, source.NewFile(name, content), p.rules)
	if err != nil {
		return err
	}
	if err := parent.whole(fsys, path.Dir(name), append(chain, name)); err != nil {
		return err
	}
	c.over(parent.config)
	return nil
}

// parent returns the path of the file that a configuration in a directory extends.
func (l *layer) parent(fsys fs.FS, dir string) (string, error) {
	if l.extended != "" {
		return inTree(dir, l.extended)
	}
	if err := artifact.Check(fsys, l.artifact); err != nil {
		return "", err
	}
	for _, base := range []string{Name, otherName} {
		if name := path.Join(l.artifact.Root(), base); !source.IsMissing(fsys, name) {
			return name, nil
		}
	}
	return "", errNoConfig
}

var (
	errNoConfig = errors.New("has no " + Name + " in its root")
	errOutside  = errors.New("is outside of the repository")
	errBeyond   = errors.New("is outside of the artifact that contains this file")
)

// inTree returns the path in the tree of a file that a configuration in a directory names. A configuration in an artifact can
// name only files in it.
func inTree(dir, relative string) (string, error) {
	name := path.Join(dir, relative)
	root := artifact.RootOf(dir)
	switch {
	case !fs.ValidPath(name):
		return "", errOutside
	case root != "" && !source.Holds(root, name):
		return "", errBeyond
	}
	return name, nil
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
		document, l, err := glance("", content)
		if value := member(document, key); value != nil {
			return value, dir
		}
		if err != nil || l.extendsAt == nil {
			return nil, ""
		}
		name, err := l.parent(fsys, dir)
		if err != nil {
			return nil, ""
		}
		if content, err = source.ReadText(fsys, name); err != nil {
			return nil, ""
		}
		dir = path.Dir(name)
	}
	return nil, ""
}

// Artifacts returns the artifacts that the text of a configuration in a directory extends, itself and through the files that it
// extends. It ends at an artifact or a file that cannot be read, which Load reports. shown is the file name for messages.
func Artifacts(fsys fs.FS, dir, shown string, content []byte) ([]artifact.Reference, error) {
	var all []artifact.Reference
	for range maxExtends + 1 {
		_, l, err := glance(shown, content)
		if err != nil || l.extendsAt == nil {
			return all, err
		}
		if l.extended == "" {
			all = append(all, l.artifact)
		}
		name, err := l.parent(fsys, dir)
		if err != nil {
			return all, nil //nolint:nilerr // it is missing as yet, or Load reports it
		}
		if content, err = source.ReadText(fsys, name); err != nil {
			return all, nil //nolint:nilerr // Load reports it
		}
		dir, shown = path.Dir(name), name
	}
	return all, nil
}

// glance parses only what a configuration extends.
func glance(shown string, content []byte) (document *yaml.Node, l layer, err error) {
	documents, err := yamltext.DecodeAll(content)
	if err != nil {
		return nil, l, fmt.Errorf("%s: %s", shown, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(documents) == 0 {
		return nil, l, nil
	}
	p := parser{name: shown}
	if extended := member(documents[0], extendsKey); extended != nil {
		err = p.extends(extended)
	}
	return documents[0], p.config, err
}

// member returns the value of a key of a mapping, or nil.
func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
