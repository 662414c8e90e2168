# METADATA
# title: Role of a function may change who has access
# description: |
#   With these actions whoever takes over the function can open buckets, queues, keys or functions
#   to other accounts, or to everyone. Actions with which the role widens its own rights are
#   reported by policy-privilege-escalation.
# related_resources:
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#     description: Actions, resources and condition keys for AWS services
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
#     description: Identity-based policies and resource-based policies
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-permissions-management
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - CKV_AWS_109
#     - CKV_AWS_289
#   remediation: |
#     Name the resources whose access the function manages, or remove the action. Access is better
#     changed where the resource is deployed.
package rules.policy_permissions_management

import data.iam_actions
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may change who has access with {grant.name}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_actions.permissions)) > 0
	not escalates(i, grant.at)
}

escalates(i, at) if {
	some way in grants.ways[i]
	way.at == at
}
