package parsers

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
)

// exchange is what a unit offers to others, and what it asks for.
type exchange struct {
	offers []deployment.Offer
	known  map[deployment.Key][]deployment.Offer // those with known names
	names  map[named]bool                        // of the functions and roles
	asks   []deployment.Key
}

// named is a literal name in a collection of the model.
type named struct{ collection, name string }

// exchangeOf returns what a unit offers and asks for that was read without what others offer.
func exchangeOf(parsed *deployment.Parsed, asks []deployment.Key) exchange {
	x := exchange{offers: slices.Clip(parsed.Offers), known: map[deployment.Key][]deployment.Offer{}, names: namesOf(parsed.Stack), asks: slices.Clip(asks)}
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

// namesOf returns the names of the functions and roles of a stack.
func namesOf(s *model.Stack) map[named]bool {
	names := map[named]bool{}
	s.Named(func(collection, name string) { names[named{collection, name}] = true })
	return names
}

// neighbour is a unit whose resources others refer to, as it is with what others offer.
type neighbour struct {
	stack  *model.Neighbour
	files  source.Files
	offers []deployment.Offer // with what it passes on from others
	roots  []string           // of the units whose values it uses
}

// neighbourOf returns a unit for others. Its own check changes parsed meanwhile.
func neighbourOf(u deployment.Unit, with *seen, parsed deployment.Parsed) *neighbour {
	roots := slices.Clip(with.roots)
	return &neighbour{
		stack: model.NewNeighbour(u.Root, parsed.Stack, parsed.Worlds, roots), files: maps.Clone(parsed.Files),
		offers: slices.Clip(parsed.Offers), roots: roots,
	}
}

// resources returns what others can take of the unit; nil: it cannot be read.
func (n *neighbour) resources() *model.Neighbour {
	if n == nil {
		return nil
	}
	return n.stack
}

// reading is the first reading of a unit: for its own check, with what others offer, or for others, without. Others use the first
// kind, and the own check the second, as far as the results are the same, so that most units are read once.
//
// A reading for others waits for none of the first kind that has asked for something, so no cycle of units waits.
type reading struct {
	isOwn bool          // for the unit's own check
	asked chan struct{} // closed when the unit asks for something, and at the end; of readings for the own check
	ended chan struct{} // closed at the end; of readings for the own check

	isAlone bool           // what others offer has no influence
	offered *exchange      // if isAlone; nil: it is not kept
	names   map[named]bool // see exchange; if isAlone
	stack   *neighbour
	keys    []deployment.Key   // that a reading for others would have looked up
	spare   *deployment.Parsed // for the unit's own check, not linked; nil: it is taken, or must not be
	with    *seen              // what spare was read with
	once    func()             // closes asked
}

// begin returns the first reading of a unit, and whether it begins now: the caller then completes it. A unit that offers nothing to
// others has none.
func (r *Repository) begin(u deployment.Unit, isOwn bool) (first *reading, begins bool) {
	if !isOffering(u) {
		return nil, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if rd := r.readings[u]; rd != nil {
		return rd, false
	}
	rd := &reading{isOwn: isOwn, asked: make(chan struct{}), ended: make(chan struct{})}
	rd.once = sync.OnceFunc(func() { close(rd.asked) })
	r.readings[u] = rd
	return rd, true
}

// maxKept limits the texts of the units whose readings for their own checks are kept for others, in bytes. A reading takes
// about ten times the text, which the collector of memory looks at again and again, and few are used. Beyond the limit, a unit that others
// refer to is read a second time.
const maxKept = 1 << 19

// mayKeep reports whether the reading of a unit may be kept, and counts it. When the texts of the repository are known, only those of
// units are kept that another one can refer to.
func (r *Repository) mayKeep(u deployment.Unit, parsed *deployment.Parsed) bool {
	if r.isSurveyed() && !r.survey().mayRefer(u, parsed) {
		return false
	}
	size := 0
	for _, file := range parsed.Files { // any order: it is a sum
		size += len(file.Content)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept+size > maxKept {
		return false
	}
	r.kept += size
	return true
}

// isSurveyed reports whether the texts of the units are known, or will be.
func (r *Repository) isSurveyed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.surveyed
}

// end publishes what a unit that was read for its own check is for others. parsed is nil if the reading failed.
func (rd *reading) end(r *Repository, u deployment.Unit, with *seen, parsed *deployment.Parsed) {
	if parsed != nil {
		keeps := r.mayKeep(u, parsed)
		if rd.isAlone = len(with.roots) == 0; rd.isAlone {
			rd.names = namesOf(parsed.Stack)
		}
		if keeps && rd.isAlone {
			offered := exchangeOf(parsed, with.keys)
			rd.offered = &offered
		}
		if keeps {
			rd.stack = neighbourOf(u, with, *parsed)
		}
	}
	close(rd.ended)
	rd.once()
}

// forOthers waits for a unit that is read for its own check. It is false if the unit has asked for something and the reading has not
// ended, or if the unit uses what others offer.
func (rd *reading) forOthers() bool {
	<-rd.asked
	select {
	case <-rd.ended:
		return rd.isAlone
	default:
		return false
	}
}

// maxReadTime limits how long a unit is read for others.
const maxReadTime = 30 * time.Second

// isOffering reports whether a unit offers something: a plan and a further unit repeat what
// another one with the same root offers.
func isOffering(u deployment.Unit) bool {
	return u.Kind != deployment.Plan && !u.Terraform && u == u.Plain()
}

// exchange returns what a unit offers and asks for, as it is without the other units.
func (r *Repository) exchange(u deployment.Unit) exchange {
	return r.offered.get(u, func() exchange {
		rd, begins := r.begin(u, false)
		if rd != nil && !begins {
			if rd.forOthers() && rd.offered != nil {
				return *rd.offered
			}
		}
		asked := &questions{}
		parsed, ok := r.read(u, asked.lookup)
		if ok && begins {
			with := r.seenBy(u)
			rd.stack, rd.keys = neighbourOf(u, with, parsed), asked.keys
			rd.keep(r, &parsed, with)
		}
		return exchangeOf(&parsed, asked.keys)
	})
}

// names returns the names of the functions and roles of a unit, as they are without the other units.
func (r *Repository) names(u deployment.Unit) map[named]bool {
	r.mu.Lock()
	rd := r.readings[u]
	r.mu.Unlock()
	if rd != nil && rd.isOwn && rd.forOthers() {
		return rd.names
	}
	return r.exchange(u).names
}

// keep remembers a result for the unit's own check.
func (rd *reading) keep(r *Repository, parsed *deployment.Parsed, with *seen) {
	if r.setting.Reuse {
		rd.spare, rd.with = parsed, with
	}
}

// read parses a unit within the limits of one. If that fails, its stack is empty and ok is false: its own check reports why.
func (r *Repository) read(u deployment.Unit, lookup deployment.Lookup) (parsed deployment.Parsed, ok bool) {
	opt := r.setting.Options(u)
	opt.Elsewhere, opt.Offers = lookup, true
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

// neighbour returns the unit with a root as it is with what others offer; nil: it cannot be read.
func (r *Repository) neighbour(root string) *neighbour {
	return r.stacks.get(root, func() *neighbour {
		u, ok := r.survey().offering[root]
		if !ok {
			return nil
		}
		r.exchange(u) // begins the first reading
		rd, _ := r.begin(u, false)
		if rd.isOwn {
			if <-rd.ended; rd.stack != nil {
				return rd.stack
			}
		} else if rd.stack != nil && !r.findsAny(u, rd.keys) {
			if rd.with != nil {
				rd.with.take(rd.keys)
			}
			return rd.stack
		}
		with := r.seenBy(u)
		rd.spare = nil
		parsed, ok := r.read(u, with.lookup)
		if !ok {
			return nil
		}
		n := neighbourOf(u, with, parsed)
		if !rd.isOwn {
			rd.keep(r, &parsed, with)
		}
		return n
	})
}

// findsAny reports whether another unit offers something under one of some keys.
func (r *Repository) findsAny(u deployment.Unit, keys []deployment.Key) bool {
	return slices.ContainsFunc(keys, func(k deployment.Key) bool { _, ok := r.find(u, k); return ok })
}

// Parse is [Parse] with what a unit refers to in others.
func (r *Repository) Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	if r == nil {
		return Parse(ctx, fsys, u, opt)
	}
	rd, begins := r.begin(u, true)
	if !begins {
		if parsed, with, ok := r.readBefore(u, rd); ok {
			complete(ctx, fsys, u, &parsed, with)
			return parsed
		}
	}
	with := r.seenBy(u)
	opt.Elsewhere, opt.Offers = with.lookup, begins
	parsed := func() (parsed deployment.Parsed) {
		if begins {
			var read *deployment.Parsed // nil: the reading fails
			with.onAsk = rd.once
			defer func() { rd.end(r, u, with, read) }()
			defer func() {
				if ctx.Err() == nil && parsed.Stack != nil {
					read = &parsed
				}
			}()
		}
		return parse(ctx, fsys, u, opt)
	}()
	complete(ctx, fsys, u, &parsed, with)
	return parsed
}

// readBefore returns a unit that was read for others, once.
func (r *Repository) readBefore(u deployment.Unit, rd *reading) (deployment.Parsed, *seen, bool) {
	if !r.setting.Reuse || rd == nil || rd.isOwn || r.neighbour(u.Root) == nil {
		return deployment.Parsed{}, nil, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if rd.spare == nil {
		return deployment.Parsed{}, nil, false
	}
	parsed := *rd.spare
	rd.spare = nil
	return parsed, rd.with, true
}
