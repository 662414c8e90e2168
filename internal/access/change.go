package access

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Class is what a change of the templates opens or closes.
type Class string

// Classes other than the reaches and the kinds of abilities.
const (
	OfPolicy     Class = "managed-policy"
	OfBoundary   Class = "boundary" // permissions boundaries and denials
	OfActions    Class = "actions"  // that are no sensitive ability
	OfProtection Class = "protection"
	OfItself     Class = "function" // it is new, or removed
)

// classes are all classes, the worst first.
func classes() []Class {
	return []Class{
		Class(Public), Class(Admin), Class(CrossAccount), Class(Escalate), Class(Permissions), Class(Credentials), Class(Secrets), Class(Data),
		Class(Unknown), OfBoundary, Class(PassRole), Class(AssumeRole), Class(Decrypt), Class(Invoke), OfPolicy, OfActions,
		Class(Limited), OfProtection, OfItself,
	}
}

// Change is something that a change of the templates opens or closes.
type Change struct {
	Place              // in the new version, unless the function is removed
	Unit      string   `json:"unit"`
	Opens     bool     `json:"opens"` // otherwise it closes
	Class     Class    `json:"class"`
	Certain   bool     `json:"certain"`   // depends on nothing that cannot be determined
	Functions []string `json:"functions"` // empty: every function of the unit
	Message   string   `json:"message"`
	Denied    bool     `json:"denied,omitempty"` // the configuration does not allow it
}

// Compare returns what differs between the graphs of two versions, what opens first, the worst first.
func Compare(before, now []*Unit, tables *Tables) []Change {
	all := []Change{}
	for _, pair := range pairs(before, now) {
		c := comparison{tables: tables, before: pair[0], now: pair[1], budget: maxEdges, index: map[string]int{}}
		all = append(all, c.run()...)
	}
	order := classes()
	slices.SortStableFunc(all, func(a, b Change) int {
		opens := func(c *Change) int {
			if c.Opens {
				return 0
			}
			return 1
		}
		return cmp.Or(
			opens(&a)-opens(&b), slices.Index(order, a.Class)-slices.Index(order, b.Class), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		)
	})
	return all
}

// ChangesText returns changes for people, a line each. Root modules that share a module have the same lines, which are written once.
func ChangesText(all []Change) string {
	var out strings.Builder
	seen := map[string]bool{}
	for i := range all {
		c := &all[i]
		word, denied := "closes", ""
		if c.Opens {
			word = "opens"
		}
		if c.Denied {
			denied = "  denied"
		}
		line := printable(fmt.Sprintf("%-6s  %-14s  %s:%d%s  %s", word, c.Class, c.File, c.Line, denied, c.Message)) + "\n"
		if !seen[line] {
			seen[line] = true
			out.WriteString(line)
		}
	}
	return out.String()
}

// pairs returns the units of two versions, the one before the change first. A unit without a counterpart at its path is
// paired with the only other one that has the same functions: it was renamed. A further reading of a root that only one
// version has is compared with the first reading of the other, if there is one.
func pairs(before, now []*Unit) [][2]*Unit {
	byPath, byRoot := map[string]*Unit{}, map[string]*Unit{}
	for _, u := range before {
		byPath[u.Path] = u
		if !u.Further {
			byRoot[u.Root] = u
		}
	}
	var found [][2]*Unit
	var added []*Unit
	for _, u := range now {
		if old := byPath[u.Path]; old != nil {
			found = append(found, [2]*Unit{old, u})
			delete(byPath, u.Path)
			continue
		}
		if old := byRoot[u.Root]; u.Further && old != nil {
			found = append(found, [2]*Unit{old, u})
			continue
		}
		added = append(added, u)
	}
	for _, u := range before { // of a further reading that is gone, nothing is closed that the others open
		if u.Further && slices.ContainsFunc(now, func(n *Unit) bool { return n.Root == u.Root }) {
			delete(byPath, u.Path)
		}
	}
	return append(found, renamed(byPath, before, added)...)
}

// renamed returns the pairs of units without a counterpart at their paths. byPath has those before the change.
func renamed(byPath map[string]*Unit, before, added []*Unit) (found [][2]*Unit) {
	byFunctions := map[string][]*Unit{}
	for _, u := range before {
		if byPath[u.Path] == u {
			byFunctions[u.names()] = append(byFunctions[u.names()], u)
		}
	}
	taken := map[*Unit]bool{}
	for _, u := range added {
		old := byFunctions[u.names()]
		if len(old) != 1 || taken[old[0]] {
			found = append(found, [2]*Unit{{Path: u.Path}, u})
			continue
		}
		taken[old[0]] = true
		found = append(found, [2]*Unit{old[0], u})
	}
	for _, u := range before {
		if byPath[u.Path] == u && !taken[u] {
			found = append(found, [2]*Unit{u, {Path: u.Path}})
		}
	}
	return found
}

// names returns the functions of a unit.
func (u *Unit) names() string {
	var all []string
	for i := range u.Functions {
		all = append(all, u.Functions[i].Origin)
	}
	slices.Sort(all)
	return strings.Join(all, "\x00")
}

// comparison compares the graphs of a unit before and after a change.
type comparison struct {
	tables      *Tables
	before, now *Unit
	budget      int // number of comparisons of a permission with a statement

	all   []Change
	texts [][2]string    // of each change: what precedes and what follows the functions
	index map[string]int // of changes, by all that functions can share
}

// version is a function in one version, with its variants.
type version struct {
	unit *Unit
	all  []*Function
}

// versionsOf returns the functions of a unit by their origins.
func versionsOf(u *Unit) (found map[string]*version, order []string) {
	found = map[string]*version{}
	for i := range u.Functions {
		f := &u.Functions[i]
		if found[f.Origin] == nil {
			found[f.Origin] = &version{unit: u}
			order = append(order, f.Origin)
		}
		found[f.Origin].all = append(found[f.Origin].all, f)
	}
	return found, order
}

func (v *version) id() string {
	if v == nil {
		return ""
	}
	return v.all[0].ID
}

func (v *version) callers() []*Caller {
	if v == nil {
		return nil
	}
	var all []*Caller
	for _, f := range v.all {
		for i := range f.Callers {
			all = append(all, &f.Callers[i])
		}
	}
	return all
}

func (c *comparison) run() []Change {
	before, order := versionsOf(c.before)
	now, orderNow := versionsOf(c.now)
	slices.Sort(orderNow)
	for _, origin := range orderNow {
		c.function(before[origin], now[origin])
	}
	slices.Sort(order)
	for _, origin := range order {
		if old := before[origin]; now[origin] == nil {
			c.note(change{class: OfItself, certain: true, post: " is removed", at: old.all[0].Place}, old.id())
		}
	}
	every := func(u *Unit) []*Caller {
		var all []*Caller
		for i := range u.Every {
			all = append(all, &u.Every[i])
		}
		return all
	}
	if len(c.now.Functions) > 0 {
		c.callers(every(c.before), every(c.now), "", c.now.Functions[0].Place)
	}
	for i := range c.all {
		sort := c.all[i].Functions
		slices.Sort(sort)
		subject, post := listed(sort, maxSubjects), c.texts[i][1]
		switch len(sort) {
		case 0:
			subject = "every function of " + c.now.Path
		case 1:
		default:
			post = ofSeveral(post)
		}
		c.all[i].Message = c.texts[i][0] + subject + post
	}
	return c.all
}

// ofSeveral returns what follows one function in a sentence for several.
func ofSeveral(post string) string {
	for _, verb := range [][2]string{{" is ", " are "}, {" has ", " have "}, {" lost its ", " lost their "}} {
		if rest, ok := strings.CutPrefix(post, verb[0]); ok {
			return verb[1] + rest
		}
	}
	return post
}

// maxSubjects is the number of functions that a sentence lists.
const maxSubjects = 5

// change is a change about one function.
type change struct {
	opens     bool
	class     Class
	certain   bool
	pre, post string // text before and after the name of the function
	at        Place
}

// note adds a change about a function, which others may share; empty: about every function.
func (c *comparison) note(n change, id string) {
	key := strings.Join([]string{string(n.class), n.pre, n.post, yesNo(n.opens), yesNo(n.certain), yesNo(id == "")}, "\x00")
	i, ok := c.index[key]
	if !ok {
		i = len(c.all)
		c.index[key] = i
		c.all = append(c.all, Change{Place: n.at, Unit: c.now.Path, Opens: n.opens, Class: n.class, Certain: n.certain, Functions: []string{}})
		c.texts = append(c.texts, [2]string{n.pre, n.post})
	}
	if id != "" && !slices.Contains(c.all[i].Functions, id) {
		c.all[i].Functions = append(c.all[i].Functions, id)
	}
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// function compares the versions of a function; before may be nil.
func (c *comparison) function(before, now *version) {
	id, at := now.id(), now.all[0].Place
	if before == nil {
		c.note(change{opens: true, class: OfItself, certain: true, post: " is new", at: at}, id)
	}
	c.callers(before.callers(), now.callers(), id, at)
	c.powers(before, now)
	if before == nil {
		return
	}
	was, is := before.all[0].Protection, now.all[0].Protection
	for _, part := range []struct{ name, was, is string }{
		{"VPC", was.VPC, is.VPC},
		{"code signing", was.CodeSigning, is.CodeSigning},
		{"KMS key", was.KMSKey, is.KMSKey},
		{"reserved concurrency", was.Concurrency, is.Concurrency},
		{"dead-letter queue", was.DeadLetter, is.DeadLetter},
	} {
		if part.was == "yes" && part.is == "no" {
			c.note(change{opens: true, class: OfProtection, certain: true, post: " lost its " + part.name, at: at}, id)
		}
		if part.was == "no" && part.is == "yes" {
			c.note(change{class: OfProtection, certain: true, post: " has a " + part.name + " now", at: at}, id)
		}
	}
}

// callers compares the callers of a function; id is empty for those of every function.
func (c *comparison) callers(before, now []*Caller, id string, at Place) {
	exact := func(a, b *Caller) bool {
		return a.Kind == b.Kind && a.Who == b.Who && a.How == b.How && a.Reach == b.Reach && slices.Equal(a.Conditions, b.Conditions)
	}
	left := func(all, others []*Caller) []*Caller {
		known := map[Who][]*Caller{}
		for _, o := range others {
			known[o.Who] = append(known[o.Who], o)
		}
		return slices.DeleteFunc(slices.Clone(all), func(x *Caller) bool {
			return slices.ContainsFunc(known[x.Who], func(o *Caller) bool { return exact(x, o) })
		})
	}
	closed, opened := withoutURLs(left(before, now)), withoutURLs(left(now, before))
	for _, is := range opened {
		i := slices.IndexFunc(closed, func(o *Caller) bool { return o.Kind == is.Kind && o.Who == is.Who && o.Via == is.Via })
		if i < 0 {
			pre, post := sentence(is, true)
			c.note(change{opens: true, class: Class(is.Reach), certain: is.Reach != Unknown, pre: pre, post: post, at: is.Place}, id)
			continue
		}
		was := closed[i]
		closed = slices.Delete(closed, i, i+1)
		c.caller(was, is, id)
	}
	for _, was := range closed {
		pre, post := sentence(was, false)
		c.note(change{class: Class(was.Reach), certain: was.Reach != Unknown, pre: pre, post: post, at: at}, id)
	}
}

// withoutURLs leaves out the public permissions that belong to public function URLs in the list.
func withoutURLs(all []*Caller) []*Caller {
	if !slices.ContainsFunc(all, func(c *Caller) bool { return c.Kind == URL && c.Reach == Public }) {
		return all
	}
	return slices.DeleteFunc(all, func(c *Caller) bool {
		return c.Kind == Permission && c.Reach == Public && (slices.Contains(c.Conditions, urlOnly) || slices.Contains(c.Conditions, urlAuth+" NONE"))
	})
}

// caller compares the versions of a caller that a change leaves under other conditions.
func (c *comparison) caller(was, is *Caller, id string) {
	dropped := slices.DeleteFunc(slices.Clone(was.Conditions), func(x string) bool { return slices.Contains(is.Conditions, x) })
	added := slices.DeleteFunc(slices.Clone(is.Conditions), func(x string) bool { return slices.Contains(was.Conditions, x) })
	opens := is.Reach.rank() < was.Reach.rank() || is.Reach == was.Reach && (len(dropped) > 0 || len(added) == 0)
	n := change{opens: opens, class: Class(is.Reach), certain: is.Reach != Unknown, at: is.Place}
	if !opens {
		n.class = Class(was.Reach)
	}
	n.pre, n.post = sentence(is, true)
	without := listed(dropped, maxShown)
	switch {
	case len(dropped) > 0 && len(added) > 0:
		n.post += ", before with [" + without + "]"
	case len(dropped) > 0:
		n.post += ", without [" + without + "]"
	case len(added) > 0:
		n.post += ", before without [" + listed(added, maxShown) + "]"
	case is.How != was.How:
		n.post += ", before with " + was.How
	}
	c.note(n, id)
}

// principal returns the principal of a permission in a sentence.
func principal(c *Caller) string {
	who := c.Who
	switch {
	case who.Name == "*" && c.Reach == Public:
		who = Who{Anyone: true}
	case c.Reach == CrossAccount && isService(who.Name):
		who.Name += " on behalf of any account"
	}
	return who.String()
}

// modalOf returns the verb of a sentence about a caller.
func modalOf(c *Caller, can bool) string {
	switch {
	case !can:
		return "can no longer invoke "
	case c.Reach == Unknown:
		return "may now be able to invoke "
	}
	return "can now invoke "
}

// sentence returns what precedes and what follows the function in a sentence about a caller.
func sentence(c *Caller, can bool) (pre, post string) {
	who, through := c.Who.subject(), ""
	modal := modalOf(c, can)
	switch c.Kind {
	case URL:
		through = " through the function URL " + c.Via
	case Route:
		if c.Who.Anyone {
			through = " through " + c.Who.request()
		}
	case EventSource:
		through = " through " + c.Via
		modal = strings.NewReplacer("can now invoke", "now invoke", "can no longer", "no longer").Replace(modal)
	case Trigger:
		through = " through " + c.Via
		modal = strings.NewReplacer("can now invoke", "now invokes", "can no longer invoke", "no longer invokes").Replace(modal)
	case Permission, Policy:
		who, through = principal(c), " through "+c.Via
	case Writer:
		through = " by writing to " + c.Who.Channel
		who = strings.TrimSuffix(principal(c), c.Who.byWriting())
	case OfFunction, OfRole, OfUser:
	}
	return who + " " + modal, through + restriction(c)
}

// restriction returns how a caller invokes the function and under which conditions.
func restriction(c *Caller) string {
	text := ""
	if c.How != "" {
		text += " (" + c.How + ")"
	}
	if len(c.Conditions) > 0 {
		text += " [" + strings.Join(c.Conditions, "; ") + "]"
	}
	return text
}
