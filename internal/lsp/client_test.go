package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lintel/internal/lsp"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

// set are the built-in rules.
var set = sync.OnceValues(func() (*policy.Set, error) { return policy.Load(policies.Compiled) })

// object is a message or a part of one.
type object = map[string]any

// client is an editor that sends messages and records those of the server.
type client struct {
	tb   testing.TB
	conn net.Conn
	dir  string // workspace directory
	done chan error

	mu       sync.Mutex
	changed  *sync.Cond
	closed   bool
	lastID   int
	answers  map[int]object
	received []object                // notifications and requests of the server, in order
	shown    map[string][]diagnostic // diagnostics by path in the workspace
	times    map[string]int          // number of publications per file
	answer   func(method string) any // answers requests of the server
	versions map[string]int          // of open documents
}

type diagnostic struct {
	Range struct {
		Start, End struct{ Line, Character int }
	}
	Severity           int
	Code               string
	Source             string
	Message            string
	Tags               []int
	CodeDescription    struct{ Href string }
	RelatedInformation []struct {
		Location struct {
			URI   string
			Range struct{ Start, End struct{ Line, Character int } }
		}
		Message string
	}
	Data object
}

func (d diagnostic) String() string {
	return fmt.Sprintf("%d:%d-%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Range.End.Line, d.Range.End.Character, d.Code)
}

// start starts a server that is not initialized.
func start(tb testing.TB, dir string) *client {
	tb.Helper()
	rules, err := set()
	if err != nil {
		tb.Fatal(err)
	}
	ours, theirs := net.Pipe()
	c := &client{
		tb: tb, conn: ours, dir: dir, done: make(chan error, 1), answers: map[int]object{},
		shown: map[string][]diagnostic{}, times: map[string]int{}, versions: map[string]int{},
	}
	c.changed = sync.NewCond(&c.mu)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		c.done <- lsp.Serve(ctx, theirs, lsp.Options{
			Policies: rules, Version: "test", Today: func() time.Time { return today },
			Tracked: func(context.Context, string) (workspace.Tracked, error) {
				return workspace.Tracked{}, workspace.ErrNoRepository
			},
		})
	}()
	reading := make(chan struct{})
	go func() {
		defer close(reading)
		c.read()
	}()
	tb.Cleanup(func() {
		cancel()
		ours.Close() //nolint:errcheck // it may be closed already
		<-reading
	})
	return c
}

// session starts an initialized server for a directory with files.
func session(tb testing.TB, files map[string]string, options ...func(params object)) *client {
	tb.Helper()
	c := start(tb, folder(tb, files))
	params := object{
		"processId": os.Getpid(), "rootUri": c.uri("."), "capabilities": object{
			"general":      object{"positionEncodings": []string{"utf-16"}},
			"workspace":    object{"workspaceEdit": object{"documentChanges": true}},
			"textDocument": object{"publishDiagnostics": object{"relatedInformation": true, "versionSupport": true, "dataSupport": true}},
		},
	}
	for _, option := range options {
		option(params)
	}
	c.call("initialize", params)
	c.notify("initialized", object{})
	return c
}

// folder writes files to a new directory, which is a repository.
func folder(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		tb.Fatal(err)
	}
	for name, content := range files {
		write(tb, filepath.Join(dir, name), content)
	}
	return dir
}

func write(tb testing.TB, path, content string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		tb.Fatal(err)
	}
}

func (c *client) uri(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.Join(c.dir, path)}).String()
}

// read receives messages until the server ends.
func (c *client) read() {
	in := bufio.NewReader(c.conn)
	for {
		length := 0
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				c.mu.Lock()
				c.closed = true
				c.changed.Broadcast()
				c.mu.Unlock()
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				length, _ = strconv.Atoi(value)
			}
		}
		content := make([]byte, length)
		if _, err := io.ReadFull(in, content); err != nil {
			return
		}
		c.take(content)
	}
}

func (c *client) take(content []byte) {
	var message object
	if err := json.Unmarshal(content, &message); err != nil {
		c.tb.Errorf("the server sends what is not JSON: %v", err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.changed.Broadcast()
	method, isCall := message["method"].(string)
	id, hasID := message["id"].(float64)
	if !isCall && hasID {
		c.answers[int(id)] = message
		return
	}
	c.received = append(c.received, message)
	if isCall && hasID {
		var result any
		if c.answer != nil {
			result = c.answer(method)
		}
		go c.send(object{"jsonrpc": "2.0", "id": id, "result": result})
	}
	if method == "textDocument/publishDiagnostics" {
		var params struct {
			Params struct {
				URI         string
				Diagnostics []diagnostic
			}
		}
		if err := json.Unmarshal(content, &params); err != nil {
			c.tb.Errorf("diagnostics: %v", err)
		}
		path := c.pathOf(params.Params.URI)
		c.shown[path] = params.Params.Diagnostics
		c.times[path]++
	}
}

func (c *client) pathOf(uri string) string {
	u, _ := url.Parse(uri)
	rel, _ := filepath.Rel(c.dir, u.Path)
	return rel
}

func (c *client) send(message any) {
	content, err := json.Marshal(message)
	if err != nil {
		c.tb.Error(err)
		return
	}
	c.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(content), content))
}

var sending sync.Mutex

func (c *client) raw(text string) {
	sending.Lock()
	defer sending.Unlock()
	_, _ = io.WriteString(c.conn, text) // fails after the server has ended
}

func (c *client) notify(method string, params any) {
	c.send(object{"jsonrpc": "2.0", "method": method, "params": params})
}

// ask sends a request and returns its id.
func (c *client) ask(method string, params any) int {
	c.mu.Lock()
	c.lastID++
	id := c.lastID
	c.mu.Unlock()
	c.send(object{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
	return id
}

// answerTo waits for the response to a request.
func (c *client) answerTo(id int) object {
	c.tb.Helper()
	c.until(fmt.Sprintf("an answer to %d", id), func() bool { return c.answers[id] != nil })
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answers[id]
}

// call sends a request and returns its result.
func (c *client) call(method string, params any) any {
	c.tb.Helper()
	answer := c.answerTo(c.ask(method, params))
	if answer["error"] != nil {
		c.tb.Fatalf("%s: %v", method, answer["error"])
	}
	return answer["result"]
}

// fails sends a request and returns the code of its error.
func (c *client) fails(method string, params any) int {
	c.tb.Helper()
	failure, ok := c.answerTo(c.ask(method, params))["error"].(object)
	if !ok {
		c.tb.Fatalf("%s does not fail", method)
	}
	return int(failure["code"].(float64))
}

// patience is how long until waits for the next message.
const patience = 2 * time.Minute

// until waits until a condition is true, checking it after each message. The time limit is for the next message: how long the
// work takes depends on the machine.
func (c *client) until(what string, is func() bool) {
	c.tb.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	expired := false
	timer := time.AfterFunc(patience, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		expired = true
		c.changed.Broadcast()
	})
	defer timer.Stop()
	for !is() {
		if expired || c.closed {
			c.tb.Fatalf("no %s (closed: %t); shown: %.2000v", what, c.closed, c.shown)
		}
		c.changed.Wait()
		timer.Reset(patience)
	}
}

// shows waits until the diagnostics of a file have these codes.
func (c *client) shows(path string, codes ...string) {
	c.tb.Helper()
	want := strings.Join(codes, " ")
	c.until(fmt.Sprintf("%q in %s", want, path), func() bool {
		return c.times[path] > 0 && strings.Join(codesOf(c.shown[path]), " ") == want
	})
}

func codesOf(all []diagnostic) []string {
	var codes []string
	for _, d := range all {
		codes = append(codes, d.Code)
	}
	return codes
}

// diagnostics returns the current diagnostics of a file.
func (c *client) diagnostics(path string) []diagnostic {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown[path]
}

// open opens a file with the text on disk or the given text.
func (c *client) open(path string, text ...string) {
	c.tb.Helper()
	if len(text) == 0 {
		content, err := os.ReadFile(filepath.Join(c.dir, path))
		if err != nil {
			c.tb.Fatal(err)
		}
		text = []string{string(content)}
	}
	c.versions[path] = 1
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": c.uri(path), "languageId": "x", "version": 1, "text": text[0]}})
}

// change replaces the text of an open file.
func (c *client) change(path, text string) { c.edit(path, object{"text": text}) }

// edit changes parts of an open file.
func (c *client) edit(path string, changes ...object) {
	c.versions[path]++
	c.notify("textDocument/didChange", object{
		"textDocument": object{"uri": c.uri(path), "version": c.versions[path]}, "contentChanges": changes,
	})
}

// saved sends didSave for a file.
func (c *client) saved(path string) {
	c.notify("textDocument/didSave", object{"textDocument": object{"uri": c.uri(path)}})
}

func (c *client) close(path string) {
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": c.uri(path)}})
}

// span is a range of the protocol.
func span(line, from, toLine, to int) object {
	return object{"start": object{"line": line, "character": from}, "end": object{"line": toLine, "character": to}}
}
