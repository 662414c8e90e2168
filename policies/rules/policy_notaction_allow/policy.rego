# METADATA
# title: Execution role allows every action except some (NotAction)
# description: |
#   `Allow` with `NotAction` allows every action except the listed ones: those of all services, and
#   every action that AWS adds later. The rule does not flag statements that are restricted to
#   specific resources.
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
#   practices: [3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cfn_nag W15
#     - cfn_nag W16
#     - cfn_nag W17
#     - Guard IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION
#   remediation: |
#     Replace `NotAction` with an `Action` list of what the function calls. To forbid some actions,
#     add a separate statement with the effect `Deny`.
package rules.policy_notaction_allow

import data.lib.grants
import data.lib.text

deny contains {"at": statement.not_actions.at, "key": concat(" ", sort(spared)), "message": $"{role.id} ({grants.purpose[i]}) allows every action except {text.names(spared)} (NotAction)"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	count(grants.reaches(statement)) > 0
	spared := {action.value | some action in statement.not_actions.items}
	count(spared) > 0
}
