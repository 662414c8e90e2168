package access

import (
	"reflect"

	"lintel/internal/source"
)

// Shown returns a copy of a graph with f applied to all texts in it, as a last step before display.
func (u *Unit) Shown(f func(string) string) *Unit {
	shown, _ := reflect.TypeAssert[Unit](mapTexts(reflect.ValueOf(*u), f))
	return &shown
}

func mapTexts(v reflect.Value, f func(string) string) reflect.Value {
	switch v.Kind() { //nolint:exhaustive // a graph has no other kinds with texts
	case reflect.String:
		return reflect.ValueOf(f(v.String())).Convert(v.Type())
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(mapTexts(v.Elem(), f))
		return out
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(mapTexts(v.Index(i), f))
		}
		return out
	case reflect.Struct:
		switch v.Type() {
		case reflect.TypeFor[source.Range](): // identifies a file; reports mask its path
			return v
		case reflect.TypeFor[source.When]():
			when, _ := reflect.TypeAssert[source.When](v)
			return reflect.ValueOf(when.Shown(f))
		}
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			out.Field(i).Set(mapTexts(v.Field(i), f))
		}
		return out
	}
	return v
}
