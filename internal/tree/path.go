package tree

import (
	"slices"
	"strings"
)

// Path is the way from a resource or block to one of its attributes in one format. It consists of
// alternatives, of which the first that is written counts. The zero Path leads nowhere: the format has no
// such attribute, or it is irregular and filled by hand.
type Path struct{ alternatives []Steps }

// Steps are the keys on the way, outermost first. No steps mean the tree itself. Two steps are special:
// Each and Items.
type Steps []string

// The special steps. Each makes a list of what is below every field of a map or block, and below every
// item of a list of several; Items does the same for every item of a list, also of a list of one.
const (
	Each  = "*"
	Items = "[]"
)

// Self is the path of "." that leads to the tree itself.
func Self() Path { return Path{[]Steps{{}}} }

// ParsePath parses a path as struct tags and fixes write it: "|" separates alternatives, "." separates steps,
// "*" is Each, a suffix "[]" is Items, "." alone is the tree itself, and "-" or nothing leads nowhere.
func ParsePath(text string) Path {
	if text == "" || text == "-" {
		return Path{}
	}
	var p Path
	for alternative := range strings.SplitSeq(text, "|") {
		steps := Steps{}
		for step := range strings.SplitSeq(alternative, ".") {
			key, isList := strings.CutSuffix(step, Items)
			if key != "" {
				steps = append(steps, key)
			}
			if isList {
				steps = append(steps, Items)
			}
		}
		p.alternatives = append(p.alternatives, steps)
	}
	return p
}

// IsZero reports whether the path leads nowhere.
func (p Path) IsZero() bool { return len(p.alternatives) == 0 }

// Alternatives returns the alternatives in their order, for reading only.
func (p Path) Alternatives() []Steps { return p.alternatives }

// Join returns the path that leads through p to below. It distributes over the alternatives of both.
func (p Path) Join(below Path) Path {
	var joined Path
	for _, outer := range p.alternatives {
		for _, inner := range below.alternatives {
			steps := make(Steps, 0, len(outer)+len(inner))
			joined.alternatives = append(joined.alternatives, append(append(steps, outer...), inner...))
		}
	}
	return joined
}

// Or returns a path with the alternatives of both, without duplicates.
func (p Path) Or(other Path) Path {
	all := Path{alternatives: slices.Clip(p.alternatives)}
	seen := map[string]bool{}
	for _, steps := range all.alternatives {
		seen[steps.String()] = true
	}
	for _, steps := range other.alternatives {
		if !seen[steps.String()] {
			seen[steps.String()] = true
			all.alternatives = append(all.alternatives, steps)
		}
	}
	return all
}

// String returns the path as ParsePath reads it.
func (p Path) String() string {
	texts := make([]string, len(p.alternatives))
	for i, steps := range p.alternatives {
		texts[i] = steps.String()
	}
	return strings.Join(texts, "|")
}

// String returns the steps with dots between them.
func (s Steps) String() string {
	if len(s) == 0 {
		return "."
	}
	return strings.ReplaceAll(strings.Join(s, "."), "."+Items, Items)
}

// IsPlain reports whether every alternative leads to one place below the tree, without Each and Items.
func (p Path) IsPlain() bool {
	return !slices.ContainsFunc(p.alternatives, func(steps Steps) bool {
		return len(steps) == 0 || slices.Contains(steps, Each) || slices.Contains(steps, Items)
	})
}

// Follow follows a path through text that is written, as At does through a tree: child returns what is under a key
// of a node. It returns the node that the first alternative leads to that is written as a whole; else the last node
// that is there of the alternative of which most is written, and the steps that are left.
func Follow[N any](p Path, root N, child func(N, string) (N, bool)) (reached N, left Steps) {
	reached = root
	deepest := -1
	for _, steps := range p.alternatives {
		node, n := root, 0
		for n < len(steps) {
			next, ok := child(node, steps[n])
			if !ok {
				break
			}
			node, n = next, n+1
		}
		if n == len(steps) {
			return node, nil
		}
		if n > deepest {
			reached, left, deepest = node, steps[n:], n
		}
	}
	return reached, left
}
