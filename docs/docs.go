// Package docs embeds the published JSON Schemas, for lintel schema.
package docs

import _ "embed" // for the schemas

// ConfigSchema is the JSON Schema of .lintel.yaml.
//
//go:embed lintel.schema.json
var ConfigSchema []byte

// ReportSchema is the JSON Schema of the output of check --format json.
//
//go:embed report.schema.json
var ReportSchema []byte

// AccessSchema is the JSON Schema of the output of access --format json.
//
//go:embed access.schema.json
var AccessSchema []byte
