package cloudformation

import (
	"bytes"
	"context"
	"io/fs"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/unit"
	"lintel/parsers/iampolicy"
)

// Parse reads the template u.Root. A file that is no template after all gives an empty stack
// and no problem.
func Parse(ctx context.Context, fsys fs.FS, u unit.Unit, opt unit.Options) unit.Parsed {
	parsed := unit.Parsed{Stack: &model.Stack{}, Files: source.Files{}}
	content, err := unit.ReadFile(fsys, u.Root)
	if err != nil {
		parsed.Problems = []finding.Problem{{Range: source.Range{Path: u.Root}, Message: err.Error()}}
		return parsed
	}
	file := source.NewFile(u.Root, content)
	parsed.Files[u.Root] = file
	isJSON := strings.HasSuffix(u.Root, ".json") || bytes.HasPrefix(bytes.TrimLeft(content, " \t\r\n"), []byte("{"))
	root, problems, whole := parse(file, isJSON)
	t := (*template)(nil)
	if root != nil {
		t = newTemplate(root, opt.Variables)
	}
	if t == nil {
		if !whole {
			parsed.Problems = problems // nobody knows what it is
		}
		return parsed
	}
	b := builder{ctx: ctx, template: t, stack: parsed.Stack}
	b.resources()
	parsed.Stack.Link()
	parsed.Problems = slices.Concat(problems, t.problems)
	return parsed
}

// builder adds the resources of a template to a stack.
type builder struct {
	*template
	ctx   context.Context //nolint:containedctx // a builder lives as long as one call of Parse
	stack *model.Stack
}

func (b *builder) resources() {
	top := &resolver{template: b.template}
	for _, f := range top.expand(b.template.resources.fields) {
		if b.ctx.Err() != nil {
			return
		}
		if kind, ok := f.value.get("Type").text(); ok {
			b.resource(f, kind)
		}
	}
}

// declaration is one variant of a resource as it is written.
type declaration struct {
	*resolver
	model.Resource
	body       *node      // properties, with the globals merged in
	properties model.Tree // the same, resolved
}

// resource adds a resource in all its variants.
func (b *builder) resource(f expandedField, kind string) {
	format := model.CloudFormation
	if b.isSAM && strings.HasPrefix(kind, "AWS::Serverless::") {
		format = model.SAM
	}
	if !model.Knows(format, kind) {
		return
	}
	body := f.value.get("Properties")
	if format == model.SAM {
		body = b.withGlobals(f.value, kind)
	}
	condition, conditional := f.value.get("Condition").text()
	mentions := []*node{body}
	if conditional {
		mentions = append(mentions, ifOf(condition, f.value))
	}
	for _, v := range b.variants(mentions...) {
		if !conditional || v.holds[condition] {
			b.variant(format, f, v, body, kind, condition)
		}
	}
}

// variant adds a resource as it is when the conditions turn out in one way. The condition that
// the resource itself depends on is empty when it has none.
func (b *builder) variant(format model.Format, f expandedField, v variant, body *node, kind, condition string) {
	in := *f.in
	in.holds = v.holds
	d := declaration{
		resolver: &in, body: body,
		Resource: model.Resource{Block: model.NewBlock(f.keyAt), ID: f.key, Type: kind, When: v.when},
	}
	switch {
	case f.mayHave:
		d.Block = model.UnknownBlock(f.keyAt, "the collection of the loop is known at deployment")
	case condition != "" && b.condition(condition, nil, nil) == isOpen:
		d.Block = model.UnknownBlock(f.keyAt, "condition "+condition+" is decided at deployment")
	}
	d.properties = in.tree(body)
	if body == nil {
		d.properties = model.Tree{State: model.StateKnown, IsMap: true}
	}
	d.properties.Range = f.keyAt
	b.add(format, d)
}

// ifOf is an expression that mentions a condition.
func ifOf(condition string, at *node) *node {
	name := &node{scalar: condition, at: at.at}
	return &node{tag: "If", kind: listNode, items: []*node{name, {}, {}}, at: at.at}
}

// add gives a declaration its meaning, and fills in by hand what does not fit a table.
func (b *builder) add(format model.Format, d declaration) {
	if format == model.SAM {
		d.properties = samTracing(d.properties)
	}
	switch added := b.stack.Add(format, d.Resource, d.properties).(type) {
	case *model.Function:
		if format == model.SAM {
			added.Code.Path = localPath(d.properties.Field("CodeUri"))
			b.function(d)
		}
	case *model.Layer:
		if format == model.SAM {
			added.Code.Path = localPath(d.properties.Field("ContentUri"))
		}
	case *model.Role:
		added.Trust = iampolicy.Parse(d.properties.Field("AssumeRolePolicyDocument"))
		added.Statements = inlinePolicies(d.properties.Field("Policies"))
	case *model.Policy:
		added.Statements = iampolicy.Parse(d.properties.Field("PolicyDocument"))
	case *model.User:
		added.Statements = inlinePolicies(d.properties.Field("Policies"))
		b.loginProfile(d)
	case *model.UserPolicy:
		added.Statements = iampolicy.Parse(d.properties.Field("PolicyDocument"))
	}
}

// loginProfile adds the password of a user, which other formats have in a resource of its own.
func (b *builder) loginProfile(d declaration) {
	profile := d.properties.Field("LoginProfile")
	if profile.State != model.StateKnown {
		return
	}
	r := d.Resource
	r.At = profile.Range
	b.stack.LoginProfiles = append(b.stack.LoginProfiles, model.LoginProfile{
		Resource: r, User: model.RefTo(profile.Range, d.ID),
	})
}

// localPath reads a CodeUri or ContentUri, which is a path unless it is an object in S3.
func localPath(uri model.Tree) model.Value[string] {
	if uri.IsMap {
		return model.Value[string]{}
	}
	return model.StringValue(uri)
}

// inlinePolicies gathers the statements of a role's Policies.
func inlinePolicies(policies model.Tree) model.List[model.Statement] {
	var all model.List[model.Statement]
	if policies.State == model.StateUnknown {
		all = model.UnknownList[model.Statement](policies.Range, policies.Cause)
	}
	for _, policy := range policies.Items {
		if policy.State == model.StateUnknown {
			all = all.Append(model.UnknownList[model.Statement](policy.Range, policy.Cause))
			continue
		}
		all = all.Append(iampolicy.Parse(policy.Field("PolicyDocument")))
	}
	return all
}
