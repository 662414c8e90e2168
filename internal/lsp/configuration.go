package lsp

import (
	"encoding/json"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"

	"lintel/internal/boundary"
	"lintel/internal/finding"
)

// settings are the client settings.
type settings struct {
	profile        finding.Profile // empty: use the configuration
	config         string          // path of the configuration in the repository; empty: the default name
	debounce       time.Duration
	maxDiagnostics int
	inlayHints     bool
	wholeWorkspace bool     // check everything in the workspace folders, not only what belongs to documents
	showsMarkdown  bool     // the client shows the results of commands
	varFiles       []string // Terraform variable files, relative to the directory of the workspace
	folder         string   // absolute path of the one of `workspaceFolders` that has the settings; empty: the root of each tree
}

// Limits of settings.
const (
	defaultMaxDiagnostics = 200 // per file; more slow down editors
	maxDebounce           = 10 * time.Second
	maxVarFiles           = 100
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
		InlayHints     *bool   `json:"inlayHints"`
		WholeWorkspace *bool   `json:"wholeWorkspace"`
		ShowsMarkdown  *bool   `json:"showsMarkdown"`

		VarFiles *[]string `json:"varFiles"`
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
	if files := given.VarFiles; files != nil {
		wrong = append(wrong, s.files(*files)...)
	}
	s.inlayHints = or(given.InlayHints, s.inlayHints)
	s.wholeWorkspace = or(given.WholeWorkspace, s.wholeWorkspace)
	s.showsMarkdown = or(given.ShowsMarkdown, s.showsMarkdown)
	s.numbers(given.Debounce, given.MaxDiagnostics)
	return s, wrong
}

// files applies the variable files and returns what is invalid.
func (s *settings) files(names []string) (wrong []string) {
	s.varFiles = nil
	for _, name := range names {
		if len(s.varFiles) == maxVarFiles || !fs.ValidPath(name) {
			return []string{"lintel.varFiles has " + strconv.Quote(name) + "; it must have at most " + strconv.Itoa(maxVarFiles) + " paths in the workspace directory, such as env/prod.tfvars"}
		}
		s.varFiles = append(s.varFiles, name)
	}
	return nil
}

// or returns a value, or another one if it is missing.
func or(value *bool, otherwise bool) bool {
	if value == nil {
		return otherwise
	}
	return *value
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

// apply applies settings on top of the initial ones and checks everything again. byFolder are the settings of
// `workspaceFolders`.
func (s *server) apply(raw json.RawMessage, byFolder map[string]json.RawMessage) {
	s.mu.Lock()
	next, wrong := s.initial.read(raw)
	folders := map[string]settings{}
	for _, folder := range slices.Sorted(maps.Keys(byFolder)) {
		of, alsoWrong := s.initial.read(byFolder[folder])
		of.folder = folder
		folders[folder] = of
		wrong = append(wrong, alsoWrong...)
	}
	changed := !reflect.DeepEqual(next, s.settings) || !reflect.DeepEqual(folders, s.byFolder)
	s.settings, s.byFolder = next, folders
	var roots []string
	for root := range s.projects {
		roots = append(roots, root)
	}
	askHints := s.client.Workspace.InlayHint.RefreshSupport
	s.mu.Unlock()
	slices.Sort(wrong)
	for _, message := range slices.Compact(wrong) {
		s.notify("window/showMessage", messageParams{Type: messageWarning, Message: message})
	}
	if changed {
		slices.Sort(roots)
		for _, root := range roots {
			s.queue.everything(root)
		}
		if askHints {
			s.call("workspace/inlayHint/refresh", nil, nil)
		}
	}
	s.checkWhole()
}

// settingsOf returns the settings for a tree: those of the workspace folder that contains it, or of the first one in it. The
// caller holds s.mu.
func (s *server) settingsOf(root string) settings {
	best, found := s.settings, false
	for _, folder := range s.folders {
		of, ok := s.byFolder[folder]
		switch {
		case !ok:
		case boundary.Contains(folder, root) && (!found || len(folder) > len(best.folder)):
			best, found = of, true
		case !found && boundary.Contains(root, folder):
			best, found = of, true
		}
	}
	if best.folder == "" {
		best.folder = s.folderOf(root)
	}
	return best
}

// folderOf returns the first workspace folder that contains a tree or is in it; empty: none. The caller holds s.mu.
func (s *server) folderOf(root string) string {
	for _, folder := range s.folders {
		if boundary.Contains(root, folder) || boundary.Contains(folder, root) {
			return folder
		}
	}
	return ""
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
	s.apply(p.Settings.Lintel, nil)
}

// askForSettings requests the settings of the client, and those of each workspace folder.
func (s *server) askForSettings() {
	s.mu.Lock()
	folders := slices.Clone(s.folders)
	s.mu.Unlock()
	items := []any{map[string]any{"section": section}}
	for _, folder := range folders {
		items = append(items, map[string]any{"section": section, "scopeUri": uriOf(folder)})
	}
	s.call("workspace/configuration", map[string]any{"items": items}, func(answer json.RawMessage) {
		var values []json.RawMessage
		if json.Unmarshal(answer, &values) != nil || len(values) == 0 {
			return
		}
		byFolder := map[string]json.RawMessage{}
		for i, folder := range folders {
			if i+1 < len(values) {
				byFolder[folder] = values[i+1]
			}
		}
		s.apply(values[0], byFolder)
	})
}
