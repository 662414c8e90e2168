package model

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

func (r *Resource) referenced() Value[bool] {
	if r.Mention == MentionUnknown && !r.Generated {
		return Unknown[bool](r.At, "it is unknown what refers to the resource")
	}
	return Known(r.Mention == Mentioned || r.Generated, r.At)
}

// Words calls visit for each word of a text: the letters, digits, hyphens and underscores in a row of which the names of
// resources consist. Holes such as ${name} separate words and count as text.
func Words(text string, visit func(word string)) {
	start := -1
	for i := range len(text) + 1 {
		isPart := i < len(text) && isWordByte(text[i])
		switch {
		case isPart && start < 0:
			start = i
		case !isPart && start >= 0:
			visit(text[start:i])
			start = -1
		}
	}
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_'
}
