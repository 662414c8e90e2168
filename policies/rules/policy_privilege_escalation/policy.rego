# METADATA
# title: Execution role allows privilege escalation
# description: |
#   An attacker who takes over the function can use the action to act with a role or policy that is
#   more powerful than its own, up to administrator access. Some escalation paths combine several
#   actions, which can be in different statements. Statements that allow every action of a service
#   are reported by policy-service-wildcard.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
#     description: Granting permissions to pass a role to a service
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
#     description: Permissions boundaries for IAM entities
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-privilege-escalation
#   severity: high
#   category: identity
#   profile: default
#   practices: [2a, 3c]
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - CKV_AWS_107
#     - CKV_AWS_109
#     - CKV_AWS_287
#     - CKV_AWS_289
#     - CKV_AWS_110
#     - CKV_AWS_286
#     - KICS fa62ac4f
#     - KICS c583f0f9
#     - Terrascan AC_AWS_0473
#   remediation: |
#     Restrict the action to the resources that the function manages. If it deploys other functions,
#     restrict which roles it passes, and to which service, with the condition key
#     `iam:PassedToService`.
package rules.policy_privilege_escalation

import data.lib.grants
import data.lib.iam

deny contains {"at": way.at, "key": concat(" ", sort(opening)), "message": $"{role.id} ({grants.purpose[i]}) allows privilege escalation with {grant.name}: it can {way.how}"} if {
	some i, role in input.roles
	some way in grants.ways[i]
	some grant in grants.broad[i]
	grant.at == way.at
	opening := {action | some action in way.keys; iam.matches(grant.name, action)}
}
