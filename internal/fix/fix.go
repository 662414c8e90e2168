// Package fix fixes findings: it turns the fix that a rule declares into edits, in Terraform, CloudFormation and SAM, and
// keeps an edit only if a check of the edited text accepts it.
package fix

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Fix is the fix of one finding.
type Fix struct {
	Title  string        // in the imperative: "Trace every request"
	Unsafe string        // what the fix can stop from working; empty: the fix is safe
	Edits  []source.Edit // in the order of their places; they do not overlap
}

// Refusal is the reason for which a finding is not fixed, as a sentence without a full stop.
type Refusal string

// Error is the reason.
func (r Refusal) Error() string { return string(r) }

func refusef(format string, args ...any) Refusal { return Refusal(fmt.Sprintf(format, args...)) }

// NoFix is the refusal for rules that declare no fix.
const NoFix = Refusal("the rule has no fix: the right value requires a decision")

// Propose returns the fix of a finding, without a check that the edits help. The error is a Refusal if there is no fix.
func (t *Texts) Propose(rule finding.Rule, f finding.Finding) (Fix, error) {
	if len(rule.Fix) == 0 {
		return Fix{}, NoFix
	}
	declared, err := finding.ParseFix(rule.Fix)
	if err != nil {
		return Fix{}, fmt.Errorf("fix of %s: %w", rule.ID, err) // Compile has read it before
	}
	refusal := NoFix
	for _, step := range declared.Steps {
		edits, err := t.doAll(f, step)
		if err == nil {
			return Fix{Title: declared.Title, Unsafe: cmp.Or(f.Unsafe, step.Unsafe, declared.Unsafe), Edits: edits}, nil
		}
		var why Refusal
		if !errors.As(err, &why) {
			return Fix{}, err
		}
		if why != notMeant {
			refusal = why
		}
	}
	return Fix{}, refusal
}

// doAll turns a step into edits for all places where the value of a finding is used.
func (t *Texts) doAll(f finding.Finding, step finding.Step) ([]source.Edit, error) {
	edits, err := t.do(f, step)
	for _, i := range f.Instances {
		if i.Used == f.Used || err != nil {
			continue
		}
		other := f
		other.Resource, other.Used = i.Resource, i.Used
		var more []source.Edit
		more, err = t.do(other, step)
		for _, e := range more {
			if !slices.Contains(edits, e) {
				edits = append(edits, e)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	var sorted []source.Edit
	for _, name := range source.EditedPaths(edits) {
		own := source.EditsOf(name, edits)
		if source.Overlap(own) {
			return nil, refusef("its edits would overlap")
		}
		sorted = append(sorted, own...)
	}
	return sorted, nil
}

// notMeant is the refusal of a step for other findings or another language.
const notMeant = Refusal("no step of the fix applies to this resource")

// language edits the text of one file.
type language interface {
	// literal returns the literal value of an attribute of the resource, false if it has none.
	literal(attribute string) (string, bool)
	set(value finding.FixValue) ([]source.Edit, error)                                      // at the finding's own place, which is written
	put(attribute string, value finding.FixValue) ([]source.Edit, error)                    // at a path of the model, written or not
	add(attribute string, item finding.FixValue) ([]source.Edit, error)                     // to the list at a path; "": to the one at the finding's place
	append(text string) ([]source.Edit, error)                                              // to the text at the finding's own place
	remove(attribute string, how finding.Removal) ([]source.Edit, error)                    // what stands at a path; "": at the finding's own place
	refersTo(attribute string) (source.Range, error)                                        // the resource that a reference points to
	declare(resource finding.FixResource) ([]source.Edit, error)                            // another resource
	finish(path string, before []byte, edits []source.Edit) (done []source.Edit, err error) // with the layout of the file
}

// do turns a step into edits.
func (t *Texts) do(f finding.Finding, step finding.Step) ([]source.Edit, error) {
	f.Place = f.AtUse() // the resource and its other attributes are there
	text, err := t.open(f)
	if err != nil {
		return nil, err
	}
	for attribute, wanted := range step.When { // any order: all must match
		if got, ok := text.literal(attribute); !ok || !slices.Contains(strings.Split(wanted, "|"), got) {
			return nil, notMeant
		}
	}
	var edits []source.Edit
	for _, s := range append([]finding.Step{step}, step.Also...) {
		text, f := text, f
		if s.On != "" {
			if f.Range, err = text.refersTo(s.On); err != nil {
				return nil, err
			}
			f.Node = finding.Node{Collection: s.To}
			if text, err = t.open(f); err != nil {
				return nil, err
			}
		}
		more, err := way(text, f, s)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return t.finish(text, edits)
}

// way returns the edits of a step.
func way(text language, f finding.Finding, step finding.Step) ([]source.Edit, error) {
	switch {
	case step.Set != nil && step.Attribute == "" && f.Node.Written:
		return text.set(*withComputed(step.Set, f))
	case step.Set != nil:
		return text.put(cmp.Or(step.Attribute, f.Node.Path), *withComputed(step.Set, f))
	case step.Append != "":
		return text.append(step.Append)
	case step.Item != nil:
		return text.add(step.Attribute, *withComputed(step.Item, f))
	case step.Remove != "":
		return text.remove(step.Attribute, step.Remove)
	case step.Resource != nil:
		return text.declare(*step.Resource)
	}
	return nil, notMeant
}

// withComputed replaces a computed value by the one that the rule returned.
func withComputed(v *finding.FixValue, f finding.Finding) *finding.FixValue {
	switch {
	case !v.Computed:
		return v
	case f.Set == "":
		return &finding.FixValue{} // nothing is right in any language
	}
	if kind := placeOf(f.Node.Collection, f.Node.Path).Kind; kind == "int" || kind == "bool" {
		return &finding.FixValue{Literal: json.Number(f.Set)} // as it is, without quotes
	}
	return &finding.FixValue{Literal: f.Set}
}

// open reads the file of a finding.
func (t *Texts) open(f finding.Finding) (language, error) {
	name := f.Range.Path
	file, err := t.read(name)
	if err != nil {
		return nil, err
	}
	switch syntax := source.SyntaxOf(name); {
	case syntax.IsNativeHCL():
		return openTerraform(t, file, f)
	case syntax.MayBeTemplate():
		return openDocument(t, file, f)
	}
	return nil, refusef("%s is not a template; change it by hand", name)
}

// finish adapts edits to the line endings and the format of each file.
func (t *Texts) finish(text language, edits []source.Edit) ([]source.Edit, error) {
	var done []source.Edit
	for _, name := range source.EditedPaths(edits) {
		file, err := t.read(name)
		if err != nil {
			return nil, err
		}
		if source.Overlap(source.EditsOf(name, edits)) {
			return nil, refusef("its edits overlap")
		}
		own := source.WithEndOfLine(file.Content, source.EditsOf(name, edits))
		if own, err = text.finish(name, file.Content, own); err != nil {
			return nil, err
		}
		done = append(done, own...)
	}
	return done, nil
}

// places returns the path of an attribute of the model in one language. The resource must have a type of the
// collection.
func places(collection, attribute, kind string) (tree.Path, error) {
	if language, raw, ok := strings.Cut(attribute, ":"); ok {
		if model.Format(language) == model.FormatOf(kind) {
			return tree.ParsePath(raw), nil
		}
		return tree.Path{}, notMeant
	}
	own := placeOf(collection, attribute)
	var at tree.Path
	switch {
	case placeOf(collection, "").Claims(kind):
		at = own.For(kind)
	case collection == "function_urls" && kind == "AWS::Serverless::Function":
		at = tree.ParsePath("FunctionUrlConfig").Join(own.In[model.CloudFormation]) // SAM makes the URL of this
	default:
		return at, refusef("it is generated from a %s, which does not have the attribute", kind)
	}
	if at.IsZero() || !at.IsPlain() {
		return at, refusef("the model has no path for %[2]s of a %[1]s", kind, attribute)
	}
	return at, nil
}

var attributes = sync.OnceValue(model.Attributes) //nolint:gochecknoglobals // a memo: the table never changes

// placeOf returns the paths of an attribute of the model, zero if it does not exist.
func placeOf(collection, attribute string) model.AttributePlace {
	all := attributes()
	i := slices.IndexFunc(all, func(a model.AttributePlace) bool { return a.Collection == collection && a.Path == attribute })
	if i < 0 {
		return model.AttributePlace{}
	}
	return all[i]
}

// isKey reports whether a finding is about the entry of a map with the given key. The kinds of principals are keys in a
// policy and a list in the model.
func isKey(f finding.Finding, key string) bool {
	last := f.Attribute[strings.LastIndexByte(f.Attribute, '/')+1:]
	if f.Node.Path == "trust/principals/value" {
		return key == "AWS" || key == "Service" || key == "Federated" || key == "CanonicalUser"
	}
	return key == last
}
