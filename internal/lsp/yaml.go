package lsp

import (
	"slices"
	"strings"
)

// listItem is the step of a path into a list.
const listItem = "[]"

// maxLines limits the lines before a word that are searched for the keys around it.
const maxLines = 20000

// yamlPlace returns the keys that lead to a word in YAML that may be incomplete: those of the blocks around its line, by
// indentation, and of the brackets around it on the line.
func yamlPlace(t text, line, word int) []string {
	start := t.lines[line]
	steps, indent := lineSteps(string(t.content[start:max(start, word)]))
	for i, tries := line-1, 0; i >= 0 && indent > 0 || i >= 0 && needsKey(steps); i, tries = i-1, tries+1 {
		if tries == maxLines || len(steps) > maxDepth {
			return nil
		}
		from, to := t.lineAt(t.lines[i])
		steps, indent = outer(string(t.content[from:to]), steps, indent)
	}
	return steps
}

// maxDepth limits the length of a path.
const maxDepth = 50

// needsKey reports whether a path starts with an item of a list, which may be as far left as its key.
func needsKey(steps []string) bool { return len(steps) > 0 && steps[0] == listItem }

// token is a part of a line with its column: a hyphen of a list or a key.
type token struct {
	column int
	key    string // empty: a hyphen
}

// tokens splits the start of a line into hyphens and a key, and returns the rest behind them.
func tokens(line string) (all []token, rest string, column int) {
	for {
		trimmed := strings.TrimLeft(line[column:], " ")
		column += len(line[column:]) - len(trimmed)
		if !strings.HasPrefix(trimmed, "- ") && trimmed != "-" {
			break
		}
		all = append(all, token{column: column})
		column++
	}
	rest = line[column:]
	if strings.HasPrefix(rest, "#") {
		return all, "", column
	}
	key, value, ok := strings.Cut(rest, ":")
	if !ok || value != "" && value[0] != ' ' || strings.ContainsAny(key, "{}[],#") {
		return all, rest, column
	}
	return append(all, token{column, strings.Trim(key, `"' `)}), value, column
}

// lineSteps returns the path within a line, up to its end, and the column of its first part.
func lineSteps(line string) (steps []string, indent int) {
	all, rest, column := tokens(line)
	indent = column
	if len(all) > 0 {
		indent = all[0].column
	}
	for _, t := range all {
		if t.key == "" {
			steps = append(steps, listItem)
		} else {
			steps = append(steps, t.key)
		}
	}
	return append(steps, flowSteps(rest)...), indent
}

// flow is the state at the end of a text with brackets.
type flow struct {
	open  []string // listItem, or the current key of a mapping
	start int      // of the current key
	quote rune     // 0: outside of quotes
}

// flowSteps returns the path into the brackets that are open at the end of a text.
func flowSteps(text string) []string {
	var f flow
	for i, r := range text {
		switch {
		case f.quote == r:
			f.quote = 0
		case f.quote != 0:
		case r == '"' || r == '\'':
			f.quote = r
		default:
			f.take(text, i, r)
		}
		if len(f.open) > maxDepth {
			return nil
		}
	}
	return slices.DeleteFunc(f.open, func(step string) bool { return step == "" })
}

// take reads a character outside of quotes.
func (f *flow) take(text string, i int, r rune) {
	last := len(f.open) - 1
	switch r {
	case '[':
		f.open = append(f.open, listItem)
	case '{':
		f.open, f.start = append(f.open, ""), i+1
	case ']', '}':
		f.open = f.open[:max(last, 0)]
	case ',', ':':
		if last < 0 || f.open[last] == listItem {
			return
		}
		f.open[last] = ""
		if r == ':' {
			f.open[last] = strings.Trim(text[f.start:i], `"' `)
		}
		f.start = i + 1
	}
}

// outer adds the parts of an earlier line that are around a path, which starts in a column.
func outer(line string, steps []string, indent int) ([]string, int) {
	all, rest, _ := tokens(line)
	for _, t := range slices.Backward(all) {
		switch {
		case t.key == "" && t.column < indent:
			steps, indent = slices.Insert(steps, 0, listItem), t.column
		case t.key != "" && (t.column < indent || t.column == indent && needsKey(steps)):
			inside := flowSteps(rest)
			steps, indent = slices.Concat([]string{t.key}, inside, steps), t.column
		}
	}
	return steps, indent
}
