# METADATA
# title: Trust policy uses NotPrincipal, NotAction or a wildcard action
# description: |
#   `NotPrincipal` and `NotAction` allow everything except the listed entries, including everything
#   that is added later. A wildcard action does the same. A trust policy needs one service and one
#   action, so none of them is necessary.
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
#   practices: [5b]
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
#     List the trusted principals in `Principal`, and `sts:AssumeRole` in `Action`.
package rules.role_trust_notprincipal_or_wildcard_action

import data.lib.trust

deny contains {"at": statement.not_principals.at, "message": $"{role.id} trusts every principal except those in NotPrincipal"} if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	statement.not_principals.items[0].kind.value
	i in execution
}

deny contains {"at": statement.not_actions.at, "message": $"{role.id} allows trusted principals every action except those in NotAction"} if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	statement.not_actions.items[0].value
	i in execution
}

deny contains {"at": action.at, "key": action.value, "message": $"{role.id} allows trusted principals a wildcard action: Action is {action.value}"} if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	trust.every_assume(action.value)
	i in execution
}

# execution are the execution roles: those that functions refer to, and those that trust Lambda.
execution contains i if {
	some fn in input.functions
	some i in fn.role.targets
}

execution contains i if {
	some i, role in input.roles
	some statement in role.trust.items
	some principal in statement.principals.items
	principal.kind.value == "Service"
	trust.lambda(principal.value.value)
}
