package access

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// unknownText stands for a value of which nothing is known.
const unknownText = "(unknown)"

// maxShown is the number of conditions, and of the elements of each, that are listed.
const maxShown = 8

// text returns a value for people, or the known parts of it.
func text(v *model.Value[string]) string {
	switch value, ok := v.Get(); {
	case v.Sensitive:
		return model.Masked
	case ok:
		return value
	}
	if prefix, suffix := v.Ends(); prefix != "" || suffix != "" {
		return prefix + "…" + suffix
	}
	return unknownText
}

// refText returns the resources that an unknown reference names, or the value.
func refText(r *model.Ref) string {
	if _, ok := r.Get(); ok || len(r.IDs) == 0 || r.Sensitive {
		return text(&r.Value)
	}
	ids := slices.DeleteFunc(slices.Clone(r.IDs), isSetting)
	if len(ids) == 0 {
		return text(&r.Value)
	}
	prefix, suffix := r.Ends()
	if len(ids) > 1 && prefix != "" && suffix != "" {
		return prefix + "…" + suffix
	}
	shown := listed(ids, maxShown)
	if suffix != "" {
		shown += "…" + suffix
	}
	return shown
}

// isSetting reports whether an ID is that of a data source about the account, the region or the partition, which are in every ARN.
func isSetting(id string) bool {
	return slices.ContainsFunc([]string{"data.aws_caller_identity.", "data.aws_region.", "data.aws_partition."}, func(kind string) bool {
		return strings.Contains(id, kind)
	})
}

// listed joins texts and cuts the list after the first ones.
func listed(all []string, most int) string {
	if len(all) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:most], ", "), len(all)-most)
	}
	return strings.Join(all, ", ")
}

// texts returns the elements of a list as show writes each. There may be more if the list is unknown.
func texts[T any](list *model.List[T], show func(*T) string) []string {
	all := make([]string, 0, len(list.Items))
	for i := range list.Items {
		all = append(all, show(&list.Items[i]))
	}
	if list.State == tree.StateUnknown {
		all = append(all, unknownText)
	}
	return all
}

// conditionTexts returns the conditions of a statement.
func conditionTexts(list *model.List[model.Condition]) []string {
	var all []string
	for i := range list.Items {
		c := &list.Items[i]
		if i == maxShown {
			all = append(all, fmt.Sprintf("%d more", len(list.Items)-i))
			break
		}
		all = append(all, fmt.Sprintf("%s %s %s", text(&c.Key), text(&c.Operator), listed(texts(&c.Values, text), maxShown)))
	}
	if list.State == tree.StateUnknown {
		all = append(all, "conditions that cannot be determined")
	}
	return all
}

// mayNotExist returns the condition that a resource may not exist; empty: it exists, or a condition of the template decides it.
func mayNotExist(r *model.Resource) []string {
	if r.State == tree.StateUnknown && r.When.IsAlways() { // else the condition says it
		return []string{"may not exist"}
	}
	return nil
}

// isSet is presence of a value. An unknown value is set if a part of it is known or if it is an attribute of a resource.
func isSet(v *model.Value[string]) string {
	if prefix, suffix := v.Ends(); prefix != "" || suffix != "" || v.FromResource() {
		return "yes"
	}
	return presence(v.State)
}

// presence returns whether an attribute is set.
func presence(state tree.State) string {
	return map[tree.State]string{tree.StateKnown: "yes", tree.StateAbsent: "no", tree.StateUnknown: "unknown"}[state]
}

// places converts ranges of files.
type places struct {
	files source.Files
	show  func(path string) string
}

func (p places) of(at source.Range) Place {
	place := Place{File: p.show(at.Path), Line: 1, At: at}
	if file := p.files[at.Path]; file != nil {
		place.Line, _ = file.Position(at.Start)
	}
	return place
}

// add appends a text unless it is there.
func add(all []string, text string) []string {
	if slices.Contains(all, text) || len(all) >= maxNotes {
		return all
	}
	return append(all, text)
}

// maxNotes is the number of notes about a function, a role or a unit.
const maxNotes = 20
