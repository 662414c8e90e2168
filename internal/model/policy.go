package model

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// ParsePolicy reads an IAM policy document into statements with places, whatever it is written in: JSON
// text, jsonencode, a heredoc, or a YAML mapping. The list is absent when the document is, and unknown when
// there may be more statements than could be read.
//
// Every field of the type List[Statement] is filled by it, from the document, or the list of documents, that the
// tags of the field lead to.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func ParsePolicy(document tree.Tree) List[Statement] {
	document = tree.Document(document)
	switch {
	case document.State == tree.StateAbsent:
		return List[Statement]{}
	case !document.IsMap:
		return UnknownList[Statement](document.Range, cause(document))
	}
	return statements(document.Field("Statement"), document)
}

// parsePolicies gathers the statements of one document, or of a list of several.
func parsePolicies(documents tree.Tree) List[Statement] {
	if !documents.IsList {
		return ParsePolicy(documents)
	}
	var all List[Statement]
	if documents.State == tree.StateUnknown {
		all = UnknownList[Statement](documents.Range, documents.Cause)
	}
	for _, document := range documents.Items {
		all = all.Append(ParsePolicy(document))
	}
	return all
}

func cause(t tree.Tree) string {
	if t.Cause != "" {
		return t.Cause
	}
	return "the policy is not a document that could be read"
}

// statements reads one statement or a list of them.
func statements(t, document tree.Tree) List[Statement] {
	items := t.Items
	if !t.IsList && t.IsMap {
		items = []tree.Tree{t}
	}
	list := NewList[Statement](document.Range)
	if t.State == tree.StateUnknown || document.State == tree.StateUnknown {
		list = UnknownList[Statement](document.Range, cause(t))
	}
	for _, item := range items {
		if item.State == tree.StateAbsent {
			continue
		}
		list.Items = append(list.Items, statement(item))
	}
	return list
}

func statement(t tree.Tree) Statement {
	s := Statement{Block: NewBlock(t.Range)}
	switch {
	case t.State == tree.StateUnknown:
		s.Block = UnknownBlock(t.Range, t.Cause)
	case t.Maybe != "":
		s.Block = MaybeBlock(t.Range, t.Maybe)
	}
	s.Sid = StringValue(t.Field("Sid"))
	s.Effect = StringValue(t.Field("Effect"))
	s.Actions = Strings(t.Field("Action"))
	s.NotActions = Strings(t.Field("NotAction"))
	s.Resources.fill(literally, oneOrMore(t.Field("Resource")))
	for i := range s.Resources.Items {
		s.Resources.Items[i].narrowResource()
	}
	s.NotResources = Strings(t.Field("NotResource"))
	s.Principals = principals(t.Field("Principal"))
	s.NotPrincipals = principals(t.Field("NotPrincipal"))
	s.Conditions = conditions(t.Field("Condition"))
	return s
}

// oneOrMore reads resources that are unknown, but contain no wildcard, as a single one: how many there are does not matter.
func oneOrMore(t tree.Tree) tree.Tree {
	if t.State != tree.StateUnknown || !t.Plain || t.IsMap {
		return t
	}
	if t.IsList {
		t.State = tree.StateKnown
		return t
	}
	return tree.Tree{State: tree.StateKnown, IsList: true, Range: t.Range, Items: []tree.Tree{t}}
}

// principals reads "*", {"Service": …} and {"AWS": […]}.
func principals(t tree.Tree) List[Principal] {
	list := listLike[Principal](t)
	if text, ok := t.String(); ok {
		list.Items = append(list.Items, Principal{
			Block: NewBlock(t.Range), Kind: Known(text, t.Range), Value: Known(text, t.Range),
		})
	}
	for _, kind := range t.Fields {
		values := Strings(kind.Tree)
		for _, value := range values.Items {
			principal := Principal{Block: NewBlock(value.At), Kind: Known(kind.Key, kind.KeyRange), Value: value}
			principal.narrowAccount()
			list.Items = append(list.Items, principal)
		}
		if values.State == tree.StateUnknown {
			principal := unknownPrincipal(kind, values.Cause())
			principal.narrowAccount()
			list.Items = append(list.Items, principal)
		}
	}
	return list
}

// unknownPrincipal stands for the unknown principals of a kind. There may be none, in which case nothing has the kind,
// unless the value is known to be one text.
func unknownPrincipal(kind tree.Field, cause string) Principal {
	t := kind.Tree
	p := Principal{Block: NewBlock(t.Range), Kind: Known(kind.Key, kind.KeyRange)}
	isOne := t.Examples != nil && t.Maybe == "" || namesAccount(t.Parameters)
	if t.IsList || !isOne {
		isPlain := t.Plain
		t = tree.Unknown(t.Range, cause)
		t.Plain = isPlain
		of := tree.Unknown(kind.KeyRange, cause)
		of.Examples = []string{kind.Key}
		p.Kind = StringValue(of)
	}
	p.Value = StringValue(t)
	return p
}

// conditions flattens {operator: {key: values}}.
func conditions(t tree.Tree) List[Condition] {
	list := listLike[Condition](t)
	for _, operator := range t.Fields {
		for _, key := range slices.Concat(operator.Tree.Fields, operator.Tree.Unnamed) {
			list.Items = append(list.Items, Condition{
				Block:    NewBlock(key.KeyRange),
				Operator: Known(operator.Key, operator.KeyRange),
				Key:      conditionKey(key),
				Values:   Strings(key.Tree),
			})
		}
		if operator.Tree.State == tree.StateUnknown && len(operator.Tree.Unnamed) == 0 {
			list.lose(operator.Tree.Cause)
		}
	}
	return list
}

// oidcIssuers are the identity providers that rules distinguish, and one that stands for all others.
func oidcIssuers() []string {
	return []string{"token.actions.githubusercontent.com", "gitlab.com", "oidc.example.com"}
}

// conditionKey returns the condition key of a field. Of the key for a token of an unknown identity provider only the claim
// is known, such as ":sub".
func conditionKey(f tree.Field) Value[string] {
	if f.Name == nil {
		return Known(f.Key, f.KeyRange)
	}
	name := *f.Name
	if name.Examples == nil && name.Prefix == "" && strings.HasPrefix(name.Suffix, ":") {
		for _, issuer := range oidcIssuers() {
			name.Examples = append(name.Examples, issuer+name.Suffix)
		}
	}
	return StringValue(name)
}

func listLike[T any](t tree.Tree) List[T] {
	switch t.State {
	case tree.StateUnknown:
		return UnknownList[T](t.Range, t.Cause)
	case tree.StateKnown:
		return NewList[T](t.Range)
	case tree.StateAbsent:
	}
	return List[T]{}
}
