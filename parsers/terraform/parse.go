package terraform

import (
	"cmp"
	"context"
	"io/fs"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/model"
	"lintel/internal/unit"
	"lintel/parsers/iampolicy"
)

// Parse reads the root module in the folder u.Root and the modules it calls.
func Parse(ctx context.Context, fsys fs.FS, u unit.Unit, opt unit.Options) unit.Parsed {
	l := newLoader(fsys)
	parsed := unit.Parsed{Stack: &model.Stack{}, Files: l.files}
	c := l.load(u.Root)
	l.loadValues(c, opt.VarFiles)
	e := &evaluation{
		loader: l, root: u.Root, options: opt, installed: l.installed(u.Root),
		documents: map[string]documentAt{}, budget: maxTotal,
	}
	e.functions = e.functionTable()
	root := &instance{
		evaluation: e, config: c,
		values: map[string]cty.Value{}, called: map[string][]child{}, expanded: map[string]expansion{}, shared: map[*attribute]model.Tree{},
	}
	b := builder{ctx: ctx, stack: parsed.Stack}
	b.module(root)
	parsed.Stack.Link()
	parsed.Problems = l.problems
	return parsed
}

// builder adds the resources of modules to a stack.
type builder struct {
	ctx   context.Context //nolint:containedctx // a builder lives as long as one call of Parse
	stack *model.Stack
}

// module adds the resources of a module and those it calls, in the order of the source.
func (b *builder) module(m *instance) {
	for _, declared := range m.config.order {
		if b.ctx.Err() != nil || m.budget <= 0 {
			return
		}
		switch declared.kind {
		case "module":
			for _, c := range m.children(declared.labels[0], declared) {
				b.module(c.instance)
			}
		case "resource":
			if model.Knows(model.Terraform, declared.labels[0]) {
				b.resource(m, declared)
			}
		}
	}
}

func (b *builder) resource(m *instance, declared *block) {
	name := declared.labels[0] + "." + declared.labels[1]
	of := m.instances(name, declared)
	for _, k := range of.keys {
		if m.spend(declared.header); m.budget <= 0 {
			return
		}
		s := k.in(m, of.isCount)
		r := model.Resource{
			Block: model.NewBlock(declared.header), ID: m.address + name + k.suffix(), Type: declared.labels[0],
			Via: m.via, Caller: m.foreign,
		}
		if why := cmp.Or(m.mayExist, k.unknown); why != "" {
			r.Block = model.UnknownBlock(declared.header, why)
		}
		properties := s.body(declared.body, declared.header)
		iampolicy.Fill(b.stack.Add(model.Terraform, r, properties), properties)
	}
}
