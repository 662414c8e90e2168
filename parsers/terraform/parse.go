package terraform

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// Parse reads the root module in the directory u.Root and the modules it calls.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := Read(ctx, fsys, u, opt)
	parsed.Link(ctx)
	return parsed
}

// Read is Parse without links between the resources: the caller adds those of other units first.
func Read(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	stack := &model.Stack{}
	root := newEvaluation(fsys, u.Root, opt)
	if u.Environment.File != "" {
		root.takeInputs(u.Environment.File, opt)
	} else {
		root.takeChoices(opt)
	}
	var offers []deployment.Offer
	r := reader{ctx: ctx, visit: func(r model.Resource, properties tree.Tree) {
		r, properties = managedCopy(r, properties)
		if opt.Offers {
			offers = append(offers, stored(r, properties)...)
		}
		stack.Add(model.Terraform, r, properties)
		openapi.Fill(stack, r, properties)
	}}
	r.module(root)
	if stack.UsesNetworks() {
		r.networkUses(root, stack)
	}
	l := root.loader
	if l.meter.stopped {
		l.missing.Report(tooMuch)
	}
	parsed := deployment.Parsed{
		Stack: stack, Files: l.files, Uses: l.uses, Problems: l.problems, Gaps: append(l.gaps, l.missing.Gaps("module")...), Missing: l.missing.Causes(), Moves: l.moves, Hidden: l.concealed(u.Root, opt),
		Declared: slices.Sorted(maps.Keys(l.load(u.Root).variables)),
		Linked:   func(ctx context.Context) { otherwise(ctx, root, opt, stack) }, // last: it can use up what the evaluation may take
	}
	if opt.Offers { // after the gaps, which do not depend on whether others may ask for outputs
		parsed.Offers = slices.Concat(offers, root.state())
	}
	return parsed
}

// Written is a resource as a configuration writes it.
type Written struct {
	model.Resource
	Body tree.Tree
}

// Resources returns the resources of a root module in their order, for the places of what a plan
// says about them, the files they are in, and where their values are written. Unreadable files are left out.
func Resources(ctx context.Context, fsys fs.FS, dir string, opt deployment.Options) ([]Written, source.Files, source.Uses) {
	var found []Written
	l := newLoader(fsys)
	c := l.load(dir)
	l.loadValues(c, opt.VarFiles)
	opt.Variables = c.notInFiles(opt.Variables)
	root := l.evaluation(c, dir, opt)
	root.whole = true
	r := reader{ctx: ctx, visit: func(r model.Resource, properties tree.Tree) {
		found = append(found, Written{Resource: r, Body: properties})
	}}
	r.module(root)
	return found, l.files, l.uses
}

// notInFiles returns the values of variables that files do not set to the same value, as a default or in a file of values. A
// plan has the values of all variables; those in files have a place to edit.
func (c *config) notInFiles(given map[string]string) map[string]string {
	given = maps.Clone(given)
	for name, text := range given { // any order: each is judged by itself
		a := c.values[name]
		if declared := c.variables[name]; a == nil && declared != nil {
			a = declared.body.get("default")
		}
		if a == nil {
			continue
		}
		value, diagnostics := a.expr.Value(nil)
		if diagnostics.HasErrors() || !value.IsKnown() || value.IsNull() {
			continue
		}
		if written, err := convert.Convert(value, cty.String); err == nil && written.AsString() == text {
			delete(given, name)
		}
	}
	return given
}

// newEvaluation loads a root module for its evaluation.
func newEvaluation(fsys fs.FS, dir string, opt deployment.Options) *instance {
	l := newLoader(fsys)
	c := l.load(dir)
	l.loadValues(c, opt.VarFiles)
	return l.evaluation(c, dir, opt)
}

// evaluation returns a loaded root module, ready to be evaluated.
func (l *loader) evaluation(c *config, dir string, opt deployment.Options) *instance {
	e := &evaluation{
		loader: l, root: dir, options: opt, installed: l.installed(dir),
		documents: map[string]documentAt{}, cyclic: map[string]bool{}, joined: map[string]tree.Tree{}, budget: maxTotal,
	}
	e.functions = e.functionTable()
	return e.newInstance(c)
}

// newInstance returns a module of which nothing is evaluated yet.
func (e *evaluation) newInstance(c *config) *instance {
	return &instance{
		evaluation: e, config: c,
		values: map[string]cty.Value{}, called: map[string][]child{}, expanded: map[string]expansion{},
		shared: map[*attribute]tree.Tree{}, followed: map[definitionKey]readAt{}, providerTags: map[*block]tree.Tree{}, elementsWritten: map[hcl.Expression]map[string]element{},
	}
}

// reader goes through the resources of modules.
type reader struct {
	ctx   context.Context //nolint:containedctx // a reader lives as long as one call of Parse
	types []string        // of the resources to visit; nil: all that the model knows
	visit func(model.Resource, tree.Tree)
}

// module visits the resources of a module and those it calls, in the order of the source.
func (r reader) module(m *instance) {
	m.loader.moves = append(m.loader.moves, m.moves()...)
	for _, declared := range m.config.order {
		if r.ctx.Err() != nil || m.budget < 0 {
			return
		}
		switch declared.kind {
		case "module":
			for _, c := range m.children(declared.labels[0], declared) {
				r.module(c.instance)
			}
		case "resource":
			r.resource(m, declared, declared.labels[0], declared.labels[0]+"."+declared.labels[1])
		case "data":
			r.resource(m, declared, "data."+declared.labels[0], "data."+declared.labels[0]+"."+declared.labels[1])
		case "provider":
			r.resource(m, declared, "provider."+declared.labels[0], strings.Join(append([]string{"provider", declared.labels[0]}, aliasOf(declared)...), "."))
		}
	}
}

// resource visits the instances of a block whose type the model knows.
func (r reader) resource(m *instance, declared *block, kind, name string) {
	if !r.reads(kind, declared) {
		return
	}
	var found []declaration
	for _, p := range m.presences(name, declared) {
		for _, k := range p.keys {
			if m.spend(declared.header); m.budget < 0 {
				return
			}
			s := k.in(m, p.expansion)
			read := func() tree.Tree {
				return s.withSourcePath(declared, s.withLifecycle(declared, m.withDefaultTags(declared, s.body(declared.body, declared.header))))
			}
			for _, v := range m.variants(p.assumed, read) {
				found = append(found, declaration{k, v})
			}
		}
	}
	variants := map[string]int{}
	for _, d := range found {
		variants[d.suffix()]++
	}
	for _, d := range found {
		if variants[d.suffix()] == 1 {
			variants[d.suffix()] = 0
		}
		resource := model.Resource{
			Block: model.NewBlock(declared.header), ID: m.address + name + d.suffix(), Type: kind,
			Lineage: source.Lineage{When: source.AllOf(d.assumed...), Variants: variants[d.suffix()], Via: m.via}, Caller: m.thirdParty,
		}
		if declared.kind == "resource" {
			resource.Mention = m.mention(declared)
		}
		if why := cmp.Or(m.mayExist, d.unknown); why != "" {
			resource.Block = model.UnknownBlock(declared.header, why)
		}
		r.visit(resource, d.tree)
	}
}

// reads reports whether the reader visits a block of a type. Evaluation is what costs.
func (r reader) reads(kind string, declared *block) bool {
	if !model.Knows(model.Terraform, kind) || r.types != nil && !slices.Contains(r.types, kind) {
		return false
	}
	parts := model.TriggerParts(kind)
	return parts == nil || declared.body.hasAny(parts)
}

// withLifecycle adds the argument prevent_destroy of the lifecycle block of a log group.
func (s scope) withLifecycle(declared *block, t tree.Tree) tree.Tree {
	if declared.kind != "resource" || declared.labels[0] != LogGroupType {
		return t
	}
	a := declared.body.lifecycle("prevent_destroy")
	if a == nil {
		return t
	}
	t.Fields = append(slices.Clip(t.Fields), tree.Field{Key: Lifecycle, KeyRange: a.nameAt, Tree: tree.Tree{
		State: tree.StateKnown, IsMap: true, Range: a.nameAt,
		Fields: []tree.Field{{Key: "prevent_destroy", KeyRange: a.nameAt, Tree: s.attributeTree(a)}},
	}})
	return t
}

// LogGroupType is the type of the resources whose lifecycle block is read.
const LogGroupType = "aws_cloudwatch_log_group"

// Lifecycle is the block of Terraform's own arguments in a resource.
const Lifecycle = "lifecycle"

// declaration is an instance of a block in one of its variants.
type declaration struct {
	key
	variant
}
