package policy_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// TestPlaceIsWhole checks that each fact about the place of a resource reaches findings and undecided questions,
// also a fact that is added to the types tomorrow: it sets every field of source.Lineage by reflection.
func TestPlaceIsWhole(t *testing.T) {
	var lineage source.Lineage
	for field, value := range reflect.ValueOf(&lineage).Elem().Fields() {
		switch value.Addr().Interface().(type) {
		case *bool:
			value.SetBool(true)
		case *int:
			value.SetInt(7)
		case *string:
			value.SetString("probe")
		case *source.Range:
			value.Set(reflect.ValueOf(source.Range{Path: "probe", End: 1}))
		case *[]source.Range:
			value.Set(reflect.ValueOf([]source.Range{{Path: "probe", End: 1}}))
		case *source.When:
			value.Set(reflect.ValueOf(source.AllOf(source.Literal{Condition: "Probe", Is: true})))
		default:
			t.Fatalf("this test needs a value for the type of %s", field.Name)
		}
	}
	set := compile(t, folder(tracing))
	for _, mode := range []tree.Tree{known("PassThrough"), tree.Unknown(source.Range{Path: "f", Start: 60, End: 70}, "var.mode has no value")} {
		s := stack(t, mode)
		s.Functions[0].Lineage = lineage
		got := evaluate(t, set, s)
		var places []source.Place
		for _, f := range got.Findings {
			places = append(places, f.Place)
		}
		for _, u := range got.Undecided {
			places = append(places, u.Place)
		}
		want := []source.Place{{Lineage: lineage, Range: source.Range{Path: "f", Start: 60, End: 70}, Resource: "f", Attribute: "tracing/mode"}}
		if diff := cmp.Diff(want, places); diff != "" {
			t.Error(diff)
		}
	}
}

// TestOnePlaceType checks that what has a place embeds the one type for it, and has no fact about places beside it.
func TestOnePlaceType(t *testing.T) {
	place := reflect.TypeFor[source.Place]()
	facts := map[string]bool{}
	for _, field := range reflect.VisibleFields(place) {
		facts[field.Name] = true
	}
	for _, of := range []reflect.Type{reflect.TypeFor[model.Node](), reflect.TypeFor[finding.Finding](), reflect.TypeFor[finding.Undecided]()} {
		if embedded, ok := of.FieldByName("Place"); !ok || embedded.Type != place || !embedded.Anonymous {
			t.Errorf("%s does not embed %s", of, place)
		}
		for field := range of.Fields() {
			if facts[field.Name] {
				t.Errorf("%s has a field %s beside that of %s", of, field.Name, place)
			}
		}
	}
}
