package lsp

import (
	"slices"

	"lintel/internal/boundary"
)

// didChangeWatchedFiles takes what has changed outside of the editor.
func (s *server) didChangeWatchedFiles(p didChangeWatchedFilesParams) {
	for _, e := range p.Changes {
		path, ok := pathOf(e.URI)
		if !ok {
			continue
		}
		s.mu.Lock()
		root := s.rootOf(path)
		_, known := s.trees[root]
		s.mu.Unlock()
		if known {
			s.queue.add(root, boundary.Rel(root, path), 0)
		}
	}
}

func (s *server) didChangeWorkspaceFolders(p didChangeWorkspaceFoldersParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range p.Event.Removed {
		if path, ok := pathOf(f.URI); ok {
			s.folders = slices.DeleteFunc(s.folders, func(folder string) bool { return folder == path })
		}
	}
	for _, f := range p.Event.Added {
		s.addFolder(f.URI)
	}
}
