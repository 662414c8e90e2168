package mcp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/suppress"
	"lintel/internal/workspace"
)

// explainInput are the arguments of explain.
type explainInput struct {
	Rule string `json:"rule" jsonschema:"id of a rule, or of an equivalent check of another tool, such as CKV_AWS_258"`
}

// rulesInput are the arguments of rules.
type rulesInput struct {
	Profile  string `json:"profile,omitempty" jsonschema:"default, strict or all; default: all"`
	Category string `json:"category,omitempty" jsonschema:"list only the rules of this category, such as identity or secrets"`
	Search   string `json:"search,omitempty" jsonschema:"list only the rules that contain this text in id, title or description"`
}

func errNoRule(word string) error {
	return fmt.Errorf("there is no rule %q; the tool rules lists them", word)
}

func (s *server) explain(ctx context.Context, req *sdk.CallToolRequest, in explainInput) (*sdk.CallToolResult, any, error) {
	all, ask, err := s.known(ctx, req)
	if ask != nil || err != nil {
		return ask, nil, err
	}
	page, err := pageOf(all, in.Rule)
	if err != nil {
		return nil, nil, err
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: page}}}, nil, nil
}

// pageOf returns the pages of the rules with an id, an alias or an equivalent check.
func pageOf(all []finding.Rule, word string) (string, error) {
	id, _ := finding.IDsOf(all).Resolve(word)
	var pages []string
	for _, r := range all {
		isPeer := slices.ContainsFunc(r.Peers, func(peer string) bool { return slices.Contains(strings.Fields(peer), word) })
		if r.ID == id || id == "" && isPeer {
			pages = append(pages, report.RulePage(r, all))
		}
	}
	if len(pages) == 0 {
		return "", errNoRule(word)
	}
	return strings.Join(pages, "\n"), nil
}

func (s *server) rules(ctx context.Context, req *sdk.CallToolRequest, in rulesInput) (*sdk.CallToolResult, any, error) {
	profile := finding.All
	if in.Profile != "" {
		profile = finding.Profile(in.Profile)
	}
	if !slices.Contains(finding.Profiles(), profile) {
		return nil, nil, fmt.Errorf("there is no profile %q; it must be one of %v", in.Profile, finding.Profiles())
	}
	all, ask, err := s.known(ctx, req)
	if ask != nil || err != nil {
		return ask, nil, err
	}
	listed := slices.DeleteFunc(slices.Clone(all), func(r finding.Rule) bool {
		return !profile.Includes(r.Profile) || in.Category != "" && r.Category != in.Category ||
			!strings.Contains(strings.ToLower(r.ID+"\n"+r.Title+"\n"+r.Description), strings.ToLower(in.Search))
	})
	text, err := table(listed)
	if err != nil {
		return nil, nil, err
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}}, nil, nil
}

func table(rules []finding.Rule) (string, error) {
	if len(rules) == 0 {
		return "no rule matches\n", nil
	}
	var text strings.Builder
	err := report.WriteRules(&text, report.Text, rules)
	return text.String(), err
}

// builtin returns the built-in rules and those about suppressions and changes of access, sorted by id.
func (s *server) builtin() []finding.Rule {
	return byID(slices.Concat(s.opt.Policies.Rules(), suppress.Rules(), finding.AccessRules()))
}

// known returns all rules, with the custom rules that the configurations in the roots name.
func (s *server) known(ctx context.Context, req *sdk.CallToolRequest) ([]finding.Rule, *sdk.CallToolResult, error) {
	roots, ask := s.roots(req)
	if ask != nil {
		return nil, ask, nil
	}
	leave, err := s.alone(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer leave()
	all := s.builtin()
	for _, root := range roots {
		t, err := openRoot(root, []string{"."}, len(roots) > 1)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range workspace.New().RulesAt(ctx, t.files, s.settings(t), t.paths).All() {
			if !slices.ContainsFunc(all, func(known finding.Rule) bool { return known.ID == r.ID }) {
				all = append(all, r)
			}
		}
		t.close()
	}
	return byID(all), nil, nil
}

func byID(rules []finding.Rule) []finding.Rule {
	slices.SortFunc(rules, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// Addresses of resources.
const (
	rulesURI   = "lintel://rules"
	ruleURI    = "lintel://rules/"
	markdown   = "text/markdown"
	plainText  = "text/plain"
	ruleNames  = "{id}"
	rulesTitle = "Rules of lintel"
)

// addResources adds the list of rules and a page for each.
func (s *server) addResources(protocol *sdk.Server) {
	protocol.AddResource(
		&sdk.Resource{URI: rulesURI, Name: "rules", Title: rulesTitle, Description: "All built-in rules with severity, profile and title.", MIMEType: plainText},
		func(context.Context, *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
			text, err := table(s.builtin())
			return contents(rulesURI, plainText, text), err
		})
	protocol.AddResourceTemplate(
		&sdk.ResourceTemplate{URITemplate: ruleURI + ruleNames, Name: "rule", Title: "Documentation of a rule", Description: "What a built-in rule flags, why, and how to fix it.", MIMEType: markdown},
		func(_ context.Context, req *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
			page, err := pageOf(s.builtin(), strings.TrimPrefix(req.Params.URI, ruleURI))
			if err != nil {
				return nil, sdk.ResourceNotFoundError(req.Params.URI)
			}
			return contents(req.Params.URI, markdown, page), nil
		})
}

func contents(uri, kind, text string) *sdk.ReadResourceResult {
	return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: uri, MIMEType: kind, Text: text}}}
}
