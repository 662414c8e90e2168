package rego

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// withoutWildcard returns an unknown text whose unknown part contains no wildcard.
func (v Value) withoutWildcard() Value {
	c := composite{plain: true}
	if v.c != nil {
		c.layout = v.c.layout
	}
	v.c = &c
	return v
}

// isPlain reports whether the unknown part of a text contains no wildcard.
func (v Value) isPlain() bool { return v.kind == unknown && v.c != nil && v.c.plain }

// byEnds decides by the ends of a text that are known.
func (p *Program) byEnds(name string, args []Value) (Value, bool) {
	if name == "regex.match" {
		return Bool(false), p.excludesMatch(args[0], args[1])
	}
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

// policyVariable begins a variable of IAM policies, which stands in the policy itself: no value that a deployment decides contains one.
const policyVariable = "${"

// mayBe reports whether an unknown text may be a known one, by its ends, its wildcards and its policy variables.
func (v Value) mayBe(other string) bool {
	if !strings.HasPrefix(other, v.s) || !strings.HasSuffix(other, v.suffix()) {
		return false
	}
	if strings.Count(other, policyVariable) > strings.Count(v.s, policyVariable)+strings.Count(v.suffix(), policyVariable) {
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
		lower.c = &composite{layout: &layout{names: []string{strings.ToLower(suffix)}}}
	}
	if v.isPlain() {
		lower = lower.withoutWildcard()
	}
	return lower
}

// excludesMatch reports whether an unknown text contains no match of a pattern that requires a wildcard, whatever its part
// without wildcards is: empty, or any of the other characters that the pattern distinguishes.
func (p *Program) excludesMatch(expression, unknownText Value) bool {
	if expression.kind != text || !unknownText.isPlain() {
		return false
	}
	re := p.patterns.regexp(expression.s)
	if re == nil || re.others == nil {
		return false
	}
	q := question{function: excluding, first: expression.s, next: unknownText.s + "\x00" + unknownText.suffix()}
	if known, ok := p.results.get(q); ok {
		return known.value.n != 0
	}
	excluded := re.excludesEnds(unknownText.s, unknownText.suffix())
	if len(q.next) <= maxAnswered {
		p.results.put(q, answer{value: Bool(excluded)})
	}
	return excluded
}

func (p *pattern) excludesEnds(prefix, suffix string) bool {
	return !slices.ContainsFunc(p.others, func(part string) bool {
		return p.MatchString(prefix+part+suffix) || p.MatchString(prefix+"x"+part+"x"+suffix)
	})
}

// othersOf returns the texts without wildcards that a pattern may distinguish. There are none if the pattern does not require a
// wildcard.
func othersOf(text string, parsed *syntax.Regexp) []string {
	if !requiresWildcard(parsed) {
		return nil
	}
	others := append([]string{"", "x"}, strings.Split(withoutWildcards.Replace(text), "")...)
	slices.Sort(others)
	return slices.Compact(others)
}

var withoutWildcards = strings.NewReplacer("*", "", "?", "") //nolint:gochecknoglobals // a table, never written

// requiresWildcard reports whether each match of a pattern contains a * or a ?.
func requiresWildcard(pattern *syntax.Regexp) bool {
	isWildcard := func(r rune) bool { return r == '*' || r == '?' }
	switch pattern.Op { //nolint:exhaustive // others require none
	case syntax.OpLiteral:
		return slices.ContainsFunc(pattern.Rune, isWildcard)
	case syntax.OpCharClass: // pairs of bounds
		for i := 0; i+1 < len(pattern.Rune); i += 2 {
			if pattern.Rune[i] != pattern.Rune[i+1] || !isWildcard(pattern.Rune[i]) {
				return false
			}
		}
		return len(pattern.Rune) > 0
	case syntax.OpConcat:
		return slices.ContainsFunc(pattern.Sub, requiresWildcard)
	case syntax.OpAlternate:
		return !slices.ContainsFunc(pattern.Sub, func(sub *syntax.Regexp) bool { return !requiresWildcard(sub) })
	case syntax.OpCapture, syntax.OpPlus:
		return requiresWildcard(pattern.Sub[0])
	case syntax.OpRepeat:
		return pattern.Min > 0 && requiresWildcard(pattern.Sub[0])
	}
	return false
}
