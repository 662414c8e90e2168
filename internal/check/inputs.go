package check

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	"lintel/internal/address"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/secrets"
	"lintel/internal/source"
)

// View is the masked input of the rules for one unit, for display and other policy engines. Only Stack contains secrets: its
// texts must be masked before they are shown.
type View struct {
	Unit     deployment.Unit
	Stack    *model.Stack // linked, not masked
	Input    model.Object // policy input, masked
	Index    model.Index  // locations of the nodes of Input
	Files    source.Files
	Problems []finding.Problem
	Gaps     []finding.Gap
	Hidden   []string // as in finding.Report

	Moves []address.Move // what was elsewhere before
}

// Views calls show with the view of each unit, in the order of the jobs, and reads the next units in parallel. It stops
// at the first error of show, or when ctx ends.
func Views(ctx context.Context, jobs []Job, show func(View) error) error {
	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	ahead := make(chan chan View, runtime.GOMAXPROCS(0)) // limits the views that wait for show
	running.Go(func() {
		defer close(ahead)
		for _, job := range jobs {
			next := make(chan View, 1)
			select {
			case ahead <- next:
				running.Go(func() { next <- view(ctx, job.Request, job.Unit) })
			case <-ctx.Done():
				return
			}
		}
	})
	for next := range ahead {
		v := <-next
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := show(v); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Look returns the view of one unit.
func Look(ctx context.Context, job Job) View { return view(ctx, job.Request, job.Unit) }

// view reads one unit within its limits of time and memory.
func view(ctx context.Context, req Request, u deployment.Unit) View {
	limit := cmp.Or(req.UnitTime, DefaultUnitTime)
	v, _, why := deployment.Within(ctx, deployment.Limits{Name: u.Root, Time: limit}, func(ctx context.Context) View { return guardedView(ctx, req, u) })
	if why != nil {
		return unseen(u, req, why.Error())
	}
	return v
}

// unseen returns the view of a unit that could not be read.
func unseen(u deployment.Unit, req Request, why string) View {
	stack := &model.Stack{}
	input, index := model.Encode(stack, req.facts())
	return View{Unit: u, Stack: stack, Input: input, Index: index, Problems: unchecked(u, why).Problems}
}

func guardedView(ctx context.Context, req Request, u deployment.Unit) (v View) {
	defer func() {
		if cause := recover(); cause != nil {
			v = unseen(u, req, fmt.Sprintf("lintel failed with an internal error (%v); please report it", cause))
		}
	}()
	parsed := req.parse(ctx, u)
	if !req.Declared {
		parsed.Problems = append(parsed.Problems, req.derive(u, parsed)...)
	}
	input, index := model.Encode(parsed.Stack, req.facts())
	return View{Unit: u, Stack: parsed.Stack, Input: model.Mask(input, index), Index: index, Files: parsed.Files, Problems: parsed.Problems, Gaps: parsed.Gaps, Hidden: concealed(parsed, model.Hidden(index)), Moves: parsed.Moves}
}

// concealed returns the secrets of a unit: those in its model, those that it declares, and those that its files assign
// to names of secrets.
func concealed(parsed deployment.Parsed, inModel []string) []string {
	all := append(slices.Clip(inModel), parsed.Hidden...)
	for _, name := range slices.Sorted(maps.Keys(parsed.Files)) {
		all = append(all, secrets.Written(string(parsed.Files[name].Content))...)
	}
	return secrets.Unique(all)
}

// Input is the unmasked policy input of a unit, for tests of rules.
type Input struct {
	Unit     deployment.Unit
	Policy   map[string]any // policy input
	Problems []finding.Problem
	Files    source.Files
}

// Inputs returns the policy input of every unit.
func Inputs(ctx context.Context, jobs []Job) ([]Input, error) {
	inputs := make([]Input, len(jobs))
	each(ctx, len(jobs), nil, func(i int) {
		req := jobs[i].Request
		parsed := req.parse(ctx, jobs[i].Unit)
		parsed.Problems = append(parsed.Problems, req.derive(jobs[i].Unit, parsed)...)
		input, _ := model.Encode(parsed.Stack, req.facts())
		inputs[i] = Input{Unit: jobs[i].Unit, Policy: input.Map(), Problems: parsed.Problems, Files: parsed.Files}
	})
	return inputs, ctx.Err()
}
