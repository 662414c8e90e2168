package lsp

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lintel/internal/boundary"
	"lintel/internal/workspace"
)

// didChangeWatchedFiles handles files that changed outside of the editor.
func (s *server) didChangeWatchedFiles(p didChangeWatchedFilesParams) {
	for _, e := range p.Changes {
		name, ok := pathOf(e.URI)
		if !ok {
			continue
		}
		s.mu.Lock()
		root := s.rootOf(name)
		_, known := s.projects[root]
		s.mu.Unlock()
		if !known {
			continue
		}
		rel := boundary.Rel(root, name)
		if dir, ok := strings.CutSuffix(rel, workspace.ModulesFile); ok {
			rel = path.Join(dir, "main.tf") // other modules are downloaded now, which has the effect of an edited call
		}
		s.queue.touched(root, rel)
	}
}

// didChangeWorkspaceFolders adds and removes workspace folders. The state of a removed one is dropped, except for its open
// documents.
func (s *server) didChangeWorkspaceFolders(p didChangeWorkspaceFoldersParams) {
	s.mu.Lock()
	before := slices.Clone(s.folders)
	for _, f := range p.Event.Removed {
		if path, ok := pathOf(f.URI); ok {
			s.folders = slices.DeleteFunc(s.folders, func(folder string) bool { return folder == path })
		}
	}
	for _, f := range p.Event.Added {
		s.addFolder(f.URI)
	}
	touched := s.settle(before)
	s.mu.Unlock()
	for _, root := range touched {
		s.queue.everything(root)
	}
	s.checkWhole()
}

// foldersIn returns the `workspaceFolders` in a tree, as paths in it. One that contains the tree is the whole tree. The caller holds s.mu.
func (s *server) foldersIn(root string) []string {
	var all []string
	for _, folder := range s.folders {
		switch {
		case boundary.Contains(folder, root):
			all = append(all, ".")
		case boundary.Contains(root, folder):
			all = append(all, boundary.Rel(root, folder))
		}
	}
	return all
}

// checkWhole checks the workspace folders whose settings ask for it.
func (s *server) checkWhole() {
	s.mu.Lock()
	var roots []string
	for _, folder := range s.folders {
		root := s.rootOf(filepath.Join(folder, "file"))
		if s.settingsOf(root).wholeWorkspace && !s.isShallow(root) {
			s.projectAt(root)
			roots = append(roots, root)
		}
	}
	s.mu.Unlock()
	slices.Sort(roots)
	for _, root := range slices.Compact(roots) {
		s.queue.everything(root)
	}
}

// settle updates the root of every open document for the current workspace folders and returns the affected roots. The caller
// holds s.mu.
func (s *server) settle(before []string) (touched []string) {
	gone := slices.DeleteFunc(before, func(folder string) bool { return slices.Contains(s.folders, folder) })
	for root, t := range s.projects { // any order: what is collected is sorted
		if slices.ContainsFunc(gone, func(folder string) bool { return boundary.Contains(folder, root) }) {
			clear(t.opened)
			touched = append(touched, root)
		}
	}
	for name, doc := range s.documents { // any order: what is collected is sorted
		root := s.rootOf(name)
		if root != doc.root {
			delete(s.projectAt(doc.root).opened, doc.rel)
			next := *doc
			next.root, next.rel = root, boundary.Rel(root, name)
			s.documents[name] = &next
			touched = append(touched, doc.root, root)
		}
		s.projectAt(root).opened[s.documents[name].rel] = true
	}
	slices.Sort(touched)
	return slices.Compact(touched)
}
