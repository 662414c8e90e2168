package finding

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Fix is the fix of the findings of a rule. A rule declares it once, for every language of templates.
type Fix struct {
	Title  string // in the imperative: "Set the tracing mode to Active"
	Unsafe string // what the fix can stop from working; empty: the fix is safe
	SafeIf string // the condition under which Unsafe, or what the rule returns as unsafe, does not apply; for documentation
	Steps  []Step // alternatives; the first possible one is applied
}

// Step is one way to fix a finding: exactly one of Set, Append, Item, Remove and Resource.
type Step struct {
	// When are literal values that attributes of the resource must have, by their paths in the
	// model. Nil: the step holds for all.
	When map[string]string `json:"when,omitempty"`

	// On is a reference of the resource, by its path in the model: what it points to is edited in place of the
	// resource. Empty: the resource itself. To names the collection that it points to.
	On string `json:"on,omitempty"`
	To string `json:"to,omitempty"`

	// Attribute is the path in the model of what is edited, from the resource, or the path in one language
	// behind "tf:", "cfn:" or "sam:", for what the model has no place for; behind "here:" it is a path in a
	// document below the finding's own place. Empty: what the finding is about.
	Attribute string `json:"attribute,omitempty"`

	// Unsafe is what this step can stop from working. Empty: Fix.Unsafe applies.
	Unsafe string `json:"unsafe,omitempty"`

	Set      *FixValue    `json:"set,omitempty"`      // write this value, whether there is one or not
	Append   string       `json:"append,omitempty"`   // write this at the end of the text that is there
	Item     *FixValue    `json:"item,omitempty"`     // add this to the list, unless it is in it
	Remove   Removal      `json:"remove,omitempty"`   // take out what is there: the key with its value, the item of a list
	Resource *FixResource `json:"resource,omitempty"` // declare another resource behind the one that the finding is about

	Also []Step `json:"also,omitempty"` // what has to be done at the same time
}

// Removal says what becomes of what something is taken out of.
type Removal string

// The kinds of removal. The zero Removal removes nothing.
const (
	RemoveEntry Removal = "entry"  // what would be empty then is taken out, too
	RemoveOneOf Removal = "one-of" // only where others stay
)

// FixValue is what is written. A plain text, number or truth value is the same in all languages.
type FixValue struct {
	Literal        any    // string, bool or json.Number; nil: one of the others
	Computed       bool   // what the rule has worked out for the finding: Finding.Set
	Terraform      string // an expression; "" in a FixValue of its own: not in this language
	CloudFormation any    // text, number, or an intrinsic function as an object: {"Ref": "AWS::AccountId"}; nil: not in this language

	// Only is an attribute of the only resource of a type that the module or template has, as
	// TYPE.ATTRIBUTE in each language. Where there is none or there are several, the step cannot be gone.
	Only *FixOnly
}

// FixOnly names a type and its attribute in each language.
type FixOnly struct {
	Terraform      string `json:"terraform,omitempty"`      // aws_kms_key.arn
	CloudFormation string `json:"cloudformation,omitempty"` // AWS::KMS::Key.Arn; without an attribute: Ref
	Append         string `json:"append,omitempty"`         // text behind it
}

// FixResource is the text of a resource in each language. In it {name} stands for a name made from that
// of the resource that the finding is about, {id} for how that is referred to, and {attribute:PATH} for the text of one of its
// attributes. Empty: not in this language.
type FixResource struct {
	Suffix         string `json:"suffix"` // what the name of the new resource ends with
	Terraform      string `json:"terraform,omitempty"`
	CloudFormation any    `json:"cloudformation,omitempty"`
}

// UnmarshalJSON reads a plain value or an object with what is written in each language.
func (v *FixValue) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if trimmed := bytes.TrimSpace(text); len(trimmed) == 0 || trimmed[0] != '{' {
		if err := decoder.Decode(&v.Literal); err != nil {
			return err
		}
		switch v.Literal.(type) {
		case string, bool, json.Number:
			return nil
		}
		return errors.New("a value must be a text, a number, true or false, or an object")
	}
	var object struct {
		Computed       bool     `json:"computed"`
		Terraform      string   `json:"terraform"`
		CloudFormation any      `json:"cloudformation"`
		Only           *FixOnly `json:"only"`
	}
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&object); err != nil {
		return err
	}
	v.Computed, v.Terraform, v.CloudFormation, v.Only = object.Computed, object.Terraform, object.CloudFormation, object.Only
	return nil
}

var (
	errFixRemove = fmt.Errorf("remove must be %q or %q", RemoveEntry, RemoveOneOf)
	errFixTitle  = errors.New("it has no title that says what is done")
	errFixStep   = errors.New("each step must have one of set, append, item, remove and resource")
)

// ParseFix reads the declaration of a fix as JSON: a title, and either one step beside it or several
// under "steps".
func ParseFix(text []byte) (Fix, error) {
	var declared struct {
		Title  string `json:"title"`
		Unsafe string `json:"unsafe"`
		SafeIf string `json:"safe_if"`
		Steps  []Step `json:"steps"`
		Step
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&declared); err != nil {
		return Fix{}, fmt.Errorf("it cannot be read: %w", err)
	}
	fix := Fix{Title: declared.Title, Unsafe: declared.Unsafe, SafeIf: declared.SafeIf, Steps: declared.Steps}
	if len(fix.Steps) == 0 {
		fix.Steps = []Step{declared.Step}
	}
	if fix.Title == "" {
		return Fix{}, errFixTitle
	}
	for _, step := range fix.Steps {
		for _, s := range append([]Step{step}, step.Also...) {
			if s.ways() != 1 {
				return Fix{}, errFixStep
			}
			if s.Remove != "" && s.Remove != RemoveEntry && s.Remove != RemoveOneOf {
				return Fix{}, errFixRemove
			}
		}
	}
	return fix, nil
}

// ways counts the operations of a step.
func (s Step) ways() int {
	n := 0
	for _, has := range []bool{s.Set != nil, s.Append != "", s.Item != nil, s.Remove != "", s.Resource != nil} {
		if has {
			n++
		}
	}
	return n
}
