# METADATA
# title: Role of a function allows all resources but some
# description: |
#   Whoever lists the resources that are out of bounds allows all others, also those that are made
#   later, and those of other services.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
#     description: The policy element NotResource
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-notresource-allow
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cfn_nag W21
#     - cfn_nag W22
#     - cfn_nag W23
#     - Guard IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE
#   remediation: |
#     List the resources that the function works on as Resource. To keep it away from some for
#     good, write a statement with Deny.
package rules.policy_notresource_allow

import data.lib.grants
import data.lib.text

deny contains {"at": statement.not_resources.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, allows actions on all resources but those it lists"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	count(statement.not_resources.items) > 0
}
