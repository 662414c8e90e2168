package fix

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// declare writes another resource after that of the finding.
func (d *document) declare(resource finding.FixResource) ([]source.Edit, error) {
	s, err := d.resource()
	if err != nil {
		return nil, err
	}
	if d.isHCL || resource.CloudFormation == nil {
		return nil, notMeant
	}
	resources := yamltext.Field(d.root, "Resources")
	id := s.key.Value + resource.Suffix
	if yamltext.Field(resources, id) != nil {
		return nil, refusef("a resource %s already exists", id)
	}
	body, err := d.fill(resource.CloudFormation, s)
	if err != nil {
		return nil, err
	}
	if yamltext.IsFlow(resources) {
		e, err := d.insert(resources, id, body)
		return []source.Edit{e}, err
	}
	indent := strings.Repeat(" ", s.key.Column-1)
	end := yamltext.BlockEnd(d.file, s.node, s.key.Column-1)
	text := indent + d.pretty(entry{id, body}, indent) + "\n"
	if end > 0 && d.file.Content[end-1] != '\n' {
		text = "\n" + text
	}
	return []source.Edit{source.Insertion(d.file.Path, end, text)}, nil
}

// fill replaces the placeholders in the declaration of a resource.
func (d *document) fill(value any, s subject) (any, error) {
	switch x := value.(type) {
	case string:
		if attribute, ok := strings.CutPrefix(x, "{attribute:"); ok {
			n := yamltext.Field(s.body, strings.TrimSuffix(attribute, "}"))
			if n == nil {
				return nil, refusef("it does not set %s", strings.TrimSuffix(attribute, "}"))
			}
			return n, nil
		}
		return strings.NewReplacer("{name}", s.key.Value, "{id}", s.key.Value).Replace(x), nil
	case []any:
		out := slices.Clone(x)
		for i := range out {
			var err error
			if out[i], err = d.fill(out[i], s); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(x))
		for _, key := range slices.Sorted(maps.Keys(x)) { // the first error counts
			filled, err := d.fill(x[key], s)
			if err != nil {
				return nil, err
			}
			out[key] = filled
		}
		return out, nil
	}
	return value, nil
}

// value returns a FixValue in the language of the document.
func (d *document) value(v finding.FixValue) (any, error) {
	switch {
	case v.Only != nil && !d.isHCL:
		return d.only(*v.Only)
	case d.isHCL && v.Terraform != "" && !strings.HasPrefix(v.Terraform, "data."):
		return "${" + v.Terraform + "}", nil
	case d.isHCL && v.Literal == nil:
		return nil, refusef("the value cannot be written in %s", d.file.Path)
	case v.Literal != nil:
		return v.Literal, nil
	case v.CloudFormation != nil:
		return v.CloudFormation, nil
	}
	return nil, notMeant
}

// only returns a reference to the only resource of a type.
func (d *document) only(want finding.FixOnly) (any, error) {
	kind, attribute, _ := strings.Cut(want.CloudFormation, ".")
	if kind == "" {
		return nil, notMeant
	}
	resources := yamltext.Field(d.root, "Resources")
	var found []string
	for i := 0; resources.Kind == yaml.MappingNode && i+1 < len(resources.Content); i += 2 {
		if t := yamltext.Field(resources.Content[i+1], "Type"); t != nil && t.Value == kind {
			found = append(found, resources.Content[i].Value)
		}
	}
	if len(found) != 1 {
		return nil, refusef("the template has %d resources of type %s; choose one", len(found), kind)
	}
	switch {
	case want.Append != "" && attribute != "":
		return map[string]any{"Fn::Sub": fmt.Sprintf("${%s.%s}%s", found[0], attribute, want.Append)}, nil
	case want.Append != "":
		return map[string]any{"Fn::Sub": fmt.Sprintf("${%s}%s", found[0], want.Append)}, nil
	case attribute == "":
		return map[string]any{"Ref": found[0]}, nil
	}
	return map[string]any{"Fn::GetAtt": []any{found[0], attribute}}, nil
}

// refersTo returns the place of the resource that an attribute refers to.
func (d *document) refersTo(attribute string) (source.Range, error) {
	found, err := d.below(attribute)
	if err != nil {
		return source.Range{}, err
	}
	resources := yamltext.Field(d.root, "Resources")
	for i := 0; !d.isHCL && i+1 < len(resources.Content); i += 2 {
		if resources.Content[i].Value == logicalID(found) {
			at := d.offset(resources.Content[i])
			return source.Range{Path: d.file.Path, Start: at, End: at}, nil
		}
	}
	return source.Range{}, refusef("%s is declared elsewhere", attribute)
}

// logicalID returns the resource that a node refers to, empty for other nodes.
func logicalID(n *yaml.Node) string {
	if id := referred(n); id != "" {
		return id
	}
	switch {
	case n.Tag == "!GetAtt":
	case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Fn::GetAtt":
		n = n.Content[1]
	default:
		return ""
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
		return n.Content[0].Value
	}
	id, _, _ := strings.Cut(n.Value, ".")
	return id
}
