package rego

import "strings"

// withoutWildcard returns an unknown text whose unknown part contains no wildcard.
func (v Value) withoutWildcard() Value {
	c := composite{plain: true}
	if v.c != nil {
		c.names = v.c.names
	}
	v.c = &c
	return v
}

// isPlain reports whether the unknown part of a text contains no wildcard.
func (v Value) isPlain() bool { return v.kind == unknown && v.c != nil && v.c.plain }

// byEnds decides by the ends of a text that are known.
func byEnds(name string, args []Value) (Value, bool) {
	v := args[0]
	if v.kind != unknown {
		return Value{}, false
	}
	part, isText := args[1].Text()
	if name != "lower" && !isText {
		return Value{}, false
	}
	switch prefix, suffix := v.s, v.suffix(); name {
	case "lower":
		return lowerEnds(v), true
	case "startswith":
		return begins(prefix, part, strings.HasPrefix)
	case "endswith":
		if suffix == "" && v.excludes(part) {
			return Bool(false), true
		}
		return begins(suffix, part, strings.HasSuffix)
	case "contains":
		return v.holds(part)
	}
	return Value{}, false
}

// holds tells whether an unknown text contains a part. It is false when that depends on what is unknown.
func (v Value) holds(part string) (Value, bool) {
	has := strings.Contains(v.s, part) || strings.Contains(v.suffix(), part)
	return Bool(has), has || part == "*" && v.excludes(part)
}

// excludes reports whether the unknown part of a text does not end like another text.
func (v Value) excludes(part string) bool { return v.isPlain() && strings.HasSuffix(part, "*") }

// mayBe reports whether an unknown text may be a known one, by its ends and its wildcards.
func (v Value) mayBe(other string) bool {
	if !strings.HasPrefix(other, v.s) || !strings.HasSuffix(other, v.suffix()) {
		return false
	}
	return !v.isPlain() || strings.Count(other, "*") <= strings.Count(v.s, "*")+strings.Count(v.suffix(), "*")
}

// begins tells whether a text has a part at an end of which only known is known. It is false when that
// depends on the rest.
func begins(known, part string, has func(s, part string) bool) (Value, bool) {
	switch {
	case has(known, part):
		return Bool(true), true
	case !has(part, known):
		return Bool(false), true
	}
	return Value{}, false
}

func lowerEnds(v Value) Value {
	lower := Value{kind: unknown, n: v.n, s: strings.ToLower(v.s)}
	if suffix := v.suffix(); suffix != "" {
		lower.c = &composite{names: &[]string{strings.ToLower(suffix)}}
	}
	if v.isPlain() {
		lower = lower.withoutWildcard()
	}
	return lower
}
