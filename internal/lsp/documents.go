package lsp

import (
	"path/filepath"

	"lintel/internal/boundary"
)

// document is an open document. It is immutable: an edit creates another.
type document struct {
	uri     documentURI // as the client wrote it
	path    string      // absolute
	root    string      // root of its tree
	rel     string      // path in the tree, slash-separated
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
	s.projectAt(root).opened[doc.rel] = true
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

// didClose removes a document. Later checks read the file.
func (s *server) didClose(p documentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	doc := s.documents[path]
	delete(s.documents, path)
	delete(s.pulled, path)
	s.mu.Unlock()
	if doc != nil {
		s.queue.touched(doc.root, doc.rel)
	}
}

// rootOf returns the root of the tree of a file: its repository, else the workspace folder that contains it, else its
// directory.
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
