package python

// recover goes on after a logical line that cannot be parsed. If it has further physical lines, reading continues at the first
// of them that can start a statement, unless too much was read again already. inHead: the line is the head of a compound
// statement, which its block may follow.
func (r *reader) recover(inHead bool) {
	start := r.start
	if i := r.restart(inHead); i > 0 && r.budget > 0 {
		at := r.tokens[i].start
		r.budget -= r.pos - at
		stop := r.tokens[i-1].end
		r.unread(start, stop)
		column, _ := r.columnOf(stop, at)
		r.again(at, column)
		r.lastEnd = stop
		return
	}
	r.unread(start, r.tokens[max(0, len(r.tokens)-2)].end)
	r.advance()
}

// again reads a logical line from its first token, whose column is given.
func (r *reader) again(start, column int) {
	r.pos = start
	r.advance()
	r.column = column
}

// restart returns the index of the first token from which a line can be read again, 0 if there is none.
func (r *reader) restart(inHead bool) int {
	formats := 0
	for i, t := range r.tokens[:len(r.tokens)-1] {
		switch t.kind {
		case formatStart:
			formats++
		case formatEnd:
			formats--
		default:
		}
		if i == 0 || i < r.failedAt || formats > 0 || !startsStatement(t.kind) {
			continue
		}
		if r.isSuitable(r.tokens[i-1], t, inHead) {
			return i
		}
	}
	return 0
}

// isSuitable reports whether a token is the first of a physical line with the indentation of the statement, or of its block.
func (r *reader) isSuitable(previous, t token, inHead bool) bool {
	column, isFirst := r.columnOf(previous.end, t.start)
	return isFirst && (column <= r.column || inHead && previous.kind == colon)
}

func startsStatement(k kind) bool {
	return k == name || k == at || k > firstKeyword
}

// columnOf returns the column of a token, and whether it is the first of a physical line.
func (r *reader) columnOf(previous, at int) (int, bool) {
	column, isFirst := 0, false
	for _, c := range []byte(r.src[previous:at]) {
		switch {
		case isNewline(c):
			column, isFirst = 0, true
		case c == '\t':
			column = (column/8 + 1) * 8
		default:
			column++
		}
	}
	return column, isFirst
}
