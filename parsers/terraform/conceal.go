package terraform

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"lintel/internal/deployment"
)

// conceal notes the texts and numbers in a sensitive value.
func (l *loader) conceal(value cty.Value) {
	_ = cty.Walk(value, func(_ cty.Path, v cty.Value) (bool, error) { // the function returns no error
		v, _ = v.Unmark()
		if v.IsNull() || !v.IsKnown() {
			return false, nil
		}
		if v.Type() == cty.String || v.Type() == cty.Number {
			if text, err := convert.Convert(v, cty.String); err == nil {
				l.hidden = append(l.hidden, text.AsString())
			}
		}
		return true, nil
	})
}

// concealed returns the texts of all sensitive values, also of variables and outputs that nothing refers to. dir is the
// root module.
func (l *loader) concealed(dir string, opt deployment.Options) []string {
	for _, name := range slices.Sorted(maps.Keys(l.configs)) {
		c := l.configs[name]
		for _, declared := range slices.Concat(values(c.variables), values(c.outputs)) {
			if a := declared.body.get("sensitive"); a == nil || !isTrue(a) {
				continue
			}
			for _, key := range []string{"default", "value"} {
				l.concealWritten(declared.body.get(key))
			}
		}
	}
	root := l.load(dir)
	for name, declared := range root.variables { // any order: hidden texts have none
		if a := declared.body.get("sensitive"); a != nil && isTrue(a) {
			l.concealWritten(root.values[name])
			for _, a := range root.choices[name].choices() {
				l.concealWritten(a)
			}
			if text := opt.Variables[name]; text != "" {
				l.hidden = append(l.hidden, text)
			}
		}
	}
	return l.hidden
}

func values(blocks map[string]*block) []*block { return slices.Collect(maps.Values(blocks)) }

// isTrue reports whether an attribute is the literal true.
func isTrue(a *attribute) bool {
	v, diagnostics := a.expr.Value(nil)
	return !diagnostics.HasErrors() && v.IsKnown() && !v.IsNull() && v.Type() == cty.Bool && v.True()
}

// concealWritten notes the texts in an attribute that refers to nothing.
func (l *loader) concealWritten(a *attribute) {
	if a == nil {
		return
	}
	if v, diagnostics := a.expr.Value(nil); !diagnostics.HasErrors() {
		l.conceal(v)
	}
}
