package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// valueFunctions are the functions that are about what is known of a value, or whether it may
// be shown.
func valueFunctions() map[string]function.Function {
	return map[string]function.Function{
		"try":             tryFunction(),
		"sensitive":       identity(func(v cty.Value) cty.Value { return v.Mark(sensitiveMark{}) }),
		"nonsensitive":    identity(withoutSensitive),
		"issensitive":     isSensitiveFunction(),
		"ephemeral":       identity(func(v cty.Value) cty.Value { return v }),
		"ephemeralasnull": identity(func(v cty.Value) cty.Value { return v }),
	}
}

// tryFunction is the first argument that can be evaluated. Unlike the one of HCL's extensions
// it keeps the marks of a value that is unknown.
func tryFunction() function.Function {
	first := func(args []cty.Value) cty.Value {
		for _, arg := range args {
			v, diagnostics := customdecode.ExpressionClosureFromVal(arg).Value()
			if !diagnostics.HasErrors() {
				return v
			}
		}
		return unknown("none of the arguments of try() can be evaluated")
	}
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "expressions", Type: customdecode.ExpressionClosureType},
		Type:     func(args []cty.Value) (cty.Type, error) { return first(args).Type(), nil },
		Impl:     func(args []cty.Value, _ cty.Type) (cty.Value, error) { return first(args), nil },
	})
}

func identity(f func(cty.Value) cty.Value) function.Function {
	parameter := anything("value")
	parameter.AllowMarked = true
	return function.New(&function.Spec{
		Params: []function.Parameter{*parameter},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(args[0]), nil },
	})
}

func withoutSensitive(v cty.Value) cty.Value {
	bare, marks := v.Unmark()
	delete(marks, sensitiveMark{})
	return bare.WithMarks(marks)
}

// isSensitiveFunction is issensitive(value). The result for an unknown value is unknown.
func isSensitiveFunction() function.Function {
	parameter := anything("value")
	parameter.AllowMarked = true
	return function.New(&function.Spec{
		Params: []function.Parameter{*parameter},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].HasMark(sensitiveMark{}) && !args[0].IsKnown() {
				return cty.UnknownVal(cty.Bool), nil
			}
			return cty.BoolVal(args[0].HasMark(sensitiveMark{})), nil
		},
	})
}

// decodedFunction is jsondecode(text). A part of a document comes from the document and not from the whole attribute:
// of a secret with a user name and a password, only one is secret.
func decodedFunction() function.Function {
	decode := func(text cty.Value) (cty.Value, error) {
		bare, marks := text.Unmark()
		value, err := stdlib.JSONDecode(bare)
		from := cty.ValueMarks{}
		for mark := range marks { // any order: it fills a set
			if m, ok := mark.(sourceMark); ok && !strings.HasPrefix(m.attribute, "jsondecode(") {
				mark = sourceMark{"jsondecode(" + m.attribute + ")"}
			}
			from[mark] = struct{}{}
		}
		return value.WithMarks(from), err
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String, AllowMarked: true, AllowUnknown: true}},
		Type: func(args []cty.Value) (cty.Type, error) {
			value, err := decode(args[0])
			return value.Type(), err
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return decode(args[0]) },
	})
}
