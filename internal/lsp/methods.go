package lsp

import "context"

// table returns the methods of the server.
func (s *server) table() map[string]method {
	early := func(m method) method {
		m.before, m.inLine = true, true
		return m
	}
	inLine := func(m method) method {
		m.inLine = true
		return m
	}
	waiting := func(m method) method {
		m.waits = true
		return m
	}
	return map[string]method{
		"initialize":                          early(on(s.initialize)),
		"initialized":                         note(s.hasInitialized),
		"shutdown":                            inLine(on(s.shutDown)),
		"exit":                                early(note(s.exit)),
		"$/cancelRequest":                     note(s.cancelRequest),
		"$/setTrace":                          note(func(struct{}) {}),
		"textDocument/didOpen":                note(s.didOpen),
		"textDocument/didChange":              note(s.didChange),
		"textDocument/didSave":                note(s.didSave),
		"textDocument/didClose":               note(s.didClose),
		"textDocument/hover":                  on(s.hover),
		"textDocument/codeLens":               on(s.codeLenses),
		"textDocument/documentLink":           on(s.documentLinks),
		"textDocument/codeAction":             on(s.codeActions),
		"textDocument/completion":             on(s.completion),
		"completionItem/resolve":              on(s.resolveCompletion),
		"textDocument/definition":             on(s.definition),
		"textDocument/documentSymbol":         on(s.documentSymbols),
		"textDocument/inlayHint":              on(s.inlayHints),
		"textDocument/diagnostic":             waiting(on(s.documentDiagnostic)),
		"workspace/diagnostic":                waiting(on(s.workspaceDiagnostic)),
		"codeAction/resolve":                  {do: s.resolveCodeAction},
		"workspace/executeCommand":            on(s.executeCommand),
		"workspace/didChangeConfiguration":    note(s.didChangeConfiguration),
		"workspace/didChangeWatchedFiles":     note(s.didChangeWatchedFiles),
		"workspace/didChangeWorkspaceFolders": note(s.didChangeWorkspaceFolders),
	}
}

func (s *server) shutDown(context.Context, struct{}) (any, error) {
	s.mu.Lock()
	s.shutdown = true
	s.mu.Unlock()
	s.queue.clear()
	return nil, nil //nolint:nilnil // the result is null
}

func (s *server) exit(struct{}) { s.stop() }
