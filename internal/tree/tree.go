package tree

import (
	"slices"

	"lintel/internal/source"
)

// Tree is a piece of a template as a reader understood it: evaluated as far as possible, with
// its place, but without a meaning. The zero Tree is absent.
//
// A known tree is a scalar (Scalar is set), a map (IsMap) or a list (IsList). An unknown tree
// can still have items or fields: those are there in any case, others may be there too.
type Tree struct {
	State     State
	IsMap     bool
	IsList    bool
	Sensitive bool // never to be printed
	Outside   bool // an unknown value that is set outside of the stack: a resource that it names is none of the stack's
	Plain     bool // an unknown string that names one thing: what is unknown of it contains no wildcard

	// Verbatim says that the text under Range is Scalar to the letter, so that offsets within
	// the string are offsets within the file. It lets a policy in a heredoc keep its places.
	Verbatim bool

	Scalar any     // string, bool, int or float64; nil for lists and maps
	Items  []Tree  // of a list, in source order
	Fields []Field // of a map, in source order, keys unique

	// Unnamed are the entries of an unknown map whose keys are unknown. If there are some, nothing but these keys is unknown.
	Unnamed []Field

	Range   source.Range // of the value; of the key where a value has no place of its own
	Through source.Range // where in a module the value is used, when Range is an argument of the module's call
	Written source.Range // where the value is written as a literal: Range itself or a place it is followed to; zero: it is computed
	Prefix  string       // of an unknown string: how it begins, as far as that is known
	Suffix  string       // of an unknown string: how it ends
	Refs    []string     // ids of the resources the expression refers to, in source order
	Cause   string       // why it is unknown: "var.mode has no value"

	// Examples are values that an unknown scalar may have, as strings. Whatever its value will be, rules
	// judge it as they judge one of them: the allowed values of a parameter, an ARN with a made-up
	// account. nil: it may be anything.
	Examples []string

	// Choices are literals that an unknown string may be: the template writes each of them and selects one by something
	// unknown, such as a key of a mapping. There may be others.
	Choices []Choice

	// Symbol names the value of an unknown string: unknown strings of a unit with the same one are equal. It is the text as the
	// template writes it, with ${…} for what is unknown; empty: nothing is known to be equal.
	Symbol string

	// InPartition is an unknown string as it is in the partition aws, if nothing but the partition is unknown. Rules read
	// an ARN so: they ask for everything but its partition.
	InPartition string

	Parameters []Parameter // what the caller of the template or root module sets and the value contains, in any order
	Sources    []string    // attributes that the value contains as TYPE.ATTRIBUTE, and services that references are resolved from

	// Maybe says why the existence of the value is unknown; empty: it exists. Its content
	// is known in both cases.
	Maybe string

	// Decoded is what a string is the JSON of, where the template builds it from a structure.
	Decoded *Tree

	// Pieces are the parts of an unknown string in their order, where it is put together from
	// several: known strings and unknown trees. A JSON document with a hole stays readable.
	Pieces []Tree
}

// Choice is one of several literals.
type Choice struct {
	Text    string
	Written source.Range
}

// Field is one key of a map.
type Field struct {
	Key      string
	KeyRange source.Range
	Tree     Tree
	Name     *Tree // the key as an unknown string; nil: Key is the key
}

// Unknown is a tree of which nothing but its place is known.
func Unknown(at source.Range, cause string) Tree {
	return Tree{State: StateUnknown, Range: at, Cause: cause}
}

// Known reports whether the tree is there and its shape is known.
func (t Tree) Known() bool { return t.State == StateKnown }

// String returns the text of a known string.
func (t Tree) String() (string, bool) {
	s, ok := t.Scalar.(string)
	return s, ok && t.State == StateKnown
}

// Field returns the value of a key. It is absent when a known map has no such key, and unknown
// when the tree is unknown.
func (t Tree) Field(key string) Tree {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return t.Fields[i].Tree
		}
	}
	return t.missing()
}

// missing returns the value of a key that the tree does not have.
func (t Tree) missing() Tree {
	if t.State == StateUnknown {
		return Tree{State: StateUnknown, Range: t.Range, Cause: t.Cause, Sensitive: t.Sensitive}
	}
	return Tree{}
}

// At follows a path: the first alternative that is written counts, else one that may be written. A list on
// the way stands for its first item, because Terraform repeats blocks that may occur once.
func (t Tree) At(path Path) Tree {
	if len(path.alternatives) == 1 {
		return t.descend(path.alternatives[0])
	}
	var best Tree // what to return when no alternative is written
	for _, steps := range path.alternatives {
		found := t.descend(steps)
		if t.hasOwn(found) || len(steps) == 0 && t.State != StateAbsent {
			return found
		}
		if best.State == StateAbsent && (found.State == StateUnknown || best.Range.IsZero()) {
			best = found
		}
	}
	return best
}

// hasOwn reports whether something that was found in the tree is written there, and is not only
// unknown because the tree is.
func (t Tree) hasOwn(found Tree) bool {
	return found.State == StateKnown || found.State == StateUnknown && (t.State != StateUnknown || found.Range != t.Range)
}

func (t Tree) descend(steps Steps) Tree {
	for i, step := range steps {
		switch step {
		case Each:
			if t.IsList && len(t.Items) == 1 && t.Items[0].IsMap {
				t = t.Items[0] // a block
			}
			return t.each(steps[i+1:])
		case Items:
			if t.IsMap {
				t = Tree{State: t.State, IsList: true, Range: t.Range, Cause: t.Cause, Items: []Tree{t}}
			}
			return t.each(steps[i+1:])
		}
		t = t.Single().Field(step)
	}
	return t
}

// each is a list of what steps lead to in every item of a list or field of a map. It refers to whatever one of them
// refers to.
func (t Tree) each(steps Steps) Tree {
	if t.State == StateAbsent {
		return t
	}
	out := Tree{State: t.State, IsList: true, Range: t.Range, Cause: t.Cause}
	for _, item := range t.Items {
		out.Items = append(out.Items, item.descend(steps))
	}
	for _, f := range t.Fields {
		out.Items = append(out.Items, f.Tree.descend(steps))
	}
	for _, item := range out.Items {
		out.Refs = append(out.Refs, item.Refs...)
	}
	return out
}

// Flat returns a list of lists as one list. A path with Each or Items leads to one if there are lists below it.
func (t Tree) Flat() Tree {
	if !slices.ContainsFunc(t.Items, func(item Tree) bool { return item.IsList }) {
		return t
	}
	flat := t
	flat.Items = nil
	for _, item := range t.Items {
		if !item.IsList {
			flat.Items = append(flat.Items, item)
			continue
		}
		below := item.Flat()
		flat.Items = append(flat.Items, below.Items...)
		if below.State == StateUnknown { // there may be more
			flat.State, flat.Cause = StateUnknown, below.Cause
		}
	}
	return flat
}

// Entries returns the items of a list, and any other value as the only one. There are none if the tree is absent.
func (t Tree) Entries() []Tree {
	if t.IsList || t.State == StateAbsent {
		return t.Items
	}
	return []Tree{t}
}

// Single returns the first item of a list of blocks, or the tree itself.
func (t Tree) Single() Tree {
	if !t.IsList {
		return t
	}
	if len(t.Items) > 0 {
		return t.Items[0]
	}
	if t.State == StateUnknown {
		return Tree{State: StateUnknown, Range: t.Range, Cause: t.Cause}
	}
	return Tree{Range: t.Range, Cause: t.Cause}
}
