package lsp

import (
	"encoding/json"
	"strconv"
	"sync"
)

// manyUnits is the number of units from which a check reports its progress.
const manyUnits = 10

// progress reports the progress of a check. The check does not wait for the client to accept it.
type progress struct {
	s     *server
	token string
	title string

	mu    sync.Mutex
	begun bool
	ended bool
}

// startProgress starts a progress report, or returns nil, which reports nothing, if the client does not support it.
func (s *server) startProgress(snap snapshot, title string) *progress {
	if !snap.client.Window.WorkDoneProgress {
		return nil
	}
	s.mu.Lock()
	s.tokens++
	p := &progress{s: s, token: "lintel-" + strconv.Itoa(s.tokens), title: title}
	s.mu.Unlock()
	s.call("window/workDoneProgress/create", map[string]any{"token": p.token}, func(json.RawMessage) { p.begin() })
	return p
}

func (p *progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.begun = true
		p.say(map[string]any{"kind": "begin", "title": p.title, "percentage": 0})
	}
}

// report sends the number of checked units.
func (p *progress) report(done, total int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun && !p.ended && total > 0 {
		p.say(map[string]any{
			"kind": "report", "message": strconv.Itoa(done) + " of " + strconv.Itoa(total), "percentage": 100 * done / total,
		})
	}
}

func (p *progress) end() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.begun {
		p.say(map[string]any{"kind": "end"})
	}
}

func (p *progress) say(value map[string]any) {
	p.s.notify("$/progress", map[string]any{"token": p.token, "value": value})
}
