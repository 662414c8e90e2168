package cloudformation

import (
	_ "embed" // the policy templates
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/iampolicy"
)

// managedPolicyPrefix begins the ARN of the policies that AWS maintains.
const managedPolicyPrefix = "arn:aws:iam::aws:policy/"

// generatedRole adds the role that SAM makes for a function without one
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
func (b *builder) generatedRole(d declaration) {
	at := d.At
	managed := []model.Tree{managedPolicy(at, "service-role/AWSLambdaBasicExecutionRole")}
	if d.properties.Field("VpcConfig").State == model.StateKnown {
		managed = append(managed, managedPolicy(at, "service-role/AWSLambdaVPCAccessExecutionRole"))
	}
	if mode, ok := d.properties.Field("Tracing").String(); ok && mode == "Active" {
		managed = append(managed, managedPolicy(at, "AWSXrayWriteOnlyAccess"))
	}
	policies := d.properties.Field("Policies")
	items := policies.Items
	if !policies.IsList && policies.State == model.StateKnown {
		items = []model.Tree{policies}
	}
	statements := model.NewList[model.Statement](at)
	if policies.State == model.StateUnknown {
		statements = model.UnknownList[model.Statement](policies.Range, policies.Cause)
	}
	for _, policy := range items {
		attached, own := samPolicy(policy)
		if attached.State != model.StateAbsent {
			managed = append(managed, attached)
		}
		statements = statements.Append(own)
	}
	trust := d.properties.Field("AssumeRolePolicyDocument")
	if trust.State == model.StateAbsent {
		trust = trustOfLambda(at)
	}
	role, ok := b.stack.Add(model.CloudFormation, d.generated("Role", "AWS::IAM::Role", at), treeOf(at,
		"ManagedPolicyArns", model.Tree{State: model.StateKnown, IsList: true, Range: at, Items: managed},
		"PermissionsBoundary", d.properties.Field("PermissionsBoundary"),
		"Path", d.properties.Field("RolePath"))).(*model.Role)
	if ok {
		role.Trust, role.Statements = iampolicy.Parse(trust), statements
	}
}

func managedPolicy(at source.Range, name string) model.Tree {
	return model.Tree{State: model.StateKnown, Scalar: managedPolicyPrefix + name, Range: at}
}

func trustOfLambda(at source.Range) model.Tree {
	return treeOf(at, "Statement", treeOf(at, "Effect", "Allow", "Action", "sts:AssumeRole",
		"Principal", treeOf(at, "Service", "lambda.amazonaws.com")))
}

// samPolicy reads an entry of Policies: the name or ARN of a managed policy, an inline
// document, or a policy template.
func samPolicy(policy model.Tree) (managed model.Tree, statements model.List[model.Statement]) {
	if name, ok := policy.String(); ok {
		if !strings.HasPrefix(name, "arn:") {
			policy.Scalar = managedPolicyPrefix + pathOfManaged(name)
		}
		return policy, statements
	}
	switch {
	case policy.State == model.StateAbsent:
		return managed, statements
	case !policy.IsMap:
		return policy, statements
	case policy.Field("Statement").State != model.StateAbsent:
		return managed, iampolicy.Parse(policy)
	case len(policy.Fields) == 1:
		return managed, fromTemplate(policy.Fields[0])
	}
	return managed, model.UnknownList[model.Statement](policy.Range, "the policy is neither a document nor a template")
}

// pathOfManaged puts the path before the name of a managed policy that has one.
func pathOfManaged(name string) string {
	if strings.HasPrefix(name, "AWSLambda") && (strings.HasSuffix(name, "ExecutionRole") || name == "AWSLambdaRole") {
		return "service-role/" + name
	}
	return name
}

//go:embed policy_templates.json
var policyTemplatesJSON []byte

// policyTemplates are SAM's policy templates by name. Names of parameters stand as ${Name}.
var policyTemplates = sync.OnceValue(func() map[string][]any { //nolint:gochecknoglobals // a table, read once
	var data struct {
		Templates map[string][]any `json:"templates"`
	}
	if err := json.Unmarshal(policyTemplatesJSON, &data); err != nil {
		panic("cloudformation: policy_templates.json: " + err.Error()) // a test reads it
	}
	return data.Templates
})

// fromTemplate expands a policy template into its statements. They stand where the template is
// named, and what the user gave for a parameter keeps its state.
func fromTemplate(use model.Field) model.List[model.Statement] {
	statements, ok := policyTemplates()[use.Key]
	if !ok {
		return model.UnknownList[model.Statement](use.KeyRange, "lintel does not know the policy template "+use.Key)
	}
	e := templateExpander{at: use.KeyRange, parameters: use.Tree}
	return iampolicy.Parse(treeOf(use.KeyRange, "Statement", e.tree(statements)))
}

type templateExpander struct {
	at         source.Range
	parameters model.Tree
}

func (e templateExpander) tree(value any) model.Tree {
	t := model.Tree{State: model.StateKnown, Range: e.at}
	switch x := value.(type) {
	case string:
		return e.text(x)
	case []any:
		t.IsList = true
		for _, item := range x {
			t.Items = append(t.Items, e.tree(item))
		}
	case map[string]any:
		t.IsMap = true
		for _, key := range sortedKeys(x) {
			t.Fields = append(t.Fields, model.Field{Key: key, KeyRange: e.at, Tree: e.tree(x[key])})
		}
	default:
		t.Scalar = x
	}
	return t
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// text puts in the parameters of a template.
func (e templateExpander) text(text string) model.Tree {
	var pieces []model.Tree
	for {
		before, rest, found := strings.Cut(text, "${")
		if before != "" {
			pieces = append(pieces, model.Tree{State: model.StateKnown, Scalar: before, Range: e.at})
		}
		if !found {
			return model.Concat(e.at, pieces...)
		}
		name, after, _ := strings.Cut(rest, "}")
		value := e.parameters.Field(name)
		if value.State == model.StateAbsent {
			value = model.UnknownTree(e.at, name+" is known at deployment")
		}
		pieces = append(pieces, value)
		text = after
	}
}
