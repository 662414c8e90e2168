package generate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// origin is another tool whose users have a page of their own.
type origin struct {
	tool string // in the data about checks
	name string // for people
	page string // docs/from-PAGE.md

	commands, settings [][2]string // those of the tool, and those of lintel
	ignores            string      // sentences about ignore comments
	differs            string      // sentences about the tools as a whole
}

// newcomers returns the pages for users of other tools, by their path.
func newcomers(checks []peerCheck, rules map[string]finding.Rule) map[string][]byte {
	pages := map[string][]byte{}
	for _, o := range origins() {
		own := slices.DeleteFunc(slices.Clone(checks), func(c peerCheck) bool { return c.Tool != o.tool })
		if len(own) > 0 {
			pages["docs/from-"+o.page+".md"] = o.text(own, rules)
		}
	}
	return pages
}

// text returns the page of a tool with its checks.
func (o origin) text(checks []peerCheck, rules map[string]finding.Rule) []byte {
	var page strings.Builder
	fmt.Fprintf(&page, "%s# From %s\n\n%s\n", generated, o.name, o.differs)
	pairs := func(title, theirs, ours string, rows [][2]string) {
		fmt.Fprintf(&page, "\n## %s\n\n| %s | %s |\n| --- | --- |\n", title, theirs, ours)
		for _, row := range rows {
			fmt.Fprintf(&page, "| %s | %s |\n", row[0], row[1])
		}
	}
	pairs("Commands", o.name, "lintel", o.commands)
	pairs("Configuration", o.name, "lintel", o.settings)
	fmt.Fprintf(&page, "\n## Ignore comments\n\n%s\n", o.ignores)
	fmt.Fprintf(&page, "\n## Checks\n\nThe rules for each check of %s. A rule runs in its profile and in the larger ones: `default` ⊂ `strict` ⊂ `all`.\n"+
		"A check that is not listed has no equivalent: lintel has rules only for AWS Lambda and the resources around it.\n"+
		"[How they compare on fixtures](peers-fixtures.md).\n\n", o.name)
	page.WriteString("| check | rule | for | severity | profile | where lintel differs |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, c := range checks {
		differs := c.Differs
		for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
			severity, profile := "", ""
			if r, ok := rules[id]; ok {
				severity, profile = r.Severity.String(), string(r.Profile)
			}
			fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s |\n", c.Check, linked(id, rules), strings.Join(c.Rules[id], ", "), severity, profile, differs)
			differs = ""
		}
		if len(c.Rules) == 0 {
			fmt.Fprintf(&page, "| %s | – | | | | %s |\n", c.Check, differs)
		}
	}
	return []byte(page.String())
}

// migrates describes how ignore comments are taken over.
const migrates = "`lintel migrate` prints a diff that adds the comments of lintel next to %s; `--write` writes it. Reasons and\n" +
	"end dates are copied, and comments without a finding of lintel are left out. [Migrate](migrate.md) describes the details."

// origins returns the tools, in the order of their pages.
func origins() []origin {
	return []origin{fromCheckov(), fromTrivy(), fromCfnNag(), fromTflint()}
}

func fromCheckov() origin {
	return origin{
		tool: "checkov", name: "Checkov", page: "checkov",
		differs: "Both read Terraform, plans, CloudFormation and SAM. lintel has rules only for AWS Lambda and the resources around it: keep\n" +
			"Checkov for other services. A value that is unknown before deployment never causes a finding of lintel.",
		commands: [][2]string{
			{"`checkov -d .`", "`lintel check`"},
			{"`checkov -f template.yaml`", "`lintel check template.yaml`"},
			{"`checkov -f tfplan.json`", "`lintel check tfplan.json`"},
			{"`--check CKV_AWS_258`", "`--rule function-url-auth-none`"},
			{"`--skip-check CKV_AWS_115`", "`--skip RULE`"},
			{"`--hard-fail-on HIGH`", "`--fail-on high`"},
			{"`-o sarif --output-file-path DIR`", "`--output sarif=DIR/results.sarif`"},
			{"`--var-file prod.tfvars`", "`--var-file prod.tfvars`"},
			{"`--download-external-modules true`", "`terraform init`, then `lintel check`: lintel opens no connection"},
			{"`--create-baseline`, `--baseline FILE`", "`lintel baseline`, or [`--against`](pull-requests.md) without a file"},
			{"`--external-checks-dir DIR`", "`--policies DIR` ([custom rules](custom-rules.md) in Rego)"},
			{"`--list`", "`lintel rules`"},
		},
		settings: [][2]string{
			{"`.checkov.yaml`", "[`.lintel.yaml`](configuration.md)"},
			{"`skip-check: [CKV_AWS_115]`", "`skip: [RULE]`"},
			{"`check: [CKV_AWS_258]`", "`--rule`; the configuration has `profile`"},
			{"`skip-path: [vendor]`", "`ignore: [{paths: [\"vendor/**\"], reason: …}]`"},
			{"`hard-fail-on: [HIGH]`", "`fail-on: high`"},
			{"`external-checks-dir: [checks]`", "`policies: [checks]`"},
		},
		ignores: fmt.Sprintf(migrates, "`checkov:skip=ID:reason` and `Metadata.checkov.skip`"),
	}
}

func fromTrivy() origin {
	return origin{
		tool: "Trivy", name: "Trivy", page: "trivy",
		differs: "lintel replaces the checks of `trivy config` and tfsec for AWS Lambda and the resources around it. Keep Trivy for images,\n" +
			"packages and other services. A value that is unknown before deployment never causes a finding of lintel.",
		commands: [][2]string{
			{"`trivy config .`", "`lintel check`"},
			{"`--severity HIGH,CRITICAL`", "`--fail-on high`"},
			{"`--exit-code 1`", "the default; 2 means that something could not be checked"},
			{"`--format sarif --output FILE`", "`--output sarif=FILE`"},
			{"`--tf-vars prod.tfvars`", "`--var-file prod.tfvars`"},
			{"`--cf-params params.json`", "`--param-file params.json`"},
			{"`--tf-exclude-downloaded-modules`", "`--third-party=false`"},
			{"`--config-check DIR`", "`--policies DIR` ([custom rules](custom-rules.md) in Rego)"},
			{"`--show-suppressed`", "`--format json`, key `suppressed`"},
		},
		settings: [][2]string{
			{"`trivy.yaml`", "[`.lintel.yaml`](configuration.md)"},
			{"`severity: [HIGH, CRITICAL]`", "`fail-on: high`"},
			{"`scan.skip-dirs: [vendor]`", "`ignore: [{paths: [\"vendor/**\"], reason: …}]`"},
			{"`.trivyignore`, an id on each line", "`skip: [RULE]`"},
			{"`.trivyignore.yaml` with `paths`, `expired_at`, `statement`", "`ignore` with `rules`, `paths`, `until`, `reason`"},
		},
		ignores: fmt.Sprintf(migrates, "`trivy:ignore:ID` and `tfsec:ignore:ID`") + "\nThe files `.trivyignore` and `.trivyignore.yaml` are not converted.",
	}
}

func fromCfnNag() origin {
	return origin{
		tool: "cfn_nag", name: "cfn_nag", page: "cfn-nag",
		differs: "lintel reads the templates that cfn_nag reads, and resolves nested stacks, SAM and conditions. It has rules only for AWS Lambda\n" +
			"and the resources around it. cfn_nag has had no release since 2023.",
		commands: [][2]string{
			{"`cfn_nag_scan --input-path templates`", "`lintel check templates`"},
			{"`cfn_nag template.yaml`", "`lintel check template.yaml`"},
			{"`--fail-on-warnings`", "the default is `--fail-on low`; `--fail-on high` resembles failures only"},
			{"`--output-format json`, `sarif`", "`--format json`, `--format sarif`"},
			{"`--parameter-values-path FILE`", "`--param-file FILE`"},
			{"`--condition-values-path FILE`", "not needed: lintel checks both values of a condition that parameters do not decide"},
			{"`--deny-list-path FILE`", "`skip` in the configuration"},
			{"`--profile-path FILE`", "`--rule` for each rule, or `--profile`"},
			{"`--rule-directory DIR`", "`--policies DIR` ([custom rules](custom-rules.md) in Rego)"},
			{"`--no-allow-suppression`", "`no-ignore` in the configuration, `--no-ignore RULE`"},
			{"`cfn_nag_rules`", "`lintel rules`"},
		},
		settings: [][2]string{
			{"a deny list: `RulesToSuppress: [{id: W28, reason: …}]`", "`skip: [RULE]` in [`.lintel.yaml`](configuration.md)"},
			{"the same for a part of the templates", "`ignore: [{paths: [\"legacy/**\"], rules: [RULE], reason: …}]`"},
		},
		ignores: fmt.Sprintf(migrates, "`Metadata.cfn_nag.rules_to_suppress`"),
	}
}

func fromTflint() origin {
	return origin{
		tool: "tflint", name: "tflint", page: "tflint",
		differs: "tflint finds invalid and deprecated Terraform code; its AWS plugin checks that values exist. lintel finds insecure and\n" +
			"unreliable deployments of AWS Lambda. They overlap in one check: keep tflint.",
		commands: [][2]string{
			{"`tflint --recursive`", "`lintel check`"},
			{"`--chdir=infra`", "`lintel check infra`"},
			{"`tflint --init`", "not needed: lintel has no plugins"},
			{"`--only=RULE`", "`--rule RULE`"},
			{"`--disable-rule=RULE`", "`--skip RULE`"},
			{"`--minimum-failure-severity=error`", "`--fail-on high`"},
			{"`--format=sarif`", "`--format sarif`"},
			{"`--var`, `--var-file`", "`--var`, `--var-file`"},
			{"`--call-module-type=all`", "the default for local and downloaded modules"},
			{"`--fix`", "`--fix`, with `--diff` to see the edits first"},
		},
		settings: [][2]string{
			{"`.tflint.hcl`", "[`.lintel.yaml`](configuration.md)"},
			{"`rule \"NAME\" { enabled = false }`", "`rules: {NAME: off}`"},
			{"`ignore_module = {\"./vendor\" = true}`", "`ignore: [{paths: [\"vendor/**\"], reason: …}]`"},
			{"`varfile = [\"prod.tfvars\"]`", "`--var-file prod.tfvars`"},
		},
		ignores: fmt.Sprintf(migrates, "`tflint-ignore: ID`") + "\n`tflint-ignore-file` is not converted.",
	}
}
