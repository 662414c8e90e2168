package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"

	"lintel/internal/finding"
)

// CompiledExt is the ending of the compiled form of a rule, a helper or a part of the data. It is beside the text:
// policy.compiled beside policy.rego. The compiled form of a rule also has its metadata.
const CompiledExt = ".compiled"

// compiledName returns the path of the compiled form of a module.
func compiledName(module string) string { return strings.TrimSuffix(module, ".rego") + CompiledExt }

// Marshal returns the files of the compiled set, which Load reads, by their path. The content of a
// file depends on the rule and on the helpers it imports, but not on other rules.
func (s *Set) Marshal() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, r := range s.rules {
		for i, m := range r.modules {
			name := compiledName(m.name)
			if files[name] != nil {
				continue
			}
			decoded, err := m.decode()
			if err != nil {
				return nil, err
			}
			var head string
			if i == 0 {
				head = headOf(r)
			}
			e := &encoder{}
			e.text(head)
			e.module(decoded)
			e.line()
			if e.err != nil {
				return nil, fmt.Errorf("%s: %w", m.name, e.err)
			}
			files[name] = e.out
		}
	}
	return files, s.marshalData(files)
}

// marshalData adds a file for each key of the data: JSON takes six times as long to read.
func (s *Set) marshalData(files map[string][]byte) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	for key, content := range data {
		value, err := ast.InterfaceToValue(content)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		e := &encoder{}
		e.value(value)
		e.line()
		if e.err != nil {
			return fmt.Errorf("%s: %w", key, e.err)
		}
		files[path.Join(dataDir, key+CompiledExt)] = e.out
	}
	return nil
}

// headOf encodes what the engine needs of a rule before its module.
func headOf(r *rule) string {
	e := &encoder{}
	e.line()
	e.metadata(r.Rule)
	e.line()
	e.texts(r.Reads)
	e.line()
	e.number(len(r.Needs))
	for _, needs := range r.Needs {
		e.texts(needs)
	}
	e.line()
	e.texts(r.builtins)
	e.line()
	e.number(len(r.modules) - 1)
	for _, m := range r.modules[1:] {
		e.text(m.name)
	}
	e.line()
	return string(e.out)
}

func (e *encoder) metadata(r finding.Rule) {
	for _, s := range []string{r.ID, r.Title, r.Description, r.Remediation, r.Category, string(r.Profile), r.Since} {
		e.text(s)
		e.line()
	}
	e.text(string(r.Fix))
	e.number(int(r.Severity))
	e.texts(r.CWE)
	e.texts(r.Peers)
	e.texts(r.Aliases)
	e.number(len(r.References))
	for _, ref := range r.References {
		e.text(ref.URL)
		e.text(ref.Title)
	}
}

// Load reads a set from the files that Marshal returned; other files are ignored. Modules and data stay unread until a rule
// is needed.
func Load(fsys fs.FS) (*Set, error) {
	folders, err := fs.ReadDir(fsys, rulesDir)
	if err != nil {
		return nil, err
	}
	set := &Set{}
	set.rules = make([]*rule, 0, len(folders))
	l := compiledFiles{fsys: fsys, helpers: map[string]module{}}
	for _, folder := range folders {
		r, err := l.rule(folder.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // a rule that is not compiled yet, in a directory on disk
		}
		if err != nil {
			return nil, err
		}
		set.rules = append(set.rules, r)
	}
	slices.SortFunc(set.rules, func(a, b *rule) int { return strings.Compare(a.ID, b.ID) })
	set.prepare()
	data := sync.OnceValues(func() (map[string]any, error) { return loadData(fsys) })
	set.store = sync.OnceValues(func() (storage.Store, error) {
		values, err := data()
		if err != nil {
			return nil, err
		}
		return newStore(values), nil
	})
	set.data = sync.OnceValues(func() (map[string]any, error) {
		values, err := data()
		if err != nil {
			return nil, err
		}
		return plain(values)
	})
	return set, nil
}

// loadData reads the compiled data: an ast.Value for each key.
func loadData(fsys fs.FS) (map[string]any, error) {
	entries, err := fs.ReadDir(fsys, dataDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // no rule needs data
		return nil, err
	}
	data := map[string]any{}
	for _, entry := range entries {
		key, ok := strings.CutSuffix(entry.Name(), CompiledExt)
		if !ok {
			continue
		}
		content, err := fs.ReadFile(fsys, path.Join(dataDir, entry.Name()))
		if err != nil {
			return nil, err
		}
		d := &decoder{text: string(content)}
		data[key] = d.value()
		if d.line(); d.bad || d.pos < len(d.text) {
			return nil, fmt.Errorf("%s/%s: %w", dataDir, entry.Name(), errCorrupt)
		}
	}
	return data, nil
}

// plain converts the values of compiled data into those that encoding/json returns.
func plain(values map[string]any) (map[string]any, error) {
	data := map[string]any{}
	for key, value := range values {
		var err error
		if data[key], err = ast.JSON(value.(ast.Value)); err != nil { //nolint:forcetypeassert // from loadData
			return nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	return data, nil
}

// compiledFiles reads the files of a compiled set.
type compiledFiles struct {
	fsys    fs.FS
	buffer  bytes.Buffer
	helpers map[string]module // those that rules before imported
}

// rule reads the rule of a folder. Every start pays for this, so only the head of the file is kept.
func (c *compiledFiles) rule(folder string) (*rule, error) {
	name := path.Join(rulesDir, folder, policyFile)
	file, err := c.fsys.Open(compiledName(name))
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	c.buffer.Reset()
	if _, err := c.buffer.ReadFrom(file); err != nil {
		return nil, err
	}
	d := &decoder{text: headIn(c.buffer.Bytes())}
	r := &rule{Package: folder, modules: make([]module, 1, 4)}
	r.modules[0] = c.module(name)
	d.head(r, func(helper string) {
		if _, ok := c.helpers[helper]; !ok {
			c.helpers[helper] = c.module(helper)
		}
		r.modules = append(r.modules, c.helpers[helper])
	})
	if d.bad {
		return nil, fmt.Errorf("%s: %w", compiledName(name), errCorrupt)
	}
	return r, nil
}

// headIn returns the head of a compiled module.
func headIn(content []byte) string {
	d := &decoder{text: string(content[:min(len(content), 16)])} // more than the digits of a length
	n := d.number()
	if d.bad || n < 0 || n > len(content)-d.pos {
		return ""
	}
	return string(content[d.pos : d.pos+n])
}

// module returns a module that is read and decoded when it is needed.
func (c *compiledFiles) module(name string) module {
	fsys := c.fsys
	return module{name, func() (*ast.Module, error) {
		content, err := fs.ReadFile(fsys, compiledName(name))
		if err != nil {
			return nil, err
		}
		d := &decoder{text: string(content)}
		d.string() // the head
		return d.module(name)
	}}
}

// head reads what headOf wrote. It calls imports for the modules that the rule imports.
func (d *decoder) head(r *rule, imports func(name string)) {
	d.line()
	r.Rule = d.metadata()
	d.line()
	r.Reads = d.strings()
	d.line()
	r.Needs = make([][]string, d.length())
	for i := range r.Needs {
		r.Needs[i] = d.strings()
	}
	d.line()
	r.builtins = d.strings()
	d.line()
	for range d.length() {
		imports(d.string())
	}
	d.line()
}

func (d *decoder) metadata() finding.Rule {
	var r finding.Rule
	var profile string
	for _, s := range []*string{&r.ID, &r.Title, &r.Description, &r.Remediation, &r.Category, &profile, &r.Since} {
		*s = d.string()
		d.line()
	}
	r.Profile = finding.Profile(profile)
	r.Fix = d.json()
	r.Severity = finding.Severity(d.number()) //nolint:gosec // written by encoder from a Severity
	r.CWE, r.Peers, r.Aliases = d.strings(), d.strings(), d.strings()
	r.References = make([]finding.Reference, d.length())
	for i := range r.References {
		r.References[i] = finding.Reference{URL: d.string(), Title: d.string()}
	}
	return r
}

// json reads JSON text; nil when it is empty.
func (d *decoder) json() json.RawMessage {
	if text := d.string(); text != "" {
		return json.RawMessage(text)
	}
	return nil
}
