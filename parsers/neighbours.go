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

// seenBy returns the other units of the repository, as a unit sees them. It is for one reading of the unit.
func (r *Repository) seenBy(u deployment.Unit) *seen { return &seen{Repository: r, unit: u} }

// seen is a repository as one unit sees it.
type seen struct {
	*Repository
	unit  deployment.Unit
	roots []string

	hasAsked bool // what Lookup returns decides how the unit is read
}

// Lookup implements deployment.Neighbours.
func (s *seen) Lookup(k deployment.Key, at source.Range) (tree.Tree, bool) {
	s.hasAsked = true
	s.note(s.unit)
	found, ok := s.find(s.unit, k)
	if !ok {
		return tree.Tree{}, false
	}
	if !slices.Contains(s.roots, found.root) {
		s.roots = append(s.roots, found.root)
	}
	return found.Import(found.root, at), true
}

// Mentions implements deployment.Neighbours.
func (s *seen) Mentions(collection, name string) bool {
	s.note(s.unit)
	return s.mentions(s.unit, named{collection, name})
}

// Roots implements deployment.Neighbours.
func (s *seen) Roots() []string { return s.roots }

// Stack implements deployment.Neighbours.
func (s *seen) Stack(root string) (*model.Neighbour, source.Files) {
	n := s.neighbour(root)
	if n == nil {
		return nil, nil
	}
	return n.stack, n.files
}

// recorder are neighbours that offer nothing. It notes what they are asked for.
type recorder struct {
	keys  []deployment.Key
	known map[deployment.Key]bool
}

// Lookup implements deployment.Neighbours.
func (r *recorder) Lookup(k deployment.Key, _ source.Range) (tree.Tree, bool) {
	if r.known == nil {
		r.known = map[deployment.Key]bool{}
	}
	if !r.known[k] {
		r.known[k] = true
		r.keys = append(r.keys, k)
	}
	return tree.Tree{}, false
}

// Mentions implements deployment.Neighbours.
func (*recorder) Mentions(_, _ string) bool { return false }

// Roots implements deployment.Neighbours.
func (*recorder) Roots() []string { return nil }

// Stack implements deployment.Neighbours.
func (*recorder) Stack(string) (*model.Neighbour, source.Files) { return nil, nil }

// complete does what follows parse: others are the units that it was read with; nil: none.
func complete(ctx context.Context, fsys fs.FS, u deployment.Unit, parsed *deployment.Parsed, others deployment.Neighbours) {
	if others != nil {
		parsed.Stack.Mention(others.Mentions)
	}
	join(ctx, fsys, u, parsed, others)
	handler.Read(ctx, fsys, u, parsed)
	if at, limit, isFull := parsed.Stack.Left(); isFull {
		message := fmt.Sprintf("the unit exceeds the limit of %s; this resource and those that follow are not checked", limit)
		parsed.Problems = append(parsed.Problems, finding.Problem{Range: at, Message: message})
	}
}

// join adds to a stack that is not linked the resources of other units that it refers to, and links it.
func join(ctx context.Context, fsys fs.FS, u deployment.Unit, parsed *deployment.Parsed, others deployment.Neighbours) {
	if others != nil {
		var ids []string
		for _, named := range parsed.Stack.NamedElsewhere() {
			if found, ok := others.Lookup(keyOf(named), source.Range{}); ok {
				ids = append(ids, found.Refs...)
			}
		}
		if roots := others.Roots(); len(roots) > 0 {
			worlds, limit := parsed.Stack.Join(u.Root, parsed.Worlds, roots, ids, func(root string) *model.Neighbour {
				stack, _ := others.Stack(root)
				return stack
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
func addFiles(fsys fs.FS, parsed *deployment.Parsed, others deployment.Neighbours) {
	for _, root := range others.Roots() {
		_, files := others.Stack(root)
		for name, file := range files { // any order: it fills a map
			if parsed.Files[name] == nil {
				parsed.Files[name] = file
				parsed.Joined++
			}
			_, _ = fs.Stat(fsys, name)
		}
	}
}
