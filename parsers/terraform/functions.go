package terraform

import (
	"maps"
	"strings"
	"sync"

	"github.com/hashicorp/go-cty-funcs/cidr"
	"github.com/hashicorp/go-cty-funcs/crypto"
	"github.com/hashicorp/go-cty-funcs/encoding"
	"github.com/hashicorp/go-cty-funcs/uuid"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// functionTable are all functions that an evaluation knows.
func (e *evaluation) functionTable() map[string]function.Function {
	table := maps.Clone(pureFunctions())
	maps.Copy(table, e.fileFunctions())
	return table
}

// pureFunctions are Terraform's functions
// (https://developer.hashicorp.com/terraform/language/functions)
// and OpenTofu's (https://opentofu.org/docs/language/functions/), apart from those that read
// files. Calls of other functions (timestamp, uuid, bcrypt, rsadecrypt, those of
// providers) are unknown, because only a run of Terraform computes their results.
var pureFunctions = sync.OnceValue(func() map[string]function.Function { //nolint:gochecknoglobals // a table, made once
	table := map[string]function.Function{
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
		"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,

		"chomp": stdlib.ChompFunc, "format": guarded(stdlib.FormatFunc, widths), "formatlist": guarded(stdlib.FormatListFunc, widths),
		"indent": guarded(stdlib.IndentFunc, indented), "join": guarded(stdlib.JoinFunc, joined), "lower": stdlib.LowerFunc, "regex": stdlib.RegexFunc,
		"regexall": stdlib.RegexAllFunc, "split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc,
		"title": stdlib.TitleFunc, "trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc,
		"trimspace": stdlib.TrimSpaceFunc, "trimsuffix": stdlib.TrimSuffixFunc, "upper": stdlib.UpperFunc,

		"chunklist": stdlib.ChunklistFunc, "coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc,
		"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "distinct": stdlib.DistinctFunc,
		"element": elementFunction(), "flatten": stdlib.FlattenFunc, "keys": stdlib.KeysFunc, "merge": stdlib.MergeFunc,
		"range": stdlib.RangeFunc, "reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc,
		"setproduct": guarded(stdlib.SetProductFunc, combinations), "setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
		"slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,

		"csvdecode": stdlib.CSVDecodeFunc, "jsondecode": decodedFunction(), "jsonencode": stdlib.JSONEncodeFunc,
		"yamldecode": ctyyaml.YAMLDecodeFunc, "yamlencode": ctyyaml.YAMLEncodeFunc,
		"base64encode": encoding.Base64EncodeFunc, "urlencode": encoding.URLEncodeFunc, "uuidv5": uuid.V5Func,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
		"md5": crypto.Md5Func, "sha1": crypto.Sha1Func, "sha256": crypto.Sha256Func, "sha512": crypto.Sha512Func,
		"cidrhost": cidr.HostFunc, "cidrnetmask": cidr.NetmaskFunc, "cidrsubnet": cidr.SubnetFunc, "cidrsubnets": cidr.SubnetsFunc,

		"tobool": stdlib.MakeToFunc(cty.Bool), "tonumber": stdlib.MakeToFunc(cty.Number), "tostring": stdlib.MakeToFunc(cty.String),
		"tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)), "tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)),
		"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)),
		"can":   tryfunc.CanFunc,
	}
	maps.Copy(table, textFunctions())
	maps.Copy(table, collectionFunctions())
	maps.Copy(table, valueFunctions())
	for name, f := range table { // any order: each is wrapped by itself
		table[name] = keepingMarks(f)
	}
	return table
})

// functionsFor returns the functions of an expression. One that lintel does not know, or that a
// provider defines, gives unknown.
func (e *evaluation) functionsFor(expr hcl.Expression) map[string]function.Function {
	native, ok := expr.(hclsyntax.Node)
	if !ok {
		return e.functions
	}
	table := e.functions
	_ = hclsyntax.VisitAll(native, func(node hclsyntax.Node) hcl.Diagnostics {
		call, isCall := node.(*hclsyntax.FunctionCallExpr)
		if !isCall {
			return nil
		}
		if _, known := table[call.Name]; known {
			return nil
		}
		if len(table) == len(e.functions) {
			table = maps.Clone(table)
		}
		f, isCore := e.functions[strings.TrimPrefix(call.Name, "core::")]
		if !isCore {
			f = unknownFunction(call.Name)
		}
		table[call.Name] = f
		return nil
	})
	return table
}

// anything is a parameter that takes every value as it is.
func anything(name string) *function.Parameter {
	return &function.Parameter{
		Name: name, Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
	}
}

func unknownFunction(name string) function.Function {
	return function.New(&function.Spec{
		VarParam: anything("arguments"),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
			return unknown("the result of " + name + "() is known when Terraform runs"), nil
		},
	})
}

// keepingMarks returns a function whose result has the marks of its arguments if one of them is unknown. Functions that look
// at marks themselves lose them then: reverse(split("/", role.arn)) would refer to no role.
func keepingMarks(f function.Function) function.Function {
	var params []function.Parameter
	isLossy := false
	keep := func(p function.Parameter) function.Parameter {
		isLossy = isLossy || p.AllowMarked && !p.AllowUnknown
		p.AllowUnknown = p.AllowUnknown || p.AllowMarked
		return p
	}
	for _, p := range f.Params() {
		params = append(params, keep(p))
	}
	rest := f.VarParam()
	if rest != nil {
		kept := keep(*rest)
		rest = &kept
	}
	if !isLossy {
		return f
	}
	return function.New(&function.Spec{
		Params: params, VarParam: rest,
		Type: f.ReturnTypeForValues,
		Impl: func(args []cty.Value, returned cty.Type) (cty.Value, error) {
			value, err := f.Call(args)
			if err != nil || value.IsKnown() {
				return value, err
			}
			for _, arg := range args {
				if bare, marks := arg.Unmark(); !bare.IsKnown() {
					value = value.WithMarks(marks)
				}
			}
			return value, nil
		},
	})
}
