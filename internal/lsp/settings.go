package lsp

import (
	"encoding/json"
	"time"
)

// settings are what the client may set.
type settings struct {
	debounce       time.Duration
	maxDiagnostics int
}

const defaultMaxDiagnostics = 200

func (s *settings) read(raw json.RawMessage) {}
