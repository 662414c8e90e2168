package cloudformation

import (
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// notDeclared notes a name that is neither a parameter nor a resource nor a mapping of the template. It returns the cause
// of the value.
func (t *template) notDeclared(name string, at source.Range) string {
	if t.isGenerated(name) {
		return name + " is unknown until deployment"
	}
	return t.missing.Note(name, at)
}

// isGenerated reports whether the SAM transform may make a resource of this name: its names begin with that of the
// resource that they belong to, or with Serverless
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
func (t *template) isGenerated(name string) bool {
	if !t.isSAM {
		return false
	}
	return strings.HasPrefix(name, "Serverless") || slices.ContainsFunc(t.section("Resources").entries, func(f expandedField) bool {
		kind, _ := f.value.get("Type").text()
		return strings.HasPrefix(kind, "AWS::Serverless::") && strings.HasPrefix(name, f.key)
	})
}

// placeholderTag marks {{ NAME }} without quotes, which YAML reads as a mapping in a mapping. CloudFormation accepts none: a
// generator such as cookiecutter or Jinja writes the value before the template is deployed.
const placeholderTag = "Placeholder"

// placeholder returns the first placeholder of cookiecutter in a text. Others look like the variables of documents, which are
// deployed as they are (https://cookiecutter.readthedocs.io/en/stable/advanced/templates_in_context.html).
func placeholder(text string) (name string, ok bool) {
	for _, rest := range strings.Split(text, "{{")[1:] {
		name, _, closed := strings.Cut(rest, "}}")
		if closed && strings.HasPrefix(strings.TrimSpace(name), "cookiecutter.") {
			return "{{" + name + "}}", true
		}
	}
	return "", false
}

// missingGaps are the gaps of the names that a template does not declare. It has none where a macro, which is a gap of
// its own, may bring them.
func (t *template) missingGaps() []finding.Gap {
	if t.hasMacros() {
		return nil
	}
	return t.missing.Gaps("template")
}

// undeclared returns the causes of the values that depend on names which the template and those of its nested stacks do
// not declare, sorted.
func (t *template) undeclared() []string {
	causes := t.missing.Causes()
	for _, f := range t.section("Resources").entries {
		for _, child := range t.children[f.key] {
			causes = append(causes, child.undeclared()...)
		}
	}
	slices.Sort(causes)
	return slices.Compact(causes)
}
