// Package peers compares lintel with the tests of other tools: it reads which fixtures a tool expects a check to flag,
// runs the equivalent rules of lintel on them, and returns where the verdicts differ. It reads checkouts of the tools and
// runs none of their code. Nothing of lintel imports it; run.go writes the result for go generate.
package peers

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"

	"lintel/internal/generate"
)

// Case is a fixture, or a resource in it, with the verdict that a test of a tool expects.
type Case struct {
	Check    string
	Fixture  string           // path in the repository of the tool; of a template in a test, with # and its name or number
	Resource string           // address or logical ID; empty: the whole fixture
	Says     generate.Verdict // of the tool
	Files    fs.FS            // the fixture
}

// Peer is a tool with fixtures.
type Peer struct {
	Tool       string // as in docs/peers.json
	Repository string // of its host, such as bridgecrewio/checkov
	read       func(files fs.FS) ([]Case, error)
}

// Dir is the name of the checkout.
func (p Peer) Dir() string { return path.Base(p.Repository) }

// Cases returns the cases in a checkout, sorted. A case that several tests repeat is returned once.
func (p Peer) Cases(checkout fs.FS) ([]Case, error) {
	cases, err := p.read(checkout)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(cases, func(a, b Case) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.Fixture, b.Fixture), cmp.Compare(a.Resource, b.Resource))
	})
	return slices.CompactFunc(cases, func(a, b Case) bool {
		return a.Check == b.Check && a.Fixture == b.Fixture && a.Resource == b.Resource
	}), nil
}

// All returns the tools whose fixtures lintel is compared with.
func All() []Peer {
	return []Peer{
		{"checkov", "bridgecrewio/checkov", checkov},
		{"Trivy", "aquasecurity/trivy-checks", trivy},
		{"cfn_nag", "stelligent/cfn_nag", cfnNag},
		{"cfn-lint", "aws-cloudformation/cfn-lint", cfnLint},
		{"Guard", "aws-cloudformation/aws-guard-rules-registry", guard},
		{"serverless-rules", "awslabs/serverless-rules", serverlessRules},
		{"Semgrep", "semgrep/semgrep-rules", semgrep},
	}
}

// says returns the verdict of a tool that has no others.
func says(flags bool) generate.Verdict {
	if flags {
		return generate.Flags
	}
	return generate.Passes
}

// text is a fixture of one file.
func text(name, content string) fs.FS { return fstest.MapFS{name: {Data: []byte(content)}} }

// one returns the fixture that consists of one file of a checkout.
func one(files fs.FS, name string) (fs.FS, error) {
	content, err := fs.ReadFile(files, name)
	return text(path.Base(name), string(content)), err
}

// visit calls a function with the path and content of each file that matches a pattern.
func visit(files fs.FS, root string, name *regexp.Regexp, see func(file, content string) error) error {
	return fs.WalkDir(files, root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !name.MatchString(file) {
			return err
		}
		content, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		return see(file, string(content))
	})
}

// quoted returns the strings between quotes in a piece of Python or Go.
func quoted(code string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`"([^"\n]*)"|'([^'\n]*)'`).FindAllStringSubmatch(code, -1) {
		all = append(all, m[1]+m[2])
	}
	return all
}

// blocksOf splits code before each line that matches a pattern and drops what precedes the first.
func blocksOf(code, start string) []string {
	at := regexp.MustCompile(`(?m)^\s*`+start).FindAllStringIndex(code, -1)
	parts := make([]string, len(at))
	for i, from := range at {
		end := len(code)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		parts[i] = strings.TrimLeft(code[from[0]:end], "\n")
	}
	return parts
}
