package model

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// Schema describes the policy input in the part of JSON Schema (draft 7) that OPA's type
// checker reads. It is the contract between the model and the rules: a rule that names an
// attribute that is not in here does not load.
func Schema() []byte {
	properties := map[string]any{
		"today": describe("string"),
		"settings": map[string]any{"type": "object", "additionalProperties": false, "properties": map[string]any{
			"trusted_accounts": map[string]any{"type": "array", "items": describe("string")},
			"soon":             describe("string"),
			"epoch":            describe("string"), // today in seconds since 1970
		}},
	}
	for _, field := range collections() {
		if name := jsonName(field); name != "" {
			properties[name] = map[string]any{"type": "array", "items": schemaOf(field.Type.Elem())}
		}
	}
	text, err := json.MarshalIndent(map[string]any{
		"$schema":    "http://json-schema.org/draft-07/schema#",
		"title":      "Input of lintel's policies, generated from internal/model",
		"type":       "object",
		"properties": properties, "additionalProperties": false,
	}, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("model: schema: %v", err)) // only maps and strings: cannot fail
	}
	return append(text, '\n')
}

func describe(jsonType string) map[string]any { return map[string]any{"type": jsonType} }

func object(properties map[string]any) map[string]any {
	properties["at"] = describe("integer")
	properties["absent"] = describe("boolean")
	properties["unknown"] = describe("boolean")
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}

// schemaOf describes a node of the policy input by the type that encodes to it.
func schemaOf(t reflect.Type) map[string]any {
	if s, ok := reflect.TypeAssert[interface{ schema() map[string]any }](reflect.New(t)); ok {
		return s.schema()
	}
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("model: no schema for type %s", t))
	}
	properties := map[string]any{}
	for field := range t.Fields() {
		name := jsonName(field)
		switch {
		case field.Type == reflect.TypeFor[Resource]():
			properties["id"], properties["type"] = describe("string"), describe("string")
			properties["generated"] = describe("boolean")
		case name != "":
			properties[name] = schemaOf(field.Type)
			if field.Tag.Get("secret") != "" {
				addJudgement(properties[name].(map[string]any)) //nolint:forcetypeassert // schemaOf makes it
			}
			if field.Tag.Get("sources") != "" {
				addToTexts(properties[name].(map[string]any), "sources", map[string]any{"type": "array", "items": describe("string")}) //nolint:forcetypeassert // schemaOf makes it
			}
			if field.Tag.Get("service") != "" {
				addToTexts(properties[name].(map[string]any), "service", describe("string")) //nolint:forcetypeassert // schemaOf makes it
			}
			if field.Tag.Get("symbol") != "" {
				addToTexts(properties[name].(map[string]any), "symbol", describe("string")) //nolint:forcetypeassert // schemaOf makes it
			}
			if field.Tag.Get("plain") != "" {
				addToTexts(properties[name].(map[string]any), "plain", describe("boolean")) //nolint:forcetypeassert // schemaOf makes it
			}
		}
	}
	return object(properties)
}

// addToTexts adds a member to the description of a text, or of those in a list.
func addToTexts(node map[string]any, name string, member map[string]any) {
	properties := node["properties"].(map[string]any) //nolint:forcetypeassert // object makes it
	if items, ok := properties["items"].(map[string]any); ok {
		addToTexts(items["items"].(map[string]any), name, member) //nolint:forcetypeassert // the schema of a list makes it
		return
	}
	properties[name] = member
}

// addJudgement describes what judge adds to a text, or to those in a list or map.
func addJudgement(node map[string]any) {
	properties := node["properties"].(map[string]any) //nolint:forcetypeassert // object makes it
	if items, ok := properties["items"].(map[string]any); ok {
		addJudgement(items["items"].(map[string]any)) //nolint:forcetypeassert // the schema of a list makes it
		return
	}
	closed := func(properties map[string]any) map[string]any {
		return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	}
	properties["named"] = describe("boolean")
	properties["example_key"] = describe("string")
	properties["secret"] = closed(map[string]any{"form": describe("string"), "name": describe("string")})
	properties["sources"] = map[string]any{"type": "array", "items": describe("string")}
	properties["refs"] = map[string]any{"type": "array", "items": describe("string")}
	properties["parameters"] = map[string]any{"type": "array", "items": closed(map[string]any{
		"name": describe("string"), "masked": describe("boolean"), "named": describe("boolean"), "default": describe("boolean"), "in_files": describe("boolean"),
	})}
}

func (v *Value[T]) schema() map[string]any {
	switch any(v.value).(type) {
	case bool:
		return object(map[string]any{"value": describe("boolean")})
	case int:
		return object(map[string]any{"value": describe("integer")})
	}
	return object(map[string]any{
		"value": describe("string"), "prefix": describe("string"), "suffix": describe("string"),
	})
}

func (r *Ref) schema() map[string]any {
	s := r.Value.schema()
	s["properties"].(map[string]any)["targets"] = map[string]any{"type": "array", "items": describe("integer")}
	s["properties"].(map[string]any)["outside"] = describe("boolean") //nolint:forcetypeassert // as above
	return s
}

func (*BackRef) schema() map[string]any {
	return object(map[string]any{"targets": map[string]any{"type": "array", "items": describe("integer")}})
}

func (*List[T]) schema() map[string]any {
	items := map[string]any{"type": "array", "items": schemaOf(reflect.TypeFor[T]())}
	return object(map[string]any{"items": items})
}

func (*Map) schema() map[string]any {
	var v Value[string]
	item := v.schema()
	item["properties"].(map[string]any)["key"] = describe("string")
	return object(map[string]any{"items": map[string]any{"type": "array", "items": item}})
}
