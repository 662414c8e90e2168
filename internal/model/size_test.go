package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// TestSize adds functions until a stack has no room: the encoding stays within the limit, and the first function that is
// missing is known.
func TestSize(t *testing.T) {
	var s model.Stack
	added := 0
	for i := range model.MaxNodes {
		if s.Add(model.Terraform, resource(fmt.Sprintf("aws_lambda_function.f%d", i), "aws_lambda_function", i+1), mapping(i+1)) == nil {
			break
		}
		added++
	}
	if got, _, isFull := s.Left(); !isFull || got != at(added+1) {
		t.Errorf("after %d functions: %v, %v", added, got, isFull)
	}
	s.Link()
	_, index := model.Encode(&s, model.Facts{Today: time.Unix(0, 0)})
	if perFunction := index.Len() / added; index.Len() < model.MaxNodes*9/10 || index.Len() > model.MaxNodes+perFunction {
		t.Errorf("%d functions have %d nodes, the limit is %d", added, index.Len(), model.MaxNodes)
	}
}

// TestSizeOfOne adds a resource that is too large alone, between two that fit.
func TestSizeOfOne(t *testing.T) {
	var s model.Stack
	add := func(id string, line int, environment tree.Tree) any {
		return s.Add(model.Terraform, resource(id, "aws_lambda_function", line), mapping(line, "environment", mapping(line, "variables", environment)))
	}
	large := mapping(2)
	for i := range model.MaxNodes {
		large.Fields = append(large.Fields, tree.Field{Key: fmt.Sprintf("K%d", i), Tree: known("v", 2)})
	}
	if add("small", 1, mapping(1)) == nil || add("large", 2, large) != nil {
		t.Error("the small one is missing, or the large one is there")
	}
	if got, _, isFull := s.Left(); !isFull || got != at(2) || len(s.Functions) != 1 {
		t.Errorf("%v, %v, %d functions", got, isFull, len(s.Functions))
	}
}

// TestUnsearched checks that a text which takes too long to search for secrets is named and never printed, and that the other texts are
// still searched.
func TestUnsearched(t *testing.T) {
	const words = "adafruit airtable algolia asana bitbucket discord dropbox facebook fastly github gitlab heroku okta slack stripe twitter = "
	token := "ghp_" + "8Kq2mZx7Rw4Lp9Vt1Yc6Nb3Hj5Gf0Ds2Qa7T" // as random as one of GitHub, which it is not
	var s model.Stack
	add := func(id string, line int, value string) {
		s.Add(model.Terraform, resource(id, "aws_lambda_function", line), mapping(line, "environment", mapping(line, "variables", mapping(line, "K", known(value, line)))))
	}
	add("long", 1, strings.Repeat(words, (4<<20)/len(words)))
	add("short", 2, token)
	add("shorter", 3, strings.Repeat(words, (64<<10)/len(words)))
	s.Link()
	_, index := model.Encode(&s, model.Facts{Today: time.Unix(0, 0)})
	if got, _, ok := index.Unsearched(); !ok || got != at(1) {
		t.Errorf("not searched: %v, %v", got, ok)
	}
	if diff := cmp.Diff([]string{token}, model.Hidden(index)); diff != "" {
		t.Error(diff)
	}
	for i := range index.Len() {
		if node, ok := index.Node(i); ok && node.Path == "environment" && node.Item && !node.Sensitive {
			t.Errorf("the value in line %d may be printed", node.Range.Start)
		}
	}
}

// TestSharedParts checks that the text of an unknown value is bounded where the value shares its parts: it has 2 to the power of 40
// elements.
func TestSharedParts(t *testing.T) {
	part := tree.Unknown(at(1), "unknown")
	for range 40 {
		part = tree.Tree{State: tree.StateKnown, IsMap: true, Range: at(1), Fields: []tree.Field{{Key: "a", Tree: part}, {Key: "b", Tree: part}}}
	}
	text := tree.Unknown(at(1), "unknown")
	text.Decoded = &part
	var s model.Stack
	s.Add(model.Terraform, resource("f", "aws_lambda_function", 1), mapping(1, "description", text))
	if s.Functions[0].Description.State != tree.StateUnknown {
		t.Error("the description is known")
	}
}
