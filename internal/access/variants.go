package access

import (
	"reflect"
	"slices"
	"strings"

	"lintel/internal/source"
)

// Variant is a function under another condition. A part that is as in the function is absent.
type Variant struct {
	Place
	Name       string      `json:"name,omitempty"`
	Reach      Reach       `json:"reach,omitempty"`
	Callers    *[]Caller   `json:"invoked_by,omitempty"`
	Roles      *[]int      `json:"roles,omitempty"`
	RoleName   string      `json:"role,omitempty"`
	Protection *Protection `json:"protection,omitempty"`
	Unknown    []string    `json:"unknown"` // says when it exists
	Allowed    *Allowed    `json:"allowed,omitempty"`
	Calls      *Calls      `json:"calls,omitempty"`
	Unread     string      `json:"unread,omitempty"`
}

// Joined returns a copy of a graph in which each function is once, with its variants. Functions with one ID are variants: they exist
// under different conditions.
func (u *Unit) Joined() *Unit {
	out := *u
	out.Functions = []Function{}
	same := u.sameRoles()
	for _, all := range u.variants() {
		f := u.Functions[all[0]]
		f.Callers, f.Roles = f.conditional(), rolesAs(f.Roles, same)
		for _, i := range all[1:] {
			f.Variants = append(f.Variants, u.Functions[i].variantOf(&f, same))
		}
		out.Functions = append(out.Functions, f)
	}
	out.compact()
	return &out
}

// variants returns the indices of the functions with each ID, in the order of the first.
func (u *Unit) variants() [][]int {
	var all [][]int
	of := map[string]int{}
	for i := range u.Functions {
		at, ok := of[u.Functions[i].ID]
		if !ok {
			at = len(all)
			of[u.Functions[i].ID] = at
			all = append(all, nil)
		}
		all[at] = append(all[at], i)
	}
	return all
}

// variantOf returns what differs in a variant of a function.
func (f *Function) variantOf(of *Function, same []int) Variant {
	v := Variant{Place: f.Place, Unknown: f.Unknown}
	if f.Name != of.Name {
		v.Name = f.Name
	}
	if f.Reach != of.Reach {
		v.Reach = f.Reach
	}
	if callers := f.conditional(); !slices.EqualFunc(callers, of.Callers, Caller.isShownAs) {
		v.Callers = &callers
	}
	if roles := rolesAs(f.Roles, same); !slices.Equal(roles, of.Roles) {
		v.Roles = &roles
	}
	if f.RoleName != of.RoleName {
		v.RoleName = f.RoleName
	}
	if f.Protection != of.Protection {
		v.Protection = &f.Protection
	}
	if !reflect.DeepEqual(f.Allowed, of.Allowed) {
		v.Allowed = f.Allowed
	}
	if !reflect.DeepEqual(f.Calls, of.Calls) {
		v.Calls = f.Calls
	}
	if f.Unread != of.Unread {
		v.Unread = f.Unread
	}
	return v
}

// conditional returns the callers of a function without the conditions under which the function exists at all.
func (f *Function) conditional() []Caller {
	all := slices.Clone(f.Callers)
	for i := range all {
		c := &all[i]
		isImplied := c.When.String() != "" && f.When.And(c.When).Equal(f.When)
		c.Conditions = slices.DeleteFunc(slices.Clone(c.Conditions), func(condition string) bool {
			return slices.Contains(f.Unknown, existsOnly+condition) || isImplied && strings.HasPrefix(condition, "if ")
		})
	}
	return all
}

// part is a line about variants of a function.
type part struct {
	text string
	of   []int  // variants that have it
	when string // the condition under which they exist; empty: all variants have it
}

// parts returns the lines about variants of a function, each once, in the order in which the variants have them.
func (u *Unit) parts(variants []int, lines func(i int) []string) []part {
	var all []part
	at := map[string]int{} // of a line in all
	for _, i := range variants {
		own := lines(i)
		last := -1
		for _, text := range own {
			if _, ok := at[text]; !ok {
				all = slices.Insert(all, last+1, part{text: text})
				for k := last + 1; k < len(all); k++ {
					at[all[k].text] = k
				}
			}
			last = at[text]
			if p := &all[last]; len(p.of) == 0 || p.of[len(p.of)-1] != i {
				p.of = append(p.of, i)
			}
		}
	}
	for k := range all {
		if len(all[k].of) < len(variants) {
			all[k].when = u.when(all[k].of)
		}
	}
	return all
}

// when returns the condition under which one of some variants exists, for people; empty: there is none, or it cannot be determined.
func (u *Unit) when(variants []int) string {
	whens := make([]source.When, len(variants))
	for k, i := range variants {
		whens[k] = u.Functions[i].When
	}
	if slices.ContainsFunc(whens, func(when source.When) bool { return !when.IsAlways() }) {
		text := source.AnyOf(whens, 0).String()
		if text != "" && !strings.HasPrefix(text, "in ") { // in 8 combinations of conditions
			text = "if " + text
		}
		return text
	}
	var all []string
	for _, i := range variants {
		for _, note := range u.Functions[i].Unknown {
			if condition, ok := strings.CutPrefix(note, existsOnly); ok {
				all = add(all, condition)
			}
		}
	}
	return strings.Join(all, ", or ")
}

// isShownAs reports whether two callers are shown as one.
func (c Caller) isShownAs(o Caller) bool {
	return c.Place == o.Place && c.Kind == o.Kind && c.Who == o.Who && c.Via == o.Via && c.Reach == o.Reach && c.How == o.How &&
		slices.Equal(c.Conditions, o.Conditions) && slices.Equal(c.Functions, o.Functions)
}

// sameRoles returns for each role the first one that is shown like it.
func (u *Unit) sameRoles() []int {
	same, of := make([]int, len(u.Roles)), map[string][]int{}
	for i := range u.Roles {
		same[i] = i
		r := u.Roles[i]
		r.Existence = Existence{}
		known := of[r.ID]
		at := slices.IndexFunc(known, func(j int) bool {
			other := u.Roles[j]
			other.Existence = Existence{}
			return reflect.DeepEqual(r, other)
		})
		if at >= 0 {
			same[i] = known[at]
			continue
		}
		of[r.ID] = append(known, i)
	}
	return same
}

// rolesAs returns roles by those that are shown like them, each once.
func rolesAs(roles, same []int) []int {
	all := make([]int, 0, len(roles))
	for _, i := range roles {
		if !slices.Contains(all, same[i]) {
			all = append(all, same[i])
		}
	}
	return all
}

// existsOnly precedes the condition in the note of a function that has one.
const existsOnly = "exists only "

// common writes what each variant of a function writes, each line once, with the condition under which the variants that have it exist if
// not all do.
func (w *textWriter) common(variants []int, title string, write func(w *textWriter, f *Function)) {
	if title != "" {
		w.line(1, "%s", title)
	}
	w.out.WriteString(w.merged(variants, func(i int) string { return w.text(func(w *textWriter) { write(w, &w.unit.Functions[i]) }) }))
}

// merged returns the lines of variants, each once.
func (w *textWriter) merged(variants []int, text func(i int) string) string {
	var out strings.Builder
	for _, p := range w.unit.parts(variants, func(i int) []string { return slices.Collect(strings.Lines(text(i))) }) {
		out.WriteString(strings.TrimSuffix(p.text, "\n"))
		if p.when != "" {
			out.WriteString(printable("  [" + p.when + "]"))
		}
		out.WriteString("\n")
	}
	return out.String()
}

// rolesOf writes the roles of the variants of a function. A role that was written for another function above is not repeated.
func (w *textWriter) rolesOf(variants []int) {
	var ids []string
	of, texts := map[string][]int{}, map[string]map[int]string{}
	for _, i := range variants {
		for _, r := range w.unit.Functions[i].Roles {
			id := w.unit.Roles[r].ID
			if texts[id] == nil {
				ids, texts[id] = append(ids, id), map[int]string{}
			}
			if known, ok := texts[id][i]; !ok {
				of[id] = append(of[id], i)
			} else if known == w.roleText(r) {
				continue
			}
			texts[id][i] += w.roleText(r)
		}
	}
	for _, id := range ids {
		title := "role " + id
		if when := w.unit.when(of[id]); len(of[id]) < len(variants) && when != "" {
			title += ", " + when
		}
		text := w.merged(of[id], func(i int) string { return texts[id][i] })
		if w.shown[id] == text && text != "" {
			w.line(1, "%s, see above", title)
			continue
		}
		w.shown[id] = text
		w.line(1, "%s", title)
		w.out.WriteString(text)
	}
}
