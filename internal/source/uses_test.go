package source_test

import (
	"testing"

	"lintel/internal/source"
)

func TestUses(t *testing.T) {
	at := func(path string) source.Range { return source.Range{Path: path, Start: 1, End: 2} }
	u := source.Uses{}
	u.Add(at("use"), at("default"))
	u.Add(at("use"), at("default"))
	u.Add(at("twice"), at("a"))
	u.Add(at("twice"), at("b"))
	u.Add(at("twice"), at("a"))
	u.Add(at("literal"), at("literal"))
	u.Add(at("computed"), source.Range{})
	u.Add(source.Range{}, at("a"))
	for used, want := range map[string]string{
		"use": "default", "twice": "", "literal": "", "computed": "", "unknown": "",
	} {
		if got, ok := u.Written(at(used)); got.Path != want || ok != (want != "") {
			t.Errorf("%s: written at %q, want %q", used, got.Path, want)
		}
	}
	if _, ok := u.Written(source.Range{}); ok {
		t.Error("what has no place is written somewhere")
	}
}
