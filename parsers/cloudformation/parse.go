package cloudformation

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// Parse reads the template u.Root with the stacks nested in it. A file that is no template after
// all gives an empty stack and no problem.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := deployment.Parsed{Stack: &model.Stack{}, Files: source.Files{}, Uses: source.Uses{}}
	rd := &reader{fsys: fsys, files: parsed.Files, uses: parsed.Uses}
	t, problems := rd.open(u.Root)
	if t == nil {
		parsed.Problems, parsed.IsOther = problems, len(problems) == 0
		return parsed
	}
	t.given = map[string]tree.Tree{}
	for name, value := range opt.Parameters {
		t.given[name] = tree.Tree{State: tree.StateKnown, Scalar: value}
	}
	b := builder{ctx: ctx, template: t, stack: parsed.Stack}
	b.origins = rd.origins(u.Root)
	b.resources()
	parsed.Stack.Link()
	b.unsynthesized(u.Root)
	parsed.Problems, parsed.Gaps = b.unchecked()
	for _, f := range t.parameters.all() {
		parsed.Declared = append(parsed.Declared, f.key)
	}
	slices.Sort(parsed.Declared)
	return parsed
}

// builder adds the resources of a template to a stack.
type builder struct {
	*template
	ctx   context.Context //nolint:containedctx // a builder lives as long as one call of Parse
	stack *model.Stack

	origins  map[string]origin // of resources that the CDK made, by logical id
	deployed bool              // the role for gradual deployments is added
}

func (b *builder) resources() {
	top := &resolver{template: b.template}
	for _, f := range top.expand(b.template.resources.fields) {
		if b.ctx.Err() != nil {
			return
		}
		kind, ok := f.value.get("Type").text()
		if !ok {
			b.untyped(f)
			continue
		}
		if nestedLocation(kind) != "" {
			b.nested(f.key)
			continue
		}
		b.resource(f, kind)
	}
}

// untyped notes a resource without a type, which CloudFormation rejects unless a macro adds the type.
func (b *builder) untyped(f expandedField) {
	if f.key != fnTransform && !b.hasMacros() {
		b.problem(f.keyAt, "the resource %s was not checked: it has no Type", f.key)
	}
}

// nested adds the resources of a nested stack.
func (b *builder) nested(id string) {
	if child := b.child(id); child != nil {
		inner := builder{ctx: b.ctx, template: child, stack: b.stack, origins: b.origins}
		inner.resources()
	}
}

// unchecked returns the problems and gaps of a template and of the stacks nested in it.
func (t *template) unchecked() ([]finding.Problem, []finding.Gap) {
	problems, gaps := slices.Clone(t.problems), slices.Clone(t.gaps)
	for _, id := range slices.Sorted(maps.Keys(t.children)) {
		if child := t.children[id]; child != nil {
			more, moreGaps := child.unchecked()
			problems, gaps = append(problems, more...), append(gaps, moreGaps...)
		}
	}
	return problems, gaps
}

// declaration is one variant of a resource as it is written.
type declaration struct {
	*resolver
	model.Resource
	body       *node     // properties, with the globals merged in
	properties tree.Tree // the same, resolved
	untraced   bool      // the user has switched tracing off
}

// resource adds a resource in all its variants.
func (b *builder) resource(f expandedField, kind string) {
	format := model.CloudFormation
	if b.isSAM && strings.HasPrefix(kind, "AWS::Serverless::") {
		format = model.SAM
	}
	b.credentials(f)
	if !model.Knows(format, kind) && more[kind] == nil && f.value.get("Connectors") == nil {
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
	variants := b.variants(mentions...)
	if conditional {
		variants = slices.DeleteFunc(variants, func(v variant) bool { return !v.holds[condition] })
	}
	for _, v := range variants {
		v.of = len(variants)
		b.variant(format, f, v, body, kind, condition)
	}
}

// variant adds a resource as it is when the conditions turn out in one way. The condition that
// the resource itself depends on is empty when it has none.
func (b *builder) variant(format model.Format, f expandedField, v variant, body *node, kind, condition string) {
	in := *f.in
	in.holds = v.holds
	d := declaration{
		resolver: &in, body: body,
		Resource: model.Resource{Block: model.NewBlock(f.keyAt), ID: b.prefix + f.key, Type: kind, Lineage: source.Lineage{When: v.when, Variants: v.of, Via: b.via}},
	}
	b.comesFrom(&d.Resource, f)
	switch {
	case f.mayHave:
		d.Block = model.UnknownBlock(f.keyAt, "the collection of the loop is known at deployment")
	case condition != "" && b.condition(condition, nil, nil) == isOpen:
		d.Block = model.UnknownBlock(f.keyAt, "condition "+condition+" is decided at deployment")
	}
	d.properties = in.tree(body)
	if body == nil {
		d.properties = tree.Tree{State: tree.StateKnown, IsMap: true}
	}
	d.properties.Range = f.keyAt
	b.typed(kind, d.properties, f.key)
	if generate := more[kind]; generate != nil && format == model.SAM {
		generate(b, d)
	} else {
		b.add(format, d)
	}
	b.embedded(f, &in, v.when)
}

// comesFrom notes what the CDK says about where a resource comes from.
func (b *builder) comesFrom(r *model.Resource, f expandedField) {
	o, ok := b.origins[f.key]
	if !ok {
		o.construct, _ = f.value.get("Metadata").get("aws:cdk:path").text()
		o.framework = isFramework(o.construct)
	}
	r.Construct, r.Source, r.Framework = o.construct, o.source, o.framework
	if !o.at.IsZero() {
		r.Caller = o.at
		r.Via = append(slices.Clip(r.Via), o.at)
	}
}

// authentication is what the metadata of a resource has the credentials of its downloads in.
const authentication = "AWS::CloudFormation::Authentication"

// credentials adds the credentials in the metadata of a resource, whatever its type.
func (b *builder) credentials(f expandedField) {
	written := f.value.get("Metadata").get(authentication)
	if written == nil {
		return
	}
	for _, entry := range f.in.tree(written).Fields {
		b.stack.Add(model.CloudFormation, model.Resource{
			Block: model.NewBlock(entry.KeyRange), ID: b.prefix + f.key, Type: authentication, Lineage: source.Lineage{Via: b.via},
		}, entry.Tree)
	}
}

// ifOf is an expression that mentions a condition.
func ifOf(condition string, at *node) *node {
	name := &node{scalar: condition, at: at.at}
	return &node{tag: "If", kind: listNode, items: []*node{name, {}, {}}, at: at.at}
}

// add gives a declaration its meaning, and fills in by hand what does not fit a table.
func (b *builder) add(format model.Format, d declaration) {
	if format == model.SAM {
		d = withoutTracing(d)
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
			if added.Name.State == tree.StateAbsent {
				added.Name = model.Known(d.ID, d.At)
			}
		}
	case *model.Trigger:
		openapi.Add(b.stack, d.Resource, d.properties.Field("Body"))
		if d.Type == "AWS::Serverless::StateMachine" {
			b.stateMachine(d)
		}
	case *model.User:
		b.loginProfile(d)
	}
}

// loginProfile adds the password of a user, which other formats have in a resource of its own.
func (b *builder) loginProfile(d declaration) {
	profile := d.properties.Field("LoginProfile")
	if profile.State != tree.StateKnown {
		return
	}
	r := d.Resource
	r.At = profile.Range
	b.stack.LoginProfiles = append(b.stack.LoginProfiles, model.LoginProfile{
		Resource: r, User: model.RefTo(profile.Range, d.ID),
	})
}

// localPath reads a CodeUri or ContentUri, which is a path unless it is an object in S3.
func localPath(uri tree.Tree) model.Value[string] {
	if uri.IsMap {
		return model.Value[string]{}
	}
	return model.StringValue(uri)
}
