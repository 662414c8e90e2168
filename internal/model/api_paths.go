package model

import (
	"strings"

	"lintel/internal/tree"
)

// APIPath is a resource of a REST API: a part of the path of routes, below the part of its parent.
type APIPath struct {
	Resource
	Part   Value[string] `json:"part" tf:"path_part" cfn:"PathPart"`
	Parent Ref           `json:"parent" tf:"parent_id" cfn:"ParentId"` // another part, or the API itself
}

// The most parts and bytes of a path that is put together.
const (
	maxPathParts = 64
	maxPath      = 4096
)

// paths puts the paths of REST APIs together.
type paths struct {
	stack *Stack
	parts map[string][]int // of APIPaths, by ID
	roots map[string]bool  // IDs of APIs
}

// joinPaths adds its path to the key of each route whose path consists of resources that are all known. The key of another
// route stays its method.
func (s *Stack) joinPaths() {
	p := paths{s, map[string][]int{}, map[string]bool{}}
	for i := range s.APIPaths {
		p.parts[s.APIPaths[i].ID] = append(p.parts[s.APIPaths[i].ID], i)
	}
	for i := range s.APIs {
		p.roots[s.APIs[i].ID] = true
	}
	for i := range s.Routes {
		r := &s.Routes[i]
		method, known := r.Key.Get()
		if !known || strings.Contains(method, " ") || r.Path.State == tree.StateAbsent {
			continue
		}
		if path, ok := p.of(&r.Path, r.World); ok {
			r.Key.value = method + " " + path.text
			r.Key.Sensitive = r.Key.Sensitive || path.sensitive
		}
	}
}

// apiPath is a path that is put together.
type apiPath struct {
	text      string
	sensitive bool // a part of it is
}

// of returns the path that a reference names; ok is false if a part of it is unknown.
func (p *paths) of(ref *Ref, world int) (path apiPath, ok bool) {
	for range maxPathParts {
		if len(ref.IDs) != 1 {
			return apiPath{}, false
		}
		if p.roots[ref.IDs[0]] {
			path.text = "/" + path.text
			return path, true
		}
		part := p.only(ref.IDs[0], world)
		if part == nil {
			return apiPath{}, false
		}
		text, known := part.Part.Get()
		if !known || len(text)+len(path.text) > maxPath {
			return apiPath{}, false
		}
		if path.text != "" {
			text += "/" + path.text
		}
		path = apiPath{text, path.sensitive || part.Part.Sensitive}
		ref = &part.Parent
	}
	return apiPath{}, false
}

// only returns the one resource with an ID that exists together with a world; nil: there is none, or several.
func (p *paths) only(id string, world int) *APIPath {
	var found *APIPath
	for _, i := range p.parts[id] {
		part := &p.stack.APIPaths[i]
		if _, together := p.stack.Common(part.World, world); !together {
			continue
		}
		if found != nil {
			return nil
		}
		found = part
	}
	return found
}
