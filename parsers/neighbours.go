package parsers

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/handler"
)

// questions are the keys that a unit looks up, without duplicates.
type questions struct {
	keys  []deployment.Key
	known map[deployment.Key]bool
}

func (q *questions) note(k deployment.Key) {
	if q.known == nil {
		q.known = map[deployment.Key]bool{}
	}
	if !q.known[k] {
		q.known[k] = true
		q.keys = append(q.keys, k)
	}
}

// lookup is a deployment.Lookup that finds nothing.
func (q *questions) lookup(k deployment.Key, _ source.Range) (tree.Tree, bool) {
	q.note(k)
	return tree.Tree{}, false
}

// seenBy returns the other units of the repository, as a unit sees them. It is for one reading of the unit.
func (r *Repository) seenBy(u deployment.Unit) *seen { return &seen{repository: r, unit: u} }

// seen is a repository as one unit sees it.
type seen struct {
	questions
	repository *Repository
	unit       deployment.Unit
	roots      []string // of the units whose values lookup has returned
	onAsk      func()   // called before each question; nil: nothing to do
}

// lookup is a deployment.Lookup.
func (s *seen) lookup(k deployment.Key, at source.Range) (tree.Tree, bool) {
	if s.onAsk != nil {
		s.onAsk()
	}
	s.note(k)
	s.repository.note(s.unit)
	found, ok := s.repository.find(s.unit, k)
	if !ok {
		return tree.Tree{}, false
	}
	found, beyond := s.repository.passedOn(s.unit, k, found)
	if k.Kind == deployment.StoreParameter && !deployment.IsStored(found.Value) {
		return tree.Tree{}, false
	}
	for _, root := range append([]string{found.root}, beyond...) {
		if !slices.Contains(s.roots, root) {
			s.roots = append(s.roots, root)
		}
	}
	return found.Import(found.root, beyond, at), true
}

// take notes questions of the unit in which nothing was found.
func (s *seen) take(keys []deployment.Key) {
	for _, k := range keys {
		s.note(k)
		s.repository.note(s.unit)
	}
}

// mentions reports whether the text of another unit has the literal name of a resource of a collection of the model, or may have it.
// Copies of the unit, which declare the resource themselves, do not count.
func (s *seen) mentions(collection, name string) bool {
	s.repository.note(s.unit)
	return s.repository.mentions(s.unit, named{collection, name})
}

// complete does what follows parse: others are the units that it was read with; nil: none.
func complete(ctx context.Context, fsys fs.FS, u deployment.Unit, parsed *deployment.Parsed, others *seen) {
	if others != nil {
		parsed.Stack.Mention(others.mentions)
	}
	join(ctx, fsys, u, parsed, others)
	handler.Read(ctx, fsys, u, parsed)
	if at, limit, isFull := parsed.Stack.Left(); isFull {
		message := fmt.Sprintf("the unit exceeds the limit of %s; this resource and those that follow are not checked", limit)
		parsed.Problems = append(parsed.Problems, finding.Problem{Range: at, Message: message})
	}
}

// join adds to a stack that is not linked the resources of other units that it refers to, and links it.
func join(ctx context.Context, fsys fs.FS, u deployment.Unit, parsed *deployment.Parsed, others *seen) {
	if others != nil {
		var ids []string
		for _, named := range parsed.Stack.NamedElsewhere() {
			if found, ok := others.lookup(keyOf(named), source.Range{}); ok {
				ids = append(ids, found.Refs...)
			}
		}
		if roots := others.roots; len(roots) > 0 {
			worlds, limit := parsed.Stack.Join(u.Root, parsed.Worlds, roots, ids, func(root string) *model.Neighbour {
				return others.repository.neighbour(root).resources()
			})
			if parsed.Worlds = worlds; limit != "" {
				parsed.Problems = append(parsed.Problems, problemAt(u.Root, limit))
			}
			addFiles(fsys, parsed, others)
		}
	}
	parsed.Link(ctx)
}

// addFiles adds the files of the units that others have been asked for. The unit reads them, too, in its own tree.
func addFiles(fsys fs.FS, parsed *deployment.Parsed, others *seen) {
	for _, root := range others.roots {
		n := others.repository.neighbour(root)
		if n == nil {
			continue
		}
		for name, file := range n.files { // any order: it fills a map
			if parsed.Files[name] == nil {
				parsed.Files[name] = file
				parsed.Joined++
			}
			_, _ = fs.Stat(fsys, name)
		}
	}
}
