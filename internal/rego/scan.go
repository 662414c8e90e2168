package rego

// scanDepth is how many blocks a scan is: its body, its loop, and itself.
const scanDepth = 2

func (e *Evaluation) scan(s *Statement, frame []Value) outcome {
	return e.turns(s, frame, e.read(frame, s.A), 0)
}

// turns runs the body of a scan for each element of a collection. doubt is the node on which it depends whether it is this
// collection that is scanned; 0: on none.
func (e *Evaluation) turns(s *Statement, frame []Value, source Value, doubt int32) outcome {
	switch {
	case source.kind == unknown:
		return e.unknownTurns(s, frame, source)
	case source.c == nil:
		return left
	}
	var key, value Value
	for i := range source.c.length(source.kind) {
		source.element(i, &key, &value)
		switch o := e.turn(s, frame, key, value, max(doubt, value.doubt)); o {
		case through:
		case over:
			return through
		default:
			return o
		}
	}
	if source.c.doubt != 0 {
		more := source.c.more()
		return afterLast(e.turn(s, frame, more, more, source.c.doubt))
	}
	return through
}

// unknownTurns runs the body of a scan for each element of the collections of which an unknown value is one, or for anything.
func (e *Evaluation) unknownTurns(s *Statement, frame []Value, source Value) outcome {
	choices := source.choices()
	if choices == nil {
		element := anything(source.cause())
		return afterLast(e.turn(s, frame, element, element, source.cause()))
	}
	for _, choice := range choices {
		if o := e.turns(s, frame, choice, source.cause()); o != through && o != left {
			return o
		}
	}
	return through
}

// afterLast is the outcome of a scan whose last turn has an outcome.
func afterLast(o outcome) outcome {
	if o == over {
		return through
	}
	return o
}

// element sets the i-th key and value of a composite.
func (v Value) element(i int, key, value *Value) {
	switch v.kind {
	case array:
		*key, *value = Int(i), v.c.items[i]
	case object:
		*key, *value = v.c.key(i), v.c.items[i]
		if v.c.loose != 0 {
			*value = v.entry(i)
		}
	default:
		*key, *value = v.c.keys[i], v.c.keys[i]
	}
}

// turn runs the body of a scan once. It is through when the next turn follows.
func (e *Evaluation) turn(s *Statement, frame []Value, key, value Value, doubt int32) outcome {
	before := e.path
	e.doubtful(doubt)
	if s.Assigns {
		e.steps += assignments
		e.assign(frame, s.Key, key)
		e.assign(frame, s.Target, value)
	} else {
		e.write(frame, s.Key, key)
		e.write(frame, s.Target, value)
	}
	o := e.run(s.Blocks[0], frame)
	e.skipped = 0
	inside := e.doubts
	e.path = before
	switch {
	case o == returned || o == failed:
		return o
	case o < scanDepth: // through, left, or on with the loop
		return through
	case inside != before.doubts:
		return through // whether the scan is over is in doubt
	case o == scanDepth:
		return over
	}
	return o - scanDepth - 1
}
