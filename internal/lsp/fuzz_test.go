package lsp_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/lsp"
)

// script is an editor that sends messages and waits for the answer to the last one.
type script struct {
	messages io.Reader
	answered chan struct{}

	mu  sync.Mutex
	out bytes.Buffer
}

func (s *script) Read(b []byte) (int, error) {
	n, err := s.messages.Read(b)
	if err != nil {
		select {
		case <-s.answered:
		case <-time.After(10 * time.Second): // the test reports it
		}
	}
	return n, err
}

func (s *script) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.isAnswered()
	s.out.Write(b)
	if !before && s.isAnswered() {
		close(s.answered)
	}
	return len(b), nil
}

func (s *script) isAnswered() bool { return bytes.Contains(s.out.Bytes(), []byte(`"id":"last"`)) }

func (*script) Close() error { return nil }

// FuzzMessages checks that no message makes a method of the server panic or the server hang.
func FuzzMessages(f *testing.F) {
	document := `{"textDocument":{"uri":"file:///nowhere/main.tf"},"position":{"line":1,"character":2},"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":0}},"context":{"diagnostics":[]}}`
	for _, method := range []string{"hover", "codeAction", "codeLens", "documentLink", "didClose", "didSave", "completion", "definition", "documentSymbol", "inlayHint", "diagnostic"} {
		f.Add("textDocument/"+method, document, "")
	}
	f.Add("textDocument/didChange", `{"textDocument":{"uri":"file:///nowhere/main.tf","version":2},"contentChanges":[{"range":{"start":{"line":-1,"character":9999999999},"end":{"line":0,"character":0}},"text":"x"}]}`, "")
	f.Add("workspace/diagnostic", `{"previousResultIds":[{"uri":"file:///nowhere/x.tf","value":"1"},{"uri":"x"}]}`, "")
	f.Add("workspace/executeCommand", `{"command":"lintel.access","arguments":["file:///nowhere/main.tf","nowhere","x"]}`, "")
	f.Add("workspace/executeCommand", `{"command":"lintel.fix","arguments":[null,{}]}`, "")
	f.Add("workspace/didChangeConfiguration", `{"settings":{"lintel":{"profile":1,"maxDiagnostics":-1}}}`, "Content-Length: 2\r\n\r\n[]")
	f.Add("codeAction/resolve", `{"title":"x","data":{"fingerprint":1}}`, "Content-Length: -1\r\n\r\n")
	f.Fuzz(func(t *testing.T, method, params, raw string) {
		rules, err := set()
		if err != nil {
			t.Fatal(err)
		}
		var messages strings.Builder
		send := func(content string) { fmt.Fprintf(&messages, "Content-Length: %d\r\n\r\n%s", len(content), content) }
		send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`)
		send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
		send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///nowhere/main.tf","languageId":"terraform","version":1,"text":"resource \"a\" \"b\" {\n}\n"}}}`)
		send(fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":%q,"params":%s}`, method, params))
		messages.WriteString(raw)
		messages.WriteString("\r\n\r\n") // whatever has begun ends here
		send(`{"jsonrpc":"2.0","id":"last","method":"shutdown"}`)
		send(`{"jsonrpc":"2.0","method":"exit"}`)
		editor := &script{messages: strings.NewReader(messages.String()), answered: make(chan struct{})}
		cputimetest.Limit(t, 5*time.Second)
		_ = lsp.Serve(t.Context(), editor, lsp.Options{Policies: rules, Version: "test", Today: func() time.Time { return today }}) // the raw bytes may swallow the end
		editor.mu.Lock()
		defer editor.mu.Unlock()
		if strings.Contains(editor.out.String(), "internal error") {
			t.Errorf("%s", editor.out.String())
		}
	})
}
