# METADATA
# title: Execution role allows assuming any role
# description: |
#   The function can assume every role that trusts its account, in this account and in others. An
#   attacker who takes over the function gets the permissions of all of them (privilege escalation).
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
#     description: Granting permissions to switch roles
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-assume-any-role
#   severity: high
#   category: identity
#   profile: default
#   practices: [3c, 13d]
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - CKV_AWS_107
#     - CKV_AWS_287
#     - KICS bcdcbdc6
#     - KICS e835bd0d
#   remediation: |
#     Restrict `sts:AssumeRole` to the ARNs of the roles that the function assumes, or to the name
#     or path that they have in common.
package rules.policy_assume_any_role

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every role (privilege escalation)"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.assume)) > 0
}
