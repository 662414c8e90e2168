package cloudformation

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxStacks is how deep stacks may be nested.
const maxStacks = 8

// reader reads templates: the one that is asked for, and those nested in it.
type reader struct {
	fsys  fs.FS
	files source.Files
	uses  source.Uses
}

// open reads a template. It is nil, with the problems, when the file cannot be read or is none.
func (rd *reader) open(name string) (*template, []finding.Problem) {
	content, err := source.ReadText(rd.fsys, name)
	if err != nil {
		return nil, []finding.Problem{{Range: source.Range{Path: name}, Message: err.Error()}}
	}
	file := source.NewFile(name, content)
	rd.files[name] = file
	root, problems, whole := parse(file)
	t := (*template)(nil)
	if root != nil {
		t = newTemplate(root)
	}
	switch {
	case t != nil:
		t.reader, t.path, t.problems = rd, name, problems
		t.macros()
	case whole:
		problems = nil // it is something else
	}
	return t, problems
}

// nestedLocation returns the property that says where the template of a nested stack is.
func nestedLocation(kind string) string {
	switch kind {
	case "AWS::CloudFormation::Stack":
		return "TemplateURL"
	case "AWS::Serverless::Application":
		return "Location"
	}
	return ""
}

// child returns the template of a nested stack with the parameters of the stack. It is nil when the resource is no
// nested stack, and when its template is not in the repository, which is a gap.
func (t *template) child(id string) *template {
	if child, ok := t.children[id]; ok {
		return child
	}
	if t.children == nil {
		t.children = map[string]*template{}
	}
	t.children[id] = nil
	f, ok := t.declared(id)
	if !ok {
		return nil
	}
	resource := f.value
	kind, _ := resource.get("Type").text()
	property := nestedLocation(kind)
	if property == "" {
		return nil
	}
	properties := resource.get("Properties")
	at := f.keyAt
	in := f.in
	location := in.tree(properties.get(property))
	name, ok := t.locate(resource, location)
	switch {
	case location.IsMap:
		name, _ = location.Field("ApplicationId").String()
		t.gap(at, finding.GapApplication, "the application %s (%s) of the AWS Serverless Application Repository was not checked; check its template in its own repository", id, name)
		return nil
	case !ok:
		t.gap(at, finding.GapNestedStack, "the nested stack %s was not checked: the location of its template is unknown before deployment; check the template by itself", id)
		return nil
	case strings.Contains(name, "://"):
		t.gap(at, finding.GapNestedStack, "the nested stack %s (%s) was not checked: its template is not in the repository; download it and check it by itself", id, name)
		return nil
	}
	child := t.openChild(id, path.Join(path.Dir(t.path), name), at)
	if child == nil {
		return nil
	}
	child.above = append(slices.Clip(t.above), t.path)
	child.prefix = t.prefix + id + "."
	child.via = append(slices.Clip(t.via), at)
	child.given = map[string]tree.Tree{}
	passed := in.tree(properties.get("Parameters"))
	for _, f := range passed.Fields {
		child.given[f.Key] = f.Tree
	}
	t.children[id] = child
	return child
}

// openChild reads the template of a nested stack. What cannot be read is a problem at the stack.
func (t *template) openChild(id, name string, at source.Range) *template {
	if slices.Contains(t.above, name) || name == t.path || len(t.above) >= maxStacks {
		t.problem(at, "the nested stack %s is not checked: stacks contain each other, or more than %d of them", id, maxStacks)
		return nil
	}
	if _, err := fs.Stat(t.reader.fsys, name); errors.Is(err, fs.ErrNotExist) {
		t.gap(at, finding.GapNestedStack, "the nested stack %s was not checked: %s does not exist; build the template, or correct the path", id, name)
		return nil
	}
	child, problems := t.reader.open(name)
	switch {
	case child != nil:
	case len(problems) > 0:
		t.problem(at, "the nested stack %s is not checked: %s: %s", id, name, problems[0].Message)
	default:
		t.problem(at, "the nested stack %s is not checked: %s is no template", id, name)
	}
	return child
}

// locate returns the file or address of a nested stack's template. What the CDK uploads is a file
// of the assembly.
func (t *template) locate(resource *node, location tree.Tree) (string, bool) {
	if name, ok := location.String(); ok {
		return name, true
	}
	if asset, ok := resource.get("Metadata").get("aws:asset:path").text(); ok {
		return asset, true
	}
	_, hash, _ := strings.Cut(location.Suffix, "/")
	return t.reader.asset(path.Dir(t.path), strings.TrimSuffix(hash[strings.LastIndex(hash, "/")+1:], ".json"))
}

// declared returns a resource by its ID, which a loop may have generated.
func (t *template) declared(id string) (expandedField, bool) {
	if t.expanded == nil {
		t.expanded = map[string]expandedField{}
		top := &resolver{template: t, holds: map[string]bool{}}
		for _, f := range top.expand(t.resources.fields) {
			t.expanded[f.key] = f
		}
	}
	f, ok := t.expanded[id]
	return f, ok
}

// output returns the value of an output of a nested stack: GetAtt STACK.Outputs.NAME.
func (t *template) output(id, attribute string, at source.Range) (tree.Tree, bool) {
	name, ok := strings.CutPrefix(attribute, "Outputs.")
	if !ok {
		return tree.Tree{}, false
	}
	child := t.child(id)
	if child == nil {
		return tree.Tree{}, false
	}
	value := child.root.get("Outputs").get(name).get("Value")
	if value == nil {
		return tree.Tree{}, false
	}
	out := (&resolver{template: child, holds: map[string]bool{}}).tree(value)
	out.Range = at
	return out, true
}

// Nested returns the templates that a template names as its nested stacks and that are here. It
// tells templates that are deployed from those that are part of another.
func Nested(fsys fs.FS, name string, content []byte) []string {
	text := string(content)
	if !strings.Contains(text, "AWS::CloudFormation::Stack") && !strings.Contains(text, "AWS::Serverless::Application") {
		return nil // parsing is what costs
	}
	t, _ := (&reader{fsys: fsys, files: source.Files{}, uses: source.Uses{}}).open(name)
	if t == nil {
		return nil
	}
	var found []string
	for _, f := range (&resolver{template: t, holds: map[string]bool{}}).expand(t.resources.fields) {
		kind, _ := f.value.get("Type").text()
		if nestedLocation(kind) == "" {
			continue
		}
		location, ok := t.locate(f.value, f.in.tree(f.value.get("Properties").get(nestedLocation(kind))))
		if !ok || strings.Contains(location, "://") {
			continue
		}
		if nested := path.Join(path.Dir(name), location); !strings.HasPrefix(nested, "../") {
			found = append(found, nested)
		}
	}
	return found
}
