package plan

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// onlyWritten drops the blocks that are not there, and what is known after apply because the
// provider fills it in: an argument that is not written has AWS's default before apply and after. Dynamic blocks are only in the files. A
// write-only argument is set.
func onlyWritten(properties, expressions, body tree.Tree) tree.Tree {
	kept := properties
	kept.Fields = nil
	written, inFile := expressions.Keys(), body.Keys()
	for _, f := range properties.Fields {
		expression := written.Field(f.Key)
		isWritten := expression.State != tree.StateAbsent || inFile.Get(f.Key).Tree.State != tree.StateAbsent
		isEmpty := f.Tree.IsList && len(f.Tree.Items) == 0
		if !isWritten && (f.Tree.State == tree.StateUnknown || isEmpty) {
			continue
		}
		f.Tree = onlyWrittenBlocks(f.Tree, expression.Items)
		kept.Fields = append(kept.Fields, f)
	}
	var set []tree.Field // write-only
	names := map[string]bool{}
	for _, f := range expressions.Fields {
		name, ok := strings.CutSuffix(f.Key, "_wo")
		if !ok || names[name] {
			continue
		}
		value := f.Tree.Field("constant_value") // a plan stores no other value of a write-only argument
		if value.State != tree.StateKnown {
			value = tree.Unknown(f.KeyRange, f.Key+" is write-only")
		}
		value.Sensitive = true
		names[name] = true
		set = append(set, tree.Field{Key: name, KeyRange: f.KeyRange, Tree: value})
	}
	if len(set) > 0 {
		kept.Fields = append(slices.DeleteFunc(kept.Fields, func(f tree.Field) bool { return names[f.Key] }), set...)
	}
	return kept
}

// onlyWrittenBlocks drops what the provider fills in from blocks. Sets of blocks have no order, so an argument that one of
// the blocks writes counts as written in all. Dynamic blocks have no expressions.
func onlyWrittenBlocks(blocks tree.Tree, expressions []tree.Tree) tree.Tree {
	if len(expressions) == 0 || len(expressions) != len(blocks.Items) {
		return blocks
	}
	written := map[string][]tree.Tree{} // the nested blocks of each argument
	unknown := false                    // the arguments of a block
	for _, expression := range expressions {
		unknown = unknown || expression.State == tree.StateUnknown
		for _, f := range expression.Fields {
			if f.Tree.State != tree.StateAbsent {
				written[f.Key] = append(written[f.Key], f.Tree.Items...)
			}
		}
	}
	blocks.Items = slices.Clone(blocks.Items)
	for i := range blocks.Items {
		block := &blocks.Items[i]
		fields := block.Fields
		block.Fields = nil
		for _, f := range fields {
			own, isWritten := written[f.Key]
			if !isWritten && !unknown && f.Tree.State == tree.StateUnknown {
				continue
			}
			f.Tree = onlyWrittenBlocks(f.Tree, own)
			block.Fields = append(block.Fields, f)
		}
	}
	return blocks
}

// withAllTags reads tags_all, the tags of a resource and of its provider, as the tags.
func withAllTags(properties tree.Tree) tree.Tree {
	all := properties.Keys().Get("tags_all")
	if all.Tree.State != tree.StateKnown || !all.Tree.IsMap {
		return properties
	}
	properties.Fields = slices.DeleteFunc(slices.Clone(properties.Fields), func(f tree.Field) bool { return f.Key == "tags" })
	properties.Fields = append(properties.Fields, tree.Field{Key: "tags", KeyRange: all.KeyRange, Tree: all.Tree})
	return properties
}
