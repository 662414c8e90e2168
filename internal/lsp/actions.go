package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"lintel/internal/finding"
	"lintel/internal/fix"
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

// actionData identifies an action, so that its edit can be computed later.
type actionData struct {
	Do          string      `json:"do"`
	URI         documentURI `json:"uri"`
	Rule        string      `json:"rule,omitempty"`
	Range       textRange   `json:"range"`
	Version     *int        `json:"version,omitempty"` // version of the document that Range refers to; nil: unknown
	Fingerprint string      `json:"fingerprint,omitempty"`
}

// Kinds of actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.lintel"
)

// Names of actions.
const (
	doIgnore = "ignore"
	doFix    = "fix"
	doFixAll = "fixAll"
)

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

// codeActions returns the actions for the diagnostics at a range. If the client supports it, the edits are computed on
// request.
func (s *server) codeActions(ctx context.Context, p codeActionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok || q.client.TextDocument.CodeAction.CodeActionLiteralSupport == nil {
		return nil, nil //nolint:nilnil // no actions
	}
	actions := []codeAction{}
	if wanted(p.Context.Only, quickFix) {
		shown := q.diagnosticsOf(p)
		fixes := q.fixes(ctx, shown)
		for _, d := range shown {
			actions = append(actions, q.quickFixes(fixes, d)...)
		}
	}
	if len(p.Context.Only) > 0 && wanted(p.Context.Only, fixAll) && q.mayFix(ctx) {
		actions = append(actions, codeAction{
			Title: "Fix all findings with safe fixes in this file", Kind: fixAll, Data: &actionData{Do: doFixAll, URI: q.doc.uri},
		})
	}
	return q.resolved(ctx, actions), nil
}

// fixes returns the fixes of diagnostics, by fingerprint.
func (q question) fixes(ctx context.Context, shown []diagnostic) map[string]fix.Fix {
	files, done := q.files()
	defer done()
	var fingerprints []string
	for _, d := range shown {
		if d.Data != nil {
			fingerprints = append(fingerprints, d.Data.Fingerprint)
		}
	}
	return q.fixesOf(ctx, files, fingerprints)
}

// quickFixes returns the actions for one diagnostic: its fix, and an ignore comment.
func (q question) quickFixes(fixes map[string]fix.Fix, d diagnostic) (actions []codeAction) {
	about := actionData{URI: q.doc.uri, Rule: d.Code, Range: d.Range}
	if q.isCurrent() {
		about.Version = q.doc.version
	}
	if d.Data != nil {
		about.Fingerprint = d.Data.Fingerprint
	}
	action := func(do, title string, preferred bool) {
		data := about
		data.Do = do
		actions = append(actions, codeAction{Title: title, Kind: quickFix, Diagnostics: []diagnostic{d}, IsPreferred: preferred, Data: &data})
	}
	if f, ok := fixes[about.Fingerprint]; ok {
		title := f.Title
		if f.Unsafe != "" {
			title += " (unsafe: " + f.Unsafe + ")"
		}
		action(doFix, title, f.Unsafe == "")
	}
	if q.mayIgnore(d.Code) {
		action(doIgnore, "Ignore "+d.Code+" here, with a reason", false)
	}
	return actions
}

// wanted reports whether a client that filters by kinds accepts a kind.
func wanted(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool { return kind == o || strings.HasPrefix(kind, o+".") })
}

// isCurrent reports whether the last check used the current text of the document.
func (q question) isCurrent() bool {
	file := q.latest.Report.Files[q.doc.rel]
	return file != nil && bytes.Equal(file.Content, q.doc.text.content)
}

// mayFix reports whether a finding in the document has a safe fix.
func (q question) mayFix(ctx context.Context) bool {
	for _, f := range q.fixes(ctx, q.latest.shown[q.doc.rel]) {
		if f.Unsafe == "" {
			return true
		}
	}
	return false
}

// diagnosticsOf returns the published diagnostics that a request refers to: those in its context, or those at its
// range. Clients may return a slightly different range (Neovim up to 0.9 counts columns in bytes), so a diagnostic with
// the same message on the same lines matches, too.
func (q question) diagnosticsOf(p codeActionParams) []diagnostic {
	shown := q.latest.shown[q.doc.rel]
	means := func(d diagnostic) bool { return d.Range.touches(p.Range) }
	if named := p.Context.Diagnostics; len(named) > 0 {
		means = func(d diagnostic) bool {
			return slices.ContainsFunc(named, func(n diagnostic) bool {
				return d.is(n) || !slices.ContainsFunc(shown, func(other diagnostic) bool { return other.is(n) }) && d.resembles(n)
			})
		}
	}
	var all []diagnostic
	for _, d := range shown {
		if means(d) && !slices.ContainsFunc(all, func(other diagnostic) bool { return other.Code == d.Code && other.Range == d.Range }) {
			all = append(all, d)
		}
	}
	return all
}

// touches reports whether two ranges share a position.
func (r textRange) touches(other textRange) bool {
	return !r.End.before(other.Start) && !other.End.before(r.Start)
}

// is reports whether a client returned this diagnostic.
func (d diagnostic) is(named diagnostic) bool {
	sameFinding := d.Data != nil && named.Data != nil && d.Data.Fingerprint == named.Data.Fingerprint
	return d.Code == named.Code && (d.Range == named.Range || sameFinding)
}

// resembles reports whether a client returned a diagnostic with the same message on the same lines.
func (d diagnostic) resembles(named diagnostic) bool {
	return d.Code == named.Code && d.Message == named.Message &&
		d.Range.Start.Line == named.Range.Start.Line && d.Range.End.Line == named.Range.End.Line
}

// resolved adds the edits to actions for clients that cannot request them later.
func (q question) resolved(ctx context.Context, actions []codeAction) []codeAction {
	if slices.Contains(q.client.TextDocument.CodeAction.ResolveSupport.Properties, "edit") && q.client.TextDocument.CodeAction.DataSupport {
		return actions
	}
	kept := actions[:0]
	for _, a := range actions {
		if a.Edit, _ = q.editOf(ctx, *a.Data); a.Edit != nil { // leave out actions without an edit
			a.Data = nil
			kept = append(kept, a)
		}
	}
	return kept
}

// resolveCodeAction computes the edit of an action.
func (s *server) resolveCodeAction(ctx context.Context, raw json.RawMessage) (any, error) {
	var a codeAction
	if err := json.Unmarshal(raw, &a); err != nil || a.Data == nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the code action is not one of lintel"}
	}
	q, ok := s.about(a.Data.URI)
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the document is not open"}
	}
	var err error
	if a.Edit, err = q.editOf(ctx, *a.Data); err != nil {
		return nil, err
	}
	if a.Edit == nil && a.Data.Do == doFixAll {
		a.Edit = &workspaceEdit{} // the text already equals the result
	}
	if a.Edit == nil {
		return nil, &jsonrpc2.Error{Code: codeContentModified, Message: "the action no longer applies to the current text"}
	}
	return a, nil
}

// editOf returns the edit of an action, or nil if the action is impossible.
func (q question) editOf(ctx context.Context, a actionData) (*workspaceEdit, error) {
	changes := map[string]rewrite{}
	var err error
	switch a.Do {
	case doIgnore:
		var at span
		var found bool
		if at, found, err = q.placeOf(ctx, a); !found {
			return nil, err
		}
		if edit, ok := ignore(q.doc.rel, q.doc.text, a.Rule, at); ok {
			changes[q.doc.rel] = rewrite{q.doc.text, []edited{edit}}
		}
	case doFix:
		changes, err = q.fixed(ctx, a.Fingerprint, fix.Options{Unsafe: true, Wanted: func(f finding.Finding) bool { return f.Fingerprint == a.Fingerprint }})
	case doFixAll:
		changes, err = q.fixed(ctx, "", fix.Options{Wanted: func(f finding.Finding) bool { return f.Range.Path == q.doc.rel }})
	}
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	return q.edit(changes), nil
}

// placeOf returns the current location of the finding of an action. If the text has changed since the action was
// offered, it checks the document again.
func (q question) placeOf(ctx context.Context, a actionData) (at span, found bool, err error) {
	if a.Version != nil && q.doc.version != nil && *a.Version == *q.doc.version {
		return span{q.doc.text.offset(q.encoding, a.Range.Start), q.doc.text.offset(q.encoding, a.Range.End)}, true, nil
	}
	files, done := q.files()
	defer done()
	report, err := q.freshly(ctx, files, a.Fingerprint)
	for _, f := range report.Findings {
		if f.Fingerprint != a.Fingerprint {
			continue
		}
		for r := range f.Ranges() {
			if r.Path == q.doc.rel && !found {
				at, found = span{r.Start, r.End}, true
			}
		}
	}
	return at, found, err
}

// span is a range of a text, in bytes.
type span struct{ start, end int }

// edited is a range of a text with its replacement.
type edited struct {
	span
	text string
}

// rewrite contains the edits of a text, in order.
type rewrite struct {
	before text
	edits  []edited
}

// edit converts edits, by path in the tree, to an edit of the workspace.
func (q question) edit(changes map[string]rewrite) *workspaceEdit {
	c := newConverter(q.snapshot, q.latest.Report)
	w := &workspaceEdit{}
	for _, p := range slices.Sorted(maps.Keys(changes)) {
		var texts []textEdit
		for _, e := range changes[p].edits {
			texts = append(texts, textEdit{changes[p].before.span(q.encoding, e.start, e.end), e.text})
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

// versionOf returns the version of the document that an edit applies to, or nil for a file that is not open.
func (q question) versionOf(p string) *int {
	if doc := q.open[p]; doc != nil {
		return doc.version
	}
	return nil
}
