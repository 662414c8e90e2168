package access

import (
	"fmt"
	"slices"
	"strings"
)

// side is where a node of a drawing is.
type side string

// Sides of a drawing.
const (
	sideCaller   side = "caller"
	sideFunction side = "function"
	sideAbility  side = "ability"
)

// node is a node of a drawing.
type node struct {
	id, label string
	side      side
	class     string // a Reach, or empty
	function  int    // index in Unit.Functions; -1: another node

	y, want float64 // see place
	edges   int
}

// drawn is an edge of a drawing, from the index of a node to that of another.
type drawn struct {
	from, to int
	class    string // a Reach, "can" for an ability, or "unknown"
	via      string // the kind and ID of the resource, or the actions
	details  string // how, and under which conditions
}

// drawing is the graph of a unit as nodes and edges: callers on the left, its functions in their order in the middle and their
// abilities on the right. Callers with the same text are one node.
type drawing struct {
	nodes []node
	edges []drawn
	index map[string]int // of callers
}

func (d *drawing) caller(label, class string) int {
	i, ok := d.index[label]
	if !ok {
		i = d.node(node{side: sideCaller, label: label, class: class})
		d.index[label] = i
	}
	return i
}

// node adds a node that stands for no function.
func (d *drawing) node(n node) int {
	n.id, n.function = fmt.Sprintf("n%d", len(d.nodes)), -1
	d.nodes = append(d.nodes, n)
	return len(d.nodes) - 1
}

// draw returns the drawing of a unit. Same is its sameRoles.
func draw(u *Unit, same []int) *drawing {
	d := &drawing{index: map[string]int{}}
	byID := map[string]int{}
	all := u.variants()
	for j, variants := range all {
		f := &u.Functions[variants[0]]
		d.nodes = append(d.nodes, node{id: fmt.Sprintf("f%d", variants[0]), side: sideFunction, label: u.label(variants), class: string(f.Reach), function: variants[0]})
		byID[f.ID] = j
	}
	for j, variants := range all {
		for _, c := range u.callersOf(variants) {
			d.invoked(&c, j, byID)
		}
		var fed []Feed
		for _, i := range variants {
			for _, feed := range u.Functions[i].Feeds {
				if to, ok := byID[feed.To]; ok && to != j && !slices.ContainsFunc(fed, func(o Feed) bool { return o.To == feed.To && o.Text == feed.Text }) {
					fed = append(fed, feed)
					d.edges = append(d.edges, drawn{from: j, to: to, class: string(Limited), via: feed.Text})
				}
			}
		}
		d.abilities(j, u.risks(variants, same))
	}
	if len(u.Every) > 0 {
		every := d.node(node{side: sideFunction, label: "every function"})
		for k := range u.Every {
			d.invoked(&u.Every[k], every, byID)
		}
	}
	return d
}

// invoked adds the edges of a caller of a function.
func (d *drawing) invoked(c *Caller, to int, byID map[string]int) {
	via := string(c.Kind) + " " + c.Via
	if len(c.Functions) > 0 {
		for _, id := range c.Functions {
			if from, ok := byID[id]; ok && from != to {
				d.edges = append(d.edges, drawn{from: from, to: to, class: string(c.Reach), via: via})
			}
		}
		return
	}
	class := ""
	if c.Reach == Public || c.Reach == CrossAccount {
		class = string(c.Reach)
	}
	d.edges = append(d.edges, drawn{from: d.caller(principal(c), class), to: to, class: string(c.Reach), via: via, details: details(c)})
}

// abilities adds a node with the abilities of a function.
func (d *drawing) abilities(at int, risks []Risk) {
	var can, how []string
	certainty := No
	for _, risk := range risks {
		if risk.Certainty.rank() < certainty.rank() {
			certainty = risk.Certainty
		}
		can, how = add(can, ability(risk.Kind)+risk.Certainty.suffix()), add(how, listed(risk.Details, maxActions))
	}
	if len(can) == 0 {
		return
	}
	class := "can"
	if certainty == Maybe {
		class = string(Unknown)
	}
	to := d.node(node{side: sideAbility, label: strings.Join(can, ", ")})
	d.edges = append(d.edges, drawn{from: at, to: to, class: class, via: strings.Join(how, "; ")})
}

// risks returns the abilities of the roles of the variants of a function, the worst first. Same is Unit.sameRoles.
func (u *Unit) risks(variants, same []int) []Risk {
	var roles []int
	for _, i := range variants {
		roles = append(roles, u.Functions[i].Roles...)
	}
	found := findings{}
	for _, r := range rolesAs(roles, same) {
		for _, risk := range u.Roles[r].Risks {
			for _, detail := range risk.Details {
				found.note(risk.Kind, risk.Certainty, detail)
			}
			if risk.Kind == Admin && risk.Certainty == Yes {
				break // every other ability follows
			}
		}
	}
	return found.inOrder()
}
