package cloudformation

import (
	_ "embed" // the policy templates
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

//go:embed policy_templates.json
var policyTemplatesJSON []byte

// policyTemplates are SAM's policy templates by name. Names of parameters stand as ${Name}.
var policyTemplates = sync.OnceValue(func() map[string][]any { //nolint:gochecknoglobals // a table, read once
	var data struct {
		Templates map[string][]any `json:"templates"`
	}
	if err := json.Unmarshal(policyTemplatesJSON, &data); err != nil {
		panic("cloudformation: policy_templates.json: " + err.Error()) // a test reads it
	}
	return data.Templates
})

// fromTemplate expands a policy template into its statements. They stand where the template is
// named, and what the user gave for a parameter keeps its state.
func fromTemplate(use tree.Field) model.List[model.Statement] {
	statements, ok := policyTemplates()[use.Key]
	if !ok {
		return model.UnknownList[model.Statement](use.KeyRange, "lintel does not know the policy template "+use.Key)
	}
	e := templateExpander{at: use.KeyRange, begin: "${", parameter: use.Tree.Field}
	return model.ParsePolicy(treeOf(use.KeyRange, "Statement", e.tree(statements)))
}

// templateExpander puts values in place of the parameters in a structure of the data files.
type templateExpander struct {
	at        source.Range
	begin     string // what begins a parameter; a brace ends it
	parameter func(name string) tree.Tree
}

func (e templateExpander) tree(value any) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, Range: e.at}
	switch x := value.(type) {
	case string:
		return e.text(x)
	case []any:
		t.IsList = true
		for _, item := range x {
			t.Items = append(t.Items, e.tree(item))
		}
	case map[string]any:
		if sub, ok := x["Fn::Sub"].(string); ok && len(x) == 1 {
			return e.text(sub)
		}
		t.IsMap = true
		for _, key := range slices.Sorted(maps.Keys(x)) {
			t.Fields = append(t.Fields, tree.Field{Key: key, KeyRange: e.at, Tree: e.tree(x[key])})
		}
	default:
		t.Scalar = x
	}
	return t
}

// text puts in the parameters of a template.
func (e templateExpander) text(text string) tree.Tree {
	var pieces []tree.Tree
	for {
		before, rest, found := strings.Cut(text, e.begin)
		if before != "" {
			pieces = append(pieces, tree.Tree{State: tree.StateKnown, Scalar: before, Range: e.at})
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		value := e.parameter(name)
		if value.State == tree.StateAbsent {
			value = tree.Unknown(e.at, name+" is unknown until deployment")
			value.Examples, value.InPartition = pseudoParameters[name], inPartition(name)
		}
		pieces = append(pieces, value)
		text = after
	}
	if len(pieces) == 1 {
		return pieces[0]
	}
	return tree.Concat(e.at, pieces...)
}
