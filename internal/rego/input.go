package rego

import (
	"encoding/json"
	"strings"

	"lintel/internal/model"
)

// FromJSON turns what encoding/json reads into a value.
func FromJSON(x any) Value {
	switch x := x.(type) {
	case bool:
		return Bool(x)
	case int:
		return Int(x)
	case float64:
		return Float(x)
	case json.Number:
		n, _ := Number(x.String()) // as exact as a float64 can be
		return n
	case string:
		return String(x)
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = FromJSON(x[i])
		}
		return Array(items)
	case map[string]any:
		c := &composite{}
		for key, item := range x { // any order: Object sorts
			c.keys, c.items = append(c.keys, String(key)), append(c.items, FromJSON(item))
		}
		c.dirty = true
		c.clean(true)
		return Value{kind: object, c: c}
	}
	return Null()
}

// ParseJSON reads JSON.
func ParseJSON(content string) (Value, error) {
	var x any
	decoder := json.NewDecoder(strings.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&x); err != nil {
		return Value{}, err
	}
	return FromJSON(x), nil
}

// FromModel turns the input of the policies into a value.
func FromModel(x any) Value {
	switch x := x.(type) {
	case model.Object:
		names, items := make([]string, len(x)), make([]Value, len(x))
		for i := range x {
			names[i], items[i] = x[i].Key, FromModel(x[i].Value)
		}
		return Object(names, items)
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = FromModel(x[i])
		}
		return Array(items)
	case string:
		return String(x)
	case int:
		return Int(x)
	case bool:
		return Bool(x)
	}
	return Null()
}

// FromModelMay turns the input of the policies into a value for the question what rules may find. In it
// unknown values have become known: they are the examples of their node, or anything.
func FromModelMay(x any, nodes func(at int) model.Node) Value {
	switch x := x.(type) {
	case model.Object:
		return mayObject(x, nodes)
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = FromModelMay(x[i], nodes)
		}
		return Array(items)
	}
	return FromModel(x)
}

func mayObject(x model.Object, nodes func(at int) model.Node) Value {
	names, items := make([]string, 0, len(x)+1), make([]Value, 0, len(x)+1)
	isUnknown := x.Get("unknown") != nil
	at, _ := x.Get("at").(int)
	isScalar := isUnknown && x.Get("id") == nil
	for i := range x {
		key, value := x[i].Key, FromModelMay(x[i].Value, nodes)
		if isUnknown {
			if key == "unknown" || key == "prefix" || key == "suffix" {
				continue
			}
			isScalar = isScalar && key != "items" && !value.Member("at").IsDefined() // a block has attributes that are unknown themselves
			if !isClosed(key, x, nodes(at)) {
				value = opened(key, value, at)
			}
		}
		names, items = append(names, key), append(items, value)
	}
	if isScalar {
		prefix, _ := x.Get("prefix").(string)
		suffix, _ := x.Get("suffix").(string)
		names, items = append(names, "value"), append(items, unknownValue(at, prefix, suffix, nodes(at)))
	}
	return Object(names, items)
}

// isClosed reports whether a member of an unknown node has nothing but what is known.
func isClosed(key string, x model.Object, node model.Node) bool {
	return key == "targets" && model.IsAWSManaged(x) || node.Outside && (key == "targets" || key == "items")
}

// opened returns the member of an unknown node, which may have more than is known.
func opened(key string, value Value, at int) Value {
	switch {
	case key == "items":
		return Open(value.c.items, at)
	case key == "targets" && len(value.c.items) == 0:
		return Open(nil, at)
	}
	return value
}

func unknownValue(at int, prefix, suffix string, node model.Node) Value {
	if len(node.Examples) == 0 {
		unknown := Unknown(at, prefix, suffix)
		if node.Plain {
			return unknown.withoutWildcard()
		}
		return unknown
	}
	choices := make([]Value, len(node.Examples))
	for i := range node.Examples {
		choices[i] = FromModel(node.Examples[i])
	}
	return OneOf(at, choices)
}
