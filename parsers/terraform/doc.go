// Package terraform reads Terraform and OpenTofu configurations: a root module with the local
// modules it calls, as Terraform would evaluate it before anything is known from deployment.
//
// A folder becomes a config (config.go): its blocks, not yet evaluated. A call of a module, or
// the root, is an instance (instance.go) that evaluates values on demand, by dependency, and
// remembers them. What a value refers to and why it is not known travels with it as marks of
// cty (marks.go), through interpolations, functions, locals and modules. An expression together
// with its value becomes a tree.Tree (tree.go), so that every part keeps its place.
package terraform
