package source

import (
	"sort"
	"unicode/utf8"
)

// stride is the number of code points between two marks. Only a line with more bytes has marks.
const stride = 512

// mark is a place in a long line, such as the only line of a generated template. Columns are counted from the nearest
// mark: counted from the start of the line, the columns of all values take time quadratic in its length.
type mark struct {
	offset int // in the file, of a code point
	utf16  int // UTF-16 units from the start of the line
}

// marksOf returns the marks of a line, one for each stride code points, the first at its start; nil for a short line.
func marksOf(content []byte, start, end int) []mark {
	if end-start <= stride {
		return nil
	}
	marks := make([]mark, 0, 1+(end-start)/stride)
	units := 0
	for count, offset := 0, start; offset < end; count++ {
		if count%stride == 0 {
			marks = append(marks, mark{offset, units})
		}
		r, size := utf8.DecodeRune(content[offset:end])
		units += unitsOf(r)
		offset += size
	}
	return marks
}

// unitsOf returns the number of UTF-16 units of a code point.
func unitsOf(r rune) int {
	const lastOfOne = 0xFFFF
	if r > lastOfOne {
		return 2 //nolint:mnd // a surrogate pair
	}
	return 1
}

// markBefore returns the last mark at or before an offset of a line, by its index from 0.
func (f *File) markBefore(line, offset int) mark {
	marks := f.marks[line]
	if i := sort.Search(len(marks), func(i int) bool { return marks[i].offset > offset }); i > 0 {
		return marks[i-1]
	}
	return mark{offset: f.lines[line]}
}

// markBeforeRune returns the last mark at or before a code point of a line, by their indices from 0, and the number of
// code points after it.
func (f *File) markBeforeRune(line, n int) (offset, rest int) {
	marks := f.marks[line]
	if len(marks) == 0 || n < 0 {
		return f.lines[line], n
	}
	i := min(n/stride, len(marks)-1)
	return marks[i].offset, n - i*stride
}
