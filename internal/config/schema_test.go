package config

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"lintel/docs"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// TestSchemaKeys checks that the published schema and the parser have the same keys.
func TestSchemaKeys(t *testing.T) {
	var schema struct{ Properties map[string]any }
	if err := json.Unmarshal(docs.ConfigSchema, &schema); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(keysOf((&parser{}).top()), slices.Sorted(maps.Keys(schema.Properties))); diff != "" {
		t.Error(diff)
	}
}

// TestSchemaAgrees checks that the schema and the parser accept the same documents.
func TestSchemaAgrees(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(docs.ConfigSchema)))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("config.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	rules := finding.IDsOf([]finding.Rule{{ID: "role-shared"}})
	for text, want := range map[string]bool{
		"profile: all": true, "profile: some": false,
		"fail-on: critical": true, "fail-on: info": false,
		"skip: [role-shared]": true, "skip: role-shared": false,
		`trusted-accounts: ["012345678901"]`: true, "trusted-accounts: [x]": false,
		"no-ignore: [role-shared]": true, "no-ignore: {}": false,
		"gaps: warn": true, "gaps: never": false, "gaps: {module: fail, nested-stack: warn}": true, "gaps: {modul: fail}": false, "gaps: [fail]": false,
		"max-ignore-days: 90": true, "max-ignore-days: 0": false, "max-ignore-days: soon": false,
		"max-file-size: 16": true, "max-file-size: 0": false, "max-file-size: 257": false, "max-file-size: large": false, `max-file-size: "16"`: false, "max-file-size: [16]": false,
		"extends: ../lintel.yaml": true, "extends: [a]": false, "extends: /a": false, "extends: ''": false, "extends: 'https://a'": false, "extends: https://example.com/a.tgz@sha256:" + strings.Repeat("0", 64): true, "extends: oci://example.com/a:v1@sha256:" + strings.Repeat("0", 64): true, "extends: oci://example.com/a@sha256:0": false,
		"var-files: [a.tfvars]": true, "var-files: a": false, "var-files: [/a]": false,
		"vars: {a: b, c: 1, d: true, e: [1], f: {g: h}}": true, "vars: [a]": false, "vars: {a: null}": false, "vars: {a: }": false,
		"params: {A: b, C: 1, D: true, E: [a, b]}": true, "params: {A: {b: c}}": false, "params: {A: [[b]]}": false,
		"workspace: prod": true, "workspace: [prod]": false, "workspace: 1": false, "workspace: ''": false,
		"stacks: {network-prod: infra/network}": true, "stacks: [network-prod]": false, "stacks: {network-prod: /network}": false,
		"access: {deny-new: [public, cross-account, admin]}": true, "access: {deny-new: [limited]}": false, "access: {deny-new: public}": false, "access: {deny: []}": false, "access: [public]": false,
		"third-party: false": true, "third-party: 1": false,
		"ignore: [{paths: [a], reason: b}]":                                        true,
		"ignore: [{constructs: [a], reason: b, until: 2027-03-01}]":                true,
		"ignore: [{paths: [a], constructs: [a], rules: [role-shared], reason: b}]": true,
		"ignore: [{reason: b}]":                                                    false,
		"ignore: [{paths: [a]}]":                                                   false,
		"ignore: [{paths: [], reason: b}]":                                         false,
		"ignore: [{paths: a, reason: b}]":                                          false,
		"ignore: [{paths: [a], reason: b, owner: me}]":                             false,
		"ignore: {paths: [a], reason: b}":                                          false,
		"rules: {role-shared: off}":                                                true,
		"rules: {role-shared: {severity: info}}":                                   true,
		"rules: {role-shared: {severity: worst}}":                                  false,
		"rules: {role-shared: {severity: info, why: x}}":                           false,
		"rules: [role-shared]":                                                     false,
		"policies: x":                                                              false,
	} {
		_, parseErr := Parse(Name, source.NewFile(Name, []byte(text)), rules)
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		asJSON, err := json.Marshal(value) // dates become strings
		if err != nil {
			t.Fatal(err)
		}
		value, err = jsonschema.UnmarshalJSON(strings.NewReader(strings.ReplaceAll(string(asJSON), "T00:00:00Z", "")))
		if err != nil {
			t.Fatal(err)
		}
		schemaErr := schema.Validate(value)
		if (parseErr == nil) != want || (schemaErr == nil) != want {
			t.Errorf("%s: parser says %v, schema says %v", text, parseErr, schemaErr)
		}
	}
}
