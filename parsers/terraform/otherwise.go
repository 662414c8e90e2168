package terraform

import (
	"context"
	"maps"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// grantTypes are the resources that decide what roles may do.
var grantTypes = []string{ //nolint:gochecknoglobals // a table, never written
	"aws_iam_policy", "aws_iam_policy_attachment", "aws_iam_role", "aws_iam_role_policies_exclusive", "aws_iam_role_policy",
	"aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive",
}

// otherwise adds to the roles of a stack what they may do with other values of the variables of the root module that have their
// default value. It evaluates the policies again, with these values unknown.
func otherwise(ctx context.Context, root *instance, opt deployment.Options, stack *model.Stack) {
	if len(stack.Functions) == 0 || len(stack.Roles) == 0 || !root.hasDefaults() {
		return
	}
	loader := *root.loader // what the evaluation of values that are not set meets is no problem of the configuration
	loader.problems, loader.gaps, loader.moves, loader.missing = nil, nil, nil, deployment.Missing{}
	loader.uses = maps.Clone(loader.uses)
	meter := loader.meter
	report := meter.problem
	meter.problem = func(source.Range, string, ...any) {}
	defer func() { meter.problem = report }()

	again := loader.evaluation(root.config, root.root, opt)
	again.withoutDefaults = true
	other := &model.Stack{}
	reader{ctx: ctx, types: grantTypes, visit: func(r model.Resource, properties tree.Tree) {
		r, properties = managedCopy(r, properties)
		other.Add(model.Terraform, r, properties)
	}}.module(again)
	if meter.stopped || again.budget < 0 || ctx.Err() != nil {
		stack.LoseOtherwise(tooMuch)
		return
	}
	other.Link()
	stack.AllowOtherwise(other)
}

// hasDefaults reports whether a variable of a root module has its default value.
func (m *instance) hasDefaults() bool {
	for name, declared := range m.config.variables { // any order: only whether there is one counts
		if _, isGiven := m.argument(name); !isGiven && declared.body.get("default") != nil {
			return true
		}
	}
	return false
}
