package model

import (
	"regexp"
	"slices"

	"lintel/internal/tree"
)

// narrowSource adds examples to a source of which nothing is known and that can only be an SQS queue or a stream, which findings and
// undetermined checks take from there: streams need a starting position, which queues do not accept,
// Kafka needs topics, MQ queues, and DocumentDB a configuration
// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html).
func (m *EventSource) narrowSource() {
	examples := []string{tree.ExampleQueue}
	switch m.StartingPosition.State {
	case tree.StateKnown:
		examples = tree.ExampleStreams()
	case tree.StateUnknown:
		return
	case tree.StateAbsent:
	}
	for _, state := range []tree.State{m.Kind.State, m.Topics.State, m.Queues.State, m.SelfManaged.State, m.DocumentDB.State} {
		if state != tree.StateAbsent {
			return
		}
	}
	prefix, suffix := m.Source.Ends()
	if m.Source.State != tree.StateUnknown || len(m.Source.IDs) > 0 || prefix != "" && prefix != "arn:" || suffix != "" {
		return
	}
	m.Source.open = &open{prefix, suffix, examples}
}

// otherService matches the part of an integration URI that names its service:
// https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
var otherService = regexp.MustCompile(`^arn:[^:]*:apigateway:[^:]*:([a-z0-9.-]+):(?:action|path)/`)

// narrowURI marks an unknown URI that invokes no function: that of an HTTP backend or of another service.
func (i *APIIntegration) narrowURI() {
	kind, _ := i.Type.Get()
	service := otherService.FindStringSubmatch(patternOf(i.URI.Value))
	if slices.Contains([]string{"HTTP", "HTTP_PROXY", "MOCK"}, kind) || service != nil && service[1] != "lambda" {
		i.URI.outside = true
	}
}

// narrowDestination marks the unknown destination of a filter that has a role: CloudWatch Logs needs one for a stream and rejects
// it for a function (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html).
func (f *SubscriptionFilter) narrowDestination(format Format, body tree.Tree) {
	name := "RoleArn"
	if format == Terraform {
		name = "role_arn"
	}
	role := body.Field(name)
	isParameter := format != Terraform && (role.Outside || len(role.Parameters) == 1) // a variable of Terraform can be null
	if role.State == tree.StateKnown || role.State == tree.StateUnknown && (len(role.Refs) > 0 || isParameter) {
		f.Destination.outside = true
	}
}

// narrowAccount gives an unknown principal that is the ID of an account, as its parameter says, the ends of the ARN that means the
// same (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
func (p *Principal) narrowAccount() {
	v := &p.Value
	if kind, _ := p.Kind.Get(); kind != "AWS" || v.State != tree.StateUnknown || v.open != nil {
		return
	}
	if v.origin != nil && namesAccount(v.origin.parameters) {
		v.open = &open{prefix: "arn:", suffix: ":root"}
	}
}

// namesAccount reports whether what a value is made of is one parameter for the ID of an account.
func namesAccount(parameters []tree.Parameter) bool {
	return len(parameters) == 1 && tree.NamesAccount(parameters[0].Name)
}

// narrowResource marks an unknown resource of a statement that is a parameter. It is an ARN, which exists before the deployment, or
// a pattern: no resource of the stack.
func (r *Ref) narrowResource() {
	if r.State == tree.StateUnknown && r.open == nil && len(r.IDs) == 0 && r.origin != nil && len(r.origin.parameters) == 1 {
		r.outside = true
	}
}

// narrowBoundary marks an unknown permissions boundary of which nothing is known. IAM accepts only a policy that exists, so a value
// from outside is none of the policies that the deployment creates
// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html).
func (r *Role) narrowBoundary() {
	prefix, suffix := r.Boundary.Ends()
	if r.Boundary.State == tree.StateUnknown && !tree.HasResource(r.Boundary.IDs) && (prefix == "" || prefix == "arn:") && suffix == "" {
		r.Boundary.outside = true
	}
}
