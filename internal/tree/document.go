package tree

// Document returns the structure of a JSON document that is written as text, and everything else as it is.
// Text that is not JSON becomes unknown.
func Document(t Tree) Tree {
	if t.Decoded != nil {
		return *t.Decoded
	}
	if _, isText := t.String(); !isText && len(t.Pieces) == 0 {
		return t
	}
	decoded, err := DecodeJSON(t)
	if err != nil {
		return Unknown(t.Range, "the policy is not JSON: "+err.Error())
	}
	return decoded
}
