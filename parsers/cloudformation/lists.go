package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// either is a value that is one of several.
func either(whole *node, cause string, all ...tree.Tree) tree.Tree {
	out := unknown(whole, cause)
	if len(all) == 0 {
		return out
	}
	out.Plain = !slices.ContainsFunc(all, mayHaveWildcard)
	for _, t := range all {
		out.Refs = append(out.Refs, t.Refs...)
		out.Sources = append(out.Sources, t.Sources...)
		out.Parameters = append(out.Parameters, t.Parameters...)
		out.Sensitive = out.Sensitive || t.Sensitive
	}
	if all[0].Known() && all[0].Scalar != nil && !slices.ContainsFunc(all, func(t tree.Tree) bool { return !t.Known() || t.Scalar != all[0].Scalar }) {
		return tree.Tree{State: tree.StateKnown, Scalar: all[0].Scalar, Range: whole.at, Sensitive: out.Sensitive, Sources: out.Sources, Parameters: out.Parameters}
	}
	if out.Examples = examplesOf(all); out.Examples != nil && slices.ContainsFunc(all, func(t tree.Tree) bool { return t.State == tree.StateAbsent || t.Maybe != "" }) {
		out.Maybe = cause
	}
	out.Prefix, out.Suffix = sharedEnds(all)
	if !slices.ContainsFunc(all, func(t tree.Tree) bool { return t.InPartition != all[0].InPartition }) {
		out.InPartition = all[0].InPartition
	}
	return out
}

// examplesOf returns the texts that one of several values may be, nil if one of them may be any or if they are many.
func examplesOf(all []tree.Tree) []string {
	var texts []string
	for _, t := range all {
		possible := possibleTexts(t)
		if possible == nil && t.State != tree.StateAbsent {
			return nil
		}
		texts = append(texts, possible...)
	}
	texts = slices.Compact(slices.Sorted(slices.Values(texts)))
	if len(texts) > maxExamples {
		return nil
	}
	return texts
}

// mayHaveWildcard reports whether a value is not certainly a text without wildcards.
func mayHaveWildcard(t tree.Tree) bool {
	text, isText := t.String()
	return !t.Plain && (!isText || strings.ContainsAny(text, "*?"))
}

// sharedEnds returns how all strings begin and end.
func sharedEnds(all []tree.Tree) (prefix, suffix string) {
	for i, t := range all {
		begin, end := t.Prefix, t.Suffix
		if text, ok := t.String(); ok {
			begin, end = text, text
		}
		if i == 0 {
			prefix, suffix = begin, end
		}
		for !strings.HasPrefix(begin, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
		for !strings.HasSuffix(end, suffix) {
			suffix = suffix[1:]
		}
	}
	return prefix, suffix
}

// possibleTexts returns the text of a known scalar, or the examples of an unknown one.
func possibleTexts(t tree.Tree) []string {
	if text, ok := tree.Text(t.Scalar); ok && t.Known() {
		return []string{text}
	}
	return t.Examples
}

func (r *resolver) choose(argument, whole *node) tree.Tree {
	if argument.kind != listNode || len(argument.items) != 2 {
		return unknown(whole, "Fn::Select takes an index and a list")
	}
	index := r.index(argument.items[0])
	list := r.tree(argument.items[1])
	items := present(list.Items)
	i, ok := index.Get()
	switch {
	case !list.IsList || !list.Known():
		return unknownAs(list, whole, "the list is unknown until deployment")
	case !ok && len(items) > 0:
		return either(whole, "the index of Fn::Select is unknown until deployment", items...)
	case !ok || i < 0 || i >= len(items):
		return unknown(whole, "the list has no such item", list.Refs...)
	}
	return items[i]
}

// index is the index of Fn::Select.
func (r *resolver) index(n *node) model.Value[int] {
	if i, ok := n.scalar.(int); ok {
		return model.Known(i, n.at)
	}
	if t := r.tree(n); t.Known() {
		return model.IntValue(t)
	}
	return model.Value[int]{}
}

func (r *resolver) split(argument, whole *node) tree.Tree {
	if argument.kind != listNode || len(argument.items) != 2 {
		return unknown(whole, "Fn::Split takes a delimiter and a text")
	}
	delimiter, okDelimiter := r.text(argument.items[0])
	source := r.tree(argument.items[1])
	text, ok := source.String()
	switch {
	case !okDelimiter || delimiter == "":
		return unknownAs(source, whole, "the delimiter of Fn::Split is unknown until deployment")
	case !ok:
		return splitExamples(delimiter, source, whole)
	}
	out := tree.Tree{State: tree.StateKnown, IsList: true, Range: whole.at}
	for _, part := range split(delimiter, text) {
		out.Items = append(out.Items, tree.Tree{State: tree.StateKnown, Scalar: part, Range: whole.at, Sensitive: source.Sensitive})
	}
	return out
}

// splitExamples splits an unknown text whose examples all have the same number of parts.
func splitExamples(delimiter string, source tree.Tree, whole *node) tree.Tree {
	var columns [][]string
	if source.Maybe != "" {
		return unknownAs(source, whole, "the text is unknown until deployment")
	}
	for i, example := range source.Examples {
		parts := strings.Split(example, delimiter)
		if i == 0 {
			columns = make([][]string, len(parts))
		}
		if len(parts) != len(columns) {
			return unknownAs(source, whole, "the text is unknown until deployment")
		}
		for j, part := range parts {
			columns[j] = append(columns[j], part)
		}
	}
	if columns == nil {
		return unknownAs(source, whole, "the text is unknown until deployment")
	}
	out := tree.Tree{State: tree.StateKnown, IsList: true, Range: whole.at}
	parts := strings.Split(source.InPartition, delimiter)
	for i, examples := range columns {
		item := unknownAs(source, whole, "")
		item.Examples = slices.Compact(slices.Sorted(slices.Values(examples)))
		switch {
		case source.InPartition == "" || len(parts) != len(columns):
		case len(item.Examples) == 1: // the same in all partitions
			item.State, item.Scalar, item.Examples, item.Cause = tree.StateKnown, parts[i], nil, ""
		default:
			item.InPartition = parts[i]
		}
		out.Items = append(out.Items, item)
	}
	return out
}

func (r *resolver) findInMap(argument, whole *node) tree.Tree {
	if argument.kind != listNode || len(argument.items) < 3 {
		return unknown(whole, "Fn::FindInMap takes a map and two keys")
	}
	if name, ok := r.text(argument.items[0]); ok && r.mappings.get(name) == nil && len(argument.items) == 3 {
		return unknown(whole, r.missing.Note(name, whole.at)) // no transform makes mappings
	}
	found, cause := r.inMap(argument)
	var all []tree.Tree
	for _, e := range found {
		in := *r
		in.world = e.world
		all = append(all, in.tree(e.node))
	}
	switch {
	case len(all) == 0: // the deployment fails
		missing := unknown(whole, r.missingEntry(argument.items[:3]))
		missing.Plain, missing.Outside = true, true
		return missing
	case cause == "" && r.isOfOwnAccount(all[0], argument.items):
		return r.ofOwnAccount(either(whole, "AWS::AccountId is unknown until deployment", all[0], tree.Unknown(whole.at, "")), argument.items)
	case cause == "":
		all[0].Range = whole.at
		return all[0]
	}
	out := either(whole, cause, all...)
	out.Choices = choicesOf(all)
	if out.Examples == nil {
		return out
	}
	return r.ofOwnAccount(out, argument.items)
}

// choicesOf returns the literals among the values of which a mapping has one.
func choicesOf(all []tree.Tree) (choices []tree.Choice) {
	for _, t := range all {
		if text, ok := t.String(); ok && !t.Written.IsZero() {
			choices = append(choices, tree.Choice{Text: text, Written: t.Written})
		}
	}
	return choices
}

// isOfOwnAccount reports whether a value contains the key that it is selected by, and that is the account of the deployment.
func (r *resolver) isOfOwnAccount(t tree.Tree, names []*node) bool {
	text, ok := t.String()
	account, _ := r.text(names[1])
	return ok && account != "" && strings.Contains(text, account) && r.isAccount(names[1])
}

// ofOwnAccount returns an unknown value of a mapping with the examples that it has if the first key is the account of the
// deployment: an account in a value is that of the deployment if it is the key.
func (r *resolver) ofOwnAccount(t tree.Tree, names []*node) tree.Tree {
	if !r.isAccount(names[1]) {
		return t
	}
	mapping, _ := r.text(names[0])
	known, isKnown := r.knownText(names[1])
	keys := r.operands(names[2])
	var all []string
	for _, account := range r.mappings.get(mapping).all() {
		if isKnown && account.key != known {
			continue
		}
		for _, e := range r.entries(entry{r.world, account.value}, keys) {
			for _, text := range possibleTexts(r.tree(e.node)) {
				all = append(all, strings.ReplaceAll(text, account.key, exampleAccount))
			}
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) <= maxExamples {
		t.Examples = all
	}
	return t
}

// isAccount reports whether an expression is the account of the deployment.
func (r *resolver) isAccount(n *node) bool {
	in := *r
	in.strict, in.world = true, everywhere
	cases := in.operands(n)
	return len(cases) == 1 && cases[0].isParameter() && cases[0].parameter == "AWS::AccountId"
}

// inMap returns the values that Fn::FindInMap may select, and the cause if they may be several.
func (r *resolver) inMap(argument *node) (found []entry, cause string) {
	names := argument.items[:3]
	for _, item := range names {
		if key := r.tree(item); key.State == tree.StateUnknown && cause == "" {
			cause = "the key of the mapping cannot be determined: " + key.Cause
		}
	}
	found, _ = r.lookup(names)
	otherwise := defaultOf(argument)
	if otherwise == nil {
		return found, cause
	}
	s := r.reader.solver
	if rest := s.without(r.world, found); rest != nowhere {
		found = append(found, entry{rest, otherwise})
	}
	return found, cause
}

// missingEntry is the cause of a value that a mapping does not have.
func (r *resolver) missingEntry(names []*node) string {
	var texts []string
	for _, n := range names {
		text, ok := r.text(n)
		if !ok {
			return "the mapping has no such key"
		}
		texts = append(texts, text)
	}
	return fmt.Sprintf("the mapping %s has no entry %s", texts[0], strings.Join(texts[1:], "."))
}

// entriesOf returns the values of a map of a mapping by their keys. It remembers them, because a template may look up each of
// thousands of keys.
func (t *template) entriesOf(m *node) map[string][]*node {
	entries, ok := t.entriesIn[m]
	if !ok {
		entries = make(map[string][]*node, len(m.fields))
		for _, f := range m.fields {
			entries[f.key] = append(entries[f.key], f.value)
		}
		if t.entriesIn == nil {
			t.entriesIn = map[*node]map[string][]*node{}
		}
		t.entriesIn[m] = entries
	}
	return entries
}
