// Package address parses addresses of resources and modules in Terraform.
package address

import (
	"cmp"
	"slices"
	"strings"
)

// Move is a moved block: the former and current address of a resource or module
// (https://developer.hashicorp.com/terraform/language/modules/develop/refactoring).
type Move struct{ From, To string }

// maxMoves is the number of moves of one address that are followed. It ends cycles, and moves that make an address longer
// and longer.
const maxMoves = 100

// History is what the moved blocks of a configuration tell about former addresses. The zero History tells nothing.
type History struct {
	moves []Move
	root  *current
}

// current is a step of the current addresses of moves.
type current struct {
	next map[string]*current

	any   int // 1 + position of the first move whose address ends here; 0: none does
	whole int // the same, of those that move all instances
}

// NewHistory returns the history that moves describe. Of several that affect an address, the first one counts.
func NewHistory(moves []Move) History {
	h := History{moves, &current{}}
	for i, m := range moves {
		at := h.root
		for _, step := range split(m.To) {
			if at.next == nil {
				at.next = map[string]*current{}
			}
			if at.next[step] == nil {
				at.next[step] = &current{}
			}
			at = at.next[step]
		}
		at.any = cmp.Or(at.any, i+1)
		if m.isWhole() {
			at.whole = cmp.Or(at.whole, i+1)
		}
	}
	return h
}

// Oldest returns the address before all moves.
func (h History) Oldest(address string) string {
	if len(h.moves) == 0 {
		return address
	}
	for range min(len(h.moves), maxMoves) {
		m, ok := h.last(split(address))
		if !ok {
			break
		}
		older, ok := m.before(address)
		if !ok || older == address {
			break
		}
		address = older
	}
	return address
}

// last returns the move that has led to an address.
func (h History) last(steps []string) (m Move, ok bool) {
	first := len(h.moves) + 1
	reached := []*current{h.root}
	for _, step := range steps {
		var next []*current
		for _, from := range reached {
			if exact := from.next[step]; exact != nil {
				first, next = earlier(first, exact.any), append(next, exact)
			}
			if bare := name(step); bare != step && from.next[bare] != nil {
				all := from.next[bare]
				first, next = earlier(first, all.whole), append(next, all)
			}
		}
		reached = next
	}
	if first > len(h.moves) {
		return m, false
	}
	return h.moves[first-1], true
}

// earlier returns the smaller of two positions; 0 is none.
func earlier(a, b int) int {
	if b == 0 {
		return a
	}
	return min(a, b)
}

// isWhole reports whether all instances keep their keys.
func (m Move) isWhole() bool {
	from, to := split(m.From), split(m.To)
	return key(from[len(from)-1]) == "" && key(to[len(to)-1]) == ""
}

// before returns the address before the move. It is false for an address that the move does not affect.
func (m Move) before(address string) (string, bool) {
	from, to, steps := split(m.From), split(m.To), split(address)
	if len(to) == 0 || len(from) == 0 || len(steps) < len(to) {
		return "", false
	}
	whole := m.isWhole()
	if !leadsTo(to, steps, whole) {
		return "", false
	}
	from = slices.Clone(from)
	for i := range min(len(from), len(to)) - 1 {
		if from[i] == to[i] {
			from[i] = steps[i] // the same module instance
		}
	}
	if whole {
		from[len(from)-1] += key(steps[len(to)-1])
	}
	return strings.Join(append(from, steps[len(to):]...), "."), true
}

// leadsTo reports whether the steps of a move are a prefix of those of an address. If whole is true, its last step
// matches all instances.
func leadsTo(to, steps []string, whole bool) bool {
	for i, step := range to {
		last := i == len(to)-1
		if step != steps[i] && (step != name(steps[i]) || last && !whole) {
			return false
		}
	}
	return true
}

// name returns a step without its key; key returns the key.
func name(step string) string { return strings.TrimSuffix(step, key(step)) }

func key(step string) string {
	if i := strings.IndexByte(step, '['); i >= 0 {
		return step[i:]
	}
	return ""
}

// split splits an address at dots outside of keys.
func split(address string) []string {
	var steps []string
	start, quoted := 0, false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			steps = append(steps, address[start:i])
			start = i + 1
		}
	}
	return append(steps, address[start:])
}
