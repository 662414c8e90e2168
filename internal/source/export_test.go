package source

// Alternatives returns the literals of each alternative.
func (w When) Alternatives() [][]Literal {
	var all [][]Literal
	for _, t := range w.get().terms {
		all = append(all, t)
	}
	return all
}
