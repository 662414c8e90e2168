package mcp

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/access"
	"lintel/internal/deployment"
	"lintel/internal/explain"
	"lintel/internal/secrets"
	"lintel/internal/workspace"
	"lintel/policies"
)

// accessInput are the arguments of access.
type accessInput struct {
	target
	Function string `json:"function,omitempty" jsonschema:"logical ID or Terraform address of a function; default: all functions"`
}

// maxDescribed is how many functions a description contains.
const maxDescribed = 20

func (s *server) access(ctx context.Context, req *sdk.CallToolRequest, in accessInput) (*sdk.CallToolResult, any, error) {
	tables, err := access.ReadTables(policies.Compiled)
	if err != nil {
		return nil, nil, err
	}
	text := description{tables: tables}
	ask, err := s.each(ctx, req, in.target, workspace.Overrides{}, nil, func(t tree, outcome *workspace.Outcome) error {
		mask := s.mask.learn(t.dir, outcome.Report.Hidden)
		for _, u := range sorted(outcome.Units) {
			text.unit(ctx, t, outcome, u, in.Function)
		}
		left := nothingUnchecked()
		left.add(t, outcome.Report.Shown(mask.Text))
		for _, p := range left.Problems {
			text.problems = append(text.problems, fmt.Sprintf("- not checked: %s: %s", p.File, explain.Plain(p.Message)))
		}
		for _, g := range left.Gaps {
			text.gaps = append(text.gaps, fmt.Sprintf("- gap: %s: %s", g.File, explain.Plain(g.Message)))
		}
		return ctx.Err()
	})
	if ask != nil || err != nil {
		return ask, nil, err
	}
	if text.described == 0 && in.Function != "" {
		return nil, nil, fmt.Errorf("there is no function %q in what was checked; its functions are %s", in.Function, text.known())
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text.String()}}}, nil, nil
}

// sorted returns units in a fixed order.
func sorted(units map[deployment.Unit]*workspace.Unit) []deployment.Unit {
	return slices.SortedFunc(maps.Keys(units), deployment.Unit.Compare)
}

// description describes functions in Markdown.
type description struct {
	tables    *access.Tables
	parts     []string
	names     []string // functions that were not asked for
	problems  []string
	gaps      []string
	described int
	leftOut   int
}

// unit adds the functions of a unit; only that with an ID unless it is empty.
func (d *description) unit(ctx context.Context, t tree, outcome *workspace.Outcome, u deployment.Unit, id string) {
	var ids []string
	for _, fn := range outcome.Units[u].Functions {
		if id == "" || fn.ID == id {
			ids = append(ids, fn.ID)
		} else {
			d.names = append(d.names, fn.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	view := outcome.View(ctx, t.files, u)
	graph := access.Build(view.Stack, t.show(u.Root), access.Options{
		Reading: u.Reading(), Tables: d.tables, Files: view.Files, Show: t.show, Trusted: access.Trusted(view.Input),
	}).Shown(secrets.NewMask(view.Hidden).Text)
	for _, id := range ids {
		if d.described == maxDescribed {
			d.leftOut++
			continue
		}
		d.described++
		d.parts = append(d.parts, fmt.Sprintf("## %s in %s\n\n%s", explain.Code(id), explain.Code(graph.Path), graph.Markdown(id)))
	}
}

func (d *description) known() string {
	if len(d.names) == 0 {
		return "none"
	}
	if more := len(d.names) - maxDescribed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(d.names[:maxDescribed], ", "), more)
	}
	return strings.Join(d.names, ", ")
}

func (d *description) String() string {
	parts := d.parts
	if d.described == 0 {
		parts = append(parts, "There is no function in what was checked.\n")
	}
	if d.leftOut > 0 {
		parts = append(parts, fmt.Sprintf("%d more functions; pass function or paths to see them.\n", d.leftOut))
	}
	if len(d.problems) > 0 {
		parts = append(parts, "## Problems\n\n"+strings.Join(d.problems, "\n")+"\n")
	}
	if len(d.gaps) > 0 {
		parts = append(parts, "## Gaps\n\n"+strings.Join(d.gaps, "\n")+"\n")
	}
	return strings.Join(parts, "\n")
}
