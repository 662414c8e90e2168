// Package address parses addresses of resources and modules in Terraform.
package address

import (
	"slices"
	"strings"
)

// Move is a moved block: the former and current address of a resource or module
// (https://developer.hashicorp.com/terraform/language/modules/develop/refactoring).
type Move struct{ From, To string }

// Oldest returns the address before all moves. It follows a cycle of moves once.
func Oldest(moves []Move, address string) string {
	for range moves {
		before := address
		for _, m := range moves {
			if older, ok := m.before(address); ok {
				address = older
				break
			}
		}
		if address == before {
			break
		}
	}
	return address
}

// before returns the address before the move. It is false for an address that the move does not affect.
func (m Move) before(address string) (string, bool) {
	from, to, steps := split(m.From), split(m.To), split(address)
	if len(to) == 0 || len(from) == 0 || len(steps) < len(to) {
		return "", false
	}
	whole := key(from[len(from)-1]) == "" && key(to[len(to)-1]) == "" // all instances keep their keys
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
