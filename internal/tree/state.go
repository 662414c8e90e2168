package tree

import (
	"strconv"

	"lintel/internal/source"
)

// State is how much of a value a reader could determine.
type State uint8

// The three states. The zero State is StateAbsent.
const (
	StateAbsent  State = iota // not written, so AWS's default applies
	StateKnown                // written, and its value is known
	StateUnknown              // written or possibly written, but unknown until deployment
)

// Parameter is an input of a template or root module: a variable of Terraform, a parameter of
// CloudFormation.
type Parameter struct {
	Name    string
	Masked  bool   // it is declared sensitive (Terraform) or NoEcho (CloudFormation)
	Default string // the text of its declared default; empty: none, or undetermined

	Given source.Range // where a file of values sets it; zero: it does not

	// InFiles reports that the value that counts is written in the files, as the default or in a file of values: the caller
	// of lintel passes no other one.
	InFiles bool
}

// Text returns a scalar as a text. It is false for what is no scalar.
func Text(scalar any) (string, bool) {
	switch s := scalar.(type) {
	case string:
		return s, true
	case bool:
		return strconv.FormatBool(s), true
	case int:
		return strconv.Itoa(s), true
	case float64:
		return strconv.FormatFloat(s, 'f', -1, 64), true
	}
	return "", false
}
