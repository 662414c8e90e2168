package lsp

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"lintel/internal/finding"
)

// settings are the client settings.
type settings struct {
	profile        finding.Profile // empty: use the configuration
	config         string          // path of the configuration in the repository; empty: the default name
	debounce       time.Duration
	maxDiagnostics int
}

// Limits of settings.
const (
	defaultMaxDiagnostics = 200 // per file; more slow down editors
	maxDebounce           = 10 * time.Second
)

// section is the section of lintel in the client settings.
const section = "lintel"

// read applies the settings of a client and returns what is invalid. Missing and invalid settings keep their value in
// s.
func (s settings) read(raw json.RawMessage) (settings, []string) {
	var given struct {
		Profile        *string `json:"profile"`
		Config         *string `json:"config"`
		Debounce       *int    `json:"debounce"`
		MaxDiagnostics *int    `json:"maxDiagnostics"`
	}
	if len(raw) == 0 || string(raw) == "null" {
		return s, nil
	}
	if err := json.Unmarshal(raw, &given); err != nil {
		return s, []string{"the lintel settings cannot be parsed: " + err.Error()}
	}
	var wrong []string
	if p := given.Profile; p != nil {
		if *p == "" || slices.Contains(finding.Profiles(), finding.Profile(*p)) {
			s.profile = finding.Profile(*p)
		} else {
			wrong = append(wrong, "lintel.profile is "+strconv.Quote(*p)+"; it must be default, strict or all")
		}
	}
	if p := given.Config; p != nil {
		if *p == "" || fs.ValidPath(*p) {
			s.config = *p
		} else {
			wrong = append(wrong, "lintel.config is "+strconv.Quote(*p)+"; it must be a path in the repository, such as ci/lintel.yaml")
		}
	}
	s.numbers(given.Debounce, given.MaxDiagnostics)
	return s, wrong
}

// numbers applies numeric settings within their limits.
func (s *settings) numbers(debounce, maxDiagnostics *int) {
	if debounce != nil {
		s.debounce = min(max(time.Duration(*debounce)*time.Millisecond, 0), maxDebounce)
	}
	if maxDiagnostics != nil && *maxDiagnostics > 0 {
		s.maxDiagnostics = *maxDiagnostics
	}
}

// apply applies settings on top of the initial ones and checks everything again.
func (s *server) apply(raw json.RawMessage) {
	s.mu.Lock()
	next, wrong := s.initial.read(raw)
	changed := next != s.settings
	s.settings = next
	var roots []string
	for root := range s.projects {
		roots = append(roots, root)
	}
	s.mu.Unlock()
	for _, message := range wrong {
		s.notify("window/showMessage", messageParams{Type: messageWarning, Message: message})
	}
	if changed {
		slices.Sort(roots)
		for _, root := range roots {
			s.queue.everything(root)
		}
	}
}

// standard returns the default settings.
func (s *server) standard() settings {
	return settings{debounce: s.opt.Debounce, maxDiagnostics: defaultMaxDiagnostics}
}

// didChangeConfiguration applies the settings in the message, or requests them if the client supports it.
func (s *server) didChangeConfiguration(p didChangeConfigurationParams) {
	s.mu.Lock()
	ask := s.client.Workspace.Configuration
	s.mu.Unlock()
	if ask {
		s.askForSettings()
		return
	}
	s.apply(p.Settings.Lintel)
}

func (s *server) askForSettings() {
	s.call("workspace/configuration", map[string]any{"items": []any{map[string]any{"section": section}}}, func(answer json.RawMessage) {
		var items []json.RawMessage
		if json.Unmarshal(answer, &items) == nil && len(items) == 1 {
			s.apply(items[0])
		}
	})
}
