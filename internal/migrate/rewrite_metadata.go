package migrate

import (
	"regexp"
	"slices"
	"strings"

	"lintel/internal/annotation"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
	"lintel/internal/tree"
)

// metadata writes requests into the metadata of their resources.
func (w *rewriter) metadata(requests []Request, remove bool) {
	var order []*annotation.Metadata
	of := map[*annotation.Metadata][]*Request{}
	for i := range requests {
		m := requests[i].target.metadata
		if m == nil {
			continue
		}
		if of[m] == nil {
			order = append(order, m)
		}
		of[m] = append(of[m], &requests[i])
	}
	for _, m := range order {
		var texts []string
		for _, q := range of[m] {
			if q.Why == "" && len(q.Missing()) > 0 {
				texts = append(texts, q.Text())
			}
		}
		var gone []string
		if remove {
			gone = rewritten(of[m])
		}
		if m.Block {
			w.block(m.Tree, texts, gone)
		} else {
			w.flow(m.Tree, texts, gone)
		}
	}
}

// rewritten are the keys of tools of whose requests none is left as it is, and which hold nothing
// else.
func rewritten(requests []*Request) []string {
	left := map[string]bool{}
	for _, q := range requests {
		left[q.target.path[0]] = left[q.target.path[0]] || q.Why != "" || !q.target.isAll()
	}
	var keys []string
	for key, isLeft := range left {
		if !isLeft {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// isAll reports whether there is nothing but the list under a tool's key.
func (t target) isAll() bool {
	at := t.metadata.Tree
	for _, key := range t.path {
		if at = at.Field(key); at.IsMap && len(at.Fields) > 1 {
			return false
		}
	}
	return true
}

// ownKey is lintel's key in the metadata.
const ownKey = "lintel"

// unwritable says why lintel's form cannot be written where it belongs; it is empty when it can.
func (q *Request) unwritable(w *rewriter) string {
	m := q.target.metadata
	if m == nil {
		start, _ := w.line(q.target.about.Start)
		if strings.Trim(string(w.file.Content[start:q.target.about.Start]), " \t-{[") != "" {
			return noLine
		}
		return ""
	}
	if own := m.Tree.Field(ownKey); own.State != tree.StateAbsent {
		items := own.Field("ignore").Items
		if len(items) == 0 || !m.At.Contains(items[0].Range) {
			return "Metadata.lintel is there already; add it to its list by hand"
		}
		return ""
	}
	switch first := m.Tree.Fields[0].KeyRange; {
	case !m.At.Contains(first):
		return "its metadata is shared through an anchor"
	case m.Block && !source.IsFirstOnLine(w.file.Content, first.Start):
		return noLine
	}
	return ""
}

// noLine is why a request is left that stands in the midst of a line.
const noLine = "it stands where no line can be added; write it by hand"

// indentUnit is one more level below a line with an indentation.
func indentUnit(indent string) string {
	if strings.HasPrefix(indent, "\t") {
		return "\t"
	}
	return "  "
}

// block writes into metadata in YAML's block style.
func (w *rewriter) block(metadata tree.Tree, texts, gone []string) {
	if items := metadata.Field(ownKey).Field("ignore").Items; len(items) > 0 && len(texts) > 0 {
		w.intoList(items[0], texts)
	} else if len(texts) > 0 {
		start, indent := w.line(metadata.Fields[0].KeyRange.Start)
		var text strings.Builder
		text.WriteString(indent + ownKey + ":" + w.eol + indent + "  ignore:" + w.eol)
		for _, t := range texts {
			text.WriteString(indent + "    - " + yamlText(t) + w.eol)
		}
		w.insert(start, text.String())
	}
	for _, f := range metadata.Fields {
		if slices.Contains(gone, f.Key) {
			start, _ := w.line(f.KeyRange.Start)
			w.remove(start, source.NextLine(w.file.Content, max(f.KeyRange.End, f.Tree.Range.End)-1))
		}
	}
}

// intoList writes before the first item of a list.
func (w *rewriter) intoList(first tree.Tree, texts []string) {
	start, indent := w.line(first.Range.Start)
	before := string(w.file.Content[start:first.Range.Start])
	var text strings.Builder
	if strings.TrimSpace(before) == "-" {
		for _, t := range texts {
			text.WriteString(before + yamlText(t) + w.eol)
		}
		w.insert(start, text.String())
		return
	}
	separator := ", "
	if source.IsFirstOnLine(w.file.Content, first.Range.Start) {
		separator = "," + w.eol + indent
	}
	for _, t := range texts {
		text.WriteString(yamltext.Quoted(t) + separator)
	}
	w.insert(first.Range.Start, text.String())
}

// flow writes into metadata in braces: JSON, or YAML's flow style.
func (w *rewriter) flow(metadata tree.Tree, texts, gone []string) {
	fields := metadata.Fields
	isGone := func(f tree.Field) bool { return slices.Contains(gone, f.Key) }
	stays := slices.ContainsFunc(fields, func(f tree.Field) bool { return !isGone(f) })
	first := fields[0].KeyRange.Start
	if items := metadata.Field(ownKey).Field("ignore").Items; len(items) > 0 && len(texts) > 0 {
		w.intoList(items[0], texts)
	} else if len(texts) > 0 {
		w.insert(first, w.member(first, texts, stays))
	}
	if !stays && len(gone) > 0 {
		w.remove(first, fields[len(fields)-1].Tree.Range.End)
		return
	}
	lastEnd := -1 // of the last one that stays
	for i, f := range fields {
		switch {
		case !isGone(f):
			lastEnd = f.Tree.Range.End
		case slices.ContainsFunc(fields[i:], func(f tree.Field) bool { return !isGone(f) }):
			w.remove(f.KeyRange.Start, fields[i+1].KeyRange.Start)
		default:
			w.remove(lastEnd, fields[len(fields)-1].Tree.Range.End)
			return
		}
	}
}

// member is lintel's key with its value, before another member when more says so.
func (w *rewriter) member(at int, texts []string, more bool) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = yamltext.Quoted(t)
	}
	text, separator := `"lintel": {"ignore": [`+strings.Join(quoted, ", ")+`]}`, " "
	if source.IsFirstOnLine(w.file.Content, at) {
		_, indent := w.line(at)
		unit := indentUnit(indent)
		separator = w.eol + indent
		deep := separator + unit + unit
		text = `"lintel": {` + separator + unit + `"ignore": [` + deep + strings.Join(quoted, ","+deep) + separator + unit + "]" + separator + "}"
	}
	if more {
		text += "," + separator
	}
	return text
}

// plainText are texts that YAML reads as they are, without quotes.
var plainText = regexp.MustCompile(`^[a-z][A-Za-z0-9 .,;()/_'+=-]*$`)

// yamlText is a text as an item of a YAML list.
func yamlText(text string) string {
	if plainText.MatchString(text) {
		return text
	}
	return yamltext.Quoted(text)
}
