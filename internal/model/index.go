package model

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// Node is what Go knows about a node of the policy input and a policy does not.
type Node struct {
	source.Place
	Collection string // functions, roles, …: where the node hangs in the policy input
	Holder     int    // index in Collection of the resource that it hangs in
	Statement  int    // handle of the policy statement that it is part of; 0: of none
	Path       string // names of the attributes that lead to it: tracing/mode, statements/effect
	Item       bool   // an element of the list or map that Path leads to
	Unit       string // root of the other unit that declares the resource; empty: the stack's own
	Aside      bool   // rules judge the resource with its own unit, see Resource.Aside
	State      tree.State
	Cause      string
	Sensitive  bool
	Hidden     string           // the text of a sensitive value that is known, to keep it out of messages
	Parameters []tree.Parameter // the variables and parameters that the value is made of
	Linked     bool             // a reference that points to something in the stack
	Outside    bool             // a reference, or a list of them, that points to nothing in the stack, whatever its value
	Plain      bool             // an unknown string that contains no wildcard beside the parts that are known
	Partly     bool             // an unknown string of which an end is known
	Maybe      bool             // an unknown value that is one of Examples, or not there
	Examples   []any            // values that an unknown one may have, of the attribute's type; nil: any. See tree.Tree.Examples
}

// InItsUnit returns a message about the node with the names that resources have in the unit that declares it.
func (n Node) InItsUnit(message string) string {
	if n.Unit == "" {
		return message
	}
	return strings.ReplaceAll(message, Abroad(n.Unit, ""), "")
}

// Index resolves the handles that policies return. Handle i is node i of the encoding, so an
// Index belongs to exactly one encoded Stack.
type Index struct {
	entries    []entry
	unsearched *source.Range
}

// Unsearched returns the first text in which no secrets are searched, because the search exceeds a limit, and describes the limit. It
// is false if there is none.
func (x Index) Unsearched() (at source.Range, limit string, ok bool) {
	if x.unsearched == nil {
		return at, "", false
	}
	return *x.unsearched, fmt.Sprintf("%d steps of the search for secrets in long texts", maxSearched), true
}

// entry is a Node in a sixth of its size: there are as many as nodes, and few of them are asked for.
type entry struct {
	*holder
	*way
	at        source.Range // of the node, or of what is around it
	rare      *rare        // of the state of the node, shared with it; nil: zero
	beside    *beside      // nil: zero
	statement int32
	state     tree.State

	isWithout   bool // the node has no place of its own
	isLiteral   bool // it is written as a literal at its place
	isCalled    bool // it is in a third-party module
	isItem      bool
	isSensitive bool
	isLinked    bool
	isOutside   bool
	isPlain     bool
	isPartly    bool
	isMaybe     bool
}

// holder is what all nodes of a resource share.
type holder struct {
	resource   *Resource // that the nodes come from
	collection string
	index      int

	borrowed *holder // of the last other resource that some of the nodes come from; nil: none
}

// way is the way to a node within its resource: Node.Path and Node.Attribute.
type way struct{ path, attribute string }

// beside is what few nodes have.
type beside struct {
	hidden     string
	parameters []tree.Parameter
	examples   []any
}

// aside returns what few nodes have, to be changed.
func (n *entry) aside() *beside {
	if n.beside == nil {
		n.beside = &beside{}
	}
	return n.beside
}

// ownedBy returns the holder of nodes that hang in the same resource and come from another one.
func (h *holder) ownedBy(owner *Resource) *holder {
	if h.borrowed == nil || h.borrowed.resource != owner {
		h.borrowed = &holder{resource: owner, collection: h.collection, index: h.index}
	}
	return h.borrowed
}

// isThirdParty reports whether the node is in a third-party module, so that its place is the user's own call.
func (n *entry) isThirdParty() bool {
	if n.resource.Caller.IsZero() || !slices.Contains(n.resource.Via, n.resource.Caller) || !n.isWithout && n.rare != nil && !n.rare.through.IsZero() {
		return false
	}
	for _, call := range n.resource.Via {
		if call.Path == n.at.Path {
			return false // before the call that leads out of the user's own code
		}
		if call == n.resource.Caller {
			break
		}
	}
	return true
}

// node returns all of a node.
func (n *entry) node() Node {
	out := Node{
		Place: source.Place{Lineage: n.resource.Lineage, Resource: n.resource.ownID(), Range: n.at, Attribute: n.attribute},
		Unit:  n.resource.Unit, Aside: n.resource.Aside,
		Collection: n.collection, Holder: n.index, Statement: int(n.statement), Path: n.path, Item: n.isItem,
		State: n.state, Sensitive: n.isSensitive, Linked: n.isLinked, Outside: n.isOutside, Plain: n.isPlain, Partly: n.isPartly, Maybe: n.isMaybe,
	}
	if n.isLiteral {
		out.Written = n.at
	}
	if n.rare != nil {
		out.Cause, out.Given = n.rare.cause, n.rare.given
		if !n.isLiteral {
			out.Written = n.rare.written
		}
		if !n.isWithout {
			out.Through = n.rare.through
		}
	}
	if n.isCalled {
		out.Range, out.Through, out.ThirdParty = n.resource.Caller, n.at, true
	}
	if n.beside != nil {
		out.Hidden, out.Parameters, out.Examples = n.beside.hidden, n.beside.parameters, n.beside.examples
	}
	return out
}

// Len returns the number of nodes.
func (x Index) Len() int { return len(x.entries) }

// Node returns what a handle stands for. It is false for a number that is no handle.
func (x Index) Node(at int) (Node, bool) {
	if at < 0 || at >= len(x.entries) {
		return Node{}, false
	}
	return x.entries[at].node(), true
}

// Unknown returns the nodes whose value is unknown, in the order of the handles.
func (x Index) Unknown() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for i := range x.entries {
			if x.entries[i].state == tree.StateUnknown && !yield(x.entries[i].node()) {
				return
			}
		}
	}
}

// Items returns the collections and paths of the lists of the elements of lists, once for each element.
func (x Index) Items() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i := range x.entries {
			if x.entries[i].isItem && !yield(x.entries[i].collection, x.entries[i].path) {
				return
			}
		}
	}
}

// All returns the nodes with their handles, in the order of the handles.
func (x Index) All() iter.Seq2[int, Node] {
	return func(yield func(int, Node) bool) {
		for i := range x.entries {
			if !yield(i, x.entries[i].node()) {
				return
			}
		}
	}
}

// NewIndex returns an index of nodes, for tests of what reads one.
func NewIndex(nodes ...Node) Index {
	entries := make([]entry, len(nodes))
	for i, n := range nodes {
		r := &Resource{Lineage: n.Lineage, ID: n.Resource, Caller: n.Range}
		entries[i] = entry{
			holder: &holder{resource: r, collection: n.Collection, index: n.Holder}, at: n.Range, way: &way{n.Path, n.Attribute},
			rare:      &rare{through: n.Through, written: n.Written, cause: n.Cause, given: n.Given},
			beside:    &beside{hidden: n.Hidden, parameters: n.Parameters, examples: n.Examples},
			statement: int32(n.Statement), state: n.State, //nolint:gosec // handles are few
			isItem: n.Item, isSensitive: n.Sensitive, isLinked: n.Linked, isOutside: n.Outside, isPlain: n.Plain, isPartly: n.Partly, isMaybe: n.Maybe,
		}
		if n.ThirdParty {
			entries[i].isCalled, entries[i].at = true, n.Through
		}
	}
	return Index{entries: entries}
}
