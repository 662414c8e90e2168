package model

import (
	"regexp"
	"slices"

	"lintel/internal/tree"
)

// StageFunctions are the stage variables of an API that may name functions.
type StageFunctions struct{ byName map[string]Ref }

// fill reads the variables of a stage.
func (f *StageFunctions) fill(format Format, t tree.Tree) {
	f.byName = map[string]Ref{}
	for _, field := range mapOrSingle(t).Fields {
		var r Ref
		r.fill(format, field.Tree)
		f.byName[field.Key] = r
	}
}

// stageVariable matches the end of an integration URI whose function a stage variable names
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html).
var stageVariable = regexp.MustCompile(`:function:\$\{stageVariables\.([A-Za-z0-9_]+)\}(?::[^/]*)?(?:/invocations)?$`)

// byStageVariable returns the functions that a stage variable in a URI names in the stages of an API. There are none if stages of several
// APIs have the variable, or if a stage has it and its function is not in the stack. A variable does not lead to another one, so that none
// leads to itself.
func (l *linker) byStageVariable(uri *Ref, world int) (functions []int) {
	text, ok := uri.Get()
	if !ok {
		_, text = uri.Ends()
	}
	m := stageVariable.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	var api []string
	for i := range l.stages {
		stage := &l.stages[i]
		r, ok := stage.Functions.byName[m[1]]
		if !ok || !l.together(world, stage.World) {
			continue
		}
		found := l.existing(l.meant("functions", &r, world), world)
		if len(found) == 0 || len(functions) > 0 && !slices.Equal(api, stage.API.IDs) {
			return nil
		}
		api = stage.API.IDs
		functions = append(functions, found...)
	}
	slices.Sort(functions)
	return slices.Compact(functions)
}
