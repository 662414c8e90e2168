package access

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// Calls compares what a role grants with what the code of a function calls.
type Calls struct {
	Actions  []string `json:"actions"`    // that the code requires, sorted
	Complete bool     `json:"complete"`   // the code calls nothing else
	Granted  int      `json:"granted"`    // actions and patterns of the statements that allow something
	Called   int      `json:"called"`     // those of them that a call needs
	ByLambda []string `json:"by_lambda"`  // that no call needs and Lambda itself uses: for logs, traces, networks and event sources
	Unused   []string `json:"not_called"` // the others, if Complete
}

// calls returns the calls in the code of a function; nil: its code was not read.
func (b *builder) calls(i int) *Calls {
	f := &b.stack.Functions[i]
	sources := f.Source.Targets()
	if len(sources) == 0 {
		return nil
	}
	out := &Calls{Actions: []string{}, Complete: f.Layers.State == tree.StateAbsent, ByLambda: []string{}, Unused: []string{}} // a layer may call anything
	for _, j := range sources {
		s := &b.stack.Sources[j]
		out.Complete = out.Complete && s.Calls.State != tree.StateUnknown && s.Services.State != tree.StateUnknown && s.Handler.State == tree.StateKnown
		for k := range s.Calls.Items {
			out.add(&s.Calls.Items[k])
		}
	}
	slices.Sort(out.Actions)
	b.granted(i, out)
	return out
}

// add adds the actions that a call requires of the role.
func (c *Calls) add(call *model.SourceCall) {
	if own, ok := call.OwnCredentials.Get(); ok && own {
		return
	}
	c.Complete = c.Complete && call.Actions.State != tree.StateUnknown
	for i := range call.Actions.Items {
		action, ok := call.Actions.Items[i].Get()
		c.Complete = c.Complete && ok
		if ok && !slices.Contains(c.Actions, action) {
			c.Actions = append(c.Actions, action)
		}
	}
}

// granted compares the calls of a function with the statements of its roles.
func (b *builder) granted(i int, out *Calls) {
	seen, own := map[string]bool{}, b.usedByLambda(i)
	for _, r := range b.unit.Functions[i].Roles {
		for j := range b.unit.Roles[r].Grants {
			g := &b.unit.Roles[r].Grants[j]
			if g.Effect != allow {
				continue
			}
			for _, action := range g.Actions {
				low := strings.ToLower(action)
				if seen[low] {
					continue
				}
				seen[low] = true
				out.Granted++
				covers := func(used string) bool { return glob(low, strings.ToLower(used)) }
				switch {
				case slices.ContainsFunc(out.Actions, covers):
					out.Called++
				case slices.ContainsFunc(own, covers):
					out.ByLambda = append(out.ByLambda, action)
				case out.Complete:
					out.Unused = append(out.Unused, action)
				}
			}
		}
	}
}

// usedByLambda returns the actions that Lambda itself may use with the role of a function.
func (b *builder) usedByLambda(i int) []string {
	fed := slices.ContainsFunc(b.stack.EventSources, func(s model.EventSource) bool { return slices.Contains(s.Function.Targets(), i) })
	if fed {
		return slices.Concat(b.tables.byLambda, b.tables.byEventSources)
	}
	return b.tables.byLambda
}

// calls writes what the code calls beside what is granted.
func (w *textWriter) calls(c *Calls) {
	if c == nil || c.Granted == 0 && len(c.Actions) == 0 {
		return
	}
	least := ""
	if !c.Complete {
		least = "at least "
	}
	if c.Granted == 0 { // by no statement that is read: the role has managed policies only, or is declared elsewhere
		w.line(1, "called by the code %s%d: %s", least, len(c.Actions), listed(c.Actions, maxActions))
		return
	}
	text := ""
	if len(c.ByLambda) > 0 {
		text = fmt.Sprintf(", used by Lambda itself %d", len(c.ByLambda))
	}
	if len(c.Unused) > 0 {
		text += "; no call found of " + listed(c.Unused, maxActions)
	}
	called := fmt.Sprintf("called by the code %s%d", least, c.Called)
	if c.Called == 0 && !c.Complete {
		called = "called by the code unknown"
	}
	w.line(1, "granted %d: %s%s", c.Granted, called, text)
}
