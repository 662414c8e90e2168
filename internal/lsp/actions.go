package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"
)

type codeActionParams struct {
	TextDocument textDocument `json:"textDocument"`
	Range        textRange    `json:"range"`
	Context      struct {
		Diagnostics []diagnostic `json:"diagnostics"`
		Only        []string     `json:"only"`
	} `json:"context"`
}

type codeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitempty"`
	Edit        *workspaceEdit `json:"edit,omitempty"`
	Data        *actionData    `json:"data,omitempty"`
}

// actionData is what an action needs to be carried out later.
type actionData struct {
	Do    string      `json:"do"`
	URI   documentURI `json:"uri"`
	Rule  string      `json:"rule,omitempty"`
	Range textRange   `json:"range"`
}

// Kinds of actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.lintel"
)

// What actions do.
const doIgnore = "ignore"

type workspaceEdit struct {
	Changes         map[documentURI][]textEdit `json:"changes,omitempty"`
	DocumentChanges []documentEdit             `json:"documentChanges,omitempty"`
}

type documentEdit struct {
	TextDocument textDocumentVersion `json:"textDocument"`
	Edits        []textEdit          `json:"edits"`
}

type textDocumentVersion struct {
	URI     documentURI `json:"uri"`
	Version *int        `json:"version"`
}

type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

// codeActions offers what can be done about the diagnostics at a range. What an action changes is
// computed when the client asks for it, if it can ask.
func (s *server) codeActions(_ context.Context, p codeActionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok || q.client.TextDocument.CodeAction.CodeActionLiteralSupport == nil {
		return nil, nil //nolint:nilnil // there are none
	}
	actions := []codeAction{}
	for _, d := range q.diagnosticsOf(p) {
		if wanted(p.Context.Only, quickFix) && s.mayIgnore(q, d.Code) {
			actions = append(actions, codeAction{
				Title: "Ignore " + d.Code + " here, with a reason", Kind: quickFix, Diagnostics: []diagnostic{d},
				Data: &actionData{Do: doIgnore, URI: q.doc.uri, Rule: d.Code, Range: d.Range},
			})
		}
	}
	return s.resolved(q, actions), nil
}

// wanted reports whether a client that asks for kinds wants one.
func wanted(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool { return kind == o || strings.HasPrefix(kind, o+".") })
}

// diagnosticsOf are those that a client means: those it names, else those at the range. Each is one
// that the server has published.
func (q question) diagnosticsOf(p codeActionParams) []diagnostic {
	var all []diagnostic
	add := func(d diagnostic) {
		if !slices.ContainsFunc(all, func(other diagnostic) bool { return other.Code == d.Code && other.Range == d.Range }) {
			all = append(all, d)
		}
	}
	shown := q.latest.shown[q.doc.rel]
	if len(p.Context.Diagnostics) == 0 {
		for _, d := range shown {
			if !d.Range.End.before(p.Range.Start) && !p.Range.End.before(d.Range.Start) {
				add(d)
			}
		}
		return all
	}
	for _, named := range p.Context.Diagnostics {
		for _, d := range shown {
			if d.Code == named.Code && (d.Range == named.Range || d.Data != nil && named.Data != nil && d.Data.Fingerprint == named.Data.Fingerprint) {
				add(d)
			}
		}
	}
	return all
}

// resolved are the actions as they are for a client: one that cannot ask gets what they change at once.
func (s *server) resolved(q question, actions []codeAction) []codeAction {
	if slices.Contains(q.client.TextDocument.CodeAction.ResolveSupport.Properties, "edit") && q.client.TextDocument.CodeAction.DataSupport {
		return actions
	}
	kept := actions[:0]
	for _, a := range actions {
		if a.Edit = s.editOf(q, *a.Data); a.Edit != nil {
			a.Data = nil
			kept = append(kept, a)
		}
	}
	return kept
}

// resolveCodeAction computes what an action changes.
func (s *server) resolveCodeAction(_ context.Context, raw json.RawMessage) (any, error) {
	var a codeAction
	if err := json.Unmarshal(raw, &a); err != nil || a.Data == nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "it is not an action of lintel"}
	}
	q, ok := s.about(a.Data.URI)
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the document is not open"}
	}
	if a.Edit = s.editOf(q, *a.Data); a.Edit == nil {
		return nil, &jsonrpc2.Error{Code: codeContentModified, Message: "what it was about is not there any more"}
	}
	return a, nil
}

// editOf is what an action changes; nil: nothing, it is not possible.
func (s *server) editOf(q question, a actionData) *workspaceEdit {
	switch a.Do {
	case doIgnore:
		at := span{q.doc.text.offset(q.encoding, a.Range.Start), q.doc.text.offset(q.encoding, a.Range.End)}
		if edit, ok := ignore(q.doc.rel, q.doc.text, a.Rule, at); ok {
			return q.edit(map[string][]edited{q.doc.rel: {edit}})
		}
	}
	return nil
}

// span is a part of a text, in bytes.
type span struct{ start, end int }

// edited is a part of a text with what replaces it.
type edited struct {
	span
	text string
}

// edit makes an edit of the workspace of edits by path within the tree.
func (q question) edit(changes map[string][]edited) *workspaceEdit {
	c := newConverter(q.snapshot, q.latest.whole)
	w := &workspaceEdit{}
	paths := make([]string, 0, len(changes))
	for p := range changes {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		edits := slices.Clone(changes[p])
		slices.SortFunc(edits, func(a, b edited) int { return cmp.Compare(a.start, b.start) })
		var texts []textEdit
		for _, e := range edits {
			texts = append(texts, textEdit{c.text(p).span(q.encoding, e.start, e.end), e.text})
		}
		if q.client.Workspace.WorkspaceEdit.DocumentChanges {
			w.DocumentChanges = append(w.DocumentChanges, documentEdit{textDocumentVersion{c.uri(p), q.versionOf(p)}, texts})
			continue
		}
		if w.Changes == nil {
			w.Changes = map[documentURI][]textEdit{}
		}
		w.Changes[c.uri(p)] = texts
	}
	return w
}

// versionOf is the version of the text that an edit is for; nil: it is that of the file.
func (q question) versionOf(p string) *int {
	if doc := q.open[p]; doc != nil {
		return doc.version
	}
	return nil
}
