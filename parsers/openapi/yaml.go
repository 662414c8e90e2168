package openapi

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// A hole stands in a text for an unknown piece of it. It is a character of a private use area.
const (
	hole     = 0xF0000
	maxHoles = 0xFFFD
)

const (
	maxNesting = 100
	maxNodes   = 100_000 // aliases can repeat a node
)

// version matches the line that makes a YAML text a definition of an API.
var version = regexp.MustCompile(`(?m)^["']?(openapi|swagger)["']? *:`)

// IsYAML reports whether a text, of which pieces may be unknown, is a definition in YAML.
func IsYAML(t tree.Tree) bool {
	return slices.ContainsFunc(piecesOf(t), func(piece tree.Tree) bool {
		text, ok := piece.String()
		return ok && version.MatchString(text)
	})
}

func piecesOf(t tree.Tree) []tree.Tree {
	if len(t.Pieces) > 0 {
		return t.Pieces
	}
	return []tree.Tree{t}
}

// decodeYAML parses the YAML text of a definition, or of its pieces, into a tree with places. Texts with a piece that is unknown
// become unknown texts that keep their ends. It is false for other texts.
func decodeYAML(definition tree.Tree) (tree.Tree, bool) {
	if !IsYAML(definition) {
		return tree.Tree{}, false
	}
	d := yamlDecoder{whole: definition, pieces: piecesOf(definition), left: maxNodes}
	var text strings.Builder
	for i, piece := range d.pieces {
		d.starts = append(d.starts, text.Len())
		if known, ok := piece.String(); ok {
			text.WriteString(known)
			continue
		}
		text.WriteRune(rune(hole + i%maxHoles))
	}
	d.text = source.NewFile("", []byte(text.String()))
	var document yaml.Node
	if err := yaml.Unmarshal(d.text.Content, &document); err != nil || len(document.Content) != 1 {
		return tree.Tree{}, false
	}
	t := d.node(document.Content[0], 0)
	if d.left < 0 {
		t = tree.Unknown(definition.Range, "the definition exceeds the limit of values")
	}
	return t, true
}

type yamlDecoder struct {
	whole  tree.Tree
	text   *source.File
	pieces []tree.Tree
	starts []int // where each piece begins in the text
	left   int   // number of nodes that it may still read
}

// node returns the tree of a node. It is unknown below the limits.
func (d *yamlDecoder) node(n *yaml.Node, depth int) tree.Tree {
	if d.left--; d.left < 0 || depth > maxNesting {
		return tree.Unknown(d.whole.Range, "the definition exceeds the limit of nesting or values")
	}
	t := tree.Tree{State: tree.StateKnown, Range: d.place(n)}
	switch n.Kind {
	case yaml.AliasNode:
		return d.node(n.Alias, depth+1)
	case yaml.MappingNode:
		t.IsMap = true
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], d.node(n.Content[i+1], depth+1)
			f := tree.Field{Key: key.Value, KeyRange: d.place(key), Tree: value}
			if name := d.textTree(key); name.State == tree.StateUnknown {
				f.Name = &name
			}
			t.Fields, t.Range = append(t.Fields, f), until(t.Range, value.Range)
		}
	case yaml.SequenceNode:
		t.IsList = true
		for _, item := range n.Content {
			value := d.node(item, depth+1)
			t.Items, t.Range = append(t.Items, value), until(t.Range, value.Range)
		}
	default:
		return d.scalar(n)
	}
	return t
}

func (d *yamlDecoder) scalar(n *yaml.Node) tree.Tree {
	switch n.ShortTag() {
	case "!!null":
		return tree.Tree{}
	case "!!bool":
		var value bool
		if n.Decode(&value) == nil {
			return tree.Tree{State: tree.StateKnown, Scalar: value, Range: d.place(n)}
		}
	}
	return d.textTree(n)
}

// textTree puts the text of a node together from what is around its holes and the pieces that stand for them.
func (d *yamlDecoder) textTree(n *yaml.Node) tree.Tree {
	at := d.place(n)
	isHole := func(r rune) bool { return r >= hole && r <= hole+maxHoles }
	if !strings.ContainsFunc(n.Value, isHole) {
		return tree.Tree{State: tree.StateKnown, Scalar: n.Value, Range: at}
	}
	var parts []tree.Tree
	for s := n.Value; s != ""; {
		r, size := utf8.DecodeRuneInString(s)
		if isHole(r) {
			parts, s = append(parts, d.piece(int(r-hole))), s[size:]
			continue
		}
		next := strings.IndexFunc(s, isHole)
		if next < 0 {
			next = len(s)
		}
		parts, s = append(parts, tree.Tree{State: tree.StateKnown, Scalar: s[:next], Range: at}), s[next:]
	}
	t := tree.Concat(at, parts...)
	t.Pieces = nil // they have their places in another text
	return t
}

// piece returns the unknown piece that a hole stands for. A hole in the text itself may stand for anything.
func (d *yamlDecoder) piece(i int) tree.Tree {
	if i < len(d.pieces) && d.pieces[i].State == tree.StateUnknown {
		return d.pieces[i]
	}
	return tree.Unknown(d.whole.Range, d.whole.Cause)
}

// place returns where a node is written: exactly where the text is written to the letter, else the piece or definition that it
// comes from.
func (d *yamlDecoder) place(n *yaml.Node) source.Range {
	if n.Line < 1 {
		return d.whole.Range
	}
	start := d.text.OffsetRunes(n.Line, n.Column)
	i, isStart := slices.BinarySearch(d.starts, start)
	if !isStart {
		i--
	}
	piece := d.pieces[i]
	if !piece.Verbatim {
		return piece.Range
	}
	length := len(n.Value)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		length += len(`""`)
	}
	written, _, _ := bytes.Cut(d.text.Content[start:min(start+length, len(d.text.Content))], []byte("\n"))
	base := piece.Range.Start - d.starts[i]
	return source.Range{Path: piece.Range.Path, Start: base + start, End: min(base+start+len(written), piece.Range.End)}
}

// until extends a range to the end of another.
func until(r, other source.Range) source.Range {
	if other.Path == r.Path && other.End > r.End {
		r.End = other.End
	}
	return r
}
