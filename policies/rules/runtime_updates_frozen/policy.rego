# METADATA
# title: Runtime updates are manual
# description: |
#   The function keeps its runtime version, with its known vulnerabilities, until you change it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/runtime-management-configure.html
#     description: Configuring Lambda runtime management settings
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-updates-frozen
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13c]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers: []
#   remediation: |
#     Set the update mode (Terraform `update_runtime_on`, CloudFormation `UpdateRuntimeOn`) to
#     `Auto`, after the fault of the newer version is fixed.
package rules.runtime_updates_frozen

deny contains {"at": fn.runtime_updates.on.at, "message": $"{fn.id} gets no security patches of its runtime: the update mode is {fn.runtime_updates.on.value}"} if {
	some fn in input.functions
	fn.runtime_updates.on.value == "Manual"
}

deny contains {"at": version.runtime_updates.on.at, "message": $"{version.id} gets no security patches of its runtime: the update mode is {version.runtime_updates.on.value}"} if {
	some version in input.versions
	version.runtime_updates.on.value == "Manual"
}
