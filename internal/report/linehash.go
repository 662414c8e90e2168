package report

import (
	"strconv"
	"unicode/utf16"

	"lintel/internal/source"
)

// The parameters of the hash of a line.
const (
	hashedUnits    = 100   // UTF-16 code units that it covers, without blanks
	hashMultiplier = 37    // of the polynomial
	hashEnd        = 65535 // the unit that stands for the end of the file
	hexadecimal    = 16
)

// lineHashes computes the fingerprint primaryLocationLineHash of each line of a file, as the upload action of GitHub does: a
// polynomial hash, modulo 2^64, of the first 100 UTF-16 code units from the start of the line, without spaces and tabs and
// with every line ending as a line feed, followed by a number that counts equal hashes of the file. The end of the file is
// one unit, followed by zeros.
func lineHashes(content []byte) []string {
	units, starts := hashedText(string(content))
	var last uint64 = 1 // factor of the unit that leaves the window
	for range hashedUnits {
		last *= hashMultiplier
	}
	at := func(i int) uint64 {
		if i < len(units) {
			return uint64(units[i])
		}
		return 0
	}
	var hash uint64
	for i := range hashedUnits {
		hash = hash*hashMultiplier + at(i)
	}
	hashes := make([]string, len(starts))
	seen := map[uint64]int{}
	position := 0
	for line, start := range starts {
		for ; position < start; position++ {
			hash = hash*hashMultiplier + at(position+hashedUnits) - last*at(position)
		}
		seen[hash]++
		hashes[line] = strconv.FormatUint(hash, hexadecimal) + ":" + strconv.Itoa(seen[hash])
	}
	return hashes
}

// hashedText returns the code units that count, and the indices at which lines begin.
func hashedText(text string) (units []uint16, starts []int) {
	isStart, afterReturn := true, false
	add := func(unit uint16) {
		if isStart {
			starts = append(starts, len(units))
		}
		isStart = unit == '\n'
		units = append(units, unit)
	}
	for _, r := range text {
		skipped := r == ' ' || r == '\t' || r == '\n' && afterReturn
		afterReturn = r == '\r'
		switch {
		case skipped:
		case r == '\r':
			add('\n')
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				add(unit)
			}
		}
	}
	add(hashEnd)
	return units, starts
}

// hasher computes the hashes of the lines of files, each file once.
type hasher map[string][]string

// of returns the hash of a line, from 1; empty: there is none.
func (h hasher) of(file *source.File, line int) string {
	hashes, ok := h[file.Path]
	if !ok {
		hashes = lineHashes(file.Content)
		h[file.Path] = hashes
	}
	if line < 1 || line > len(hashes) {
		return ""
	}
	return hashes[line-1]
}
