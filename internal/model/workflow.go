package model

import (
	"strings"

	"lintel/internal/tree"
)

// workflows is the service of Step Functions.
const workflows = "states"

// maxStates limits how many values of a definition are searched for tasks.
const maxStates = 100_000

// tasks returns the functions that a state machine invokes, as its body names them: the resources of tasks, the functions
// of tasks that invoke Lambda through the integration of Step Functions, and the values that are substituted. A definition
// that is not readable counts as a whole, with the resources that it mentions
// (https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html).
func tasks(body tree.Tree, definition tree.Path) tree.Tree {
	all := tree.Tree{Range: body.Range, IsList: true}
	for _, alternative := range definition.Alternatives() {
		written := body.At(tree.ParsePath(alternative.String()))
		if written.State == tree.StateAbsent {
			continue
		}
		if all.State == tree.StateAbsent {
			all.State, all.Range = tree.StateKnown, written.Range
		}
		states, budget := tree.Document(written), maxStates
		switch {
		case written.IsList: // the values of a map
			all.Items = append(all.Items, written.Items...)
		case len(states.Fields) == 0:
			all.Items = append(all.Items, written)
		default:
			addTasks(&all, states, &budget)
		}
		if budget == 0 {
			all.State, all.Cause = tree.StateUnknown, "the definition exceeds the limit of values"
		}
	}
	return all
}

// addTasks adds the functions that a part of a definition names.
func addTasks(all *tree.Tree, part tree.Tree, budget *int) {
	for _, f := range part.Fields {
		if *budget == 0 {
			return
		}
		*budget--
		if f.Key == "Resource" || f.Key == "FunctionName" {
			if text, _ := f.Tree.String(); !strings.Contains(text, ":states:") && !strings.HasPrefix(text, "${") { // not an integration or a substitution
				all.Items = append(all.Items, f.Tree)
			}
		}
		addTasks(all, f.Tree, budget)
	}
	for _, item := range part.Items {
		if *budget == 0 {
			return
		}
		*budget--
		addTasks(all, item, budget)
	}
}
