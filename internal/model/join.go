package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"lintel/internal/tree"
)

// Neighbour is the stack of another unit, of which [Stack.Join] takes resources. It is safe for concurrent use.
type Neighbour struct {
	root   string
	roots  map[string]bool // of the units that its references lead to
	worlds Worlds

	elements []element
	byID     map[string][]int // elements by their ID without instance keys
	parts    map[string][]int // elements that belong to what they refer to, by its ID without instance keys
}

// element is a resource in one of the collections that claim its type.
type element struct {
	collection reflect.StructField
	value      reflect.Value
	refs       []string
}

// NewNeighbour returns the stack of the unit with a root for joins. The stack must not be linked yet; it may be afterwards. roots are those of
// the units that its references lead to.
func NewNeighbour(root string, s *Stack, worlds Worlds, roots []string) *Neighbour {
	if worlds == nil {
		worlds = oneWorld{}
	}
	n := &Neighbour{root: root, roots: map[string]bool{root: true}, worlds: worlds, byID: map[string][]int{}, parts: map[string][]int{}}
	for _, other := range roots {
		n.roots[other] = true
	}
	s.eachResource(func(field reflect.StructField, v reflect.Value) {
		if _, ok := joined[collectionName(field)]; ok {
			own := reflect.New(v.Type()).Elem()
			own.Set(v)
			separate(own)
			n.add(element{collection: field, value: own})
		}
	})
	return n
}

// joined are the collections of resources that other units can take. Rules ask of others whether a stack has any, or none at all: an
// answer about those of other units would change what is found in the unit itself. The keys are those of collectionName.
var joined = map[string]joinedAs{ //nolint:gochecknoglobals // a table, never written
	"roles":         {isReferredTo: true, isWhole: true, isJudged: true},
	"policies":      {isReferredTo: true, isJudged: true},
	"Attachments":   {isJudged: true},
	"channels":      {isReferredTo: true, isWhole: true, isJudged: true},
	"QueueRedrives": {},
	"event_sources": {isJudged: true},
	"triggers":      {},
}

// joinedAs describes how the resources of a collection are joined to other units.
type joinedAs struct {
	isReferredTo bool // other units refer to them; otherwise they only come with what they are parts of
	isWhole      bool // they are more than a part of what they refer to
	isJudged     bool // rules judge them together with what refers to them, not with their own unit only
}

// IsJoined reports whether the resources of a collection, by its name in the input of rules, are taken from other units that declare
// them.
func IsJoined(collection string) bool { return joined[collection].isReferredTo }

func (n *Neighbour) add(e element) {
	i := len(n.elements)
	base := stripKeys(resourceOf(e.value).ID)
	n.byID[base] = append(n.byID[base], i)
	seen := map[string]bool{}
	referencesIn(e.value, func(r *Ref, _ string) {
		for _, id := range r.IDs {
			if !seen[id] {
				seen[id] = true
				e.refs = append(e.refs, id)
			}
		}
	})
	n.elements = append(n.elements, e)
	if joined[collectionName(e.collection)].isWhole {
		return
	}
	for _, id := range e.refs {
		if own := stripKeys(id); own != base {
			n.parts[own] = append(n.parts[own], i)
		}
	}
}

// Abroad returns the ID of a resource in the stacks of other units than that with the root, which declares it.
func Abroad(root, id string) string { return root + ":" + id }

// IsAbroad reports whether an ID is one of another unit, with one of some roots.
func IsAbroad(id string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return strings.HasPrefix(id, root+":") })
}

// abroad returns the root and the ID in the unit of an ID of another unit.
func abroad(id string, roots map[string]bool) (root, own string, ok bool) {
	for i := range len(id) {
		if id[i] == ':' && roots[id[:i]] {
			return id[:i], id[i+1:], true
		}
	}
	return "", id, false
}

func resourceOf(v reflect.Value) *Resource {
	return v.FieldByName("Resource").Addr().Interface().(*Resource) //nolint:forcetypeassert // every collection has resources
}

// referencesIn calls visit for every reference in a struct of the model, with the collection that it points into.
func referencesIn(v reflect.Value, visit func(r *Ref, to string)) { eachReference(v, "", visit) }

func eachReference(v reflect.Value, to string, visit func(r *Ref, to string)) {
	if r, ok := reflect.TypeAssert[*Ref](v.Addr()); ok {
		visit(r, to)
		return
	}
	switch {
	case v.Kind() == reflect.Slice && refers(v.Type()):
		for i := range v.Len() {
			eachReference(v.Index(i), to, visit)
		}
	case v.Kind() == reflect.Struct:
		for _, field := range referringFields(v.Type()) {
			below := field.to
			if field.isItems {
				below = to
			}
			eachReference(v.Field(field.index), below, visit)
		}
	default:
	}
}

// referringField is a field of a struct that can hold references.
type referringField struct {
	index   int
	to      string // collection that they point into
	isItems bool   // they point into the collection of the list
}

var referringOf sync.Map //nolint:gochecknoglobals // a memo: the answer for a type never changes

// referringFields returns the fields of a struct of the model that can hold references.
func referringFields(t reflect.Type) []referringField {
	if known, ok := referringOf.Load(t); ok {
		return known.([]referringField) //nolint:forcetypeassert // the only type that is stored
	}
	var fields []referringField
	if refers(t) {
		for i := range t.NumField() {
			if field := t.Field(i); field.IsExported() && refers(field.Type) {
				fields = append(fields, referringField{i, field.Tag.Get("to"), field.Name == "Items"})
			}
		}
	}
	referringOf.Store(t, fields)
	return fields
}

// maxJoined is the number of resources of other units that are joined to a unit beyond those that it refers to and their parts.
// The nearest are taken; references to the others stay unknown, and Join says so.
const maxJoined = 1000

// Join adds to a stack that is not linked the resources of other units that it refers to, with what belongs to them. Their IDs
// are those of Abroad. own is the root of the unit, roots are those of the units that its references and the additional ids lead
// to, and neighbour returns the stack of one, nil if there is none. The result decides which resources can exist together, and says which
// limit is exceeded; empty: none.
func (s *Stack) Join(own string, worlds Worlds, roots, ids []string, neighbour func(root string) *Neighbour) (together Worlds, limit string) {
	if worlds == nil {
		worlds = oneWorld{}
	}
	j := &joining{stack: s, own: own, neighbour: neighbour, roots: map[string]bool{}, known: map[string]int{}, worlds: jointWorlds{own: worlds}, seen: map[joinedElement]bool{}}
	for _, root := range roots {
		j.roots[root] = true
	}
	s.eachResource(func(_ reflect.StructField, v reflect.Value) {
		referencesIn(v, func(r *Ref, _ string) {
			for _, id := range r.IDs {
				j.wants(id, j.roots, true)
			}
		})
	})
	for _, id := range ids {
		j.wants(id, j.roots, true)
	}
	for i := 0; i < len(j.queue); i++ {
		j.take(j.queue[i])
		j.queue[i] = wanted{}
	}
	if j.more > maxJoined {
		limit = fmt.Sprintf("the unit refers to more than %d resources of other units; those beyond are unknown", maxJoined)
	}
	return &j.worlds, limit
}

// eachResource calls visit for every resource in every collection.
func (s *Stack) eachResource(visit func(collection reflect.StructField, v reflect.Value)) {
	stack := reflect.ValueOf(s).Elem()
	for _, field := range collections() {
		collection := stack.FieldByIndex(field.Index)
		for i := range collection.Len() {
			visit(field, collection.Index(i))
		}
	}
}

// joining is the state of Join.
type joining struct {
	stack     *Stack
	own       string
	roots     map[string]bool
	neighbour func(root string) *Neighbour
	known     map[string]int // indices of jointWorlds.others by their roots; -1: there is no such unit
	worlds    jointWorlds
	queue     []wanted
	seen      map[joinedElement]bool
	more      int // elements beyond those that the unit refers to and their parts
}

// wanted is a resource of another unit.
type wanted struct {
	unit   int // in jointWorlds.others
	id     string
	isNear bool // the unit itself refers to it
}

type joinedElement struct{ unit, element int }

// wants notes a reference of the unit, or of a resource that is joined to it.
func (j *joining) wants(id string, roots map[string]bool, isNear bool) {
	root, id, ok := abroad(id, roots)
	if !ok || root == j.own {
		return
	}
	unit, isKnown := j.known[root]
	if !isKnown {
		unit = -1
		if n := j.neighbour(root); n != nil {
			unit = len(j.worlds.others)
			j.worlds.others = append(j.worlds.others, n)
		}
		j.known[root] = unit
	}
	if unit >= 0 {
		j.queue = append(j.queue, wanted{unit, id, isNear})
	}
}

// take adds a resource with its parts.
func (j *joining) take(w wanted) {
	n := j.worlds.others[w.unit]
	base := stripKeys(w.id)
	for _, i := range n.byID[base] {
		if Matches(w.id, resourceOf(n.elements[i].value).ID) {
			j.add(w, i)
		}
	}
	for _, i := range n.parts[base] {
		if slices.ContainsFunc(n.elements[i].refs, func(ref string) bool { return Matches(ref, w.id) || Matches(w.id, ref) }) {
			j.add(w, i)
		}
	}
}

// add copies an element to the stack.
func (j *joining) add(w wanted, i int) {
	key := joinedElement{w.unit, i}
	if j.seen[key] {
		return
	}
	if !w.isNear {
		if j.more++; j.more > maxJoined {
			return
		}
	}
	n := j.worlds.others[w.unit]
	e := n.elements[i]
	r := resourceOf(e.value)
	if j.stack.isFull(r.At) {
		return
	}
	j.seen[key] = true
	collection := reflect.ValueOf(j.stack).Elem().FieldByIndex(e.collection.Index)
	collection.Set(reflect.Append(collection, e.value))
	added := collection.Index(collection.Len() - 1)
	separate(added)
	own := resourceOf(added)
	own.Unit, own.ID = n.root, Abroad(n.root, r.ID)
	own.Aside = !w.isNear || !joined[collectionName(e.collection)].isJudged
	own.World = worldIn(w.unit, r.World)
	referencesIn(added, func(r *Ref, _ string) { r.IDs = j.renamed(n, r.IDs) })
	if !j.stack.count(collection, added, r.At) {
		return
	}
	mayHaveMore(added.Addr().Interface())
	for _, id := range e.refs {
		if _, _, isElsewhere := abroad(id, n.roots); !isElsewhere {
			id = Abroad(n.root, id)
		}
		j.wants(id, n.roots, false)
	}
}

// mayHaveMore notes that further units, which refer to a resource of another unit, may add to it: that something of it is missing is
// unknown.
func mayHaveMore(added any) {
	const cause = "other stacks may add to it"
	switch r := added.(type) {
	case *Role:
		r.Statements.lose(cause)
		r.ManagedPolicies.lose(cause)
	case *Channel:
		if r.Redrive.State == tree.StateAbsent {
			r.Redrive = Redrive{Block: UnknownBlock(r.At, cause)}
		}
		if r.RedriveAllow.State == tree.StateAbsent {
			r.RedriveAllow = RedriveAllow{Block: UnknownBlock(r.At, cause)}
		}
	}
}

// renamed returns the IDs that references of a neighbour have in the stack that it is joined to.
func (j *joining) renamed(n *Neighbour, ids []string) []string {
	renamed := make([]string, len(ids))
	for i, id := range ids {
		switch root, own, isElsewhere := abroad(id, n.roots); {
		case !isElsewhere:
			renamed[i] = Abroad(n.root, id)
		case root == j.own:
			renamed[i] = own
		default:
			renamed[i] = id
		}
	}
	return renamed
}

// separate gives a copied struct of the model its own lists of references, which Link changes, and no room to append to the others.
func separate(v reflect.Value) {
	switch {
	case v.Kind() == reflect.Slice:
		separateItems(v)
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[Ref]() && refers(v.Type()):
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				separate(v.Field(i))
			}
		}
	default:
	}
}

func separateItems(v reflect.Value) {
	if !refers(v.Type()) {
		if v.CanSet() {
			v.Set(v.Slice3(0, v.Len(), v.Len()))
		}
		return
	}
	if v.IsNil() {
		return
	}
	own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(own, v)
	v.Set(own)
	for i := range v.Len() {
		separate(v.Index(i))
	}
}

// jointWorlds are the worlds of a unit and of those that are joined to it, whose conditions do not exclude each other.
type jointWorlds struct {
	own    Worlds
	others []*Neighbour
}

// A number of Resource.World of another unit is that in its unit, in the bits of ownWorld, below the number of the unit.
const (
	worldBits = 32
	ownWorld  = 1<<worldBits - 1
)

// worldIn returns the number of a world of another unit in jointWorlds.
func worldIn(unit, world int) int {
	if world == 0 {
		return 0
	}
	return (unit+1)<<worldBits | world
}

// Exclude implements Worlds.
func (w *jointWorlds) Exclude(a, b int) bool {
	unit := a >> worldBits
	switch {
	case unit != b>>worldBits:
		return false
	case unit == 0:
		return w.own.Exclude(a, b)
	}
	return w.others[unit-1].worlds.Exclude(a&ownWorld, b&ownWorld)
}

// And implements Worlds. Of numbers of two units it returns the first.
func (w *jointWorlds) And(a, b int) (both int, ok bool) {
	unit := a >> worldBits
	switch {
	case unit != b>>worldBits:
		return a, true
	case unit == 0:
		return w.own.And(a, b)
	}
	both, ok = w.others[unit-1].worlds.And(a&ownWorld, b&ownWorld)
	return worldIn(unit-1, both), ok
}
