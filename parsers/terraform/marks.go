package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Marks travel with a value through everything that is computed from it.
type (
	refMark       struct{ id string }   // it comes from this resource
	causeMark     struct{ text string } // it is unknown, because
	documentMark  struct{ key string }  // it is the JSON of this policy document
	sensitiveMark struct{}              // it is never printed
	patternMark   struct{}              // it is unknown, and may be a pattern with wildcards
	outsideMark   struct{}              // it is unknown, and names a resource of another deployment
	parameterMark struct{ tree.Parameter }
	sourceMark    struct{ attribute string } // it comes from this attribute, as TYPE.ATTRIBUTE
	argumentMark  struct {                   // it comes from an argument of a module call
		at    source.Range
		depth int // of calls around the one that has the argument
	}
)

// unknown is a value of which nothing is known, with the reason.
func unknown(cause string) cty.Value { return cty.DynamicVal.Mark(causeMark{cause}) }

func isKnownString(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && v.Type() == cty.String
}

// describe adds the information in the marks of a value to its tree.
func describe(t *tree.Tree, marks cty.ValueMarks) {
	var causes []string
	var arguments []argumentMark
	var possible []exampleMark
	for mark := range marks { // any order: what is collected is sorted, or has none
		switch m := mark.(type) {
		case exampleMark:
			possible = append(possible, m)
		case causeMark:
			causes = append(causes, m.text)
		case argumentMark:
			arguments = append(arguments, m)
		case patternMark, outsideMark:
		default:
			describeOrigin(t, mark)
		}
	}
	if at, ok := outermost(arguments); ok && at.Path != "" && at != t.Range {
		t.Range, t.Through = at, t.Range
	}
	slices.Sort(t.Refs)
	slices.Sort(t.Sources)
	if t.State == tree.StateUnknown {
		describeUnknown(t, causes, possible, marks)
	}
}

// maxCauses is the number of values that the cause of an unknown value names: a whole resource has many.
const maxCauses = 3

// describeUnknown adds to an unknown tree what it may be, the examples and, if it has none yet, the cause.
func describeUnknown(t *tree.Tree, causes []string, possible []exampleMark, marks cty.ValueMarks) {
	_, isPattern := marks[patternMark{}]
	_, isOutside := marks[outsideMark{}]
	t.Plain = !isPattern && len(causes) > 0
	t.Outside = isOutside && len(causes) == 1 && !tree.HasResource(t.Refs)
	t.Choices = chosenAt(t.Range, examplesOf(marks))
	if len(possible) == 1 {
		t.Examples = possible[0].all()
		if possible[0].isPartition {
			t.InPartition = t.Examples[0]
		}
	}
	if t.Cause == "" {
		slices.Sort(causes)
		slices.SortStableFunc(causes, func(a, b string) int { return ofGap(a) - ofGap(b) })
		if more := len(causes) - maxCauses; more > 0 {
			causes = append(causes[:maxCauses], fmt.Sprintf("%d more", more))
		}
		t.Cause = strings.Join(causes, "; ")
	}
}

// ofGap returns 1 for the cause of a value that a gap reports, else 0.
func ofGap(cause string) int {
	if strings.HasSuffix(cause, deployment.NotDownloaded) {
		return 1
	}
	return 0
}

// describeOrigin puts into a tree what a mark says about where the value comes from.
func describeOrigin(t *tree.Tree, mark any) {
	switch m := mark.(type) {
	case refMark:
		t.Refs = append(t.Refs, m.id)
	case sensitiveMark:
		t.Sensitive = true
	case parameterMark:
		t.Parameters = append(t.Parameters, m.Parameter)
	case sourceMark:
		t.Sources = append(t.Sources, m.attribute)
	}
}

// outermost returns the argument that a value comes from, as far out as it can be followed: to
// where a user would change it. It is false when there is none, or more than one.
func outermost(arguments []argumentMark) (source.Range, bool) {
	var found []argumentMark
	for _, a := range arguments {
		switch {
		case len(found) == 0 || a.depth == found[0].depth:
			found = append(found, a)
		case a.depth < found[0].depth:
			found = []argumentMark{a}
		}
	}
	if len(found) != 1 {
		return source.Range{}, false
	}
	return found[0].at, true
}

// document returns the key of the policy document that a value is the JSON of. A value that
// several documents went into is none of them.
func document(marks cty.ValueMarks) (string, bool) {
	key := ""
	for mark := range marks { // any order: two are none
		if m, ok := mark.(documentMark); ok {
			if key != "" {
				return "", false
			}
			key = m.key
		}
	}
	return key, key != ""
}

// withMarksAt puts marks back at their paths, in time that grows with their number, not with its square as that of
// cty.Value.MarkWithPaths.
func withMarksAt(value cty.Value, marks []cty.PathValueMarks) cty.Value {
	at := make(map[string]cty.ValueMarks, len(marks))
	for _, m := range marks {
		key := pathKey(m.Path)
		if own, again := at[key]; again {
			own = maps.Clone(own)
			maps.Copy(own, m.Marks)
			at[key] = own
			continue
		}
		at[key] = m.Marks
	}
	marked, err := cty.Transform(value, func(p cty.Path, v cty.Value) (cty.Value, error) {
		if own, ok := at[pathKey(p)]; ok {
			return v.WithMarks(own), nil
		}
		return v, nil
	})
	if err != nil { // the function above gives none
		return value
	}
	return marked
}

// pathKey is a text that differs for paths that differ.
func pathKey(path cty.Path) string {
	var key []byte
	for _, step := range path {
		switch s := step.(type) {
		case cty.GetAttrStep:
			key = strconv.AppendQuote(append(key, '.'), s.Name)
		case cty.IndexStep:
			switch k, _ := s.Key.Unmark(); {
			case isKnownString(k):
				key = strconv.AppendQuote(append(key, '['), k.AsString())
			case k.IsKnown() && !k.IsNull() && k.Type() == cty.Number:
				key = k.AsBigFloat().Append(append(key, '['), 'f', -1)
			default: // an element of a set, which cannot be marked
				key = append(key, '?')
			}
		}
	}
	return string(key)
}
