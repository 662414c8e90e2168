package model

import (
	"cmp"
	"reflect"
	"slices"

	"lintel/internal/tree"
)

// AttributePlace is where an attribute of the model is written in each format.
type AttributePlace struct {
	Collection string               // functions
	Path       string               // tracing/mode; empty: the resource itself
	Kind       string               // string, int, bool, list, map, reference, block
	Default    string               // what AWS applies when it is absent; empty: nothing
	Types      map[Format][]string  // types of the resource
	In         map[Format]tree.Path // paths from the resource; zero: not there, or irregular

	column string // of triggerKinds
}

// Claims reports whether resources of a type belong to the collection.
func (a AttributePlace) Claims(kind string) bool {
	for _, types := range a.Types {
		if slices.Contains(types, kind) {
			return true
		}
	}
	return false
}

// ByType reports whether the paths of the attribute differ by the type of the resource, as For returns them.
func (a AttributePlace) ByType() bool { return a.column != "" }

// For returns the path in resources of a type that the collection claims.
func (a AttributePlace) For(kind string) tree.Path {
	if a.ByType() {
		return triggerKindsByType()[kind].column(a.column)
	}
	return a.In[FormatOf(kind)]
}

// Attributes returns the table that the tags of the resource types make up, in their order.
func Attributes() []AttributePlace { return attributes(jsonName) }

// Declared is like Attributes, with the collections that are not part of the policy input because Link moves what is
// in them elsewhere. They and their attributes have the names of their fields.
func Declared() []AttributePlace {
	return attributes(collectionName)
}

// collectionName returns the name of a field in the input of rules, or its own if rules do not see it.
func collectionName(field reflect.StructField) string { return cmp.Or(jsonName(field), field.Name) }

func attributes(nameOf func(reflect.StructField) string) []AttributePlace {
	var all []AttributePlace
	for _, field := range collections() {
		name := nameOf(field)
		if name == "" {
			continue
		}
		whole := AttributePlace{Collection: name, Kind: "resource", Types: map[Format][]string{}, In: map[Format]tree.Path{}}
		for _, format := range formats() {
			whole.In[format] = tree.Self()
			whole.Types[format] = typesOf(field, format)
		}
		all = append(all, whole)
		all = append(all, attributesOf(field.Type.Elem(), whole, nameOf)...)
	}
	return all
}

// attributesOf returns the attributes of a block or resource at a place, with those in the blocks of it.
func attributesOf(t reflect.Type, at AttributePlace, nameOf func(reflect.StructField) string) []AttributePlace {
	var all []AttributePlace
	for field := range t.Fields() {
		name := nameOf(field)
		if name == "" || field.Anonymous || !field.IsExported() {
			continue
		}
		a := AttributePlace{
			Collection: at.Collection, Path: join(at.Path, name), Default: field.Tag.Get("default"),
			Types: at.Types, column: field.Tag.Get("column"), In: make(map[Format]tree.Path, len(at.In)),
		}
		for format, path := range at.In {
			a.In[format] = path.Join(pathOf(field, format))
			if a.ByType() {
				a.In[format] = columnOf(a.column, format)
			}
		}
		var element reflect.Type
		a.Kind, element = kindOf(field.Type)
		all = append(all, a)
		if element != nil {
			all = append(all, attributesOf(element, a, nameOf)...)
		}
	}
	return all
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
