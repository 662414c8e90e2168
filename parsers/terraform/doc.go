// Package terraform reads Terraform and OpenTofu configurations: a root module with the local
// modules it calls, as Terraform would evaluate it before the first deployment.
//
// A directory becomes a config (config.go): its blocks, not yet evaluated. A call of a module, or
// the root, is an instance (instance.go) that evaluates values on demand, by dependency, and
// remembers them. The references of a value and the cause of an unknown one travel with it as marks of
// cty (marks.go), through interpolations, functions, locals and modules. An expression together
// with its value becomes a tree.Tree (tree.go), so that every part keeps its place.
package terraform
