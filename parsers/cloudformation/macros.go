package cloudformation

import (
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// fnTransform applies a macro to the part of the template around it
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-transform.html).
const fnTransform = "Fn::Transform"

// isKnownTransform reports whether a transform brings nothing that lintel does not see: SAM and the language extensions
// are evaluated, and the deployment hook of CodeDeploy adds no resources
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html).
func isKnownTransform(name string) bool {
	switch name {
	case samTransform, "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen":
		return true
	}
	return false
}

// isMacroTemplate reports whether a document without a single resource is a template all the same: a macro brings them.
func isMacroTemplate(root *node) bool {
	transform := root.get("Transform")
	if transform == nil {
		transform = root.get(fnTransform)
	}
	if transform == nil {
		return false
	}
	isObject := transform.get("Name") != nil
	return root.get("AWSTemplateFormatVersion") != nil || isObject
}

// macros notes the macros of a template: what they add or change is unknown until deployment.
func (t *template) macros() {
	t.transforms(t.root.get("Transform"), t.keyRange("Transform"))
	t.walkMacros(t.root)
	t.modules()
	for _, f := range t.resources.all() {
		if kind, _ := f.value.get("Type").text(); strings.HasSuffix(kind, "::MODULE") {
			t.gap(f.keyAt, finding.GapMacro, "the resources of the CloudFormation module %s were not checked; run \"aws cloudformation get-template --template-stage Processed\" and check its output", kind)
		}
	}
}

// keyRange returns the place of a key at the top of the template.
func (t *template) keyRange(key string) source.Range {
	for _, f := range t.root.all() {
		if f.key == key {
			return f.keyAt
		}
	}
	return t.root.at
}

// transforms notes the macros that a value of Transform names: a name, an object with a name, or a list of them.
func (t *template) transforms(n *node, at source.Range) {
	if n == nil {
		return
	}
	if n.at.Path != "" {
		at = n.at
	}
	for _, item := range n.items {
		t.transforms(item, at)
	}
	name, isName := n.text()
	if n.kind == mapNode {
		name, isName = n.get("Name").text()
		if !isName {
			name, isName = "a macro whose name is unknown", true
		}
	}
	if isName && !isKnownTransform(name) {
		t.macro(name, at)
	}
}

func (t *template) macro(name string, at source.Range) {
	t.gap(at, finding.GapMacro, "what the macro %s adds or changes was not checked; deploy a change set, run \"aws cloudformation get-template --template-stage Processed\" and check its output", name)
}

// hasMacros reports whether a macro may change the template.
func (t *template) hasMacros() bool {
	return slices.ContainsFunc(t.gaps, func(g finding.Gap) bool { return g.Cause == finding.GapMacro })
}

// walkMacros notes the macros below a node.
func (t *template) walkMacros(n *node) {
	if n == nil {
		return
	}
	if n.tag == "Transform" {
		t.transforms(&node{kind: n.kind, fields: n.fields, at: n.at}, n.at)
	}
	for _, item := range n.items {
		t.walkMacros(item)
	}
	for _, f := range n.fields {
		if f.key == fnTransform {
			t.transforms(f.value, f.keyAt)
		}
		t.walkMacros(f.value)
	}
}

// unsynthesized notes that the CDK made a template without values that it has to look up first.
func (t *template) unsynthesized(name string) {
	var manifest struct{ Missing []struct{ Key string } }
	if !t.reader.decode(path.Join(path.Dir(name), "manifest.json"), &manifest) || len(manifest.Missing) == 0 {
		return
	}
	t.problem(source.Range{Path: name}, "the template is incomplete: the CDK has placeholders for %d context values, the first is %q; run \"cdk synth\" with access to the account", len(manifest.Missing), manifest.Missing[0].Key)
}
