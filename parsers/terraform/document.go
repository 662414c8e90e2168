package terraform

import (
	"cmp"
	"slices"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// policyDocument puts a data source aws_iam_policy_document together as the provider does
// (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document):
// the statements of source_policy_documents, then its own, then those of
// override_policy_documents; a statement replaces an earlier one with the same sid. An unknown
// document makes the list of statements open and hides no known statement.
func (s scope) policyDocument(key string, d documentAt, at source.Range) tree.Tree {
	if d.read != nil {
		return *d.read
	}
	if i := slices.Index(s.joining, key); i >= 0 && !s.cyclic[key] {
		s.problem(d.block.header, "%s depends on itself", key)
		for _, document := range s.joining[i:] {
			s.cyclic[document] = true
		}
	}
	if len(s.joining) > maxFollow || s.cyclic[key] {
		return tree.Unknown(at, "the documents refer to each other")
	}
	s.joining = append(s.joining, key)
	defer func() { s.joining = s.joining[:len(s.joining)-1] }()
	body := d.scope.body(d.block.body, d.block.header)
	merged := statementList{}
	for _, name := range []string{"source_json", "source_policy_documents"} {
		merged.addDocuments(body.Field(name))
	}
	written := blocksIn(body.Field("statement"))
	for _, statement := range written.Items {
		merged.add(statementTree(statement))
	}
	if written.State == tree.StateUnknown {
		merged.open = cmp.Or(written.Cause, "the statements are unknown")
	}
	for _, name := range []string{"override_json", "override_policy_documents"} {
		merged.addDocuments(body.Field(name))
	}
	statements := tree.Tree{State: tree.StateKnown, IsList: true, Range: d.block.header, Items: merged.items}
	if merged.open != "" {
		statements.State, statements.Cause = tree.StateUnknown, merged.open
	}
	text := tree.Unknown(at, "it is put together by a data source")
	text.Decoded = &tree.Tree{
		State: tree.StateKnown, IsMap: true, Range: d.block.header,
		Fields: []tree.Field{{Key: "Statement", KeyRange: d.block.header, Tree: statements}},
	}
	return text
}

// rememberedDocument is policyDocument for the document with a key. One within another document is put together once, because
// documents can contain one many times.
func (s scope) rememberedDocument(key string, d documentAt, at source.Range) tree.Tree {
	inLabel, inText := s.inLabel, s.inText
	s.inLabel, s.inText = false, false // what is remembered must not depend on where it is used
	defer func() { s.inLabel, s.inText = inLabel, inText }()
	if len(s.joining) == 0 {
		return s.policyDocument(key, d, at)
	}
	t, ok := s.joined[key]
	if !ok {
		asked := s.asked
		if t = s.policyDocument(key, d, at); s.asked == asked { // else it is another under another assumption
			s.joined[key] = t
		}
	}
	t.Range = at
	return t
}

// blocksIn returns the blocks of one kind as a list. In JSON syntax a single one can be an object.
func blocksIn(t tree.Tree) tree.Tree {
	if !t.IsMap {
		return t
	}
	return tree.Tree{State: tree.StateKnown, IsList: true, Range: t.Range, Items: []tree.Tree{t}}
}

// statementList is the result of merging documents.
type statementList struct {
	items []tree.Tree
	at    map[string]int // indices of those with an ID
	open  string         // why there may be more; empty: there are not
}

func (l *statementList) add(statement tree.Tree) {
	if sid, ok := statement.Field("Sid").String(); ok && sid != "" {
		if i, known := l.at[sid]; known {
			l.items[i] = statement
			return
		}
		if l.at == nil {
			l.at = map[string]int{}
		}
		l.at[sid] = len(l.items)
	}
	l.items = append(l.items, statement)
}

// addDocuments adds the statements of one document or a list of them.
func (l *statementList) addDocuments(documents tree.Tree) {
	switch {
	case documents.State == tree.StateAbsent:
		return
	case documents.IsList:
		for _, item := range documents.Items {
			l.addDocuments(item)
		}
		return
	}
	decoded := tree.Document(documents)
	statements := decoded.Field("Statement")
	if decoded.State == tree.StateUnknown || statements.State == tree.StateUnknown {
		l.open = "a document that is merged in is unknown"
	}
	items := statements.Items
	if statements.IsMap {
		items = []tree.Tree{statements}
	}
	for _, statement := range items {
		l.add(statement)
	}
}

// statementTree turns a statement block into a statement of a JSON document.
func statementTree(b tree.Tree) tree.Tree {
	t := tree.Tree{State: b.State, IsMap: true, Range: b.Range, Cause: b.Cause, Maybe: b.Maybe}
	effect := b.Field("effect")
	if effect.State == tree.StateAbsent {
		effect = tree.Tree{State: tree.StateKnown, Scalar: "Allow", Range: b.Range}
	}
	elements := []tree.Field{
		{Key: "Sid", Tree: b.Field("sid")},
		{Key: "Effect", Tree: effect},
		{Key: "Action", Tree: b.Field("actions")},
		{Key: "NotAction", Tree: b.Field("not_actions")},
		{Key: "Resource", Tree: b.Field("resources")},
		{Key: "NotResource", Tree: b.Field("not_resources")},
		{Key: "Principal", Tree: principalTree(b.Field("principals"))},
		{Key: "NotPrincipal", Tree: principalTree(b.Field("not_principals"))},
		{Key: "Condition", Tree: conditionTree(b.Field("condition"))},
	}
	elements = slices.DeleteFunc(elements, func(f tree.Field) bool { return f.Tree.State == tree.StateAbsent })
	t.Fields = slices.Clone(elements) // exactly as long: a configuration can have very many statements
	for i := range t.Fields {
		t.Fields[i].KeyRange = t.Fields[i].Tree.Range
	}
	return t
}

// principalTree turns principals blocks into {type: [identifiers]}.
func principalTree(blocks tree.Tree) tree.Tree {
	blocks = blocksIn(blocks)
	t := tree.Tree{State: blocks.State, IsMap: true, Range: blocks.Range}
	for _, b := range blocks.Items {
		identifiers := b.Field("identifiers")
		kind, ok := b.Field("type").String()
		if !ok {
			t.State, t.Cause = tree.StateUnknown, "the type of a principal is unknown"
			continue
		}
		if b.State == tree.StateUnknown || b.Maybe != "" {
			t.State, t.Cause = tree.StateUnknown, cmp.Or(b.Cause, b.Maybe)
		}
		addTo(&t, kind, identifiers)
	}
	return t
}

// conditionTree turns condition blocks into {test: {variable: values}}.
func conditionTree(blocks tree.Tree) tree.Tree {
	blocks = blocksIn(blocks)
	t := tree.Tree{State: blocks.State, IsMap: true, Range: blocks.Range}
	for _, b := range blocks.Items {
		test, okTest := b.Field("test").String()
		name := b.Field("variable")
		if !okTest || name.State == tree.StateAbsent || b.State == tree.StateUnknown || b.Maybe != "" {
			t.State, t.Cause = tree.StateUnknown, "a condition is unknown"
			continue
		}
		i := slices.IndexFunc(t.Fields, func(f tree.Field) bool { return f.Key == test })
		if i < 0 {
			i = len(t.Fields)
			t.Fields = append(t.Fields, tree.Field{
				Key: test, KeyRange: b.Field("test").Range, Tree: tree.Tree{State: tree.StateKnown, IsMap: true, Range: b.Range},
			})
		}
		addKey(&t.Fields[i].Tree, name, tree.Field{KeyRange: b.Range, Tree: b.Field("values")})
	}
	return t
}

// addKey adds a field to a map under a name that may be unknown.
func addKey(t *tree.Tree, name tree.Tree, f tree.Field) {
	if text, ok := name.String(); ok {
		f.Key = text
		t.Fields = append(t.Fields, f)
		return
	}
	f.Name = &name
	t.State, t.Cause = tree.StateUnknown, name.Cause
	t.Unnamed = append(t.Unnamed, f)
}

// addTo adds identifiers to those of their kind.
func addTo(t *tree.Tree, kind string, identifiers tree.Tree) {
	for i := range t.Fields {
		if t.Fields[i].Key == kind {
			t.Fields[i].Tree.Items = append(slices.Clip(t.Fields[i].Tree.Items), identifiers.Items...)
			t.Fields[i].Tree.State = max(t.Fields[i].Tree.State, identifiers.State)
			return
		}
	}
	t.Fields = append(t.Fields, tree.Field{Key: kind, KeyRange: identifiers.Range, Tree: identifiers})
}
