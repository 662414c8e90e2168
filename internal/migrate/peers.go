package migrate

import (
	_ "embed" // the tables
	"strings"

	"lintel/internal/finding"
)

// table is docs/peers.json as lines of tool, check and rules, written by go generate ./policies.
//
//go:embed peers.txt
var table string

//go:embed trivy.txt
var trivyNames string

// The tools whose requests are understood, by their names in docs/peers.json.
const (
	checkov   = "checkov"
	trivy     = "Trivy"
	tfsec     = "tfsec"
	kics      = "KICS"
	terrascan = "Terrascan"
	tflint    = "tflint"
	semgrep   = "Semgrep"
	cfnNag    = "cfn_nag"
	cfnLint   = "cfn-lint"
	cdkNag    = "cdk-nag"
	guard     = "Guard"
)

// Peers tell which rules find what a check of another tool finds.
type Peers struct {
	rules map[string][]string // by tool and check
	ids   finding.IDs
}

// NewPeers reads the tables that are built in. ids are the rules that there are.
func NewPeers(ids finding.IDs) Peers {
	p := Peers{rules: map[string][]string{}, ids: ids}
	for line := range strings.Lines(table) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) == 3 { //nolint:mnd // tool, check, rules
			p.rules[keyOf(fields[0], fields[1])] = strings.Split(fields[2], ",")
		}
	}
	for line := range strings.Lines(trivyNames) {
		if name, check, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			p.rules[keyOf(trivy, name)] = p.rules[keyOf(trivy, check)]
		}
	}
	return p
}

// keyOf is how a check is looked up: its case does not matter.
func keyOf(tool, check string) string { return tool + " " + strings.ToLower(check) }

// Reasons for which a request is left as it is.
const (
	noRule  = "lintel has no rule for it"
	notYet  = "lintel has no rule for it yet"
	noCheck = "it names no check"
)

// of returns the rules that stand for a check, or why there is none.
func (p Peers) of(tool, check string) (rules []string, why string) {
	known := false
	for _, name := range spellings(tool, check) {
		for _, rule := range p.rules[name] {
			known = true
			if id, ok := p.ids.Resolve(rule); ok {
				rules = append(rules, id)
			}
		}
		if known {
			break
		}
	}
	switch {
	case len(rules) > 0:
		return rules, ""
	case known:
		return nil, notYet
	}
	return nil, noRule
}

// spellings are the forms in which a check may stand in the table.
func spellings(tool, check string) []string {
	switch tool {
	case tfsec, trivy:
		return []string{keyOf(trivy, strings.TrimPrefix(strings.ToLower(check), "avd-"))}
	case cdkNag: // PACK-Check, where the pack may have a dash, too
		all := []string{keyOf(tool, check)}
		if i := strings.LastIndexByte(check, '-'); i >= 0 {
			all = append(all, keyOf(tool, check[i+1:]))
		}
		return all
	case semgrep: // the path of the rule
		return []string{keyOf(tool, check[strings.LastIndexByte(check, '.')+1:])}
	}
	return []string{keyOf(tool, check)}
}
