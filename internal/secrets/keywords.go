package secrets

import (
	"strings"
	"sync"
)

// keywordIndex finds the detectors one of whose keywords a text contains, in one pass: most texts have none.
type keywordIndex struct {
	begin [1 << 16 / 8]byte // bits of the first two bytes of all keywords
	words map[[2]byte][]keyword
}

type keyword struct {
	word string
	of   int // index of the detector
}

// keywords indexes the detectors on first use.
var keywords = sync.OnceValue(func() *keywordIndex { //nolint:gochecknoglobals // a cache of an embedded table
	k := &keywordIndex{words: map[[2]byte][]keyword{}}
	for i := range detectors() {
		for _, word := range detectors()[i].keywords {
			key := [2]byte{word[0], word[1]} // a test checks that keywords have two characters
			k.words[key] = append(k.words[key], keyword{word, i})
			k.begin[bit(word)/8] |= 1 << (bit(word) % 8)
		}
	}
	return k
})

// bit is the number of the first two bytes of a text.
func bit(text string) uint { return uint(text[0])<<8 | uint(text[1]) }

// in returns the detectors with a keyword in a text in lower case, in the order of the table.
func (k *keywordIndex) in(lower string) []*detector {
	var has []bool // by the index of the detector; nil: none
	for i := 0; i+2 <= len(lower); i++ {
		if at := bit(lower[i:]); k.begin[at/8]&(1<<(at%8)) == 0 {
			continue
		}
		for _, candidate := range k.words[[2]byte{lower[i], lower[i+1]}] {
			if strings.HasPrefix(lower[i:], candidate.word) {
				if has == nil {
					has = make([]bool, len(detectors()))
				}
				has[candidate.of] = true
			}
		}
	}
	var found []*detector
	for i, ok := range has {
		if ok {
			found = append(found, &detectors()[i])
		}
	}
	return found
}
