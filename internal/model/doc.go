// Package model is the one picture of a stack that all formats share.
//
// A reader turns a template into a [tree.Tree] per resource: evaluated as far as possible, with
// places, but without a meaning. [Stack.Add] gives it one, by the struct tags of the resource
// types: they are the only table that says where an attribute lives in Terraform,
// CloudFormation and SAM, and which default AWS applies. [Stack.Link] then joins the resources,
// and [Encode] turns the stack into the input of the policies.
//
// # Adding a resource kind
//
// Declare a struct that embeds [Resource], add a slice of it with the type names as tags to the
// collections of its area, in the same file, and run go generate ./policies for the schema and the docs.
// A field of the type List[Statement] is a policy document. A kind of trigger is a line of triggerKinds.
//
// # Tags
//
//	json     name in the policy input; "-" keeps the field out of it
//	tf       path in Terraform, as tree.ParsePath reads it
//	cfn      path in CloudFormation
//	sam      path in SAM where it differs from CloudFormation
//	any      path in every format
//	column   column of triggerKinds that has the paths
//	default  what AWS applies when the attribute is absent
//	to       collection that a [Ref] points into
//	secret   how a text is judged: see judge.go
//	sources  the encoded value has the attributes that it comes from, as TYPE.ATTRIBUTE
//
// A path of "." means the tree itself, which SAM uses where CloudFormation nests.
package model
