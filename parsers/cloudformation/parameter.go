package cloudformation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// parameter returns the value of a parameter, false if there is no such parameter.
func (r *resolver) parameter(name string, at source.Range) (tree.Tree, bool) {
	p := r.parameters.get(name)
	if p == nil {
		return tree.Tree{}, false
	}
	out := r.valueOf(name, p, at)
	if v, ok := r.parameterVariable(name); ok && !isStored(p) {
		out = r.narrow(out, v, name)
	}
	if out.State == tree.StateUnknown {
		shape(&out, name, p)
		if out.Symbol == "" {
			out.Symbol = tree.Symbol(r.prefix + name)
		}
	}
	if isMasked(p) {
		out.Sensitive = true
		r.reader.conceal(out)
	}
	if given, passed := r.given[name]; !passed || len(r.above) == 0 {
		byDefault, _ := byDefault(p)
		inFiles := byDefault != nil || out.Known() // the template allows only one value
		out.Parameters = r.declaredBy(name, p, out.Sensitive, !passed && inFiles || !given.Written.IsZero(), given.Written)
	}
	return out, true
}

// shape adds what the name and the type of a parameter say of its unknown value.
func shape(t *tree.Tree, name string, p *node) {
	kind := typeOf(p)
	if t.Examples == nil && !isListType(kind) {
		t.Examples = examplesOfParameter(kind)
	}
	if kind == "String" {
		shapeText(t, name)
	}
	t.Outside = t.Outside || len(t.Refs) == 0 && namesResources(name, kind)
	pattern, _ := p.get("AllowedPattern").text()
	t.Plain = t.Plain || isStored(p) || tree.NamesOne(name) || tree.ExcludesWildcard(pattern) || strings.Contains(kind, "Number")
}

// shapeText adds what the name of a parameter says of its unknown text.
func shapeText(t *tree.Tree, name string) {
	if t.Examples == nil && tree.NamesRegion(name) {
		t.Examples = []string{exampleRegion}
	}
	if t.Examples == nil && tree.NamesQueue(name) {
		t.Examples = []string{tree.ExampleQueue}
	}
	if t.Prefix == "" && tree.NamesARN(name) {
		t.Prefix = "arn:"
	}
}

// narrow is the value of a parameter in the worlds of the resolver: a condition can exclude the default, or
// leave a single value.
func (r *resolver) narrow(t tree.Tree, variable int, name string) tree.Tree {
	s := r.reader.solver
	if text, ok := tree.Text(t.Scalar); ok && t.Known() {
		if s.allows(r.world, variable, text) {
			return t
		}
	} else if t.State != tree.StateUnknown {
		return t
	}
	values, others := s.values(r.world, variable)
	switch {
	case others:
		values = nil
	case len(values) == 1:
		return tree.Tree{State: tree.StateKnown, Scalar: values[0], Range: t.Range, Refs: t.Refs, Sensitive: t.Sensitive}
	}
	if t.Known() {
		t = tree.Unknown(t.Range, fmt.Sprintf("parameter %s has another value than its default where the condition is met", name))
	}
	if len(values) <= maxExamples && values != nil {
		t.Examples = values
	}
	return t
}

// namesResources reports whether a parameter is for ARNs or IDs, as its type or name says.
func namesResources(name, kind string) bool {
	return strings.HasSuffix(strings.TrimSuffix(kind, ">"), "::Id") || strings.HasSuffix(strings.TrimSuffix(kind, ">>"), "::Id") || tree.NamesResources(name)
}

func typeOf(p *node) string {
	kind, _ := p.get("Type").text()
	return kind
}

func isListType(kind string) bool {
	return kind == "CommaDelimitedList" || strings.HasPrefix(kind, "List<")
}

// isStored reports whether the value of a parameter is read from the parameter store.
func isStored(p *node) bool { return strings.HasPrefix(typeOf(p), "AWS::SSM::Parameter::Value<") }

// isMasked reports whether a parameter has NoEcho.
func isMasked(p *node) bool {
	hidden := p.get("NoEcho")
	return hidden != nil && strings.EqualFold(fmt.Sprint(hidden.scalar), "true")
}

// conceal notes the texts of a sensitive value.
func (rd *reader) conceal(t tree.Tree) {
	if text, ok := t.String(); ok {
		rd.hidden = append(rd.hidden, text)
	}
	for _, item := range t.Items {
		rd.conceal(item)
	}
}

// concealDeclared notes the defaults of the parameters with NoEcho in all templates, and the values that the caller
// passes to those of the root: also of parameters that nothing refers to.
func (t *template) concealDeclared(given map[string]string) {
	for _, f := range t.parameters.all() {
		if isMasked(f.value) && given[f.key] != "" {
			t.reader.hidden = append(t.reader.hidden, given[f.key])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.reader.roots)) {
		for _, f := range t.reader.roots[name].root.get("Parameters").all() {
			if text, ok := f.value.get("Default").text(); ok && isMasked(f.value) {
				t.reader.hidden = append(t.reader.hidden, text)
			}
		}
	}
}

// declaredBy returns the parameter that a value comes from. Users do not set the public names of the parameter store, and the name of
// a secret is none.
// given is where a file sets it; zero: none does.
func (t *template) declaredBy(name string, p *node, masked, inFiles bool, given source.Range) []tree.Parameter {
	if kind, _ := p.get("Type").text(); strings.HasPrefix(kind, "AWS::SSM::Parameter") || t.isNameOfSecret(name) {
		return nil
	}
	text, _ := p.get("Default").text()
	return []tree.Parameter{{Name: name, Masked: masked, Default: text, InFiles: inFiles, Given: given}}
}

// isNameOfSecret reports whether the template writes a parameter where ARNs and dynamic references have the name of a secret. Its
// value is no secret then, whatever its own name says.
func (t *template) isNameOfSecret(parameter string) bool {
	if t.secretNames == nil {
		t.secretNames = map[string]bool{}
		if file := t.reader.files[t.path]; file != nil {
			for _, before := range []string{":secret:${", "{{resolve:secretsmanager:${"} {
				for _, rest := range strings.Split(string(file.Content), before)[1:] {
					name, _, _ := strings.Cut(rest, "}")
					t.secretNames[name] = true
				}
			}
		}
	}
	return t.secretNames[parameter]
}

// valueOf returns the value that the caller passes, else the default.
func (r *resolver) valueOf(name string, p *node, at source.Range) tree.Tree {
	given, ok := r.given[name]
	if isStored(p) {
		return r.storedAs(name, p, given, at)
	}
	switch {
	case ok && r.strict && !r.fixed[name]:
		return tree.Unknown(at, fmt.Sprintf("parameter %s is unknown until deployment", name))
	case ok && given.Scalar == nil:
		given.Range = at
		return given
	}
	value, written := given.Scalar, given.Written
	if usesDefault := !r.strict || r.hasOwnDefault(p); usesDefault && !ok {
		value, written = byDefault(p)
	}
	if value == nil {
		return tree.Unknown(at, fmt.Sprintf("parameter %s has no default", name))
	}
	return r.valueOfType(p, value, written, at)
}

// valueOfType reads a value by the type of its parameter: as a list, a dynamic reference or a scalar. written is the place of
// the value, at that of the reference to the parameter.
func (r *resolver) valueOfType(p *node, value any, written, at source.Range) tree.Tree {
	if isListType(typeOf(p)) {
		return listed(fmt.Sprint(value), at)
	}
	if isDynamicReference(fmt.Sprint(value)) {
		return r.dynamic(fmt.Sprint(value), at)
	}
	return tree.Tree{State: tree.StateKnown, Scalar: value, Range: at, Written: written}
}

// listed is the value of a parameter of a list type.
func listed(text string, at source.Range) tree.Tree {
	list := tree.Tree{State: tree.StateKnown, IsList: true, Range: at}
	for _, item := range split(",", text) {
		list.Items = append(list.Items, tree.Tree{State: tree.StateKnown, Scalar: strings.TrimSpace(item), Range: at})
	}
	return list
}

// byDefault is the default of a parameter with its place, nil if it has none.
func byDefault(p *node) (value any, written source.Range) {
	if d := p.get("Default"); d != nil && d.kind == scalarNode && d.tag == "" && d.scalar != nil {
		return d.scalar, d.at
	}
	return nil, source.Range{}
}
