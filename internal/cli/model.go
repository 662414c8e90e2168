package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

func (a *app) modelCommand() *cobra.Command {
	var flags treeFlags
	var custom policyFlags
	cmd := &cobra.Command{
		Use:   "model [PATH...]",
		Short: "Print the model of each unit, the input of the rules, as JSON",
		Long: `Model prints a JSON array with one object per unit: its path, the policy input, the location of each
node of the input (the node with "at": 7 is at places[7]), and the problems. Secret and sensitive
values are masked. Objects are printed as soon as their unit is read.

Exit code 0: everything was read. 2: there are problems, or no units.`,
		Example: `  lintel model template.yaml
  lintel model infra | opa eval --bundle lintel-bundle.tar.gz --stdin-input data.lintel.findings`,
		RunE: func(cmd *cobra.Command, paths []string) error { return a.model(cmd, flags, custom, paths) },
	}
	flags.register(cmd)
	custom.register(cmd)
	return cmd
}

func (a *app) model(cmd *cobra.Command, flags treeFlags, custom policyFlags, paths []string) error {
	a.memory.watch(a.errs, nil)
	in, err := flags.input(paths)
	if err != nil {
		return err
	}
	if err := custom.settings(in, false); err != nil {
		return err
	}
	in.search.Tests = true // authors of rules inspect their test templates
	plan, err := in.plan(cmd.Context())
	if err != nil {
		return err
	}
	a.memory.watch(a.errs, plan.Suspect)
	plan.Prepare(workspace.Overrides{}, workspace.Change{})
	out := modelWriter{mask: secrets.NewMask(nil).Remembering(), out: bufio.NewWriter(a.raw), show: in.where.show}
	err = plan.Views(cmd.Context(), out.search, out.view)
	if cmd.Context().Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	if out.problems > 0 || out.units == 0 && len(paths) > 0 {
		a.exit = ExitIncomplete
	}
	return out.end()
}

// modelWriter writes a JSON array, one element at a time.
type modelWriter struct {
	out             *bufio.Writer
	mask            func(text string) string // masks the secrets of the unit
	show            func(path string) string
	units, problems int
	written         int

	when  source.When // condition of the last place
	shown string      // its text: the places of a resource follow each other
}

// The parts of an element. Paths are relative to the working directory; lines and columns count from 1.
type (
	modelPlace struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Column    int    `json:"column"`
		EndLine   int    `json:"end_line"`
		EndColumn int    `json:"end_column"`
		Resource  string `json:"resource"`
		Attribute string `json:"attribute,omitempty"`
		When      string `json:"when,omitempty"`
		Construct string `json:"construct,omitempty"`
		Framework bool   `json:"framework,omitempty"`
		Cause     string `json:"cause,omitempty"` // reason why the value is unknown

		Use *modelUse `json:"use,omitempty"` // where the value is used, if it is written elsewhere
	}
	modelUse struct {
		File   string `json:"file"`
		Line   int    `json:"line"`
		Column int    `json:"column"`
	}
	modelProblem struct {
		File    string           `json:"file"`
		Line    int              `json:"line"`
		Cause   finding.GapCause `json:"cause,omitempty"` // of a gap
		Message string           `json:"message"`
	}
)

// search writes the problems and gaps of the search for units: elements without a unit.
func (w *modelWriter) search(problems []finding.Problem, gaps []finding.Gap) error {
	for _, g := range gaps {
		unit := w.show(g.Range.Path)
		if err := w.element(unit, model.Object{}, nil, nil, []modelProblem{{File: unit, Line: 1, Cause: g.Cause, Message: g.Message}}); err != nil {
			return err
		}
	}
	for _, p := range problems {
		w.problems++
		unit := w.show(p.Range.Path)
		if err := w.element(unit, model.Object{}, nil, []modelProblem{{File: unit, Line: 1, Message: p.Message}}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *modelWriter) view(v check.View) error {
	w.units++
	w.mask, w.when, w.shown = secrets.NewMask(v.Hidden).Remembering(), source.When{}, ""
	w.problems += len(v.Problems)
	places := make([]modelPlace, v.Index.Len())
	for i, node := range v.Index.All() {
		places[i] = w.place(node, v.Files)
	}
	problems := make([]modelProblem, len(v.Problems))
	for i, p := range v.Problems {
		problems[i] = modelProblem{File: w.show(p.Range.Path), Line: 1, Message: p.Message}
		if file := v.Files[p.Range.Path]; file != nil {
			problems[i].Line, _ = file.Position(p.Range.Start)
		}
	}
	gaps := make([]modelProblem, len(v.Gaps))
	for i, g := range v.Gaps {
		gaps[i] = modelProblem{File: w.show(g.Range.Path), Line: 1, Cause: g.Cause, Message: g.Message}
		if file := v.Files[g.Range.Path]; file != nil {
			gaps[i].Line, _ = file.Position(g.Range.Start)
		}
	}
	name := w.show(v.Unit.Root)
	if reading := v.Unit.Reading(); reading != "" {
		name += " (" + reading + ")"
	}
	return w.element(name, v.Input, places, problems, gaps)
}

func (w *modelWriter) place(node model.Node, files source.Files) modelPlace {
	at := node.AtWritten() // the place of a finding
	p := modelPlace{
		File: w.mask(w.show(at.Range.Path)), Line: 1, Column: 1, EndLine: 1, EndColumn: 1,
		Resource: w.mask(node.Resource), Attribute: w.mask(node.Attribute), When: w.condition(node.When),
		Construct: w.mask(node.Construct), Framework: node.Framework, Cause: w.mask(node.Cause),
	}
	if file := files[at.Range.Path]; file != nil {
		p.Line, p.Column = file.Position(at.Range.Start)
		p.EndLine, p.EndColumn = file.Position(at.Range.End)
	}
	if file := files[node.Range.Path]; file != nil && node.Range != at.Range {
		p.Use = &modelUse{File: w.mask(w.show(node.Range.Path))}
		p.Use.Line, p.Use.Column = file.Position(node.Range.Start)
	}
	return p
}

// condition returns a condition as text.
func (w *modelWriter) condition(when source.When) string {
	if !when.Same(w.when) {
		w.when, w.shown = when, when.Shown(w.mask).String()
	}
	return w.shown
}

// element writes one element of the array and flushes it. The places take a line each.
func (w *modelWriter) element(unit string, input model.Object, places []modelPlace, problems, gaps []modelProblem) error {
	separator := ",\n"
	if w.written == 0 {
		separator = "[\n"
	}
	w.written++
	var text bytes.Buffer
	text.WriteString(separator + `{"unit": `)
	encodeJSON(&text, w.mask(unit), "")
	text.WriteString(",\n" + ` "input": `)
	encodeJSON(&text, input.Shown(w.mask).Map(), " ")
	text.WriteString(",\n" + ` "places": `)
	encodeLines(&text, places)
	text.WriteString(",\n" + ` "problems": `)
	encodeLines(&text, w.masked(problems))
	text.WriteString(",\n" + ` "gaps": `)
	encodeLines(&text, w.masked(gaps))
	text.WriteString("}")
	if _, err := w.out.Write(text.Bytes()); err != nil {
		return err
	}
	return w.out.Flush()
}

// masked masks the texts of problems or gaps.
func (w *modelWriter) masked(all []modelProblem) []modelProblem {
	for i := range all {
		all[i].File, all[i].Message = w.mask(all[i].File), w.mask(all[i].Message)
	}
	return all
}

// end closes the array.
func (w *modelWriter) end() error {
	end := "\n]\n"
	if w.written == 0 {
		end = "[]\n"
	}
	if _, err := io.WriteString(w.out, end); err != nil {
		return err
	}
	return w.out.Flush()
}

// encodeLines writes a list with one item per line.
func encodeLines[T any](out *bytes.Buffer, items []T) {
	for i := range items {
		separator := ",\n  "
		if i == 0 {
			separator = "[\n  "
		}
		out.WriteString(separator)
		encodeJSON(out, items[i], "")
	}
	if len(items) == 0 {
		out.WriteByte('[')
	}
	out.WriteByte(']')
}

// encodeJSON writes a value of strings, numbers, lists and maps, so encoding cannot fail. An empty indentation writes
// one line.
func encodeJSON(out *bytes.Buffer, value any, indent string) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if indent != "" {
		encoder.SetIndent(indent, "  ")
	}
	_ = encoder.Encode(value) // cannot fail, see above
	out.Write(bytes.TrimRight(text.Bytes(), "\n"))
}
