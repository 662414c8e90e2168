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

// The scanners whose requests are converted, by their names in docs/peers.json.
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

// Peers maps checks of other scanners to rules.
type Peers struct {
	rules map[string][]string // by tool and check
	ids   finding.IDs
}

// NewPeers reads the embedded tables. ids are the existing rules.
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

// keyOf returns the key of a check in the table, which ignores case.
func keyOf(tool, check string) string { return tool + " " + strings.ToLower(check) }

// Reasons for which a request is not converted.
const (
	noRule  = "lintel has no rule for it"
	notYet  = "lintel has no rule for it yet"
	noCheck = "it names no check"
)

// of returns the rules of a check, or the reason why there is none.
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

// spellings returns the keys under which a check may be listed.
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
