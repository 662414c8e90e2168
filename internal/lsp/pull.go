package lsp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"lintel/internal/boundary"
	"lintel/internal/workspace"
)

// Pull diagnostics: a client that supports them requests the diagnostics of its open documents, and those of all files with
// workspace/diagnostic. The server pushes the diagnostics of closed files until the client has requested those of the workspace,
// because most clients never do. No file has pushed and pulled diagnostics at the same time.

type documentDiagnosticParams struct {
	TextDocument     textDocument `json:"textDocument"`
	PreviousResultID string       `json:"previousResultId"`
}

type workspaceDiagnosticParams struct {
	PreviousResultIDs []struct {
		URI   documentURI `json:"uri"`
		Value string      `json:"value"`
	} `json:"previousResultIds"`
}

// diagnosticReport is a full report, or an unchanged one without items.
type diagnosticReport struct {
	Kind     string        `json:"kind"`
	ResultID string        `json:"resultId"`
	Items    *[]diagnostic `json:"items,omitempty"`
}

type workspaceReport struct {
	diagnosticReport
	URI     documentURI `json:"uri"`
	Version *int        `json:"version"`
}

// Kinds of reports.
const (
	fullReport      = "full"
	unchangedReport = "unchanged"
)

// pulls reports whether a client requests diagnostics. Without refresh requests it would miss the changes in one file that an
// edit in another one causes, so the server pushes then.
func (c capabilities) pulls() bool {
	return c.TextDocument.Diagnostic != nil && c.Workspace.Diagnostics.RefreshSupport
}

// Limits of the time until a request is answered. A client asks again.
const (
	maxSettling = 30 * time.Second
	maxHolding  = 60 * time.Second
)

// codeServerCancelled tells a client to send a request again.
const codeServerCancelled = -32802

// documentDiagnostic returns the diagnostics of a document when no check is waiting or running.
func (s *server) documentDiagnostic(ctx context.Context, p documentDiagnosticParams) (any, error) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return reportOf(nil, p.PreviousResultID), nil
	}
	s.mu.Lock()
	root := s.rootOf(path)
	s.pulling[path]++
	s.mu.Unlock()
	settled := s.settled(ctx, root)
	s.mu.Lock()
	if s.pulling[path]--; s.pulling[path] == 0 {
		delete(s.pulling, path)
	}
	s.mu.Unlock()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if !settled {
		again := json.RawMessage(`{"retriggerRequest": true}`)
		return nil, &jsonrpc2.Error{Code: codeServerCancelled, Message: "the check takes longer", Data: &again}
	}
	shown := s.shown(root)
	one := reportOf(shown.items[boundary.Rel(root, path)], p.PreviousResultID)
	s.mu.Lock()
	if s.documents[path] != nil {
		s.pulled[path] = one.ResultID
	}
	s.mu.Unlock()
	return one, nil
}

// settled waits until no check of a tree is waiting or running; root is empty for all trees. It returns false after a time.
func (s *server) settled(ctx context.Context, root string) bool {
	timer := time.NewTimer(maxSettling)
	defer timer.Stop()
	for {
		busy, changed := s.queue.busy(root)
		if !busy {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// shownFiles are the diagnostics of the last check of a tree, as the client supports them.
type shownFiles struct {
	root     string
	items    map[string][]diagnostic
	uris     map[string]documentURI
	versions map[string]*int
}

// shown returns the diagnostics of the last check of a tree.
func (s *server) shown(root string) shownFiles {
	s.mu.Lock()
	t := s.projects[root]
	var latest *outcome
	if t != nil {
		latest = t.latest
	}
	s.mu.Unlock()
	all := shownFiles{root: root, items: map[string][]diagnostic{}, uris: map[string]documentURI{}, versions: map[string]*int{}}
	if latest == nil {
		return all
	}
	snap := s.snapshot(root)
	c := newConverter(snap, latest.Report)
	for p, found := range latest.shown { // any order: it fills maps
		all.items[p], all.uris[p] = c.fit(found), c.uri(p)
		if doc := snap.open[p]; doc != nil {
			all.versions[p] = doc.version
		}
	}
	return all
}

// reportOf returns the report with some diagnostics, or an unchanged one if the client has them.
func reportOf(items []diagnostic, previous string) diagnosticReport {
	if items == nil {
		items = []diagnostic{}
	}
	id := resultID(items)
	if id == previous {
		return diagnosticReport{Kind: unchangedReport, ResultID: id}
	}
	return diagnosticReport{Kind: fullReport, ResultID: id, Items: &items}
}

// idLength is the length of a result id in bytes.
const idLength = 12

// resultID identifies diagnostics.
func resultID(items []diagnostic) string {
	content, err := json.Marshal(items)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:idLength])
}

// workspaceDiagnostic returns the diagnostics of all checked files. If the client has them, it waits for others.
func (s *server) workspaceDiagnostic(ctx context.Context, p workspaceDiagnosticParams) (any, error) {
	s.beginWorkspace()
	previous := map[string]string{}
	uris := map[string]documentURI{}
	for _, one := range p.PreviousResultIDs {
		if path, ok := pathOf(one.URI); ok {
			previous[path], uris[path] = one.Value, one.URI
		}
	}
	timer := time.NewTimer(maxHolding)
	defer timer.Stop()
	for {
		_, changed := s.queue.busy("")
		s.settled(ctx, "")
		items, isNew := s.workspaceItems(previous, uris)
		if isNew || len(p.PreviousResultIDs) == 0 {
			return map[string]any{"items": items}, nil
		}
		select {
		case <-changed:
		case <-timer.C:
			return map[string]any{"items": []workspaceReport{}}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// beginWorkspace ends pushing: the client requests the diagnostics of all files from now on.
func (s *server) beginWorkspace() {
	s.mu.Lock()
	isFirst := !s.pullsWorkspace
	s.pullsWorkspace = true
	var roots []string
	for root := range s.projects {
		roots = append(roots, root)
	}
	s.mu.Unlock()
	if isFirst {
		slices.Sort(roots)
		for _, root := range roots {
			s.queue.put(job{root: root, files: map[string]bool{}}, 0) // clears what was pushed
		}
	}
}

// workspaceItems returns the reports on all files, and whether one of them is new to a client.
func (s *server) workspaceItems(previous map[string]string, uris map[string]documentURI) (items []workspaceReport, isNew bool) {
	items = []workspaceReport{}
	reported := map[string]bool{}
	for _, root := range s.roots() {
		files := s.shown(root)
		for _, rel := range slices.Sorted(maps.Keys(files.items)) {
			path := filepath.Join(root, filepath.FromSlash(rel))
			reported[path] = true
			items = append(items, workspaceReport{reportOf(files.items[rel], previous[path]), files.uris[rel], files.versions[rel]})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(previous)) {
		if !reported[path] {
			items = append(items, workspaceReport{diagnosticReport: reportOf(nil, previous[path]), URI: uris[path]})
		}
	}
	isNew = slices.ContainsFunc(items, func(r workspaceReport) bool { return r.Kind == fullReport })
	return items, isNew
}

// roots returns the roots of all trees, sorted.
func (s *server) roots() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.projects))
}

// outcomes returns the last outcomes of all trees, in their order.
func (s *server) outcomes() []*workspace.Outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*workspace.Outcome
	for _, root := range slices.Sorted(maps.Keys(s.projects)) {
		if latest := s.projects[root].latest; latest != nil {
			all = append(all, latest.Outcome)
		}
	}
	return all
}

// publish pushes the diagnostics of a check: to a client that pulls only those of closed files, until it pulls these, too.
func (s *server) publish(snap snapshot, all []fileDiagnostics) {
	t := snap.project
	s.mu.Lock()
	pullsWorkspace := s.pullsWorkspace
	s.mu.Unlock()
	for _, one := range all {
		isPulled := snap.client.pulls() && (pullsWorkspace || snap.open[one.path] != nil)
		switch {
		case !isPulled:
			if len(one.message.Diagnostics) > 0 {
				t.pushed[one.path] = true
			} else {
				delete(t.pushed, one.path)
			}
		case t.pushed[one.path]:
			delete(t.pushed, one.path)
			one.message.Diagnostics = []diagnostic{}
		default:
			continue
		}
		s.notify("textDocument/publishDiagnostics", one.message)
	}
}

// refresh asks a client that pulls to request the diagnostics again if those of an open document have changed and it is not
// waiting for them.
func (s *server) refresh(snap snapshot) {
	if !snap.client.pulls() {
		return
	}
	ids := map[string]string{}
	shown := s.shown(snap.project.root)
	for rel, doc := range snap.open { // any order: it fills a map
		ids[doc.path] = reportOf(shown.items[rel], "").ResultID
	}
	s.mu.Lock()
	isStale := false
	for path, id := range ids { // any order: all are noted
		if s.pulling[path] == 0 && cmp.Or(s.pulled[path], resultID([]diagnostic{})) != id {
			isStale, s.pulled[path] = true, id // one request for each change
		}
	}
	s.mu.Unlock()
	if isStale {
		s.call("workspace/diagnostic/refresh", nil, nil)
	}
}
