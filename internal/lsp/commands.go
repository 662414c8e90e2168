package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"lintel/internal/access"
	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/explain"
	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/secrets"
	"lintel/internal/suppress"
	"lintel/internal/workspace"
	"lintel/policies"
)

// The server commands. The results of the first two are Markdown.
const (
	accessCommand  = "lintel.access"      // arguments: the URI of a document, a unit, a function
	explainCommand = "lintel.explainRule" // argument: the id of a rule
	rulesCommand   = "lintel.rules"       // no arguments
)

func serverCommands() []string { return []string{accessCommand, explainCommand, rulesCommand} }

type executeCommandParams struct {
	Command   string            `json:"command"`
	Arguments []json.RawMessage `json:"arguments"`
}

// executeCommand runs a command and returns its result. A client that does not show results gets the text as a message, too.
func (s *server) executeCommand(ctx context.Context, p executeCommandParams) (any, error) {
	var text string
	var err error
	switch p.Command {
	case accessCommand:
		text, err = s.access(ctx, p.Arguments)
	case explainCommand:
		text, err = s.explainRule(p.Arguments)
	case rulesCommand:
		return s.ruleNames(), nil
	default:
		err = invalid("there is no command %.60q", p.Command)
	}
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	shows := s.settings.showsMarkdown
	s.mu.Unlock()
	if !shows {
		s.notify("window/showMessage", messageParams{Type: messageInfo, Message: withoutMarkup(text)})
	}
	return text, nil
}

// invalid returns the error for invalid parameters.
func invalid(format string, args ...any) error {
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf(format, args...)}
}

// texts decodes the arguments of a command into strings.
func texts(arguments []json.RawMessage, into ...*string) error {
	if len(arguments) != len(into) {
		return invalid("the command has %d arguments; it requires %d", len(arguments), len(into))
	}
	for i := range into {
		if err := json.Unmarshal(arguments[i], into[i]); err != nil {
			return invalid("argument %d: %v", i+1, err)
		}
	}
	return nil
}

// access describes the findings about a function, who can invoke it and what its role allows.
func (s *server) access(ctx context.Context, arguments []json.RawMessage) (string, error) {
	var uri, root, id string
	if err := texts(arguments, &uri, &root, &id); err != nil {
		return "", err
	}
	q, ok := s.about(documentURI(uri))
	if !ok {
		return "", invalid("the document is not open")
	}
	units := q.units()
	i := slices.IndexFunc(units, func(u deployment.Unit) bool { return u.Root == root })
	if i < 0 {
		return "", invalid("the document does not belong to the unit %.200q", root)
	}
	var parts []string
	for _, one := range q.samePlace(units[i], id) {
		v := q.look(ctx, one.unit)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		described, err := accessOf(v, one.id)
		if err != nil {
			return "", &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		}
		parts = append(parts, fmt.Sprintf("# %s\n\n%s\n%s", explain.Code(one.id), described, q.findingsOf(one.unit, one.id)))
	}
	return strings.Join(parts, "\n"), nil
}

// instance is a function of a unit.
type instance struct {
	unit deployment.Unit
	id   string
}

// maxInstances limits the functions that a text describes.
const maxInstances = 5

// samePlace returns a function and the others that the same text declares: in other units, and through other module calls.
func (q question) samePlace(u deployment.Unit, id string) []instance {
	all := []instance{{u, id}}
	functions := q.latest.Units[u].Functions
	i := slices.IndexFunc(functions, func(fn workspace.Function) bool { return fn.ID == id })
	if i < 0 {
		return all
	}
	for _, other := range q.units() {
		for _, fn := range q.latest.Units[other].Functions {
			if one := (instance{other, fn.ID}); fn.At == functions[i].At && one != all[0] && len(all) < maxInstances {
				all = append(all, one)
			}
		}
	}
	return all
}

// accessOf describes a function in Markdown.
func accessOf(v check.View, id string) (string, error) {
	tables, err := access.ReadTables(policies.Compiled)
	if err != nil {
		return "", err
	}
	unit := access.Build(v.Stack, v.Unit.Root, access.Options{
		Tables: tables, Files: v.Files, Show: func(path string) string { return path }, Trusted: access.Trusted(v.Input),
	})
	return unit.Shown(secrets.NewMask(v.Hidden).Text).Markdown(id), nil
}

// findingsOf lists in Markdown the findings about a function.
func (q question) findingsOf(u deployment.Unit, id string) string {
	var out strings.Builder
	out.WriteString("### Findings\n\n")
	n := 0
	for _, fn := range q.latest.Units[u].Functions {
		if fn.ID != id {
			continue
		}
		for _, f := range q.findings(u.Root, fn) {
			fmt.Fprintf(&out, "- %s: %s (%s)\n", f.Severity, explain.Plain(f.Message), explain.Code(f.Rule))
			n++
		}
	}
	if n == 0 {
		out.WriteString("- none\n")
	}
	return out.String()
}

// explainRule returns the page of a rule.
func (s *server) explainRule(arguments []json.RawMessage) (string, error) {
	var name string
	if err := texts(arguments, &name); err != nil {
		return "", err
	}
	all := s.allRules()
	id, ok := finding.IDsOf(all).Resolve(name)
	if !ok {
		return "", invalid("there is no rule %.100q", name)
	}
	i := slices.IndexFunc(all, func(r finding.Rule) bool { return r.ID == id })
	return report.RulePage(all[i], all), nil
}

// namedRule identifies a rule in a list of all rules.
type namedRule struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Profile  string `json:"profile"`
}

// ruleNames returns all rules, sorted by id.
func (s *server) ruleNames() []namedRule {
	names := []namedRule{}
	for _, r := range s.allRules() {
		names = append(names, namedRule{r.ID, r.Title, r.Severity.String(), string(r.Profile)})
	}
	slices.SortFunc(names, func(a, b namedRule) int { return strings.Compare(a.ID, b.ID) })
	return names
}

// allRules returns the built-in rules and the custom rules of all projects.
func (s *server) allRules() []finding.Rule {
	all := append(s.opt.Policies.Rules(), suppress.Rules()...)
	known := map[string]bool{}
	for _, r := range all {
		known[r.ID] = true
	}
	for _, latest := range s.outcomes() {
		for _, r := range latest.Report.Rules {
			if !known[r.ID] {
				known[r.ID] = true
				all = append(all, r)
			}
		}
	}
	return all
}

// withoutMarkup removes the Markdown of a text of lintel, for windows that show plain text.
func withoutMarkup(text string) string {
	text = bars.ReplaceAllStringFunc(text, func(row string) string {
		return strings.ReplaceAll(strings.Trim(row, "| "), " | ", ", ")
	})
	text = links.ReplaceAllString(text, "$1: $2")
	return strings.TrimSpace(marks.ReplaceAllString(text, "$1"))
}

// The Markdown that texts of lintel use.
var (
	marks = regexp.MustCompile("(?m)\\\\(.)|\\*\\*|`|^#+ |^-+(?:, -+)*\\n") // escapes, bold, code, titles, the line below a table header
	links = regexp.MustCompile(`\[([^\]\n]*)\]\(([^)\n]*)\)`)
	bars  = regexp.MustCompile(`(?m)^\|.*\|$`) // table rows
)
