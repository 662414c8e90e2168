package deployment

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// KeyKind is a way in which units refer to each other.
type KeyKind uint8

// The kinds of keys.
const (
	StackExport    KeyKind = iota // an export of a CloudFormation stack; Name is its name
	StoreParameter                // a parameter of the parameter store; Name is its path
	StateOutput                   // an output in a Terraform state; Of is the address of the state
	NamedResource                 // a resource with a literal name; Of is its collection in the model
)

// Key names something that one unit offers and others ask for. Of a name that is unknown before deployment, the ends are known.
type Key struct {
	Kind           KeyKind
	Of             string
	Name           string // empty: only Prefix and Suffix are known
	Prefix, Suffix string
}

// IsOpen reports whether only the ends of the name are known.
func (k Key) IsOpen() bool { return k.Name == "" }

// KeyOf returns the key for a name that a tree is. It is false if nothing of the name is known.
func KeyOf(kind KeyKind, name tree.Tree) (Key, bool) {
	if text, ok := tree.Text(name.Scalar); ok && name.Known() {
		return Key{Kind: kind, Name: text}, text != ""
	}
	k := Key{Kind: kind, Prefix: name.Prefix, Suffix: name.Suffix}
	return k, name.State == tree.StateUnknown && k.Prefix+k.Suffix != ""
}

// Offer is a value that a unit offers to others. References in it are IDs in the unit that offers it.
type Offer struct {
	Key
	Value tree.Tree
}

// StackName is Key.Of of an export whose name begins with the name of its stack.
const StackName = "AWS::StackName"

// StateIn begins the address of a state in S3 that only "terraform init" locates. The name of the directory of its root module
// follows.
const StateIn = "s3 of directory:"

// StateOfModule begins the address of the state of a root module, wherever it is. The directory of the module follows.
const StateOfModule = "module:"

// IsStored reports whether the value of a parameter of the parameter store is used where it is read: a reference to a resource or
// its ARN. Other texts are settings, which change without a deployment.
func IsStored(value tree.Tree) bool {
	text, _ := value.String()
	return !value.Sensitive && (len(value.Refs) > 0 || strings.HasPrefix(text, "arn:"))
}

// MayBeStored is IsStored for an offer: a value that is passed on may turn out to be a reference.
func MayBeStored(value tree.Tree) bool {
	return IsStored(value) || !value.Sensitive && isFromElsewhere(value)
}

// Lookup returns what exactly one other unit of the repository offers under a key, as a value at a place of the unit that asks. The
// references in it are those of [model.Abroad]. It is false if no unit offers it, or several.
type Lookup func(k Key, at source.Range) (tree.Tree, bool)

// Lookup is Options.Elsewhere, and false without it.
func (o Options) Lookup(k Key, at source.Range) (tree.Tree, bool) {
	if o.Elsewhere == nil {
		return tree.Tree{}, false
	}
	return o.Elsewhere(k, at)
}

// Import returns the value of an offer of the unit with a root, as the unit that asks for it at a place sees it: it has no
// places of its own, because edits of it belong to the unit that offers it. Its references lead to that unit, or to those with
// the roots beyond, from which it is passed on.
func (o Offer) Import(root string, beyond []string, at source.Range) tree.Tree {
	return imported(o.Value, at, func(id string) string {
		if model.IsAbroad(id, beyond) {
			return id
		}
		return model.Abroad(root, id)
	})
}

// IsPassedOn reports whether the value may be one of another unit, which the unit with the offer asks for.
func (o Offer) IsPassedOn() bool { return isFromElsewhere(o.Value) }

func isFromElsewhere(t tree.Tree) bool {
	return t.State == tree.StateUnknown && (t.Outside || !tree.HasResource(t.Refs)) ||
		slices.ContainsFunc(t.Items, isFromElsewhere) || slices.ContainsFunc(t.Pieces, isFromElsewhere) ||
		slices.ContainsFunc(t.Fields, func(f tree.Field) bool { return isFromElsewhere(f.Tree) })
}

func imported(t tree.Tree, at source.Range, abroad func(id string) string) tree.Tree {
	t.Range, t.Through, t.Written, t.Verbatim = at, source.Range{}, source.Range{}, false
	t.Parameters, t.Maybe = nil, ""
	t.Outside = t.State == tree.StateUnknown
	t.Refs = slices.Clone(t.Refs)
	for i, id := range t.Refs {
		t.Refs[i] = abroad(id)
	}
	t.Items, t.Pieces, t.Fields = slices.Clone(t.Items), slices.Clone(t.Pieces), slices.Clone(t.Fields)
	for i := range t.Items {
		t.Items[i] = imported(t.Items[i], at, abroad)
	}
	for i := range t.Pieces {
		t.Pieces[i] = imported(t.Pieces[i], at, abroad)
	}
	for i, f := range t.Fields {
		t.Fields[i] = tree.Field{Key: f.Key, KeyRange: at, Tree: imported(f.Tree, at, abroad)}
	}
	if t.Decoded != nil {
		decoded := imported(*t.Decoded, at, abroad)
		t.Decoded = &decoded
	}
	return t
}
