package terraform

import (
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// convertTo applies a variable's type with the defaults of optional attributes. A value that
// does not fit is used as it is: Terraform's own validation is the one to complain.
func convertTo(declared *block, value cty.Value) cty.Value {
	a := declared.body.get("type")
	if a == nil {
		return value
	}
	wanted, defaults, diagnostics := typeexpr.TypeConstraintWithDefaults(a.expr)
	if diagnostics.HasErrors() {
		return value
	}
	bare, marks := value.UnmarkDeepWithPaths()
	if defaults != nil && bare.IsKnown() && !bare.IsNull() {
		unmark(defaults)
		bare = defaults.Apply(bare)
	}
	converted, err := convert.Convert(bare, wanted)
	if err != nil {
		return value
	}
	return remark(converted, marks)
}

// unmark takes the marks from the default values of a type, which are marked where it takes too much to evaluate them:
// Apply panics for marked ones.
func unmark(defaults *typeexpr.Defaults) {
	for name, value := range defaults.DefaultValues {
		defaults.DefaultValues[name], _ = value.UnmarkDeep()
	}
	for _, child := range defaults.Children { // any order: each has its own values
		unmark(child)
	}
}

// remark puts marks back where the paths still lead somewhere.
func remark(value cty.Value, marks []cty.PathValueMarks) (out cty.Value) {
	fitting := make([]cty.PathValueMarks, 0, len(marks))
	whole := cty.ValueMarks{}
	for _, m := range marks {
		path, isLeftOut := pathIn(value, m.Path)
		if isLeftOut {
			continue
		}
		m.Path = path
		if reached, err := m.Path.Apply(value); err == nil && reached != cty.NilVal && !throughSet(value, m.Path) {
			fitting = append(fitting, m)
			continue
		}
		for mark := range m.Marks { // any order: it fills a set
			switch mark.(type) {
			case sourceMark, parameterMark, exampleMark: // of the whole it is not said from where its parts are
			default:
				whole[mark] = struct{}{}
			}
		}
	}
	return withMarksAt(value, fitting).WithMarks(whole)
}

// pathIn follows a path that was found before a conversion: the attribute of what was an object
// is an element of what is a map now, and the other way round. isLeftOut reports whether it goes through an attribute that the type of
// an object leaves out, so that nothing of it is in the value.
func pathIn(value cty.Value, path cty.Path) (in cty.Path, isLeftOut bool) {
	out := make(cty.Path, 0, len(path))
	for _, step := range path {
		if value == cty.NilVal || !value.IsKnown() || value.IsNull() {
			return path, false
		}
		switch s := step.(type) {
		case cty.GetAttrStep:
			if value.Type().IsMapType() {
				step = cty.IndexStep{Key: cty.StringVal(s.Name)}
			}
		case cty.IndexStep:
			if value.Type().IsObjectType() && isKnownString(s.Key) {
				step = cty.GetAttrStep{Name: s.Key.AsString()}
			}
		}
		next, err := step.Apply(value)
		if err != nil {
			return path, value.Type().IsObjectType()
		}
		value = next
		out = append(out, step)
	}
	return out, false
}

// throughSet reports whether a path goes into a set, whose elements cannot be marked.
func throughSet(value cty.Value, path cty.Path) bool {
	for i := range path {
		if reached, err := path[:i].Apply(value); err != nil || reached.Type().IsSetType() {
			return true
		}
	}
	return false
}
