package rego

import (
	"cmp"
	"context"
)

// certain executes a block where nothing is in doubt: the question is what is. Most statements are done in place. It counts
// them as run does, because what a function took may be part of a question about what may be.
func (e *Evaluation) certain(b Block, frame []Value) outcome { //nolint:cyclop // one case a statement
	for i := range b {
		s := &b[i]
		e.steps++
		if e.looks++; e.looks%stepsPerLook == 0 && e.isLate() {
			return e.fail(context.Cause(e.ctx))
		}
		o := through
		switch s.Op {
		case OpDot:
			o = e.dot(s, frame)
		case OpScan:
			o = e.certainTurns(s, frame)
		case OpEqual:
			o = defined(e.same(frame, s))
		case OpNotEqual:
			o = defined(!e.same(frame, s))
		case OpAssign:
			frame[s.Target] = *e.operand(frame, s.A)
		case OpReset:
			frame[s.Target] = Value{}
		case OpIsDefined:
			o = defined(e.operand(frame, s.A).kind != undefined)
		case OpIsUndefined:
			o = defined(e.operand(frame, s.A).kind == undefined)
		case OpBlock:
			o = e.certainBlocks(s.Blocks, frame)
		case OpNot:
			o = negated(e.certain(s.Blocks[0], frame))
		default:
			o = e.step(s, frame)
		}
		if o != through {
			return o
		}
		if (s.Assigns || s.Tests) && s.Op != OpScan {
			e.steps++
			if v := &frame[s.Target]; s.Tests && v.kind == boolean && v.n == 0 {
				return left
			}
		}
	}
	return through
}

// operand returns an operand in place.
func (e *Evaluation) operand(frame []Value, o Operand) *Value {
	if o < 0 {
		return &e.constants[^o]
	}
	return &frame[o]
}

func (e *Evaluation) dot(s *Statement, frame []Value) outcome {
	v := e.member(e.operand(frame, s.A), e.operand(frame, s.B))
	for _, o := range s.Args {
		if v == nil || v.kind == undefined {
			return left
		}
		e.steps++
		v = e.member(v, e.operand(frame, o))
	}
	if v == nil || v.kind == undefined {
		return left
	}
	frame[s.Target] = *v
	return through
}

// member returns the element of a composite for a key; nil: there is none.
func (e *Evaluation) member(v, key *Value) *Value {
	if v.isOpen() && v.c.layout != nil && v.c.layout.open && key.s != "at" && key.s != "id" {
		e.touched = true
	}
	return v.at(key)
}

// same compares the operands of a statement.
func (e *Evaluation) same(frame []Value, s *Statement) bool {
	a, b := e.operand(frame, s.A), e.operand(frame, s.B)
	e.touches(a)
	e.touches(b)
	return same(a, b)
}

// touches notes that the result of a statement depends on all of a value.
func (e *Evaluation) touches(v *Value) { e.touched = e.touched || v.isOpen() }

// certainBlocks runs blocks in their order. One that is left is followed by the next.
func (e *Evaluation) certainBlocks(blocks []Block, frame []Value) outcome {
	for _, b := range blocks {
		switch o := e.certain(b, frame); {
		case o == returned || o == failed:
			return o
		case o > left:
			return o - 1
		}
	}
	return through
}

// negated is how a negation goes on after its block.
func negated(o outcome) outcome {
	switch {
	case o == returned || o == failed:
		return o
	case o == through:
		return left
	case o > left:
		return o - 1
	}
	return through
}

// certainTurns runs the body of a scan for each element.
func (e *Evaluation) certainTurns(s *Statement, frame []Value) outcome {
	source := *e.operand(frame, s.A)
	if source.c == nil {
		return left
	}
	if source.kind == object {
		e.touches(&source)
	}
	for i := range source.c.length(source.kind) {
		source.element(i, &frame[s.Key], &frame[s.Target])
		if s.Assigns {
			e.steps += assignments
		}
		switch o := e.certain(s.Blocks[0], frame); {
		case o == returned || o == failed:
			return o
		case o < scanDepth: // through, left, or on with the loop
		case o == scanDepth:
			return through
		default:
			return o - scanDepth - 1
		}
	}
	return through
}

// certainBuiltin calls a built-in function with known arguments. If it does not accept them, it is a fault.
func (e *Evaluation) certainBuiltin(s *Statement, frame []Value, args []Value) outcome {
	for i := range args {
		e.touches(&args[i])
	}
	v := s.builtin(e.program, args)
	if v.kind == undefined {
		e.fault = cmp.Or(e.fault, &Fault{Builtin: builtins[s.N].name})
		return left
	}
	e.write(frame, s.Target, v)
	return through
}
