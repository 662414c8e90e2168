package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// Options are the options of a server.
type Options struct {
	Policies *policy.Set
	Version  string
	Today    func() time.Time // date for end-of-support dates
	Debounce time.Duration    // delay of a check after an edit, unless the client settings contain another
	// Tracked returns the paths that version control tracks below a root; nil: directories that are not searched are not reported.
	Tracked func(ctx context.Context, root string) (workspace.Tracked, error)
	Log     func(string) // receives errors that cannot be sent to the client; may be nil
}

// ErrNoShutdown is returned for a session that ended without a shutdown request.
var ErrNoShutdown = errors.New("the connection ended without a shutdown request")

// Serve serves a client until the connection or ctx ends. The error is nil after a shutdown request.
func Serve(ctx context.Context, rwc io.ReadWriteCloser, opt Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := newServer(opt, stop)
	s.stream = newStream(rwc)
	s.conn = jsonrpc2.NewConn(ctx, s.stream, s, jsonrpc2.SetLogger(quiet{}))
	close(s.connected)
	var working sync.WaitGroup
	working.Go(func() { s.work(ctx) })
	select {
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done(): // also after an exit notification: the client may keep the connection open
		_ = s.conn.Close() // it fails only if the client was faster
	}
	stop()
	s.leave(&working)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shutdown {
		return ErrNoShutdown
	}
	return nil
}

// farewell is how long the end of a session waits for running work. Work that does not react to its context ends with the
// program.
const farewell = 500 * time.Millisecond

// leave waits for the worker and the requests, at most for farewell.
func (s *server) leave(working *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		working.Wait()
		s.requests.finish()
	}()
	select {
	case <-ended:
	case <-time.After(farewell):
	}
}

// quiet discards the log of the library, which reports closed connections.
type quiet struct{}

func (quiet) Printf(string, ...any) {}

// routines are goroutines that end with the session.
type routines struct {
	mu       sync.Mutex
	finished bool
	running  sync.WaitGroup
}

// start runs do in a goroutine, unless finish was called.
func (g *routines) start(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.finished {
		g.running.Go(do)
	}
}

// finish prevents new goroutines and waits for the running ones.
func (g *routines) finish() {
	g.mu.Lock()
	g.finished = true
	g.mu.Unlock()
	g.running.Wait()
}

// maxRequests limits the requests that are handled concurrently.
const maxRequests = 4

// server is a session with a client.
type server struct {
	opt    Options
	conn   *jsonrpc2.Conn
	stream *stream

	connected chan struct{} // closed when conn is set, because the library reads before that
	stop      context.CancelFunc
	methods   map[string]method
	requests  routines      // running requests
	slots     chan struct{} // semaphore with maxRequests slots
	queue     queue         // work of the worker

	mu          sync.Mutex // guards the fields below
	initialized bool
	shutdown    bool
	client      capabilities
	encoding    encoding
	initial     settings // settings in the initialization options
	settings    settings
	byFolder    map[string]settings  // settings of workspace folders, for clients that have them
	wrong       []string             // errors in the initialization options
	folders     []string             // absolute paths of the workspace folders
	documents   map[string]*document // open documents, by absolute path
	projects    map[string]*project  // by absolute path of their root
	running     map[jsonrpc2.ID]context.CancelFunc
	tokens      int // number of progress reports so far

	pullsWorkspace bool              // the client has requested the diagnostics of the workspace
	pulling        map[string]int    // number of waiting requests for the diagnostics of a document, by absolute path
	pulled         map[string]string // result ids that the client has, by absolute path of an open document
}

func newServer(opt Options, stop context.CancelFunc) *server {
	s := &server{
		opt: opt, stop: stop, connected: make(chan struct{}), slots: make(chan struct{}, maxRequests), encoding: utf16Units,
		documents: map[string]*document{}, projects: map[string]*project{}, running: map[jsonrpc2.ID]context.CancelFunc{},
		pulling: map[string]int{}, pulled: map[string]string{},
	}
	s.queue.init()
	s.initial = s.standard()
	s.settings = s.initial
	s.methods = s.table()
	return s
}

// method handles a method of the protocol.
type method struct {
	do     func(ctx context.Context, params json.RawMessage) (any, error)
	before bool // allowed before initialize
	inLine bool // handle before reading the next message
	waits  bool // mostly waits, and needs no slot
}

// on returns a method for a function with parameters in a struct.
func on[P any](do func(ctx context.Context, p P) (any, error)) method {
	return method{do: func(ctx context.Context, raw json.RawMessage) (any, error) {
		var p P
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, &p); err != nil {
				return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
			}
		}
		return do(ctx, p)
	}}
}

// note returns a method for a notification.
func note[P any](do func(p P)) method {
	return on(func(_ context.Context, p P) (any, error) {
		do(p)
		return nil, nil //nolint:nilnil // notifications have no result
	})
}

// Error codes of the protocol, in addition to those of JSON-RPC.
const (
	codeNotInitialized  = -32002
	codeCancelled       = -32800
	codeContentModified = -32801
)

// Handle handles a message: notifications in order, requests concurrently.
func (s *server) Handle(ctx context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	<-s.connected
	m, err := s.lookup(req)
	var params json.RawMessage
	if req.Params != nil {
		params = *req.Params
	}
	if req.Notif {
		if err == nil {
			_, err = s.guarded(ctx, req.Method, m, params)
		}
		if err != nil && m.do != nil {
			s.log(fmt.Sprintf("%s: %v", req.Method, err))
		}
		return
	}
	answer := func(result any, err error) {
		if err != nil {
			_ = s.conn.ReplyWithError(ctx, req.ID, asError(ctx, err)) // fails only if the client is gone
			return
		}
		_ = s.conn.Reply(ctx, req.ID, result) // fails only if the client is gone
	}
	switch {
	case err != nil:
		s.requests.start(func() { answer(nil, err) })
	case m.inLine:
		result, err := s.guarded(ctx, req.Method, m, params)
		answer(result, err)
	default:
		ctx, done := s.begin(ctx, req.ID)
		s.requests.start(func() {
			defer done()
			answer(s.inSlot(ctx, req.Method, m, params))
		})
	}
}

// inSlot calls a method that needs a slot when there is a free one.
func (s *server) inSlot(ctx context.Context, name string, m method, params json.RawMessage) (any, error) {
	if !m.waits {
		select {
		case s.slots <- struct{}{}:
			defer func() { <-s.slots }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return s.guarded(ctx, name, m, params)
}

// lookup returns the method of a request, or an error if it is not allowed in this state.
func (s *server) lookup(req *jsonrpc2.Request) (method, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.methods[req.Method]
	switch {
	case !ok:
		return m, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("there is no method %.60q", req.Method)}
	case s.shutdown && req.Method != "exit":
		return m, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server has been shut down"}
	case !s.initialized && !m.before:
		return method{}, &jsonrpc2.Error{Code: codeNotInitialized, Message: "the server is not initialized"}
	}
	return m, nil
}

// begin returns a context that $/cancelRequest cancels.
func (s *server) begin(ctx context.Context, id jsonrpc2.ID) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[id] = cancel
	return ctx, func() {
		cancel()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.running, id)
	}
}

func (s *server) cancelRequest(p cancelParams) {
	var id jsonrpc2.ID
	if json.Unmarshal(p.ID, &id) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel, ok := s.running[id]; ok {
		cancel()
	}
}

// guarded calls a method and converts a panic to an error, so that the session continues.
func (s *server) guarded(ctx context.Context, name string, m method, params json.RawMessage) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			s.logPanic(name, cause)
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprintf("lintel failed with an internal error (%v); please report it", cause)}
		}
	}()
	return m.do(ctx, params)
}

func (s *server) logPanic(where string, cause any) {
	s.log(fmt.Sprintf("%s failed with an internal error (%v); please report it\n%s", where, cause, debug.Stack()))
}

// asError converts an error to one of the protocol.
func asError(ctx context.Context, err error) *jsonrpc2.Error {
	if rpc, ok := errors.AsType[*jsonrpc2.Error](err); ok {
		return rpc
	}
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return &jsonrpc2.Error{Code: codeCancelled, Message: "cancelled"}
	}
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
}

// notify sends a notification. It ignores errors, which mean that the client is gone.
func (s *server) notify(method string, params any) {
	_ = s.conn.Notify(context.Background(), method, params)
}

// Types of messages.
const (
	messageError = iota + 1
	messageWarning
	messageInfo
	messageLog
)

// log writes to the log of the client.
func (s *server) log(message string) {
	s.requests.start(func() { s.notify("window/logMessage", messageParams{Type: messageError, Message: message}) })
}
