package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

const functionType = "AWS::Serverless::Function"

// generated is a resource that SAM makes for a function. It stands where the user wrote what
// makes SAM generate it.
func (d declaration) generated(suffix, kind string, at source.Range) model.Resource {
	return generatedFor(d.Resource, suffix, kind, at)
}

// treeOf makes a map for a generated resource from keys and values.
func treeOf(at source.Range, fields ...any) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: at}
	for i := 0; i+1 < len(fields); i += 2 {
		value := fields[i+1]
		child, ok := value.(tree.Tree)
		if !ok {
			child = tree.Tree{State: tree.StateKnown, Scalar: value, Range: at}
		}
		t.Fields = append(t.Fields, tree.Field{Key: fields[i].(string), KeyRange: at, Tree: child}) //nolint:forcetypeassert // callers in this package write keys
	}
	return t
}

// listOf is a list of texts.
func listOf(at source.Range, texts ...string) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, IsList: true, Range: at}
	for _, text := range texts {
		t.Items = append(t.Items, tree.Tree{State: tree.StateKnown, Scalar: text, Range: at})
	}
	return t
}

// refTree is a reference to a resource of the template.
func refTree(at source.Range, id string) tree.Tree {
	t := tree.Unknown(at, id+" is unknown until deployment")
	t.Refs = []string{id}
	t.Examples = []string{strings.ToLower(alphanumeric(id))}
	return t
}

// generatedLater is a value that SAM generates, like an example.
func generatedLater(at source.Range, example string) tree.Tree {
	t := tree.Unknown(at, "SAM fills it in")
	t.Examples = []string{example}
	return t
}

// generatedFrom is a value that SAM generates from resources, like an example.
func generatedFrom(at source.Range, example string, ids ...string) tree.Tree {
	t := generatedLater(at, example)
	t.Refs = ids
	return t
}

// with returns a map with a field set.
func with(t tree.Tree, key string, value tree.Tree) tree.Tree {
	fields := make([]tree.Field, 0, len(t.Fields)+1)
	for _, f := range t.Fields {
		if f.Key != key {
			fields = append(fields, f)
		}
	}
	fields = append(fields, tree.Field{Key: key, KeyRange: value.Range, Tree: value})
	t.Fields = fields
	return t
}

// withoutTracing turns SAM's Disabled into what it stands for: no tracing configuration.
func withoutTracing(d declaration) declaration {
	mode, ok := d.properties.Field("Tracing").String()
	if !ok || mode != "Disabled" {
		return d
	}
	d.untraced = true
	d.properties = with(d.properties, "Tracing", tree.Tree{Range: d.properties.Field("Tracing").Range})
	return d
}

// withObject writes the address of a package in S3, s3://BUCKET/KEY?versionId=VERSION, as the map that says the same
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-codeuri).
func withObject(d declaration) declaration {
	property := map[string]string{"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}[d.Type]
	uri := d.properties.Field(property)
	text, ok := uri.String()
	address, isObject := strings.CutPrefix(text, "s3://")
	bucket, key, isWhole := strings.Cut(address, "/")
	if !ok || !isObject || !isWhole {
		return d
	}
	key, version, _ := strings.Cut(key, "?versionId=")
	object := tree.Tree{State: tree.StateKnown, IsMap: true, Range: uri.Range, Through: uri.Through, Written: uri.Written}
	for _, part := range [][2]string{{"Bucket", bucket}, {"Key", key}, {"Version", version}} {
		if part[1] != "" {
			value := uri
			value.Scalar = part[1]
			object.Fields = append(object.Fields, tree.Field{Key: part[0], KeyRange: uri.Range, Tree: value})
		}
	}
	d.properties = with(d.properties, property, object)
	return d
}

// function adds what SAM generates for a function
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
// The function itself is added already, as the last of the stack.
func (b *builder) function(d declaration) {
	added := &b.stack.Functions[len(b.stack.Functions)-1]
	added.SAMPolicies = samPolicies(d.properties.Field("Policies"))
	if d.properties.Field("Role").State == tree.StateAbsent {
		added.Role = model.RefTo(d.At, d.ID+"Role")
		b.functionRole(d)
	}
	b.functionURL(d)
	b.asyncConfig(d)
	b.alias(d)
	b.events(d)
	b.deploymentGroup(d)
	b.codeDeploy(d)
}

// deploymentGroup adds the deployment group of a function that CodeDeploy deploys
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deploymentpreference.html).
func (b *builder) deploymentGroup(d declaration) {
	preference := d.properties.Field("DeploymentPreference")
	if preference.State != tree.StateKnown || isFalse(preference.Field("Enabled")) {
		return
	}
	r := d.generated("DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup", preference.Range)
	if preference.Field("Enabled").State == tree.StateUnknown {
		r.Block = model.UnknownBlock(preference.Range, preference.Field("Enabled").Cause)
	}
	kind := preference.Field("Type")
	if name, ok := kind.String(); ok && isPredefined(name) {
		kind.Scalar = "CodeDeployDefault.Lambda" + name
	}
	group, ok := b.stack.Add(model.CloudFormation, r, treeOf(preference.Range, "DeploymentConfigName", kind)).(*model.DeploymentGroup)
	if ok {
		group.Alarms = model.Strings(preference.Field("Alarms"))
	}
}

// isFalse reports whether a value is certainly false.
func isFalse(t tree.Tree) bool {
	on, ok := t.Scalar.(bool)
	text, _ := t.String()
	return ok && !on || strings.EqualFold(text, "false")
}

// isPredefined reports whether a type of deployment is one of CodeDeploy itself.
func isPredefined(name string) bool {
	return name == "AllAtOnce" || strings.HasPrefix(name, "Linear10PercentEvery") || strings.HasPrefix(name, "Canary10Percent")
}

// codeDeploy adds the role with which SAM's gradual deployments run, once for the template.
func (b *builder) codeDeploy(d declaration) {
	preference := d.properties.Field("DeploymentPreference")
	if preference.State == tree.StateAbsent || b.deployed || preference.Field("Role").State != tree.StateAbsent {
		return
	}
	if on, ok := preference.Field("Enabled").Scalar.(bool); ok && !on {
		return
	}
	b.deployed = true
	var g grants
	g.attach(preference.Range, "service-role/AWSCodeDeployRoleForLambda")
	own := d
	own.ID, own.At, own.properties, own.When, own.World = b.prefix, preference.Range, tree.Tree{}, source.AllOf(b.literals...), int(b.base)
	b.role(own, "CodeDeployServiceRole", trustOf(preference.Range, "codedeploy.amazonaws.com"), g)
}

func (b *builder) functionURL(d declaration) {
	config := d.properties.Field("FunctionUrlConfig")
	if config.State == tree.StateAbsent {
		return
	}
	self := refTree(config.Range, d.ID)
	b.stack.Add(model.CloudFormation, d.generated("Url", "AWS::Lambda::Url", config.Range), with(config, "TargetFunctionArn", self))
	if auth, ok := config.Field("AuthType").String(); !ok || auth != "NONE" {
		return
	}
	at := config.Field("AuthType").Range
	b.stack.Add(model.CloudFormation, d.generated("UrlPublicPermissions", "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", self, "Action", "lambda:InvokeFunctionUrl", "Principal", "*", "FunctionUrlAuthType", "NONE"))
	b.stack.Add(model.CloudFormation, d.generated("URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", self, "Action", "lambda:InvokeFunction", "Principal", "*", "InvokedViaFunctionUrl", true))
}

func (b *builder) asyncConfig(d declaration) {
	config := d.properties.Field("EventInvokeConfig")
	if config.State == tree.StateAbsent {
		return
	}
	config = with(config, "FunctionName", refTree(config.Range, d.ID))
	config = with(config, "DestinationConfig", b.destinations(d, config.Field("DestinationConfig")))
	if alias := d.properties.Field("AutoPublishAlias"); alias.State != tree.StateAbsent {
		config = with(config, "Qualifier", alias)
	} else {
		config = with(config, "Qualifier", tree.Tree{State: tree.StateKnown, Scalar: "$LATEST", Range: config.Range})
	}
	b.stack.Add(model.CloudFormation, d.generated("EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", config.Range), config)
}

// destinations returns the destinations of asynchronous invocations, with the queues and topics that SAM creates for those without
// an ARN.
func (b *builder) destinations(d declaration, written tree.Tree) tree.Tree {
	for _, outcome := range []string{"OnSuccess", "OnFailure"} {
		to := written.Field(outcome)
		if to.State != tree.StateKnown || to.Field("Destination").State != tree.StateAbsent {
			continue
		}
		own := d.generated("EventInvokeConfig"+outcome+"Queue", "AWS::SQS::Queue", to.Range)
		if kind, _ := to.Field("Type").String(); kind == "SNS" {
			own = d.generated("EventInvokeConfig"+outcome+"Topic", "AWS::SNS::Topic", to.Range)
		}
		b.stack.Add(model.CloudFormation, own, treeOf(to.Range))
		written = with(written, outcome, with(to, "Destination", refTree(to.Range, own.ID)))
	}
	return written
}

// withCreated fills in the destinations that SAM creates itself.
func withCreated(destinations tree.Tree) tree.Tree {
	if !destinations.Known() {
		return destinations
	}
	for _, outcome := range []string{"OnFailure", "OnSuccess"} {
		to := destinations.Field(outcome)
		if to.State == tree.StateKnown && to.Field("Destination").State == tree.StateAbsent {
			destinations = with(destinations, outcome, with(to, "Destination", createdDestination(to)))
		}
	}
	return destinations
}

// createdDestination is the ARN of a queue or topic that SAM creates as a destination.
func createdDestination(to tree.Tree) tree.Tree {
	if kind, _ := to.Field("Type").String(); kind == "SNS" {
		return generatedLater(to.Range, exampleARN("sns", "example"))
	}
	return generatedLater(to.Range, exampleARN("sqs", "example"))
}

func (b *builder) alias(d declaration) {
	name := d.properties.Field("AutoPublishAlias")
	if name.State == tree.StateAbsent {
		return
	}
	self := refTree(name.Range, d.ID)
	b.stack.Add(model.CloudFormation, d.generated("Version", "AWS::Lambda::Version", name.Range), treeOf(name.Range, "FunctionName", self))
	b.stack.Add(model.CloudFormation, d.generated(aliasSuffix(name), "AWS::Lambda::Alias", name.Range), treeOf(name.Range,
		"FunctionName", self, "Name", name, "FunctionVersion", generatedLater(name.Range, "1"),
		"ProvisionedConcurrencyConfig", d.properties.Field("ProvisionedConcurrencyConfig"), "UpdatePolicy", d.hooks()))
}

// hooks returns the update policy of the alias of a function whose deployment invokes other functions.
func (d declaration) hooks() tree.Tree {
	preference := d.properties.Field("DeploymentPreference")
	hooks := preference.Field("Hooks")
	if hooks.State == tree.StateAbsent || isFalse(preference.Field("Enabled")) {
		return tree.Tree{}
	}
	return treeOf(hooks.Range, "CodeDeployLambdaAliasUpdate", treeOf(hooks.Range,
		"BeforeAllowTrafficHook", hooks.Field("PreTraffic"), "AfterAllowTrafficHook", hooks.Field("PostTraffic")))
}

// aliasSuffix ends the logical ID of the alias that SAM makes for a function.
func aliasSuffix(name tree.Tree) string {
	text, _ := name.String()
	return "Alias" + alphanumeric(text)
}

// published returns the value of ID.Alias or ID.Version: Ref and Fn::Sub of what SAM publishes for a function
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
func (r *resolver) published(path string, at source.Range) (tree.Tree, bool) {
	id, property, ok := strings.Cut(path, ".")
	if !ok || property != "Alias" && property != "Version" {
		return tree.Tree{}, false
	}
	f, _ := r.section("Resources").get(id)
	if kind, _ := f.value.get("Type").text(); kind != functionType {
		return tree.Tree{}, false
	}
	name := r.withGlobals(f.value, functionType).get("AutoPublishAlias")
	if name == nil {
		return tree.Tree{}, false
	}
	generated := id + property
	if property == "Alias" {
		generated = id + aliasSuffix(r.tree(name))
	}
	t := tree.Unknown(at, path+" is unknown until deployment")
	t.Refs = []string{r.prefix + generated}
	t.Examples = examplesOfRef("AWS::Lambda::"+property, generated)
	return t, true
}
