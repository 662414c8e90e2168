package cloudformation

import (
	_ "embed" // what connectors allow
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

//go:embed connectors.json
var connectorsJSON []byte

// connection is what a connector between two types of resources allows.
type connection struct {
	Source       string `json:"source"`
	Destination  string `json:"destination"`
	Type         string `json:"type"`
	SourcePolicy bool   `json:"sourcePolicy"` // the source's role gets the policy, not the destination's
	Access       []struct {
		Name      string `json:"name"`
		Statement []any  `json:"Statement"`
		Action    string `json:"Action"`
		Principal string `json:"Principal"`
	} `json:"access"`
}

var connections = sync.OnceValue(func() []connection { //nolint:gochecknoglobals // a table, read once
	var data struct {
		Connectors []connection `json:"connectors"`
	}
	if err := json.Unmarshal(connectorsJSON, &data); err != nil {
		panic("cloudformation: connectors.json: " + err.Error()) // a test reads it
	}
	return data.Connectors
})

// plainTypes are the types that SAM turns its own into.
var plainTypes = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"AWS::Serverless::Function":     "AWS::Lambda::Function",
	"AWS::Serverless::Api":          "AWS::ApiGateway::RestApi",
	"AWS::Serverless::HttpApi":      "AWS::ApiGatewayV2::Api",
	"AWS::Serverless::SimpleTable":  "AWS::DynamoDB::Table",
	"AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
}

// connected is one end of a connector.
type connected struct {
	id, kind string
	tree     tree.Tree // as the connector names it
	role     string    // id of its role; empty: not known
	roleName tree.Tree // property RoleName of an end without an ID
	prefix   string    // of the ids in the stack
}

// connector adds what a connector allows
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html).
// The source is the resource that an embedded connector stands in; absent: its property Source.
func (b *builder) connector(r model.Resource, properties, from tree.Tree) {
	if from.State == tree.StateAbsent {
		from = properties.Field("Source")
	}
	destinations := properties.Field("Destination")
	items, many := destinations.Items, destinations.IsList
	if !many {
		items = []tree.Tree{destinations}
	}
	for i, to := range items {
		suffix := ""
		if many {
			suffix = fmt.Sprintf("Destination%d", i)
		}
		b.connect(r, properties, b.end(from, to), b.end(to, from), suffix)
	}
}

// end finds the resource that a connector names.
func (b *builder) end(named, other tree.Tree) connected {
	c := connected{tree: named, prefix: b.prefix}
	c.id, _ = named.Field("Id").String()
	c.kind, _ = named.Field("Type").String()
	if c.id == "" {
		c.roleName = named.Field("RoleName")
		if refs := c.roleName.Refs; len(refs) == 1 {
			c.role = strings.TrimPrefix(refs[0], b.prefix)
		}
	} else {
		resource := b.template.resource(c.id)
		c.kind, _ = resource.get("Type").text()
		c.role = b.roleOf(c.id, c.kind, resource.get("Properties"), other)
	}
	if plain, ok := plainTypes[c.kind]; ok {
		c.kind = plain
	}
	return c
}

// roleOf returns the id of the role that a resource acts with.
func (b *builder) roleOf(id, kind string, properties *node, other tree.Tree) string {
	r := b.resolver()
	property := map[string]string{
		"AWS::Lambda::Function": "Role", "AWS::Serverless::Function": "Role", "AWS::Serverless::StateMachine": "Role",
		"AWS::StepFunctions::StateMachine": "RoleArn", "AWS::AppSync::DataSource": "ServiceRoleArn", "AWS::Serverless::Api": "Role",
	}[kind]
	role := r.tree(properties.get(property))
	if kind == "AWS::Events::Rule" {
		wanted, _ := other.Field("Id").String()
		for _, target := range r.tree(properties.get("Targets")).Items {
			if slices.Contains(target.Field("Arn").Refs, b.prefix+wanted) {
				role = target.Field("RoleArn")
			}
		}
	}
	switch {
	case len(role.Refs) == 1:
		return strings.TrimPrefix(role.Refs[0], b.prefix)
	case role.State == tree.StateAbsent && strings.HasPrefix(kind, "AWS::Serverless::"):
		return id + "Role"
	}
	return ""
}

func (b *builder) connect(r model.Resource, properties tree.Tree, from, to connected, suffix string) {
	i := slices.IndexFunc(connections(), func(c connection) bool { return c.Source == from.kind && c.Destination == to.kind })
	if i < 0 {
		return // SAM refuses it
	}
	allowed := connections()[i]
	at := properties.Field("Permissions").Range
	if at.IsZero() {
		at = r.At
	}
	owner := to
	if allowed.SourcePolicy {
		owner = from
	}
	var statements []any
	for _, access := range allowed.Access {
		if !has(properties.Field("Permissions"), access.Name) {
			continue
		}
		statements = append(statements, access.Statement...)
		if allowed.Type == "AWS_LAMBDA_PERMISSION" && access.Action != "" {
			own, source := generatedFor(r, access.Name+"LambdaPermission"+suffix, "AWS::Lambda::Permission", at), from.arn(at)
			if source.State == tree.StateAbsent {
				source = generatedLater(at, arnOf(from.kind, "example"))
			}
			b.stack.Add(model.CloudFormation, own, treeOf(at, "FunctionName", owner.arn(at),
				"Action", access.Action, "Principal", access.Principal, "SourceArn", source))
		}
	}
	if allowed.Type == "AWS_IAM_ROLE_MANAGED_POLICY" {
		e := templateExpander{at: at, begin: "%{", parameter: func(name string) tree.Tree { return parameterOf(name, from, to, at) }}
		b.connectorPolicy(generatedFor(r, "Policy"+suffix, "AWS::IAM::ManagedPolicy", at), owner, e.tree(statements))
	}
}

// connectorPolicy adds the policy that a connector gives to the role of one of its ends.
func (b *builder) connectorPolicy(r model.Resource, owner connected, statements tree.Tree) {
	role := tree.Unknown(r.At, "the role is unknown")
	if owner.role != "" {
		role.Refs = []string{b.prefix + owner.role}
	} else if owner.roleName.Known() {
		role = owner.roleName
	}
	policy, ok := b.stack.Add(model.CloudFormation, r, treeOf(r.At,
		"Roles", tree.Tree{State: tree.StateKnown, IsList: true, Range: r.At, Items: []tree.Tree{role}})).(*model.Policy)
	if ok {
		policy.Statements = model.ParsePolicy(treeOf(r.At, "Statement", statements))
	}
}

// has reports whether a list of texts has an item.
func has(list tree.Tree, text string) bool {
	return slices.ContainsFunc(list.Items, func(item tree.Tree) bool { return item.Scalar == text })
}

// arn is the ARN of the resource.
func (c connected) arn(at source.Range) tree.Tree {
	if c.id != "" {
		t := refTree(at, c.prefix+c.id)
		t.Examples = []string{arnOf(c.kind, c.id)}
		return t
	}
	return c.tree.Field("Arn")
}

// parameterOf is a property of one of the ends: Source.Arn, Destination.Name.
func parameterOf(name string, from, to connected, at source.Range) tree.Tree {
	whose, property, _ := strings.Cut(name, ".")
	end := to
	if whose == "Source" {
		end = from
	}
	if property == "Arn" {
		return end.arn(at)
	}
	if end.id == "" {
		return end.tree.Field(property)
	}
	return refTree(at, end.prefix+end.id)
}

// generatedFor is a resource that SAM makes for another one.
func generatedFor(r model.Resource, suffix, kind string, at source.Range) model.Resource {
	r.ID, r.Type, r.Generated, r.At = r.ID+suffix, kind, true, at
	return r
}

// embedded adds the connectors that stand in a resource.
func (b *builder) embedded(f expandedField, in *resolver, when source.When) {
	connectors := f.value.get("Connectors")
	if connectors == nil {
		return
	}
	for _, c := range in.tree(connectors).Fields {
		r := model.Resource{Block: model.NewBlock(c.KeyRange), ID: f.key + c.Key, Type: "AWS::Serverless::Connector", Lineage: source.Lineage{When: when}, World: int(in.world)}
		from := treeOf(c.KeyRange, "Id", f.key)
		for _, own := range c.Tree.Field("Properties").Field("SourceReference").Fields {
			from = with(from, own.Key, own.Tree)
		}
		b.connector(r, c.Tree.Field("Properties"), from)
	}
}
