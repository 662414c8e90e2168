package suppress

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Pattern suppresses findings by path or construct, as the configuration declares: in generated and third-party code. A
// pattern with paths and constructs suppresses findings that match both.
type Pattern struct {
	Paths      []string  // with *, ** and ?, relative to the directory Options.Base
	Constructs []string  // of the CDK, likewise
	Rules      []string  // ids; empty: all
	Reason     string    // never empty
	Until      time.Time // the last day; zero: no end
	Line       int       // of the configuration, from 1
}

// Equal reports whether two patterns are equal, except for their lines.
func (p Pattern) Equal(other Pattern) bool {
	return slices.Equal(p.Paths, other.Paths) && slices.Equal(p.Constructs, other.Constructs) &&
		slices.Equal(p.Rules, other.Rules) && p.Reason == other.Reason && p.Until.Equal(other.Until)
}

// matches reports whether a pattern suppresses a finding. base is the directory that paths are relative to.
func (p Pattern) matches(f finding.Finding, base string) bool {
	if len(p.Rules) > 0 && !slices.Contains(p.Rules, f.Rule) {
		return false
	}
	return (len(p.Paths) == 0 || p.matchesPath(f.Range.Path, base) || p.matchesPath(f.AtUse().Range.Path, base)) &&
		(len(p.Constructs) == 0 || f.Construct != "" && anyMatches(p.Constructs, f.Construct))
}

// matchesPath reports whether the pattern lists a file.
func (p Pattern) matchesPath(file, base string) bool {
	file, inside := below(base, file)
	return inside && anyMatches(p.Paths, file)
}

// below returns a path relative to a directory.
func below(base, file string) (string, bool) {
	if base == "" || base == "." {
		return file, true
	}
	return strings.CutPrefix(file, base+"/")
}

func anyMatches(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := doublestar.Match(pattern, text)
		return ok && err == nil
	})
}

// String lists the paths and constructs of a pattern.
func (p Pattern) String() string { return strings.Join(slices.Concat(p.Paths, p.Constructs), ", ") }

// JudgePatterns returns a finding for each pattern of a configuration that has expired or matches
// no finding. file is the configuration; found are all findings. whole reports whether the run
// checked everything that the patterns can match; only then is a pattern unused.
func JudgePatterns(file *source.File, found []finding.Finding, opt Options, whole bool) []finding.Finding {
	var wrong []finding.Finding
	say := func(p Pattern, rule, format string, args ...any) {
		wrong = append(wrong, finding.Finding{
			Rule: rule, Key: p.String(), Severity: finding.Low, Message: fmt.Sprintf(format, args...), Place: source.Place{Range: p.at(file)}, Unit: path.Clean(file.Path),
		})
	}
	for _, p := range opt.Patterns {
		switch {
		case opt.over(p.Until):
			say(p, Expired, "suppression of findings in %s has no effect: it expired after %s", p, p.Until.Format(time.DateOnly))
		case whole && p.ran(opt) && !slices.ContainsFunc(found, func(f finding.Finding) bool { return p.matches(f, opt.Base) }):
			say(p, Unused, "suppression of findings in %s is unused: it matches no finding", p)
		}
	}
	finding.Identify(wrong, finding.Names{})
	return wrong
}

// at returns the line on which a pattern begins, without its indentation.
func (p Pattern) at(file *source.File) source.Range {
	start := file.OffsetRunes(p.Line, 1)
	indent := len(source.Indent(file.Content, start))
	return source.Range{Path: file.Path, Start: start + indent, End: source.LineEnd(file.Content, start)}
}

// ran reports whether the rules that a pattern names have run.
func (p Pattern) ran(opt Options) bool {
	return !slices.ContainsFunc(p.Rules, func(id string) bool { return !opt.Ran(id) })
}
