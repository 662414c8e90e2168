package model

import (
	"reflect"
	"strings"
)

// Named is a resource with a literal name. Collection is the one that has it, with the service of a channel: names are
// those of one kind of resources.
type Named struct{ Collection, Name, ID string }

// NamedAs returns Named.Collection of resources of a type of Terraform, by whose names data sources find them.
func NamedAs(kind string) (collection string, ok bool) {
	for _, index := range claims(Terraform, kind) {
		field := reflect.TypeFor[Stack]().FieldByIndex(index)
		if !IsJoined(jsonName(field)) {
			continue
		}
		if name, hasName := field.Type.Elem().FieldByName("Name"); hasName && name.Type == reflect.TypeFor[Value[string]]() {
			return namedIn(jsonName(field), kind), true
		}
	}
	return "", false
}

// namedIn returns Named.Collection for a resource of a type in a collection.
func namedIn(collection, kind string) string {
	if collection == "channels" {
		return collection + "/" + serviceOf(kind)
	}
	return collection
}

// Names returns the resources with literal names of a stack that others can take, in their order.
func (s *Stack) Names() []Named {
	var all []Named
	s.eachResource(func(collection reflect.StructField, v reflect.Value) {
		if !IsJoined(jsonName(collection)) {
			return
		}
		name, ok := reflect.TypeAssert[Value[string]](named(v))
		if text, isKnown := name.Get(); ok && isKnown {
			r := resourceOf(v)
			all = append(all, Named{namedIn(jsonName(collection), r.Type), text, r.ID})
		}
	})
	return all
}

// named returns the name of a resource, or something else if it has none.
func named(v reflect.Value) reflect.Value {
	if name := v.FieldByName("Name"); name.IsValid() {
		return name
	}
	return v
}

// NamedElsewhere returns the names, alone or in ARNs, that references of a stack have and that no resource of it has, without
// duplicates and in their order. Their IDs are empty. Resources of AWS are left out.
func (s *Stack) NamedElsewhere() []Named {
	known := map[Named]bool{}
	for _, own := range s.Names() {
		known[Named{own.Collection, own.Name, ""}] = true
	}
	var all []Named
	s.eachResource(func(_ reflect.StructField, v reflect.Value) {
		referencesIn(v, func(r *Ref, to string) {
			literal, ok := r.Get()
			if !ok || !IsJoined(to) || strings.Contains(literal, ":iam::aws:") || strings.Contains(literal, "*") {
				return
			}
			other := Named{to, nameIn(to, literal), ""}
			if to == "channels" {
				service, name, _ := channelIn(literal)
				other = Named{to + "/" + service, name, ""}
			}
			if other.Name != "" && !known[other] {
				known[other] = true
				all = append(all, other)
			}
		})
	})
	return all
}
