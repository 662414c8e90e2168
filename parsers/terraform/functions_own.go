package terraform

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

var (
	errNoElement  = errors.New("there is no element")
	errOne        = errors.New("there must be at most one element")
	errCollection = errors.New("it must be a list, a set or a map")
)

// ownFunctions are the functions for which no maintained library exists.
func ownFunctions() map[string]function.Function {
	return map[string]function.Function{
		"startswith":  textTest(strings.HasPrefix),
		"endswith":    textTest(strings.HasSuffix),
		"strcontains": textTest(strings.Contains),
		"replace":     replaceFunction(),
		"length":      lengthFunction(),
		"one":         oneFunction(),
		"try":         tryFunction(),
		"coalesce":    coalesceFunction(),
		"lookup":      lookupFunction(),
		"index":       stdlib.IndexFunc,
		"alltrue":     fold(cty.True, stdlib.And),
		"anytrue":     fold(cty.False, stdlib.Or),
		"sum":         fold(cty.Zero, stdlib.Add),
		"base64sha256": textFunction(func(s string) string {
			sum := sha256.Sum256([]byte(s))
			return base64.StdEncoding.EncodeToString(sum[:])
		}),
		"base64sha512": textFunction(func(s string) string {
			sum := sha512.Sum512([]byte(s))
			return base64.StdEncoding.EncodeToString(sum[:])
		}),
		"sensitive":    identity(func(v cty.Value) cty.Value { return v.Mark(sensitiveMark{}) }),
		"ephemeral":    identity(func(v cty.Value) cty.Value { return v }),
		"nonsensitive": identity(withoutSensitive),
	}
}

func textFunction(f func(string) string) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.StringVal(f(args[0].AsString())), nil
		},
	})
}

func textTest(f func(text, part string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(f(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// replaceFunction is replace(text, search, replacement), where /search/ is a regular expression.
func replaceFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "search", Type: cty.String}, {Name: "replacement", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, search, replacement := args[0].AsString(), args[1].AsString(), args[2].AsString()
			if len(search) < 2 || search[0] != '/' || search[len(search)-1] != '/' {
				return cty.StringVal(strings.ReplaceAll(text, search, replacement)), nil
			}
			expression, err := regexp.Compile(search[1 : len(search)-1])
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(expression.ReplaceAllString(text, replacement)), nil
		},
	})
}

// lengthFunction is length of a collection or a text.
func lengthFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowDynamicType: true, AllowUnknown: true}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v := args[0]
			switch kind := v.Type(); {
			case kind == cty.DynamicPseudoType:
				return cty.UnknownVal(cty.Number), nil
			case kind.IsTupleType():
				return cty.NumberIntVal(int64(kind.Length())), nil
			case kind.IsObjectType():
				return cty.NumberIntVal(int64(len(kind.AttributeTypes()))), nil
			case kind == cty.String:
				return stdlib.Strlen(v)
			case kind.IsCollectionType():
				return v.Length(), nil
			}
			return cty.NilVal, errCollection
		},
	})
}

// oneFunction is one(list): its only element, or null.
func oneFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].CanIterateElements() {
				return cty.NilVal, errCollection
			}
			elements := args[0].AsValueSlice()
			switch len(elements) {
			case 0:
				return cty.NullVal(cty.DynamicPseudoType), nil
			case 1:
				return elements[0], nil
			}
			return cty.NilVal, errOne
		},
	})
}

// tryFunction is the first argument that can be evaluated. Unlike the one of HCL's extensions
// it keeps the marks of a value that is not known.
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

// coalesceFunction is the first argument that is neither null nor an empty text. From the first
// one on that is not known, nobody knows.
func coalesceFunction() function.Function {
	return function.New(&function.Spec{
		VarParam: anything("values"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			for _, v := range args {
				switch {
				case !v.IsKnown():
					return cty.DynamicVal, nil
				case v.IsNull(), v.Type() == cty.String && v.AsString() == "":
				default:
					return v, nil
				}
			}
			return cty.NilVal, errNoElement
		},
	})
}

// lookupFunction is lookup(map, key, default).
func lookupFunction() function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{*anything("map"), {Name: "key", Type: cty.String}},
		VarParam: anything("default"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			from, name := args[0], args[1].AsString()
			switch {
			case !from.IsKnown():
				return cty.DynamicVal, nil
			case from.IsNull():
			case from.Type().IsObjectType() && from.Type().HasAttribute(name):
				return from.GetAttr(name), nil
			case from.Type().IsMapType() && from.HasIndex(cty.StringVal(name)).RawEquals(cty.True):
				return from.Index(cty.StringVal(name)), nil
			}
			if len(args) > 2 {
				return args[2], nil
			}
			return cty.NilVal, errNoElement
		},
	})
}

// fold goes through a list with a function of two values.
func fold(start cty.Value, f func(sum, v cty.Value) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(start.Type()),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].CanIterateElements() {
				return cty.NilVal, errCollection
			}
			result := start
			for _, v := range args[0].AsValueSlice() {
				converted, err := convert.Convert(v, start.Type())
				if err != nil {
					return cty.NilVal, err
				}
				if !converted.IsKnown() || converted.IsNull() {
					return cty.UnknownVal(start.Type()), nil
				}
				if result, err = f(result, converted); err != nil {
					return cty.NilVal, err
				}
			}
			return result, nil
		},
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
