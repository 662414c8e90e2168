package fix

import (
	"io/fs"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// Texts are the files of a tree. Each file is read and parsed once for all fixes that are proposed in it. Texts are not
// safe for concurrent use, and do not notice that a file changes.
type Texts struct {
	fsys      fs.FS
	files     map[string]result[*source.File]
	bodies    map[string]result[*hclsyntax.Body]
	documents map[string]result[parsedDocument]
	formatted map[string]result[bool]
}

// result is what a function returned for a file.
type result[T any] struct {
	value T
	err   error
}

// parsedDocument is a document in YAML or JSON.
type parsedDocument struct {
	root    *yaml.Node
	parents map[*yaml.Node]*yaml.Node
	values  *values
}

// values are the outermost values of a document by the offsets at which they begin; nil: not asked for yet.
type values struct{ at map[int]*yaml.Node }

// NewTexts returns the files of a tree, of which none is read yet.
func NewTexts(fsys fs.FS) *Texts {
	return &Texts{
		fsys: fsys, files: map[string]result[*source.File]{}, bodies: map[string]result[*hclsyntax.Body]{},
		documents: map[string]result[parsedDocument]{}, formatted: map[string]result[bool]{},
	}
}

// once returns the result of a function for a file, which it calls the first time.
func once[T any](known map[string]result[T], name string, read func() (T, error)) (T, error) {
	if r, ok := known[name]; ok {
		return r.value, r.err
	}
	value, err := read()
	known[name] = result[T]{value, err}
	return value, err
}

func (t *Texts) read(name string) (*source.File, error) {
	return once(t.files, name, func() (*source.File, error) {
		content, err := source.ReadFile(t.fsys, name)
		if err != nil {
			return nil, refusef("%s can no longer be read: %v", name, err)
		}
		return source.NewFile(name, content), nil
	})
}

func (t *Texts) hcl(file *source.File) (*hclsyntax.Body, error) {
	return once(t.bodies, file.Path, func() (*hclsyntax.Body, error) { return parseHCL(file) })
}

func (t *Texts) document(file *source.File) (parsedDocument, error) {
	return once(t.documents, file.Path, func() (parsedDocument, error) {
		root, err := yamltext.Decode(file.Content)
		if err != nil || root == nil {
			return parsedDocument{}, refusef("%s is not valid", file.Path)
		}
		d := parsedDocument{root, map[*yaml.Node]*yaml.Node{}, &values{}}
		d.link(root, 0)
		return d, nil
	})
}

func (d parsedDocument) link(n *yaml.Node, depth int) {
	if depth > yamltext.MaxDepth {
		return
	}
	for _, child := range n.Content {
		d.parents[child] = n
		d.link(child, depth+1)
	}
}
