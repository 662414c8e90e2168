// Package iampolicy reads IAM policy documents into statements with places, whatever they are
// written in: JSON text, jsonencode, a heredoc, or a YAML mapping.
//
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package iampolicy

import (
	"lintel/internal/model"
	"lintel/parsers/jsontree"
)

// Parse reads a policy document. The list is absent when the document is, and unknown when
// there may be more statements than could be read.
func Parse(document model.Tree) model.List[model.Statement] {
	document = Document(document)
	switch {
	case document.State == model.StateAbsent:
		return model.List[model.Statement]{}
	case !document.IsMap:
		return model.UnknownList[model.Statement](document.Range, cause(document))
	}
	return statements(document.Field("Statement"), document)
}

// Fill reads the policy documents of a resource as Terraform's provider names them, in
// configurations and in plans. Resources that have none are left as they are.
func Fill(added any, properties model.Tree) {
	switch resource := added.(type) {
	case *model.Role:
		resource.Trust = Parse(properties.Field("assume_role_policy"))
		for _, inline := range properties.Field("inline_policy").Items {
			resource.Statements = resource.Statements.Append(Parse(inline.Field("policy")))
		}
	case *model.Policy:
		resource.Statements = Parse(properties.Field("policy"))
	case *model.Channel:
		resource.Statements = Parse(properties.Field("policy"))
	case *model.ChannelPolicy:
		resource.Statements = Parse(properties.Field("policy"))
	case *model.ResourcePolicy:
		document := properties.Field("policy_document")
		if document.State == model.StateAbsent {
			document = properties.Field("policy")
		}
		resource.Statements = Parse(document)
	case *model.UserPolicy:
		resource.Statements = Parse(properties.Field("policy"))
	}
}

// Document decodes JSON text and leaves everything else as it is.
func Document(document model.Tree) model.Tree {
	if document.Decoded != nil {
		return *document.Decoded
	}
	if _, isText := document.String(); !isText && len(document.Pieces) == 0 {
		return document
	}
	decoded, err := jsontree.Decode(document)
	if err != nil {
		return model.UnknownTree(document.Range, "the policy is not JSON: "+err.Error())
	}
	return decoded
}

func cause(t model.Tree) string {
	if t.Cause != "" {
		return t.Cause
	}
	return "the policy is not a document that could be read"
}

// statements reads one statement or a list of them.
func statements(t, document model.Tree) model.List[model.Statement] {
	items := t.Items
	if !t.IsList && t.IsMap {
		items = []model.Tree{t}
	}
	list := model.NewList[model.Statement](document.Range)
	if t.State == model.StateUnknown || document.State == model.StateUnknown {
		list = model.UnknownList[model.Statement](document.Range, cause(t))
	}
	for _, item := range items {
		if item.State == model.StateAbsent {
			continue
		}
		list.Items = append(list.Items, statement(item))
	}
	return list
}

func statement(t model.Tree) model.Statement {
	s := model.Statement{Block: model.NewBlock(t.Range)}
	switch {
	case t.State == model.StateUnknown:
		s.Block = model.UnknownBlock(t.Range, t.Cause)
	case t.Maybe != "":
		s.Block = model.MaybeBlock(t.Range, t.Maybe)
	}
	s.Sid = model.StringValue(t.Field("Sid"))
	s.Effect = model.StringValue(t.Field("Effect"))
	s.Actions = model.Strings(t.Field("Action"))
	s.NotActions = model.Strings(t.Field("NotAction"))
	s.Resources = model.Strings(t.Field("Resource"))
	s.NotResources = model.Strings(t.Field("NotResource"))
	s.Principals = principals(t.Field("Principal"))
	s.NotPrincipals = principals(t.Field("NotPrincipal"))
	s.Conditions = conditions(t.Field("Condition"))
	return s
}

// principals reads "*", {"Service": …} and {"AWS": […]}.
func principals(t model.Tree) model.List[model.Principal] {
	list := listLike[model.Principal](t)
	if text, ok := t.String(); ok {
		list.Items = append(list.Items, model.Principal{
			Block: model.NewBlock(t.Range), Kind: model.Known(text, t.Range), Value: model.Known(text, t.Range),
		})
	}
	for _, kind := range t.Fields {
		values := model.Strings(kind.Tree)
		for _, value := range values.Items {
			list.Items = append(list.Items, model.Principal{
				Block: model.NewBlock(value.At), Kind: model.Known(kind.Key, kind.KeyRange), Value: value,
			})
		}
		if values.State == model.StateUnknown {
			list.State, list.Cause = model.StateUnknown, values.Cause
		}
	}
	return list
}

// conditions flattens {operator: {key: values}}.
func conditions(t model.Tree) model.List[model.Condition] {
	list := listLike[model.Condition](t)
	for _, operator := range t.Fields {
		for _, key := range operator.Tree.Fields {
			list.Items = append(list.Items, model.Condition{
				Block:    model.NewBlock(key.KeyRange),
				Operator: model.Known(operator.Key, operator.KeyRange),
				Key:      model.Known(key.Key, key.KeyRange),
				Values:   model.Strings(key.Tree),
			})
		}
		if operator.Tree.State == model.StateUnknown {
			list.State, list.Cause = model.StateUnknown, operator.Tree.Cause
		}
	}
	return list
}

func listLike[T any](t model.Tree) model.List[T] {
	switch t.State {
	case model.StateUnknown:
		return model.UnknownList[T](t.Range, t.Cause)
	case model.StateKnown:
		return model.NewList[T](t.Range)
	case model.StateAbsent:
	}
	return model.List[T]{}
}
