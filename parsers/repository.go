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

	units   func() []deployment.Unit
	surveys func() []survey                     // of the units
	states  func() map[string][]deployment.Unit // root modules by the addresses of their states
	names   func() map[string][]deployment.Unit // units that write a name, by it

	mu      sync.Mutex
	offered map[deployment.Unit]func() exchange
	indices map[words]func() *offers
	stacks  map[string]func() *neighbour // by root
	asking  map[deployment.Unit]bool
}

// Setting are the parts of a run that its repository depends on.
type Setting struct {
	Units   func() []deployment.Unit                   // all units of the tree
	Options func(u deployment.Unit) deployment.Options // with which a unit is read
	Stacks  map[string]string                          // units by the names of the stacks that they are deployed as: the root, or the directory of it
}

// exchange is what a unit offers to others, and what it asks for.
type exchange struct {
	offers []deployment.Offer
	asks   []deployment.Key
	parsed *deployment.Parsed // nil: the unit has to be read with what it asks for
}

// NewRepository returns the repository in a tree, for a run that ends with ctx.
func NewRepository(ctx context.Context, fsys fs.FS, setting Setting) *Repository {
	r := &Repository{ctx: ctx, fsys: fsys, setting: setting, offered: map[deployment.Unit]func() exchange{}, indices: map[words]func() *offers{}, stacks: map[string]func() *neighbour{}, asking: map[deployment.Unit]bool{}}
	r.units = sync.OnceValue(setting.Units)
	r.surveys = sync.OnceValue(r.survey)
	r.states = sync.OnceValue(r.stateAddresses)
	r.names = sync.OnceValue(r.namesWritten)
	return r
}

// AllUnits returns the units of a whole tree. The index, which may be nil, remembers what it finds.
func AllUnits(ctx context.Context, fsys fs.FS, index *Index) []deployment.Unit {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	f.index, f.isWhole = index, true
	f.everything()
	f.classify()
	return f.units()
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
			parsed := r.read(u, asked, true)
			x := exchange{offers: parsed.Offers, asks: asked.keys}
			for _, named := range parsed.Stack.Names() {
				x.offers = append(x.offers, offerOf(named))
			}
			if len(x.asks) == 0 {
				x.parsed = &parsed
			}
			for _, named := range parsed.Stack.NamedElsewhere() {
				x.asks = append(x.asks, keyOf(named))
			}
			return x
		})
		r.offered[u] = of
	}
	r.mu.Unlock()
	return of()
}

// read parses a unit within the limits of one. Its stack is empty if that fails: its own check reports why.
func (r *Repository) read(u deployment.Unit, with deployment.Neighbours, offers bool) deployment.Parsed {
	opt := r.setting.Options(u)
	opt.Neighbours, opt.Offers = with, offers
	parsed, finished, _ := deployment.Within(r.ctx, deployment.Limits{Name: u.Root, Time: maxReadTime}, func(ctx context.Context) (parsed deployment.Parsed) {
		defer func() {
			if recover() != nil {
				parsed = deployment.Parsed{}
			}
		}()
		return parse(ctx, r.fsys, u, opt)
	})
	if !finished || parsed.Stack == nil {
		return deployment.Parsed{Stack: &model.Stack{}}
	}
	return parsed
}

// neighbour is a unit whose resources others refer to.
type neighbour struct {
	stack *model.Neighbour
	files source.Files
}

// neighbour returns the unit with a root. Several goroutines may ask for it.
func (r *Repository) neighbour(root string) *neighbour {
	r.mu.Lock()
	of := r.stacks[root]
	if of == nil {
		of = sync.OnceValue(func() *neighbour {
			i := slices.IndexFunc(r.units(), func(u deployment.Unit) bool { return u.Root == root && isOffering(u) })
			if i < 0 {
				return nil
			}
			seen := r.seenBy(r.units()[i])
			if x := r.exchange(r.units()[i]); x.parsed != nil {
				return &neighbour{model.NewNeighbour(root, x.parsed.Stack, x.parsed.Worlds, nil), x.parsed.Files}
			}
			parsed := r.read(r.units()[i], seen, false)
			return &neighbour{model.NewNeighbour(root, parsed.Stack, parsed.Worlds, seen.Roots()), parsed.Files}
		})
		r.stacks[root] = of
	}
	r.mu.Unlock()
	return of()
}

// words select the units that may offer something under a key by their texts.
type words struct {
	kind deployment.KeyKind
	last string
}

// lastWord returns the last word of a name: other parts may be parameters.
func lastWord(k deployment.Key) string {
	name := cmp.Or(k.Name, k.Suffix, k.Prefix)
	return name[strings.LastIndexAny(name, "-:/._")+1:]
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
	var units []deployment.Unit
	for i, s := range r.surveys() {
		if s.mayOffer(w) {
			units = append(units, r.units()[i])
		}
	}
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

// stateAddresses returns the root modules by the addresses of their states.
func (r *Repository) stateAddresses() map[string][]deployment.Unit {
	units := r.units()
	addresses := make([]string, len(units))
	parallel(len(units), func(i int) {
		if u := units[i]; u.Kind == deployment.TerraformModule && isOffering(u) {
			addresses[i] = terraform.StateOf(r.fsys, u.Root)
		}
	})
	all := map[string][]deployment.Unit{}
	for i, address := range addresses {
		if address != "" {
			all[address] = append(all[address], units[i])
		}
	}
	return all
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
		return r.offerIn(r.states()[k.Of], u.Root, k)
	case deployment.NamedResource:
		if units := r.names()[k.Name]; len(units) <= maxWriting {
			return r.offerIn(units, u.Root, k)
		}
	}
	return offer{}, false
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
		for _, o := range r.exchange(u).offers {
			if o.Key == k {
				found = append(found, offer{u.Root, o})
			}
		}
	}
	return only(found)
}
