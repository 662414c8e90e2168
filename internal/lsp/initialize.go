package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

type initializeResult struct {
	Capabilities map[string]any `json:"capabilities"`
	ServerInfo   serverInfo     `json:"serverInfo"`
}

type serverInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

const incremental = 2

func (s *server) initialize(_ context.Context, p initializeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.initialized {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is already initialized"}
	}
	s.initialized, s.client = true, p.Capabilities
	for _, e := range []encoding{utf8Units, utf32Units} {
		if slices.Contains(p.Capabilities.General.PositionEncodings, e) {
			s.encoding = e
			break
		}
	}
	for _, f := range p.WorkspaceFolders {
		s.addFolder(f.URI)
	}
	if len(p.WorkspaceFolders) == 0 && p.RootURI != "" {
		s.addFolder(p.RootURI)
	}
	s.initial, s.wrong = s.standard().read(p.InitializationOptions)
	s.settings = s.initial
	return initializeResult{
		Capabilities: s.capabilities(),
		ServerInfo:   serverInfo{Name: "lintel", Version: s.opt.Version},
	}, nil
}

// capabilities returns the capabilities of the server.
func (s *server) capabilities() map[string]any {
	can := map[string]any{
		"positionEncoding": s.encoding,
		"textDocumentSync": map[string]any{
			"openClose": true, "change": incremental, "save": map[string]any{"includeText": false},
		},
		"hoverProvider":          true,
		"codeLensProvider":       map[string]any{"resolveProvider": false},
		"documentLinkProvider":   map[string]any{"resolveProvider": false},
		"codeActionProvider":     map[string]any{"codeActionKinds": []string{quickFix, fixAll}, "resolveProvider": true},
		"completionProvider":     map[string]any{"triggerCharacters": strings.Split(completionTriggers, ""), "resolveProvider": true},
		"definitionProvider":     true,
		"documentSymbolProvider": true,
		"inlayHintProvider":      true,
		"executeCommandProvider": map[string]any{"commands": serverCommands()},
		"workspace": map[string]any{
			"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true},
		},
	}
	if s.client.pulls() {
		can["diagnosticProvider"] = map[string]any{"identifier": section, "interFileDependencies": true, "workspaceDiagnostics": true}
	}
	return can
}

func (s *server) addFolder(uri documentURI) {
	if path, ok := pathOf(uri); ok && !slices.Contains(s.folders, path) {
		s.folders = append(s.folders, path)
	}
}

// watched are the files that the client tells about when they change outside of it.
const watched = "**/{*.tf,*.tofu,*.tf.json,*.tofu.json,*.tfvars,terragrunt*.hcl,*.yaml,*.yml,*.json,*.template,*.tftpl,*.tpl,*.rego,.lintel/blobs/sha256/*}"

// hasInitialized registers for changes of files and settings, and requests the current settings.
func (s *server) hasInitialized(struct{}) {
	s.mu.Lock()
	can, wrong := s.client.Workspace, s.wrong
	s.mu.Unlock()
	for _, message := range wrong {
		s.requests.start(func() { s.notify("window/showMessage", messageParams{Type: messageWarning, Message: message}) })
	}
	var wanted []registration
	if can.DidChangeWatchedFiles.DynamicRegistration {
		wanted = append(wanted, registration{"files", "workspace/didChangeWatchedFiles", map[string]any{
			"watchers": []any{map[string]any{"globPattern": watched}},
		}})
	}
	if can.DidChangeConfiguration.DynamicRegistration {
		wanted = append(wanted, registration{"settings", "workspace/didChangeConfiguration", map[string]any{"section": section}})
	}
	if len(wanted) > 0 {
		s.call("client/registerCapability", map[string]any{"registrations": wanted}, nil)
	}
	if can.Configuration {
		s.askForSettings()
	} else {
		s.checkWhole()
	}
}

// registration is a dynamic registration for messages.
type registration struct {
	ID              string         `json:"id"`
	Method          string         `json:"method"`
	RegisterOptions map[string]any `json:"registerOptions"`
}

// patience is how long the server waits for a response of the client.
const patience = 10 * time.Second

// call sends a request to the client in the background and calls then with the result, if there is one.
func (s *server) call(method string, params any, then func(answer json.RawMessage)) {
	s.requests.start(func() {
		ctx, done := context.WithTimeout(context.Background(), patience)
		defer done()
		var answer json.RawMessage
		if err := s.conn.Call(ctx, method, params, &answer); err == nil && then != nil {
			then(answer)
		}
	})
}
