package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"lintel/internal/finding"
	"lintel/internal/rego"
)

// CompiledExt is the extension of the compiled form of a rule or helper, which is next to its source: policy.compiled
// next to policy.rego. It contains the listings of its functions (package rego); that of a rule starts with its
// metadata.
const CompiledExt = ".compiled"

// compiledFile returns the path of the file that contains a function: rules.tracing_disabled.deny is in
// rules/tracing_disabled/policy.compiled.
func compiledFile(function string) string {
	kind, rest, _ := strings.Cut(function, ".")
	name, _, _ := strings.Cut(rest, ".")
	if kind == rulesDir {
		return path.Join(rulesDir, name, strings.TrimSuffix(policyFile, ".rego")+CompiledExt)
	}
	return path.Join(kind, name+CompiledExt)
}

// denyOf returns the name of the function that returns what the rule in a directory finds.
func denyOf(folder string) string { return rulesDir + "." + folder + ".deny" }

// Marshal returns the files of the compiled set, by path, for Load. The content of a file depends only on the source of
// the rule or helper.
func (s *Set) Marshal() (map[string][]byte, error) {
	listings, err := s.listings()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, r := range s.rules {
		e := &encoder{}
		e.text(headOf(r))
		e.line()
		files[compiledFile(r.deny)] = e.out
	}
	for _, name := range slices.Sorted(maps.Keys(listings)) {
		file := compiledFile(name)
		files[file] = append(files[file], listings[name]...)
	}
	return files, nil
}

// headOf encodes the data of a rule that the engine needs before its module.
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
	e.texts(r.Practices)
	e.texts(r.YieldsTo)
	known := 0
	if r.KnownOnly {
		known = 1
	}
	e.number(known)
	e.number(len(r.References))
	for _, ref := range r.References {
		e.text(ref.URL)
		e.text(ref.Title)
	}
}

// Load loads a set from the files of Marshal and ignores other files. The functions of a rule are parsed when it is
// first evaluated.
func Load(fsys fs.FS) (*Set, error) {
	directories, err := fs.ReadDir(fsys, rulesDir)
	if err != nil {
		return nil, err
	}
	set := &Set{rules: make([]*rule, 0, len(directories)), turn: &sync.Mutex{}}
	set.data = sync.OnceValues(func() (map[string]any, error) { return readData(fsys) })
	program := sync.OnceValue(func() *rego.Program { return loadProgram(fsys) })
	l := compiledFiles{fsys: fsys}
	for _, directory := range directories {
		r, err := l.rule(directory.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // a rule on disk that is not compiled yet
		}
		if err != nil {
			return nil, err
		}
		r.program = func() (*rego.Program, error) { return program(), nil }
		set.rules = append(set.rules, r)
	}
	slices.SortFunc(set.rules, func(a, b *rule) int { return strings.Compare(a.ID, b.ID) })
	return set, nil
}

// loadProgram returns the program of a compiled set.
func loadProgram(fsys fs.FS) *rego.Program {
	function := func(name string) (string, error) {
		file := compiledFile(name)
		content, err := fs.ReadFile(fsys, file)
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(file, rulesDir+"/") {
			d := &decoder{text: string(content)}
			d.string() // the head
			return d.text[d.pos:], nil
		}
		return string(content), nil
	}
	data := func(key string) (rego.Value, error) {
		content, err := fs.ReadFile(fsys, path.Join(dataDir, key+".json"))
		if err != nil {
			return rego.Value{}, err
		}
		file, err := rego.ParseJSON(string(content))
		if err != nil {
			return rego.Value{}, fmt.Errorf("%s/%s.json: %w", dataDir, key, err)
		}
		return file.Member(key), nil
	}
	return rego.Load(function, data)
}

// compiledFiles reads the files of a compiled set.
type compiledFiles struct {
	fsys   fs.FS
	buffer bytes.Buffer
}

// rule reads the rule in a directory. This is part of every start, so it keeps only the head of the file.
func (c *compiledFiles) rule(folder string) (*rule, error) {
	deny := denyOf(folder)
	name := compiledFile(deny)
	file, err := c.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	c.buffer.Reset()
	if _, err := c.buffer.ReadFrom(file); err != nil {
		return nil, err
	}
	d := &decoder{text: headIn(c.buffer.Bytes())}
	r := &rule{Package: folder, deny: deny}
	d.head(r)
	if d.bad {
		return nil, fmt.Errorf("%s: %w", name, errCorrupt)
	}
	return r, nil
}

// headIn returns the head of a compiled module.
func headIn(content []byte) string {
	d := &decoder{text: string(content[:min(len(content), 16)])} // longer than the digits of any length
	n := d.number()
	if d.bad || n < 0 || n > len(content)-d.pos {
		return ""
	}
	return string(content[d.pos : d.pos+n])
}

// head decodes the output of headOf.
func (d *decoder) head(r *rule) {
	d.line()
	r.Rule = d.metadata()
	r.BuiltIn = true // only lintel's own rules are compiled
	d.line()
	r.Reads = d.strings()
	d.line()
	r.Needs = make([][]string, d.length())
	for i := range r.Needs {
		r.Needs[i] = d.strings()
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
	r.Severity = finding.Severity(d.number()) //nolint:gosec // encoded from a Severity
	r.CWE, r.Peers, r.Aliases = d.strings(), d.strings(), d.strings()
	r.Practices, r.YieldsTo = d.strings(), d.strings()
	r.KnownOnly = d.number() == 1
	r.References = make([]finding.Reference, d.length())
	for i := range r.References {
		r.References[i] = finding.Reference{URL: d.string(), Title: d.string()}
	}
	return r
}

// json reads JSON text; an empty text gives nil.
func (d *decoder) json() json.RawMessage {
	if text := d.string(); text != "" {
		return json.RawMessage(text)
	}
	return nil
}
