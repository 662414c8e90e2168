package tree

import "slices"

// Document returns the structure of a JSON document that is written as text, and everything else as it is.
// Text that is not JSON becomes unknown, and empty text is none.
func Document(t Tree) Tree {
	if t.Decoded != nil {
		return *t.Decoded
	}
	text, isText := t.String()
	if !isText && len(t.Pieces) == 0 {
		return t
	}
	if isText && text == "" {
		return Tree{Range: t.Range}
	}
	decoded, err := DecodeJSON(t)
	if err != nil {
		return Unknown(t.Range, "the policy is not JSON: "+err.Error())
	}
	return lastOfEqualKeys(decoded)
}

// lastOfEqualKeys keeps the last of several fields with one key, as Terraform and CloudFormation do before they send a
// document to AWS.
func lastOfEqualKeys(t Tree) Tree {
	for i := range t.Items {
		t.Items[i] = lastOfEqualKeys(t.Items[i])
	}
	fields := t.Fields[:0]
	for _, f := range t.Fields {
		f.Tree = lastOfEqualKeys(f.Tree)
		if i := slices.IndexFunc(fields, func(g Field) bool { return g.Key == f.Key }); i >= 0 {
			fields = slices.Delete(fields, i, i+1)
		}
		fields = append(fields, f)
	}
	t.Fields = fields
	return t
}
