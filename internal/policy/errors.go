package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/open-policy-agent/opa/v1/ast"
)

// maxErrors is the number of errors that are reported per file.
const maxErrors = 10

// say converts errors of OPA to problems at their locations; name is the file of errors without one.
func (l *loader) say(err error, name string) {
	all, ok := errors.AsType[ast.Errors](err)
	if !ok {
		l.refused.refuse(name, 0, "does not compile: %s", oneLine(err.Error()))
		return
	}
	said := map[string]int{}
	for _, e := range all {
		file, offset := name, 0
		if e.Location != nil && e.Location.File != "" {
			file, offset = e.Location.File, e.Location.Offset
		}
		switch said[file]++; {
		case said[file] <= maxErrors:
			l.refused.refuse(file, offset, "%s", message(e))
		case said[file] == maxErrors+1:
			l.refused.refuse(file, 0, "the file has more than %d errors; the rest is not listed", maxErrors)
		}
	}
}

// generated matches variables that the compiler generates.
var generated = regexp.MustCompile(`__local\d+__`)

var undefinedFunction = regexp.MustCompile(`^undefined function (\S+)$`)

// message formats an error on one line, with a suggestion for a misspelled name.
func message(e *ast.Error) string {
	if found := undefinedFunction.FindStringSubmatch(e.Message); found != nil && ast.BuiltinMap[found[1]] != nil {
		return found[1] + " is not available: the result of a rule may depend only on its input, and evaluation must be interruptible"
	}
	text := e.Message
	if detail, ok := e.Details.(*ast.RefErrInvalidDetail); ok {
		if wrong, isText := detail.Ref[detail.Pos].Value.(ast.String); isText {
			if near := nearest(string(wrong), detail.OneOf); near != "" {
				text += fmt.Sprintf(": %q does not exist; did you mean %q?", string(wrong), near)
			}
		}
	} else if e.Details != nil {
		text += " (" + strings.Join(e.Details.Lines(), ", ") + ")"
	}
	return generated.ReplaceAllString(oneLine(text), "_")
}

// maxErrorBytes is the maximum length of an error, because OPA quotes source text.
const maxErrorBytes = 300

// oneLine returns a text without line breaks, cut to maxErrorBytes.
func oneLine(text string) string {
	if len(text) > maxErrorBytes {
		text = strings.ToValidUTF8(text[:maxErrorBytes], "") + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}

// nearest returns the word that is most similar to another.
func nearest(word string, all []ast.Value) string {
	best := ""
	for _, candidate := range slices.SortedFunc(slices.Values(all), ast.Value.Compare) {
		name, ok := candidate.(ast.String)
		if ok && (best == "" || levenshtein.ComputeDistance(word, string(name)) < levenshtein.ComputeDistance(word, best)) {
			best = string(name)
		}
	}
	return best
}
