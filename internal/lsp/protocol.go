package lsp

import "encoding/json"

// The structs of the protocol that are used, with the names of the specification where Go allows it.

type position struct {
	Line      int `json:"line"`      // from 0
	Character int `json:"character"` // from 0, in the position encoding
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

type location struct {
	URI   documentURI `json:"uri"`
	Range textRange   `json:"range"`
}

type initializeParams struct {
	ProcessID             *int              `json:"processId"`
	RootURI               documentURI       `json:"rootUri"`
	WorkspaceFolders      []workspaceFolder `json:"workspaceFolders"`
	Capabilities          capabilities      `json:"capabilities"`
	InitializationOptions json.RawMessage   `json:"initializationOptions"`
}

type workspaceFolder struct {
	URI  documentURI `json:"uri"`
	Name string      `json:"name"`
}

// capabilities are the capabilities of a client.
type capabilities struct {
	General struct {
		PositionEncodings []encoding `json:"positionEncodings"`
	} `json:"general"`
	Workspace struct {
		Configuration         bool `json:"configuration"`
		DidChangeWatchedFiles struct {
			DynamicRegistration bool `json:"dynamicRegistration"`
		} `json:"didChangeWatchedFiles"`
		DidChangeConfiguration struct {
			DynamicRegistration bool `json:"dynamicRegistration"`
		} `json:"didChangeConfiguration"`
		WorkspaceEdit struct {
			DocumentChanges bool `json:"documentChanges"`
		} `json:"workspaceEdit"`
		CodeLens    refreshing `json:"codeLens"`
		InlayHint   refreshing `json:"inlayHint"`
		Diagnostics refreshing `json:"diagnostics"`
	} `json:"workspace"`
	TextDocument struct {
		PublishDiagnostics struct {
			RelatedInformation     bool `json:"relatedInformation"`
			VersionSupport         bool `json:"versionSupport"`
			CodeDescriptionSupport bool `json:"codeDescriptionSupport"`
			DataSupport            bool `json:"dataSupport"`
			TagSupport             struct {
				ValueSet []int `json:"valueSet"`
			} `json:"tagSupport"`
		} `json:"publishDiagnostics"`
		Diagnostic *struct{} `json:"diagnostic"` // nil: the client requests no diagnostics
		Completion struct {
			CompletionItem struct {
				DocumentationFormat []string `json:"documentationFormat"`
			} `json:"completionItem"`
		} `json:"completion"`
		Definition struct {
			LinkSupport bool `json:"linkSupport"`
		} `json:"definition"`
		DocumentSymbol struct {
			HierarchicalDocumentSymbolSupport bool `json:"hierarchicalDocumentSymbolSupport"`
		} `json:"documentSymbol"`
		Hover struct {
			ContentFormat []string `json:"contentFormat"`
		} `json:"hover"`
		CodeAction struct {
			CodeActionLiteralSupport *struct{} `json:"codeActionLiteralSupport"`
			DataSupport              bool      `json:"dataSupport"`
			IsPreferredSupport       bool      `json:"isPreferredSupport"`
			ResolveSupport           struct {
				Properties []string `json:"properties"`
			} `json:"resolveSupport"`
		} `json:"codeAction"`
	} `json:"textDocument"`
	Window struct {
		WorkDoneProgress bool `json:"workDoneProgress"`
	} `json:"window"`
}

// refreshing is whether a client accepts requests to ask again.
type refreshing struct {
	RefreshSupport bool `json:"refreshSupport"`
}

type textDocument struct {
	URI     documentURI `json:"uri"`
	Version *int        `json:"version"`
	Text    string      `json:"text"` // only in didOpen
}

type didOpenParams struct {
	TextDocument textDocument `json:"textDocument"`
}

type documentParams struct {
	TextDocument textDocument `json:"textDocument"`
}

type didSaveParams struct {
	TextDocument textDocument `json:"textDocument"`
	Text         *string      `json:"text"`
}

type didChangeParams struct {
	TextDocument   textDocument    `json:"textDocument"`
	ContentChanges []contentChange `json:"contentChanges"`
}

type contentChange struct {
	Range *textRange `json:"range"` // nil: Text is the whole text
	Text  string     `json:"text"`
}

type publishDiagnosticsParams struct {
	URI         documentURI  `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

// The severities of diagnostics.
const (
	severityError = iota + 1
	severityWarning
	severityInformation
	severityHint
)

const tagDeprecated = 2

type diagnostic struct {
	Range              textRange            `json:"range"`
	Severity           int                  `json:"severity"`
	Code               string               `json:"code"`
	CodeDescription    *codeDescription     `json:"codeDescription,omitempty"`
	Source             string               `json:"source"`
	Message            string               `json:"message"`
	Tags               []int                `json:"tags,omitempty"`
	RelatedInformation []relatedInformation `json:"relatedInformation,omitempty"`
	Data               *diagnosticData      `json:"data,omitempty"`
}

type codeDescription struct {
	Href string `json:"href"`
}

type relatedInformation struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

// diagnosticData returns in requests for code actions.
type diagnosticData struct {
	Fingerprint string `json:"fingerprint,omitempty"`
	Mirror      bool   `json:"mirror,omitempty"` // copy at a related location; the finding is in another file
}

type cancelParams struct {
	ID json.RawMessage `json:"id"`
}

type messageParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

type didChangeWatchedFilesParams struct {
	Changes []fileEvent `json:"changes"`
}

type fileEvent struct {
	URI  documentURI `json:"uri"`
	Type int         `json:"type"`
}

type didChangeWorkspaceFoldersParams struct {
	Event struct {
		Added   []workspaceFolder `json:"added"`
		Removed []workspaceFolder `json:"removed"`
	} `json:"event"`
}

type didChangeConfigurationParams struct {
	Settings struct {
		Lintel json.RawMessage `json:"lintel"`
	} `json:"settings"`
}
