package model

import (
	"maps"
	"slices"
)

// Mention is whether something in a unit refers to a resource of it: another resource of any type, an output, a value
// that others are made of. Parsers set it.
type Mention uint8

// The zero Mention is unknown.
const (
	MentionUnknown Mention = iota
	NotMentioned
	Mentioned
)

// mentions gives the resources of which a rule asks it the attribute referenced.
func (s *Stack) mentions() {
	for i := range s.Functions {
		s.Functions[i].Referenced = s.Functions[i].referenced()
	}
	for i := range s.Roles {
		s.Roles[i].Referenced = s.Roles[i].referenced()
	}
	for i := range s.Layers {
		s.Layers[i].Referenced = s.Layers[i].referenced()
	}
}

// CauseOfMention is why it is unknown whether a resource is referred to.
const CauseOfMention = "it is unknown what refers to the resource"

func (r *Resource) referenced() Value[bool] {
	if r.Mention == MentionUnknown && !r.Generated {
		return Unknown[bool](r.At, CauseOfMention)
	}
	return Known(r.Mention == Mentioned || r.Generated, r.At)
}

// Words calls visit for each word of a text: the letters, digits, hyphens and underscores in a row of which the names of
// resources consist. Holes such as ${name} separate words and count as text.
func Words[T string | []byte](text T, visit func(word T)) { Runs(text, IsOfWord, visit) }

// IsOfWord reports whether a byte is part of a word of [Words].
func IsOfWord(b byte) bool { return IsLetterOrDigit(b) || b == '-' || b == '_' }

// IsLetterOrDigit reports whether a byte is an ASCII letter or digit.
func IsLetterOrDigit(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

// Runs calls visit for each of the longest parts of a text that consist of some bytes.
func Runs[T string | []byte](text T, isOf func(b byte) bool, visit func(part T)) {
	start := -1
	for i := range len(text) + 1 {
		isPart := i < len(text) && isOf(text[i])
		switch {
		case isPart && start < 0:
			start = i
		case !isPart && start >= 0:
			visit(text[start:i])
			start = -1
		}
	}
}

// Mention notes which functions and roles other units refer to by a literal name, as isMentioned reports. Those that something in
// the unit refers to, or may, are as before.
func (s *Stack) Mention(isMentioned func(collection, name string) bool) {
	s.eachNamed(func(collection, name string, r *Resource) {
		if r.Mention == NotMentioned && isMentioned(collection, name) {
			r.Mention = Mentioned
		}
	})
}

// Named calls visit for the literal names of functions and roles.
func (s *Stack) Named(visit func(collection, name string)) {
	s.eachNamed(func(collection, name string, _ *Resource) { visit(collection, name) })
}

func (s *Stack) eachNamed(visit func(collection, name string, r *Resource)) {
	for i := range s.Functions {
		if name, ok := s.Functions[i].Name.Get(); ok {
			visit("functions", name, &s.Functions[i].Resource)
		}
	}
	for i := range s.Roles {
		if name, ok := s.Roles[i].Name.Get(); ok {
			visit("roles", name, &s.Roles[i].Resource)
		}
	}
}

// Mentions are the words and references of a unit with the blocks that contain them.
type Mentions struct {
	owners   map[string][]string // at most two: one of them is another block than the one that is asked for
	policies map[string]bool     // words in policies of roles
}

// NewMentions returns an empty set.
func NewMentions() *Mentions {
	return &Mentions{owners: map[string][]string{}, policies: map[string]bool{}}
}

// Add notes that a block, or a policy of a role, contains a word.
func (m *Mentions) Add(word, owner string, isPolicy bool) {
	if isPolicy {
		m.policies[word] = true
		return
	}
	if owners := m.owners[word]; len(owners) < 2 && !slices.Contains(owners, owner) {
		m.owners[word] = append(owners, owner)
	}
}

// Of returns whether another block than the one that declares a resource contains one of its names. A role is not used
// by its policies.
func (m *Mentions) Of(names []string, own string, isRole bool) Mention {
	for _, name := range names {
		isOther := func(owner string) bool { return owner != own }
		if slices.ContainsFunc(m.owners[name], isOther) || !isRole && m.policies[name] {
			return Mentioned
		}
	}
	return NotMentioned
}

// Words returns the words that were added, sorted.
func (m *Mentions) Words() []string { return slices.Sorted(maps.Keys(m.owners)) }
