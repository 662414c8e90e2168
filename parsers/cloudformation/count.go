package cloudformation

import (
	"lintel/internal/model"
	"lintel/internal/source"
)

// resourceVariants are the variants of a resource.
type resourceVariants struct {
	*builder
	expandedField

	format    model.Format
	kind      string
	condition string // that the resource itself depends on; empty: none
	body      *node
	variants  []variant
}

// find finds the variants: a covering if they exceed a limit.
func (r *resourceVariants) find(limit int) {
	r.variants = r.in.variants(r.key, r.condition, r.keyAt, limit, r.body)
}

// weight returns how much the variants count.
func (r *resourceVariants) weight() int {
	if r.format == model.SAM {
		return weightOfSAM * len(r.variants)
	}
	return len(r.variants)
}

// add adds the resource in its variants.
func (r *resourceVariants) add() {
	for _, v := range r.variants {
		v.of = r.pending.counts[r.id()]
		r.variant(r.format, r.expandedField, v, r.body, r.kind, r.condition)
	}
}

func (r *resourceVariants) id() string { return r.prefix + r.key }

// count counts the variants of all resources. If they are many, those with the most get a covering.
func (p *pending) count() {
	total := 0
	for _, r := range p.resources {
		total += r.weight()
	}
	for limit := maxVariants / 2; total > manyVariants && limit >= minVariants; limit /= 2 {
		for _, r := range p.resources {
			total -= r.weight()
			r.cover(limit)
			total += r.weight()
		}
	}
	total = 0
	for _, r := range p.resources {
		before := total
		if total += r.weight(); total <= maxAllVariants {
			r.number()
			continue
		}
		if r.variants = nil; before <= maxAllVariants {
			r.problem(r.keyAt, "the template exceeds the limit of %d variants of its resources; %s and what follows is not checked", maxAllVariants, r.id())
		}
	}
}

// cover makes the variants a covering if they exceed a limit, and the covering is smaller.
func (r *resourceVariants) cover(limit int) {
	all := r.variants
	if len(all) <= limit {
		return
	}
	if r.find(limit); len(r.variants) > len(all) {
		r.variants = all
	}
}

// number makes known which variants there are, so that each says what tells it from the others.
func (r *resourceVariants) number() {
	p, id := r.pending, r.id()
	r.spendGlobals(r.kind, len(r.variants))
	p.counts[id] += len(r.variants)
	if p.variants[id] == nil {
		p.variants[id] = &source.Variants{}
	}
	for i, v := range r.variants {
		if v.isOpen {
			r.variants[i].when = p.variants[id].Open(v.literals...)
		} else {
			r.variants[i].when = p.variants[id].Add(v.literals...)
		}
	}
}
