package policy

import (
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/tree"
)

// undecided returns the questions that a rule could not answer: attributes it reads that are
// not known, of resources it found nothing wrong with.
func (r *rule) undecided(unknown []model.Node, found []finding.Finding) []finding.Undecided {
	var out []finding.Undecided
	for _, node := range unknown {
		if !r.asksFor(node) {
			continue
		}
		accused := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Resource == node.Resource })
		if accused {
			continue
		}
		out = append(out, finding.Undecided{Place: node.Place, Rule: r.ID, Cause: node.Cause})
	}
	return out
}

// asksFor reports whether the rule reads what the node says. Whether an attribute is absent is
// decided by its being written, so a rule that asks only for that has its answer.
func (r *rule) asksFor(node model.Node) bool {
	path := node.Collection + "/" + node.Path
	asks := false
	for _, read := range r.Reads {
		switch rest, _ := strings.CutPrefix(read, path+"/"); rest {
		case "value", "targets":
			asks = true
		case "prefix", "suffix":
			if node.Partly {
				return false // it has looked at what is known
			}
		}
	}
	return asks
}

// unknownNodes are those of which something is not known, apart from references that lead
// somewhere.
func unknownNodes(index model.Index) []model.Node {
	var unknown []model.Node
	for _, node := range index {
		if node.State == tree.StateUnknown && !node.Linked {
			unknown = append(unknown, node)
		}
	}
	return unknown
}
