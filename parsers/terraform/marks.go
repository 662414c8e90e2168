package terraform

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/model"
)

// Marks travel with a value through everything that is computed from it.
type (
	refMark       struct{ id string }   // it comes from this resource
	causeMark     struct{ text string } // it is not known, because
	documentMark  struct{ key string }  // it is the JSON of this policy document
	sensitiveMark struct{}              // it is never printed
)

// unknown is a value of which nothing is known, with the reason.
func unknown(cause string) cty.Value { return cty.DynamicVal.Mark(causeMark{cause}) }

func isKnownString(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && v.Type() == cty.String
}

// describe puts what the marks of a value say into a tree.
func describe(t *model.Tree, marks cty.ValueMarks) {
	var causes []string
	for mark := range marks {
		switch m := mark.(type) {
		case refMark:
			t.Refs = append(t.Refs, m.id)
		case causeMark:
			causes = append(causes, m.text)
		case sensitiveMark:
			t.Sensitive = true
		}
	}
	slices.Sort(t.Refs)
	slices.Sort(causes)
	if t.State == model.StateUnknown && t.Cause == "" {
		t.Cause = strings.Join(causes, "; ")
	}
}

// document returns the key of the policy document that a value is the JSON of. A value that
// several documents went into is none of them.
func document(marks cty.ValueMarks) (string, bool) {
	key := ""
	for mark := range marks {
		if m, ok := mark.(documentMark); ok {
			if key != "" {
				return "", false
			}
			key = m.key
		}
	}
	return key, key != ""
}
