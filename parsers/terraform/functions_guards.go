package terraform

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

var errTooLarge = errors.New(tooMuch)

// guarded refuses calls of a function whose result could be much larger than its arguments.
// weight returns the most that the result can hold.
func guarded(f function.Function, weight func(args []cty.Value) size) function.Function {
	return function.New(&function.Spec{
		Params:   f.Params(),
		VarParam: f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) {
			if weight(args).tooLarge() {
				return cty.DynamicPseudoType, nil
			}
			return f.ReturnTypeForValues(args)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if weight(args).tooLarge() {
				return cty.NilVal, errTooLarge
			}
			return f.Call(args)
		},
	})
}

// combinations is how many elements a product of the arguments has.
func combinations(args []cty.Value) size {
	s := size{elements: 1}
	for _, arg := range args {
		if arg.IsKnown() && !arg.IsNull() && arg.CanIterateElements() && !s.tooLarge() {
			s.elements *= max(1, arg.LengthInt())
		}
	}
	s.elements *= max(1, len(args))
	return s
}

// widths is how long a formatted text can get by the widths in its format.
func widths(args []cty.Value) size {
	var s size
	if len(args) == 0 || !isKnownString(args[0]) {
		return s
	}
	width := 0
	for _, r := range args[0].AsString() {
		if r < '0' || r > '9' {
			s.text, width = s.text+width, 0
			continue
		}
		width = min(width*10+int(r-'0'), maxText+1)
	}
	s.text += width
	for _, arg := range args[1:] { // formatlist pads every element
		if arg.IsKnown() && !arg.IsNull() && arg.CanIterateElements() {
			s.text = min(s.text, maxText+1) * max(1, arg.LengthInt())
		}
	}
	return s
}

// indented is how long indent(spaces, text) gets.
func indented(args []cty.Value) size {
	if len(args) != 2 || !args[0].IsKnown() || args[0].IsNull() || args[0].Type() != cty.Number || !isKnownString(args[1]) {
		return size{}
	}
	spaces, _ := args[0].AsBigFloat().Int64()
	return size{text: int(min(max(0, spaces), maxText+1)) * len(args[1].AsString())}
}

// joined is how long join(separator, lists...) gets by its separators.
func joined(args []cty.Value) size {
	var s size
	if len(args) == 0 || !isKnownString(args[0]) {
		return s
	}
	for _, arg := range args[1:] {
		if arg.IsKnown() && !arg.IsNull() && arg.CanIterateElements() {
			s.text += len(args[0].AsString()) * arg.LengthInt()
		}
	}
	return s
}

// replaced is how long replace(text, search, replacement) gets when everything matches.
func replaced(args []cty.Value) size {
	if len(args) != 3 || !isKnownString(args[0]) || !isKnownString(args[1]) || !isKnownString(args[2]) {
		return size{}
	}
	matches := len(args[0].AsString())/max(1, len(args[1].AsString())) + 1
	if search := args[1].AsString(); len(search) > 1 && search[0] == '/' {
		matches = len(args[0].AsString()) + 1
	}
	return size{text: matches * len(args[2].AsString())}
}
