package rego

import "cmp"

// memo is what a rule or a call has returned.
type memo struct {
	value   Value
	fault   *Fault
	steps   int // that a call took, see answer
	touched bool
}

// call returns the result of a function, which may be undefined.
func (e *Evaluation) call(f *Function, args []Operand, caller []Value) Value {
	if !e.canCall(f) {
		return Value{}
	}
	q, ok := e.questionOf(f, args, caller)
	if !ok {
		return e.enter(f, args, caller)
	}
	if known, ok := e.program.results.get(q); ok {
		if e.steps += known.steps; e.isOver() {
			e.fail(ErrOpen)
		}
		return known.value
	}
	before, outer := e.steps, e.lasting
	e.lasting = true
	v := e.enter(f, args, caller)
	e.lasting = outer
	if e.err == nil && e.fault == nil && v.doubt == 0 {
		e.program.results.put(q, answer{v, e.steps - before})
	}
	return v
}

// enter returns the result of a function, which may be known.
func (e *Evaluation) enter(f *Function, args []Operand, caller []Value) Value {
	if f.isRule() {
		known := e.answered(f)
		if known == nil {
			m := e.noted(f, args, caller)
			if e.err == nil {
				e.keep(f, m)
			}
			known = &m
		}
		return e.recall(known)
	}
	q, ok := e.callOf(f, args, caller)
	if !ok {
		return e.evaluate(f, args, caller)
	}
	known, ok := e.returned(q)
	if !ok {
		m := e.noted(f, args, caller)
		if e.err == nil {
			e.calls[q] = m
		}
		return e.recall(&m)
	}
	for _, o := range args[documents:] {
		e.read(caller, o) // the path depends on what they depend on
	}
	if e.steps += known.steps; e.isOver() {
		e.fail(ErrOpen)
	}
	return e.recall(&known)
}

// noted runs a function and notes what its result depends on.
func (e *Evaluation) noted(f *Function, args []Operand, caller []Value) memo {
	touched, fault, before := e.touched, e.fault, e.steps
	e.touched, e.fault = false, nil
	value := e.evaluate(f, args, caller)
	m := memo{value: value, fault: e.fault, steps: e.steps - before, touched: e.touched || value.isOpen()}
	e.touched, e.fault = touched, fault
	return m
}

// recall returns what a function has returned, as if it were called now.
func (e *Evaluation) recall(known *memo) Value {
	e.fault = cmp.Or(e.fault, known.fault)
	e.touched = e.touched || known.touched
	return known.value
}

// answered returns what a rule has answered before; nil: it has not been asked.
func (e *Evaluation) answered(f *Function) *memo {
	if known := e.asked(f); known != nil {
		return known
	}
	if e.known != nil {
		if known := e.known.asked(f); known != nil && !known.touched {
			return known
		}
	}
	return nil
}

// call is a function with its arguments: texts and numbers as they are, and others by their identity. An argument does not change
// after the call.
type call struct {
	function int32
	kinds    [maxRecalled]kind
	texts    string
	numbers  [maxRecalled]int64
	others   [maxRecalled]*composite
}

const (
	maxRecalled = 3  // arguments of a call whose result is remembered
	fewSteps    = 12 // statements of a function that takes less time than to look for what it has returned
)

// callOf returns a call whose result can be remembered for the input.
func (e *Evaluation) callOf(f *Function, args []Operand, caller []Value) (q call, ok bool) {
	if !f.isRecalled || e.lasting { // what has been returned does not last
		return q, false
	}
	q.function = f.number
	hasText := false
	for i, o := range args[documents:] {
		v := e.peek(caller, o)
		if v.s != "" {
			if hasText {
				return q, false
			}
			hasText, q.texts = true, v.s
		}
		if e.may && v.c != nil && !v.c.isFixed() {
			return q, false
		}
		q.kinds[i], q.numbers[i], q.others[i] = v.kind, v.n, v.c
	}
	return q, true
}

// returned returns what a call has returned before.
func (e *Evaluation) returned(q call) (m memo, ok bool) {
	m, ok = e.calls[q]
	if !ok && e.known != nil {
		m, ok = e.known.calls[q]
		ok = ok && !m.touched
	}
	return m, ok
}
