package cloudformation

import (
	"fmt"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// importValue is Fn::ImportValue: the value of the export of another stack. Two imports of one name are equal.
func (r *resolver) importValue(argument, whole *node) tree.Tree {
	name := r.tree(argument)
	if key, ok := deployment.KeyOf(deployment.StackExport, name); ok {
		if value, ok := r.reader.options.Lookup(key, whole.at); ok {
			return value
		}
	}
	out := unknown(whole, "it is imported from another stack at deployment")
	out.Outside, out.Plain = true, true
	if text, ok := name.String(); ok {
		name.Symbol, name.Suffix = text, text
	}
	if tree.NamesQueue(name.Suffix) {
		out.Examples = []string{tree.ExampleQueue}
	}
	if name.Symbol != "" {
		out.Symbol = tree.Symbol("ImportValue " + strings.NewReplacer("${", "<", "}", ">").Replace(name.Symbol))
	}
	return out
}

// dynamic is the value of a text with dynamic references. A parameter of the parameter store may be one of another stack.
func (r *resolver) dynamic(text string, at source.Range) tree.Tree {
	out := dynamic(text, at)
	reference, isStore := strings.CutPrefix(text, "{{resolve:ssm:")
	reference, isWhole := strings.CutSuffix(reference, "}}")
	if !isStore || !isWhole || strings.Contains(reference, "{{") {
		return out
	}
	name, _, _ := strings.Cut(reference, ":") // the version follows
	return r.stored(name, at, out)
}

// withDynamic splits a text at its dynamic references.
func (r *resolver) withDynamic(text string, at source.Range) (pieces []tree.Tree) {
	literal := func(s string) {
		if s != "" {
			pieces = append(pieces, tree.Tree{State: tree.StateKnown, Scalar: s, Range: at})
		}
	}
	for {
		start := strings.Index(text, "{{resolve:")
		length := strings.Index(text[max(start, 0):], "}}")
		if start < 0 || length < 0 {
			literal(text)
			return pieces
		}
		end := start + length + len("}}")
		literal(text[:start])
		part := r.dynamic(text[start:end], at)
		part.Outside = false // the whole may still name a resource of the stack
		pieces = append(pieces, part)
		text = text[end:]
	}
}

// storedAs is the value of a parameter of a template whose value is read from the parameter store. given is what the caller
// passes; absent: the default applies.
func (r *resolver) storedAs(name string, p *node, given tree.Tree, at source.Range) tree.Tree {
	unknown := tree.Unknown(at, fmt.Sprintf("parameter %s is read from the parameter store at deployment", name))
	unknown.Outside = !strings.Contains(typeOf(p), "List<") // as that of a dynamic reference is
	path := given.Scalar
	if given.State == tree.StateAbsent {
		path, _ = byDefault(p)
	}
	if text, isText := path.(string); isText && !strings.Contains(typeOf(p), "List<") {
		return r.stored(text, at, unknown)
	}
	return unknown
}

// stored is a parameter of the parameter store, if a unit of the repository sets it; otherwise is its value if none does.
func (r *resolver) stored(name string, at source.Range, otherwise tree.Tree) tree.Tree {
	value, ok := r.reader.options.Lookup(deployment.Key{Kind: deployment.StoreParameter, Name: name}, at)
	if !ok {
		return otherwise
	}
	value.Sources = append(value.Sources, otherwise.Sources...)
	return value
}

// checkDynamic makes a text unknown that turns out to be a dynamic reference once it is put
// together.
func (r *resolver) checkDynamic(t tree.Tree) tree.Tree {
	text, _ := t.Scalar.(string)
	if text += t.Prefix + t.Suffix; !isDynamicReference(text) {
		return t
	}
	out := r.dynamic(text, t.Range)
	if t.State == tree.StateUnknown { // a part of the reference is unknown
		out.Prefix, _, _ = strings.Cut(t.Prefix, "{{resolve:")
		out.Suffix, out.Symbol = "", ""
	}
	if out.State == tree.StateUnknown {
		out.Refs = append(out.Refs, t.Refs...)
	}
	return out
}

// exports adds the exports of the template to the offers.
func (b *builder) exports() {
	for _, f := range b.section("Outputs").entries {
		export := f.value.get("Export")
		if export == nil {
			continue
		}
		in := *f.in
		if condition, ok := f.in.text(f.value.get("Condition")); ok && condition != "" {
			in.world = b.reader.solver.and(in.world, in.condition(condition)) // nothing can import it otherwise
		}
		name := in.tree(export.get("Name"))
		key, ok := deployment.KeyOf(deployment.StackExport, name)
		if !ok || in.world == nowhere {
			continue
		}
		if len(name.Pieces) > 0 && strings.HasPrefix(name.Pieces[0].Cause, deployment.StackName) {
			key.Of = deployment.StackName
		}
		b.pending.offers = append(b.pending.offers, deployment.Offer{Key: key, Value: in.tree(f.value.get("Value"))})
	}
}

// stores adds a parameter of the parameter store to the offers.
func (b *builder) stores(d declaration) {
	key, ok := deployment.KeyOf(deployment.StoreParameter, d.properties.Field("Name"))
	if value := d.properties.Field("Value"); ok && deployment.MayBeStored(value) {
		b.pending.offers = append(b.pending.offers, deployment.Offer{Key: key, Value: value})
	}
}
