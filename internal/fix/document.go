package fix

import (
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
	"lintel/internal/tree"
)

// document edits YAML and JSON: CloudFormation, SAM, and Terraform written in JSON.
type document struct {
	fsys    fs.FS
	file    *source.File
	root    *yaml.Node
	isJSON  bool
	isHCL   bool // Terraform written in JSON
	f       finding.Finding
	parents map[*yaml.Node]*yaml.Node
}

func openDocument(fsys fs.FS, file *source.File, f finding.Finding) (language, error) {
	d := &document{fsys: fsys, file: file, f: f, parents: map[*yaml.Node]*yaml.Node{}}
	d.isJSON = source.StartsAsJSON(file.Content)
	var err error
	if d.root, err = yamltext.Decode(file.Content); err != nil || d.root == nil {
		return nil, refusef("%s is not valid", file.Path)
	}
	d.isHCL = source.SyntaxOf(file.Path) == source.HCLJSON
	if !d.isHCL && field(d.root, "Resources") == nil {
		return nil, refusef("%s is not edited: fix what it is made from", file.Path)
	}
	if !d.isHCL && f.Construct != "" {
		return nil, refusef("%s is made by the CDK: fix the construct %s", file.Path, f.Construct)
	}
	d.link(d.root, 0)
	return d, nil
}

func (d *document) link(n *yaml.Node, depth int) {
	if depth > yamltext.MaxDepth {
		return
	}
	for _, child := range n.Content {
		d.parents[child] = n
		d.link(child, depth+1)
	}
}

// field is the value of a key, nil when there is none.
func field(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// keyOf is the key of a value of a mapping; nil when it is not one.
func (d *document) keyOf(value *yaml.Node) *yaml.Node {
	parent := d.parents[value]
	if parent == nil || parent.Kind != yaml.MappingNode {
		return nil
	}
	i := slices.Index(parent.Content, value)
	if i%2 == 0 {
		return nil
	}
	return parent.Content[i-1]
}

func (d *document) offset(n *yaml.Node) int { return yamltext.Start(d.file, n) }

// at returns the outermost value that begins at an offset; nil when there is none.
func (d *document) at(n *yaml.Node, offset, depth int) *yaml.Node {
	if depth > yamltext.MaxDepth {
		return nil
	}
	if n != d.root && d.offset(n) == offset {
		return n
	}
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		if found := d.at(n.Content[i], offset, depth+1); found != nil {
			return found
		}
	}
	return nil
}

// event returns the properties of the event of a SAM resource whose key begins at an offset; nil when there is none.
func (d *document) event(n *yaml.Node, offset, depth int) *yaml.Node {
	if depth > yamltext.MaxDepth {
		return nil
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if value := n.Content[i+1]; d.offset(child) == offset && field(value, "Type") != nil && field(value, "Properties") != nil {
				return field(value, "Properties")
			}
			continue
		}
		if found := d.event(child, offset, depth+1); found != nil {
			return found
		}
	}
	return nil
}

// holder returns the last key of a mapping that begins at or before an offset, with its value.
func (d *document) holder(mapping *yaml.Node, offset int) (key, value *yaml.Node) {
	for i := 0; mapping != nil && mapping.Kind == yaml.MappingNode && i+1 < len(mapping.Content); i += 2 {
		if d.offset(mapping.Content[i]) <= offset {
			key, value = mapping.Content[i], mapping.Content[i+1]
		}
	}
	return key, value
}

// subject is the resource that a finding is about.
type subject struct {
	kind string
	key  *yaml.Node // its logical id or name
	node *yaml.Node // the whole of it
	body *yaml.Node // what its attributes stand in; nil: there are none yet
}

// resource returns the resource that the finding stands in.
func (d *document) resource() (subject, error) {
	offset := d.f.Range.Start
	top, section := d.holder(d.root, offset)
	if top == nil {
		return subject{}, refusef("it is not in a resource")
	}
	var s subject
	switch {
	case d.isHCL && top.Value == "resource":
		s = d.hclResource(section, offset)
	case !d.isHCL && top.Value == "Resources":
		key, node := d.holder(section, offset)
		if kind := field(node, "Type"); kind != nil {
			s = subject{kind: kind.Value, key: key, node: node, body: field(node, "Properties")}
		}
	}
	if s.node == nil || s.node.Kind != yaml.MappingNode {
		return subject{}, refusef("it is in %s, not in a resource", top.Value)
	}
	return s, nil
}

// hclResource is the resource of Terraform's JSON that holds an offset.
func (d *document) hclResource(section *yaml.Node, offset int) subject {
	kind, names := d.holder(section, offset)
	key, body := d.holder(names, offset)
	if body == nil {
		return subject{}
	}
	if body.Kind == yaml.SequenceNode && len(body.Content) == 1 {
		body = body.Content[0]
	}
	return subject{kind: kind.Value, key: key, node: body, body: body}
}

// locate returns the resource that the finding is about, and the path of an attribute of the model in it.
func (d *document) locate(attribute string) (s subject, at tree.Path, err error) {
	if s, err = d.resource(); err != nil {
		return s, at, err
	}
	at, err = places(d.f.Node.Collection, attribute, s.kind)
	return s, at, err
}

// descend follows a path as far as something is written.
func descend(n *yaml.Node, path tree.Path) (reached *yaml.Node, left tree.Steps) {
	reached, left = tree.Follow(path, n, func(n *yaml.Node, key string) (*yaml.Node, bool) {
		next := field(block(n), key)
		return next, next != nil
	})
	if len(left) > 0 {
		reached = block(reached)
	}
	return reached, left
}

// block returns the mapping behind an alias, or in a list of one: a block that may be repeated.
func block(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		n = n.Content[0]
	}
	return n
}

func (d *document) literal(attribute string) (string, bool) {
	s, at, err := d.locate(attribute)
	if err != nil || s.body == nil {
		return "", false
	}
	found, left := descend(s.body, at)
	if len(left) > 0 || !isText(found) {
		return "", false
	}
	return found.Value, true
}

// isText reports whether a node is a scalar that stands for itself.
func isText(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (!strings.HasPrefix(n.Tag, "!") || strings.HasPrefix(n.Tag, "!!"))
}

func (d *document) set(value finding.FixValue) ([]source.Edit, error) {
	if !d.f.Written.IsZero() && d.f.Written != d.f.Range {
		return d.edit(d.f.Written, value)
	}
	n := d.at(d.root, d.f.Range.Start, 0)
	if n == nil {
		return nil, refusef("its value is not written as one thing in %s", d.file.Path)
	}
	return d.replace(n, value)
}

// replace puts a value in the place of a node, or where the node takes its value from.
func (d *document) replace(n *yaml.Node, value finding.FixValue) ([]source.Edit, error) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if !d.isLiteral(n) {
		at, err := d.follow(n)
		if err != nil {
			return nil, err
		}
		return d.edit(at, value)
	}
	at, ok := yamltext.OneLine(d.file, n)
	if !ok {
		return nil, refusef("its value spans lines")
	}
	v, err := d.value(value)
	if err != nil {
		return nil, err
	}
	return []source.Edit{{Range: at, Text: d.inPlace(v, n)}}, nil
}

// isLiteral reports whether a node stands for itself.
func (d *document) isLiteral(n *yaml.Node) bool {
	return isText(n) && (!d.isHCL || !strings.Contains(n.Value, "${")) ||
		n.Kind == yaml.ScalarNode && referred(n) == "AWS::NoValue"
}

// follow returns the place to which the reader has followed the value of a node that is computed.
func (d *document) follow(n *yaml.Node) (source.Range, error) {
	if written, ok := d.f.Uses.Written(yamltext.Extent(d.file, n)); ok {
		return written, nil
	}
	if name := referred(n); field(field(d.root, "Parameters"), name) != nil {
		return source.Range{}, refusef("the value of parameter %s is given at deployment", name)
	}
	return source.Range{}, refusef("its value is computed: %s", excerpt(d.file, d.f.Range))
}

// edit replaces the literal at a place, in the syntax of its file.
func (d *document) edit(at source.Range, value finding.FixValue) ([]source.Edit, error) {
	switch {
	case at.Path == d.file.Path:
		n := d.at(d.root, at.Start, 0)
		if n == nil || !d.isLiteral(n) {
			return nil, refusef("its value is not written as one thing in %s", at.Path)
		}
		return d.replace(n, value)
	case !d.isHCL:
		return nil, refusef("its value is passed by the stack around it, in %s", at.Path)
	case value.Literal == nil:
		return nil, refusef("lintel does not know how to write it in %s", at.Path)
	case source.SyntaxOf(at.Path).IsJSON():
		return []source.Edit{{Range: at, Text: yamltext.Quoted(value.Literal)}}, nil
	}
	return []source.Edit{{Range: at, Text: literalHCL(value.Literal)}}, nil
}

// referred is what a node refers to with Ref; empty: it does not.
func referred(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!Ref":
		return n.Value
	case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Ref":
		return n.Content[1].Value
	}
	return ""
}

func (d *document) put(attribute string, value finding.FixValue) ([]source.Edit, error) {
	if below, ok := strings.CutPrefix(attribute, "here:"); ok {
		n := d.event(d.root, d.f.Range.Start, 0)
		if n == nil {
			n = d.at(d.root, d.f.Range.Start, 0)
		}
		if n == nil || d.isHCL {
			return nil, notMeant
		}
		return d.under(n, tree.ParsePath(below).Alternatives()[0], value)
	}
	s, at, err := d.locate(attribute)
	if err != nil {
		return nil, err
	}
	if s.body == nil {
		return d.under(s.node, tree.ParsePath("Properties").Join(at).Alternatives()[0], value)
	}
	found, left := descend(s.body, at)
	if len(left) == 0 {
		return d.replace(found, value)
	}
	return d.under(found, left, value)
}

// under writes a value below a mapping, with what has to be around it.
func (d *document) under(mapping *yaml.Node, steps tree.Steps, value finding.FixValue) ([]source.Edit, error) {
	if mapping.Kind != yaml.MappingNode || strings.HasPrefix(mapping.Tag, "!") && mapping.Tag != "!!map" || isIntrinsic(mapping) {
		return nil, refusef("%s is set as a whole", steps[0])
	}
	v, err := d.value(value)
	if err != nil {
		return nil, err
	}
	for _, step := range slices.Backward(steps[1:]) {
		v = entry{step, v}.object()
	}
	e, err := d.insert(mapping, steps[0], v)
	return []source.Edit{e}, err
}

// isIntrinsic reports whether a mapping is a call of an intrinsic function.
func isIntrinsic(n *yaml.Node) bool {
	return len(n.Content) == 2 && (strings.HasPrefix(n.Content[0].Value, "Fn::") || n.Content[0].Value == "Ref")
}

func (*document) finish(_ string, _ []byte, edits []source.Edit) ([]source.Edit, error) {
	return edits, nil
}
