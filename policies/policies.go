// Package policies holds the rules: their text, for people and tests, and their compiled form,
// which is what runs. A rule is a folder below rules; see CONTRIBUTING.md.
package policies

import "embed"

//go:generate go run generate.go

// Compiled is what policy.Load reads. go generate writes it from the text; a test holds the
// two together.
//
//go:embed compiled.bin
var Compiled string

// Text is what Compiled was made from: what custom rules may use, and what is exported.
//
//go:embed lib/*.rego data/*.json rules/*/policy.rego bundle/*.rego
var Text embed.FS
