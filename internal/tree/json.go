package tree

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"lintel/internal/source"
)

// maxDepth is how deep a document may nest. A policy needs six levels, a plan some twenty.
const maxDepth = 64

var (
	errTooDeep  = fmt.Errorf("it nests more than %d levels", maxDepth)
	errTooMany  = fmt.Errorf("a list or an object has more than %d elements", maxElements)
	errTrailing = errors.New("there is text after the document")
)

// A document has at most fewValues values and another one for each bytesPerValue bytes: Terraform writes plans with 20 bytes
// for each, and a value takes 400 in memory. A list or an object has at most maxElements.
const (
	fewValues     = 1 << 16
	bytesPerValue = 12
	maxElements   = 100_000
)

// hole stands in the text for a piece that is unknown: a code point of Unicode's last
// private use plane for each piece, which no policy contains.
const (
	hole     = 0x10F000
	maxHoles = 0xFFF
	// wholeValue precedes a hole that is not within a string of the document: it stands for a value of any type, and in a
	// list for any number of them.
	wholeValue = 0x10FFFD
)

// DecodeJSON parses the JSON text of a tree, or of its pieces, into a tree with places. Strings with
// a piece that is unknown become unknown strings that keep their ends, and an unknown piece in the place of a value
// becomes an unknown value.
func DecodeJSON(document Tree) (Tree, error) {
	budget := maxElements
	document.Pieces = inPieces(document.Pieces, &budget, 0)
	pieces := document.Pieces
	if len(pieces) == 0 {
		pieces = []Tree{document}
	}
	d := decoder{whole: document}
	var text strings.Builder
	var quoted quotes
	for i, piece := range pieces {
		if s, ok := piece.String(); ok {
			d.spans = append(d.spans, span{text.Len(), text.Len() + len(s), piece})
			text.WriteString(s)
			quoted.read(s)
			continue
		}
		if quoted.open {
			text.WriteRune(rune(hole + i%maxHoles))
			continue
		}
		text.WriteString(`"` + string([]rune{wholeValue, rune(hole + i%maxHoles)}) + `"`)
	}
	d.text = text.String()
	d.json = json.NewDecoder(strings.NewReader(d.text))
	d.json.UseNumber()
	d.left = fewValues + len(d.text)/bytesPerValue
	t, err := d.value(0)
	if err != nil {
		return Tree{}, err
	}
	if _, err := d.json.Token(); !errors.Is(err, io.EOF) {
		return Tree{}, errTrailing
	}
	t.Range = document.Range
	return t, nil
}

// inPieces replaces pieces that contain a part of the structure of a document, such as the branch of a condition, by their own
// pieces. left is the number of pieces that it may still add.
func inPieces(pieces []Tree, left *int, depth int) []Tree {
	if !slices.ContainsFunc(pieces, hasStructure) {
		return pieces
	}
	var all []Tree
	for _, piece := range pieces {
		*left -= len(piece.Pieces)
		if depth > maxDepth || *left < 0 || !hasStructure(piece) {
			all = append(all, piece)
			continue
		}
		all = append(all, inPieces(piece.Pieces, left, depth+1)...)
	}
	return all
}

// hasStructure reports whether an unknown piece has a known part with a quotation mark of the document.
func hasStructure(piece Tree) bool {
	return piece.State == StateUnknown && piece.Decoded == nil && slices.ContainsFunc(piece.Pieces, func(part Tree) bool {
		text, ok := part.String()
		return ok && strings.Contains(text, `"`) || hasStructure(part)
	})
}

// quotes tells whether a JSON text that is read in pieces is within a string.
type quotes struct{ open, escaped bool }

func (q *quotes) read(text string) {
	for i := range len(text) {
		switch {
		case q.escaped:
			q.escaped = false
		case text[i] == '\\':
			q.escaped = q.open
		case text[i] == '"':
			q.open = !q.open
		}
	}
}

type decoder struct {
	whole Tree
	text  string
	spans []span
	json  *json.Decoder
	left  int // number of values that it may still have

	// The elements of the collections that are not at their end yet. A collection gets a list of the right size from them.
	items  []Tree
	fields []Field

	isPiece bool // the last value is an unknown piece
}

// span is a run of the text that one known piece has given.
type span struct {
	start, end int
	piece      Tree
}

// place returns where a part of the text stands in the file: exactly where the text stands
// there to the letter, else the piece or document it comes from.
func (d *decoder) place(start, end int) source.Range {
	for _, s := range d.spans {
		if start < s.start || start >= s.end {
			continue
		}
		if !s.piece.Verbatim {
			return s.piece.Range
		}
		base := s.piece.Range.Start - s.start
		r := source.Range{Path: s.piece.Range.Path, Start: base + start, End: base + min(end, s.end)}
		if last := d.lastSpan(end); last != nil && last.piece.Verbatim && last.piece.Range.Path == r.Path {
			r.End = last.piece.Range.Start + end - last.start
		}
		return r
	}
	return d.whole.Range
}

func (d *decoder) lastSpan(end int) *span {
	for i := range d.spans {
		if d.spans[i].start < end && end <= d.spans[i].end {
			return &d.spans[i]
		}
	}
	return nil
}

// next returns a token with its place.
func (d *decoder) next() (json.Token, source.Range, error) {
	start := int(d.json.InputOffset())
	token, err := d.json.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, source.Range{}, err
	}
	end := int(d.json.InputOffset())
	for start < end && strings.IndexByte(" \t\r\n,:", d.text[start]) >= 0 {
		start++
	}
	return token, d.place(start, end), nil
}

func (d *decoder) value(depth int) (Tree, error) {
	if depth > maxDepth {
		return Tree{}, errTooDeep
	}
	if d.left--; d.left < 0 {
		return Tree{}, fmt.Errorf("it has more than %d values", fewValues+len(d.text)/bytesPerValue)
	}
	d.isPiece = false
	token, at, err := d.next()
	if err != nil {
		return Tree{}, err
	}
	t := Tree{State: StateKnown, Range: at}
	switch x := token.(type) {
	case json.Delim:
		return d.collection(x, t, depth)
	case nil:
		return Tree{}, nil
	case string:
		return d.stringTree(x, at), nil
	case json.Number:
		t.Scalar = x.String()
	default:
		t.Scalar = x
	}
	return t, nil
}

func (d *decoder) collection(open json.Delim, t Tree, depth int) (Tree, error) {
	t.IsList, t.IsMap = open == '[', open == '{'
	items, fields := len(d.items), len(d.fields)
	for d.json.More() {
		if len(d.items)-items+len(d.fields)-fields == maxElements {
			return t, errTooMany
		}
		var field Field
		if t.IsMap {
			token, at, err := d.next()
			if err != nil {
				return t, err
			}
			field.Key, _ = token.(string)
			field.KeyRange = at
			if name := d.stringTree(field.Key, at); name.State == StateUnknown {
				field.Name = &name
			}
		}
		value, err := d.value(depth + 1)
		if err != nil {
			return t, err
		}
		if t.IsList && d.isPiece {
			t.State, t.Cause = StateUnknown, value.Cause // any number of elements
			continue
		}
		if t.IsList {
			d.items = append(d.items, value)
			continue
		}
		field.Tree = value
		d.fields = append(d.fields, field)
	}
	t.Items, d.items = taken(d.items, items)
	t.Fields, d.fields = taken(d.fields, fields)
	d.isPiece = false
	_, end, err := d.next()
	if end.Path == t.Range.Path && end.End > t.Range.Start {
		t.Range.End = end.End
	}
	return t, err
}

// taken takes the elements from a position on off a list.
func taken[T any](all []T, from int) (own, rest []T) {
	if from < len(all) {
		own = slices.Clone(all[from:])
		clear(all[from:])
	}
	return own, all[:from]
}

// stringTree puts a string together from what is around its holes and the pieces that stand for them.
func (d *decoder) stringTree(s string, at source.Range) Tree {
	isHole := func(r rune) bool { return r >= hole && r <= hole+maxHoles }
	if !strings.ContainsFunc(s, isHole) {
		return Tree{State: StateKnown, Scalar: s, Range: at}
	}
	text, isWhole := strings.CutPrefix(s, string(rune(wholeValue)))
	s = text
	var pieces []Tree
	for s != "" {
		next := strings.IndexFunc(s, isHole)
		if next < 0 {
			next = len(s)
		}
		pieces = append(pieces, Tree{State: StateKnown, Scalar: s[:next], Range: at})
		if s = s[next:]; s == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if i := int(r - hole); i < len(d.whole.Pieces) {
			pieces = append(pieces, d.whole.Pieces[i])
		} else { // of the text itself: it may stand for anything
			pieces = append(pieces, Unknown(at, d.whole.Cause))
		}
	}
	t := Concat(at, pieces...)
	t.Pieces = nil                                               // they have their places in another text
	if isWhole && len(pieces) == 2 && pieces[1].Decoded != nil { // after the empty text before it
		return *pieces[1].Decoded
	}
	if d.isPiece = isWhole; isWhole {
		t.Prefix, t.Suffix, t.Examples = "", "", nil // those of its text
	}
	return t
}
