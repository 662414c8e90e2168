// Package ignore writes ignore comments for findings into the text of templates.
package ignore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// Result contains the edited files and the findings that no comment can suppress.
type Result struct {
	Files  map[string][]byte // new contents of the files that change, by path
	Before map[string][]byte // their former contents
	Added  int               // number of findings that the comments suppress
	Left   []Left
}

// Left is a finding that is not suppressed, with the reason as a clause.
type Left struct {
	Finding finding.Finding
	Reason  string
}

// Recheck checks units in an edited tree.
type Recheck func(ctx context.Context, files fs.FS, roots []string) (finding.Report, error)

// ErrReason is the error for a reason that cannot be written into a comment of one line.
var ErrReason = errors.New("the reason must be one line of text")

// onlyEnd matches a reason that has an end date and nothing else.
var onlyEnd = regexp.MustCompile(`^\s*\(until\b[^)]*\)\s*$`)

// ValidReason returns an error for a reason that cannot be written into a comment.
func ValidReason(reason string) error {
	isControl := func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 }
	if strings.TrimSpace(reason) == "" || onlyEnd.MatchString(reason) || strings.ContainsFunc(reason, isControl) {
		return ErrReason
	}
	return nil
}

// Add writes a comment with a reason for each finding of a report that is not suppressed. It checks the edited tree and keeps
// the comments that suppress a finding. The error is that of recheck.
func Add(ctx context.Context, files fs.FS, found finding.Report, reason string, recheck Recheck) (Result, error) {
	var placed []comment
	var result Result
	byFile := map[string][]finding.Finding{}
	for _, f := range found.Findings {
		if f.Suppressed != nil {
			continue
		}
		if why := impossible(f, found.Files); why != "" {
			result.Left = append(result.Left, Left{f, why})
			continue
		}
		byFile[f.Range.Path] = append(byFile[f.Range.Path], f)
	}
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		comments, left := place(found.Files[name], byFile[name], reason)
		placed = append(placed, comments...)
		for _, f := range left {
			result.Left = append(result.Left, Left{f, "no line above it accepts a comment"})
		}
	}
	edited := edit(found.Files, placed, reason)
	report, err := recheck(ctx, source.NewOverlay(files, edited), rootsOf(found))
	if err != nil {
		return Result{}, err
	}
	kept := effective(placed, report, &result)
	result.Files, result.Added = edit(found.Files, kept, reason), len(kept)
	result.Before = map[string][]byte{}
	for name := range result.Files {
		result.Before[name] = found.Files[name].Content
	}
	slices.SortFunc(result.Left, func(a, b Left) int {
		return cmp.Or(a.Finding.Range.Compare(b.Finding.Range), strings.Compare(a.Finding.Rule, b.Finding.Rule))
	})
	return result, nil
}

// impossible returns the reason why no comment can suppress a finding, or "".
func impossible(f finding.Finding, files source.Files) string {
	switch syntax := source.SyntaxOf(f.Range.Path); {
	case slices.Contains(suppress.IDs(), f.Rule):
		return "a finding about a suppression cannot be suppressed"
	case f.ThirdParty:
		return "it is in a third-party module; use ignore in the configuration"
	case files[f.Range.Path] == nil:
		return "its file was not read"
	case syntax.IsJSON():
		return "JSON has no comments; use the metadata of the resource, or ignore in the configuration"
	}
	return ""
}

func rootsOf(found finding.Report) []string {
	roots := make([]string, len(found.Checked))
	for i, checked := range found.Checked {
		roots[i] = checked.Root
	}
	return roots
}

// effective returns the comments whose findings are suppressed in the report on the edited tree. The others are left.
func effective(placed []comment, report finding.Report, result *Result) []comment {
	active := map[string]bool{}
	for _, f := range report.Findings {
		if f.Suppressed == nil {
			active[f.Fingerprint] = true
		}
	}
	var kept []comment
	for _, c := range placed {
		if active[c.about.Fingerprint] {
			result.Left = append(result.Left, Left{c.about, "the comment would have no effect: no-ignore, max-ignore-days or another use of the value"})
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// comment is a comment for a finding, above the line that starts at an offset.
type comment struct {
	about finding.Finding
	line  int // offset of the start of the line
}

// edit returns the contents of the files with comments. Comments above one line are one comment with several rules.
func edit(files source.Files, comments []comment, reason string) map[string][]byte {
	type spot struct {
		name string
		line int
	}
	rules := map[spot][]string{}
	for _, c := range comments {
		at := spot{c.about.Range.Path, c.line}
		if !slices.Contains(rules[at], c.about.Rule) {
			rules[at] = append(rules[at], c.about.Rule)
		}
	}
	edits := map[string][]source.Edit{}
	for at, ids := range rules { // any order: they are sorted
		slices.Sort(ids)
		edits[at.name] = append(edits[at.name], insertion(files[at.name], at.line, strings.Join(ids, ", "), reason))
	}
	edited := map[string][]byte{}
	for name, all := range edits { // any order: it fills a map
		source.SortEdits(all)
		edited[name] = source.Apply(files[name].Content, all)
	}
	return edited
}

// insertion is the edit that writes a comment above a line.
func insertion(file *source.File, line int, rules, reason string) source.Edit {
	indent := source.Indent(file.Content, line)
	return source.Insertion(file.Path, line, indent+source.CommentSign(file.Path)+" lintel:ignore "+rules+" -- "+strings.TrimSpace(reason)+source.EndOfLine(file.Content))
}

// maxTries limits the lines above a finding at which a comment is tried, and maxLinesUp those that are looked at.
const (
	maxTries   = 20
	maxLinesUp = 2000
)

// search looks for the line of the comment of a finding.
type search struct {
	about  finding.Finding
	line   int  // offset of the start of the candidate
	indent int  // indentation of the candidate; -1: none yet
	inText bool // the start of a heredoc has been tried
}

// place finds the innermost line above which a comment covers each finding. Each round tries one line for each finding and
// reads the file once.
func place(file *source.File, found []finding.Finding, reason string) (placed []comment, left []finding.Finding) {
	var open []*search
	for _, f := range found {
		open = append(open, &search{about: f, line: source.LineEnd(file.Content, f.Range.Start), indent: -1})
	}
	for range maxTries {
		var tried []*search
		for _, s := range open {
			if s.next(file) {
				tried = append(tried, s)
			} else {
				left = append(left, s.about)
			}
		}
		if len(tried) == 0 {
			return placed, left
		}
		open = nil
		isCovered := covered(file, tried, reason)
		for i, s := range tried {
			if isCovered[i] {
				placed = append(placed, comment{s.about, s.line})
			} else {
				open = append(open, s)
			}
		}
	}
	for _, s := range open {
		left = append(left, s.about)
	}
	return placed, left
}

// next moves to the next line upwards that is less indented and not blank. The sections of a template are no candidates:
// a comment above one would cover every resource.
func (s *search) next(file *source.File) bool {
	first := s.indent < 0
	for range maxLinesUp {
		switch {
		case first:
			s.line, first = source.LineStart(file.Content, s.about.Range.Start), false
		case s.line == 0:
			return s.heredoc(file)
		default:
			s.line = source.LineStart(file.Content, s.line-1)
		}
		indent := len(source.Indent(file.Content, s.line))
		if source.IsBlankLine(file.Content, s.line) || s.indent >= 0 && indent >= s.indent {
			continue
		}
		s.indent = indent
		return indent > 0 || source.SyntaxOf(file.Path).IsNativeHCL()
	}
	return s.heredoc(file)
}

// heredoc moves to the nearest line above the finding that begins a heredoc, once: its text can be less indented than the
// attribute that contains it.
func (s *search) heredoc(file *source.File) bool {
	if s.inText || !source.SyntaxOf(file.Path).IsNativeHCL() {
		return false
	}
	s.inText = true
	s.line = source.LineStart(file.Content, s.about.Range.Start)
	for range maxLinesUp {
		if s.line == 0 {
			return false
		}
		s.line = source.LineStart(file.Content, s.line-1)
		if bytes.Contains(file.Content[s.line:source.LineEnd(file.Content, s.line)], []byte("<<")) {
			s.indent = len(source.Indent(file.Content, s.line))
			return true
		}
	}
	return false
}

// covered writes the comments of the candidates and reports which of them cover their findings.
func covered(file *source.File, tried []*search, reason string) []bool {
	var edits []source.Edit
	lines := map[int]bool{}
	for _, s := range tried {
		if !lines[s.line] {
			lines[s.line] = true
			edits = append(edits, insertion(file, s.line, s.about.Rule, reason))
		}
	}
	source.SortEdits(edits)
	content, ends := source.ApplyWithEnds(file.Content, edits)
	moved := func(offset int) int { // the offset after the insertions at or before it
		i, _ := slices.BinarySearchFunc(edits, offset+1, func(e source.Edit, at int) int { return cmp.Compare(e.Range.Start, at) })
		if i == 0 {
			return offset
		}
		return ends[i-1] + offset - edits[i-1].Range.Start
	}
	scopes := map[int]source.Range{} // of the comments, by the start of the line after them
	for _, d := range parsers.Directives(source.Files{file.Path: source.NewFile(file.Path, content)}) {
		scopes[source.NextLine(content, d.At.Start)] = d.Scope
	}
	result := make([]bool, len(tried))
	for i, s := range tried {
		at := source.Range{Path: file.Path, Start: moved(s.about.Range.Start), End: moved(max(s.about.Range.Start, s.about.Range.End-1)) + 1}
		scope, ok := scopes[moved(s.line)]
		result[i] = ok && scope.Contains(at)
	}
	return result
}
