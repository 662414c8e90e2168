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
)

// Options are what the server is started with.
type Options struct {
	Policies *policy.Set
	Version  string
	Today    func() time.Time // the date that a check is made with
	Debounce time.Duration    // how long a change waits for the next one, unless the client asks for another time
	Log      func(string)     // takes what cannot be said to the client; nil: nobody
}

// ErrNoShutdown is the outcome of a session that ended without the client having said so.
var ErrNoShutdown = errors.New("the client left without shutdown")

// Serve answers a client until it leaves or ctx ends. The error is nil when the client has asked for
// shutdown before.
func Serve(ctx context.Context, rwc io.ReadWriteCloser, opt Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := newServer(opt, stop)
	s.conn = jsonrpc2.NewConn(ctx, newStream(rwc), s, jsonrpc2.SetLogger(quiet{}))
	close(s.connected)
	var working sync.WaitGroup
	working.Go(func() { s.work(ctx) })
	<-s.conn.DisconnectNotify()
	stop()
	working.Wait()
	s.requests.finish()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shutdown {
		return ErrNoShutdown
	}
	return nil
}

// quiet takes what the library would write to the error stream: that a client closed its end.
type quiet struct{}

func (quiet) Printf(string, ...any) {}

// routines are goroutines that end with the session.
type routines struct {
	mu       sync.Mutex
	finished bool
	running  sync.WaitGroup
}

// start calls do in a goroutine, unless the session is at its end.
func (g *routines) start(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.finished {
		g.running.Go(do)
	}
}

// finish waits for what runs; nothing more is started.
func (g *routines) finish() {
	g.mu.Lock()
	g.finished = true
	g.mu.Unlock()
	g.running.Wait()
}

// maxRequests is how many requests are answered at the same time.
const maxRequests = 4

// server is one session with a client.
type server struct {
	opt  Options
	conn *jsonrpc2.Conn

	connected chan struct{} // closed when conn is there: it reads before
	stop      context.CancelFunc
	methods   map[string]method
	requests  routines      // those that are being answered
	slots     chan struct{} // as many as may be answered at once
	queue     queue         // what the worker has to do

	mu          sync.Mutex // guards what follows
	initialized bool
	shutdown    bool
	client      capabilities
	encoding    encoding
	initial     settings // that came with the start
	settings    settings
	wrong       []string             // what is wrong with the settings that the client came with
	folders     []string             // absolute paths of the workspace folders
	documents   map[string]*document // what is open, by absolute path
	trees       map[string]*tree     // by the absolute path of their roots
	running     map[jsonrpc2.ID]context.CancelFunc
	tokens      int // progress reports so far
}

func newServer(opt Options, stop context.CancelFunc) *server {
	s := &server{
		opt: opt, stop: stop, connected: make(chan struct{}), slots: make(chan struct{}, maxRequests), encoding: utf16Units,
		documents: map[string]*document{}, trees: map[string]*tree{}, running: map[jsonrpc2.ID]context.CancelFunc{},
	}
	s.queue.init()
	s.initial = s.standard()
	s.settings = s.initial
	s.methods = s.table()
	return s
}

// method is what answers one method.
type method struct {
	do     func(ctx context.Context, params json.RawMessage) (any, error)
	before bool // allowed before initialize
	inLine bool // a request that is answered before the next message is read
}

// on makes a method of a function that takes its parameters as a struct.
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

// note makes a method of a function that handles a notification.
func note[P any](do func(p P)) method {
	return on(func(_ context.Context, p P) (any, error) {
		do(p)
		return nil, nil //nolint:nilnil // nobody waits for an answer
	})
}

// Error codes of the protocol that JSON-RPC does not have.
const (
	codeNotInitialized  = -32002
	codeCancelled       = -32800
	codeContentModified = -32801
)

// Handle takes a message: notifications in their order, requests each in a goroutine of its own.
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
			_ = s.conn.ReplyWithError(ctx, req.ID, asError(ctx, err)) // who is gone needs no answer
			return
		}
		_ = s.conn.Reply(ctx, req.ID, result) // the same
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
			select {
			case s.slots <- struct{}{}:
				defer func() { <-s.slots }()
			case <-ctx.Done():
				answer(nil, ctx.Err())
				return
			}
			answer(s.guarded(ctx, req.Method, m, params))
		})
	}
}

// lookup returns what answers a request, and an error where it may not be answered.
func (s *server) lookup(req *jsonrpc2.Request) (method, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.methods[req.Method]
	switch {
	case !ok:
		return m, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("there is no method %.60q", req.Method)}
	case s.shutdown && req.Method != "exit":
		return m, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is shut down"}
	case !s.initialized && !m.before:
		return method{}, &jsonrpc2.Error{Code: codeNotInitialized, Message: "the server waits for initialize"}
	}
	return m, nil
}

// begin makes a context for a request that $/cancelRequest ends.
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

// guarded calls a method. A panic in it is an error, and the session goes on.
func (s *server) guarded(ctx context.Context, name string, m method, params json.RawMessage) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			s.logPanic(name, cause)
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprintf("lintel failed on it (%v): please report this", cause)}
		}
	}()
	return m.do(ctx, params)
}

func (s *server) logPanic(where string, cause any) {
	s.log(fmt.Sprintf("%s failed (%v): please report this\n%s", where, cause, debug.Stack()))
}

// asError is an error as the client gets it.
func asError(ctx context.Context, err error) *jsonrpc2.Error {
	if rpc, ok := errors.AsType[*jsonrpc2.Error](err); ok {
		return rpc
	}
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return &jsonrpc2.Error{Code: codeCancelled, Message: "cancelled"}
	}
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
}

// notify sends a notification. A client that is gone needs none.
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

// log writes to the log that the client shows.
func (s *server) log(message string) {
	s.requests.start(func() { s.notify("window/logMessage", messageParams{Type: messageError, Message: message}) })
}
