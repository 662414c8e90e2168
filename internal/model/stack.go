package model

import (
	"reflect"
	"slices"
	"sync"

	"lintel/internal/source"
)

// Stack is everything that one unit declares. Each area declares its collections in its own file. The order
// within a collection is the order of the source. A resource belongs to every collection that claims its type.
type Stack struct {
	lambdaKinds
	lifecycleKinds
	webKinds
	channelKinds
	accountKinds
	roleKinds
	logKinds
	triggers
	secretKinds
	keyKinds
	apiKinds
	httpKinds
	imageKinds
	bucketKinds
	networkKinds
	sourceKinds
	pathKinds

	size   int           // number of nodes
	left   *source.Range // first resource that has no room; nil: none
	lent   int           // nodes of statements that policies have lent to roles
	worlds Worlds        // nil: not linked
	recordKinds
}

// collections returns the fields of Stack that are collections of resources, in their order.
var collections = sync.OnceValue(func() []reflect.StructField { //nolint:gochecknoglobals // a table, made once
	return slices.DeleteFunc(reflect.VisibleFields(reflect.TypeFor[Stack]()), func(field reflect.StructField) bool {
		return field.Anonymous || !field.IsExported()
	})
})
