package terraform

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/deployment"
	"lintel/internal/source"
)

// module returns the value of module.NAME: an object of the outputs that are asked for, in a
// tuple or an object of instances where the call has count or for_each.
func (s scope) module(name string, traversals []hcl.Traversal) cty.Value {
	call, ok := s.config.calls[name]
	if !ok {
		return unknown(s.missing.Note(s.address+"module."+name, rangeOf(traversals[0].SourceRange())))
	}
	of := s.instances("module."+name, call)
	children := s.children(name, call)
	if len(children) > 0 {
		assumed, ok := s.assumedInstances(of, traversals, 2, func(_ key, wanted []string) cty.Value { //nolint:mnd // module, name
			return s.outputs(s.address+"module."+name, children, 0, wanted)
		})
		if ok {
			return assumed
		}
	}
	for _, k := range of.keys {
		if k.unknown != "" {
			return unknown(k.unknown)
		}
	}
	if len(of.keys) == 0 && !of.repeated {
		return cty.NullVal(cty.DynamicPseudoType) // disabled
	}
	if !of.repeated {
		return s.outputs(s.address+"module."+name, children, 0, attributesOf(traversals, 2))
	}
	wanted := attributesOf(traversals, 3)
	return of.byKey(func(i int, k key) cty.Value {
		return s.outputs(s.address+"module."+name+k.suffix(), children, i, wanted)
	})
}

// outputs is an object of the wanted outputs of an instance.
func (s scope) outputs(address string, children []child, i int, wanted []string) cty.Value {
	if i >= len(children) {
		return unknown(s.missing.Report(address + deployment.NotDownloaded)).Mark(outsideMark{}) // its resources are none that lintel reads
	}
	if wanted == nil { // all of them
		wanted = slices.Sorted(maps.Keys(children[i].instance.config.outputs))
	}
	values := map[string]cty.Value{}
	for _, name := range wanted {
		values[name] = children[i].instance.output(name)
	}
	return cty.ObjectVal(values)
}

func (m *instance) output(name string) cty.Value {
	b, ok := m.config.outputs[name]
	if !ok || b.body.get("value") == nil {
		return unknown(m.missing.Note(m.address+"output."+name, m.call.header))
	}
	return m.once("output."+name, b.header, func() cty.Value {
		return m.hide(b, m.leaving(scope{instance: m}.value(b.body.get("value").expr)))
	})
}

// leaving returns an output without the marks of the module's own arguments: to its user a value
// comes from the module.
func (m *instance) leaving(v cty.Value) cty.Value {
	if m.call == nil {
		return v
	}
	bare, marks := v.UnmarkDeepWithPaths()
	for i := range marks {
		kept := cty.ValueMarks{}
		for mark := range marks[i].Marks {
			if a, ok := mark.(argumentMark); !ok || a.depth < len(m.via)-1 {
				kept[mark] = struct{}{}
			}
		}
		marks[i].Marks = kept
	}
	return remark(bare, marks)
}

// children returns the instances of a call, in the order of their keys. It is empty for a
// module that is not downloaded.
func (m *instance) children(name string, call *block) []child {
	if found, ok := m.called[name]; ok {
		return found
	}
	m.called[name] = nil // a module that calls itself has been refused by then
	dir, ok := m.folder(name, call)
	if !ok {
		return nil
	}
	of := m.instances("module."+name, call)
	when := m.when
	if p := m.presences("module."+name, call); len(p) == 1 && len(p[0].keys) == 1 {
		of, when = p[0].expansion, p[0].assumed
	}
	var found []child
	for _, k := range of.keys {
		if m.spend(call.header); m.budget < 0 {
			break
		}
		thirdParty := m.thirdParty
		if thirdParty.IsZero() && isInstalled(dir) {
			thirdParty = call.header
		}
		called := m.newInstance(m.load(dir))
		called.address = m.address + "module." + name + k.suffix() + "."
		called.path = strings.TrimPrefix(m.path+"."+name, ".")
		called.via = append(slices.Clip(m.via), call.header)
		called.call, called.caller, called.thirdParty = call, k.in(m, of), thirdParty
		called.mayExist, called.when = cmp.Or(m.mayExist, k.unknown), when
		found = append(found, child{key: k.value, instance: called})
	}
	m.called[name] = found
	return found
}

// directory finds the module of a call. One that is not there is one problem.
func (m *instance) folder(name string, call *block) (string, bool) {
	key := strings.TrimPrefix(m.path+"."+name, ".")
	if len(m.via) >= maxModules {
		m.problem(call.header, "module %q is not checked: modules call each other more than %d deep", name, maxModules)
		return "", false
	}
	from, cause := m.source(call)
	download, isInstalled := m.installed[key]
	switch {
	case cause != "":
		m.gap(call.header, "module %q was not checked: its source cannot be determined: %s", name, cause)
		return "", false
	case strings.HasPrefix(from, "."):
	case isInstalled:
		return m.downloaded(name, from, call, download)
	default:
		m.gap(call.header, "module %q (%s) is not downloaded and was not checked; run \"terraform init\"", name, withoutCredentials(from))
		return "", false
	}
	dir, ok := localSource(m.config.dir, from)
	if !ok {
		m.gap(call.header, "module %q was not checked: %s is outside of the repository, where lintel reads no file; run \"terraform plan\" and check the plan", name, path.Join(m.config.dir, from))
		return "", false
	}
	if m.inside(dir) {
		m.problem(call.header, "module %q is not checked: the module in %s calls itself", name, dir)
		return "", false
	}
	if names, err := sources(m.fsys, dir); err != nil || len(names) == 0 {
		m.problem(call.header, "module %q is not checked: there is no module in %s", name, dir)
		return "", false
	}
	return dir, true
}

// source returns the source of a call, or the reason why it cannot be determined. Terraform accepts only a literal;
// OpenTofu 1.8 and later also accept variables and local values
// (https://opentofu.org/docs/language/modules/sources/).
func (m *instance) source(call *block) (from, cause string) {
	a := call.body.get("source")
	if a == nil {
		return "", "it has none"
	}
	value, marks := scope{instance: m}.value(a.expr).Unmark()
	if !isKnownString(value) {
		return "", whyUnknown(marks, "it is not a string")
	}
	return value.AsString(), ""
}

// downloaded returns the directory of a downloaded module. One of another source or version is a gap.
func (m *instance) downloaded(name, from string, call *block, download installation) (string, bool) {
	manifest := path.Join(m.root, ".terraform/modules/modules.json")
	switch {
	case !download.isOf(m.root, from):
		m.gap(call.header, "module %q (%s) was not checked: %s has another source for it; run \"terraform init\"", name, withoutCredentials(from), manifest)
		return "", false
	case !allows(m.constraint(call), download.Version):
		m.gap(call.header, "module %q (%s) was not checked: %s has version %s of it, which the configuration does not allow; run \"terraform init\"", name, withoutCredentials(from), manifest, download.Version)
		return "", false
	}
	return download.Dir, true
}

// constraint returns the versions that a call allows; empty: it does not say so, or that is unknown.
func (m *instance) constraint(call *block) string {
	a := call.body.get("version")
	if a == nil {
		return ""
	}
	value, _ := scope{instance: m}.value(a.expr).Unmark()
	if !isKnownString(value) {
		return ""
	}
	return value.AsString()
}

// inside reports whether a directory is the module or one of those that call it.
func (m *instance) inside(dir string) bool {
	for ; m != nil; m = m.caller.instance {
		if m.config.dir == dir {
			return true
		}
	}
	return false
}

// maxTotal is how many instances of modules and resources one run looks at.
const maxTotal = 10_000

// spend counts an instance. When the budget is used up, that is said once.
func (e *evaluation) spend(at source.Range) {
	e.budget--
	if e.budget == -1 {
		e.problem(at, "there are more than %d instances of modules and resources; the rest is not checked", maxTotal)
	}
}
