package tree

import "slices"

// Keys finds fields of a tree by their keys, in time that does not grow with the number of fields.
type Keys struct {
	of    Tree
	index map[string]int // first field with each key; nil: there are few
}

// fewFields is the number of fields up to which a search costs less than a map.
const fewFields = 16

// Keys returns the keys of a tree. Fields that are added to it later are not found.
func (t Tree) Keys() Keys {
	k := Keys{of: t}
	if len(t.Fields) <= fewFields {
		return k
	}
	k.index = make(map[string]int, len(t.Fields))
	for i, f := range t.Fields {
		if _, ok := k.index[f.Key]; !ok {
			k.index[f.Key] = i
		}
	}
	return k
}

// Index returns the position of the first field with a key, or -1.
func (k Keys) Index(key string) int {
	if k.index == nil {
		return slices.IndexFunc(k.of.Fields, func(f Field) bool { return f.Key == key })
	}
	if i, ok := k.index[key]; ok {
		return i
	}
	return -1
}

// Get returns the first field with a key, or the zero Field.
func (k Keys) Get(key string) Field {
	if i := k.Index(key); i >= 0 {
		return k.of.Fields[i]
	}
	return Field{}
}

// Field is [Tree.Field].
func (k Keys) Field(key string) Tree {
	if i := k.Index(key); i >= 0 {
		return k.of.Fields[i].Tree
	}
	return k.of.missing()
}
