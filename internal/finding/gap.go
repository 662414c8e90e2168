package finding

import (
	"cmp"
	"slices"

	"lintel/internal/source"
)

// Gap is a part of a deployment that lintel cannot see: nothing is broken, and what is missing is elsewhere. Findings
// in it are unknown, not absent.
type Gap struct {
	Range   source.Range // the file and, where it is known, the place that refers to the missing part
	Cause   GapCause
	Message string // what was not checked, and the command that makes it visible
	Fails   bool   // the configuration of the unit makes the run incomplete because of it
	Known   bool   // the base of the comparison has it, too, and the change does not reach its unit
}

// GapCause is the reason for a gap. It is a key of the configuration.
type GapCause string

// The causes.
const (
	GapModule      GapCause = "module"       // a Terraform module that is not downloaded
	GapNestedStack GapCause = "nested-stack" // the template of a nested stack that is not in the repository
	GapApplication GapCause = "application"  // an application of the AWS Serverless Application Repository
	GapMacro       GapCause = "macro"        // a macro, AWS::Include or a CloudFormation module
	GapTerragrunt  GapCause = "terragrunt"   // a Terragrunt configuration, which decides about the values of modules
	GapServerless  GapCause = "serverless"   // a service of the Serverless Framework that is not packaged
	GapCDK         GapCause = "cdk"          // a CDK application that is not synthesized
	GapReference   GapCause = "reference"    // a name that a template or module refers to and does not declare
	GapSkipped     GapCause = "skipped"      // a tracked template in a directory or under a name that is not searched, a symlink out of the repository, a submodule that is not checked out, or a template in Git LFS
)

// GapCauses returns all causes, in the order of the documentation.
func GapCauses() []GapCause {
	return []GapCause{GapModule, GapNestedStack, GapApplication, GapMacro, GapTerragrunt, GapServerless, GapCDK, GapReference, GapSkipped}
}

func compareGaps(a, b Gap) int {
	return cmp.Or(a.Range.Compare(b.Range), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Message, b.Message), compareBool(b.Fails, a.Fails))
}

// joinGaps sorts gaps and removes duplicates. One that fails for a unit fails.
func joinGaps(all []Gap) []Gap {
	slices.SortFunc(all, compareGaps)
	return slices.CompactFunc(all, func(a, b Gap) bool {
		return a.Range == b.Range && a.Cause == b.Cause && a.Message == b.Message
	})
}

// Incomplete reports whether something that counts was not checked: a problem, or a gap that the configuration does
// not accept.
func (r Report) Incomplete() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Known }) ||
		slices.ContainsFunc(r.Gaps, func(g Gap) bool { return g.Fails && !g.Known })
}
