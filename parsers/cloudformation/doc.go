// Package cloudformation reads CloudFormation and SAM templates, in YAML and JSON.
//
// The text becomes nodes with exact places (yaml.go). Intrinsic functions and conditions are
// resolved on the nodes (resolve.go, conditions.go), so that a value knows where it was
// written. A resource that mentions conditions becomes one variant for each satisfiable
// combination of them. SAM's resources are expanded the way its specification says (sam*.go).
package cloudformation
