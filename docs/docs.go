// Package docs holds the published schemas, for lintel schema.
package docs

import _ "embed" // the schemas

// ConfigSchema is the JSON Schema of .lintel.yaml.
//
//go:embed lintel.schema.json
var ConfigSchema []byte

// ReportSchema is the JSON Schema of what check --format json prints.
//
//go:embed report.schema.json
var ReportSchema []byte
