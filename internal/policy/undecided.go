package policy

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/tree"
)

// decide determines what a rule may report if unknown attributes have any value. A violation for all values is decided;
// it is missing in found only because its message contains an unknown value. A violation for some values is an
// undetermined check, at the node on which it depends. found are the violations without unknown values.
func decide(ctx context.Context, r *rule, asked *questions, e encoded, found []finding.Finding) (decided []finding.Finding, undecided []finding.Undecided) {
	if r.program == nil || r.KnownOnly || !asked.touched {
		return nil, nil
	}
	unknown := r.asksFor(e.unknown)
	if unknown == nil {
		return nil, nil
	}
	program, err := r.program()
	if err != nil {
		return nil, nil // the rule failed before
	}
	answer, err := asked.evaluation(program, whatMayBe).Rule(ctx, r.deny)
	if errors.Is(err, rego.ErrOpen) {
		open := r.open(*unknown)
		open.Cause = "too many values are unknown to try all of them, the first of them here: " + open.Cause
		return nil, []finding.Undecided{open}
	}
	if _, isFault := errors.AsType[*rego.Fault](err); err != nil && !isFault { // a fault of values that may be is none of those that are
		return nil, nil // the time limit of the rule or unit is exceeded, which is reported already
	}
	certain, inferred, depends := beyond(answer.Items(), found, e.index)
	if len(inferred) > 0 {
		certain = append(certain, r.confirmed(ctx, inferred, asked.evaluation(program, whatMustBe))...)
	}
	decided, err = r.located(certain, e)
	if err != nil {
		decided = nil // a place that is none cannot be reported
	}
	return decided, r.openAt(depends, e.index)
}

// openAt returns the questions of the unit itself that a rule cannot answer because of nodes.
func (r *rule) openAt(nodes []int, index model.Index) (undecided []finding.Undecided) {
	for _, on := range nodes {
		if node, ok := index.Node(on); ok && node.Unit == "" && !isUnreadCode(node) {
			undecided = append(undecided, r.open(node))
		}
	}
	return undecided
}

// confirmed returns those of some violations at known nodes that do not follow from what the rule asks about unknown values: whether one
// is unknown is a question that it asks to be silent.
func (r *rule) confirmed(ctx context.Context, inferred []Violation, asked *rego.Evaluation) []Violation {
	answer, err := asked.Rule(ctx, r.deny)
	if err != nil {
		return nil
	}
	certain := map[Violation]bool{}
	for _, item := range answer.Items() {
		if v, ok := decidedOf(item); ok {
			_, depends := item.Depends()
			certain[v] = !depends
		}
	}
	return slices.DeleteFunc(inferred, func(v Violation) bool { return !certain[v] })
}

// beyond returns the possible violations that are not found already: those that depend on nothing unknown, at nodes with examples and
// at known ones, and the handles of the nodes that the others depend on, sorted.
func beyond(possible []rego.Value, found []finding.Finding, index model.Index) (certain, inferred []Violation, depends []int) {
	known := attributesOf(found)
	for _, item := range possible {
		node, _ := index.Node(violationOf(item).At)
		if known[attribute{node.Unit, node.Resource, node.Attribute}] {
			continue
		}
		if on, ok := item.Depends(); ok {
			depends = append(depends, on)
			continue
		}
		v, ok := decidedOf(item)
		on, isUnknown := item.Member("message").IsUnknown()
		switch {
		case ok && len(node.Examples) > 0:
			certain = append(certain, v)
		case ok && node.State != tree.StateUnknown:
			inferred = append(inferred, v)
		case ok && node.Path != "": // a resource that may not exist is judged all the same
			depends = append(depends, v.At)
		case !ok && isUnknown: // what it is about is unknown
			depends = append(depends, on)
		}
	}
	slices.Sort(depends)
	return certain, inferred, slices.Compact(depends)
}

// attribute identifies an attribute of a resource.
type attribute struct{ unit, resource, name string }

// attributesOf returns the attributes with findings.
func attributesOf(found []finding.Finding) map[attribute]bool {
	all := map[attribute]bool{}
	for i := range found {
		all[attribute{found[i].Of, found[i].Resource, found[i].Attribute}] = true
	}
	return all
}

// open is a question that the rule cannot answer because of a node.
func (r *rule) open(node model.Node) finding.Undecided {
	return finding.Undecided{Place: node.Place, Rules: []string{r.ID}, Cause: node.Cause}
}

// decidedOf converts a violation that depends on no unknown value. It is false if its message contains an unknown value
// without known alternatives.
func decidedOf(item rego.Value) (Violation, bool) {
	v := violationOf(item)
	for _, text := range []struct {
		name string
		to   *string
	}{{"message", &v.Message}, {"key", &v.Key}} {
		member := item.Member(text.name)
		if choices := member.Choices(); len(choices) > 0 {
			*text.to = inOne(choices)
		} else if _, unknown := member.IsUnknown(); unknown {
			return v, false
		}
	}
	return v, v.Message != ""
}

// inOne returns the text that names all that several texts have in the place where they differ, word
// for word.
func inOne(texts []string) string {
	all := make([][]string, len(texts))
	for i, text := range texts {
		all[i] = strings.Split(text, " ")
	}
	shortest := slices.MinFunc(all, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
	start, end := 0, 0
	same := func(i int, of func(words []string) string) bool {
		return i < len(shortest) && !slices.ContainsFunc(all, func(words []string) bool { return of(words) != of(all[0]) })
	}
	for same(start, func(words []string) string { return words[start] }) {
		start++
	}
	for start+end < len(shortest) && same(end, func(words []string) string { return words[len(words)-1-end] }) {
		end++
	}
	var middles []string
	for _, words := range all {
		if middle := strings.Join(words[start:len(words)-end], " "); !slices.Contains(middles, middle) {
			middles = append(middles, middle)
		}
	}
	words := slices.Clone(all[0][:start])
	if middle := strings.Join(middles, " or "); middle != "" {
		words = append(words, middle)
	}
	return strings.Join(append(words, all[0][len(all[0])-end:]...), " ")
}

// isUnreadCode reports whether a node stands for code of a function that is not read, rather than for a fact of it. A report
// names the function once, as one whose code is not read completely.
func isUnreadCode(node model.Node) bool {
	list, rest, isPart := strings.Cut(node.Path, "/")
	return node.Collection == "sources" && (!isPart || list == "temporary" && !strings.Contains(rest, "/"))
}

// asksFor returns the first partly unknown node that the rule reads, nil if there is none.
func (r *rule) asksFor(unknown []unknownPath) *model.Node {
	for i := range unknown {
		if r.mayRead(unknown[i].part) {
			return &unknown[i].first
		}
	}
	return nil
}

// unknownPath is a path at which nodes are partly unknown. A stack has few of them, whatever its size.
type unknownPath struct {
	part
	first model.Node
}

// unknownPaths returns the paths of the nodes with an unknown part, except for references that resolve to a resource and for nodes
// of other units.
func unknownPaths(index model.Index) []unknownPath {
	seen := map[listed]bool{}
	var unknown []unknownPath
	for node := range index.Unknown() {
		at := listed{node.Collection, node.Path}
		if node.Linked || node.Unit != "" || isUnreadCode(node) || seen[at] {
			continue
		}
		seen[at] = true
		path := node.Collection
		if node.Path != "" {
			path += "/" + node.Path
		}
		unknown = append(unknown, unknownPath{partAt(path), node})
	}
	return unknown
}
