# METADATA
# title: MicroVM accepts shell sessions
# description: |
#   A MicroVM with the connector SHELL_INGRESS or ALL_INGRESS accepts shell sessions from everyone
#   who may create a shell token for it. A shell reads the memory of the MicroVM and acts with its
#   execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/microvms-networking.html
#     description: Networking of MicroVMs
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/microvms-security.html
#     description: Security and permissions of MicroVMs
# schemas:
#   - input: schema.stack
# custom:
#   id: microvm-shell-ingress
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10c, 13e]
#   since: v0.1.0
#   cwe: [CWE-489]
#   formats: [Terraform]
#   remediation: |
#     Set `ingress_network_connectors` to the connector that the application needs, such as
#     `HTTP_INGRESS`, or to `NO_INGRESS`.
package rules.microvm_shell_ingress

deny contains {"at": connector.at, "key": $"{found}", "message": $"{vm.id} accepts shell sessions: its ingress connector is {connector.value}"} if {
	some vm in input.microvms
	some connector in vm.ingress.items
	found := regex.find_all_string_submatch_n(shell, connector.value, 1)[0][1]
}

# The region is often unknown until deployment.
deny contains {"at": connector.at, "key": $"{found}", "message": $"{vm.id} accepts shell sessions: its ingress connector ends with {found}"} if {
	some vm in input.microvms
	some connector in vm.ingress.items
	found := regex.find_all_string_submatch_n(shell, connector.suffix, 1)[0][1]
}

shell := `(?:^|:)((?:SHELL|ALL)_INGRESS)$`
