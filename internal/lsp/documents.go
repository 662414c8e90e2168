package lsp

import (
	"path/filepath"

	"lintel/internal/boundary"
)

// document is what is open in the editor. It never changes: an edit makes another.
type document struct {
	uri     documentURI // as the client writes it
	path    string      // absolute
	root    string      // of the tree that it is part of
	rel     string      // path within the tree, slash-separated
	version *int
	text    text
}

func (s *server) didOpen(p didOpenParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	root := s.rootOf(path)
	doc := &document{
		uri: p.TextDocument.URI, path: path, root: root, rel: boundary.Rel(root, path),
		version: p.TextDocument.Version, text: newText([]byte(p.TextDocument.Text)),
	}
	s.documents[path] = doc
	s.treeAt(root).opened[doc.rel] = true
	s.mu.Unlock()
	s.queue.touched(root, doc.rel)
}

func (s *server) didChange(p didChangeParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	doc := s.documents[path]
	if doc == nil {
		s.mu.Unlock()
		return
	}
	next := *doc
	next.version = p.TextDocument.Version
	for _, change := range p.ContentChanges {
		next.text = next.text.edited(s.encoding, change)
	}
	s.documents[path] = &next
	wait := s.settings.debounce
	s.mu.Unlock()
	s.queue.typed(next.root, next.rel, wait)
}

func (s *server) didSave(p didSaveParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	doc := s.documents[path]
	if doc != nil && p.Text != nil {
		next := *doc
		next.text = newText([]byte(*p.Text))
		s.documents[path] = &next
	}
	root := s.rootOf(path)
	s.mu.Unlock()
	s.queue.touched(root, boundary.Rel(root, path))
}

// didClose drops the text of the editor: what counts from now on is the file.
func (s *server) didClose(p documentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	doc := s.documents[path]
	delete(s.documents, path)
	s.mu.Unlock()
	if doc != nil {
		s.queue.touched(doc.root, doc.rel)
	}
}

// rootOf returns the root of the tree that a file is part of: its repository, else the workspace
// folder that holds it, else its own folder.
func (s *server) rootOf(path string) string {
	within := ""
	for _, folder := range s.folders {
		if boundary.Contains(folder, path) && len(folder) > len(within) {
			within = folder
		}
	}
	if within == "" {
		within = filepath.Dir(path)
	}
	return boundary.Of(within, path)
}
