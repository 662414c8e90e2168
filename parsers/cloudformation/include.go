package cloudformation

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// The directives that put a file into a template: the transform of AWS
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html), and
// those of Rain, which packages templates (https://github.com/aws-cloudformation/rain, "Packaging").
const (
	awsInclude  = "AWS::Include"
	rainPrefix  = "Rain::"
	rainInclude = "Rain::Include"
	rainEmbed   = "Rain::Embed"
	rainModule  = "Rain::Module"
)

// included returns a template with the files of the repository that it includes in their place. Others remain as
// they are written.
func (t *template) included() *template {
	text := string(t.reader.files[t.path].Content)
	if !strings.Contains(text, awsInclude) && !strings.Contains(text, rainPrefix) && !hasUploads(text) {
		return t
	}
	in := includer{template: t, left: maxNodes}
	root := in.uploaded(in.root(in.node(t.root, t.path, 0)))
	if root == t.root {
		return t
	}
	whole := newTemplate(root)
	if whole == nil {
		return t
	}
	whole.within(t.reader, t.path, t.problems)
	whole.gaps, whole.includes = t.gaps, t.includes
	return whole
}

// includer replaces directives. It copies what it changes: the nodes of a file belong to all templates that use it.
type includer struct {
	*template
	left int // nodes that may still be included
}

// node returns a node of a file with the directives below it replaced.
func (in *includer) node(n *node, file string, depth int) *node {
	if n == nil || depth > maxDepth {
		return n
	}
	if name, argument, ok := intrinsic(n); ok {
		if content := in.directive(name, argument, n, file, depth); content != nil {
			return content
		}
	}
	out := in.parts(n, file, depth)
	written := out.get(fnTransform)
	if len(out.fields) < 2 || !isInclude(written) {
		return out
	}
	content := in.awsInclude(written, depth)
	if content == nil || content.kind != mapNode {
		return out
	}
	out = out.clone()
	// The file replaces keys beside it, such as the empty paths that "sam validate" requires of a definition.
	out.fields = slices.DeleteFunc(out.fields, func(f field) bool { return f.key == fnTransform || content.get(f.key) != nil })
	out.merge(content)
	return out
}

// parts returns a node with the directives in its items and fields replaced.
func (in *includer) parts(n *node, file string, depth int) *node {
	out := n
	own := func() *node {
		if out == n {
			out = n.clone()
		}
		return out
	}
	for i, item := range n.items {
		if replaced := in.node(item, file, depth+1); replaced != item {
			own().items[i] = replaced
		}
	}
	for i, f := range n.fields {
		if replaced := in.node(f.value, file, depth+1); replaced != f.value {
			own().fields[i].value = replaced
		}
	}
	return out
}

func (n *node) clone() *node {
	out := *n
	out.items, out.fields = slices.Clone(n.items), slices.Clone(n.fields)
	return &out
}

// directive returns what a function that is a directive stands for, nil for all else.
func (in *includer) directive(name string, argument, whole *node, file string, depth int) *node {
	switch name {
	case "Transform":
		if isInclude(argument) {
			return in.awsInclude(argument, depth)
		}
	case rainInclude, rainEmbed:
		from := beside(argument, file)
		switch {
		case !in.isFile(from):
			in.unpackaged(whole.at, "the file of !"+name)
		case name == rainEmbed:
			return in.embed(from, whole)
		default:
			return in.load(from, whole, depth)
		}
	}
	return nil
}

// unpackaged notes a part that Rain puts into the template and that is not in the repository.
func (t *template) unpackaged(at source.Range, what string) {
	t.gap(at, finding.GapMacro, "%s was not checked: it is not in the repository; run \"rain pkg\" and check its output", what)
}

// beside returns the file that a directive of Rain names: a path from the file with the directive.
func beside(argument *node, file string) string {
	name, _ := argument.text()
	if name == "" || path.IsAbs(name) {
		return ""
	}
	return path.Join(path.Dir(file), name)
}

// isInclude reports whether a transform is AWS::Include.
func isInclude(transform *node) bool {
	name, _ := transform.get("Name").text()
	return name == awsInclude
}

// awsInclude returns the content of the file that a transform includes, nil if it is not in the repository.
func (in *includer) awsInclude(transform *node, depth int) *node {
	name, ok := in.fileOf(in.resolver().tree(transform.get("Parameters").get("Location")))
	if !ok || !in.isFile(name) {
		return nil // macros notes it
	}
	return in.load(name, transform, depth)
}

// fileOf returns the file of the repository that a location means: a path from the template, or a URL or S3 URI of which
// the end is known.
func (t *template) fileOf(location tree.Tree) (string, bool) {
	name, ok := location.String()
	switch {
	case !ok && location.Suffix != "":
		if name, ok = t.inRepository("https://host/" + location.Suffix); !ok {
			name, ok = t.onlyFile(path.Base("/" + location.Suffix))
		}
	case !ok:
	case strings.HasPrefix(name, "s3://"):
		name, ok = t.inRepository("https://" + strings.TrimPrefix(name, "s3://"))
	case strings.Contains(name, "://"):
		name, ok = t.inRepository(name)
	}
	return path.Join(path.Dir(t.path), name), ok
}

// load returns the content of a YAML or JSON file with its own directives replaced. It is nil, with a problem, if it
// cannot be read.
func (in *includer) load(name string, at *node, depth int) *node {
	root, problems := in.reader.read(name)
	for _, p := range problems {
		in.problem(p.Range, "%s", p.Message)
	}
	if root == nil {
		return nil
	}
	if in.left -= root.size(); in.left < 0 {
		in.problem(at.at, "%s is not checked: the template includes more than %d nodes", name, maxNodes)
		return nil
	}
	in.includes = append(in.includes, name)
	return in.node(root, name, depth+1)
}

// embed returns the text of a file.
func (in *includer) embed(name string, at *node) *node {
	content, err := source.ReadText(in.reader.fsys, name)
	if err != nil {
		in.problem(at.at, "%s is not checked: %s", name, err)
		return nil
	}
	in.reader.files[name] = source.NewFile(name, content)
	return &node{scalar: string(content), at: at.at}
}

func (t *template) isFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(t.reader.fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// size returns the number of nodes below a node and with it.
func (n *node) size() int {
	all := 1
	for _, item := range n.items {
		all += item.size()
	}
	for _, f := range n.fields {
		all += f.value.size()
	}
	return all
}

// root adds the sections of the files that the transforms of the whole template include.
func (in *includer) root(root *node) *node {
	transform := root.get("Transform")
	if transform == nil {
		return root
	}
	written := transform.items
	if transform.kind == mapNode {
		written = []*node{transform}
	}
	rest := &node{kind: listNode, at: transform.at}
	out := root
	for _, item := range written {
		content := (*node)(nil)
		if isInclude(item) {
			content = in.awsInclude(item, 0)
		}
		if content == nil {
			rest.items = append(rest.items, item)
			continue
		}
		if out == root {
			out = root.clone()
		}
		for _, f := range content.fields {
			out.addSection(f)
		}
	}
	for i := range out.fields {
		if out != root && out.fields[i].key == "Transform" {
			out.fields[i].value = rest
		}
	}
	return out
}

// addSection adds the entries of a section to those that a template has.
func (n *node) addSection(section field) {
	for i, f := range n.fields {
		if f.key == section.key && f.value.kind == mapNode {
			n.fields[i].value = f.value.clone()
			n.fields[i].value.merge(section.value)
			return
		}
	}
	n.fields = append(n.fields, section)
}

// isRain reports whether a node is a directive of Rain.
func isRain(n *node) bool {
	if n == nil {
		return false
	}
	name, _, ok := intrinsic(n)
	return ok && strings.HasPrefix(name, rainPrefix)
}

// moduleOf returns the path of the module that the type of a resource names in Rain.
func moduleOf(resource *node) (string, bool) {
	kind := resource.get("Type")
	if kind == nil {
		return "", false
	}
	name, argument, ok := intrinsic(kind)
	if !ok || name != rainModule {
		return "", false
	}
	location, _ := argument.text()
	return location, true
}

// modules notes the modules of the section Modules, which packaging replaces.
func (t *template) modules() {
	for _, f := range t.root.get("Modules").all() {
		t.gap(f.keyAt, finding.GapMacro, "the resources of the module %s were not checked; package the template and check the result", f.key)
	}
}
