package access

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Options are what a graph depends on besides the stack.
type Options struct {
	Reading string // how a further unit reads its root; empty: it is the first one
	Tables  *Tables
	Files   source.Files
	Show    func(path string) string // of paths, for people
	Trusted []string                 // AWS accounts that the user trusts
	Action  string                   // if not empty: whether each function may use it
	Limits  []Limit                  // policies outside of the stack
	Oldest  func(id string) string   // returns the first address of a moved resource; nil: none was moved
}

// builder builds the graph of a stack.
type builder struct {
	stack  *model.Stack
	tables *Tables
	places places
	unit   Unit
	own    map[string]bool // accounts
	action string
	limits []Limit
	oldest func(id string) string

	roleOf    []int          // index in Unit.Roles → in Stack.Roles
	graph     map[int]int    // index in Stack.Roles → in Unit.Roles
	cached    map[int][]rule // by index in Stack.Roles
	asked     map[int]*question
	types     map[string]string
	resources *resourcePolicies // nil: not yet read
	seen      map[edge]bool
	edges     int
	matches   map[string]matches // by pattern of a name

	everyReach Reach // of the callers of every function
}

// edge is a caller of a function.
type edge struct {
	function       int
	via, who, when string
}

// maxEdges is the number of callers through roles, and of comparisons of functions with patterns, in a unit.
const maxEdges = 200_000

// Build returns the graph of a linked stack.
func Build(stack *model.Stack, path string, opt Options) *Unit {
	b := newBuilder(stack, path, opt)
	b.build()
	b.finish()
	return &b.unit
}

func newBuilder(stack *model.Stack, path string, opt Options) *builder {
	b := &builder{
		stack: stack, tables: opt.Tables, places: places{opt.Files, opt.Show}, action: strings.ToLower(opt.Action), oldest: opt.Oldest, limits: opt.Limits,
		own: map[string]bool{documented: true}, graph: map[int]int{}, cached: map[int][]rule{}, asked: map[int]*question{}, seen: map[edge]bool{}, types: typesOf(stack), everyReach: Limited, matches: map[string]matches{},
		unit: Unit{Path: path, Root: path, Common: stack.Common, Further: opt.Reading != "", Functions: []Function{}, Roles: []Role{}, Every: []Caller{}, Unknown: []string{}},
	}
	if b.unit.Further {
		b.unit.Path += " (" + opt.Reading + ")"
	}
	b.unit.Limits = b.limitTexts()
	for _, account := range opt.Trusted {
		b.own[account] = true
	}
	return b
}

func (b *builder) build() {
	for i := range b.stack.Functions {
		b.unit.Functions = append(b.unit.Functions, b.function(&b.stack.Functions[i]))
	}
	b.urls()
	b.permissions()
	b.policies()
	b.eventSources()
	b.routes()
	b.triggers()
	b.writers()
	b.roles()
	b.users()
	b.feeds()
	for i := range b.unit.Functions {
		b.unit.Functions[i].Calls = b.calls(i)
		b.unit.Functions[i].Unread, _ = b.stack.Functions[i].Unread.Get()
	}
}

// documented is the account of the AWS documentation, which stands for one that is unknown before deployment.
const documented = "111122223333"

var accountOf = regexp.MustCompile(`^arn:[^:]*:(?:iam|sts)::([0-9]{12}):`) // of the ARN of a principal

func (b *builder) function(f *model.Function) Function {
	out := Function{
		Place: b.places.of(f.At), ID: f.ID, Origin: f.ID, Existence: existenceOf(&f.Resource), Callers: []Caller{}, Roles: []int{}, Reach: Limited, RoleName: refText(&f.Role), Unknown: []string{},
		Protection: Protection{
			VPC: presence(f.VPC.State), CodeSigning: presence(f.CodeSigning.State),
			KMSKey: isSet(&f.KMSKey), Concurrency: presence(f.ReservedConcurrency.State), DeadLetter: isSet(&f.DeadLetter.Target.Value),
		},
	}
	if b.oldest != nil {
		out.Origin = b.oldest(f.ID)
	}
	if name, ok := f.Name.Get(); ok && !f.Name.Sensitive {
		out.Name = name
	}
	for _, i := range f.Role.Targets() {
		out.Roles = append(out.Roles, b.roleIndex(i))
	}
	if arn, ok := f.Role.Get(); ok {
		if m := accountOf.FindStringSubmatch(arn); m != nil {
			b.own[m[1]] = true
		}
	}
	if len(out.Roles) == 0 {
		out.Unknown = add(out.Unknown, "the role is not declared here: what it allows cannot be determined")
	}
	if when := f.When.String(); when != "" {
		out.Unknown = add(out.Unknown, existsOnly+"if "+when)
	} else if f.State == tree.StateUnknown {
		out.Unknown = add(out.Unknown, "the function may not exist")
	}
	return out
}

// roleIndex returns the index of a role in the unit.
func (b *builder) roleIndex(i int) int {
	known, ok := b.graph[i]
	if !ok {
		known = len(b.unit.Roles)
		b.graph[i] = known
		b.roleOf = append(b.roleOf, i)
		b.unit.Roles = append(b.unit.Roles, b.role(i))
	}
	return known
}

func (b *builder) rules(i int) []rule {
	rules, ok := b.cached[i]
	if !ok {
		rules = rulesOf(&b.stack.Roles[i].Statements, b.serviceOf, factsOfRole(&b.stack.Roles[i]))
		b.cached[i] = rules
	}
	return rules
}

// typesOf returns the types of the resources that sensitive actions are about, by ID without instance keys.
func typesOf(s *model.Stack) map[string]string {
	all := map[string]string{}
	note := func(r *model.Resource) { all[base(r.ID)] = r.Type }
	for i := range s.Channels {
		note(&s.Channels[i].Resource)
	}
	for i := range s.Buckets {
		note(&s.Buckets[i].Resource)
	}
	for i := range s.Secrets {
		note(&s.Secrets[i].Resource)
	}
	for i := range s.SSMParameters {
		note(&s.SSMParameters[i].Resource)
	}
	for i := range s.Roles {
		note(&s.Roles[i].Resource)
	}
	for i := range s.Functions {
		note(&s.Functions[i].Resource)
	}
	for i := range s.Repositories {
		note(&s.Repositories[i].Resource)
	}
	for i := range s.KeyPolicies {
		note(&s.KeyPolicies[i].Resource)
	}
	for i := range s.BucketPoints {
		note(&s.BucketPoints[i].Resource)
	}
	for i := range s.Triggers {
		note(&s.Triggers[i].Resource) // state machines
	}
	return all
}

// serviceOf returns the service of a resource as actions name it; empty: it cannot be determined.
func (b *builder) serviceOf(id string) string {
	kind := b.types[base(id)]
	if parts := strings.Split(base(id), "."); kind == "" && len(parts) > 1 {
		kind = parts[len(parts)-2] // the type in an address of Terraform
	}
	if parts := strings.Split(kind, "::"); len(parts) > 1 {
		return serviceOfType(parts[1], parts[len(parts)-1])
	}
	for prefix, service := range map[string]string{ // any order: no prefix begins with another
		"aws_dynamodb_": "dynamodb", "aws_ecr_": "ecr", "aws_s3_": "s3", "aws_secretsmanager_": "secretsmanager", "aws_ssm_": "ssm",
		"aws_iam_": "iam", "aws_lambda_": "lambda", "aws_kms_": "kms", "aws_sqs_": "sqs", "aws_sns_": "sns",
		"aws_kinesis_": "kinesis", "aws_sfn_": "states", "aws_cloudwatch_event_": "events",
	} {
		if strings.HasPrefix(kind, prefix) {
			return service
		}
	}
	if strings.HasPrefix(kind, "aws_") {
		return "other"
	}
	return ""
}

// serviceOfType returns the service of a type of CloudFormation or SAM, such as StepFunctions and StateMachine.
func serviceOfType(namespace, kind string) string {
	switch kind {
	case "StateMachine":
		return "states"
	case "SimpleTable":
		return "dynamodb"
	case "EventBus":
		return "events"
	}
	if namespace == "Serverless" {
		return "lambda"
	}
	return strings.ToLower(namespace)
}

// add adds a caller to the functions that a reference resolves to.
func (b *builder) add(ref *model.Ref, c Caller) {
	for _, i := range ref.Targets() {
		b.unit.Functions[i].Callers = append(b.unit.Functions[i].Callers, c)
	}
	if len(ref.Targets()) == 0 && len(ref.IDs) == 0 && ref.State == tree.StateUnknown {
		b.unit.Unknown = add(b.unit.Unknown, c.Via+": the function cannot be determined")
	}
}

// finish sorts the graph and derives what is asked for.
func (b *builder) finish() {
	byReach := func(x, y Caller) int { return x.Reach.rank() - y.Reach.rank() }
	b.unit.Every = merged(b.unit.Every)
	slices.SortStableFunc(b.unit.Every, byReach)
	for i := range b.unit.Functions {
		f := &b.unit.Functions[i]
		f.Callers = merged(slices.DeleteFunc(f.Callers, func(c Caller) bool {
			_, ok := b.unit.both(f.Existence, c.Existence)
			return !ok
		}))
		slices.SortStableFunc(f.Callers, byReach)
		f.Reach = wider(f.Reach, b.everyReach)
		if len(f.Callers) > 0 {
			f.Reach = wider(f.Reach, f.Callers[0].Reach)
		}
		if b.action != "" {
			f.Allowed = b.allowed(f.Roles, b.action)
		}
	}
	slices.SortStableFunc(b.unit.Functions, func(x, y Function) int { return b.unit.compare(&x, &y) })
}

// merged joins callers that differ only in the condition under which they exist, and adds it to the others.
func merged(all []Caller) []Caller {
	of := map[string]int{}
	var whens [][]source.When
	out := make([]Caller, 0, len(all))
	for i := range all {
		c := &all[i]
		key := fmt.Sprint(c.Kind, "\x00", c.Via, "\x00", c.Who, "\x00", c.Reach, "\x00", c.How, "\x00", strings.Join(c.Conditions, "\x00"))
		at, ok := of[key]
		if !ok {
			at = len(out)
			of[key] = at
			out, whens = append(out, *c), append(whens, nil)
		}
		whens[at] = append(whens[at], c.When)
	}
	for i := range out {
		out[i].When = source.AnyOf(whens[i], 0)
		if when := out[i].When.String(); when != "" {
			out[i].Conditions = append(slices.Clip(out[i].Conditions), "if "+when)
		}
	}
	return out
}

func wider(a, b Reach) Reach {
	if a.rank() < b.rank() {
		return a
	}
	return b
}
