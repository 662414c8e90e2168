package cloudformation

import (
	"encoding/json"
	"net/netip"
	"slices"

	"github.com/awslabs/goformation/v7/intrinsics"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// The pure intrinsic functions are goformation's. It is called with known arguments only, and
// one function at a time: as a front door it invents values and fails whole templates. All of
// it is in this file, so that it can be replaced.

func base64Of(text string) string {
	encoded, _ := intrinsics.FnBase64("Fn::Base64", text, nil).(string)
	return encoded
}

func split(delimiter, text string) []string {
	parts, _ := intrinsics.FnSplit("Fn::Split", []any{delimiter, text}, nil).([]string)
	return parts
}

// length is Fn::Length of a list.
func (r *resolver) length(argument, whole *node) tree.Tree {
	list := r.tree(argument)
	if list.State != tree.StateKnown || !list.IsList {
		return unknown(whole, "the list is unknown until deployment", list.Refs...)
	}
	return tree.Tree{State: tree.StateKnown, Scalar: len(list.Items), Range: whole.at}
}

// toJSON is Fn::ToJsonString: the text, and the structure that it is made from.
func (r *resolver) toJSON(argument, whole *node) tree.Tree {
	structure := r.tree(argument)
	out := unknown(whole, structure.Cause)
	out.Decoded = &structure
	if value, ok := plainValue(structure); ok {
		if text, err := json.Marshal(value); err == nil {
			if !r.spendText(whole.at, len(text)) {
				return unknown(whole, tooMuch)
			}
			out.State, out.Scalar, out.Cause = tree.StateKnown, string(text), ""
		}
	}
	return out
}

// plainValue is a tree of which all is known as encoding/json writes it.
func plainValue(t tree.Tree) (any, bool) {
	if t.State == tree.StateUnknown {
		return nil, false
	}
	switch {
	case t.IsList:
		list := make([]any, 0, len(t.Items))
		for _, item := range t.Items {
			value, ok := plainValue(item)
			if !ok {
				return nil, false
			}
			list = append(list, value)
		}
		return list, true
	case t.IsMap:
		fields := map[string]any{}
		for _, f := range t.Fields {
			value, ok := plainValue(f.Tree)
			if !ok {
				return nil, false
			}
			fields[f.Key] = value
		}
		return fields, true
	}
	return t.Scalar, true
}

// maxBlocks is how many blocks Fn::Cidr returns at most
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html).
const maxBlocks = 256

// cidr is Fn::Cidr: [block, count, bits of the host part].
func (r *resolver) cidr(argument, whole *node) tree.Tree {
	arguments := r.tree(argument)
	if len(arguments.Items) < 2 {
		return unknown(whole, "the block is unknown until deployment", arguments.Refs...)
	}
	text, _ := arguments.Items[0].String()
	block, err := netip.ParsePrefix(text)
	count, okCount := model.IntValue(arguments.Items[1]).Get()
	bits, okBits := 8, true
	if len(arguments.Items) > 2 {
		bits, okBits = model.IntValue(arguments.Items[2]).Get()
	}
	if err != nil || !okCount || !okBits || count < 1 || count > maxBlocks || bits < 0 || bits > block.Addr().BitLen() {
		return unknown(whole, "the block is unknown until deployment", arguments.Refs...)
	}
	out := tree.Tree{State: tree.StateKnown, IsList: true, Range: whole.at}
	address := block.Masked().Addr()
	for range count {
		prefix := netip.PrefixFrom(address, address.BitLen()-bits)
		out.Items = append(out.Items, tree.Tree{State: tree.StateKnown, Scalar: prefix.String(), Range: whole.at})
		address = after(address, bits)
	}
	return out
}

// after is the address of the next block with so many bits of its own.
func after(address netip.Addr, bits int) netip.Addr {
	bytes := slices.Clone(address.AsSlice())
	carry := 1 << (bits % 8)
	for i := len(bytes) - 1 - bits/8; i >= 0 && carry > 0; i-- {
		carry += int(bytes[i])
		bytes[i] = byte(carry)
		carry >>= 8
	}
	next, _ := netip.AddrFromSlice(bytes)
	return next
}
