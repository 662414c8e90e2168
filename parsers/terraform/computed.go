package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// equivalent returns the expression that has the same value as an attribute which a provider computes from the
// arguments of the block alone, nil if there is none. Sources:
// https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file,
// https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/file,
// https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file,
// https://registry.terraform.io/providers/hashicorp/null/latest/docs/data-sources/data_source,
// https://developer.hashicorp.com/terraform/language/resources/terraform-data
func (b *block) equivalent(attribute string) hcl.Expression {
	switch b.kind + " " + b.labels[0] + "." + attribute {
	case "data template_file.rendered":
		return b.templateCall()
	case "data local_file.content":
		return callOf("file", b.argument("filename"))
	case "data local_file.content_base64":
		return callOf("filebase64", b.argument("filename"))
	case "data archive_file.output_path":
		return b.argument(attribute)
	case "data null_data_source.outputs":
		return b.argument("inputs")
	case "resource terraform_data.output":
		return b.argument("input")
	}
	return b.ofOwn(attribute)
}

// ofOwn returns the attribute of the resource that a data source of the same type finds by an attribute of it, nil if it finds another:
// data "aws_lambda_function" "f" { function_name = aws_lambda_function.f.function_name }.
func (b *block) ofOwn(attribute string) hcl.Expression {
	if b.kind != "data" || attribute == "" {
		return nil
	}
	for _, a := range b.body.attributes {
		e, ok := bareExpression(a.expr).(*hclsyntax.ScopeTraversalExpr)
		if isMeta(a.name) || !ok || e.Traversal.RootName() != b.labels[0] {
			continue
		}
		last := len(e.Traversal) - 1
		if step, isAttribute := e.Traversal[last].(hcl.TraverseAttr); isAttribute && last > 1 && (step.Name == a.name || slices.Contains([]string{"id", "name", "arn"}, step.Name)) {
			steps := append(slices.Clone(e.Traversal[:last]), hcl.TraverseAttr{Name: attribute, SrcRange: step.SrcRange})
			return &hclsyntax.ScopeTraversalExpr{Traversal: steps, SrcRange: e.SrcRange}
		}
	}
	return nil
}

// templateCall is the call of templatefile or templatestring that a data source template_file stands for.
func (b *block) templateCall() hcl.Expression {
	template, variables := b.argument("template"), b.argument("vars")
	if variables == nil {
		variables = &hclsyntax.ObjectConsExpr{}
	}
	if file, ok := template.(*hclsyntax.FunctionCallExpr); ok && file.Name == "file" && len(file.Args) == 1 && !file.ExpandFinal {
		return callOf("templatefile", file.Args[0], variables)
	}
	return callOf("templatestring", template, variables)
}

// argument is the expression of an argument, nil if there is none.
func (b *block) argument(name string) hcl.Expression {
	if a := b.body.get(name); a != nil {
		if inner, ok := enclosed(a.expr); ok {
			return inner
		}
		return a.expr
	}
	return nil
}

// callOf is a call of a function in the place of its first argument. It is nil if an argument is missing or is written
// in JSON.
func callOf(name string, args ...hcl.Expression) hcl.Expression {
	call := &hclsyntax.FunctionCallExpr{Name: name}
	for _, arg := range args {
		native, ok := arg.(hclsyntax.Expression)
		if !ok {
			return nil
		}
		call.Args = append(call.Args, native)
	}
	at := call.Args[0].Range()
	call.NameRange, call.OpenParenRange, call.CloseParenRange = at, at, at
	return call
}
