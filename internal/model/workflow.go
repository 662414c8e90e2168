package model

import (
	"strings"

	"lintel/internal/tree"
)

// maxDefinition limits how many values of a definition are searched for functions.
const maxDefinition = 100_000

// namesFunction has the keys of definitions whose values are functions: the resource of a task of Step Functions, the
// parameters of its integration with Lambda, the inputs of a step of SSM, a step of SageMaker, a block of Amazon Connect
// (https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html).
var namesFunction = map[string]bool{ //nolint:gochecknoglobals // a table, never written
	"Resource": true, "FunctionName": true, "FunctionArn": true, "LambdaFunctionARN": true,
}

// invokedIn returns the functions that a definition invokes, such as that of a state machine, and the values that are
// substituted in it. A definition that is not readable counts as a whole, with the resources that it mentions.
func invokedIn(body tree.Tree, definition tree.Path) tree.Tree {
	all := tree.Tree{Range: body.Range, IsList: true}
	for _, alternative := range definition.Alternatives() {
		written := body.At(tree.ParsePath(alternative.String()))
		if written.State == tree.StateAbsent {
			continue
		}
		if all.State == tree.StateAbsent {
			all.State, all.Range = tree.StateKnown, written.Range
		}
		parts, budget := tree.Document(written), maxDefinition
		switch {
		case written.IsList: // the values of a map
			all.Items = append(all.Items, written.Items...)
		case len(parts.Fields) == 0:
			all.Items = append(all.Items, written)
		default:
			addInvoked(&all, parts, &budget)
		}
		if budget == 0 {
			all.State, all.Cause = tree.StateUnknown, "the definition exceeds the limit of values"
		}
	}
	return all
}

// addInvoked adds the functions that a part of a definition names.
func addInvoked(all *tree.Tree, part tree.Tree, budget *int) {
	for _, f := range part.Fields {
		if *budget == 0 {
			return
		}
		*budget--
		if namesFunction[f.Key] {
			if text, _ := f.Tree.String(); !strings.Contains(text, ":states:") && !strings.HasPrefix(text, "${") { // not an integration or a substitution
				all.Items = append(all.Items, f.Tree)
			}
		}
		addInvoked(all, f.Tree, budget)
	}
	for _, item := range part.Items {
		if *budget == 0 {
			return
		}
		*budget--
		addInvoked(all, item, budget)
	}
}
