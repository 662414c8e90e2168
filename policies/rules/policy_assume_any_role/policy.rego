# METADATA
# title: Role of a function may assume any role
# description: |
#   Every role that trusts this account is open to whoever takes over the function, in this account
#   and in others.
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
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - KICS bcdcbdc6
#     - KICS e835bd0d
#   remediation: |
#     Name the roles that the function assumes, or the name or path that they have in common in all
#     accounts.
package rules.policy_assume_any_role

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may assume any role"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.assume)) > 0
}
