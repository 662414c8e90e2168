package model

import "sync"

// members makes objects in blocks.
type members struct {
	block []Member // the last one that was made
	free  []Member // part of it that is not used yet
}

// blockOfMembers is the number of members that are made at once.
const blockOfMembers = 512

// usedMembers are the blocks of stacks that were encoded before.
var usedMembers = sync.Pool{New: func() any { return &members{} }} //nolint:gochecknoglobals // they are empty

// object returns an empty object with room for n members.
func (m *members) object(n int) Object {
	if n > len(m.free) {
		m.block = make([]Member, max(blockOfMembers, n))
		m.free = m.block
	}
	room := m.free[:0:n]
	m.free = m.free[n:]
	return room
}

// clear makes room: no object that was made is in use.
func (m *members) clear() {
	clear(m.block[:len(m.block)-len(m.free)])
	m.free = m.block
}
