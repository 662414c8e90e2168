package source

// Uses maps places where a value is used to the place where it is written: the default of a variable or parameter, a
// local value, a line of a file of values, an argument of a module call, an entry of a mapping. The readers fill it
// while they evaluate, so that nobody has to evaluate references a second time to edit a value.
//
// A place that uses values written in several places, as an expression of a module that is called twice, is mapped to
// the zero Range.
type Uses map[Range]Range

// Add notes where the value that is used at a place is written. What is written where it is used is no use, and the
// zero Range stands for a value that is computed.
func (u Uses) Add(used, written Range) {
	if used.IsZero() || written.IsZero() || used == written {
		return
	}
	if known, ok := u[used]; ok && known != written {
		written = Range{}
	}
	u[used] = written
}

// Written returns where the value that is used at a place is written. It is false when it is computed, set where no
// file says, or written in several places.
func (u Uses) Written(used Range) (Range, bool) {
	written := u[used]
	return written, !written.IsZero()
}
