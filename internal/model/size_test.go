package model_test

import (
	"fmt"
	"testing"
	"time"

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
