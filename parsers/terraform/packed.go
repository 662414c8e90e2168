package terraform

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// SourcePath is the variable of a module for functions with what the module packages, as terraform-aws-modules/lambda defines it.
// https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest#build-package
const SourcePath = "source_path"

// functionType is the type of the resources whose package a module can build.
const functionType = "aws_lambda_function"

// withSourcePath adds to a function of a called module the files and directories that the module packages.
func (s scope) withSourcePath(declared *block, t tree.Tree) tree.Tree {
	if declared.kind != "resource" || declared.labels[0] != functionType || s.call == nil || s.config.variables[SourcePath] == nil {
		return t
	}
	for _, existing := range []string{"local_existing_package", "s3_existing_package"} {
		if s.config.variables[existing] != nil && !isNull(s.variable(existing, declared.header)) {
			return t
		}
	}
	value := s.variable(SourcePath, declared.header)
	if isNull(value) {
		return t
	}
	paths := tree.Tree{State: tree.StateKnown, IsList: true, Range: declared.header}
	for _, path := range packedPaths(value) {
		paths.Items = append(paths.Items, s.plain(path, declared.header))
	}
	lists := tree.Tree{State: tree.StateKnown, IsList: true, Range: declared.header}
	for _, list := range requirementsIn(value) {
		lists.Items = append(lists.Items, s.plain(list, declared.header))
	}
	t.Fields = append(slices.Clip(t.Fields), tree.Field{Key: SourcePath, KeyRange: declared.header, Tree: paths},
		tree.Field{Key: requirementLists, KeyRange: declared.header, Tree: lists})
	return t
}

// requirementLists is the key of the lists of Python packages that a module installs, in an object of SourcePath.
const requirementLists = "pip_requirements"

// requirementsIn returns the paths of these lists in a value of the variable. A boolean value is about the list beside the code.
func requirementsIn(value cty.Value) []cty.Value {
	bare, marks := value.Unmark()
	switch kind := bare.Type(); {
	case !bare.IsKnown() || bare.IsNull():
	case isSequence(kind):
		var all []cty.Value
		for it := bare.ElementIterator(); it.Next() && len(all) < maxRead; {
			if _, element := it.Element(); !isSequence(element.Type()) {
				all = append(all, requirementsIn(element.WithMarks(marks))...)
			}
		}
		return all
	case kind.IsObjectType() || kind.IsMapType():
		if list, ok := bare.AsValueMap()[requirementLists]; ok && !isNull(list) && list.Type() != cty.Bool {
			return []cty.Value{list.WithMarks(marks)}
		}
	}
	return nil
}

// packedPaths returns the paths in a value of the variable: a path, an object with one, or a list of these.
func packedPaths(value cty.Value) []cty.Value {
	bare, marks := value.Unmark()
	switch kind := bare.Type(); {
	case !bare.IsKnown():
	case isSequence(kind):
		var all []cty.Value
		for it := bare.ElementIterator(); it.Next() && len(all) < maxRead; {
			_, element := it.Element()
			if inner, _ := element.Unmark(); !inner.IsNull() && !isSequence(inner.Type()) { // the module has no nested lists
				all = append(all, packedPaths(element.WithMarks(marks))...)
			}
		}
		return all
	case kind.IsObjectType() || kind.IsMapType():
		return packedBy(bare.AsValueMap(), marks)
	}
	return []cty.Value{value}
}

// packedBy returns the path in an object. There is none if it only lists requirements, or puts its files under a prefix, where the
// handler is not found.
func packedBy(fields map[string]cty.Value, marks cty.ValueMarks) []cty.Value {
	path, hasPath := fields["path"]
	prefix, hasPrefix := fields["prefix_in_zip"]
	if !hasPath || isNull(path) || hasPrefix && !isNull(prefix) {
		return nil
	}
	return []cty.Value{path.WithMarks(marks)}
}

func isSequence(kind cty.Type) bool {
	return kind.IsTupleType() || kind.IsListType() || kind.IsSetType()
}
