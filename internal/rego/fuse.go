package rego

// Fuse makes fewer statements of a function, with the same results: a path of keys is one statement, and what only hands a
// value on becomes a part of the one that makes the value. OPA's planner writes each step by itself, so that half of the
// statements of a rule move values. The limit of statements counts those of the planner. constants are those that the operands
// name. It is for functions that are about to be listed.
func (f *Function) Fuse(constants []Value) {
	fu := fusing{constants: constants, mentions: map[int32]int{}, handed: map[int32]int{}}
	for _, p := range f.Params {
		fu.mentions[p]++
	}
	for _, b := range f.Blocks {
		fu.count(b)
	}
	for i := range f.Blocks {
		f.Blocks[i] = fu.block(f.Blocks[i])
	}
	f.renumber()
}

// assignments is how many statements assign the elements of a scan: the key and the value.
const assignments = 2

// fusing is the state of Fuse.
type fusing struct {
	constants []Value
	mentions  map[int32]int // how often statements name a local
	handed    map[int32]int // how often the next statement reads what one has set
}

// count counts how the locals are named in a block.
func (fu fusing) count(b Block) {
	for i := range b {
		s := &b[i]
		s.eachLocal(func(n *int32) { fu.mentions[*n]++ })
		if i+1 < len(b) && s.canMake() && b[i+1].A == Local(s.Target) {
			fu.handed[s.Target]++
		}
		if s.takes() {
			fu.handed[s.Key]++
			fu.handed[s.Target]++
		}
		for _, inner := range s.Blocks {
			fu.count(inner)
		}
	}
}

// takes reports whether the body of a scan first assigns the key and the value to other locals.
func (s *Statement) takes() bool {
	if s.Op != OpScan || len(s.Blocks[0]) < assignments {
		return false
	}
	key, value := &s.Blocks[0][0], &s.Blocks[0][1]
	return key.Op == OpAssign && value.Op == OpAssign && key.A == Local(s.Key) && value.A == Local(s.Target)
}

// isPassedOn reports whether a local has its values only for the next statement.
func (fu fusing) isPassedOn(local int32) bool { return fu.mentions[local] == 2*fu.handed[local] } //nolint:mnd // set and read

func (fu fusing) isFalse(o Operand) bool { return o < 0 && equal(fu.constants[^o], Bool(false)) }

func (fu fusing) block(b Block) Block {
	var out Block
	for _, s := range b {
		for i := range s.Blocks {
			s.Blocks[i] = fu.block(s.Blocks[i])
		}
		if s.Op == OpScan {
			fu.takeElements(&s)
		}
		if n := len(out); n == 0 || !fu.absorbs(&out[n-1], &s) {
			out = append(out, s)
		}
	}
	return out
}

// absorbs adds to a statement what the next one does with its result, and reports whether that is all that happens to the
// result.
func (fu fusing) absorbs(s, next *Statement) bool {
	isWhole := s.canMake() && !s.Assigns && !s.Tests
	if !isWhole || next.A != Local(s.Target) || !fu.isPassedOn(s.Target) {
		return false
	}
	switch {
	case next.Op == OpAssign:
		s.Target, s.Assigns = next.Target, true
	case next.Op == OpDot && s.Op == OpDot:
		s.Args = append(append(s.Args, next.B), next.Args...)
		s.Target = next.Target
	case next.Op == OpNotEqual && fu.isFalse(next.B):
		s.Tests = true
	default:
		return false
	}
	return true
}

// takeElements makes a scan assign its elements where its body does that first.
func (fu fusing) takeElements(s *Statement) {
	if body := s.Blocks[0]; s.takes() && fu.isPassedOn(s.Key) && fu.isPassedOn(s.Target) {
		s.Key, s.Target, s.Assigns = body[0].Target, body[1].Target, true
		s.Blocks[0] = body[assignments:]
	}
}

// eachLocal calls do for the locals that a statement names.
func (s *Statement) eachLocal(do func(n *int32)) {
	operand := func(o *Operand) {
		if *o >= 0 {
			n := int32(*o)
			do(&n)
			*o = Local(n)
		}
	}
	for _, field := range shapes[s.Op] {
		if n := s.number(field); n != nil && field != 'n' {
			do(n)
		}
		if o := s.operand(field); o != nil {
			operand(o)
		}
		if field == '*' {
			for i := range s.Args {
				operand(&s.Args[i])
			}
		}
	}
}

// renumber gives the locals that are left numbers without gaps.
func (f *Function) renumber() {
	numbers := map[int32]int32{}
	rename := func(n *int32) {
		number, ok := numbers[*n]
		if !ok {
			number = int32(len(numbers)) //nolint:gosec // a function has few
			numbers[*n] = number
		}
		*n = number
	}
	for i := range f.Params {
		rename(&f.Params[i])
	}
	f.each(func(s *Statement) { s.eachLocal(rename) })
	f.Locals = int32(len(numbers)) //nolint:gosec // a function has few
}
