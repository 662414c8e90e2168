package cloudformation

import (
	_ "embed" // the names of managed policies
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// managedPolicyPrefix begins the ARN of the policies that AWS maintains.
const managedPolicyPrefix = "arn:aws:iam::aws:policy/"

// grants are what a generated role may do.
type grants struct {
	managed    []tree.Tree
	statements model.List[model.Statement]
}

// attach adds a policy that AWS maintains, once.
func (g *grants) attach(at source.Range, name string) {
	arn := managedPolicyPrefix + name
	if !slices.ContainsFunc(g.managed, func(t tree.Tree) bool { return t.Scalar == arn }) {
		g.managed = append(g.managed, tree.Tree{State: tree.StateKnown, Scalar: arn, Range: at})
	}
}

// allow adds a statement on a resource.
func (g *grants) allow(at source.Range, resource tree.Tree, actions ...any) {
	list := tree.Tree{State: tree.StateKnown, IsList: true, Range: at}
	for _, action := range actions {
		list.Items = append(list.Items, tree.Tree{State: tree.StateKnown, Scalar: action, Range: at})
	}
	resources := tree.Tree{State: tree.StateKnown, IsList: true, Range: at, Items: []tree.Tree{resource}} // one, even if its value is unknown
	if !resource.Range.IsZero() {
		resources.Range = resource.Range
	}
	document := treeOf(at, "Statement", treeOf(at, "Effect", "Allow", "Action", list, "Resource", resources))
	g.statements = g.statements.Append(model.ParsePolicy(document))
}

// policies adds the entries of the property Policies: names and ARNs of managed policies, inline
// documents, and policy templates.
func (g *grants) policies(policies tree.Tree) {
	if policies.IsList && policies.State == tree.StateUnknown {
		g.statements = g.statements.Append(model.UnknownList[model.Statement](policies.Range, policies.Cause))
	}
	for _, policy := range policies.Entries() {
		attached, own := samPolicy(policy)
		if attached.State != tree.StateAbsent && !g.has(attached) {
			g.managed = append(g.managed, attached)
		}
		g.statements = g.statements.Append(own)
	}
}

func (g *grants) has(policy tree.Tree) bool {
	return slices.ContainsFunc(g.managed, func(t tree.Tree) bool {
		return t.Scalar == policy.Scalar && slices.Equal(t.Refs, policy.Refs) && (policy.Scalar != nil || len(policy.Refs) > 0)
	})
}

// functionRole adds the role that SAM makes for a function without one
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
func (b *builder) functionRole(d declaration) {
	var g grants
	if d.properties.Field("DurableConfig").State == tree.StateAbsent {
		g.attach(d.At, "service-role/AWSLambdaBasicExecutionRole")
	} else {
		g.attach(d.At, "service-role/AWSLambdaBasicDurableExecutionRolePolicy")
	}
	if d.properties.Field("Tracing").State == tree.StateKnown && !d.untraced {
		g.attach(d.At, "AWSXrayWriteOnlyAccess")
	}
	if d.properties.Field("VpcConfig").State == tree.StateKnown {
		g.attach(d.At, "service-role/AWSLambdaVPCAccessExecutionRole")
	}
	g.deadLetters(d.properties.Field("DeadLetterQueue"))
	g.destinations(d.properties.Field("EventInvokeConfig").Field("DestinationConfig"))
	g.policies(d.properties.Field("Policies"))
	for _, event := range d.properties.Field("Events").Fields {
		g.event(event)
	}
	trust := d.properties.Field("AssumeRolePolicyDocument")
	if trust.State == tree.StateAbsent {
		trust = trustOf(d.At, "lambda.amazonaws.com")
	}
	b.role(d, "Role", trust, g)
}

// role adds a generated role.
func (b *builder) role(d declaration, suffix string, trust tree.Tree, g grants) {
	role, ok := b.stack.Add(model.CloudFormation, d.generated(suffix, "AWS::IAM::Role", d.At), treeOf(d.At,
		"ManagedPolicyArns", tree.Tree{State: unlessNil(g.managed), IsList: true, Range: d.At, Items: g.managed},
		"PermissionsBoundary", d.properties.Field("PermissionsBoundary"),
		"Path", d.properties.Field("RolePath"))).(*model.Role)
	if ok {
		role.Trust, role.Statements = model.ParsePolicy(trust), g.statements
		b.join(role)
	}
}

// join makes one role of the last of the stack and an earlier variant that differs only in the worlds in which it exists: most
// conditions of a function do not matter for its role.
func (b *builder) join(last *model.Role) {
	roles := &b.stack.Roles
	for _, i := range b.pending.roles[last.ID] {
		earlier := &(*roles)[i]
		bare := *last
		bare.When, bare.World = earlier.When, earlier.World
		if !reflect.DeepEqual(bare, *earlier) {
			continue
		}
		earlier.When = source.AnyOf([]source.When{earlier.When, last.When}, 0)
		earlier.World = int(b.reader.solver.or(diagram(earlier.World), diagram(last.World)))
		*roles = (*roles)[:len(*roles)-1]
		return
	}
	b.pending.roles[last.ID] = append(b.pending.roles[last.ID], len(*roles)-1)
}

func unlessNil(items []tree.Tree) tree.State {
	if items == nil {
		return tree.StateAbsent
	}
	return tree.StateKnown
}

func trustOf(at source.Range, service string) tree.Tree {
	return treeOf(at, "Statement", treeOf(at, "Effect", "Allow", "Action", "sts:AssumeRole",
		"Principal", treeOf(at, "Service", service)))
}

// deadLetters allows to send to the dead-letter queue or topic.
func (g *grants) deadLetters(queue tree.Tree) {
	if queue.State == tree.StateAbsent {
		return
	}
	action := "sqs:SendMessage"
	if kind, _ := queue.Field("Type").String(); kind == "SNS" {
		action = "sns:Publish"
	}
	g.allow(queue.Range, queue.Field("TargetArn"), action)
}

// destinations allows to send to the destinations of a DestinationConfig.
func (g *grants) destinations(config tree.Tree) {
	for _, outcome := range []string{"OnSuccess", "OnFailure"} {
		to := config.Field(outcome)
		if to.State != tree.StateKnown {
			continue
		}
		arn := to.Field("Destination")
		if arn.State == tree.StateAbsent {
			arn = createdDestination(to)
		}
		switch kind, _ := to.Field("Type").String(); kind {
		case "SQS":
			g.allow(to.Range, arn, "sqs:SendMessage")
		case "SNS":
			g.allow(to.Range, arn, "sns:publish")
		case "Lambda":
			g.allow(to.Range, arn, "lambda:InvokeFunction")
		case "EventBridge":
			g.allow(to.Range, arn, "events:PutEvents")
		case "S3Bucket", "S3":
			g.allow(to.Range, tree.Concat(to.Range, arn, tree.Tree{State: tree.StateKnown, Scalar: "/*", Range: to.Range}), "s3:PutObject")
			g.allow(to.Range, arn, "s3:ListBucket")
		}
	}
}

// samPolicy reads an entry of Policies: the name or ARN of a managed policy, an inline
// document, or a policy template.
func samPolicy(policy tree.Tree) (managed tree.Tree, statements model.List[model.Statement]) {
	if name, ok := policy.String(); ok {
		policy.Scalar = managedARN(name)
		return policy, statements
	}
	switch {
	case policy.State == tree.StateAbsent:
		return managed, statements
	case mayBeDocument(policy):
		return managed, model.UnknownList[model.Statement](policy.Range, policy.Cause)
	case !policy.IsMap:
		return policy, statements
	case policy.Field("Statement").State != tree.StateAbsent:
		return managed, model.ParsePolicy(policy)
	case len(policy.Fields) == 1:
		return managed, fromTemplate(policy.Fields[0])
	}
	return managed, model.UnknownList[model.Statement](policy.Range, "the policy is neither a document nor a template")
}

// mayBeDocument reports whether an unknown entry of Policies may be a document or a template. Text is the name or ARN of
// a managed policy, and so is what a reference to a resource or a service results in.
func mayBeDocument(policy tree.Tree) bool {
	return policy.State == tree.StateUnknown && !policy.IsMap && len(policy.Refs) == 0 && len(policy.Sources) == 0 &&
		policy.Prefix == "" && policy.Suffix == ""
}

//go:embed managed_policy_names.json
var managedPolicyNamesJSON []byte

// managedPolicyPaths are the paths of AWS managed policies by their names.
var managedPolicyPaths = sync.OnceValue(func() map[string]string { //nolint:gochecknoglobals // a table, read once
	var data struct {
		Paths map[string][]string `json:"paths"`
	}
	if err := json.Unmarshal(managedPolicyNamesJSON, &data); err != nil {
		panic("cloudformation: managed_policy_names.json: " + err.Error()) // a test reads it
	}
	paths := map[string]string{}
	for path, names := range data.Paths { // any order: each name has one path
		for _, name := range names {
			paths[name] = path
		}
	}
	return paths
})

// managedARN is the ARN of a managed policy by its name. Any other name is used unchanged.
func managedARN(name string) string {
	if strings.HasPrefix(name, "arn:") {
		return name
	}
	if path, ok := managedPolicyPaths()[name]; ok {
		return managedPolicyPrefix + path + name
	}
	return name
}
