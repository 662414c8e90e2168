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

// maxErrors is how many errors of one file are said.
const maxErrors = 10

// say turns what OPA says of texts into problems at their places; name is the file when it names none.
func (l *loader) say(err error, name string) {
	all, ok := errors.AsType[ast.Errors](err)
	if !ok {
		l.refused.refuse(name, 0, "it does not compile: %s", oneLine(err.Error()))
		return
	}
	said := map[string]int{}
	for _, e := range all {
		file, offset := name, 0
		if e.Location != nil && e.Location.File != "" {
			file, offset = e.Location.File, e.Location.Offset
		}
		if said[file]++; said[file] <= maxErrors {
			l.refused.refuse(file, offset, "%s", message(e))
		}
	}
}

// generated are names that the compiler makes.
var generated = regexp.MustCompile(`__local\d+__`)

var undefinedFunction = regexp.MustCompile(`^undefined function (\S+)$`)

// message is one error on one line, with the name that was probably meant.
func message(e *ast.Error) string {
	if found := undefinedFunction.FindStringSubmatch(e.Message); found != nil && ast.BuiltinMap[found[1]] != nil {
		return found[1] + " is not available: a rule depends on nothing but its input, and must be able to be stopped"
	}
	text := e.Message
	if detail, ok := e.Details.(*ast.RefErrInvalidDetail); ok {
		if wrong, isText := detail.Ref[detail.Pos].Value.(ast.String); isText {
			if near := nearest(string(wrong), detail.OneOf); near != "" {
				text += fmt.Sprintf(": there is no %q; did you mean %q?", string(wrong), near)
			}
		}
	} else if e.Details != nil {
		text += " (" + strings.Join(e.Details.Lines(), ", ") + ")"
	}
	return generated.ReplaceAllString(oneLine(text), "_")
}

// maxErrorBytes is how long an error is said: OPA quotes the text that it is about.
const maxErrorBytes = 300

// oneLine is a text without line breaks, and not too long.
func oneLine(text string) string {
	if len(text) > maxErrorBytes {
		text = strings.ToValidUTF8(text[:maxErrorBytes], "") + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}

// nearest is the word that is most like another.
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
