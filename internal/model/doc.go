// Package model is the one picture of a stack that all formats share.
//
// A reader turns a template into a [Tree] per resource: evaluated as far as possible, with
// places, but without a meaning. [Stack.Add] gives it one, by the struct tags of the resource
// types: they are the only table that says where an attribute lives in Terraform,
// CloudFormation and SAM, and which default AWS applies. [Link] then joins the resources,
// and [Encode] turns the stack into the input of the policies.
//
// # Adding a resource kind
//
// Declare a struct that embeds [Resource], add a slice of it to [Stack] with the type names as
// tags, and run go generate ./... for the schema and the docs. That is all.
//
// # Tags
//
//	json     name in the policy input; "-" keeps the field out of it
//	tf       attribute or block in Terraform; dots go down, "|" separates alternatives
//	cfn      property in CloudFormation
//	sam      property in SAM where it differs from CloudFormation
//	default  what AWS applies when the attribute is absent
//	to       collection that a [Ref] points into
//
// A path of "." means the tree itself, which SAM uses where CloudFormation nests.
package model
