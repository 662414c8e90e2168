// Package plan reads Terraform's plans as JSON, as terraform show -json prints them
// (https://developer.hashicorp.com/terraform/internals/json-format). It reads the text itself
// and not through a library, because every value keeps its place in the plan.
package plan

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
	"lintel/parsers/terraform"
)

// Parse reads the plan u.Root. Its values have their places in the Terraform files of its directory where they
// declare the same resources, else in the plan itself. A JSON file that turns out not to be a plan
// gives an empty stack.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := Read(ctx, fsys, u, opt)
	parsed.Link(ctx)
	return parsed
}

// Read is Parse without links between the resources: the caller adds those of other units first.
func Read(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := deployment.Parsed{Stack: &model.Stack{}, Files: source.Files{}}
	fail := func(message string) deployment.Parsed {
		parsed.Problems = []finding.Problem{{Range: source.Range{Path: u.Root}, Message: message}}
		return parsed
	}
	content, err := source.ReadFile(fsys, u.Root)
	if err != nil {
		return fail(err.Error())
	}
	content = source.UTF8(content)
	parsed.Files[u.Root] = source.NewFile(u.Root, content)
	whole := source.Range{Path: u.Root, Start: 0, End: len(content)}
	root, err := tree.DecodeJSON(tree.Tree{State: tree.StateKnown, Scalar: string(withoutText(content)), Verbatim: true, Range: whole})
	if err != nil {
		return fail("not valid JSON: " + err.Error())
	}
	parsed.Problems = incomplete(root)
	for _, f := range root.Field("variables").Fields {
		parsed.Declared = append(parsed.Declared, f.Key)
	}
	slices.Sort(parsed.Declared)
	b := builder{stack: parsed.Stack, config: newConfig(root.Field("configuration").Field("root_module"))}
	b.parameters = parametersOf(root)
	b.written, b.files, parsed.Uses = terraform.Resources(ctx, fsys, path.Dir(u.Root), withVariables(opt, root.Field("variables")))
	parsed.Hidden = concealed(root)
	changes := root.Field("resource_changes").Items
	for _, i := range b.inOrder(changes) {
		if ctx.Err() != nil {
			break
		}
		b.change(changes[i])
		changes[i] = tree.Tree{} // a large plan needs the room for the stack
	}
	b.archives(root.Field("prior_state").Field("values").Field("root_module"))
	b.besides()
	if parsed.Stack.UsesNetworks() {
		b.networkUses(b.config, nil)
	}
	if b.config.followed > maxFollowed {
		parsed.Problems = append(parsed.Problems, finding.Problem{Range: source.Range{Path: u.Root}, Message: fmt.Sprintf(
			"its configuration has more than %d references to follow; those that are still to come count as unknown", maxFollowed)})
	}
	maps.Copy(parsed.Files, b.files)
	return parsed
}

// incomplete returns the problems with a plan that describes itself as incomplete
// (https://developer.hashicorp.com/terraform/internals/json-format#plan-representation).
func incomplete(root tree.Tree) []finding.Problem {
	var problems []finding.Problem
	add := func(at tree.Tree, message string) {
		problems = append(problems, finding.Problem{Range: at.Range, Message: "the plan is incomplete: " + message})
	}
	if failed := root.Field("errored"); failed.Scalar == true {
		add(failed, `planning failed (errored is true) and resources may be missing; correct the errors of "terraform plan" and plan again`)
	}
	if complete := root.Field("complete"); complete.Scalar == false {
		add(complete, `it covers a part of the configuration (complete is false); apply it and plan again, or plan without -target and -exclude`)
	}
	if deferred := root.Field("deferred_changes"); len(deferred.Items) > 0 {
		address, _ := deferred.Items[0].Field("resource_change").Field("address").String()
		add(deferred, fmt.Sprintf("%d changes are deferred and were not checked, the first is %s; apply the plan and plan again", len(deferred.Items), address))
	}
	planned := root.Field("planned_values")
	changes := root.Field("resource_changes")
	switch hasPlanned := hasResources(planned.Field("root_module")); {
	case planned.State == tree.StateAbsent:
		add(root, `planned_values is missing; write the plan with "terraform show -json"`)
	case hasPlanned && changes.State == tree.StateAbsent:
		add(root, `resource_changes is missing; write the plan with "terraform show -json"`)
	}
	return problems
}

// hasResources reports whether a module of planned_values or one that it calls has resources.
func hasResources(module tree.Tree) bool {
	return len(module.Field("resources").Items) > 0 || slices.ContainsFunc(module.Field("child_modules").Items, hasResources)
}

// withVariables adds the values that the plan was made with. Those of structured types are
// written as Terraform would take them on its command line.
func withVariables(opt deployment.Options, variables tree.Tree) deployment.Options {
	given := maps.Clone(opt.Variables)
	if given == nil {
		given = map[string]string{}
	}
	for _, f := range variables.Fields {
		if text, ok := f.Tree.Field("value").String(); ok {
			given[f.Key] = text
		} else if scalar := f.Tree.Field("value").Scalar; scalar != nil {
			given[f.Key] = fmt.Sprint(scalar)
		}
	}
	opt.Variables, opt.VarFiles = given, nil
	return opt
}

type builder struct {
	stack   *model.Stack
	config  *config
	written []terraform.Written // resources in the files next to the plan
	files   source.Files

	positions  map[string]int   // of written, by address
	references model.References // the addresses of written
	parameters map[string]parameter
}

// change adds a resource as it will be. Resources that the plan deletes are not checked.
func (b *builder) change(t tree.Tree) {
	kind, _ := t.Field("type").String()
	address, _ := t.Field("address").String()
	mode, _ := t.Field("mode").String()
	change := t.Field("change")
	after := change.Field("after")
	if mode != "managed" || address == "" || !model.Knows(model.Terraform, kind) || after.State == tree.StateAbsent || deletes(change) {
		return
	}
	modules, expressions, isConfigured := b.config.expressions(address)
	properties := merge(after, change.Field("after_unknown"), address)
	written, isWritten := b.source(address)
	if isConfigured {
		properties = onlyWritten(properties, expressions, written.Body)
	}
	properties = hide(withAllTags(properties), change.Field("after_sensitive"))
	keys := expressions.Keys()
	for i := range properties.Fields {
		f := &properties.Fields[i]
		expression := keys.Field(f.Key)
		refs, variables := b.config.references(modules, expression)
		f.Tree = withParameters(withRefs(f.Tree, refs), b.texts(variables))
		if !isWritten { // the files tell more exactly
			f.Tree = b.config.inBlocks(modules, f.Tree, expression)
		}
	}
	at := t.Field("address").Range
	r := model.Resource{Block: model.NewBlock(at), ID: address, Type: kind, Mention: b.config.mention(address, kind)}
	if isWritten {
		r.Block, r.Via, r.Caller, r.Mention = model.NewBlock(written.At), written.Via, written.Caller, written.Mention
		at = written.At
		properties = place(properties, written.Body, at)
	}
	properties = withLifecycle(properties, kind, written.Body, isWritten, at)
	properties.Range = at
	b.stack.Add(model.Terraform, r, properties)
	openapi.Fill(b.stack, r, properties)
}

// archiveType is the data source of packages, as the model names it.
const archiveType = "data.archive_file"

// archives adds the archives of a module and of those that it calls. A plan has data sources that were read in its prior state.
func (b *builder) archives(module tree.Tree) {
	for _, t := range module.Field("resources").Items {
		address, _ := t.Field("address").String()
		mode, _ := t.Field("mode").String()
		kind, _ := t.Field("type").String()
		if mode+"."+kind != archiveType || address == "" {
			continue
		}
		at := t.Field("address").Range
		r := model.Resource{Block: model.NewBlock(at), ID: address, Type: archiveType}
		properties := hide(t.Field("values"), t.Field("sensitive_values"))
		if written, ok := b.source(address); ok {
			r.Block, r.Via, r.Caller = model.NewBlock(written.At), written.Via, written.Caller
			properties = place(properties, written.Body, written.At)
		}
		b.stack.Add(model.Terraform, r, properties)
	}
	for _, child := range module.Field("child_modules").Items {
		b.archives(child)
	}
}

// networkUses adds what refers to the security groups and subnets of a module and of those that it calls.
func (b *builder) networkUses(c *config, modules []string) {
	prefix := strings.Join(append(slices.Clone(modules), ""), ".")
	add := func(address, kind string, expressions tree.Tree) {
		ids := slices.DeleteFunc(b.config.within(modules, expressions), func(id string) bool {
			_, resource := split(id)
			kind, _, _ := strings.Cut(resource, ".")
			return !model.IsUsedInNetwork(kind)
		})
		if len(ids) == 0 {
			return
		}
		r := model.Resource{Block: model.NewBlock(expressions.Range), ID: prefix + address, Type: kind}
		if written, ok := b.source(r.ID); ok {
			r.Block, r.Via, r.Caller = model.NewBlock(written.At), written.Via, written.Caller
		}
		b.stack.AddNetworkUse(r, ids)
	}
	for _, address := range slices.Sorted(maps.Keys(c.resources)) {
		kind := address[:strings.LastIndexByte(address, '.')+1]
		if kind = strings.TrimSuffix(kind, "."); model.IsNetworkUse(kind) {
			add(address, kind, c.resources[address])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.calls)) {
		b.networkUses(c.calls[name], append(slices.Clone(modules), "module."+name))
	}
	if len(modules) > 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(c.outputs)) {
		add("output."+name, "output", c.outputs[name])
	}
}

// withLifecycle adds the lifecycle block of a log group, which only the files have.
func withLifecycle(properties tree.Tree, kind string, written tree.Tree, isWritten bool, at source.Range) tree.Tree {
	if kind != terraform.LogGroupType {
		return properties
	}
	block := written.Field(terraform.Lifecycle)
	if !isWritten {
		block = tree.Unknown(at, "a plan does not contain the lifecycle block")
	}
	if block.State != tree.StateAbsent {
		properties.Fields = append(slices.Clip(properties.Fields), tree.Field{Key: terraform.Lifecycle, KeyRange: at, Tree: block})
	}
	return properties
}

// besides adds what only the files have: the configurations of providers, and data sources.
func (b *builder) besides() {
	for _, written := range b.written {
		if strings.HasPrefix(written.Type, "provider.") || strings.HasPrefix(written.Type, "data.") {
			b.stack.Add(model.Terraform, written.Resource, written.Body)
		}
	}
}

// source finds a resource in the files.
func (b *builder) source(address string) (terraform.Written, bool) {
	if i := b.position(address); i < len(b.written) {
		return b.written[i], true
	}
	return terraform.Written{}, false
}

// position is the index of a resource in the files, beyond the last when it is not there. Where
// they do not tell how often it exists, all its instances are the one that may exist.
func (b *builder) position(address string) int {
	if i, ok := b.positions[address]; ok {
		return i
	}
	if i, ok := b.references.First(address); ok {
		return i
	}
	return len(b.written)
}

// inOrder returns the numbers of changes in the order in which the files declare the resources; a plan has them by address.
func (b *builder) inOrder(changes []tree.Tree) []int {
	b.positions = map[string]int{}
	addresses := make([]string, len(b.written))
	for i := range b.written {
		addresses[i] = b.written[i].ID
		b.positions[addresses[i]] = i
	}
	b.references = model.NewReferences(addresses)
	position := make([]int, len(changes))
	order := make([]int, len(changes))
	for i, change := range changes {
		address, _ := change.Field("address").String()
		position[i], order[i] = b.position(address), i
	}
	slices.SortStableFunc(order, func(x, y int) int { return position[x] - position[y] })
	return order
}

func deletes(change tree.Tree) bool {
	actions := change.Field("actions").Items
	return len(actions) == 1 && slices.ContainsFunc(actions, func(a tree.Tree) bool {
		action, _ := a.String()
		return action == "delete" || action == "forget"
	})
}

// merge puts what is known after apply into what is planned: unknown has true in place of each unknown
// value, and the same structure around it.
func merge(after, unknown tree.Tree, address string) tree.Tree {
	if unknown.Scalar == true {
		at := unknown.Range
		if !after.Range.IsZero() {
			at = after.Range
		}
		return tree.Unknown(at, address+" is known after apply")
	}
	for i, item := range unknown.Items {
		if i < len(after.Items) {
			after.Items[i] = merge(after.Items[i], item, address)
		}
	}
	keys := after.Keys()
	for _, f := range unknown.Fields {
		i := keys.Index(f.Key)
		value := merge(keys.Field(f.Key), f.Tree, address+"."+f.Key)
		switch {
		case i >= 0:
			after.Fields[i].Tree = value
		case value.State == tree.StateUnknown:
			after.Fields = append(after.Fields, tree.Field{Key: f.Key, KeyRange: f.KeyRange, Tree: value})
		}
	}
	return after
}

// hide marks what the plan says is sensitive.
func hide(t, sensitive tree.Tree) tree.Tree {
	if sensitive.Scalar == true {
		t.Sensitive = true
		return t
	}
	for i, item := range sensitive.Items {
		if i < len(t.Items) {
			t.Items[i] = hide(t.Items[i], item)
		}
	}
	keys := sensitive.Keys()
	for i := range t.Fields {
		t.Fields[i].Tree = hide(t.Fields[i].Tree, keys.Field(t.Fields[i].Key))
	}
	return t
}

// texts returns the variables whose values are texts, by their values.
func (b *builder) texts(variables []string) map[string][]tree.Parameter {
	var found map[string][]tree.Parameter
	for _, name := range variables {
		if p, ok := b.parameters[name]; ok && p.value != "" {
			if found == nil {
				found = map[string][]tree.Parameter{}
			}
			found[p.value] = append(found[p.value], p.Parameter)
		}
	}
	return found
}

// withParameters notes which texts are values of variables that an attribute refers to: a plan tells
// what the whole attribute refers to, and not which of the texts in it.
func withParameters(t tree.Tree, texts map[string][]tree.Parameter) tree.Tree {
	if len(texts) == 0 {
		return t
	}
	if text, ok := t.String(); ok && len(texts[text]) > 0 {
		t.Parameters = append(slices.Clip(texts[text]), t.Parameters...) // not copied: many texts may have the same value
	}
	for i := range t.Items {
		t.Items[i] = withParameters(t.Items[i], texts)
	}
	for i := range t.Fields {
		t.Fields[i].Tree = withParameters(t.Fields[i].Tree, texts)
	}
	return t
}

// parameter is a variable of the root module with the value that the plan was made with.
type parameter struct {
	tree.Parameter
	value string
}

// parametersOf are the variables of the root module whose values are texts.
func parametersOf(root tree.Tree) map[string]parameter {
	found := map[string]parameter{}
	declared := root.Field("configuration").Field("root_module").Field("variables").Keys()
	for _, f := range root.Field("variables").Fields {
		if text, ok := f.Tree.Field("value").String(); ok {
			p := parameter{tree.Parameter{Name: f.Key}, text}
			p.Masked, _ = declared.Field(f.Key).Field("sensitive").Scalar.(bool)
			p.Default, _ = declared.Field(f.Key).Field("default").String()
			p.InFiles = p.Default == text // a plan does not contain where another value comes from
			found[f.Key] = p
		}
	}
	return found
}

// inBlocks notes what the attributes of nested blocks refer to.
func (root *config) inBlocks(modules []string, t, expression tree.Tree) tree.Tree {
	if !t.IsList || !expression.IsList || len(t.Items) != len(expression.Items) {
		return t
	}
	t.Items = slices.Clone(t.Items)
	for i := range t.Items {
		block := &t.Items[i]
		block.Fields = slices.Clone(block.Fields)
		keys := expression.Items[i].Keys()
		for j := range block.Fields {
			f := &block.Fields[j]
			written := keys.Field(f.Key)
			if written.IsList {
				f.Tree = root.inBlocks(modules, f.Tree, written)
				continue
			}
			refs, attributes, more := root.behind(modules, written)
			if f.Tree.State == tree.StateUnknown && !f.Tree.IsList && more {
				continue // a list would look like one value
			}
			f.Tree = withSource(withRefs(f.Tree, refs), attributes)
		}
	}
	return t
}

// withSource notes the attribute that a value is, if it can only be one.
func withSource(t tree.Tree, attributes []string) tree.Tree {
	switch {
	case len(attributes) != 1:
	case t.IsList:
		for i := range t.Items { // withRefs has copied them
			t.Items[i] = withSource(t.Items[i], attributes)
		}
	case !t.IsMap && t.State != tree.StateAbsent:
		t.Sources = attributes
	}
	return t
}

// withRefs notes what an attribute refers to, at the places where a value can be a reference.
func withRefs(t tree.Tree, refs []string) tree.Tree {
	if len(refs) == 0 {
		return t
	}
	if t.IsList {
		t.Items = slices.Clone(t.Items)
		for i := range t.Items {
			t.Items[i] = withRefs(t.Items[i], refs)
		}
		return t
	}
	if !t.IsMap && t.State != tree.StateAbsent {
		t.Refs = refs
	}
	return t
}
