package source

// Uses maps the range where a value is used to the range where it is written: the default of a variable or parameter, a
// local value, a line of a variable file, an argument of a module call, an entry of a mapping. Parsers fill it during
// evaluation, so that edits need not evaluate references again.
//
// A range that uses values written in several places, such as an expression in a module that is called twice, maps to
// the zero Range.
type Uses map[Range]Range

// Add records where the value that is used at a range is written. It ignores values that are written where they are
// used. The zero Range stands for a computed value.
func (u Uses) Add(used, written Range) {
	if used.IsZero() || written.IsZero() || used == written {
		return
	}
	if known, ok := u[used]; ok && known != written {
		written = Range{}
	}
	u[used] = written
}

// Written returns where the value that is used at a range is written. It is false if the value is computed, set outside
// of files, or written in several places.
func (u Uses) Written(used Range) (Range, bool) {
	written := u[used]
	return written, !written.IsZero()
}
