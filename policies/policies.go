// Package policies contains the rules: their text, for people and tests, and their compiled form,
// which is what runs. A rule is a directory below rules; see CONTRIBUTING.md.
package policies

import "embed"

//go:generate go run generate.go

// Compiled is what policy.Load reads: a file beside each rule, helper and part of the data. go
// generate writes them from the text; a test compares the two.
//
//go:embed lib/*.compiled data/*.json rules/*/policy.compiled
var Compiled embed.FS

// Text is what Compiled was made from: what custom rules may use, and what is exported.
//
//go:embed lib/*.rego data/*.json rules/*/policy.rego bundle/*.rego
var Text embed.FS
