package cloudformation

import (
	"iter"
	"slices"
	"strings"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// resolver turns nodes into trees: it evaluates intrinsic functions as far as their arguments
// are known. It belongs to one variant of a resource.
type resolver struct {
	*template
	world  diagram             // the worlds of this variant: they decide conditions
	holds  map[string]bool     // conditions with their prefix that are decided already
	loop   map[string]string   // values of the Fn::ForEach variables around
	open   map[string]openItem // those of them whose values are unknown
	strict bool                // without the defaults of parameters that the caller may pass
	depth  int
}

// maxResolve is how deep expressions may nest. Fn::Sub and mappings can nest further than text.
const maxResolve = 2 * maxDepth

// intrinsic returns the function that a node calls, in its short name, and its argument.
func intrinsic(n *node) (name string, argument *node, ok bool) {
	if n.tag != "" {
		untagged := *n
		untagged.tag = ""
		return n.tag, &untagged, true
	}
	if n.kind != mapNode || len(n.fields) != 1 {
		return "", nil, false
	}
	key := n.fields[0].key
	if key == "Ref" || key == "Condition" && n.fields[0].value.kind == scalarNode {
		return key, n.fields[0].value, true
	}
	name, ok = strings.CutPrefix(key, "Fn::")
	return name, n.fields[0].value, ok && !strings.HasPrefix(name, "ForEach")
}

// tree resolves a node. A missing node is absent.
func (r *resolver) tree(n *node) tree.Tree {
	if n == nil {
		return tree.Tree{}
	}
	r.depth++
	defer func() { r.depth-- }()
	if r.depth > maxResolve {
		return tree.Unknown(n.at, "it nests too deep")
	}
	if !r.spend(n.at, 1) {
		return tree.Unknown(n.at, tooMuch)
	}
	if name, argument, ok := intrinsic(n); ok {
		t := r.call(name, argument, n)
		r.reader.uses.Add(n.at, t.Written)
		return t
	}
	switch n.kind {
	case listNode:
		return r.list(n)
	case mapNode:
		return r.mapping(n)
	case scalarNode:
	}
	return r.scalar(n)
}

func (r *resolver) scalar(n *node) tree.Tree {
	if n.scalar == nil {
		return tree.Tree{Range: n.at}
	}
	if text, ok := n.scalar.(string); ok {
		return r.literal(text, n)
	}
	return tree.Tree{State: tree.StateKnown, Scalar: n.scalar, Range: n.at, Written: n.at}
}

// literal is the value of a text outside of functions.
func (r *resolver) literal(text string, n *node) tree.Tree {
	if strings.Contains(text, "{") && r.isAnyIn(text) {
		return tree.Unknown(n.at, "a variable of a loop in it is unknown until deployment")
	}
	written := n.at
	if looped := r.replaceLoopVariables(text); looped != text {
		text, written = looped, source.Range{}
	}
	if !r.spendText(n.at, len(text)) {
		return tree.Unknown(n.at, tooMuch)
	}
	if isDynamicReference(text) && strings.Contains(text, "}}") {
		return r.dynamic(text, n.at)
	}
	if name, ok := placeholder(text); ok {
		return tree.Unknown(n.at, r.missing.Note(name, n.at))
	}
	return tree.Tree{State: tree.StateKnown, Scalar: text, Range: n.at, Written: written}
}

func (r *resolver) list(n *node) tree.Tree {
	out := tree.Tree{State: tree.StateKnown, IsList: true, Range: n.at}
	for _, item := range n.items {
		out.Items = append(out.Items, r.tree(item))
	}
	return out
}

func (r *resolver) mapping(n *node) tree.Tree {
	out := tree.Tree{State: tree.StateKnown, IsMap: true, Range: n.at}
	for _, f := range r.unrolled(n.fields) {
		if f.key == "Fn::Transform" {
			out.State, out.Cause = tree.StateUnknown, r.missing.Report("a macro adds to it at deployment")
			continue
		}
		value := f.in.tree(f.value)
		if f.maybe != "" {
			out.State, out.Cause, value.Maybe = tree.StateUnknown, f.maybe, f.maybe
		}
		if f.value.block && value.Range == f.value.at {
			value.Range = f.keyAt // people see the key, not the extent of what is below it
		}
		if value.State == tree.StateAbsent && value.Range.IsZero() {
			value.Range = f.keyAt
		}
		out.Fields = append(out.Fields, tree.Field{Key: f.key, KeyRange: f.keyAt, Tree: value})
	}
	return out
}

// unknown is the result of what only deployment can tell.
func unknown(n *node, cause string, refs ...string) tree.Tree {
	t := tree.Unknown(n.at, cause)
	t.Refs = refs
	return t
}

// call evaluates an intrinsic function.
func (r *resolver) call(name string, argument, whole *node) tree.Tree { //nolint:cyclop // a line for each function
	switch name {
	case "Ref":
		return r.ref(argument, whole)
	case "GetAtt":
		return r.getAtt(argument, whole)
	case "Sub":
		return r.sub(argument, whole)
	case "Join":
		return r.join(argument, whole)
	case "If":
		return r.branch(argument, whole)
	case "Select":
		return r.choose(argument, whole)
	case "Split":
		return r.split(argument, whole)
	case "FindInMap":
		return r.findInMap(argument, whole)
	case "Base64":
		return r.base64(argument, whole)
	case "Cidr":
		return r.cidr(argument, whole)
	case "Length":
		return r.length(argument, whole)
	case "ToJsonString":
		return r.toJSON(argument, whole)
	case "GetAZs":
		return unknown(whole, "the availability zones are unknown until deployment")
	case "Transform":
		return unknown(whole, r.missing.Report("a macro makes it at deployment")) // a gap, see walkMacros
	case placeholderTag:
		text, _ := argument.text()
		return unknown(whole, r.missing.Note(text, whole.at))
	case "Unread":
		return unknown(whole, "the template is too large to be read to the end")
	case "ImportValue":
		return r.importValue(argument, whole)
	}
	return unknown(whole, "Fn::"+name+" is evaluated at deployment")
}

func (r *resolver) ref(argument, whole *node) tree.Tree {
	name, ok := r.text(argument)
	if !ok {
		return r.unnamed(argument, whole, "Ref")
	}
	return r.reference(name, whole.at)
}

// unnamed is the result of a function whose argument should be a name and is unknown.
func (r *resolver) unnamed(argument, whole *node, function string) tree.Tree {
	cause := r.tree(argument).Cause
	if cause == "" {
		cause = "it is not a text"
	}
	return unknown(whole, "the argument of "+function+" cannot be determined: "+cause)
}

// noValue is the pseudo parameter that removes a property.
const noValue = "AWS::NoValue"

// reference is what Ref NAME and ${NAME} mean.
func (r *resolver) reference(name string, at source.Range) tree.Tree {
	if item, ok := r.open[name]; ok {
		return r.openValue(item, at)
	}
	if value, ok := r.loop[name]; ok {
		return tree.Tree{State: tree.StateKnown, Scalar: value, Range: at}
	}
	if name == noValue {
		return tree.Tree{}
	}
	if strings.HasPrefix(name, "AWS::") {
		return r.pseudo(name, at)
	}
	if value, ok := r.parameter(name, at); ok {
		return value
	}
	if published, ok := r.published(name, at); ok {
		return published
	}
	declared := r.resource(name)
	t := tree.Unknown(at, name+" is unknown until deployment")
	t.Plain = true
	if declared == nil {
		t.Cause = r.notDeclared(name, at)
	}
	t.Refs = []string{r.prefix + name}
	kind, _ := declared.get("Type").text()
	t.Examples = examplesOfRef(kind, name)
	return t
}

// pseudo is the value of a pseudo parameter.
func (r *resolver) pseudo(name string, at source.Range) tree.Tree {
	t := tree.Unknown(at, name+" is unknown until deployment")
	t.Examples, t.InPartition, t.Plain = pseudoParameters[name], inPartition(name), true
	if t.Symbol = tree.Symbol(name); strings.HasPrefix(name, "AWS::Stack") {
		t.Symbol = tree.Symbol(r.prefix + name) // each nested stack has its own
	}
	v, ok := r.parameterVariable(name)
	if !ok {
		return t
	}
	if values, others := r.reader.solver.values(r.world, v); !others && len(values) == 1 {
		return tree.Tree{State: tree.StateKnown, Scalar: values[0], Range: at}
	}
	return t
}

func (r *resolver) getAtt(argument, whole *node) tree.Tree {
	if argument.kind != listNode {
		path, ok := r.text(argument)
		if !ok {
			return r.unnamed(argument, whole, "Fn::GetAtt")
		}
		return r.attribute(path, whole)
	}
	parts := make([]string, len(argument.items))
	for i, item := range argument.items {
		text, ok := r.text(item)
		if !ok {
			return r.unnamed(item, whole, "Fn::GetAtt")
		}
		parts[i] = text
	}
	return r.attribute(strings.Join(parts, "."), whole)
}

// attribute is what GetAtt PATH and ${PATH} mean. An ARN is known to begin like one.
func (r *resolver) attribute(path string, whole *node) tree.Tree {
	id, name, _ := strings.Cut(path, ".")
	if out, ok := r.output(id, name, whole); ok {
		return out
	}
	if published, ok := r.published(path, whole.at); ok {
		return published
	}
	t := unknown(whole, path+" is unknown until deployment", r.prefix+id)
	t.Plain, t.Symbol = true, tree.Symbol(r.prefix+path)
	if name == "Arn" {
		t.Prefix = "arn:"
	}
	if r.resource(id) == nil {
		t.Cause = r.notDeclared(id, whole.at)
	}
	if kind, ok := r.resource(id).get("Type").text(); ok {
		t.Sources = []string{kind + "." + name}
		t.Examples = examplesOfAttribute(kind, id, name)
	}
	return t
}

// sub puts a text together from literal parts and ${…}.
func (r *resolver) sub(argument, whole *node) tree.Tree {
	template, values := partsOfSub(argument)
	text, ok := template.text()
	if !ok {
		if text, ok = r.text(template); !ok {
			return r.unnamed(template, whole, "Fn::Sub")
		}
	}
	var pieces []tree.Tree
	isWhole := !strings.Contains(text, "${")
	literal := func(s string) {
		switch {
		case isWhole && s != "":
			pieces = append(pieces, tree.Tree{State: tree.StateKnown, Scalar: s, Range: whole.at})
		default:
			pieces = append(pieces, r.withDynamic(s, whole.at)...)
		}
	}
	for p := range piecesOf(text) {
		if p.name == "" {
			literal(p.literal)
		} else {
			pieces = append(pieces, r.variable(p.name, values, whole))
		}
		if len(pieces) > maxPieces {
			r.problem(whole.at, "a Fn::Sub has more than %d parts and counts as unknown", maxPieces)
			return unknown(whole, tooMuch, refsOf(pieces)...)
		}
	}
	return r.checkDynamic(r.concat(whole, pieces))
}

// subPiece is a part of the text of a Fn::Sub: literal, or the name in ${NAME}.
type subPiece struct{ literal, name string }

// piecesOf splits the text of a Fn::Sub.
func piecesOf(text string) iter.Seq[subPiece] {
	return func(yield func(subPiece) bool) {
		for {
			before, rest, found := strings.Cut(text, "${")
			if before != "" && !yield(subPiece{literal: before}) || !found {
				return
			}
			name, after, closed := strings.Cut(rest, "}")
			if !closed {
				yield(subPiece{literal: "${" + rest})
				return
			}
			p := subPiece{name: strings.TrimSpace(name)}
			if escaped, isLiteral := strings.CutPrefix(name, "!"); isLiteral || p.name == "" {
				p = subPiece{literal: "${" + escaped + "}"}
			}
			if text = after; !yield(p) {
				return
			}
		}
	}
}

// partsOfSub returns the text of a Fn::Sub and the values of its own names, nil if there are none.
func partsOfSub(argument *node) (template, values *node) {
	switch {
	case argument.kind != listNode || len(argument.items) == 0:
		return argument, nil
	case len(argument.items) == 1:
		return argument.items[0], nil
	}
	return argument.items[0], argument.items[1]
}

// maxPieces is the number of variables, and of texts between them, in a Fn::Sub.
const maxPieces = 10_000

// variable is the value of ${name} in a Fn::Sub.
func (r *resolver) variable(name string, values, whole *node) tree.Tree {
	if own := values.get(name); own != nil {
		t := r.tree(own)
		t.Range = whole.at
		return t
	}
	if strings.Contains(name, ".") {
		return r.attribute(name, whole)
	}
	return r.reference(name, whole.at)
}

func (r *resolver) join(argument, whole *node) tree.Tree {
	if argument.kind != listNode || len(argument.items) != 2 {
		return unknown(whole, "Fn::Join takes a delimiter and a list")
	}
	delimiter, ok := r.text(argument.items[0])
	list := r.tree(argument.items[1])
	if !ok || !list.IsList || !list.Known() {
		return unknownAs(list, whole, "the list is unknown until deployment")
	}
	list.Items = present(list.Items)
	var pieces []tree.Tree
	for i, item := range list.Items {
		if i > 0 && delimiter != "" {
			pieces = append(pieces, tree.Tree{State: tree.StateKnown, Scalar: delimiter, Range: whole.at})
		}
		pieces = append(pieces, item)
	}
	return r.checkDynamic(r.concat(whole, pieces))
}

// unknownAs is the result of a function of something unknown, for the same reason.
func unknownAs(t tree.Tree, whole *node, otherwise string) tree.Tree {
	cause := t.Cause
	if cause == "" {
		cause = otherwise
	}
	out := unknown(whole, cause, t.Refs...)
	out.Sensitive, out.Sources, out.Parameters = t.Sensitive, t.Sources, t.Parameters
	out.Outside, out.Plain = t.Outside, t.Plain
	return out
}

// present returns the items of a list without those that AWS::NoValue removes.
func present(items []tree.Tree) []tree.Tree {
	var out []tree.Tree
	for _, item := range items {
		if item.State != tree.StateAbsent {
			out = append(out, item)
		}
	}
	return out
}

func (r *resolver) branch(argument, whole *node) tree.Tree {
	if argument.kind != listNode || len(argument.items) != 3 {
		return unknown(whole, "Fn::If takes a condition and two values")
	}
	name, ok := r.text(argument.items[0])
	if !ok {
		return r.unnamed(argument.items[0], whole, "Fn::If")
	}
	if holds, ok := r.holds[r.prefix+name]; ok && holds {
		return r.tree(argument.items[1])
	} else if ok {
		return r.tree(argument.items[2])
	}
	s, condition := r.reader.solver, r.condition(name)
	yes, no := *r, *r
	yes.world, no.world = s.and(r.world, condition), s.and(r.world, s.not(condition))
	switch {
	case no.world == nowhere:
		return r.tree(argument.items[1])
	case yes.world == nowhere:
		return r.tree(argument.items[2])
	}
	cause := "condition " + name + " is decided at deployment"
	one, other := yes.tree(argument.items[1]), no.tree(argument.items[2])
	if t, ok := maybeStatement(one, other, cause); ok {
		return t
	}
	return either(whole, cause, one, other)
}

// maybeStatement is one of two values of which one is a statement of a policy and the other is absent: a statement whose
// effect is unknown, since one without an effect and none are the same. All else in it stays known.
func maybeStatement(one, other tree.Tree, cause string) (tree.Tree, bool) {
	if one.State == tree.StateAbsent {
		one, other = other, one
	}
	i := slices.IndexFunc(one.Fields, func(f tree.Field) bool { return f.Key == "Effect" })
	if other.State != tree.StateAbsent || !one.Known() || !one.IsMap || i < 0 {
		return tree.Tree{}, false
	}
	effect := tree.Unknown(one.Fields[i].Tree.Range, cause)
	if text, ok := one.Fields[i].Tree.String(); ok {
		effect.Examples = []string{"", text}
	}
	one.Fields = slices.Clone(one.Fields)
	one.Fields[i].Tree = effect
	return one, true
}

func (r *resolver) base64(argument, whole *node) tree.Tree {
	t := r.tree(argument)
	if text, ok := t.String(); ok && r.spendText(whole.at, 2*len(text)) {
		return tree.Tree{State: tree.StateKnown, Scalar: base64Of(text), Range: whole.at, Sensitive: t.Sensitive}
	}
	out := unknownAs(t, whole, "the text is unknown until deployment")
	for _, example := range t.Examples {
		out.Examples, out.Maybe = append(out.Examples, base64Of(example)), t.Maybe
	}
	return out
}
