package terraform

import (
	"cmp"
	"slices"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// policyDocument puts a data source aws_iam_policy_document together as the provider does
// (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document):
// the statements of source_policy_documents, then its own, then those of
// override_policy_documents; a statement replaces an earlier one with the same sid. What is not
// known makes the list of statements open and hides none that is known.
func (s scope) policyDocument(d documentAt, at source.Range) model.Tree {
	if s.nested > maxFollow {
		return model.UnknownTree(at, "the documents refer to each other")
	}
	s.nested++
	defer func() { s.nested-- }()
	body := d.scope.body(d.block.body, d.block.header)
	merged := statementList{}
	for _, name := range []string{"source_json", "source_policy_documents"} {
		merged.addDocuments(body.Field(name))
	}
	for _, statement := range body.Field("statement").Items {
		merged.add(statementTree(statement))
	}
	for _, name := range []string{"override_json", "override_policy_documents"} {
		merged.addDocuments(body.Field(name))
	}
	statements := model.Tree{State: model.StateKnown, IsList: true, Range: d.block.header, Items: merged.items}
	if merged.open != "" {
		statements.State, statements.Cause = model.StateUnknown, merged.open
	}
	text := model.UnknownTree(at, "it is put together by a data source")
	text.Decoded = &model.Tree{
		State: model.StateKnown, IsMap: true, Range: d.block.header,
		Fields: []model.Field{{Key: "Statement", KeyRange: d.block.header, Tree: statements}},
	}
	return text
}

// statementList is the result of merging documents.
type statementList struct {
	items []model.Tree
	open  string // why there may be more; empty: there are not
}

func (l *statementList) add(statement model.Tree) {
	if sid, ok := statement.Field("Sid").String(); ok && sid != "" {
		for i := range l.items {
			if other, known := l.items[i].Field("Sid").String(); known && other == sid {
				l.items[i] = statement
				return
			}
		}
	}
	l.items = append(l.items, statement)
}

// addDocuments adds the statements of one document or a list of them.
func (l *statementList) addDocuments(documents model.Tree) {
	switch {
	case documents.State == model.StateAbsent:
		return
	case documents.IsList:
		for _, item := range documents.Items {
			l.addDocuments(item)
		}
		return
	}
	decoded := tree.Document(documents)
	statements := decoded.Field("Statement")
	if decoded.State == model.StateUnknown || statements.State == model.StateUnknown {
		l.open = "a document that is merged in is not known"
	}
	items := statements.Items
	if statements.IsMap {
		items = []model.Tree{statements}
	}
	for _, statement := range items {
		l.add(statement)
	}
}

// statementTree turns a statement block into a statement of a JSON document.
func statementTree(b model.Tree) model.Tree {
	t := model.Tree{State: b.State, IsMap: true, Range: b.Range, Cause: b.Cause, Maybe: b.Maybe}
	effect := b.Field("effect")
	if effect.State == model.StateAbsent {
		effect = model.Tree{State: model.StateKnown, Scalar: "Allow", Range: b.Range}
	}
	for _, f := range []model.Field{
		{Key: "Sid", Tree: b.Field("sid")},
		{Key: "Effect", Tree: effect},
		{Key: "Action", Tree: b.Field("actions")},
		{Key: "NotAction", Tree: b.Field("not_actions")},
		{Key: "Resource", Tree: b.Field("resources")},
		{Key: "NotResource", Tree: b.Field("not_resources")},
		{Key: "Principal", Tree: principalTree(b.Field("principals"))},
		{Key: "NotPrincipal", Tree: principalTree(b.Field("not_principals"))},
		{Key: "Condition", Tree: conditionTree(b.Field("condition"))},
	} {
		if f.Tree.State != model.StateAbsent {
			f.KeyRange = f.Tree.Range
			t.Fields = append(t.Fields, f)
		}
	}
	return t
}

// principalTree turns principals blocks into {type: [identifiers]}.
func principalTree(blocks model.Tree) model.Tree {
	t := model.Tree{State: blocks.State, IsMap: true, Range: blocks.Range}
	for _, b := range blocks.Items {
		identifiers := b.Field("identifiers")
		kind, ok := b.Field("type").String()
		if !ok {
			t.State, t.Cause = model.StateUnknown, "the type of a principal is not known"
			continue
		}
		if b.State == model.StateUnknown || b.Maybe != "" {
			t.State, t.Cause = model.StateUnknown, cmp.Or(b.Cause, b.Maybe)
		}
		addTo(&t, kind, identifiers)
	}
	return t
}

// conditionTree turns condition blocks into {test: {variable: values}}.
func conditionTree(blocks model.Tree) model.Tree {
	t := model.Tree{State: blocks.State, IsMap: true, Range: blocks.Range}
	for _, b := range blocks.Items {
		test, okTest := b.Field("test").String()
		variable, okVariable := b.Field("variable").String()
		if !okTest || !okVariable || b.State == model.StateUnknown || b.Maybe != "" {
			t.State, t.Cause = model.StateUnknown, "a condition is not known"
			continue
		}
		i := slices.IndexFunc(t.Fields, func(f model.Field) bool { return f.Key == test })
		if i < 0 {
			i = len(t.Fields)
			t.Fields = append(t.Fields, model.Field{
				Key: test, KeyRange: b.Field("test").Range, Tree: model.Tree{State: model.StateKnown, IsMap: true, Range: b.Range},
			})
		}
		values := b.Field("values")
		t.Fields[i].Tree.Fields = append(t.Fields[i].Tree.Fields, model.Field{Key: variable, KeyRange: b.Range, Tree: values})
	}
	return t
}

// addTo adds identifiers to those of their kind.
func addTo(t *model.Tree, kind string, identifiers model.Tree) {
	for i := range t.Fields {
		if t.Fields[i].Key == kind {
			t.Fields[i].Tree.Items = append(slices.Clip(t.Fields[i].Tree.Items), identifiers.Items...)
			t.Fields[i].Tree.State = max(t.Fields[i].Tree.State, identifiers.State)
			return
		}
	}
	t.Fields = append(t.Fields, model.Field{Key: kind, KeyRange: identifiers.Range, Tree: identifiers})
}
