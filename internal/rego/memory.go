package rego

// blocks makes values and composites in blocks, which are used again: to make them one by one takes a tenth of the time of an
// evaluation, and half of that to collect them.
type blocks struct {
	values     block[Value]
	composites block[composite]
}

// The numbers of values and of composites that are made at once, and of blocks that are kept.
const (
	blockOfValues     = 256
	blockOfComposites = 128
	maxBlocks         = 64
)

// composite returns a new composite.
func (b *blocks) composite() *composite { return &b.composites.take(1, blockOfComposites)[0] }

// room returns room for n values.
func (b *blocks) room(n int) []Value {
	if n > blockOfValues/4 { //nolint:mnd // the rest of a block is lost
		return make([]Value, n)
	}
	return b.values.take(n, blockOfValues)
}

// reset makes room: nothing that was made is in use.
func (b *blocks) reset() {
	b.values.reset()
	b.composites.reset()
}

// block hands out parts of blocks.
type block[T any] struct {
	made [][]T
	used int // number of them of which parts were handed out, the last one without free
	free []T // rest of the last one
}

// take returns n zero elements, which are at most size.
func (b *block[T]) take(n, size int) []T {
	if n > len(b.free) {
		if b.used == len(b.made) {
			b.made = append(b.made, make([]T, size))
		}
		b.free = b.made[b.used]
		b.used++
	}
	taken := b.free[:n:n]
	b.free = b.free[n:]
	return taken
}

func (b *block[T]) reset() {
	if len(b.made) > maxBlocks {
		clear(b.made[maxBlocks:])
		b.made = b.made[:maxBlocks]
	}
	for _, used := range b.made[:min(b.used, len(b.made))] {
		clear(used)
	}
	b.used, b.free = 0, nil
}

// memory is what an evaluation needs and the next one uses again.
type memory struct {
	blocks
	stack  []Value
	memos  []memo  // of rules that were asked
	memoOf []int32 // 1 + positions in memos, by the numbers of the functions; 0: not asked yet
	calls  map[call]memo
}

// memory returns memory for an evaluation.
func (p *Program) memory() *memory {
	if used, ok := p.memories.Get().(*memory); ok {
		return used
	}
	return &memory{stack: make([]Value, 0, minStack), calls: map[call]memo{}}
}

// Release ends an evaluation and its answers.
func (e *Evaluation) Release() {
	if e.memory == nil {
		return
	}
	m := e.memory
	e.memory = nil
	clear(m.memos)
	clear(m.memoOf)
	clear(m.calls)
	m.reset()
	clear(m.stack[:cap(m.stack)])
	m.memos, m.stack = m.memos[:0], m.stack[:0]
	e.program.memories.Put(m)
}

// keep keeps what a rule has answered.
func (m *memory) keep(f *Function, answer memo) {
	if missing := int(f.number) + 1 - len(m.memoOf); missing > 0 {
		m.memoOf = append(m.memoOf, make([]int32, missing)...)
	}
	m.memos = append(m.memos, answer)
	m.memoOf[f.number] = int32(len(m.memos)) //nolint:gosec // rules are few
}

// asked returns what a rule has answered before; nil: it has not been asked.
func (m *memory) asked(f *Function) *memo {
	if int(f.number) < len(m.memoOf) && m.memoOf[f.number] > 0 {
		return &m.memos[m.memoOf[f.number]-1]
	}
	return nil
}

// newSet and the others return what a statement makes.
func (e *Evaluation) newSet() Value {
	c := e.made()
	return Value{kind: set, c: c}
}

func (e *Evaluation) newArray(n int32) Value {
	c := e.made()
	c.items = e.roomFor(int(n))[:0]
	return Value{kind: array, c: c}
}

func (e *Evaluation) newObject() Value {
	c := e.made()
	c.keys, c.items = e.roomFor(sizeOfAnObject)[:0], e.roomFor(sizeOfAnObject)[:0]
	return Value{kind: object, c: c}
}

func (e *Evaluation) made() *composite {
	if e.lasting {
		return &composite{doubts: e.doubts}
	}
	c := e.composite()
	c.doubts = e.doubts
	return c
}

func (e *Evaluation) roomFor(n int) []Value {
	if e.lasting {
		return make([]Value, n)
	}
	return e.room(n)
}
