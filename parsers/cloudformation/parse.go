package cloudformation

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// Parse reads the template u.Root with the stacks nested in it. A file that turns out not to be
// a template gives an empty stack and no problem.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := Read(ctx, fsys, u, opt)
	parsed.Link(ctx)
	return parsed
}

// Read is Parse without links between the resources: the caller adds those of other units first.
func Read(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := deployment.Parsed{Stack: &model.Stack{}, Files: source.Files{}, Uses: source.Uses{}}
	rd := newReader(fsys, parsed.Files, parsed.Uses)
	rd.options = opt
	t, problems := rd.open(u.Root)
	if t == nil {
		parsed.Problems, parsed.IsOther = problems, len(problems) == 0
		return parsed
	}
	t.given, t.fixed = map[string]tree.Tree{}, map[string]bool{}
	if u.Environment != (deployment.Environment{}) {
		t.setEnvironment(u.Environment)
	}
	for name, value := range opt.Parameters {
		t.given[name], t.fixed[name] = tree.Tree{State: tree.StateKnown, Scalar: value}, true
	}
	t.require()
	b := builder{ctx: ctx, template: t, stack: parsed.Stack, pending: &pending{variants: map[string]*source.Variants{}, counts: map[string]int{}, roles: map[string][]int{}}}
	b.origins = rd.origins(u.Root)
	b.resources()
	b.pending.count()
	for _, step := range b.pending.steps {
		if ctx.Err() != nil {
			break
		}
		step()
	}
	if parsed.Stack.UsesNetworks() {
		b.networkUses()
	}
	parsed.Worlds = rd.solver
	b.unsynthesized(u.Root)
	parsed.Problems, parsed.Gaps = b.unchecked()
	parsed.Missing = b.undeclared()
	for _, f := range t.parameters.all() {
		parsed.Declared = append(parsed.Declared, f.key)
	}
	slices.Sort(parsed.Declared)
	t.concealDeclared(opt.Parameters)
	parsed.Hidden = rd.hidden
	for _, export := range b.pending.exports { // after the gaps, which do not depend on whether others may ask for outputs
		export()
	}
	parsed.Offers = b.pending.offers
	return parsed
}

// builder adds the resources of a template to a stack.
type builder struct {
	*template
	ctx   context.Context //nolint:containedctx // a builder lives as long as one call of Parse
	stack *model.Stack

	origins  map[string]origin // of resources that the CDK made, by logical id
	deployed bool              // the role for gradual deployments is added
	pending  *pending
}

// pending is what remains to be done when all variants of all resources are counted.
type pending struct {
	resources   []*resourceVariants
	steps       []func()
	variants    map[string]*source.Variants // by id of the resource
	implicit    map[string]bool             // ids of the APIs that SAM makes for events
	definitions map[string]definition       // of the APIs that events name, by their ids
	counts      map[string]int              // the same
	roles       map[string][]int            // indices in the stack of the variants of each generated role, by its id
	exports     []func()                    // add the exports to offers
	offers      []deployment.Offer
}

func (b *builder) resources() {
	if b.reader.options.Offers {
		b.pending.exports = append(b.pending.exports, b.exports)
	}
	for _, f := range b.section("Resources").entries {
		if b.ctx.Err() != nil {
			return
		}
		kind, ok := f.value.get("Type").text()
		_, isModule := moduleOf(f.value)
		if !ok && !isModule {
			b.untyped(f)
			continue
		}
		if isModule || nestedLocation(kind) != "" {
			for _, child := range b.nested(f.key) {
				inner := builder{ctx: b.ctx, template: child, stack: b.stack, origins: b.origins, pending: b.pending}
				inner.resources()
			}
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

// unchecked returns the problems and gaps of a template and of the stacks nested in it. Each variant of a nested
// stack has them.
func (t *template) unchecked() ([]finding.Problem, []finding.Gap) {
	problems, gaps := slices.Clone(t.problems), slices.Clone(t.gaps)
	gaps = append(gaps, t.missingGaps()...)
	for _, f := range t.section("Resources").entries {
		for _, child := range t.children[f.key] {
			more, moreGaps := child.unchecked()
			problems, gaps = withNew(problems, more), withNew(gaps, moreGaps)
		}
	}
	return problems, gaps
}

// withNew appends the items that a list does not have.
func withNew[T comparable](all, more []T) []T {
	for _, item := range more {
		if !slices.Contains(all, item) {
			all = append(all, item)
		}
	}
	return all
}

// declaration is one variant of a resource as it is written.
type declaration struct {
	*resolver
	model.Resource
	body       *node     // properties, with the globals merged in
	properties tree.Tree // the same, resolved
	untraced   bool      // the user has switched tracing off
	deletion   tree.Tree // DeletionPolicy
	metadata   *node     // Metadata
}

// resource adds a resource in all its variants.
func (b *builder) resource(f expandedField, kind string) {
	format := model.CloudFormation
	if b.isSAM && strings.HasPrefix(kind, "AWS::Serverless::") {
		format = model.SAM
	}
	b.pending.steps = append(b.pending.steps, func() { b.credentials(f) })
	if !model.Knows(format, kind) && more[kind] == nil && f.value.get("Connectors") == nil {
		return
	}
	body := f.value.get("Properties")
	if format == model.SAM {
		body = b.withGlobals(f.value, kind)
	}
	condition, _ := f.in.text(f.value.get("Condition"))
	r := &resourceVariants{builder: b, expandedField: f, format: format, kind: kind, condition: condition, body: body}
	r.find(maxVariants)
	b.pending.resources = append(b.pending.resources, r)
	b.pending.steps = append(b.pending.steps, r.add)
}

// variant adds a resource as it is when the conditions turn out in one way. The condition that
// the resource itself depends on is empty when it has none.
func (b *builder) variant(format model.Format, f expandedField, v variant, body *node, kind, condition string) {
	in := *f.in
	in.world, in.holds = v.world, map[string]bool{}
	for _, l := range v.literals {
		if l.Value == "" {
			in.holds[l.Condition] = l.Is
		}
	}
	d := declaration{
		resolver: &in, body: body, metadata: f.value.get("Metadata"),
		Resource: model.Resource{Block: model.NewBlock(f.keyAt), ID: b.prefix + f.key, Type: kind, Lineage: source.Lineage{When: v.when, Variants: v.of, Via: b.via}, World: int(v.world)},
	}
	b.comesFrom(&d.Resource, f)
	if property, ok := nameProperties[kind]; ok {
		d.Mention = b.mention(f, kind, body.get(property))
	}
	if why := b.mayBeMissing(f, condition); why != "" {
		d.Block = model.UnknownBlock(f.keyAt, why)
	}
	d.properties = in.tree(body)
	if body == nil {
		d.properties = tree.Tree{State: tree.StateKnown, IsMap: true}
	}
	d.properties.Range = f.keyAt
	d.properties = b.mayHaveGlobals(d.properties, kind)
	d.deletion = in.tree(f.value.get("DeletionPolicy"))
	b.typed(kind, d.properties, f.key)
	if d.deletion.State != tree.StateAbsent && kind == "AWS::Logs::LogGroup" {
		d.properties = with(d.properties, "DeletionPolicy", d.deletion)
	}
	if hooks := in.tree(f.value.get("UpdatePolicy")); hooks.State != tree.StateAbsent && kind == "AWS::Lambda::Alias" {
		d.properties = with(d.properties, "UpdatePolicy", hooks)
	}
	if generate := more[kind]; generate != nil && format == model.SAM {
		generate(b, d)
	} else {
		b.add(format, d)
	}
	b.embedded(f, &in, v.when)
}

// mayBeMissing says why it is unknown whether a resource exists; empty: it does.
func (b *builder) mayBeMissing(f expandedField, condition string) string {
	switch {
	case f.maybe != "":
		return f.maybe
	case condition != "" && b.reader.solver.isOpen(b.base, f.in.condition(condition)):
		return "condition " + condition + " is decided at deployment"
	}
	return b.maybe
}

// nameProperties are the properties with the name of a resource, by the types of which rules ask what refers to them.
var nameProperties = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"AWS::IAM::Role":                "RoleName",
	"AWS::Lambda::Function":         "FunctionName",
	"AWS::Lambda::LayerVersion":     "LayerName",
	"AWS::Serverless::Function":     "FunctionName",
	"AWS::Serverless::LayerVersion": "LayerName",
}

// comesFrom notes what the CDK says about where a resource comes from.
func (b *builder) comesFrom(r *model.Resource, f expandedField) {
	o, ok := b.origins[f.key]
	if !ok {
		o.construct, _ = f.value.get("Metadata").get("aws:cdk:path").text()
		o.framework = b.origins != nil && isFramework(o.construct) // elsewhere anyone can write this metadata
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

// add gives a declaration its meaning, and fills in by hand what does not fit a table.
func (b *builder) add(format model.Format, d declaration) {
	if format == model.SAM {
		d = withObject(withoutTracing(d))
	}
	switch added := b.stack.Add(format, d.Resource, d.properties).(type) {
	case *model.Function:
		b.addedFunction(format, d, added)
	case *model.Layer:
		addedLayer(format, d, added)
	case *model.Trigger:
		openapi.Add(b.stack, d.Resource, d.properties.Field("Body"))
		if d.Type == "AWS::Serverless::StateMachine" {
			b.stateMachine(d)
		}
	case *model.SSMParameter:
		b.stores(d)
	case *model.User:
		b.loginProfile(d)
	case *model.CapacityProvider:
		if format == model.SAM {
			b.capacityProvider(d)
		}
	}
}

// addedFunction fills in what the tags of a function do not say, and adds what SAM generates for it.
func (b *builder) addedFunction(format model.Format, d declaration, added *model.Function) {
	added.Retained = retained(d.deletion)
	build(&added.Code, d)
	added.Code.ImageBuild = imageBuild(d)
	if asset, ok := d.metadata.get("aws:asset:path").text(); ok {
		added.Code.Asset = model.Known(asset, d.At)
	}
	if format == model.SAM {
		added.Code.Path = localPath(d.properties.Field("CodeUri"))
		b.function(d)
	} else if code := d.properties.Field("Code"); code.Scalar != nil { // "aws cloudformation package" uploads it
		added.Code.Path = localPath(code)
	}
}

// build fills in how SAM makes the package of a function.
func build(code *model.Code, d declaration) {
	if method, ok := d.metadata.get("BuildMethod").text(); ok {
		code.BuildMethod = model.Known(method, d.At)
	}
	properties := d.metadata.get("BuildProperties")
	code.EntryPoints = d.texts(properties.get("EntryPoints"))
	code.External = d.texts(properties.get("External"))
}

// texts are the texts of a list in the metadata of a resource; absent if there is none.
func (d declaration) texts(list *node) model.List[model.Value[string]] {
	if list == nil {
		return model.List[model.Value[string]]{}
	}
	all := model.NewList[model.Value[string]](d.At)
	for _, item := range list.items {
		if text, ok := item.text(); ok {
			all.Items = append(all.Items, model.Known(text, d.At))
		}
	}
	return all
}

// imageBuild is the build of a function's container image: the properties that SAM reads from the metadata, and those that the CDK
// writes there.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build.html#build-container-image
// https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cx-api/lib/assets.ts
func imageBuild(d declaration) model.ImageBuild {
	names := []string{"DockerContext", "Dockerfile", "DockerBuildTarget", "DockerBuildArgs"}
	if d.metadata.get("aws:asset:path") != nil {
		names = []string{"aws:asset:path", "aws:asset:dockerfile-path", "aws:asset:docker-build-target", "aws:asset:docker-build-args"}
	}
	if d.metadata.get(names[0]) == nil {
		return model.ImageBuild{}
	}
	var written [4]tree.Tree
	for i, name := range names {
		if n := d.metadata.get(name); n != nil {
			written[i] = d.tree(n)
		}
	}
	return model.ImageBuild{
		Block: model.NewBlock(d.At), Context: model.StringValue(written[0]), Dockerfile: model.StringValue(written[1]),
		Target: model.StringValue(written[2]), Arguments: model.MapValue(written[3]),
	}
}

// addedLayer fills in what the tags of a layer do not say.
func addedLayer(format model.Format, d declaration, added *model.Layer) {
	build(&added.Code, d)
	if asset, ok := d.metadata.get("aws:asset:path").text(); ok {
		added.Code.Asset = model.Known(asset, d.At)
	}
	if format != model.SAM {
		if content := d.properties.Field("Content"); content.Scalar != nil {
			added.Code.Path = localPath(content)
		}
		return
	}
	added.Code.Path = localPath(d.properties.Field("ContentUri"))
	if added.Name.State == tree.StateAbsent {
		added.Name = model.Known(d.ID, d.At)
	}
}

// retained reads whether a resource stays when it is removed from its stack
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html).
func retained(policy tree.Tree) model.Value[bool] {
	if text, ok := policy.String(); ok {
		return model.Known(text == "Retain" || text == "RetainExceptOnCreate", policy.Range)
	}
	return model.BoolValue(policy)
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
