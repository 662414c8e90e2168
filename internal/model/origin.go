package model

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/secrets"
	"lintel/internal/tree"
)

// origin is where a value comes from, as far as a rule may ask.
type origin struct {
	parameters []tree.Parameter
	sources    []string
	refs       []string      // ids of the resources that the sources are attributes of
	written    string        // of an unknown text: what the template writes of it, with holes
	symbol     string        // see tree.Tree.Symbol
	choices    []tree.Choice // of an unknown text: what it may be, with holes as in written
}

// FromResource reports whether a value consists of an attribute of a resource, or contains one.
func (v Value[T]) FromResource() bool { return v.origin != nil && len(v.origin.sources) > 0 }

// Symbol returns the name of an unknown value, empty if it has none: those with the same one are equal.
func (v Value[T]) Symbol() string {
	if v.State != tree.StateUnknown || v.origin == nil {
		return ""
	}
	return v.origin.symbol
}

// SourceIDs returns the IDs of the resources whose attributes a value consists of, sorted.
func (v Value[T]) SourceIDs() []string {
	if v.origin == nil {
		return nil
	}
	return v.origin.refs
}

// Sole returns the ID of the only resource that an unknown reference names by its ARN, ID or name, and the text that follows
// it, where nothing that follows is unknown. "${Bucket.Arn}/*" names Bucket and is followed by "/*".
func (r Ref) Sole() (id, rest string, ok bool) {
	if r.State != tree.StateUnknown || len(r.IDs) != 1 || r.Sensitive {
		return "", "", false
	}
	prefix, suffix := r.Ends()
	if r.origin == nil {
		return r.IDs[0], suffix, prefix == "" || strings.HasPrefix(prefix, "arn:")
	}
	for _, from := range r.origin.sources {
		_, attribute, _ := strings.Cut(from, ".")
		if !slices.Contains([]string{"arn", "id", "name", "bucket", "function_name", "topicarn", "queuename", "tablename"}, strings.ToLower(attribute)) {
			return "", "", false
		}
	}
	before := r.origin.written
	if last := strings.LastIndex(before, secrets.Hole); last >= 0 && before[last+len(secrets.Hole):] == suffix {
		before = before[:last]
	} else if before != "" {
		return "", "", false
	}
	return r.IDs[0], suffix, before == "" || beforeName.MatchString(before)
}

// beforeName matches what precedes the ARN, or the name, of a resource in an ARN. Holes are parts of the ARN.
var beforeName = regexp.MustCompile(`^arn:([^/]*:(?:(?:table|role|secret|parameter)/)?)?$`)

func originOf(t tree.Tree) *origin {
	o := origin{parameters: t.Parameters, sources: t.Sources}
	if t.State == tree.StateUnknown {
		o.written, o.symbol, o.choices = written(t), t.Symbol, choicesOf(t)
	}
	if len(t.Sources) > 0 {
		o.refs = slices.Compact(slices.Sorted(slices.Values(t.Refs)))
	}
	if o.parameters == nil && o.sources == nil && o.written == "" && o.symbol == "" && o.choices == nil {
		return nil
	}
	slices.SortFunc(o.parameters, func(a, b tree.Parameter) int { return cmp.Compare(a.Name, b.Name) })
	o.parameters = slices.Compact(o.parameters)
	slices.Sort(o.sources)
	o.sources = slices.Compact(o.sources)
	return &o
}

// maxWritten is how much text with holes is put together, in bytes.
const maxWritten = 1 << 20

// written is the text that a template writes of a value that is unknown, with a hole for each
// part that it does not write. It is empty when all of it is a hole.
func written(t tree.Tree) string {
	w := writer{}
	if w.tree(t); w.wrote {
		return w.String()
	}
	return ""
}

// maxChoices is how many choices of an unknown text are judged.
const maxChoices = 64

// choicesOf returns what an unknown text may be by the choices in it. Each is the text that the template writes with one
// literal of one choice, and holes for the other parts that are unknown.
func choicesOf(t tree.Tree) (all []tree.Choice) {
	if len(t.Pieces) == 0 {
		return t.Choices
	}
	size := 0
	for i, piece := range t.Pieces {
		if piece.State != tree.StateUnknown {
			continue
		}
		for _, choice := range choicesOf(piece) {
			w := writer{}
			for j, other := range t.Pieces {
				if i == j {
					w.literal(choice.Text)
				} else {
					w.tree(other)
				}
			}
			if size += w.Len(); size > maxWritten || len(all) == maxChoices {
				return all
			}
			all = append(all, tree.Choice{Text: w.String(), Written: choice.Written})
		}
	}
	return all
}

type writer struct {
	strings.Builder
	wrote bool // something but holes
}

func (w *writer) literal(text string) {
	if w.Len()+len(text) <= maxWritten {
		w.WriteString(text)
		w.wrote = w.wrote || text != ""
	}
}

// isFull reports whether nothing more is written: trees that share their parts are much larger than the template.
func (w *writer) isFull() bool { return w.Len() > maxWritten }

func (w *writer) tree(t tree.Tree) {
	if w.isFull() {
		return
	}
	text, isText := tree.Text(t.Scalar)
	switch {
	case t.State == tree.StateKnown && isText:
		w.literal(text)
	case t.Decoded != nil:
		w.document(*t.Decoded)
	case len(t.Pieces) > 0:
		for _, piece := range t.Pieces {
			w.tree(piece)
		}
	default:
		w.literal(t.Prefix)
		w.WriteString(secrets.Hole)
		w.literal(t.Suffix)
	}
}

// document writes a structure as JSON does.
func (w *writer) document(t tree.Tree) {
	if w.isFull() {
		return
	}
	text, isText := t.String()
	switch {
	case t.IsMap:
		for i, f := range t.Fields {
			w.WriteString(separator(i, "{"))
			w.quoted(f.Key)
			w.WriteString(":")
			w.document(f.Tree)
		}
		w.WriteString("}")
	case t.IsList:
		for i, item := range t.Items {
			w.WriteString(separator(i, "["))
			w.document(item)
		}
		w.WriteString("]")
	case isText:
		w.quoted(text)
	case t.State == tree.StateKnown:
		w.tree(t)
	default:
		w.WriteString(`"`)
		w.tree(t)
		w.WriteString(`"`)
	}
}

func (w *writer) quoted(text string) {
	w.WriteString(`"`)
	w.literal(strings.ReplaceAll(text, `"`, `\"`))
	w.WriteString(`"`)
}

func separator(i int, first string) string {
	if i == 0 {
		return first
	}
	return ","
}
