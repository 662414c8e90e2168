package rego

import "slices"

// layout is the names of the members of objects. Objects of one kind share it.
type layout struct {
	names []string
	open  bool    // one of them is "unknown"
	slots []uint8 // 1 + positions of names, by their marks; 0: none. Their number is a power of two; nil: few or very many names
}

const (
	fewNames  = 4   // are compared one after the other
	manyNames = 255 // are, too: an object of a template, not of the model
)

func layoutOf(names []string) *layout {
	s := &layout{names: names, open: slices.Contains(names, "unknown")}
	if len(names) <= fewNames || len(names) > manyNames {
		return s
	}
	size := 16
	for size < 2*len(names) {
		size *= 2
	}
	s.slots = make([]uint8, size)
	for i, name := range names {
		*s.slot(name) = uint8(i + 1) //nolint:gosec // at most manyNames
	}
	return s
}

// slot returns the slot of a name, or the empty one where it would be. At least half of the slots are empty.
func (s *layout) slot(name string) *uint8 {
	for i := markOf(name); ; i++ {
		slot := &s.slots[int(i)&(len(s.slots)-1)]
		if *slot == 0 || s.names[*slot-1] == name {
			return slot
		}
	}
}

// markOf returns a number that tells most names of the model apart.
func markOf(name string) uint32 {
	n := len(name)
	if n == 0 {
		return 0
	}
	mark := uint32(n) + uint32(name[0])<<8 + uint32(name[n/2])<<16 + uint32(name[n-1])<<24
	mark *= 0x9e3779b1 // spreads all bits to the upper ones
	return mark >> 20  //nolint:mnd // more bits than there are slots
}

// find returns the position of a name, -1 where there is none. Of a name that is there twice the last counts.
func (s *layout) find(name string) int {
	if s.slots != nil {
		return int(*s.slot(name)) - 1
	}
	for i := len(s.names) - 1; i >= 0; i-- { //nolint:modernize // an iterator takes longer
		if s.names[i] == name {
			return i
		}
	}
	return -1
}
