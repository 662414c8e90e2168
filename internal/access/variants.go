package access

import (
	"reflect"
	"slices"
	"strings"
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
		all[i].Conditions = slices.DeleteFunc(slices.Clone(all[i].Conditions), func(condition string) bool {
			return slices.Contains(f.Unknown, existsOnly+condition)
		})
	}
	return all
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

// exists returns when a variant exists, for people.
func exists(unknown []string) string {
	var all []string
	for _, note := range unknown {
		if condition, ok := strings.CutPrefix(note, existsOnly); ok {
			all = append(all, condition)
		}
	}
	if len(all) == 0 {
		return "in another variant"
	}
	return strings.Join(all, ", ")
}
