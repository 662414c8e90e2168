package tree

import "bytes"

// JSONAsYAML makes JSON digestible for the YAML reader without moving a byte: tabs between
// tokens become spaces (within strings JSON has none), halves of surrogate pairs become the
// replacement character, and \/ becomes YAML's escape for a line separator, which text undoes.
func JSONAsYAML(text []byte) []byte {
	out := bytes.ReplaceAll(text, []byte("\t"), []byte(" "))
	for i := 0; i+6 <= len(out); i++ {
		if out[i] == '\\' {
			switch {
			case out[i+1] == 'u' && (out[i+2] == 'd' || out[i+2] == 'D') && out[i+3] >= '8':
				copy(out[i:], `\ufffd`)
			case out[i+1] == '/':
				out[i+1] = 'L'
			}
			i++
		}
	}
	return out
}
