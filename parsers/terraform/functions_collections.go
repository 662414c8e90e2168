package terraform

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

var (
	errNoElement  = errors.New("there is no element")
	errOne        = errors.New("there must be at most one element")
	errCollection = errors.New("it must be a list, a set or a map")
	errPairs      = errors.New("there must be a value for each key")
	errLengths    = errors.New("the lists must be of the same length")
)

// collectionFunctions are the functions of lists, sets and maps for which no maintained library
// exists.
func collectionFunctions() map[string]function.Function {
	return map[string]function.Function{
		"length":    lengthFunction(),
		"one":       oneFunction(),
		"coalesce":  coalesceFunction(),
		"lookup":    lookupFunction(),
		"index":     indexFunction(),
		"matchkeys": matchKeysFunction(),
		"transpose": transposeFunction(),
		"list":      listFunction(),
		"map":       mapFunction(),
		"alltrue":   fold(cty.True, stdlib.And),
		"anytrue":   fold(cty.False, stdlib.Or),
		"sum":       fold(cty.Zero, stdlib.Add),
	}
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

// elementFunction is element(list, index). Unlike the one of cty it keeps the marks of a list that is unknown.
func elementFunction() function.Function {
	list, index := anything("list"), function.Parameter{Name: "index", Type: cty.Number, AllowUnknown: true, AllowMarked: true}
	list.AllowMarked = true
	element := func(args []cty.Value) (cty.Value, error) {
		list, marks := args[0].Unmark()
		index, more := args[1].Unmark()
		value, err := stdlib.Element(list, index)
		return value.WithMarks(marks, more), err
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{*list, index},
		Type: func(args []cty.Value) (cty.Type, error) {
			value, err := element(args)
			return value.Type(), err
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return element(args) },
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

// coalesceFunction is the first argument that is neither null nor an empty text. The first
// unknown argument makes the result unknown.
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

// listFunction is list(values...) of Terraform up to 0.14: a list that is written out.
func listFunction() function.Function {
	return function.New(&function.Spec{
		VarParam: anything("values"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl:     func(args []cty.Value, _ cty.Type) (cty.Value, error) { return cty.TupleVal(args), nil },
	})
}

// mapFunction is map(key, value, ...) of Terraform up to 0.14: a map that is written out.
func mapFunction() function.Function {
	return function.New(&function.Spec{
		VarParam: anything("keys and values"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if len(args)%2 != 0 {
				return cty.NilVal, errPairs
			}
			fields := map[string]cty.Value{}
			for i := 0; i < len(args); i += 2 {
				if !args[i].IsKnown() {
					return cty.DynamicVal, nil
				}
				if args[i].IsNull() || args[i].Type() != cty.String {
					return cty.NilVal, errPairs
				}
				fields[args[i].AsString()] = args[i+1]
			}
			return cty.ObjectVal(fields), nil
		},
	})
}

// indexFunction is index(list, value): the position of a value.
func indexFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "value", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].CanIterateElements() {
				return cty.NilVal, errCollection
			}
			for i, v := range args[0].AsValueSlice() {
				equal, err := stdlib.Equal(v, args[1])
				switch {
				case err != nil:
					return cty.NilVal, err
				case !equal.IsKnown():
					return cty.UnknownVal(cty.Number), nil
				case equal.True():
					return cty.NumberIntVal(int64(i)), nil
				}
			}
			return cty.NilVal, errNoElement
		},
	})
}

// matchKeysFunction is matchkeys(values, keys, wanted): the values whose keys are wanted.
func matchKeysFunction() function.Function {
	list := cty.List(cty.DynamicPseudoType)
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "values", Type: list}, {Name: "keys", Type: list}, {Name: "wanted", Type: list}},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl: func(args []cty.Value, kind cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() || !args[1].IsWhollyKnown() || !args[2].IsWhollyKnown() {
				return cty.UnknownVal(kind), nil
			}
			values, keys, wanted := args[0].AsValueSlice(), args[1].AsValueSlice(), args[2].AsValueSlice()
			if len(values) != len(keys) {
				return cty.NilVal, errLengths
			}
			isWanted := cty.SetValEmpty(cty.DynamicPseudoType)
			if len(wanted) > 0 {
				isWanted = cty.SetVal(wanted)
			}
			var out []cty.Value
			for i, key := range keys {
				if len(wanted) > 0 && isWanted.HasElement(key).True() {
					out = append(out, values[i])
				}
			}
			if len(out) == 0 {
				return cty.ListValEmpty(kind.ElementType()), nil
			}
			return cty.ListVal(out), nil
		},
	})
}

// transposeFunction is transpose(map of lists): keys become values and values keys.
func transposeFunction() function.Function {
	kind := cty.Map(cty.List(cty.String))
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "map", Type: kind}},
		Type:   function.StaticReturnType(kind),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(kind), nil
			}
			lists := map[string][]cty.Value{}
			for it := args[0].ElementIterator(); it.Next(); {
				key, list := it.Element()
				for _, v := range list.AsValueSlice() {
					lists[v.AsString()] = append(lists[v.AsString()], key)
				}
			}
			if len(lists) == 0 {
				return cty.MapValEmpty(cty.List(cty.String)), nil
			}
			out := map[string]cty.Value{}
			for key, list := range lists {
				out[key] = cty.ListVal(list)
			}
			return cty.MapVal(out), nil
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
