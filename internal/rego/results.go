package rego

import "sync"

// results remembers what pure functions have returned: what the words of a policy mean is asked again and
// again, by many rules and for many stacks. Several goroutines read the results.
type results struct {
	mu    sync.RWMutex
	known map[question]answer
}

// answer is the result of a pure function, and the statements that it took: the limit of statements must not depend on
// what is remembered, which is up to the order of the units.
type answer struct {
	value Value
	steps int
}

// question is a rule, or a function with its arguments, which are strings.
type question struct {
	function    int32
	first, next string
}

// The numbers of questions that are not those of functions.
const (
	excluding = -1 // see Program.excludesMatch
	matching  = -2 // see Program.matching; below it by the kind of the result
)

// maxResults is how many results are remembered. Beyond that all are forgotten.
const maxResults = 1 << 14

// maxAnswered is how long strings may be whose results are remembered, in bytes.
const maxAnswered = 256

func (r *results) get(q question) (answer, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	a, ok := r.known[q]
	return a, ok
}

func (r *results) put(q question, a answer) {
	a.value.settle()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[question]answer{}
	}
	if len(r.known) >= maxResults {
		clear(r.known)
	}
	r.known[q] = a
}

// questionOf returns a call as a question whose answer can be remembered.
func (e *Evaluation) questionOf(f *Function, args []Operand, caller []Value) (q question, ok bool) {
	q.function = f.number
	if f.isRule() {
		return q, f.isPure()
	}
	if len(args) > documents+2 {
		return question{}, false
	}
	for i, o := range args[documents:] {
		v := e.peek(caller, o)
		if v.kind != text || v.doubt != 0 || len(v.s) > maxAnswered {
			return question{}, false
		}
		if i == 0 {
			q.first = v.s
		} else {
			q.next = v.s
		}
	}
	return q, f.isPure()
}
