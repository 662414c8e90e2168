package parsers

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"lintel/internal/deployment"
	"lintel/parsers/terraform"
)

// Repository contains the units of a tree, and finds what one offers and another asks for. It reads nothing before the first
// question. It is safe for concurrent use. A nil Repository has no units.
type Repository struct {
	ctx     context.Context //nolint:containedctx // of the run that the repository is part of
	fsys    fs.FS
	setting Setting

	survey  func() *survey
	offered memo[deployment.Unit, exchange]
	indices memo[words, *offers]
	stacks  memo[string, *neighbour] // by root
	states  memo[string, string]     // addresses of the states of root modules, by root
	sources memo[string, []string]   // roots of the units that a unit asks for values, by its root
	chains  memo[string, chain]      // by root

	mu       sync.Mutex
	kept     int  // bytes of the texts of the units whose readings are kept for others
	surveyed bool // a question was asked
	asking   map[deployment.Unit]bool
	readings map[deployment.Unit]*reading
	waits    map[string][]string // roots of the units whose values a unit waits for, by its root
}

// Setting are the parts of a run that its repository depends on.
type Setting struct {
	Find    func(ctx context.Context) Found            // searches the whole tree
	Options func(u deployment.Unit) deployment.Options // with which a unit is read
	Reuse   bool                                       // Parse may return what was read for other units: the tree that it is called with is that of the repository
	Stacks  map[string]string                          // units by the names of the stacks that they are deployed as: the root, or the directory of it
}

// NewRepository returns the repository in a tree, for a run that ends with ctx.
func NewRepository(ctx context.Context, fsys fs.FS, setting Setting) *Repository {
	r := &Repository{
		ctx: ctx, fsys: fsys, setting: setting, asking: map[deployment.Unit]bool{}, readings: map[deployment.Unit]*reading{}, waits: map[string][]string{},
	}
	r.survey = sync.OnceValue(func() *survey {
		r.mu.Lock()
		r.surveyed = true
		r.mu.Unlock()
		return newSurvey(ctx, fsys, setting.Find(ctx))
	})
	return r
}

// Edited returns the repository in a tree with edits of it. They neither add units nor make one offer what it has no words for.
func (r *Repository) Edited(ctx context.Context, fsys fs.FS) *Repository {
	setting := r.setting
	setting.Reuse = false
	edited := NewRepository(ctx, fsys, setting)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.surveyed {
		edited.survey, edited.surveyed = r.survey, true
	}
	return edited
}

// Whole searches a whole tree. The index, which may be nil, remembers what it finds.
func Whole(ctx context.Context, fsys fs.FS, index *Index) Found {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	f.index, f.isWhole = index, true
	f.everything()
	f.classify()
	return Found{Units: f.units(), parts: f.parts()}
}

// words select the units that may offer something under a key by their texts.
type words struct {
	kind   deployment.KeyKind
	last   string
	except string // root of a unit that is left out; empty: none
}

// lastWord returns the last word of a name: other parts may be parameters.
func lastWord(k deployment.Key) string {
	name := strings.TrimRightFunc(cmp.Or(k.Name, k.Suffix, k.Prefix), isNotOfWord)
	return name[strings.LastIndexFunc(name, isNotOfWord)+1:]
}

// index returns the offers of all units that may have one under a key that a unit asks for. It leaves out what the unit itself
// offers as far as that costs little: the name is in its text, because it asks for it.
func (r *Repository) index(u deployment.Unit, k deployment.Key) *offers {
	w := words{kind: k.Kind, last: lastWord(k)}
	if units := r.survey().offeringWith(w); len(units) <= maxWriting && slices.Contains(units, u.Plain()) {
		w.except = u.Root
	}
	return r.indices.get(w, func() *offers { return r.offersWith(w) })
}

// offersWith returns the offers of a kind of all units whose texts have a word.
func (r *Repository) offersWith(w words) *offers {
	units := slices.DeleteFunc(r.survey().offeringWith(w), func(u deployment.Unit) bool { return u.Root == w.except })
	exchanges := make([]exchange, len(units))
	parallel(len(units), func(i int) { exchanges[i] = r.exchange(units[i]) })
	all := newOffers()
	for i, u := range units {
		for _, o := range exchanges[i].offers {
			if o.Kind == w.kind {
				all.add(u.Root, o, r.stackNames(u))
			}
		}
	}
	return all
}

// note notes that a unit asks for something.
func (r *Repository) note(u deployment.Unit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asking[u] = true
}

// Asks reports whether a unit that was read has asked for something of other units: it depends on which units there are.
func (r *Repository) Asks(u deployment.Unit) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asking[u]
}

// stackNames returns the names of the stacks that a unit is declared to be deployed as, sorted.
func (r *Repository) stackNames(u deployment.Unit) []string {
	var names []string
	for name, at := range r.setting.Stacks { // any order: they are sorted
		if at = path.Clean(at); at == u.Root || u.Kind == deployment.Template && at == path.Dir(u.Root) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// stateOf returns the address of the state of a root module.
func (r *Repository) stateOf(root string) string {
	return r.states.get(root, func() string { return terraform.StateOf(r.fsys, root) })
}

// withState returns the root modules with the state at an address.
func (r *Repository) withState(address string) []deployment.Unit {
	return slices.DeleteFunc(r.survey().withStateAt(address), func(u deployment.Unit) bool { return r.stateOf(u.Root) != address })
}

// find returns the offer of another unit under a key. It is false if there is none, or if there are several.
func (r *Repository) find(u deployment.Unit, k deployment.Key) (offer, bool) {
	switch k.Kind {
	case deployment.StackExport:
		return r.index(u, k).one(u.Root, k, r.setting.Stacks)
	case deployment.StoreParameter:
		if strings.HasPrefix(k.Name, "/aws/") {
			return offer{}, false // AWS sets it
		}
		return r.index(u, k).one(u.Root, k, nil)
	case deployment.StateOutput:
		if dir, ok := strings.CutPrefix(k.Of, deployment.StateOfModule); ok {
			other, ok := r.survey().offering[dir]
			if k.Of = r.stateOf(dir); !ok || k.Of == "" {
				return offer{}, false
			}
			return r.offerIn([]deployment.Unit{other}, u.Root, k)
		}
		return r.offerIn(r.withState(k.Of), u.Root, k)
	case deployment.NamedResource:
		if s := r.survey(); len(s.writing[k.Name]) <= maxWriting {
			return r.offerIn(s.unitsWriting(k.Name), u.Root, k)
		}
	}
	return offer{}, false
}

// mentions reports whether another unit than one has a name in its text and does not declare it, or may.
func (r *Repository) mentions(u deployment.Unit, n named) bool {
	units, isWord := r.survey().mentioning(n.name)
	return !isWord || len(units) > maxWriting || slices.ContainsFunc(units, func(other deployment.Unit) bool {
		return other.Root != u.Root && !r.names(other)[n]
	})
}

// maxWriting is the number of units that may write a name of which one unit is asked to declare the resource with it.
const maxWriting = 20

// offerIn returns the offer under a known key of one of some units, except for that with a root.
func (r *Repository) offerIn(units []deployment.Unit, root string, k deployment.Key) (offer, bool) {
	var found []offer
	for _, u := range units {
		if u.Root == root {
			continue
		}
		for _, o := range r.exchange(u).known[k] {
			found = append(found, offer{u.Root, o})
		}
	}
	return only(found)
}
