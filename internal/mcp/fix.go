package mcp

import (
	"context"
	"maps"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/workspace"
)

// fixInput are the arguments of fix.
type fixInput struct {
	target
	Rules        []string `json:"rules,omitempty" jsonschema:"ids of rules; fix only their findings"`
	Fingerprints []string `json:"fingerprints,omitempty" jsonschema:"fingerprints of findings; fix only these"`
	Unsafe       bool     `json:"unsafe,omitempty" jsonschema:"also make edits that can stop something from working; not_fixed tells the risk of each"`
}

// fixOutput is the result of fix.
type fixOutput struct {
	Diff     string        `json:"diff" jsonschema:"unified diff; empty: no fix"`
	Masked   bool          `json:"masked" jsonschema:"the diff contains asterisks in place of secrets and must not be applied; run lintel check --fix instead"`
	Fixed    []fixedOutput `json:"fixed"`
	NotFixed []fixedOutput `json:"not_fixed" jsonschema:"findings that remain, with the reason"`
	LeftOut  int           `json:"left_out" jsonschema:"number of further entries of not_fixed"`
	unchecked
}

type fixedOutput struct {
	Rule   string `json:"rule"`
	File   string `json:"file"`
	Line   int    `json:"line" jsonschema:"before the edits"`
	Title  string `json:"title,omitempty" jsonschema:"the edit"`
	Reason string `json:"reason,omitempty"`
	Unsafe bool   `json:"unsafe,omitempty" jsonschema:"the argument unsafe applies the fix; reason is the risk"`
}

func (s *server) fix(ctx context.Context, req *sdk.CallToolRequest, in fixInput) (*sdk.CallToolResult, fixOutput, error) {
	out := fixOutput{Fixed: []fixedOutput{}, NotFixed: []fixedOutput{}, unchecked: nothingUnchecked()}
	ask, err := s.each(ctx, req, in.target, workspace.Overrides{}, in.Rules, func(t tree, outcome *workspace.Outcome) error {
		isWanted := func(f finding.Finding) bool {
			return f.Suppressed == nil && (len(in.Fingerprints) == 0 || slices.Contains(in.Fingerprints, f.Fingerprint))
		}
		result, err := fix.Apply(ctx, t.files, outcome.Report, fix.Options{Unsafe: in.Unsafe, Wanted: isWanted}, outcome.Recheck)
		if err != nil {
			return err
		}
		mask := s.mask.learn(t.dir, outcome.Report.Hidden)
		out.add(t, outcome.Report, result, isWanted, mask.Text)
		return nil
	})
	if more := len(out.NotFixed) - maxListed; more > 0 {
		out.NotFixed, out.LeftOut = out.NotFixed[:maxListed], more
	}
	return ask, out, err
}

// add adds the edits of a tree, with masked texts.
func (out *fixOutput) add(t tree, r finding.Report, result fix.Result, isWanted func(finding.Finding) bool, mask func(string) string) {
	var edits strings.Builder
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		edits.WriteString(diff.Unified(t.show(name), result.Before[name], result.Files[name]))
	}
	masked := mask(edits.String())
	out.Diff += masked
	out.Masked = out.Masked || masked != edits.String()
	r = r.Shown(mask)
	out.unchecked.add(t, r)
	for _, f := range result.Fixed {
		out.Fixed = append(out.Fixed, fixedAt(t, r, f.Finding, fixedOutput{Title: mask(f.Title)}))
	}
	for _, w := range result.Withheld {
		if isWanted(w.Finding) {
			out.NotFixed = append(out.NotFixed, fixedAt(t, r, w.Finding, fixedOutput{Reason: mask(w.Reason), Unsafe: w.Unsafe}))
		}
	}
}

func fixedAt(t tree, r finding.Report, f finding.Finding, out fixedOutput) fixedOutput {
	at := place(t, r, f.Range, "")
	out.Rule, out.File, out.Line = f.Rule, at.File, at.Line
	return out
}
