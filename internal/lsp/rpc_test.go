package lsp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"lintel/internal/lsp"
)

// TestMalformedMessages checks that malformed messages get the response of the protocol and that the server handles the
// next message.
func TestMalformedMessages(t *testing.T) {
	frame := func(content string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(content), content) }
	for _, tt := range []struct {
		name, raw string
		code      int // code of the response without an id; 0: no response
	}{
		{"no JSON", frame("{nonsense"), -32700},
		{"empty", frame(""), -32700},
		{"no object", frame("17"), -32600},
		{"a batch", frame(`[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]`), -32600},
		{"an empty batch", frame(`[]`), -32600},
		{"no method", frame(`{"jsonrpc":"2.0","id":1}`), -32600},
		{"an id that is none", frame(`{"jsonrpc":"2.0","id":{},"method":"shutdown"}`), -32600},
		{"an answer to nothing", frame(`{"jsonrpc":"2.0","id":99,"result":null}`), 0},
		{"an error without an id", frame(`{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}`), 0},
		{"a negative length", "Content-Length: -5\r\n\r\n", -32700},
		{"a length that is no number", "Content-Length: many\r\n\r\n", -32700},
		{"no length", "Content-Type: x\r\n\r\n", -32700},
		{"another header", "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" + frame(`{"jsonrpc":"2.0","method":"$/setTrace","params":{}}`), 0},
		{"a length that is too small", "Content-Length: 4\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\r\n", -32700},
		{"a huge header", strings.Repeat("x", 1<<20) + "\r\n" + frame(`{"jsonrpc":"2.0","method":"x"}`), 0},
		{"a huge message", fmt.Sprintf("Content-Length: %d\r\n\r\n%s", 65<<20, strings.Repeat(" ", 65<<20)), -32700},
		{"bytes that are no text", frame("{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}"), 0},
		{"deep", frame(strings.Repeat("[", 100_000)), -32700},
		{"unknown notification", frame(`{"jsonrpc":"2.0","method":"textDocument/unheardOf","params":[1]}`), 0},
		{"no params", frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen"}`), 0},
		{"null params", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":null}`), 0},
		{"params of another kind", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":["x"]}`), 0},
		{"an address that is none", frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"%%%","text":"x"}}}`), 0},
		{"a text that was never saved", frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:Untitled-1","text":"x"}}}`), 0},
		{"another machine", frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file://elsewhere/x.tf","text":"x"}}}`), 0},
		{"a change of what is not open", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x.tf"},"contentChanges":[{"text":""}]}}`), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := session(t, map[string]string{"main.tf": openURL})
			c.open("main.tf")
			c.shows("main.tf", "function-url-auth-none")
			c.raw(tt.raw)
			if tt.code != 0 {
				c.until("an error", func() bool {
					for _, m := range c.received {
						if failure, ok := m["error"].(object); ok && m["id"] == nil && failure["code"] == float64(tt.code) {
							return true
						}
					}
					return false
				})
			}
			c.change("main.tf", openURL)
			c.edit("main.tf", object{"range": span(2, 24, 2, 28), "text": "AWS_IAM"})
			c.shows("main.tf")
		})
	}
}

func TestErrors(t *testing.T) {
	c := start(t, folder(t, map[string]string{"main.tf": openURL}))
	if code := c.fails("textDocument/hover", object{}); code != -32002 {
		t.Errorf("before initialize: %d", code)
	}
	c.open("main.tf") // before initialize
	c.call("initialize", object{"capabilities": object{}, "rootUri": nil})
	c.notify("initialized", nil)
	for _, tt := range []struct {
		method string
		params any
		code   int
	}{
		{"initialize", object{"capabilities": object{}}, -32600},
		{"textDocument/unheardOf", object{}, -32601},
		{"textDocument/hover", object{"position": "here"}, -32602},
		{"codeAction/resolve", object{"title": "x"}, -32602},
		{"workspace/executeCommand", object{"command": "rm"}, -32602},
		{"workspace/executeCommand", object{"command": "lintel.explainAccess"}, -32602},
		{"workspace/executeCommand", object{"command": "lintel.explainAccess", "arguments": []any{c.uri("main.tf"), ".", "f"}}, -32602},
	} {
		if code := c.fails(tt.method, tt.params); code != tt.code {
			t.Errorf("%s: %d, not %d", tt.method, code, tt.code)
		}
	}
	for _, method := range []string{"textDocument/hover", "textDocument/codeLens", "textDocument/documentLink", "textDocument/codeAction"} {
		if got := c.call(method, object{"textDocument": object{"uri": c.uri("main.tf")}}); got != nil {
			t.Errorf("%s of what is not open: %v", method, got)
		}
	}
	c.call("shutdown", nil)
	if code := c.fails("textDocument/hover", object{}); code != -32600 {
		t.Errorf("after shutdown: %d", code)
	}
}

func TestEndOfSession(t *testing.T) {
	end := func(do func(c *client)) error {
		c := session(t, map[string]string{"main.tf": openURL})
		c.open("main.tf")
		do(c)
		return <-c.done
	}
	if err := end(func(c *client) { c.call("shutdown", nil); c.notify("exit", nil) }); err != nil {
		t.Errorf("shutdown and exit: %v", err)
	}
	if err := end(func(c *client) { c.notify("exit", nil) }); !errors.Is(err, lsp.ErrNoShutdown) {
		t.Errorf("exit: %v", err)
	}
	if err := end(func(c *client) { _ = c.conn.Close() }); !errors.Is(err, lsp.ErrNoShutdown) {
		t.Errorf("the client is gone: %v", err)
	}
	if err := end(func(c *client) { c.call("shutdown", nil); _ = c.conn.Close() }); err != nil {
		t.Errorf("the client is gone after shutdown: %v", err)
	}
	if err := end(func(c *client) { c.raw("Content-Length: 100\r\n\r\n{"); _ = c.conn.Close() }); !errors.Is(err, lsp.ErrNoShutdown) {
		t.Errorf("the client is gone within a message: %v", err)
	}
}

// TestClientThatDoesNotListen checks that the server handles messages and ends while the client does not read.
func TestClientThatDoesNotListen(t *testing.T) {
	rules, err := set()
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- lsp.Serve(context.Background(), theirs, lsp.Options{Policies: rules, Today: func() time.Time { return today }})
	}()
	c := &client{tb: t, conn: ours, dir: folder(t, map[string]string{"main.tf": openURL}), versions: map[string]int{}}
	for i := range 50 {
		c.notify("textDocument/unheardOf", object{})
		c.send(object{"jsonrpc": "2.0", "id": i, "method": "textDocument/hover", "params": object{}})
	}
	c.notify("exit", nil)
	if err := <-done; !errors.Is(err, lsp.ErrNoShutdown) {
		t.Error(err)
	}
	_, _ = io.Copy(io.Discard, ours)
}

func TestCancel(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.notify("$/cancelRequest", object{"id": 4711}) // no such request
	c.notify("$/cancelRequest", object{"id": []int{}})
	id := c.ask("textDocument/hover", object{"textDocument": object{"uri": c.uri("main.tf")}, "position": object{"line": 2, "character": 25}})
	c.notify("$/cancelRequest", object{"id": id})
	answer := c.answerTo(id)
	if failure, ok := answer["error"].(object); ok && failure["code"] != -32800.0 {
		t.Errorf("%v", answer)
	}
}

// TestRapidEdits checks that a thousand edits leak neither memory nor goroutines and that the diagnostics are those of
// the last edit.
func TestRapidEdits(t *testing.T) {
	var text strings.Builder
	text.WriteString("Resources:\n")
	for i := range 300 {
		fmt.Fprintf(&text, "  U%d: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: AWS_IAM}}\n", i)
	}
	c := session(t, map[string]string{"t.yaml": text.String()})
	c.open("t.yaml")
	c.shows("t.yaml")
	storm := func(n int) {
		for i := range n {
			c.edit("t.yaml", object{"range": span(1, 0, 1, 0), "text": "# é😀\n"})
			c.edit("t.yaml", object{"range": span(1, 0, 2, 0), "text": ""})
			if i%100 == 0 {
				c.saved("t.yaml")
			}
		}
		c.edit("t.yaml", object{"range": span(0, 0, 0, 0), "text": "# x\n"})
		c.edit("t.yaml", object{"range": span(2, 5, 2, 5), "text": "X"})
		c.until("the last text", func() bool { return c.lastVersion("t.yaml") == c.versions["t.yaml"] })
	}
	memory := func() (uint64, int) {
		c.call("textDocument/documentLink", object{"textDocument": object{"uri": c.uri("t.yaml")}})
		runtime.GC()
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc, runtime.NumGoroutine()
	}
	storm(20)
	heap, goroutines := memory()
	storm(500)
	heapAfter, goroutinesAfter := memory()
	if heapAfter > heap+8<<20 {
		t.Errorf("%d KiB became %d KiB", heap>>10, heapAfter>>10)
	}
	if goroutinesAfter > goroutines+5 {
		t.Errorf("%d goroutines became %d", goroutines, goroutinesAfter)
	}
}

// lastVersion returns the document version of the last diagnostics of a file. The caller holds c.mu.
func (c *client) lastVersion(path string) int {
	for _, m := range slices.Backward(c.received) {
		if params, ok := m["params"].(object); ok && params["uri"] == c.uri(path) {
			version, _ := params["version"].(float64)
			return int(version)
		}
	}
	return 0
}
