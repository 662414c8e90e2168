package mcp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// checkInput are the arguments of check.
type checkInput struct {
	target
	Profile string   `json:"profile,omitempty" jsonschema:"default, strict or all; default: the configuration of the repository"`
	Rules   []string `json:"rules,omitempty" jsonschema:"ids of rules; only these run, whatever the profile"`
	Limit   int      `json:"limit,omitempty" jsonschema:"maximum number of findings to return, the worst first; default: 50"`
}

// defaultLimit is the number of findings that a result contains unless the caller sets another.
const defaultLimit = 50

// maxListed limits the other lists of a result.
const maxListed = 50

// checkOutput is the result of check.
type checkOutput struct {
	Complete   bool           `json:"complete" jsonschema:"false: something was not checked, see problems"`
	Findings   []foundOutput  `json:"findings" jsonschema:"the worst first"`
	LeftOut    int            `json:"left_out" jsonschema:"number of findings above the limit"`
	Severities map[string]int `json:"severities" jsonschema:"number of findings by severity"`
	Rules      []ruleOutput   `json:"rules" jsonschema:"the rules of findings"`
	unchecked
	Undetermined int      `json:"undetermined" jsonschema:"number of checks that depend on values that are unknown before deployment"`
	Suppressed   int      `json:"suppressed" jsonschema:"number of suppressed findings"`
	Notes        []string `json:"notes,omitempty"`
	Files        int      `json:"files" jsonschema:"number of checked files"`
	Functions    int      `json:"functions" jsonschema:"number of checked functions"`
}

type foundOutput struct {
	Rule        string   `json:"rule"`
	Severity    string   `json:"severity"`
	Message     string   `json:"message"`
	File        string   `json:"file"`
	Line        int      `json:"line" jsonschema:"from 1"`
	Column      int      `json:"column" jsonschema:"from 1, in bytes"`
	Resource    string   `json:"resource,omitempty"`
	Attribute   string   `json:"attribute,omitempty"`
	When        string   `json:"when,omitempty" jsonschema:"condition of the template under which it applies"`
	Also        []string `json:"also,omitempty" jsonschema:"other resources with the same cause"`
	Fingerprint string   `json:"fingerprint"`
}

type ruleOutput struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	HowToFix string `json:"how_to_fix"`
	Fix      string `json:"fix,omitempty" jsonschema:"edit that the tool fix can make"`
}

type placeOutput struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

func (s *server) check(ctx context.Context, req *sdk.CallToolRequest, in checkInput) (*sdk.CallToolResult, checkOutput, error) {
	out := checkOutput{Complete: true, Findings: []foundOutput{}, Severities: map[string]int{}, Rules: []ruleOutput{}, unchecked: nothingUnchecked()}
	overrides, err := in.overrides()
	if err != nil {
		return nil, out, err
	}
	ask, err := s.each(ctx, req, in.target, overrides, in.Rules, func(t tree, outcome *workspace.Outcome) error {
		mask := s.mask.learn(t.dir, outcome.Report.Hidden)
		out.add(t, outcome.Report.Shown(mask.Text))
		return nil
	})
	slices.SortStableFunc(out.Findings, func(a, b foundOutput) int { return cmp.Compare(severityOf(b.Severity), severityOf(a.Severity)) })
	if limit := cmp.Or(max(in.Limit, 0), defaultLimit); len(out.Findings) > limit {
		out.Findings, out.LeftOut = out.Findings[:limit], len(out.Findings)-limit
	}
	out.Rules = slices.DeleteFunc(out.Rules, func(r ruleOutput) bool {
		return !slices.ContainsFunc(out.Findings, func(f foundOutput) bool { return f.Rule == r.ID })
	})
	return ask, out, err
}

func severityOf(word string) finding.Severity {
	severity, _ := finding.ParseSeverity(word)
	return severity
}

// overrides converts the arguments to overrides of the configuration, except for the rules.
func (in checkInput) overrides() (o workspace.Overrides, err error) {
	if in.Profile == "" {
		return o, nil
	}
	o.Profile = finding.Profile(in.Profile)
	if !slices.Contains(finding.Profiles(), o.Profile) {
		return o, fmt.Errorf("there is no profile %q; it must be one of %v", in.Profile, finding.Profiles())
	}
	return o, nil
}

// each checks the target of a call in each root and passes the outcome to use. It returns a request to the client instead if
// it has to be asked for its roots.
func (s *server) each(ctx context.Context, req *sdk.CallToolRequest, t target, overrides workspace.Overrides, rules []string, use func(tree, *workspace.Outcome) error) (ask *sdk.CallToolResult, err error) {
	roots, ask := s.roots(req)
	if ask != nil {
		return ask, nil
	}
	leave, err := s.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	trees, err := t.open(roots)
	if err != nil {
		return nil, err
	}
	defer closeAll(trees)
	for _, one := range trees {
		outcome, err := s.run(ctx, one, overrides, rules)
		if err != nil {
			return nil, err
		}
		if err := use(one, outcome); err != nil {
			return nil, err
		}
	}
	return nil, nil //nolint:nilnil // no request to the client
}

// run checks the paths of a tree.
func (s *server) run(ctx context.Context, t tree, overrides workspace.Overrides, rules []string) (*workspace.Outcome, error) {
	plan, err := workspace.New().Plan(ctx, t.files, s.settings(t), workspace.Search{Paths: t.paths, Named: t.paths})
	if err != nil {
		return nil, err
	}
	for _, word := range rules {
		id, ok := finding.IDsOf(plan.Rules()).Resolve(word)
		if !ok {
			return nil, errNoRule(word)
		}
		overrides.Only = append(overrides.Only, id)
	}
	plan.Prepare(overrides, workspace.Change{})
	outcome, err := plan.Check(ctx, nil)
	if err == nil && outcome.Report.Units == 0 {
		nothingToCheck(t, &outcome.Report)
	}
	return outcome, err
}

func (s *server) settings(t tree) workspace.Settings {
	set := workspace.Settings{Rules: s.opt.Policies, Today: s.opt.Today(), Show: t.show, Watch: true}
	if s.opt.Tracked != nil && t.dir != "" {
		set.Tracked = func(ctx context.Context) (workspace.Tracked, error) { return s.opt.Tracked(ctx, t.dir) }
	}
	return set
}

// nothingToCheck adds a problem for each path of a call if nothing below any of them can be checked.
func nothingToCheck(t tree, found *finding.Report) {
	for _, p := range t.paths {
		if slices.ContainsFunc(found.Problems, func(known finding.Problem) bool { return known.Range.Path == p }) {
			continue
		}
		found.Problems = append(found.Problems, workspace.NothingToCheck(t.files, p))
	}
}

// add adds the masked report on a tree.
func (out *checkOutput) add(t tree, r finding.Report) {
	out.Complete = out.Complete && !r.Incomplete()
	out.Undetermined += r.Undetermined()
	out.Files += r.Templates
	out.Functions += r.Functions
	out.Notes = append(out.Notes, r.Notes...)
	for _, f := range r.Findings {
		if f.Suppressed != nil {
			out.Suppressed++
			continue
		}
		out.Severities[f.Severity.String()]++
		out.Findings = append(out.Findings, found(t, r, f))
		if !slices.ContainsFunc(out.Rules, func(known ruleOutput) bool { return known.ID == f.Rule }) {
			out.Rules = append(out.Rules, ruleOf(r.Rules, f.Rule))
		}
	}
	out.unchecked.add(t, r)
}

// unchecked lists what was not checked.
type unchecked struct {
	Problems []placeOutput `json:"problems" jsonschema:"what could not be checked"`
	Gaps     []placeOutput `json:"gaps" jsonschema:"parts of the deployment that lintel cannot see"`
}

func nothingUnchecked() unchecked {
	return unchecked{Problems: []placeOutput{}, Gaps: []placeOutput{}}
}

// add adds the problems and gaps of a masked report on a tree.
func (u *unchecked) add(t tree, r finding.Report) {
	for _, p := range r.Problems {
		u.Problems = append(u.Problems, place(t, r, p.Range, p.Message))
	}
	for _, g := range r.Gaps {
		u.Gaps = append(u.Gaps, place(t, r, g.Range, g.Message))
	}
	u.Problems, u.Gaps = shortened(u.Problems), shortened(u.Gaps)
}

// shortened limits a list. Its last entry counts the others.
func shortened(all []placeOutput) []placeOutput {
	if len(all) <= maxListed {
		return all
	}
	more := placeOutput{Message: fmt.Sprintf("%d more", len(all)-maxListed)}
	return append(all[:maxListed:maxListed], more)
}

func found(t tree, r finding.Report, f finding.Finding) foundOutput {
	at := place(t, r, f.Range, strings.Join(f.Facts(), "; "))
	out := foundOutput{
		Rule: f.Rule, Severity: f.Severity.String(), Message: at.Message, File: at.File, Line: at.Line, Column: 1,
		Resource: f.Resource, Attribute: f.Attribute, When: f.When.String(), Fingerprint: f.Fingerprint,
	}
	if file := r.Files[f.Range.Path]; file != nil {
		_, out.Column = file.Position(f.Range.Start)
	}
	for _, name := range f.Names() {
		if name != f.Resource {
			out.Also = append(out.Also, name)
		}
	}
	if more := len(out.Also) - maxListed; more > 0 {
		out.Also = append(out.Also[:maxListed:maxListed], fmt.Sprintf("%d more", more))
	}
	return out
}

func place(t tree, r finding.Report, at source.Range, message string) placeOutput {
	p := placeOutput{File: t.show(at.Path), Line: 1, Message: message}
	if r.ShownPath != nil {
		p.File = r.ShownPath(p.File)
	}
	if file := r.Files[at.Path]; file != nil {
		p.Line, _ = file.Position(at.Start)
	}
	return p
}

func ruleOf(rules []finding.Rule, id string) ruleOutput {
	i := slices.IndexFunc(rules, func(r finding.Rule) bool { return r.ID == id })
	if i < 0 {
		return ruleOutput{ID: id}
	}
	out := ruleOutput{ID: id, Title: rules[i].Title, HowToFix: rules[i].Remediation}
	if fix, err := finding.ParseFix(rules[i].Fix); err == nil {
		out.Fix = fix.Title
	}
	return out
}
