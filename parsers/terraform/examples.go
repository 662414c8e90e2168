package terraform

import (
	"cmp"
	_ "embed" // the ARNs of resource types
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"lintel/internal/source"
)

// maxExamples is the number of values that stand for an unknown one. A value with more may be anything.
const maxExamples = 16

// exampleMark has the values that an unknown string may have, see tree.Tree.Examples.
type exampleMark struct {
	of    string // the variable or attribute: two values with the same one are equal
	texts string // separated by NUL

	isPartition bool // nothing but the partition of AWS is unknown; the first text is in the partition aws
	isAll       bool // the texts are all that a validation allows
}

// examples marks an unknown value with the values that it may have.
func examples(v cty.Value, of string, texts ...string) cty.Value {
	if len(texts) == 0 || len(texts) > maxExamples {
		return v
	}
	return v.Mark(exampleMark{
		of: of, texts: strings.Join(texts, "\x00"), isPartition: slices.Equal(texts, generated()["data.aws_partition.partition"]),
	})
}

// onlyExamples is examples of a value that can have no other.
func onlyExamples(v cty.Value, of string, texts ...string) cty.Value {
	if len(texts) == 0 || len(texts) > maxExamples {
		return v
	}
	return v.Mark(exampleMark{of: of, texts: strings.Join(texts, "\x00"), isAll: true})
}

func (m exampleMark) all() []string { return strings.Split(m.texts, "\x00") }

//go:embed arns.json
var arnsJSON []byte

type arnTable struct {
	ARNs    map[string]string   `json:"arns"`
	ARNIDs  []string            `json:"arn_ids"`
	Managed map[string][]string `json:"aws_managed_policies"`
}

var arns = sync.OnceValue(func() arnTable { //nolint:gochecknoglobals // a table, read once
	var table arnTable
	if err := json.Unmarshal(arnsJSON, &table); err != nil {
		panic("terraform: arns.json: " + err.Error()) // a test reads it
	}
	return table
})

const (
	exampleAccount = "111122223333" // of AWS's documentation
	exampleDigest  = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	exampleIssuer  = "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
)

// computed returns examples of an attribute that the provider computes, empty when it may be anything. name is the
// name of the resource, as far as it is written.
func computed(kind, attribute, name string) []string {
	if kind == identityProvider && name == "" {
		return nil // rules distinguish the providers
	}
	name = cmp.Or(name, "example")
	if own := generated()[kind+"."+attribute]; own != nil {
		return own
	}
	if !strings.HasPrefix(kind, "aws_") {
		return nil
	}
	if strings.HasSuffix(attribute, "arn") {
		return []string{computedARN(kind, attribute, name)}
	}
	switch attribute {
	case "id":
		if slices.Contains(arns().ARNIDs, kind) {
			return []string{arnOf(kind, name)}
		}
		return []string{name}
	case "domain_name", "bucket_domain_name", "bucket_regional_domain_name", "dns_name", "fqdn", "regional_domain_name", "cloudfront_domain_name":
		return []string{strings.ToLower(name) + ".example.com"}
	case "name", "bucket", "function_name", "role_name", "key_id", "unique_id":
		return []string{name}
	case "repository_url": // of a repository of container images
		return []string{exampleAccount + ".dkr.ecr.us-east-1.amazonaws.com/" + name}
	case "registry_id":
		return []string{exampleAccount}
	}
	return nil
}

// computedARN is an example of an attribute that is an ARN.
func computedARN(kind, attribute, name string) string {
	switch attribute {
	case "execution_arn":
		return "arn:aws:execute-api:us-east-1:" + exampleAccount + ":a1b2c3d4e5"
	case "stream_arn":
		return arnOf(kind, name) + "/stream/2026-01-01T00:00:00.000"
	case "qualified_arn":
		return arnOf(kind, name) + ":1" // with the version of the function
	case "iam_arn": // of an origin access identity
		return "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7"
	}
	return arnOf(kind, name)
}

func arnOf(kind, name string) string {
	if pattern, ok := arns().ARNs[kind]; ok {
		return "arn:aws:" + strings.ReplaceAll(pattern, "NAME", name)
	}
	service, resource, _ := strings.Cut(strings.TrimPrefix(kind, "aws_"), "_")
	return "arn:aws:" + service + ":us-east-1:" + exampleAccount + ":" + resource + "/" + name
}

// generated are the attributes of other types, and those whose values are one of a few.
var generated = sync.OnceValue(func() map[string][]string { //nolint:gochecknoglobals // a table, made once
	return map[string][]string{
		"random_pet.id": {"happy-fox"}, "random_id.id": {"p-9hUg"}, "random_id.hex": {"a7ef1c82"}, "random_id.dec": {"2817465218"},
		"random_id.b64_url": {"p-8cgg"}, "random_uuid.result": {"aabbccdd-eeff-0011-2233-445566778899"}, "random_string.result": {"x7k2p9qd"},
		"data.aws_caller_identity.account_id": {exampleAccount}, "data.aws_caller_identity.id": {exampleAccount},
		"data.aws_caller_identity.arn":     {"arn:aws:sts::" + exampleAccount + ":assumed-role/deploy/session"},
		"data.aws_caller_identity.user_id": {"AROAEXAMPLEEXAMPLE000:session"},
		"data.aws_region.name":             {"us-east-1"}, "data.aws_region.id": {"us-east-1"}, "data.aws_region.region": {"us-east-1"},
		"data.aws_partition.partition":           {"aws", "aws-cn", "aws-us-gov"},
		"data.aws_partition.id":                  {"aws", "aws-cn", "aws-us-gov"},
		"data.aws_partition.dns_suffix":          {"amazonaws.com", "amazonaws.com.cn"},
		"data.aws_partition.reverse_dns_prefix":  {"com.amazonaws", "cn.com.amazonaws"},
		"data.aws_arn.partition":                 {"aws", "aws-cn", "aws-us-gov"},
		"data.aws_arn.region":                    {"us-east-1"},
		"data.aws_arn.account":                   {exampleAccount},
		"data.aws_organizations_organization.id": {"o-a1b2c3d4e5"},
		"data.aws_ecr_image.image_digest":        {exampleDigest},
		"aws_eks_cluster.identity":               {exampleIssuer}, // identity[0].oidc[0].issuer is the only text in it
		"data.aws_eks_cluster.identity":          {exampleIssuer},
		"aws_vpc_endpoint_service.service_name":  {"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"},
		"data.aws_ecr_image.image_uri":           {exampleAccount + ".dkr.ecr.us-east-1.amazonaws.com/example@" + exampleDigest},
	}
})

// dataExamples returns examples of an attribute of a data source. name is its name, or the service of an endpoint service.
func dataExamples(kind, attribute, name string) []string {
	if own := generated()["data."+kind+"."+attribute]; own != nil {
		return own
	}
	if kind == "aws_kms_alias" && attribute == "target_key_id" && strings.HasPrefix(name, "alias/") && !strings.HasPrefix(name, "alias/aws/") {
		return []string{"1234abcd-12ab-34cd-56ef-1234567890ab"} // a key of the user
	}
	if kind == "aws_vpc_endpoint_service" && attribute == "service_name" && name != "" {
		return []string{"com.amazonaws.us-east-1." + name}
	}
	return computed(kind, attribute, name)
}

// managedPolicy returns the ARN of an AWS managed policy by its name.
func managedPolicy(name string) (string, bool) {
	managed := arns().Managed
	for _, path := range slices.Sorted(maps.Keys(managed)) {
		if slices.Contains(managed[path], name) {
			return "arn:aws:iam::aws:policy/" + path + name, true
		}
	}
	isAWS := strings.HasPrefix(name, "Amazon") || strings.HasPrefix(name, "AWS")
	return "arn:aws:iam::aws:policy/" + name, isAWS
}

// inExpression is in the name of examples that an expression makes of others.
const inExpression = " in "

// withExamples computes what an expression gives for the examples of the unknown values in it.
func withExamples(expr hcl.Expression, ctx *hcl.EvalContext, value cty.Value) cty.Value {
	if isPassedOn(expr) || value.IsWhollyKnown() {
		return value
	}
	bare, marks := value.UnmarkDeepWithPaths()
	choice := choiceOf(expr) // its examples are already those of the value
	sources := slices.DeleteFunc(exampleMarks(marks), func(m exampleMark) bool { return strings.HasPrefix(m.of, choice) })
	if len(sources) == 0 {
		return value
	}
	results := exampleResults(expr, ctx, sources)
	for i := range marks {
		own := cty.ValueMarks{}
		of := ""
		for mark := range marks[i].Marks { // any order: it fills a set and takes a maximum
			if m, ok := mark.(exampleMark); ok && !strings.HasPrefix(m.of, choice) {
				of = max(of, m.of)
				continue
			}
			own[mark] = struct{}{}
		}
		if texts := textsAt(results, marks[i].Path); of != "" && len(texts) > 0 {
			at := expr.Range()
			isPartition := !slices.ContainsFunc(sources, func(m exampleMark) bool { return !m.isPartition })
			own[exampleMark{of: of + inExpression + at.String(), texts: strings.Join(texts, "\x00"), isPartition: isPartition}] = struct{}{}
		}
		marks[i].Marks = own
	}
	return withMarksAt(bare, marks)
}

// exampleResults returns the value of an expression for each combination of examples, without marks. It returns nil if
// the examples give none for the result or if one of them is an error.
func exampleResults(expr hcl.Expression, ctx *hcl.EvalContext, sources []exampleMark) []cty.Value {
	if !isTransparent(expr, ctx) {
		return nil
	}
	var results []cty.Value
	for _, chosen := range choices(sources) {
		variables := map[string]cty.Value{}
		for name, v := range ctx.Variables {
			variables[name] = substitute(v, chosen)
		}
		result, diagnostics := expr.Value(&hcl.EvalContext{Variables: variables, Functions: ctx.Functions})
		if diagnostics.HasErrors() {
			return nil
		}
		result, _ = result.UnmarkDeep()
		results = append(results, result)
	}
	return results
}

// exampleMarks returns the marks with examples, each once, in a fixed order.
func exampleMarks(marks []cty.PathValueMarks) []exampleMark {
	var found []exampleMark
	for _, m := range marks {
		for mark := range m.Marks {
			if example, ok := mark.(exampleMark); ok && !slices.Contains(found, example) {
				found = append(found, example)
			}
		}
	}
	slices.SortFunc(found, func(a, b exampleMark) int { return strings.Compare(a.of+a.texts, b.of+b.texts) })
	return found
}

// examplesOf returns the marks with examples among those of one value.
func examplesOf(marks cty.ValueMarks) []exampleMark {
	return exampleMarks([]cty.PathValueMarks{{Marks: marks}})
}

// choices returns the combinations of examples, nil when there are too many.
func choices(sources []exampleMark) []map[exampleMark]string {
	all := []map[exampleMark]string{{}}
	for _, source := range sources {
		var next []map[exampleMark]string
		for _, before := range all {
			for _, text := range source.all() {
				chosen := map[exampleMark]string{source: text}
				maps.Copy(chosen, before)
				next = append(next, chosen)
			}
		}
		if all = next; len(all) > maxExamples {
			return nil
		}
	}
	return all
}

// substitute replaces the unknown values that have examples.
func substitute(v cty.Value, chosen map[exampleMark]string) cty.Value {
	bare, marks := v.Unmark()
	if !bare.IsKnown() {
		if text, ok := chosenFor(marks, chosen); ok {
			return cty.StringVal(text).WithMarks(marks)
		}
		return v
	}
	if bare.IsNull() || bare.IsWhollyKnown() || !bare.CanIterateElements() || bare.Type().IsSetType() {
		return v
	}
	return substituteElements(bare, chosen).WithMarks(marks)
}

// chosenFor returns the chosen example of a value with the given marks. It is false for a value with several examples.
func chosenFor(marks cty.ValueMarks, chosen map[exampleMark]string) (text string, ok bool) {
	found := examplesOf(marks)
	if len(found) != 1 {
		return "", false
	}
	text, ok = chosen[found[0]]
	return text, ok
}

// substituteElements is substitute of the elements of a collection. A map or list whose elements would then have
// different types stays as it is.
func substituteElements(bare cty.Value, chosen map[exampleMark]string) cty.Value {
	kind := bare.Type()
	list, fields := []cty.Value{}, map[string]cty.Value{}
	for it := bare.ElementIterator(); it.Next(); {
		k, element := it.Element()
		element = substitute(element, chosen)
		if kind.IsObjectType() || kind.IsMapType() {
			fields[k.AsString()] = element
		} else {
			list = append(list, element)
		}
	}
	switch {
	case kind.IsObjectType():
		return cty.ObjectVal(fields)
	case kind.IsTupleType():
		return cty.TupleVal(list)
	case kind.IsMapType() && cty.CanMapVal(fields):
		return cty.MapVal(fields)
	case kind.IsListType() && cty.CanListVal(list):
		return cty.ListVal(list)
	}
	return bare
}

// textsAt returns the scalars that results have at a path, as texts, nil unless all have one.
func textsAt(results []cty.Value, path cty.Path) []string {
	var texts []string
	for _, result := range results {
		reached, err := path.Apply(result)
		if err != nil || !reached.IsKnown() || reached.IsNull() || !reached.Type().IsPrimitiveType() {
			return nil
		}
		text, err := convert.Convert(reached, cty.String)
		if err != nil {
			return nil
		}
		if !slices.Contains(texts, text.AsString()) {
			texts = append(texts, text.AsString())
		}
	}
	return texts
}

// isPassedOn reports whether an expression is a value of the context as it is.
func isPassedOn(expr hcl.Expression) bool {
	_, ok := bareExpression(expr).(*hclsyntax.ScopeTraversalExpr)
	return ok
}

// isTransparent reports whether an expression changes strings and decides nothing by them: an example of the argument
// then gives an example of the result.
func isTransparent(expr hcl.Expression, ctx *hcl.EvalContext) bool {
	native, ok := expr.(hclsyntax.Node)
	if !ok {
		return false
	}
	transparent := true
	var decided []source.Range // conditions, whose value is known whatever an example is
	_ = hclsyntax.VisitAll(native, func(node hclsyntax.Node) hcl.Diagnostics {
		switch e := node.(type) {
		case *hclsyntax.FunctionCallExpr:
			at := rangeOf(e.Range())
			isDecided := slices.ContainsFunc(decided, func(r source.Range) bool { return r.Contains(at) })
			transparent = transparent && (isDecided || passesText(e.Name) || strings.HasPrefix(e.Name, "provider::aws::"))
		case *hclsyntax.ConditionalExpr:
			condition, diagnostics := e.Condition.Value(ctx)
			transparent = transparent && !diagnostics.HasErrors() && condition.IsKnown()
			decided = append(decided, rangeOf(e.Condition.Range()))
		}
		return nil
	})
	return transparent
}

// passesText reports whether the result of a function contains its arguments, possibly changed.
func passesText(name string) bool {
	return slices.Contains([]string{
		"abspath", "base64encode", "basename", "chomp", "coalesce", "coalescelist", "compact", "concat", "dirname", "distinct",
		"element", "flatten", "format", "formatlist", "indent", "join", "jsonencode", "keys", "lower", "merge", "nonsensitive", "one",
		"replace", "reverse", "sensitive", "setunion", "slice", "sort", "split", "substr", "title", "tolist", "tomap", "toset",
		"tostring", "trim", "trimprefix", "trimspace", "trimsuffix", "try", "upper", "urlencode", "values", "zipmap",
	}, strings.TrimPrefix(name, "core::"))
}

// bareExpression removes what only wraps an expression.
func bareExpression(expr hcl.Expression) hcl.Expression {
	for {
		inner, ok := enclosed(expr)
		if !ok {
			return expr
		}
		expr = inner
	}
}

// enclosed returns the expression inside one that has the same value: a metered one, parentheses, or a template that
// is a single interpolation. It is false for all other expressions.
func enclosed(expr hcl.Expression) (hcl.Expression, bool) {
	switch e := expr.(type) {
	case *metered:
		return e.Expression, true
	case *hclsyntax.ParenthesesExpr:
		return e.Expression, true
	case *hclsyntax.TemplateWrapExpr:
		return e.Wrapped, true
	}
	return nil, false
}
