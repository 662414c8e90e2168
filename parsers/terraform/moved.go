package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"lintel/internal/address"
)

// moves returns the moves that a module declares, as addresses from the root. An invalid address
// is skipped: Terraform refuses it.
func (m *instance) moves() []address.Move {
	var moves []address.Move
	for _, b := range m.config.moved {
		from, to := addressOf(b.body.get("from")), addressOf(b.body.get("to"))
		if from != "" && to != "" {
			moves = append(moves, address.Move{From: m.address + from, To: m.address + to})
		}
	}
	return moves
}

// addressOf is the address that an expression names; empty: it names none.
func addressOf(a *attribute) string {
	if a == nil {
		return ""
	}
	traversal, diagnostics := hcl.AbsTraversalForExpr(a.expr)
	if diagnostics.HasErrors() {
		return ""
	}
	var address strings.Builder
	for _, step := range traversal {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			address.WriteString(s.Name)
		case hcl.TraverseAttr:
			address.WriteString("." + s.Name)
		case hcl.TraverseIndex:
			address.WriteString(key{value: s.Key}.suffix())
		default:
			return ""
		}
	}
	return address.String()
}
