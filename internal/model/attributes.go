package model

import (
	"cmp"
	"reflect"
)

// AttributePlace says where an attribute of the model is written in each format.
type AttributePlace struct {
	Collection                     string // functions
	Path                           string // tracing/mode; empty: the resource itself, with its type in each format
	Kind                           string // string, int, bool, list, map, reference, block
	Default                        string // what AWS applies when it is absent; empty: nothing
	Terraform, CloudFormation, SAM string // paths from the resource; empty: not there, or irregular
}

// Attributes returns the table that the tags of the resource types make up, in their order.
func Attributes() []AttributePlace {
	var all []AttributePlace
	stack := reflect.TypeFor[Stack]()
	for field := range stack.Fields() {
		name := jsonName(field)
		if name == "" {
			continue
		}
		whole := AttributePlace{
			Collection: name, Kind: "resource", Terraform: field.Tag.Get("tf"),
			CloudFormation: field.Tag.Get("cfn"), SAM: field.Tag.Get("sam"),
		}
		all = append(all, whole)
		all = append(all, attributesOf(field.Type.Elem(), AttributePlace{Collection: name})...)
	}
	return all
}

func attributesOf(t reflect.Type, at AttributePlace) []AttributePlace {
	var all []AttributePlace
	for field := range t.Fields() {
		name := jsonName(field)
		if name == "" || field.Anonymous {
			continue
		}
		a := AttributePlace{
			Collection: at.Collection, Path: join(at.Path, name), Default: field.Tag.Get("default"),
			Terraform:      below(at.Terraform, field.Tag.Get("tf")),
			CloudFormation: below(at.CloudFormation, field.Tag.Get("cfn")),
			SAM:            below(cmp.Or(at.SAM, at.CloudFormation), tag(field, SAM)),
		}
		element := field.Type
		a.Kind, element = kindOf(element)
		all = append(all, a)
		if element != nil {
			all = append(all, attributesOf(element, a)...)
		}
	}
	return all
}

func below(path, name string) string {
	if name == "" || name == "-" {
		return ""
	}
	if name == "." {
		return path
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// kindOf names the type of a field, and returns the type of the blocks in it, if any.
func kindOf(t reflect.Type) (string, reflect.Type) {
	switch reflect.New(t).Interface().(type) {
	case *Value[string]:
		return "string", nil
	case *Value[int]:
		return "int", nil
	case *Value[bool]:
		return "bool", nil
	case *Map:
		return "map", nil
	case *Ref:
		return "reference", nil
	case *BackRef:
		return "references to this", nil
	}
	if items, ok := t.FieldByName("Items"); ok {
		kind, element := kindOf(items.Type.Elem())
		return "list of " + kind, element
	}
	return "block", t
}
