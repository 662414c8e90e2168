# METADATA
# title: Role of a function allows all actions but some
# description: |
#   Whoever lists what is forbidden allows everything else: all services, and every action that AWS
#   will ever add. Where the resources are few, so is the harm, and nothing is reported.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
#     description: The policy element NotAction
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-notaction-allow
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cfn_nag W15
#     - cfn_nag W16
#     - cfn_nag W17
#     - Guard IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION
#   remediation: |
#     List the actions that the function calls as Action. To forbid some actions for good, write a
#     statement with Deny.
package rules.policy_notaction_allow

import data.lib.grants
import data.lib.text

deny contains {"at": statement.not_actions.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, allows every action but {text.names(spared)}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	count(grants.reaches(statement)) > 0
	spared := {action.value | some action in statement.not_actions.items}
	count(spared) > 0
}
