package model

import (
	"reflect"
	"strings"

	"lintel/internal/tree"
)

// anywhere is the tag of a path that is the same in every format: the elements of a policy document.
const anywhere = "any"

// pathOf parses the path of a field in a format. SAM falls back on CloudFormation. The path is zero where the
// format does not have the attribute, and where it is filled by hand.
func pathOf(field reflect.StructField, format Format) tree.Path {
	text, ok := field.Tag.Lookup(string(format))
	if !ok && format == SAM {
		text, ok = field.Tag.Lookup(string(CloudFormation))
	}
	if !ok {
		text = field.Tag.Get(anywhere)
	}
	return tree.ParsePath(text)
}

// typesOf returns the types of resources that a collection of the stack claims in a format. SAM falls back on
// CloudFormation.
func typesOf(collection reflect.StructField, format Format) []string {
	if collection.Type == reflect.TypeFor[[]Trigger]() {
		return triggerTypes(format)
	}
	text, ok := collection.Tag.Lookup(string(format))
	if !ok && format == SAM {
		text = collection.Tag.Get(string(CloudFormation))
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == '|' })
}
