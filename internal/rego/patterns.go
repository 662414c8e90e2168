package rego

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/gobwas/glob"
)

// patterns remembers compiled patterns. Those of rules are few; those that come from templates are
// limited in number.
type patterns struct {
	regex, glob remembered
}

// remembered are compiled patterns by their texts.
type remembered struct {
	known sync.Map
	count atomic.Int32
}

// maxPatterns is how many patterns are remembered. Beyond that all are forgotten.
const maxPatterns = 1000

// get returns the compiled form of a pattern, which compile makes.
func (r *remembered) get(text string, compile func() any) any {
	if known, ok := r.known.Load(text); ok {
		return known
	}
	if r.count.Add(1) > maxPatterns {
		r.known.Clear()
		r.count.Store(1)
	}
	compiled := compile()
	r.known.Store(text, compiled)
	return compiled
}

func (p *patterns) globOf(text string, separators []rune) *glob.Pattern {
	compiled, _ := p.glob.get(text+"\x00"+string(separators), func() any {
		g, err := glob.Compile(text, separators...)
		if err != nil {
			return (*glob.Pattern)(nil)
		}
		return g
	}).(*glob.Pattern)
	return compiled
}

// pattern is a regular expression.
type pattern struct {
	*regexp.Regexp
	needs  []byte   // characters that each match contains
	others []string // see othersOf
}

// regexp returns a regular expression; nil: it is not valid.
func (p *patterns) regexp(text string) *pattern {
	compiled, _ := p.regex.get(text, func() any {
		re, err := regexp.Compile(text)
		if err != nil {
			return (*pattern)(nil)
		}
		compiled := &pattern{Regexp: re}
		if parsed, err := syntax.Parse(text, syntax.Perl); err == nil {
			compiled.needs, compiled.others = neededBy(parsed), othersOf(text, parsed)
		}
		return compiled
	}).(*pattern)
	return compiled
}

// excludes reports whether a text certainly has no match. Most texts lack a character that a pattern needs, such as a wildcard, and
// to look for it takes a fraction of the time.
func (p *pattern) excludes(text string) bool {
	return slices.ContainsFunc(p.needs, func(c byte) bool { return strings.IndexByte(text, c) < 0 })
}

// matching returns what a regular expression finds in a text, none if it has no match. It is undefined if it is not valid.
// Results are remembered: the names of actions and resources are asked for again and again.
func (p *Program) matching(expression, text string, none Value, find func(re *pattern) Value) Value {
	re := p.patterns.regexp(expression)
	switch {
	case re == nil:
		return Value{}
	case re.excludes(text):
		return none
	case len(text) > maxAnswered:
		return find(re)
	}
	q := question{function: matching - int32(none.kind), first: expression, next: text}
	if known, ok := p.results.get(q); ok {
		return known.value
	}
	v := find(re)
	p.results.put(q, answer{value: v})
	return v
}

// neededBy returns ASCII characters that each match of a pattern contains.
func neededBy(parsed *syntax.Regexp) []byte {
	switch parsed.Op { //nolint:exhaustive // others need none
	case syntax.OpLiteral:
		return neededByLiteral(parsed)
	case syntax.OpCapture, syntax.OpPlus:
		return neededBy(parsed.Sub[0])
	case syntax.OpRepeat:
		if parsed.Min > 0 {
			return neededBy(parsed.Sub[0])
		}
	case syntax.OpConcat:
		var all []byte
		for _, sub := range parsed.Sub {
			all = append(all, neededBy(sub)...)
		}
		slices.Sort(all)
		return slices.Compact(all)
	case syntax.OpAlternate:
		shared := neededBy(parsed.Sub[0])
		for _, sub := range parsed.Sub[1:] {
			other := neededBy(sub)
			shared = slices.DeleteFunc(shared, func(c byte) bool { return !slices.Contains(other, c) })
		}
		return shared
	}
	return nil
}

func neededByLiteral(literal *syntax.Regexp) []byte {
	var all []byte
	for _, r := range literal.Rune {
		if r < utf8.RuneSelf && literal.Flags&syntax.FoldCase == 0 {
			all = append(all, byte(r))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
