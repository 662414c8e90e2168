package rego

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"lintel/internal/cputime"
)

// Evaluation asks a program about one input. The results of rules are kept, so that what several
// rules ask is worked out once. It is for one goroutine.
type Evaluation struct {
	program *Program
	input   Value
	may     bool // what may be, not what is

	known   *Evaluation // the question what is, for one what may be; nil: its answers are not used
	touched bool        // whether the answer to what is may be another if something unknown is known

	*memory
	lasting   bool                // what is made stays for the results of the run, so it is not part of a block
	constants []Value             // of the function that is running
	args      [maxArguments]Value // of the built-in function that is called
	depth     int
	path             // to the present statement
	jump      jump   // from the block in which the present statement is
	skipped   int32  // the node on which it depends whether the block that was left last ends with a break; 0: on none
	result    Value  // of the function that has returned last
	fault     *Fault // first one of the running function and of what it calls
	err       error

	steps int             // statements of the question, as if no result were remembered and none were fused
	looks int             // statements that were executed
	ctx   context.Context //nolint:containedctx // of the question that is being answered
	stop  func()          // ends the timer of the question; nil: none runs

	limit   time.Duration // of a question; 0: none
	tooLong error         // for a question that exceeds it

	most  int  // statements that the question may take, if it asks what may be
	spare *int // statements that all such questions may take above maxStepsOfMay; nil: none
}

// path is the way to a statement, as far as it depends on unknown nodes whether it is taken.
type path struct {
	doubt   int32 // the first node that it depends on; see Value
	doubts  int32 // on how many it depends
	outside int32 // within a negation: what the path to it depends on, and with it the locals that are set before
}

// Fault is the error of a built-in function that does not accept its arguments, such as an invalid pattern. It contains no
// arguments, because they may be secrets.
type Fault struct {
	Builtin  string
	Function string // function or rule that calls it
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s in %s does not accept its arguments", f.Builtin, f.Function)
}

// Evaluate prepares questions about an input. [Evaluation.Release] ends them.
func (p *Program) Evaluate(input Value) *Evaluation {
	return &Evaluation{program: p, memory: p.memory(), input: input}
}

// May prepares questions about what the program may return when each unknown node of the input takes
// any value.
func (p *Program) May(input Value) *Evaluation {
	e := p.Evaluate(input)
	e.may = true
	return e
}

// Knowing gives a question what may be the answers to the question what is, about the same input before [MayBe]. It uses
// those that depend on nothing unknown.
func (e *Evaluation) Knowing(known *Evaluation) { e.known = known }

// Touched reports whether the last answer to the question what is may be another if something unknown is known. If it cannot, it
// is the answer to what may be, too.
func (e *Evaluation) Touched() bool { return e.touched }

// Limit limits the time of each question. The timer starts with a thousand statements: most questions are answered before.
func (e *Evaluation) Limit(limit time.Duration, tooLong error) {
	e.limit, e.tooLong = limit, tooLong
}

// Spare gives questions about what may be statements above the limit of each. All evaluations with the same spare share
// them, so that a few large questions are answered and many do not take long.
func (e *Evaluation) Spare(statements *int) { e.spare = statements }

const (
	maxDepth       = 500     // calls within calls; rules have no recursion
	stepsPerLook   = 1 << 10 // how often the context is asked, in statements
	sizeOfAnObject = 4       // what most objects have room for from the start
	minStack       = 256     // locals
	maxStepsOfMay  = 1 << 18 // statements of one question about what may be, without spare ones
	maxSpareOfMay  = 1 << 22 // spare statements of one question
)

// ErrOpen is what a question may come to that asks what may be: there are too many possibilities.
var ErrOpen = errors.New("there are too many possibilities")

var errDepth = errors.New("calls are nested too deeply")

// Rule returns the value of a rule, undefined if it has none. If a built-in function fails, the expression is undefined and the
// error is a *Fault; the value is what the other expressions give. With any other error there is no value.
func (e *Evaluation) Rule(ctx context.Context, name string) (Value, error) {
	f, err := e.program.function(name)
	if err != nil {
		return Value{}, err
	}
	if len(f.Params) != documents {
		return Value{}, fmt.Errorf("%s is a function, not a rule", name)
	}
	e.ctx, e.err, e.fault, e.path, e.depth, e.steps = ctx, nil, nil, path{}, 0, 0
	e.touched, e.looks = false, 0
	e.most = maxStepsOfMay
	if e.spare != nil {
		e.most += min(*e.spare, maxSpareOfMay)
	}
	value := e.call(f, nil, nil)
	e.stack = e.stack[:0]
	if e.stop != nil {
		e.stop()
		e.stop = nil
	}
	if e.spare != nil {
		*e.spare -= min(*e.spare, max(0, e.steps-maxStepsOfMay))
	}
	if e.err == nil && e.fault != nil {
		return value, e.fault
	}
	return value, e.err
}

// outcome is how a block ended.
type outcome int32

const (
	through  outcome = -1 // all statements have a result
	left     outcome = 0  // one has none: the block is left; n above 0: as many blocks around it, too
	returned outcome = -2 // the function has returned
	failed   outcome = -3 // the evaluation has failed
	over     outcome = -4 // of a turn of a scan: no other follows
)

// evaluate runs a function.
func (e *Evaluation) evaluate(f *Function, args []Operand, caller []Value) Value {
	if e.depth++; e.depth > maxDepth {
		e.fail(errDepth)
		return Value{}
	}
	base := len(e.stack)
	top := base + int(f.Locals)
	if top > cap(e.stack) { // frames of callers keep the old array
		e.stack = make([]Value, base, 2*top+minStack)
	}
	e.stack = e.stack[:top]
	frame := e.stack[base:top:top]
	clear(frame)
	frame[f.Params[0]] = e.input // the second is the data, which is among the constants: Program.insertData
	for j, param := range f.Params[documents:] {
		frame[param] = e.read(caller, args[documents+j])
	}
	before, constants, outer := e.path, e.constants, e.fault
	e.path, e.constants, e.fault = path{}, f.constants, nil
	value := e.body(f, frame)
	inner := e.fault
	e.path, e.constants, e.fault = before, constants, cmp.Or(outer, inner)
	if inner != nil && inner.Function == "" {
		inner.Function = f.Name
	}
	e.stack, e.depth = e.stack[:base], e.depth-1
	return value
}

// body runs the blocks of a function until one returns.
func (e *Evaluation) body(f *Function, frame []Value) Value {
	for _, b := range f.Blocks {
		switch e.run(b, frame) {
		case returned:
			return e.result
		case failed:
			return Value{}
		default: // the next block may return
		}
		e.path, e.skipped = path{}, 0
	}
	return Value{}
}

func (e *Evaluation) fail(err error) outcome {
	if e.err == nil {
		e.err = err
	}
	return failed
}

// peek returns an operand as it is.
func (e *Evaluation) peek(frame []Value, o Operand) Value {
	if o < 0 {
		return e.constants[^o]
	}
	return frame[o]
}

// read returns an operand. If it is in doubt whether the value is there, the rest of the block is in
// doubt instead of the value.
func (e *Evaluation) read(frame []Value, o Operand) Value {
	if o < 0 {
		return e.constants[^o]
	}
	v := frame[o]
	if v.doubt != e.doubt && v.doubt != e.outside { // else the path depends on the same
		e.doubtful(v.doubt)
	}
	v.doubt = 0
	return v
}

// write sets a local.
func (e *Evaluation) write(frame []Value, target int32, v Value) {
	v.doubt = e.doubt
	frame[target] = v
}

// assign sets a local that has been reset. It is in doubt whether it has a value if the path from there is and the local
// had none.
func (e *Evaluation) assign(frame []Value, target int32, v Value) {
	before := frame[target]
	e.write(frame, target, v)
	hasValue := before.kind != undefined && before.doubt == 0
	if hasValue || before.kind == undefined && before.n == int64(e.doubts) {
		frame[target].doubt = 0
	}
}

// run executes a block.
func (e *Evaluation) run(b Block, frame []Value) outcome {
	if !e.may {
		return e.certain(b, frame)
	}
	var before jump
	for i := range b {
		if e.steps++; e.isOver() {
			return e.fail(ErrOpen)
		}
		if e.looks++; e.looks%stepsPerLook == 0 && e.isLate() {
			return e.fail(context.Cause(e.ctx))
		}
		s := &b[i]
		var o outcome
		if s.Assigns || s.Tests {
			o = e.fused(s, frame)
		} else {
			o = e.step(s, frame)
		}
		before = e.nearest(before)
		if o != through {
			return e.leave(o, before)
		}
	}
	return through
}

// nearest returns the nearer of a jump and that which the last statement may have made.
func (e *Evaluation) nearest(before jump) jump {
	made := e.jump
	e.jump = jump{}
	if made.cause == 0 || before.cause != 0 && before.to <= made.to {
		return before
	}
	return made
}

// leave returns how a block is left that a jump may have left before: the jump may lead to statements that a break skips.
func (e *Evaluation) leave(o outcome, before jump) outcome {
	if before.cause == 0 || o <= before.to || o <= left {
		return o
	}
	e.skipped = before.cause
	return before.to
}

// fused executes a statement and what Fuse has added to it.
func (e *Evaluation) fused(s *Statement, frame []Value) outcome {
	before := frame[s.Target]
	o := e.step(s, frame)
	if o != through || s.Op == OpScan { // a scan assigns at each turn
		return o
	}
	e.steps++
	v := e.read(frame, Local(s.Target))
	if s.Tests {
		return e.compared(v, Bool(false), false)
	}
	frame[s.Target] = before
	e.assign(frame, s.Target, v)
	return o
}

// isLate reports whether the time for the question is over.
func (e *Evaluation) isLate() bool {
	if e.limit > 0 && e.stop == nil {
		e.ctx, e.stop = cputime.WithLimit(e.ctx, e.limit, e.tooLong)
	}
	return e.ctx.Err() != nil
}

// isOver reports whether a question what may be has taken more statements than it may.
func (e *Evaluation) isOver() bool { return e.may && e.steps > e.most }

// defined is how a statement goes on that has a result or has none.
func defined(ok bool) outcome {
	if ok {
		return through
	}
	return left
}

// step executes a statement.
func (e *Evaluation) step(s *Statement, frame []Value) outcome { //nolint:cyclop,funlen,gocyclo // one case a statement
	switch s.Op {
	case OpReturn:
		e.result = e.peek(frame, s.A)
		if e.doubt != 0 && e.result.doubt == 0 {
			e.result.doubt = e.doubt
		}
		return returned
	case OpCall:
		v := e.call(s.callee, s.Args, frame)
		if e.err != nil {
			return failed
		}
		return e.set(frame, s.Target, v)
	case OpBuiltin:
		return e.builtin(s, frame)
	case OpBlock:
		return e.inner(s.Blocks, frame)
	case OpBreak:
		return outcome(s.N)
	case OpDot:
		return e.maybeDot(s, frame, e.read(frame, s.A), e.read(frame, s.B))
	case OpLen:
		return e.length(s, frame)
	case OpScan:
		return e.scan(s, frame)
	case OpNot:
		return e.not(s, frame)
	case OpAssign:
		e.assign(frame, s.Target, e.read(frame, s.A))
	case OpAssignOnce:
		return e.assignOnce(s, frame)
	case OpReset:
		frame[s.Target] = Value{n: int64(e.doubts)} // undefined
	case OpMakeArray:
		e.write(frame, s.Target, e.newArray(s.N))
	case OpMakeObject:
		e.write(frame, s.Target, e.newObject())
	case OpMakeSet:
		e.write(frame, s.Target, e.newSet())
	case OpEqual:
		return e.equal(s, frame, true)
	case OpNotEqual:
		return e.equal(s, frame, false)
	case OpIsArray:
		return e.is(e.read(frame, s.A), array)
	case OpIsObject:
		return e.is(e.read(frame, s.A), object)
	case OpIsSet:
		return e.is(e.read(frame, s.A), set)
	case OpIsDefined:
		return defined(e.read(frame, s.A).kind != undefined)
	case OpIsUndefined:
		return e.isUndefined(e.peek(frame, s.A))
	case OpAppend, OpAdd:
		e.add(frame, s)
	case OpInsert:
		return e.insert(s, frame)
	}
	return through
}

// set keeps the result of a call.
func (e *Evaluation) set(frame []Value, target int32, v Value) outcome {
	if v.kind == undefined {
		return left
	}
	e.doubtful(v.doubt)
	e.write(frame, target, v)
	return through
}

// inner runs blocks in their order. One that is left is followed by the next.
func (e *Evaluation) inner(blocks []Block, frame []Value) outcome {
	for _, b := range blocks {
		before := e.path
		o := e.run(b, frame)
		skipped := e.skipped
		e.skipped = 0
		switch {
		case o == returned || o == failed:
			return o
		case o > left:
			if e.doubts == before.doubts {
				return o - 1
			}
			// The break may not be reached, so the skipped statements count, too.
			if e.jump.cause == 0 || o-1 < e.jump.to {
				e.jump = jump{o - 1, e.doubt}
			}
		}
		e.path = before
		if skipped != 0 {
			e.doubtful(skipped)
		}
	}
	return through
}

// jump is a break that may be reached.
type jump struct {
	to    outcome
	cause int32 // the node on which that depends; 0: there is none
}

func (e *Evaluation) not(s *Statement, frame []Value) outcome {
	before := e.path
	e.path = path{outside: cmp.Or(before.doubt, before.outside)}
	o := e.run(s.Blocks[0], frame)
	inside, skipped := e.doubt, e.skipped
	e.path, e.skipped = before, 0
	e.doubtful(skipped)
	switch {
	case o == returned || o == failed:
		return o
	case o == through && inside == 0:
		return left
	case o == through:
		e.doubtful(inside)
	case o > left:
		return o - 1
	}
	return through
}

func (e *Evaluation) length(s *Statement, frame []Value) outcome {
	switch source := e.read(frame, s.A); {
	case source.kind == unknown:
		e.write(frame, s.Target, source)
	case source.kind == text:
		e.write(frame, s.Target, Int(len([]rune(source.s))))
	case source.c == nil:
		return left
	default:
		e.write(frame, s.Target, Int(source.c.length(source.kind)))
	}
	return through
}

func (e *Evaluation) equal(s *Statement, frame []Value, want bool) outcome {
	return e.compared(e.read(frame, s.A), e.read(frame, s.B), want)
}

// compared goes on if it is as wanted whether two values are equal.
func (e *Evaluation) compared(a, b Value, want bool) outcome {
	answer, cause := maybeEqual(a, b)
	if cause != 0 {
		return e.doubtful(cause)
	}
	return defined(answer == want)
}

func (e *Evaluation) is(v Value, k kind) outcome {
	if v.kind == unknown {
		return e.doubtful(int32(v.n))
	}
	return defined(v.kind == k)
}

func (e *Evaluation) isUndefined(v Value) outcome {
	if v.kind != undefined && v.doubt != 0 {
		return e.doubtful(v.doubt)
	}
	return defined(v.kind == undefined)
}

// errConflict is what a rule does wrong that has two values at once.
var errConflict = errors.New("a rule or a key has two different values")

func (e *Evaluation) assignOnce(s *Statement, frame []Value) outcome {
	v, before := e.read(frame, s.A), frame[s.Target]
	e.touches(&v)
	switch {
	case before.kind == undefined:
	case equal(before, v):
		if before.doubt == 0 {
			return through
		}
	case e.may:
		cause := max(e.doubt, before.doubt)
		v = Value{kind: unknown, n: int64(cause)}
	default:
		return e.fail(errConflict)
	}
	e.assign(frame, s.Target, v)
	return through
}
