# METADATA
# title: Trust policy of a function's role is written the wrong way round
# description: |
#   NotPrincipal and NotAction allow everything that was not thought of, also what will exist
#   later. A wildcard for the action does the same. In a trust policy, where one service needs one
#   action, they are never necessary.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
#     description: AWS JSON policy elements, NotPrincipal
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
#     description: AWS JSON policy elements, NotAction
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-notprincipal-or-wildcard-action
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - cfn_nag F2
#     - cfn_nag F6
#     - cfn_nag W14
#     - Guard IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY
#     - Guard IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL
#     - Guard IAM_ROLE_NO_ALLOW_PLUS_NOT_ACTION_ON_TRUST_POLICY
#   remediation: |
#     List who is trusted in Principal, and sts:AssumeRole in Action.
package rules.role_trust_notprincipal_or_wildcard_action

import data.lib.trust

deny contains {"at": statement.not_principals.at, "message": $"{role.id} can be assumed by everyone but those in NotPrincipal"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	statement.effect.value == "Allow"
	statement.not_principals.items[0].kind.value
}

deny contains {"at": statement.not_actions.at, "message": $"{role.id} allows those it trusts every action but those in NotAction"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	statement.effect.value == "Allow"
	statement.not_actions.items[0].value
}

deny contains {"at": action.at, "message": $"{role.id} allows those it trusts {action.value}"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	trust.every_assume(action.value)
}

# execution are the roles that functions run with: those they name, and those made for Lambda.
execution contains i if {
	some fn in input.functions
	some i in fn.role.targets
}

execution contains i if {
	some i, role in input.roles
	some statement in role.trust.items
	some principal in statement.principals.items
	trust.lambda(principal.value.value)
}
