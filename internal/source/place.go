package source

import "iter"

// Place is where something of a stack is: the text, the resource and attribute, and how the resource
// gets into the stack. Nodes of the model and findings embed it, so that what a reader adds here
// reaches every finding and every front end without being copied field by field.
type Place struct {
	Lineage

	Range     Range   // the text; of a finding, the text to edit
	Used      Range   // of a finding: where the value is used, when Range is where it is written; zero: at Range
	Through   Range   // where in a module it takes effect, when Range is the call or its argument; zero: at Range
	Written   Range   // where the value is written as a literal, at Range or at a variable's default, say: the place to edit; zero: it is computed, or written in several places
	Resource  string  // aws_lambda_function.api, module.x.aws_…, ApiFunction
	Attribute string  // path within the resource with keys and numbers of items: statements/0/effect; empty: the resource itself
	Foreign   bool    // in the code of a third-party module; Range is the user's call of it
	Given     []Range // where files of values set what the value is made of
}

// Lineage is how a resource gets into a stack. Everything that is part of the resource shares it.
type Lineage struct {
	When      When    // condition under which it is part of the stack
	Variants  int     // how many variants of the resource there are, each with its condition; 0: this one
	Via       []Range // module calls that lead to it, outermost first
	Construct string  // path of the CDK construct; empty: not made by the CDK
	Source    string  // line of the construct, file:line:column on the machine of the CDK, when the file is not in the tree
	Framework bool    // made by the CDK for its own purposes, not by the user
}

// AtWritten returns the place at the text to edit: where the value is written, in the user's own code. The place
// where it is used remains in Used.
func (p Place) AtWritten() Place {
	if !p.Written.IsZero() && !p.Foreign && !p.Range.Contains(p.Written) {
		p.Used, p.Range = p.Range, p.Written
	}
	return p
}

// AtUse returns the place where the value is used, the opposite of AtWritten.
func (p Place) AtUse() Place {
	if !p.Used.IsZero() {
		p.Range, p.Used = p.Used, Range{}
	}
	return p
}

// Ranges returns all texts that the place is made of: the text itself, where it is used and
// takes effect, the calls that lead to it, and where its values are set.
func (p Place) Ranges() iter.Seq[Range] {
	return func(yield func(Range) bool) {
		for _, r := range []Range{p.Range, p.Used, p.Through} {
			if !r.IsZero() && !yield(r) {
				return
			}
		}
		for _, more := range [][]Range{p.Via, p.Given} {
			for _, r := range more {
				if !yield(r) {
					return
				}
			}
		}
	}
}
