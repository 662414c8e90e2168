package cloudformation

import (
	"lintel/internal/model"
	"lintel/internal/tree"
)

// samPolicies reads Policies as they are written.
func samPolicies(policies tree.Tree) model.List[model.SAMPolicy] {
	list := model.List[model.SAMPolicy]{}
	switch policies.State {
	case tree.StateUnknown:
		list = model.UnknownList[model.SAMPolicy](policies.Range, policies.Cause)
	case tree.StateKnown:
		list = model.NewList[model.SAMPolicy](policies.Range)
	case tree.StateAbsent:
	}
	entries := policies.Items
	if !policies.IsList && policies.State == tree.StateKnown {
		entries = []tree.Tree{policies} // a single one
	}
	for _, entry := range entries {
		if entry.State == tree.StateAbsent {
			continue
		}
		list.Items = append(list.Items, asWritten(entry))
	}
	return list
}

func asWritten(entry tree.Tree) model.SAMPolicy {
	kind := func(name string) model.Value[string] { return model.Known(name, entry.Range) }
	policy := model.SAMPolicy{Block: model.NewBlock(entry.Range)}
	switch {
	case mayBeDocument(entry):
		policy.Block = model.UnknownBlock(entry.Range, entry.Cause)
	case !entry.IsMap:
		policy.Kind, policy.Name = kind("managed"), model.StringValue(entry)
	case entry.Field("Statement").State != tree.StateAbsent:
		policy.Kind = kind("document")
	case len(entry.Fields) == 1:
		use := entry.Fields[0]
		policy.Kind, policy.Name = kind("template"), model.Known(use.Key, use.KeyRange)
		policy.Parameters = model.MapValue(use.Tree)
	}
	return policy
}
