package policy

import "errors"

var errCorrupt = errors.New("the compiled rules are corrupt; run go generate ./policies and build again")

// The head of a compiled rule is a compact text: numbers in base 32 (see encoder.number), and strings as
// their length and their bytes. It is generated together with the docs, so it has no compatibility to keep.

type encoder struct{ out []byte }

// Digits of numbers, the least significant first: the last one starts at '0', the others at 'P'. All are printable.
const (
	lastDigit = '0'
	moreDigit = 'P'
	digitBits = 5
	digitMask = 1<<digitBits - 1
)

func (e *encoder) number(n int) {
	for ; n > digitMask; n >>= digitBits {
		e.out = append(e.out, moreDigit+byte(n&digitMask))
	}
	e.out = append(e.out, lastDigit+byte(n))
}

// line ends a line.
func (e *encoder) line() { e.out = append(e.out, '\n') }

func (e *encoder) text(s string) { e.number(len(s)); e.out = append(e.out, s...) }
func (e *encoder) texts(list []string) {
	e.number(len(list))
	for _, s := range list {
		e.text(s)
	}
}

// decoder decodes the output of encoder. Its strings share the memory of the text.
type decoder struct {
	text string
	pos  int
	bad  bool
}

func (d *decoder) number() int {
	n := 0
	for shift := 0; shift < 60 && d.pos < len(d.text); shift += digitBits {
		digit := d.text[d.pos]
		d.pos++
		switch {
		case digit-lastDigit <= digitMask:
			return n | int(digit-lastDigit)<<shift
		case digit-moreDigit <= digitMask:
			n |= int(digit-moreDigit) << shift
		default:
			d.bad = true
			return 0
		}
	}
	d.bad = true
	return 0
}

// line reads the end of a line.
func (d *decoder) line() {
	if d.pos >= len(d.text) || d.text[d.pos] != '\n' {
		d.bad = true
		return
	}
	d.pos++
}

func (d *decoder) string() string {
	n := d.number()
	if n < 0 || n > len(d.text)-d.pos {
		d.bad = true
		return ""
	}
	s := d.text[d.pos : d.pos+n]
	d.pos += n
	return s
}

// length reads a number of elements, which take at least one byte each.
func (d *decoder) length() int {
	n := d.number()
	if n < 0 || n > len(d.text)-d.pos {
		d.bad = true
		return 0
	}
	return n
}

func (d *decoder) strings() []string {
	out := make([]string, d.length())
	for i := range out {
		out[i] = d.string()
	}
	return out
}
