package cloudformation

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"lintel/internal/source"
)

// choice is a part of a resource that depends on conditions: an Fn::If with the choices in its branches, or a
// list, mapping or call with several choices below it.
type choice struct {
	fork    *question // of an Fn::If; nil: it has parts
	yes, no []choice  // of an Fn::If
	parts   []choice
	isJoint bool // its parts make one value, as those of Fn::Join do
}

// paths returns the variants with each combination of outcomes of choices. A condition splits only the variants in which
// the branch around it is taken. It is false if they exceed maxVariants.
func (p splitter) paths(leaves []variant, choices []choice) ([]variant, bool) {
	for i := range choices {
		c := &choices[i]
		next := make([]variant, 0, len(leaves))
		for _, leaf := range leaves {
			below, ok := p.below(leaf, c)
			if next = append(next, below...); !ok || len(next) > maxVariants {
				return nil, false
			}
		}
		leaves = next
	}
	return leaves, true
}

// below returns the variants into which a choice splits one.
func (p splitter) below(leaf variant, c *choice) ([]variant, bool) {
	if c.fork == nil {
		return p.paths([]variant{leaf}, c.parts)
	}
	var all []variant
	for _, o := range p.outcomes(leaf, c) {
		more, ok := p.paths([]variant{leaf.in(o)}, o.branch)
		if !ok {
			return nil, false
		}
		all = append(all, more...)
	}
	return all, true
}

// outcome is an outcome of an Fn::If in a variant.
type outcome struct {
	world    diagram
	literals []source.Literal // the outcome; none: the variant implies it
	branch   []choice         // what it leaves to decide
}

// in returns the part of a variant with an outcome.
func (v variant) in(o outcome) variant {
	v.world, v.literals = o.world, append(slices.Clip(v.literals), o.literals...)
	return v
}

// outcomes returns the outcomes of an Fn::If that are possible in a variant, true first. The conditions of the variant
// may imply one of them.
func (p splitter) outcomes(v variant, c *choice) []outcome {
	if p.exceeded() { // the worlds are too large to decide anything
		for _, l := range v.literals {
			if l.Condition == c.fork.name && l.Value == "" {
				return []outcome{{world: v.world, branch: c.branch(l.Is)}}
			}
		}
	}
	yes, no := p.and(v.world, c.fork.holds), p.and(v.world, p.not(c.fork.holds))
	switch {
	case no == nowhere:
		return []outcome{{world: v.world, branch: c.yes}}
	case yes == nowhere:
		return []outcome{{world: v.world, branch: c.no}}
	}
	return []outcome{
		{yes, []source.Literal{{Condition: c.fork.name, Is: true}}, c.yes},
		{no, []source.Literal{{Condition: c.fork.name}}, c.no},
	}
}

// imply adds the outcomes that follow from those of each variant, so that findings name the condition that tells a
// variant from the others in the fewest words.
func (p splitter) imply(leaves []variant, choices []choice) {
	if len(leaves) < 3 {
		return
	}
	for i := range choices {
		c := &choices[i]
		p.imply(leaves, c.parts)
		p.imply(leaves, c.yes)
		p.imply(leaves, c.no)
		if c.fork == nil {
			continue
		}
		for j, v := range leaves {
			switch {
			case slices.ContainsFunc(v.literals, func(l source.Literal) bool { return l.Condition == c.fork.name }):
			case p.and(v.world, c.fork.holds) == nowhere:
				leaves[j].literals = append(slices.Clip(v.literals), source.Literal{Condition: c.fork.name})
			case p.and(v.world, p.not(c.fork.holds)) == nowhere:
				leaves[j].literals = append(slices.Clip(v.literals), source.Literal{Condition: c.fork.name, Is: true})
			}
		}
	}
}

func (c *choice) branch(is bool) []choice {
	if is {
		return c.yes
	}
	return c.no
}

// conditions returns the number of conditions that choices depend on.
func conditions(choices []choice, seen map[string]bool) int {
	for _, c := range choices {
		if c.fork != nil {
			seen[c.fork.name] = true
		}
		conditions(c.parts, seen)
		conditions(c.yes, seen)
		conditions(c.no, seen)
	}
	return len(seen)
}

// covering selects some of too many variants of a resource:
//
//   - each combination of outcomes of the conditions of every single value, with all others true and with all others
//     false, so that a fault in one value is found with its condition, as is each pair of independent conditions;
//   - random ones;
//   - one in which no condition is decided. A fault of several values that the others miss is an undetermined check in it.
type covering struct {
	splitter
	choices  []choice
	groups   [][]variant // combinations of the conditions of one value, the others not decided
	all      []variant
	seen     map[diagram]bool
	exceeded error
}

func (c *covering) make() {
	start := c.leaves[0]
	for i := range c.choices {
		c.group(start, &c.choices[i])
	}
	slices.SortStableFunc(c.groups, func(a, b []variant) int { return len(a) - len(b) })
	for _, group := range c.groups {
		for _, v := range group {
			c.add(v, func() bool { return true })
			c.add(v, func() bool { return false })
		}
	}
	random := rand.New(rand.NewPCG(0, 0)) //nolint:gosec // the same variants in every run
	for range c.limit / shareOfRandom {
		c.add(start, func() bool { return random.IntN(2) == 0 })
	}
	c.imply(c.all, c.choices)
	start.isOpen = true
	c.all = append(c.all, start)
}

// group gathers the combinations for the values in a choice: together if there are not too many, else for each part.
func (c *covering) group(start variant, part *choice) {
	if leaves, ok := c.below(start, part); ok && (part.isJoint || len(leaves) <= c.limit) {
		c.groups = append(c.groups, leaves)
		return
	}
	if part.isJoint {
		c.exceeded = fmt.Errorf("%d combinations with a value that depends on %d conditions", maxVariants, conditions([]choice{*part}, map[string]bool{}))
	}
	for i := range part.parts {
		c.group(start, &part.parts[i])
	}
	if part.fork == nil {
		return
	}
	for _, o := range c.outcomes(start, part) {
		for i := range o.branch {
			c.group(start.in(o), &o.branch[i])
		}
		if len(o.branch) == 0 {
			c.groups = append(c.groups, []variant{start.in(o)})
		}
	}
}

// add adds a variant with all conditions decided that are open in it.
func (c *covering) add(v variant, choose func() bool) {
	if len(c.all) >= maxCovering {
		c.exceeded = fmt.Errorf("%d combinations with its %d conditions", maxCovering, conditions(c.choices, map[string]bool{}))
		return
	}
	v.literals = slices.Clip(v.literals)
	if v = c.decide(v, c.choices, choose); !c.seen[v.world] {
		c.seen[v.world] = true
		c.all = append(c.all, v)
	}
}

// decide decides the open conditions of a variant. The last come first: their variables follow in the diagrams, so that
// less is visited.
func (c *covering) decide(v variant, choices []choice, choose func() bool) variant {
	for i := range slices.Backward(choices) {
		part := &choices[i]
		if part.fork == nil {
			v = c.decide(v, part.parts, choose)
			continue
		}
		all := c.outcomes(v, part)
		o := all[0]
		if len(all) > 1 && !choose() {
			o = all[1]
		}
		v.world, v.literals = o.world, append(v.literals, o.literals...)
		v = c.decide(v, o.branch, choose)
	}
	return v
}
