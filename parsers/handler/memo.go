package handler

import (
	"math"
	"slices"

	"lintel/parsers/handler/code"
)

// question is what the search evaluates once: the value of a variable, a parameter or an attribute, or the result of a function.
type question struct {
	m     *names
	kind  questionKind
	index int        // of the function or class
	name  string     // of the variable, parameter or attribute
	call  *code.Expr // that calls the function; nil for the value in any call
	scope *scope     // of the call, or of the function if its call is known
}

type questionKind int

const (
	ofVariable questionKind = iota
	ofParameter
	ofAttribute
	ofResult
)

// answer are the values of a question.
type answer struct {
	values []object
	depth  int // the values are complete if they are asked for at this depth or deeper
	lowest int // the position of the outermost open question that the values depend on, or closed
}

// closed is the position of no open question.
const closed = math.MaxInt

// memo has the answers of the search. The values of a cycle, such as table = table.meta.client, are evaluated in rounds until
// no value is new: a question that is open has the values of the last round. Only the outermost question of a cycle makes rounds.
type memo struct {
	answers map[question]answer
	open    map[question]int      // position
	last    map[question][]object // values of questions of cycles in the last round
	pending []question            // whose answers depend on an open question

	evaluation // of the innermost open question
}

// evaluation is what the evaluation of a question met.
type evaluation struct {
	lowest  int  // as in answer
	grows   bool // a value of a cycle is new in this round
	running int  // the lowest number of questions that were open when a function that is called again was entered, or closed
	isCut   bool // the limit of the depth cut it short
}

func newMemo() *memo {
	return &memo{answers: map[question]answer{}, open: map[question]int{}, last: map[question][]object{}, evaluation: evaluation{lowest: closed, running: closed}}
}

// once returns the answer of a question.
func (c *calls) once(q question, evaluate func() []object) []object {
	m := c.memo
	if a, ok := m.answers[q]; ok && c.depth >= a.depth {
		m.lowest = min(m.lowest, a.lowest)
		m.isCut = m.isCut || a.depth > 0
		return a.values
	}
	if position, ok := m.open[q]; ok {
		m.lowest = min(m.lowest, position)
		return m.last[q]
	}
	outer := m.evaluation
	position, start := len(m.open), len(m.pending)
	m.open[q] = position
	var values []object
	for range maxKinds {
		m.evaluation = evaluation{lowest: closed, running: closed}
		values = evaluate()
		if m.lowest <= position && !slices.Equal(values, m.last[q]) {
			m.last[q], m.grows = values, true
		}
		if m.lowest != position || !m.grows {
			break
		}
		m.forget(start)
	}
	delete(m.open, q)
	m.close(q, position, start, answer{values: values, depth: c.depthOf(m.isCut)})
	m.evaluation = m.join(outer)
	return values
}

func (c *calls) depthOf(isCut bool) int {
	if isCut {
		return c.depth
	}
	return 0
}

// join adds an evaluation to the one of which it is a part.
func (e evaluation) join(outer evaluation) evaluation {
	return evaluation{
		lowest: min(e.lowest, outer.lowest), grows: e.grows || outer.grows, running: min(e.running, outer.running), isCut: e.isCut || outer.isCut,
	}
}

// close records an answer. Answers that depend on the question are now answers, or depend on what the question depends on.
func (m *memo) close(q question, position, start int, a answer) {
	if m.lowest >= position {
		m.lowest, m.grows = closed, false
	}
	if m.running <= position {
		m.forget(start) // values without those of a function that is called again
		return
	}
	m.running = closed
	a.lowest = m.lowest
	m.answers[q] = a
	for _, other := range m.pending[start:] {
		known := m.answers[other]
		known.lowest = m.lowest
		m.answers[other] = known
	}
	if m.lowest == closed {
		m.pending = m.pending[:start]
	} else {
		m.pending = append(m.pending, q)
	}
}

// forget removes the answers that were found since an earlier one and depend on an open question.
func (m *memo) forget(start int) {
	for _, q := range m.pending[start:] {
		delete(m.answers, q)
	}
	m.pending = m.pending[:start]
}
