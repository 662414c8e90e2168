// Package access describes who can invoke the functions of a stack, what their execution roles allow, and what protects
// them. A graph is data only and its order is that of the source. Texts are not masked.
package access

import (
	"cmp"

	"lintel/internal/model"
	"lintel/internal/source"
)

// Reach is the set of callers that an entry lets in.
type Reach string

// Reaches, the widest first.
const (
	Public       Reach = "public"        // anyone
	CrossAccount Reach = "cross-account" // principals, or services on behalf, of other accounts
	Unknown      Reach = "unknown"       // cannot be determined
	Limited      Reach = "limited"       // a given source, an authorizer or a principal of the same stack
)

func (r Reach) rank() int {
	return map[Reach]int{Public: 0, CrossAccount: 1, Unknown: 2, Limited: 3}[r]
}

// Certainty is whether something that a policy seems to allow is allowed.
type Certainty string

// Certainties.
const (
	Yes         Certainty = "yes"
	Conditional Certainty = "conditional" // under a condition, or with a denial for some resources
	Maybe       Certainty = "unknown"     // depends on a value that is unknown before deployment
	No          Certainty = "no"
)

func (c Certainty) rank() int {
	return map[Certainty]int{Yes: 0, Conditional: 1, Maybe: 2, No: 3}[c]
}

// suffix follows what is so certain in a text; empty: it is certain.
func (c Certainty) suffix() string {
	if c == Yes {
		return ""
	}
	return " (" + string(c) + ")"
}

// worse returns the less certain of two.
func worse(a, b Certainty) Certainty {
	if a.rank() > b.rank() {
		return a
	}
	return b
}

// Place is a line of a file.
type Place struct {
	File string       `json:"file"`
	Line int          `json:"line"`
	At   source.Range `json:"-"`
}

// Unit is the graph of one root module, template or plan.
type Unit struct {
	Path      string     `json:"unit"` // of its root, with the reading of a further one
	Functions []Function `json:"functions"`
	Roles     []Role     `json:"roles"`
	// Every are the callers of every function of the unit, or of those with names that a condition gives.
	Every   []Caller `json:"every_function"`
	Unknown []string `json:"unknown"`
	Limits  []string `json:"limits,omitempty"` // policies that the user gave, with which the roles are evaluated

	Root    string `json:"-"` // Path without the reading
	Further bool   `json:"-"` // it is not the first reading

	Common func(a, b int) (both int, ok bool) `json:"-"` // of the worlds of two parts, as model.Stack.Common
}

// Existence is when a part of a graph exists.
type Existence struct {
	When  source.When // for people
	World int         // as model.Resource.World
}

func existenceOf(r *model.Resource) Existence { return Existence{r.When, r.World} }

// both returns when parts that exist at two times exist together; ok is false if they never do.
func (u *Unit) both(a, b Existence) (e Existence, ok bool) {
	e.When = a.When.And(b.When)
	e.World, ok = u.Common(a.World, b.World)
	return e, ok && !e.When.IsNever()
}

// Function is a function with its callers.
type Function struct {
	Place
	ID         string     `json:"id"`
	Name       string     `json:"name,omitempty"`
	Reach      Reach      `json:"reach"` // the widest of its callers
	Callers    []Caller   `json:"invoked_by"`
	Roles      []int      `json:"roles"` // indices in Unit.Roles
	RoleName   string     `json:"role"`  // as it is written
	Protection Protection `json:"protection"`
	Unknown    []string   `json:"unknown"`
	Allowed    *Allowed   `json:"allowed,omitempty"`  // the answer to --who-can
	Calls      *Calls     `json:"calls,omitempty"`    // nil: the code was not read
	Unread     string     `json:"unread,omitempty"`   // why the code was not read
	Feeds      []Feed     `json:"-"`                  // functions that it may trigger
	Origin     string     `json:"-"`                  // first address of a function that was moved, else ID
	Variants   []Variant  `json:"variants,omitempty"` // set by Joined

	Existence `json:"-"`
}

// Kind is the kind of a caller.
type Kind string

// Kinds of callers.
const (
	URL         Kind = "url"
	Permission  Kind = "permission"
	Policy      Kind = "resource-policy"
	Trigger     Kind = "trigger"
	EventSource Kind = "event-source"
	Route       Kind = "route"
	Writer      Kind = "writer"   // through the policy of a queue, topic, bus, stream or bucket
	OfFunction  Kind = "function" // another function, through its execution role
	OfRole      Kind = "role"
	OfUser      Kind = "user"
)

// Caller is a way to invoke a function.
type Caller struct {
	Place
	Kind       Kind     `json:"kind"`
	Who        Who      `json:"who"` // as text
	Via        string   `json:"via"` // ID of the resource
	Reach      Reach    `json:"reach"`
	How        string   `json:"how,omitempty"` // action, authorization
	Conditions []string `json:"conditions,omitempty"`
	Functions  []string `json:"functions,omitempty"` // IDs of the functions that call

	Existence `json:"-"` // the last of Conditions says its condition, once the graph is complete
}

// Role is an execution role.
type Role struct {
	Place
	ID       string    `json:"id"`
	Boundary string    `json:"boundary,omitempty"`
	Managed  []Managed `json:"managed_policies"`
	Grants   []Grant   `json:"statements"`
	Risks    []Risk    `json:"risks"`
	Unknown  []string  `json:"unknown"`

	Existence `json:"-"`
}

// Managed is a managed policy that the stack does not declare.
type Managed struct {
	Name  string `json:"name"`
	Risk  string `json:"risk,omitempty"` // what a policy of AWS allows
	Admin bool   `json:"admin,omitempty"`
}

// Grant is a statement of a role.
type Grant struct {
	Place
	Effect       string   `json:"effect"`
	Services     []string `json:"services"`
	Actions      []string `json:"actions"`
	NotActions   []string `json:"not_actions,omitempty"`
	Resources    []string `json:"resources"`
	NotResources []string `json:"not_resources,omitempty"`
	Conditions   []string `json:"conditions,omitempty"`
	Policy       string   `json:"policy"` // ID of the resource that contains the statement
}

// Risk is a sensitive ability of a role.
type Risk struct {
	Kind      RiskKind  `json:"kind"`
	Certainty Certainty `json:"certainty"`
	Details   []string  `json:"details"` // actions, or ways of a privilege escalation
}

// RiskKind is the kind of a sensitive ability.
type RiskKind string

// Kinds of abilities, the worst first.
const (
	Admin       RiskKind = "admin"
	Escalate    RiskKind = "escalate"
	Permissions RiskKind = "permissions"
	Credentials RiskKind = "credentials"
	Secrets     RiskKind = "secrets"
	Data        RiskKind = "data"
	PassRole    RiskKind = "pass-role"
	AssumeRole  RiskKind = "assume-role"
	Decrypt     RiskKind = "decrypt"
	Invoke      RiskKind = "invoke"
)

// Protection is what protects a function. Each value is "yes", "no" or "unknown".
type Protection struct {
	VPC         string `json:"vpc"`
	CodeSigning string `json:"code_signing"`
	KMSKey      string `json:"kms_key"`
	Concurrency string `json:"reserved_concurrency"`
	DeadLetter  string `json:"dead_letter_queue"`
}

// Allowed is whether a role allows an action.
type Allowed struct {
	Certainty Certainty `json:"certainty"`
	By        []string  `json:"by"`
}

// HasRisk reports whether one of the roles of a function has a risk.
func (u *Unit) HasRisk(f *Function, kind RiskKind) bool {
	for _, i := range f.Roles {
		for _, risk := range u.Roles[i].Risks {
			if risk.Kind == kind && risk.Certainty == Yes {
				return true
			}
		}
	}
	return false
}

// compare orders functions: the widest reach first, then administrators, then privilege escalation.
func (u *Unit) compare(a, b *Function) int {
	risk := func(f *Function) int {
		switch {
		case u.HasRisk(f, Admin):
			return 0
		case u.HasRisk(f, Escalate):
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(a.Reach.rank(), b.Reach.rank()), cmp.Compare(risk(a), risk(b)))
}
