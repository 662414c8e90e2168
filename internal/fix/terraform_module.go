package fix

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// bodies returns the files of a module, sorted by name, without those that do not parse.
func (t *terraform) bodies(dir string) []*hclsyntax.Body {
	entries, _ := fs.ReadDir(t.texts.fsys, dir)
	var bodies []*hclsyntax.Body
	for _, entry := range entries {
		if source.SyntaxOf(entry.Name()) == source.HCL {
			if body := t.parse(path.Join(dir, entry.Name())); body != nil {
				bodies = append(bodies, body)
			}
		}
	}
	return bodies
}

func (t *terraform) parse(name string) *hclsyntax.Body {
	if name == t.file.Path {
		return t.body
	}
	file, err := t.texts.read(name)
	if err != nil {
		return nil
	}
	body, err := t.texts.hcl(file)
	if err != nil {
		return nil
	}
	return body
}

// only returns a reference to the only resource of a type.
func (t *terraform) only(want finding.FixOnly) (string, error) {
	kind, attribute, _ := strings.Cut(want.Terraform, ".")
	if kind == "" {
		return "", notMeant
	}
	var found []*hclsyntax.Block
	for _, body := range t.bodies(path.Dir(t.file.Path)) {
		for _, b := range body.Blocks {
			if b.Type == "resource" && len(b.Labels) == 2 && b.Labels[0] == kind {
				found = append(found, b)
			}
		}
	}
	if len(found) != 1 {
		return "", refusef("the module has %d resources of type %s; choose one", len(found), kind)
	}
	if b := found[0].Body.Attributes; b["count"] != nil || b["for_each"] != nil {
		return "", refusef("%s.%s has count or for_each; choose an instance", kind, found[0].Labels[1])
	}
	text := kind + "." + found[0].Labels[1] + "." + attribute
	if want.Append != "" {
		text = `"${` + text + "}" + want.Append + `"`
	}
	return text, nil
}

// declared returns a reference to a data source, with the edit that declares it if the module does not.
func (t *terraform) declared(text string) (string, []source.Edit, error) {
	steps := strings.Split(text, ".")
	if len(steps) < 4 || steps[0] != "data" { //nolint:mnd // data.TYPE.NAME.ATTRIBUTE
		return text, nil, nil
	}
	for _, body := range t.bodies(path.Dir(t.file.Path)) {
		for _, b := range body.Blocks {
			if b.Type == "data" && len(b.Labels) == 2 && b.Labels[0] == steps[1] && len(b.Body.Attributes) == 0 {
				steps[2] = b.Labels[1]
				return strings.Join(steps, "."), nil, nil
			}
		}
	}
	content := t.file.Content
	gap := "\n"
	if len(content) > 0 && content[len(content)-1] != '\n' {
		gap = "\n\n"
	}
	block := fmt.Sprintf("%sdata %q %q {}\n", gap, steps[1], steps[2])
	return text, []source.Edit{source.Insertion(t.file.Path, len(content), block)}, nil
}

// declare writes another resource after that of the finding.
func (t *terraform) declare(resource finding.FixResource) ([]source.Edit, error) {
	b, err := t.resource()
	if err != nil {
		return nil, err
	}
	if resource.Terraform == "" {
		return nil, notMeant
	}
	if b.Body.Attributes["count"] != nil || b.Body.Attributes["for_each"] != nil {
		return nil, refusef("%s has count or for_each", strings.Join(b.Labels, "."))
	}
	text, err := t.fill(b, resource)
	if err != nil {
		return nil, err
	}
	text, more, err := t.withData(text)
	if err != nil {
		return nil, err
	}
	end := source.LineEnd(t.file.Content, b.CloseBraceRange.End.Byte)
	return append([]source.Edit{source.Insertion(t.file.Path, end, "\n\n"+strings.TrimRight(text, "\n"))}, more...), nil
}

// withData replaces {data:TYPE.NAME.ATTRIBUTE} by a reference to a data source, and returns the edits that declare it.
func (t *terraform) withData(text string) (filled string, more []source.Edit, err error) {
	before, rest, found := strings.Cut(text, "{data:")
	if !found {
		return text, nil, nil
	}
	name, after, _ := strings.Cut(rest, "}")
	reference, more, err := t.declared("data." + name)
	if err != nil {
		return "", nil, err
	}
	return before + reference + strings.ReplaceAll(after, "{data:"+name+"}", reference), more, nil
}

// fill replaces the placeholders in the declaration of a resource.
func (t *terraform) fill(b *hclsyntax.Block, resource finding.FixResource) (string, error) {
	name := b.Labels[1] + "_" + strings.ToLower(resource.Suffix)
	text := strings.NewReplacer("{name}", name, "{id}", strings.Join(b.Labels, ".")).Replace(resource.Terraform)
	for {
		before, rest, found := strings.Cut(text, "{attribute:")
		if !found {
			break
		}
		attribute, after, _ := strings.Cut(rest, "}")
		own := b.Body.Attributes[attribute]
		if own == nil {
			return "", refusef("it does not set %s", attribute)
		}
		text = before + t.file.Text(rangeOf(own.Expr.Range())) + after
	}
	for _, body := range t.bodies(path.Dir(t.file.Path)) {
		for _, other := range body.Blocks {
			if other.Type == "resource" && len(other.Labels) == 2 && other.Labels[1] == name && strings.Contains(text, fmt.Sprintf("%q %q", other.Labels[0], name)) {
				return "", refusef("a resource %s.%s already exists", other.Labels[0], name)
			}
		}
	}
	return text, nil
}

// refersTo returns the place of the resource that an attribute refers to.
func (t *terraform) refersTo(attribute string) (source.Range, error) {
	b, at, err := t.locate(attribute)
	if err != nil {
		return source.Range{}, err
	}
	found, left := find(b.Body, at)
	if found.attribute == nil || len(left) > 0 {
		return source.Range{}, refusef("%s is not set", attribute)
	}
	written := found.attribute.Expr
	x, ok := written.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(x.Traversal) < 2 {
		return source.Range{}, refusef("%s is computed: %s", attribute, excerpt(t.file, rangeOf(written.Range())))
	}
	if name, ok := x.Traversal[1].(hcl.TraverseAttr); ok {
		for _, body := range t.bodies(path.Dir(t.file.Path)) {
			for _, other := range body.Blocks {
				if other.Type == "resource" && slices.Equal(other.Labels, []string{x.Traversal.RootName(), name.Name}) {
					return rangeOf(other.TypeRange), nil
				}
			}
		}
	}
	return source.Range{}, refusef("%s is declared elsewhere", excerpt(t.file, rangeOf(written.Range())))
}
