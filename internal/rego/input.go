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
		for key, item := range x {
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

// FromModelMay turns the input of the policies into a value for an evaluation that asks what may be.
func FromModelMay(x any) Value {
	switch x := x.(type) {
	case model.Object:
		return mayObject(x)
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = FromModelMay(x[i])
		}
		return Array(items)
	}
	return FromModel(x)
}

func mayObject(x model.Object) Value {
	if x.Get("unknown") == nil {
		names, items := make([]string, len(x)), make([]Value, len(x))
		for i := range x {
			names[i], items[i] = x[i].Key, FromModelMay(x[i].Value)
		}
		return Object(names, items)
	}
	names, items := make([]string, 0, len(x)+1), make([]Value, 0, len(x)+1)
	at, _ := x.Get("at").(int)
	prefix, _ := x.Get("prefix").(string)
	suffix, _ := x.Get("suffix").(string)
	scalar := true
	for i := range x {
		key, value := x[i].Key, FromModelMay(x[i].Value)
		switch key {
		case "unknown", "prefix", "suffix":
			continue
		case "items":
			value, scalar = Open(value.c.items, at), false
		case "targets":
			if len(value.c.items) == 0 {
				value = Open(nil, at)
			}
		default:
			if o, ok := x[i].Value.(model.Object); ok && o.Get("at") != nil {
				scalar = false
			}
		}
		names, items = append(names, key), append(items, value)
	}
	if scalar && x.Get("id") == nil {
		names, items = append(names, "value"), append(items, Unknown(at, prefix, suffix))
	}
	return Object(names, items)
}
