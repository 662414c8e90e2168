package lsp

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// settings are what the client may set.
type settings struct {
	profile        finding.Profile // empty: that of the configuration
	config         string          // path of the configuration within the repository; empty: its usual name
	debounce       time.Duration
	maxDiagnostics int
}

// Bounds of settings.
const (
	defaultMaxDiagnostics = 200 // of one file: more make editors slow
	maxDebounce           = 10 * time.Second
)

// section is the name of the settings of lintel among those of the client.
const section = "lintel"

// read takes the settings that a client has given, and returns what is wrong with them. What is not
// set, or not right, stays as it is in s.
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
		return s, []string{"the settings of lintel cannot be read: " + err.Error()}
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
			wrong = append(wrong, "lintel.config is "+strconv.Quote(*p)+"; it must be a path within the repository, like ci/lintel.yaml")
		}
	}
	s.numbers(given.Debounce, given.MaxDiagnostics)
	return s, wrong
}

// numbers takes settings that are numbers, as far as they are sensible.
func (s *settings) numbers(debounce, maxDiagnostics *int) {
	if debounce != nil {
		s.debounce = min(max(time.Duration(*debounce)*time.Millisecond, 0), maxDebounce)
	}
	if maxDiagnostics != nil && *maxDiagnostics > 0 {
		s.maxDiagnostics = *maxDiagnostics
	}
}

// apply makes settings count, on top of those that came with the start: everything is checked again.
func (s *server) apply(raw json.RawMessage) {
	s.mu.Lock()
	next, wrong := s.initial.read(raw)
	changed := next != s.settings
	s.settings = next
	var roots []string
	for root := range s.trees {
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

// standard are the settings of a client that sets nothing.
func (s *server) standard() settings {
	return settings{debounce: s.opt.Debounce, maxDiagnostics: defaultMaxDiagnostics}
}

// didChangeConfiguration takes the settings that come with it, or asks for them where the client
// wants to be asked.
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

// configOf returns the path of the configuration of a unit: the one that the client has set, or the
// nearest above the unit. It is empty when there is none.
func (s snapshot) configOf(files fs.FS, u deployment.Unit) string {
	if s.settings.config != "" {
		return s.settings.config
	}
	return config.Find(files, []string{u.Root})
}

// configuration reads a configuration. One that is broken is a problem, and the last of its name that was not
// counts.
func configuration(snap snapshot, files fs.FS, name string, rules ruleSet) (conf config.Config, text string, broken []finding.Problem) {
	if name == "" {
		return config.Config{}, "", nil
	}
	content, _ := source.ReadFile(files, name) // Load says why not
	conf, err := config.Load(files, name, name, finding.IDsOf(rules.all()))
	if err != nil {
		return snap.tree.confs[name], string(content), []finding.Problem{configProblem(name, content, err)}
	}
	snap.tree.confs[name] = conf
	return conf, string(content), nil
}

// otherConfigs are problems of configurations that are open and that no unit has.
func (s *server) otherConfigs(ctx context.Context, snap snapshot, files fs.FS, read map[string]bool) (broken []finding.Problem) {
	for _, name := range slices.Sorted(maps.Keys(snap.open)) {
		if path.Base(name) == config.Name && !read[name] {
			_, _, problems := configuration(snap, files, name, s.rulesOf(ctx, snap.tree, files, name))
			broken = append(broken, problems...)
		}
	}
	return broken
}

// inConfig is an error of a configuration behind its name: that of its words or that of its YAML.
var inConfig = regexp.MustCompile(`(?s)^:(?: line )?(\d+): (.*)$`)

// configProblem is what is wrong with a configuration, on its line where the error names one.
func configProblem(name string, content []byte, err error) finding.Problem {
	text := strings.TrimPrefix(err.Error(), name)
	p := finding.Problem{Message: strings.TrimPrefix(text, ": ")}
	p.Range.Path = name
	if m := inConfig.FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1]) // digits
		file := source.NewFile(name, content)
		p.Range.Start = file.OffsetRunes(line, 1)
		p.Range.End = p.Range.Start + len(file.Line(line))
		p.Message = m[2]
	}
	return p
}
