# METADATA
# title: Role of a function can get more rights than it has
# description: |
#   With these actions whoever takes over the function can act with a role or a policy that is more
#   powerful than the function's own, up to the administrator's. The actions need not be in one
#   statement. Statements that allow every action of a service are reported by
#   policy-service-wildcard instead.
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
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - CKV_AWS_110
#     - CKV_AWS_286
#     - KICS fa62ac4f
#     - KICS c583f0f9
#     - Terrascan AC_AWS_0473
#   remediation: |
#     Allow the action only on the resources that the function manages. Where it deploys other
#     functions, limit which roles it may pass, and to which service, with iam:PassedToService.
package rules.policy_privilege_escalation

import data.lib.grants
import data.lib.text

deny contains {"at": way.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may {way.how}"} if {
	some i, role in input.roles
	some way in grants.ways[i]
}
