package parsers

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/terraform"
)

// Repository contains the units of a tree, and finds what one offers and another asks for. It reads nothing before the first
// question. It is safe for concurrent use. A nil Repository has no units.
type Repository struct {
	ctx     context.Context //nolint:containedctx // of the run that the repository is part of
	fsys    fs.FS
	setting Setting

	survey func() *survey

	mu       sync.Mutex
	surveyed bool // a question was asked
	offered  map[deployment.Unit]func() exchange
	indices  map[words]func() *offers
	stacks   map[string]func() *neighbour // by root
	asking   map[deployment.Unit]bool
	states   map[string]func() string // addresses of the states of root modules, by root
	done     map[string]*neighbour    // of stacks
}

// Setting are the parts of a run that its repository depends on.
type Setting struct {
	Find    func(ctx context.Context) Found            // searches the whole tree
	Options func(u deployment.Unit) deployment.Options // with which a unit is read
	Reuse   bool                                       // Parse may return what was read for other units: the tree that it is called with is that of the repository
	Stacks  map[string]string                          // units by the names of the stacks that they are deployed as: the root, or the directory of it
}

// exchange is what a unit offers to others, and what it asks for.
type exchange struct {
	offers []deployment.Offer
	known  map[deployment.Key][]deployment.Offer // those with known names
	names  map[named]bool                        // of the functions and roles
	asks   []deployment.Key
}

// named is a literal name in a collection of the model.
type named struct{ collection, name string }

// exchangeOf returns what a unit offers and asks for that was read without its neighbours.
func exchangeOf(parsed *deployment.Parsed, asks []deployment.Key) exchange {
	x := exchange{offers: slices.Clip(parsed.Offers), known: map[deployment.Key][]deployment.Offer{}, names: map[named]bool{}, asks: asks}
	parsed.Stack.Named(func(collection, name string) { x.names[named{collection, name}] = true })
	for _, named := range parsed.Stack.Names() {
		x.offers = append(x.offers, offerOf(named))
	}
	for _, o := range x.offers {
		if !o.IsOpen() {
			x.known[o.Key] = append(x.known[o.Key], o)
		}
	}
	for _, named := range parsed.Stack.NamedElsewhere() {
		x.asks = append(x.asks, keyOf(named))
	}
	return x
}

// NewRepository returns the repository in a tree, for a run that ends with ctx.
func NewRepository(ctx context.Context, fsys fs.FS, setting Setting) *Repository {
	r := &Repository{
		ctx: ctx, fsys: fsys, setting: setting,
		offered: map[deployment.Unit]func() exchange{}, indices: map[words]func() *offers{}, stacks: map[string]func() *neighbour{},
		asking: map[deployment.Unit]bool{}, states: map[string]func() string{}, done: map[string]*neighbour{},
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

// maxReadTime limits how long a unit is read for others.
const maxReadTime = 30 * time.Second

// isOffering reports whether a unit offers something: a plan and a further unit repeat what
// another one with the same root offers.
func isOffering(u deployment.Unit) bool { return u.Kind != deployment.Plan && !u.IsFurther() }

// exchange returns what a unit offers and asks for, as it is without the other units.
func (r *Repository) exchange(u deployment.Unit) exchange {
	r.mu.Lock()
	of := r.offered[u]
	if of == nil {
		of = sync.OnceValue(func() exchange {
			asked := &recorder{}
			parsed, ok := r.read(u, asked, true)
			x := exchangeOf(&parsed, asked.keys)
			if ok && len(asked.keys) == 0 {
				r.keep(u, r.seenBy(u), parsed, true) // from here on, its own check can change it
			}
			return x
		})
		r.offered[u] = of
	}
	r.mu.Unlock()
	return of()
}

// read parses a unit within the limits of one. If that fails, its stack is empty and ok is false: its own check reports why.
func (r *Repository) read(u deployment.Unit, with deployment.Neighbours, offers bool) (parsed deployment.Parsed, ok bool) {
	opt := r.setting.Options(u)
	opt.Neighbours, opt.Offers = with, offers
	parsed, finished, why := deployment.Within(r.ctx, deployment.Limits{Name: u.Root, Time: maxReadTime}, func(ctx context.Context) (parsed deployment.Parsed) {
		defer func() {
			if recover() != nil {
				parsed = deployment.Parsed{}
			}
		}()
		return parse(ctx, r.fsys, u, opt)
	})
	if !finished || why != nil || parsed.Stack == nil {
		return deployment.Parsed{Stack: &model.Stack{}}, false
	}
	return parsed, true
}

// neighbour is a unit whose resources others refer to.
type neighbour struct {
	stack *model.Neighbour
	files source.Files

	parsed *deployment.Parsed // for its own check, not linked; nil: it was returned, or must not be
	seen   *seen              // what it was read with
}

// keep remembers a unit that was read for others. reuse allows to return it for its own check.
func (r *Repository) keep(u deployment.Unit, with *seen, parsed deployment.Parsed, reuse bool) {
	n := neighbourOf(u, with, parsed)
	if reuse && r.setting.Reuse {
		n.parsed, n.seen = &parsed, with
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stacks[u.Root] == nil {
		r.stacks[u.Root] = func() *neighbour { return n }
		r.done[u.Root] = n
	}
}

func neighbourOf(u deployment.Unit, with *seen, parsed deployment.Parsed) *neighbour {
	return &neighbour{stack: model.NewNeighbour(u.Root, parsed.Stack, parsed.Worlds, with.Roots()), files: parsed.Files}
}

// neighbour returns the unit with a root; nil: it cannot be read. Several goroutines may ask for it.
func (r *Repository) neighbour(root string) *neighbour {
	r.mu.Lock()
	of := r.stacks[root]
	if of == nil {
		of = sync.OnceValue(func() *neighbour {
			u, ok := r.survey().offering[root]
			if !ok {
				return nil
			}
			with := r.seenBy(u)
			parsed, ok := r.read(u, with, false)
			if !ok {
				return nil
			}
			n := neighbourOf(u, with, parsed)
			if r.setting.Reuse {
				n.parsed, n.seen = &parsed, with
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.done[root] = n
			return n
		})
		r.stacks[root] = of
	}
	r.mu.Unlock()
	return of()
}

// Parse is [Parse] with what a unit refers to in others.
func (r *Repository) Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	if r == nil {
		return Parse(ctx, fsys, u, opt)
	}
	parsed, with, ok := r.readBefore(u)
	if !ok {
		with = r.seenBy(u)
		opt.Neighbours, opt.Offers = with, r.mayOffer(u)
		parsed = parse(ctx, fsys, u, opt)
		if opt.Offers && ctx.Err() == nil && parsed.Stack != nil {
			r.offer(u, with, parsed)
		}
	}
	complete(ctx, fsys, u, &parsed, with)
	return parsed
}

// readBefore returns a unit that was read for others, once.
func (r *Repository) readBefore(u deployment.Unit) (deployment.Parsed, *seen, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.done[u.Root]
	if n == nil || n.parsed == nil || !isOffering(u) {
		return deployment.Parsed{}, nil, false
	}
	parsed := *n.parsed
	n.parsed = nil
	return parsed, n.seen, true
}

// mayOffer reports whether others may ask for a unit. It is false before the first question.
func (r *Repository) mayOffer(u deployment.Unit) bool {
	r.mu.Lock()
	surveyed := r.surveyed
	r.mu.Unlock()
	return surveyed && r.survey().mayOffer(u)
}

// offer keeps a unit that was read for its own check, for others.
func (r *Repository) offer(u deployment.Unit, with *seen, parsed deployment.Parsed) {
	x := exchangeOf(&parsed, nil)
	if len(x.offers) == 0 {
		return
	}
	r.keep(u, with, parsed, false)
	if with.hasAsked {
		return // what it offers to others is read without what they offer
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.offered[u] == nil {
		r.offered[u] = func() exchange { return x }
	}
}

// words select the units that may offer something under a key by their texts.
type words struct {
	kind deployment.KeyKind
	last string
}

// lastWord returns the last word of a name: other parts may be parameters.
func lastWord(k deployment.Key) string {
	name := strings.TrimRightFunc(cmp.Or(k.Name, k.Suffix, k.Prefix), isNotOfWord)
	return name[strings.LastIndexFunc(name, isNotOfWord)+1:]
}

// index returns the offers of all units that may have one under a key. Several goroutines may ask for it.
func (r *Repository) index(k deployment.Key) *offers {
	w := words{k.Kind, lastWord(k)}
	r.mu.Lock()
	of := r.indices[w]
	if of == nil {
		of = sync.OnceValue(func() *offers { return r.offersWith(w) })
		r.indices[w] = of
	}
	r.mu.Unlock()
	return of()
}

// offersWith returns the offers of a kind of all units whose texts have a word.
func (r *Repository) offersWith(w words) *offers {
	units := r.survey().offeringWith(w)
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
	r.mu.Lock()
	of := r.states[root]
	if of == nil {
		of = sync.OnceValue(func() string { return terraform.StateOf(r.fsys, root) })
		r.states[root] = of
	}
	r.mu.Unlock()
	return of()
}

// withState returns the root modules with the state at an address.
func (r *Repository) withState(address string) []deployment.Unit {
	return slices.DeleteFunc(r.survey().withStateAt(address), func(u deployment.Unit) bool { return r.stateOf(u.Root) != address })
}

// find returns the offer of another unit under a key. It is false if there is none, or if there are several.
func (r *Repository) find(u deployment.Unit, k deployment.Key) (offer, bool) {
	switch k.Kind {
	case deployment.StackExport:
		return r.index(k).one(u.Root, k, r.setting.Stacks)
	case deployment.StoreParameter:
		if strings.HasPrefix(k.Name, "/aws/") {
			return offer{}, false // AWS sets it
		}
		return r.index(k).one(u.Root, k, nil)
	case deployment.StateOutput:
		return r.offerIn(r.withState(k.Of), u.Root, k)
	case deployment.NamedResource:
		if units := r.survey().writing[k.Name]; len(units) <= maxWriting {
			return r.offerIn(units, u.Root, k)
		}
	}
	return offer{}, false
}

// mentions reports whether another unit than one has a name in its text and does not declare it, or may.
func (r *Repository) mentions(u deployment.Unit, n named) bool {
	units, isWord := r.survey().mentioning(n.name)
	return !isWord || len(units) > maxWriting || slices.ContainsFunc(units, func(other deployment.Unit) bool {
		return other.Root != u.Root && !r.exchange(other).names[n]
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
