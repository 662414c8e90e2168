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
	"lintel/internal/secrets"
	"lintel/policies"
)

type executeCommandParams struct {
	Command   string            `json:"command"`
	Arguments []json.RawMessage `json:"arguments"`
}

// executeCommand runs the command of a code lens. It returns the text and also shows it as a message, because most
// clients ignore the result.
func (s *server) executeCommand(ctx context.Context, p executeCommandParams) (any, error) {
	if p.Command != explainFindings && p.Command != explainAccess {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf("there is no command %.60q", p.Command)}
	}
	var args [3]string // URI, unit, function
	if len(p.Arguments) != len(args) {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the command requires the URI of a document, a unit and a function"}
	}
	for i := range args {
		if err := json.Unmarshal(p.Arguments[i], &args[i]); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
	}
	q, ok := s.about(documentURI(args[0]))
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the document is not open"}
	}
	units := q.units()
	i := slices.IndexFunc(units, func(u deployment.Unit) bool { return u.Root == args[1] })
	if i < 0 {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf("the document does not belong to the unit %.200q", args[1])}
	}
	text := ""
	if p.Command == explainAccess {
		v := q.look(ctx, units[i])
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var err error
		if text, err = accessOf(v, args[2]); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		}
	} else {
		text = q.findingsOf(units[i], args[2])
	}
	s.notify("window/showMessage", messageParams{Type: messageInfo, Message: withoutMarkup(text)})
	return text, nil
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
	fmt.Fprintf(&out, "### Findings about %s\n\n", explain.Code(id))
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
